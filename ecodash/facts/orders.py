"""Fact ``orders``: one row per order document with its place in the customer's history, nothing looking ahead."""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.calendar import day_number
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.history import numbered
from ecodash.facts.order_columns import ORDER_COLUMNS


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per document, columns ``ORDER_COLUMNS``; the policy has already spoken in ``documents``."""
    del settings
    members = frames["customers"].select(
        "customer_id",
        "is_member",
        member_day=day_number(nw.col("member_since")),
        registered_day=day_number(nw.col("registered_at")),
        joined_day=day_number(nw.col("private_joined_at")),
        left_day=day_number(nw.col("private_left_at")),
        listed=nw.lit(value=True),
    )
    rows = numbered(frames["fact.documents"]).join(members, on="customer_id", how="left")
    known = rows.with_columns(
        is_first=nw.col("seq") == 1,
        buyer=_buyer(),
        member_at_order=_member(),
        private_at_order=_private(),
    )
    return known.select(*(column.name for column in ORDER_COLUMNS))


def _buyer() -> nw.Expr:
    """Kind of buyer as of the order: a first order stays new for ever, whatever follows."""
    return (
        nw.when(~nw.col("is_sale"))
        .then(nw.lit("none"))
        .when(nw.col("customer_id").is_null())
        .then(nw.lit("anonymous"))
        .when(nw.col("seq") == 1)
        .then(nw.lit("new"))
        .otherwise(nw.lit("returning"))
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


ORDERS = Fact(
    name="orders",
    label=Text("订单", "Orders"),
    grain=Text(
        "每张单据一行，含客户当时的购买序号", "one row per order document, with the customer's sequence as of the order"
    ),
    columns=ORDER_COLUMNS,
    reads=(Read(name="fact.documents", key="owner"), Read(name="customers", key="customer_id")),
    refresh_by="owner",
    build=build,
)
