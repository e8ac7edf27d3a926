"""Fact ``product_days``: one row per day, SKU and channel with a sold or returned line."""

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T

COLUMNS = (
    C("day", T.DAY, Text("口径日", "day that counts")),
    C("month", T.MONTH, Text("口径月", "month that counts")),
    C("sku_id", T.ID, Text("商品编号；没有时取平台商品编号、名称", "SKU; product id or title when there is none")),
    C("category", T.TEXT, Text("一级类目", "category")),
    C("channel_id", T.TEXT, Text("渠道", "channel")),
    C("lines", T.COUNT, Text("售出行数", "lines sold")),
    C("qty", T.QUANTITY, Text("售出件数", "units sold")),
    C("returned", T.QUANTITY, Text("退货行件数（正）", "units on return lines, positive")),
    C("gross", T.MONEY, Text("优惠前金额", "amount before discounts")),
    C("paid", T.MONEY, Text("实付", "amount paid")),
    C("refund", T.MONEY, Text("退款", "refunds")),
    C("net", T.MONEY, Text("净额", "net")),
    C("cost", T.MONEY, Text("已知成本", "known cost")),
    C("costed", T.MONEY, Text("成本已知的实付", "paid amount with a known cost")),
)


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per day × SKU × channel."""
    raise NotImplementedError


PRODUCT_DAYS = Fact(
    name="product_days",
    label=Text("商品日", "Product days"),
    grain=Text("日 × 商品 × 渠道", "day × SKU × channel"),
    columns=COLUMNS,
    reads=(Read(name="fact.order_lines", key="day"),),
    refresh_by="day",
    build=build,
)
