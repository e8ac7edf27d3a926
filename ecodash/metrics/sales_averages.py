"""What one buyer, one order, one item brings on average."""

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.citations import CONVENTION, TAOBAO_TERMS, TOOLIO, TRIPLE_WHALE
from ecodash.metrics.metric import Better, Definition, Metric, Ratio, Spread, standard

_ORDERS = (("orders", ("order_id", "created_at", "paid_amount")),)
_ITEMS = (*_ORDERS, ("order_items", ("order_id", "qty")))
_BUYERS = (("orders", ("order_id", "created_at", "paid_amount", "customer_id")),)
_ORDER_ROW = Text("每笔订单", "one order")

SALES_AVERAGES = (
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
        source=TAOBAO_TERMS,
        caveat=Text("窗口越长越高，只比较同样长的窗口。", "Grows with the window: compare equal windows only."),
        not_the_same_as=("aov", "price_per_item"),
        of_customers=True,
        definitions=standard(
            Ratio(top="known_paid", bottom="buyers", spread=Spread.CUSTOMERS),
            Text(
                "分子、分母都只算已识别买家；匿名订单不参与。",
                "Identified buyers above and below the line; anonymous orders stay out.",
            ),
            TAOBAO_TERMS,
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
        source=TRIPLE_WHALE,
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
                source=TRIPLE_WHALE,
            ),
            Definition(
                id="net",
                name=Text("按净销售额", "By net sales"),
                meaning=Text("扣掉退款后的每单金额。", "What is left of an order after refunds."),
                how=Ratio(top="net", bottom="priced_orders", spread=Spread.CUSTOMERS),
                source=CONVENTION,
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
        source=TOOLIO,
        caveat=Text("套装按一件还是几件算，取决于导出怎么写。", "Bundles count as the export writes them."),
        not_the_same_as=("aov", "spend_per_buyer"),
        definitions=standard(
            Ratio(top="paid", bottom="units", spread=Spread.CUSTOMERS, n="orders"),
            Text("有效订单。", "Valid orders."),
            TOOLIO,
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
        source=TOOLIO,
        definitions=standard(
            Ratio(top="units", bottom="orders", spread=Spread.CUSTOMERS), Text("有效订单。", "Valid orders."), TOOLIO
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
        source=CONVENTION,
        caveat=Text("窗口越长越高，只比较同样长的窗口。", "Grows with the window: compare equal windows only."),
        of_customers=True,
        definitions=standard(
            Ratio(top="known_orders", bottom="buyers", spread=Spread.CUSTOMERS),
            Text("只算已识别买家。", "Identified buyers only."),
            CONVENTION,
        ),
    ),
)
