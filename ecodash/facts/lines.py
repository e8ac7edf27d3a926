"""Fact ``order_lines``: one row per line of an order document."""

import narwhals as nw

from ecodash.core.settings import SalesPolicy, Settings
from ecodash.core.text import Text
from ecodash.facts import line_values, shared_out
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T
from ecodash.facts.money import at_least_zero, converted

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
    """One row per canonical order line whose order is known; columns ``COLUMNS``."""
    policy = settings.policy
    lines = _joined(frames, policy)
    paid = shared_out.payments(lines)
    lines = lines.join(paid, on=["order_id", "line_key"], how="left").with_columns(
        line_paid=nw.coalesce("share_paid", "line_paid")
    )
    back = shared_out.refunds(lines, frames["fact.placed_returns"])
    lines = lines.join(back, on=["order_id", "line_key"], how="left")
    judged = lines.with_columns(document_kind=nw.col("kind"), kind=_kind(policy))
    return _counted(judged).select(*(column.name for column in COLUMNS))


def _joined(frames: Frames, policy: SalesPolicy) -> Frame:
    """The lines beside what their document says, amounts in base currency."""
    documents = frames["fact.documents"].select(
        *("order_id", "day", "month", "customer_id", "channel_id", "platform", "kind", "rate", "paid_stated"),
        order_goods=nw.col("paid") - nw.col("shipping") - nw.col("tax"),
        order_refund=nw.col("refund"),
    )
    lines = line_values.valued(frames["order_items"], frames["products"], policy)
    return lines.join(documents, on="order_id", how="inner").with_columns(
        line_paid=converted("amount"),
        line_gross=nw.when(nw.col("worth").is_null()).then(converted("amount")).otherwise(converted("worth")),
        line_refund=converted("refund_amount"),
        line_cost=nw.when(nw.col("cost_amount").is_null())
        .then(nw.col("list_cost"))
        .otherwise(converted("cost_amount")),
    )


def _kind(policy: SalesPolicy) -> nw.Expr:
    """What the line is, by its document and by what it says itself."""
    document = nw.col("kind")
    gift = nw.lit(value=False) if policy.include_gift_cards else nw.col("is_gift_card").fill_null(value=False)
    sale = (
        nw.when(nw.col("sold") & gift)
        .then(nw.lit("gift_card"))
        .when(nw.col("sold"))
        .then(nw.lit("sale"))
        .when(nw.col("back"))
        .then(nw.lit("return"))
        .otherwise(nw.lit("none"))
    )
    adjusted = nw.lit("adjustment" if policy.include_adjustments else "none")
    return (
        nw.when(document == "sale")
        .then(sale)
        .when(document == "credit")
        .then(nw.lit("return"))
        .when(document == "adjustment")
        .then(adjusted)
        .otherwise(nw.lit("none"))
    )


def _counted(lines: Frame) -> Frame:
    """The measures by kind: a sold line counts in full, a return line only lowers, the others are 0."""
    kind = nw.col("kind")
    sold, back, credit = kind == "sale", kind == "return", nw.col("document_kind") == "credit"
    refund = nw.when(credit).then(nw.col("line_paid").abs()).otherwise(nw.col("share_refund").fill_null(0))
    qty = nw.col("qty").fill_null(0)
    rows = lines.with_columns(
        is_sale=sold,
        category=nw.col("group"),
        qty=nw.when(sold).then(qty).when(back).then(qty.abs() * -1).otherwise(0).cast(nw.Int64),
        gross=nw.when(sold).then(nw.col("line_gross")).otherwise(0).cast(nw.Int64),
        paid=nw.when(sold).then(nw.col("line_paid")).otherwise(0).cast(nw.Int64),
        refund=nw.when(sold | back).then(refund).otherwise(0).cast(nw.Int64),
        cost=nw.when(sold).then(nw.col("line_cost")),
    )
    moved = nw.when(kind == "adjustment").then(nw.col("line_paid")).otherwise(nw.col("paid") - nw.col("refund"))
    return rows.with_columns(discount=at_least_zero(nw.col("gross") - nw.col("paid")), net=moved.cast(nw.Int64))


ORDER_LINES = Fact(
    name="order_lines",
    label=Text("订单行", "Order lines"),
    grain=Text("每张单据的每一行", "one row per line of an order document"),
    columns=COLUMNS,
    reads=(
        Read(name="fact.documents", key="order_id"),
        Read(name="order_items", key="order_id"),
        Read(name="fact.placed_returns", key="order_id"),
        Read(name="products", via="order_items", column="sku_id"),
    ),
    refresh_by="order_id",
    build=build,
)
