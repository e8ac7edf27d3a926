"""Sales: how much was ordered, paid and given back, and the ratios that price one buyer, one order, one item."""

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.metric import Better, Definition, Metric, Ratio, Spread, Sum

_ORDERS = (("orders", ("order_id", "created_at", "paid_amount")),)
_ITEMS = (*_ORDERS, ("order_items", ("order_id", "qty")))
_BUYERS = (("orders", ("order_id", "created_at", "paid_amount", "customer_id")),)
_ORDER_ROW = Text("每笔订单", "one order")
_STANDARD = Text("标准口径", "Standard")


def _plain(how: Sum | Ratio, meaning: Text, source: str, *, name: str = "standard") -> tuple[Definition, ...]:
    return (Definition(id=name, name=_STANDARD, meaning=meaning, how=how, source=source),)


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
        source="CN-RL: GMV 可含未付款; framework.yaml conventions.gmv",
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
                source="CN-RL",
            ),
            Definition(
                id="paid",
                name=Text("仅已付款", "Paid only"),
                meaning=Text("有效订单的支付金额之和。", "Amount paid over valid orders."),
                how=Sum(amount="paid"),
                source="framework.yaml conventions.gmv",
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
        source="CN-PLN: 支付金额不剔除事后退款",
        not_the_same_as=("gmv", "net_sales"),
        definitions=_plain(
            Sum(amount="paid"),
            Text("按销售口径计为销售的订单的实付金额。", "Orders that count as sales by the policy."),
            "CN-PLN",
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
        source="product.md §3.3 Net sales",
        not_the_same_as=("gmv", "paid_amount", "net_sales"),
        definitions=_plain(
            Sum(amount="gross"), Text("有效订单，优惠前。", "Valid orders, before discounts."), "product.md §3.3"
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
        source="product.md §3.3 Net sales (policy switch)",
        caveat=Text(
            "最近的订单以后还可能退款，最近几周的净额会略微下降。",
            "Recent orders can still be refunded, so the latest weeks will shrink a little.",
        ),
        not_the_same_as=("paid_amount", "gross_sales", "gmv"),
        definitions=_plain(
            Sum(amount="net"),
            Text(
                "退款记在销售口径规定的日期（默认订单日）。",
                "Refunds dated as the sales policy says (default: day of the order).",
            ),
            "product.md §3.3",
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
        source="framework.yaml discount_depth",
        definitions=_plain(
            Sum(amount="discount"), Text("有效订单的优惠。", "Discounts on valid orders."), "framework.yaml"
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
        source="product.md §3.3; T17 (partial then full refund counted once)",
        definitions=(
            Definition(
                id="order_day",
                name=Text("记在订单日", "By day of the order"),
                meaning=Text("退款归到原订单那天，能看出哪批订单退得多。", "A refund belongs to the day of its order."),
                how=Sum(amount="refund"),
                source="product.md §3.3 (b)",
            ),
            Definition(
                id="refund_day",
                name=Text("记在退款日", "By day of the refund"),
                meaning=Text(
                    "退款记在钱退出去那天，和资金流水对得上。", "A refund belongs to the day the money went back."
                ),
                how=Sum(amount="refund_booked"),
                source="product.md §3.3",
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
        source="TRUTHS.md D1",
        definitions=_plain(
            Sum(amount="orders"),
            Text(
                "不同订单号只数一次；取消、未付款、测试订单不计。",
                "Each order id once; cancelled, unpaid and test orders left out.",
            ),
            "TRUTHS.md D1",
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
        source="product.md §3.3",
        definitions=_plain(
            Sum(amount="units"),
            Text("有效订单的件数，退货不冲减。", "Units of valid orders, returns not taken off."),
            "product.md §3.3",
        ),
    ),
)

PER_ONE = (
    Metric(
        id="spend_per_buyer",
        family="sales",
        name=Text("客单价", "Spend per buyer"),
        meaning=Text("平均每位买家在这段时间付了多少钱。", "What one buyer paid in the window, on average."),
        formula=Text("支付金额 ÷ 支付买家数", "amount paid ÷ paying buyers"),
        unit=Unit.MONEY_PER_BUYER,
        better=Better.HIGHER,
        grain=Text("每位买家", "one buyer"),
        requires=_BUYERS,
        source="CN-PLN: 客单价 = 支付金额 ÷ 支付买家数",
        caveat=Text("窗口越长越高，只比较同样长的窗口。", "Grows with the window: compare equal windows only."),
        not_the_same_as=("aov", "price_per_item"),
        of_customers=True,
        definitions=_plain(
            Ratio(top="known_paid", bottom="buyers", spread=Spread.CUSTOMERS),
            Text(
                "分子、分母都只算已识别买家；匿名订单不参与。",
                "Identified buyers above and below the line; anonymous orders stay out.",
            ),
            "CN-PLN; T21",
        ),
    ),
    Metric(
        id="aov",
        family="sales",
        name=Text("笔单价", "Average order value (AOV)"),
        meaning=Text("平均每笔订单付了多少钱。", "What one order brought, on average."),
        formula=Text("支付金额 ÷ 订单数", "amount paid ÷ orders"),
        unit=Unit.MONEY_PER_ORDER,
        better=Better.HIGHER,
        grain=_ORDER_ROW,
        requires=_ORDERS,
        source="TW-MET; framework.yaml aov (there called 客单价); TRUTHS.md D4",
        caveat=Text(
            "少数大单会把它拉高；拆单会把它拉低。", "A few large orders pull it up, split orders pull it down."
        ),
        not_the_same_as=("spend_per_buyer", "price_per_item"),
        definitions=(
            Definition(
                id="paid",
                name=Text("按支付金额", "By amount paid"),
                meaning=Text(
                    "退款不扣；缺汇率的订单上下都不算。",
                    "Refunds not taken off; orders without an exchange rate stay out.",
                ),
                how=Ratio(top="paid", bottom="priced_orders", spread=Spread.CUSTOMERS),
                source="TW-MET",
            ),
            Definition(
                id="net",
                name=Text("按净销售额", "By net sales"),
                meaning=Text("扣掉退款后的每单金额。", "What is left of an order after refunds."),
                how=Ratio(top="net", bottom="priced_orders", spread=Spread.CUSTOMERS),
                source="product.md §3.3",
            ),
        ),
    ),
    Metric(
        id="price_per_item",
        family="sales",
        name=Text("件单价", "Price per item"),
        meaning=Text("平均每件商品付了多少钱。", "What one item brought, on average."),
        formula=Text("支付金额 ÷ 件数", "amount paid ÷ units"),
        unit=Unit.MONEY_PER_ITEM,
        better=Better.CONTEXT,
        grain=Text("每件商品", "one item"),
        requires=_ITEMS,
        source="TOOL",
        caveat=Text("套装按一件还是几件算，取决于导出怎么写。", "Bundles count as the export writes them."),
        not_the_same_as=("aov", "spend_per_buyer"),
        definitions=_plain(
            Ratio(top="paid", bottom="units", spread=Spread.CUSTOMERS, n="orders"),
            Text("有效订单。", "Valid orders."),
            "TOOL",
        ),
    ),
    Metric(
        id="items_per_order",
        family="sales",
        name=Text("连带率", "Items per order (UPT)"),
        meaning=Text("平均每笔订单买了几件。", "How many items an order holds, on average."),
        formula=Text("件数 ÷ 订单数", "units ÷ orders"),
        unit=Unit.ITEMS_PER_ORDER,
        better=Better.HIGHER,
        grain=_ORDER_ROW,
        requires=_ITEMS,
        source="TOOL",
        definitions=_plain(
            Ratio(top="units", bottom="orders", spread=Spread.CUSTOMERS), Text("有效订单。", "Valid orders."), "TOOL"
        ),
    ),
    Metric(
        id="orders_per_buyer",
        family="sales",
        name=Text("人均订单数", "Orders per buyer"),
        meaning=Text("平均每位买家下了几单。", "How many orders a buyer made, on average."),
        formula=Text("已识别买家的订单数 ÷ 买家数", "orders of identified buyers ÷ buyers"),
        unit=Unit.ORDERS_PER_BUYER,
        better=Better.HIGHER,
        grain=Text("每位买家", "one buyer"),
        requires=_BUYERS,
        source="TRUTHS.md A1",
        caveat=Text("窗口越长越高，只比较同样长的窗口。", "Grows with the window: compare equal windows only."),
        of_customers=True,
        definitions=_plain(
            Ratio(top="known_orders", bottom="buyers", spread=Spread.CUSTOMERS),
            Text("只算已识别买家。", "Identified buyers only."),
            "TRUTHS.md A1",
        ),
    ),
)

SHARES = (
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
        source="product.md §3.3 Refund rate (a)",
        caveat=Text(
            "按订单日归属；最近的订单还没退完。", "Belongs to the day of the order; recent orders are not done yet."
        ),
        not_the_same_as=("refund_rate_amount",),
        definitions=_plain(
            Ratio(top="refunded_orders", bottom="orders", spread=Spread.CASES),
            Text("先部分后全额退款的订单只算一次。", "An order refunded twice counts once."),
            "product.md §3.3 (a); T17",
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
        source="product.md §3.3 Refund rate (b)",
        caveat=Text(
            "按订单日归属；没有关联原订单的红字单记在它自己的日期。",
            "Belongs to the day of the order; credits that name no order count on their own day.",
        ),
        not_the_same_as=("refund_rate_orders",),
        definitions=_plain(
            Ratio(top="refund", bottom="paid", spread=Spread.CUSTOMERS, n="orders"),
            Text("每笔订单的退款不超过支付金额。", "A refund is at most what was paid."),
            "product.md §3.3 (b)",
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
        source="framework.yaml discount_depth",
        definitions=_plain(
            Ratio(top="discount", bottom="listed", spread=Spread.CUSTOMERS, n="orders"),
            Text("有效订单。", "Valid orders."),
            "framework.yaml",
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
        source="product.md M15",
        definitions=_plain(
            Ratio(top="known_orders", bottom="orders", spread=Spread.CASES),
            Text("打码的手机号、姓名不算身份。", "A masked phone or name is no identity."),
            "product.md M15",
        ),
    ),
)

SALES = (*AMOUNTS_OF_MONEY, *COUNTS, *PER_ONE, *SHARES)
