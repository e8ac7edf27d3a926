"""Fact ``history``: one row per document of an identified customer; its place among the purchases of that customer.

Purchases are ordered by moment, then by order id, and a row uses only what lies before it. Two grains: *orders* (two on
one day are two) and *purchase days* (they are one). The table is narrow because a new order makes every document of its
customer be looked at again, while only the new one gets another row.
"""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.calendar import day_number
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.order_columns import HISTORY_COLUMNS

ORDER = ("at", "order_id")
PLACES = ("seq", "day_seq", "opens_day", "first_day", "prev_order_day", "prev2_order_day", "prev_day", "prev2_day")


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per document with a customer, columns ``HISTORY_COLUMNS``; places are null unless it is a sale."""
    del settings
    mine = frames["fact.documents"].filter(~nw.col("customer_id").is_null())
    rows = mine.select("order_id", "customer_id", "channel_id", "at", "day", "is_sale")
    placed = _days(_orders(rows.filter(nw.col("is_sale")))).select("order_id", *PLACES, "prev_channel_day")
    people = frames["customers"].select(
        "customer_id",
        "is_member",
        member_day=day_number(nw.col("member_since")),
        registered_day=day_number(nw.col("registered_at")),
        joined_day=day_number(nw.col("private_joined_at")),
        left_day=day_number(nw.col("private_left_at")),
        listed=nw.lit(value=True),
    )
    known = rows.join(placed, on="order_id", how="left").join(people, on="customer_id", how="left")
    named = known.with_columns(member_at_order=_member(), private_at_order=_private())
    return named.select(*(column.name for column in HISTORY_COLUMNS))


def _orders(sales: Frame) -> Frame:
    """Order grain: position and the days of the one and the two orders before."""
    day = nw.col("day")
    return sales.with_columns(one=nw.lit(1)).with_columns(
        seq=nw.col("one").cum_sum().over("customer_id", order_by=ORDER).cast(nw.Int32),
        first_day=day.cum_min().over("customer_id", order_by=ORDER),
        prev_order_day=day.shift(1).over("customer_id", order_by=ORDER),
        prev2_order_day=day.shift(2).over("customer_id", order_by=ORDER),
        prev_channel_day=day.shift(1).over("customer_id", "channel_id", order_by=ORDER),
    )


def _days(orders: Frame) -> Frame:
    """Day grain: the first order of a day opens it; the others share its numbers."""
    opens = nw.col("prev_order_day").is_null() | (nw.col("prev_order_day") != nw.col("day"))
    days = orders.with_columns(opens_day=opens)
    opened = days.filter(nw.col("opens_day")).select(
        "customer_id",
        "day",
        day_seq=nw.col("one").cum_sum().over("customer_id", order_by="day").cast(nw.Int32),
        prev_day=nw.col("day").shift(1).over("customer_id", order_by="day"),
        prev2_day=nw.col("day").shift(2).over("customer_id", order_by="day"),
    )
    return days.join(opened, on=["customer_id", "day"], how="inner")


def _member() -> nw.Expr:
    """Member on the day of the order. Null when the customer is not listed or a membership carries no date."""
    since = nw.col("member_day")
    registered = (nw.col("registered_day") <= nw.col("day")).fill_null(value=True)
    undated = since.is_null() & nw.col("is_member").fill_null(value=False)
    known = nw.col("listed").fill_null(value=False) & ~undated
    return nw.when(known).then((since <= nw.col("day")).fill_null(value=False) & registered)


def _private() -> nw.Expr:
    """In the private domain on the day of the order: joined on or before it, not left yet."""
    joined = (nw.col("joined_day") <= nw.col("day")).fill_null(value=False)
    still = (nw.col("day") < nw.col("left_day")).fill_null(value=True)
    return nw.when(nw.col("listed").fill_null(value=False)).then(joined & still)


HISTORY = Fact(
    name="history",
    label=Text("客户历程", "Customer history"),
    grain=Text("已识别客户的每张单据一行", "one row per document of an identified customer"),
    columns=HISTORY_COLUMNS,
    reads=(Read(name="fact.documents", key="customer_id"), Read(name="customers", key="customer_id")),
    refresh_by="customer_id",
    build=build,
)
