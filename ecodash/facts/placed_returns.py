"""Fact ``placed_returns``: the returns with the order they belong to, also where the export names a sub-order instead."""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T

COLUMNS = (
    C("return_id", T.ID, Text("退款编号", "return id")),
    C("order_id", T.ID, Text("所属订单号", "the order it belongs to")),
    C("line_id", T.ID, Text("子订单号", "sub-order")),
    C("sku_id", T.ID, Text("商品编号", "SKU")),
    C("accepted", T.FLAG, Text("是否同意", "whether it was accepted")),
    C("refund_amount", T.MONEY, Text("退款金额，订单币种", "refund, in the currency of the order")),
    C("refunded_at", T.TIME, Text("退款时间", "when the money went back")),
)
_SAME = ("return_id", "sku_id", "accepted", "refund_amount", "refunded_at")


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per canonical return; a sub-order number in the place of the order number leads to its order.

    An order of that very number comes first. Sub-orders are those of order lines; what is neither stays as it is.
    """
    del settings
    returns = frames["returns"]
    lost = returns.join(frames["orders"].select("order_id"), on="order_id", how="anti").select(
        line_id=nw.col("order_id")
    )
    lines = frames["order_items"].select("line_id", "order_id").join(lost.unique(), on="line_id", how="semi")
    parents = lines.group_by("line_id").agg(parent=nw.col("order_id").min(), last=nw.col("order_id").max())
    only = parents.filter(nw.col("parent") == nw.col("last")).select("parent", sub=nw.col("line_id"))
    rows = returns.join(only, left_on="order_id", right_on="sub", how="left")
    moved = ~nw.col("parent").is_null()
    return rows.select(
        *_SAME,
        order_id=nw.when(moved).then(nw.col("parent")).otherwise(nw.col("order_id")),
        line_id=nw.when(moved).then(nw.coalesce("line_id", "order_id")).otherwise(nw.col("line_id")),
    ).select(*(column.name for column in COLUMNS))


PLACED_RETURNS = Fact(
    name="placed_returns",
    label=Text("退款归单", "Returns placed"),
    grain=Text("每笔退款一行", "one row per return"),
    columns=COLUMNS,
    reads=(
        Read(name="returns", key="return_id"),
        Read(name="orders", via="returns", column="order_id"),
        Read(name="order_items", via="returns", column="line_id", via_column="order_id"),
    ),
    refresh_by="return_id",
    build=build,
)
