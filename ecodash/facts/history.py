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
ORDER_PLACES = ("seq", "first_day", "prev_order_day", "prev2_order_day", "prev_channel_day", "opens_day")
DAY_PLACES = ("day_seq", "prev_day", "prev2_day")
DOCUMENTS_READ = ("order_id", "customer_id", "channel_id", "at", "day", "is_sale")


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per document with a customer, columns ``HISTORY_COLUMNS``; places are null unless it is a sale."""
    del settings
    rows = frames["fact.documents"].filter(~nw.col("customer_id").is_null()).select(*DOCUMENTS_READ)
    placed = _orders(rows).join(_days(rows), on=["customer_id", "is_sale", "day"], how="left")
    people = frames["customers"].select(
        "customer_id",
        "is_member",
        member_day=day_number(nw.col("member_since")),
        registered_day=day_number(nw.col("registered_at")),
        joined_day=day_number(nw.col("private_joined_at")),
        left_day=day_number(nw.col("private_left_at")),
        listed=nw.lit(value=True),
    )
    places = {name: nw.when(nw.col("is_sale")).then(nw.col(name)) for name in (*ORDER_PLACES, *DAY_PLACES)}
    named = placed.join(people, on="customer_id", how="left").with_columns(
        **places, member_at_order=_member(), private_at_order=_private()
    )
    return named.select(*(column.name for column in HISTORY_COLUMNS))


def _orders(documents: Frame) -> Frame:
    """Order grain: position and the days of the one and the two orders before. Sales are numbered by themselves."""
    day, mine = nw.col("day"), ("customer_id", "is_sale")
    return (
        documents.with_columns(one=nw.lit(1))
        .with_columns(
            seq=nw.col("one").cum_sum().over(*mine, order_by=ORDER).cast(nw.Int32),
            first_day=day.cum_min().over(*mine, order_by=ORDER),
            prev_order_day=day.shift(1).over(*mine, order_by=ORDER),
            prev2_order_day=day.shift(2).over(*mine, order_by=ORDER),
            prev_channel_day=day.shift(1).over(*mine, "channel_id", order_by=ORDER),
        )
        .with_columns(opens_day=nw.col("prev_order_day").is_null() | (nw.col("prev_order_day") != day))
    )


def _days(documents: Frame) -> Frame:
    """Day grain: one row per customer and purchase day with its number and the two purchase days before."""
    day, mine = nw.col("day"), ("customer_id", "is_sale")
    days = documents.select(*mine, "day").unique().with_columns(one=nw.lit(1))
    return days.select(
        *mine,
        "day",
        day_seq=nw.col("one").cum_sum().over(*mine, order_by="day").cast(nw.Int32),
        prev_day=day.shift(1).over(*mine, order_by="day"),
        prev2_day=day.shift(2).over(*mine, order_by="day"),
    )


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
    reads=(
        Read(name="fact.documents", key="customer_id", columns=DOCUMENTS_READ),
        Read(name="customers", key="customer_id"),
    ),
    refresh_by="customer_id",
    build=build,
)
