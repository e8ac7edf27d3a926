"""Shares of orders and money: refunds, discounts, known buyers."""

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.citations import CONVENTION
from ecodash.metrics.metric import Better, Metric, Ratio, Spread, standard

_ORDERS = (("orders", ("order_id", "created_at", "paid_amount")),)
_ORDER_ROW = Text("每笔订单", "one order")

SALES_SHARES = (
    Metric(
        id="refund_rate_orders",
        family="sales",
        name=Text("退款率（按笔数）", "Refund rate by orders"),
        meaning=Text(
            "有退款的订单占多少；部分退款也算一笔。", "Share of orders with any refund, partial ones included."
        ),
        formula=Text("有退款的订单数 ÷ 订单数", "orders with a refund ÷ orders"),
        unit=Unit.RATIO,
        better=Better.LOWER,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source=CONVENTION,
        caveat=Text(
            "按订单日归属；最近的订单还没退完。", "Belongs to the day of the order; recent orders are not done yet."
        ),
        not_the_same_as=("refund_rate_amount",),
        definitions=standard(
            Ratio(top="refunded_orders", bottom="orders", spread=Spread.CASES),
            Text("先部分后全额退款的订单只算一次。", "An order refunded twice counts once."),
            CONVENTION,
        ),
    ),
    Metric(
        id="refund_rate_amount",
        family="sales",
        name=Text("退款率（按金额）", "Refund rate by amount"),
        meaning=Text("付的钱里有多少退了回去。", "How much of what was paid went back."),
        formula=Text("退款金额 ÷ 支付金额", "refunds ÷ amount paid"),
        unit=Unit.RATIO,
        better=Better.LOWER,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source=CONVENTION,
        caveat=Text(
            "按订单日归属；没有关联原订单的红字单记在它自己的日期。",
            "Belongs to the day of the order; credits that name no order count on their own day.",
        ),
        not_the_same_as=("refund_rate_orders",),
        definitions=standard(
            Ratio(top="refund", bottom="paid", spread=Spread.CUSTOMERS, n="orders"),
            Text("每笔订单的退款不超过支付金额。", "A refund is at most what was paid."),
            CONVENTION,
        ),
    ),
    Metric(
        id="discount_depth",
        family="sales",
        name=Text("优惠深度", "Discount depth"),
        meaning=Text("原价里让掉了多少。", "How much of the price was given away."),
        formula=Text("Σ优惠 ÷（Σ实付 + Σ优惠）", "Σ discounts ÷ (Σ paid + Σ discounts)"),
        unit=Unit.RATIO,
        better=Better.LOWER,
        grain=_ORDER_ROW,
        requires=(("orders", ("order_id", "created_at", "paid_amount", "discount_amount")),),
        source=CONVENTION,
        definitions=standard(
            Ratio(top="discount", bottom="listed", spread=Spread.CUSTOMERS, n="orders"),
            Text("有效订单。", "Valid orders."),
            CONVENTION,
        ),
    ),
    Metric(
        id="identity_coverage",
        family="sales",
        name=Text("买家识别率", "Identity coverage"),
        meaning=Text(
            "多少订单知道是谁买的；客户类指标都建立在它上面。",
            "Share of orders whose buyer is known; every customer metric rests on it.",
        ),
        formula=Text("已识别买家的订单数 ÷ 订单数", "orders of identified buyers ÷ orders"),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source=CONVENTION,
        definitions=standard(
            Ratio(top="known_orders", bottom="orders", spread=Spread.CASES),
            Text("打码的手机号、姓名不算身份。", "A masked phone or name is no identity."),
            CONVENTION,
        ),
    ),
)
