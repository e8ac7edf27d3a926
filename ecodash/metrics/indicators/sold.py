"""Rows that indicators about sales share: orders and lines that count as sales, with what other tables say of them."""

import narwhals as nw

from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.i18n.countries import spellings
from ecodash.metrics.answered import Window
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.places import from_history
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

ORIGIN = ("load_id", "row_no", "order_id", "day")
LINE_ORIGIN = (*ORIGIN, "line_key")
STORE = "store"
"""The kind of channel that is offline; all others are online."""
_OF_ORDER = (
    *("channel", "platform", "domain", "new_returning", "store", "province", "region", "country"),
    *("order_type", "fulfilment", "payment", "member"),
)
_OF_LINE = ("channel", "platform", "category", "sku", "product", "seller")
SPLITS = tuple(f"by_{name}" for name in _OF_ORDER)
LINE_SPLITS = tuple(f"by_{name}" for name in _OF_LINE)


def sales(reading: Reading, window: Window | None = None) -> Frame:
    """Orders that count as a sale (in the window), with ``by_…`` for what an order can be split by."""
    return _in(reading.once("sales", _sales), window)


def _sales(reading: Reading) -> Frame:
    split = {f"by_{name}": DIMENSIONS[name].columns["orders"] for name in _OF_ORDER}
    rows = reading.fact("orders").filter(nw.col("is_sale"))
    return rows.with_columns(**split, owner=nw.coalesce("customer_id", "order_id"))


def sales_of_kind(reading: Reading, window: Window | None = None) -> Frame:
    """``sales`` with ``channel_kind``, the kind of their channel; null where the channels table does not say."""
    return _in(reading.once("sales_of_kind", lambda one: with_kind(sales(one), one)), window)


def lines(reading: Reading, window: Window | None = None) -> Frame:
    """Lines of sales (in the window), with ``by_…`` for what a line can be split by."""
    return _in(reading.once("lines", _lines), window)


def _lines(reading: Reading) -> Frame:
    split = {f"by_{name}": DIMENSIONS[name].columns["order_lines"] for name in _OF_LINE}
    rows = reading.fact("order_lines").filter(nw.col("is_sale"))
    return rows.with_columns(**split, owner=nw.coalesce("customer_id", "order_id"))


def _in(rows: Frame, window: Window | None) -> Frame:
    return rows if window is None else rows.filter(inside(window.days, "day"))


def with_kind(rows: Frame, reading: Reading) -> Frame:
    """The rows with ``channel_kind``; null where the channels table does not say."""
    kinds = reading.table("channels").select("channel_id", channel_kind=nw.col("kind"))
    return rows.join(kinds, on="channel_id", how="left")


def with_product(rows: Frame, reading: Reading, *columns: str) -> Frame:
    """The lines with columns of their product; null for goods that are not in the products table."""
    return rows.join(reading.table("products").select("sku_id", *columns), on="sku_id", how="left")


def profiles(reading: Reading, *columns: str) -> Frame:
    """One row per customer as the facts know them (linked ids are one person): what the customers table says."""
    named = reading.table("customers").with_columns(customer_id=nw.coalesce("person_id", "customer_id"))
    return named.group_by("customer_id").agg(**{name: nw.col(name).max() for name in columns})


def buyers(rows: Frame, window: Window, **facts: nw.Expr) -> Frame:
    """One row per known buyer among ``rows``, sales of the window: the first of them, with ``facts`` about all."""
    known = rows.filter(~nw.col("customer_id").is_null())
    start = nw.lit(day_number(window.days.start))
    first = known.filter(from_history(start)["first"]).select(*ORIGIN, "customer_id")
    return first.join(known.group_by("customer_id").agg(**facts), on="customer_id", how="inner")


def town(name: str) -> nw.Expr:
    """A column of cities so that 杭州 and 杭州市 are one."""
    return nw.col(name).str.replace_all("市", "", literal=True).str.to_lowercase()


def at_home(column: str, reading: Reading) -> nw.Expr:
    """Whether a country is the home country of the workspace, however it is written; null where none is given."""
    return nw.col(column).str.to_uppercase().is_in(sorted(spellings(reading.settings.home_country)))


def last_day(reading: Reading) -> int:
    """The last day number the orders cover; 0 without orders."""
    span = reading.source.data_end(as_of=reading.as_of)
    return day_number(span.end) if span else 0
