"""The place of an order among its buyer's orders inside one window or group.

Each place is true on at most one row per buyer and group, ``later`` on every row but the first:

==============  ==================================================================================
``first``       first order inside the group: counts each buyer once
``second``      second order inside the group: counts buyers with two orders or more
``later``       every order after the first
``second_day``  first order on the second purchase day: counts buyers on two days or more
``earlier``     counts buyers with an order that has another one on an earlier day, ever
``ever_twice``  with ``first``: the buyer has two orders or more by now (looks ahead)
``order_first`` first sold line of an order inside the group (order lines only)
==============  ==================================================================================

Where groups are calendar spans and no orders are filtered away, the history columns of the fact answer this without
sorting or counting distinct buyers; otherwise it is worked out anew over the rows that are left.
"""

from collections.abc import Mapping

import narwhals as nw

from ecodash.facts import Frame

SECOND = 2
Places = Mapping[str, nw.Expr]
HISTORY = ("first", "second", "later", "second_day", "earlier")
SOURCES = ("order_id", "customer_id", "is_sale", "day", "seq", "day_seq", "is_first")


def from_history(start: nw.Expr) -> Places:
    """Places inside a calendar span that begins on day ``start``, read off the history columns of ``orders``."""
    known = ~nw.col("seq").is_null()  # a sale of a known buyer; cheaper than looking at the id
    opens = nw.col("opens_day").fill_null(False)
    fresh = _before("prev_order_day", start)
    new_day = ~_before("prev_day", start)
    second_of_all = opens & (nw.col("day_seq") == SECOND).fill_null(False) & new_day
    return {
        "first": known & fresh,
        "second": known & ~fresh & _before("prev2_order_day", start),
        "later": known & ~fresh,
        "second_day": opens & new_day & _before("prev2_day", start),
        "earlier": (known & fresh & (nw.col("day_seq") > 1).fill_null(False)) | second_of_all,
        "ever_twice": nw.col("ever_twice"),
    }


def from_channel(start: nw.Expr) -> Places:
    """``first`` within each channel, read off ``orders``, for groups or filters that are channels and a calendar."""
    known = ~nw.col("seq").is_null()
    return {"first": known & _before("prev_channel_day", start)}


def _before(column: str, start: nw.Expr) -> nw.Expr:
    """Whether the day in ``column`` lies before ``start`` or never was."""
    return nw.col(column).is_null() | (nw.col(column) < start)


def anew(rows: Frame, groups: tuple[str, ...], order: tuple[str, ...], *, lines: bool) -> Frame:
    """Add the places as columns, worked out over the rows at hand; ``order`` sorts the rows of a buyer.

    Reads ``SOURCES``; of order lines only the first sold line of an order counts (``order_first``).
    """
    buyer = (*groups, "customer_id", "counts")
    counts = nw.col("is_sale") & ~nw.col("customer_id").is_null()
    if lines:
        counts = counts & nw.col("order_first")
    numbered = rows.with_columns(counts=counts).with_columns(
        _k=nw.col("counts").cast(nw.Int64).cum_sum().over(*buyer, order_by=order),
        _before=nw.col("day").shift(1).over(*buyer, order_by=order),
        _old=(nw.col("day_seq") > 1).fill_null(False).cast(nw.Int64).cum_sum().over(*buyer, order_by=order),
    )
    opens = nw.col("counts") & (nw.col("_before").is_null() | (nw.col("_before") < nw.col("day")).fill_null(True))
    by_day = numbered.with_columns(_opens=opens).with_columns(
        _d=nw.col("_opens").cast(nw.Int64).cum_sum().over(*buyer, order_by=order)
    )
    counted = nw.col("counts")
    return by_day.with_columns(
        first=counted & (nw.col("_k") == 1),
        second=counted & (nw.col("_k") == SECOND),
        later=counted & (nw.col("_k") > 1),
        second_day=counted & nw.col("_opens") & (nw.col("_d") == SECOND),
        earlier=counted & (nw.col("_old") == 1) & (nw.col("day_seq") > 1).fill_null(False),
    )


def order_first(lines: Frame, groups: tuple[str, ...]) -> Frame:
    """Mark the first sold line of every order inside its group as ``order_first``."""
    part = (*groups, "order_id", "is_sale")
    numbered = lines.with_columns(_one=nw.lit(1)).with_columns(
        _line=nw.col("_one").cum_sum().over(*part, order_by="line_key")
    )
    return numbered.with_columns(order_first=nw.col("is_sale") & (nw.col("_line") == 1))


def as_columns(*names: str) -> Places:
    """Places that are columns already."""
    return {name: nw.col(name) for name in names}
