"""Fact ``documents``: one row per order document; what it says by itself, before its customer's history is known."""

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.order_columns import DOCUMENT_COLUMNS


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per canonical order."""
    raise NotImplementedError


DOCUMENTS = Fact(
    name="documents",
    label=Text("单据", "Documents"),
    grain=Text(
        "每张单据一行（销售、红字、调整、未付款…）", "one row per order document (sale, credit, adjustment, unpaid …)"
    ),
    columns=DOCUMENT_COLUMNS,
    reads=(
        Read(name="orders", key="order_id"),
        Read(name="order_items", key="order_id"),
        Read(name="returns", key="order_id"),
        Read(name="channels", via="orders", column="channel_id"),
        Read(name="products", via="order_items", column="sku_id"),
        Read(name="exchange_rates", via="orders", column="currency"),
    ),
    refresh_by="order_id",
    build=build,
)
