"""Fact ``orders``: one row per order document with its place in the customer's history, nothing looking ahead."""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.order_columns import ORDER_COLUMNS


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per document, columns ``ORDER_COLUMNS``; policy and history have been settled before."""
    del settings
    history = frames["fact.history"].drop("customer_id")
    rows = frames["fact.documents"].join(history, on="order_id", how="left")
    known = rows.with_columns(is_first=nw.col("seq") == 1, buyer=_buyer())
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


ORDERS = Fact(
    name="orders",
    label=Text("订单", "Orders"),
    grain=Text(
        "每张单据一行，含客户当时的购买序号", "one row per order document, with the customer's sequence as of the order"
    ),
    columns=ORDER_COLUMNS,
    reads=(Read(name="fact.documents", key="order_id"), Read(name="fact.history", key="order_id")),
    refresh_by="order_id",
    build=build,
)
