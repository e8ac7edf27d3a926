"""Fact ``order_lines``: one row per line of an order document."""

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T

COLUMNS = (
    C("order_id", T.ID, Text("订单号", "order id")),
    C("line_key", T.ID, Text("行标识", "identity of the line in its order")),
    C("line_id", T.ID, Text("平台子订单号", "sub-order number of the platform")),
    C("day", T.DAY, Text("口径日（同订单）", "day that counts (of the order)")),
    C("month", T.MONTH, Text("口径月", "month that counts")),
    C("customer_id", T.ID, Text("客户编号，匿名为空", "customer id, null when anonymous")),
    C("channel_id", T.TEXT, Text("渠道", "channel")),
    C("platform", T.TEXT, Text("平台", "platform")),
    C("sku_id", T.ID, Text("商品编号", "SKU")),
    C("product_id", T.ID, Text("平台商品编号", "product id of the platform")),
    C("product_name", T.TEXT, Text("商品名称", "product title")),
    C("variant", T.TEXT, Text("规格", "variant")),
    C(
        "category",
        T.TEXT,
        Text("一级类目（行上没有时取商品表）", "category (from the products table when the line has none)"),
    ),
    C("seller_id", T.TEXT, Text("卖家", "seller")),
    C(
        "kind",
        T.TEXT,
        Text(
            "sale 售出；return 退货行；gift_card 礼品卡（口径不含时）；adjustment 调整；none 不计",
            "sale, return, gift_card (when the policy leaves them out), adjustment, none (not counted)",
        ),
    ),
    C("is_sale", T.FLAG, Text("是否售出行（kind = sale）", "sold line (kind = sale)")),
    C(
        "qty",
        T.QUANTITY,
        Text("件数：售出为正、退货行为负、其余 0", "units: positive sold, negative on a return line, else 0"),
    ),
    C("gross", T.MONEY, Text("优惠前金额，非售出为 0", "amount before order discounts, 0 unless sold")),
    C("paid", T.MONEY, Text("行实付（分摊后），非售出为 0", "line amount paid (allocated), 0 unless sold")),
    C("discount", T.MONEY, Text("gross − paid，不小于 0", "gross − paid, not below 0")),
    C(
        "refund",
        T.MONEY,
        Text("分摊到行的退款；退货行为其绝对额", "refund allocated to the line; its absolute amount on a return line"),
    ),
    C(
        "net",
        T.MONEY,
        Text(
            "paid − refund；退货行为负；调整行为其金额",
            "paid − refund; negative on a return line; the amount on an adjustment",
        ),
    ),
    C("cost", T.MONEY, Text("行成本，未知为空", "line cost, null when unknown")),
    C("load_id", T.COUNT, Text("来自哪次导入", "load it came from")),
    C("row_no", T.COUNT, Text("原文件行号", "row of the file")),
)


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per canonical order line whose order is known."""
    raise NotImplementedError


ORDER_LINES = Fact(
    name="order_lines",
    label=Text("订单行", "Order lines"),
    grain=Text("每张单据的每一行", "one row per line of an order document"),
    columns=COLUMNS,
    reads=(
        Read(name="fact.documents", key="order_id"),
        Read(name="order_items", key="order_id"),
        Read(name="returns", key="order_id"),
        Read(name="products", via="order_items", column="sku_id"),
        Read(name="exchange_rates"),
    ),
    refresh_by="order_id",
    build=build,
)
