"""Fact ``refunds``: one row per order and day on which money went back; never more than was paid."""

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T

COLUMNS = (
    C("order_id", T.ID, Text("订单号（红字单为其单号）", "order id (of the credit itself for a credit)")),
    C("customer_id", T.ID, Text("客户编号", "customer id")),
    C("day", T.DAY, Text("退款日；未知时取订单口径日", "day of the refund; day of the order when unknown")),
    C("month", T.MONTH, Text("退款月", "month of the refund")),
    C("dated", T.FLAG, Text("退款日是否已知", "whether the day is known")),
    C("order_day", T.DAY, Text("订单口径日", "day of the order")),
    C("channel_id", T.TEXT, Text("渠道", "channel")),
    C("platform", T.TEXT, Text("平台", "platform")),
    C("domain", T.TEXT, Text("公私域", "domain")),
    C("store_id", T.TEXT, Text("门店", "store")),
    C("province", T.TEXT, Text("省份", "province")),
    C("country", T.TEXT, Text("国家", "country")),
    C("buyer", T.TEXT, Text("订单当时的买家类型", "kind of buyer as of the order")),
    C("kind", T.TEXT, Text("sale 订单退款；credit 红字单", "sale: refund of an order; credit: credit document")),
    C("refund", T.MONEY, Text("退款", "refund")),
    C("net_refund", T.MONEY, Text("其中冲减净销售额的部分", "part of it that lowers net sales")),
)


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per order × refund day."""
    raise NotImplementedError


REFUNDS = Fact(
    name="refunds",
    label=Text("退款", "Refunds"),
    grain=Text("每张单据每个退款日一行", "one row per document and refund day"),
    columns=COLUMNS,
    reads=(Read(name="fact.orders", key="order_id"), Read(name="returns", key="order_id")),
    refresh_by="order_id",
    build=build,
)
