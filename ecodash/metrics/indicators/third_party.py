"""What sellers on the platform sell, and what they pay it: the rows of indicators about a marketplace.

A line belongs to a third party when it names a seller whose mode is ``third_party`` or not known; own shops (``self``)
and joint operation (``joint``) do not. A fee without a seller is paid by the seller of its order; on an order without a
seller it is what the shop itself pays to sell elsewhere (``own_fees``), without an order a consumer pays it. Fees in
another currency than that of the workspace are left out.
"""

import narwhals as nw

from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Window
from ecodash.metrics.indicators.sold import LINE_ORIGIN, LINE_SPLITS, lines
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

COMMISSION = ("commission_base", "commission_extra")
SERVICES = ("data", "marketing", "logistics", "payment", "credit", "membership", "security")
"""Fees for value-added services: neither commission nor advertising nor listing."""
UNKNOWN = ""
OF_LINE = ("customer_id", "seller_id", "category", "month", "paid", "qty", "owner")


def with_seller(rows: Frame, reading: Reading) -> Frame:
    """The lines with ``seller_kind`` and ``seller_mode``; null without a seller and for one the table does not name."""
    named = reading.table("sellers").select("seller_id", seller_kind=nw.col("kind"), seller_mode=nw.col("mode"))
    return rows.join(named, on="seller_id", how="left")


def third_party(reading: Reading, window: Window | None = None) -> Frame:
    """Sold lines of third parties (in the window), with ``by_seller_kind`` among what they can be split by."""
    rows = reading.held("third_party", _third_party)
    return rows if window is None else rows.filter(inside(window.days, "day"))


def _third_party(reading: Reading) -> Frame:
    rows = with_seller(lines(reading).filter(~nw.col("seller_id").is_null()), reading)
    theirs = rows.filter(nw.col("seller_mode").is_null() | (nw.col("seller_mode") == "third_party"))
    return theirs.select(*LINE_ORIGIN, *LINE_SPLITS, *OF_LINE, by_seller_kind=nw.col("seller_kind"))


def fees(reading: Reading, window: Window | None = None) -> Frame:
    """Dated fees paid to the platform (in the window): ``by_fee_type`` and ``by_seller`` beside their columns."""
    return _fees(reading, window).filter(~nw.col("own"))


def own_fees(reading: Reading, window: Window | None = None) -> Frame:
    """Dated fees the shop pays for its own orders (in the window)."""
    return _fees(reading, window).filter(nw.col("own"))


def _fees(reading: Reading, window: Window | None) -> Frame:
    rows = reading.held("platform_fees", _all_fees)
    return rows if window is None else rows.filter(inside(window.days, "day"))


def _all_fees(reading: Reading) -> Frame:
    base = nw.col("currency").is_null() | (nw.col("currency") == reading.settings.base_currency)
    rows = reading.table("platform_fees").filter(base, ~nw.col("amount").is_null(), ~nw.col("date").is_null())
    items = reading.table("order_items").filter(~nw.col("seller_id").is_null())
    sold_by = items.group_by("order_id").agg(sold_by=nw.col("seller_id").min())
    named = rows.join(sold_by, on="order_id", how="left").with_columns(
        seller_id=nw.coalesce("seller_id", "sold_by"), day=day_number(nw.col("date"))
    )
    return named.with_columns(
        own=nw.col("seller_id").is_null() & ~nw.col("order_id").is_null(),
        by_fee_type=nw.col("type"),
        by_seller=nw.col("seller_id"),
    )
