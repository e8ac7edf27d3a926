"""Sales added up: money and counts. Nothing here has an interval, it is everything there is."""

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.citations import CONVENTION, GMV_TERMS, TAOBAO_TERMS
from ecodash.metrics.metric import Better, Definition, Metric, Sum, standard

_ORDERS = (("orders", ("order_id", "created_at", "paid_amount")),)
_ITEMS = (*_ORDERS, ("order_items", ("order_id", "qty")))
_ORDER_ROW = Text("每笔订单", "one order")

AMOUNTS_OF_MONEY = (
    Metric(
        id="gmv",
        family="sales",
        name=Text("成交总额 GMV", "GMV"),
        meaning=Text("下了多少钱的单，付没付款都算。", "What was ordered, paid for or not."),
        formula=Text("Σ 下单金额", "Σ amount ordered"),
        unit=Unit.MONEY,
        better=Better.HIGHER,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source=GMV_TERMS,
        caveat=Text(
            "导出里没有未付款订单时，它就等于支付金额。",
            "Equals the amount paid when the export holds no unpaid orders.",
        ),
        not_the_same_as=("paid_amount", "net_sales", "gross_sales"),
        definitions=(
            Definition(
                id="placed",
                name=Text("含未付款", "Unpaid included"),
                meaning=Text(
                    "所有下单金额，含未付款和付款前关闭的订单。", "All orders placed, including those never paid."
                ),
                how=Sum(amount="placed"),
                source=GMV_TERMS,
            ),
            Definition(
                id="paid",
                name=Text("仅已付款", "Paid only"),
                meaning=Text("有效订单的支付金额之和。", "Amount paid over valid orders."),
                how=Sum(amount="paid"),
                source=CONVENTION,
            ),
        ),
    ),
    Metric(
        id="paid_amount",
        family="sales",
        name=Text("支付金额", "Amount paid"),
        meaning=Text(
            "买家实际付了多少钱；之后的退款不从这里扣。", "What buyers paid; later refunds are not taken off."
        ),
        formula=Text("Σ 有效订单的支付金额", "Σ amount paid over valid orders"),
        unit=Unit.MONEY,
        better=Better.HIGHER,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source=TAOBAO_TERMS,
        not_the_same_as=("gmv", "net_sales"),
        definitions=standard(
            Sum(amount="paid"),
            Text("按销售口径计为销售的订单的实付金额。", "Orders that count as sales by the policy."),
            TAOBAO_TERMS,
        ),
    ),
    Metric(
        id="gross_sales",
        family="sales",
        name=Text("优惠前销售额", "Gross sales"),
        meaning=Text("商品按优惠前的金额卖了多少。", "Goods sold at their amount before order discounts."),
        formula=Text("Σ 优惠前商品金额", "Σ goods before discounts"),
        unit=Unit.MONEY,
        better=Better.HIGHER,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source=CONVENTION,
        not_the_same_as=("gmv", "paid_amount", "net_sales"),
        definitions=standard(
            Sum(amount="gross"), Text("有效订单，优惠前。", "Valid orders, before discounts."), CONVENTION
        ),
    ),
    Metric(
        id="net_sales",
        family="sales",
        name=Text("净销售额", "Net sales"),
        meaning=Text(
            "扣掉优惠和退款之后真正留下的销售额；运费、税、礼品卡按销售口径处理。",
            "What is left after discounts and refunds; shipping, tax and gift cards as the sales policy says.",
        ),
        formula=Text("Σ（支付金额 − 口径外项目 − 退款）", "Σ (amount paid − items left out by the policy − refunds)"),
        unit=Unit.MONEY,
        better=Better.HIGHER,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source=CONVENTION,
        caveat=Text(
            "最近的订单以后还可能退款，最近几周的净额会略微下降。",
            "Recent orders can still be refunded, so the latest weeks will shrink a little.",
        ),
        not_the_same_as=("paid_amount", "gross_sales", "gmv"),
        definitions=standard(
            Sum(amount="net"),
            Text(
                "退款记在销售口径规定的日期（默认订单日）。",
                "Refunds dated as the sales policy says (default: day of the order).",
            ),
            CONVENTION,
            name="policy",
        ),
    ),
    Metric(
        id="discount_amount",
        family="sales",
        name=Text("优惠金额", "Discounts given"),
        meaning=Text("为了成交让了多少钱。", "How much was given away to sell."),
        formula=Text("Σ 优惠金额", "Σ discounts"),
        unit=Unit.MONEY,
        better=Better.CONTEXT,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source=CONVENTION,
        definitions=standard(
            Sum(amount="discount"), Text("有效订单的优惠。", "Discounts on valid orders."), CONVENTION
        ),
    ),
    Metric(
        id="refund_amount",
        family="sales",
        name=Text("退款金额", "Refunds"),
        meaning=Text(
            "退回给买家多少钱；一笔订单的退款不超过它的支付金额。",
            "Money given back; never more than was paid for an order.",
        ),
        formula=Text("Σ 退款", "Σ refunds"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source=CONVENTION,
        definitions=(
            Definition(
                id="order_day",
                name=Text("记在订单日", "By day of the order"),
                meaning=Text("退款归到原订单那天，能看出哪批订单退得多。", "A refund belongs to the day of its order."),
                how=Sum(amount="refund"),
                source=CONVENTION,
            ),
            Definition(
                id="refund_day",
                name=Text("记在退款日", "By day of the refund"),
                meaning=Text(
                    "退款记在钱退出去那天，和资金流水对得上。", "A refund belongs to the day the money went back."
                ),
                how=Sum(amount="refund_booked"),
                source=CONVENTION,
            ),
        ),
    ),
)

COUNTS = (
    Metric(
        id="orders",
        family="sales",
        name=Text("支付订单数", "Orders"),
        meaning=Text("多少笔订单计为销售。", "How many orders count as sales."),
        formula=Text("有效订单的笔数", "number of valid orders"),
        unit=Unit.ORDERS,
        better=Better.HIGHER,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source=CONVENTION,
        definitions=standard(
            Sum(amount="orders"),
            Text(
                "不同订单号只数一次；取消、未付款、测试订单不计。",
                "Each order id once; cancelled, unpaid and test orders left out.",
            ),
            CONVENTION,
        ),
    ),
    Metric(
        id="units",
        family="sales",
        name=Text("销售件数", "Units sold"),
        meaning=Text("卖出多少件商品。", "How many items were sold."),
        formula=Text("Σ 件数", "Σ quantity"),
        unit=Unit.ITEMS,
        better=Better.HIGHER,
        grain=Text("每个订单行", "one order line"),
        requires=_ITEMS,
        source=CONVENTION,
        definitions=standard(
            Sum(amount="units"),
            Text("有效订单的件数，退货不冲减。", "Units of valid orders, returns not taken off."),
            CONVENTION,
        ),
    ),
)

SALES_TOTALS = (*AMOUNTS_OF_MONEY, *COUNTS)
