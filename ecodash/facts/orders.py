"""Fact ``orders``: one row per order document with its place in the customer's history, nothing looking ahead."""

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.order_columns import ORDER_COLUMNS


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per document."""
    raise NotImplementedError


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
