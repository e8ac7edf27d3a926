"""Buyers inside a window: how many, how many for the first time, how many came back."""

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.citations import (
    BY_THE_NUMBERS,
    CHARTCASTR,
    CONVENTION,
    LITTLE_STREAM,
    SHOPIFY,
    SOURCE_MEDIUM,
    TAOBAO_TERMS,
)
from ecodash.metrics.metric import Better, Definition, Metric, Ratio, Spread, Sum

_REQUIRES = (("orders", ("order_id", "customer_id", "created_at", "paid_amount")),)
_BUYER = Text("每位买家", "one buyer")

COUNTS = (
    Metric(
        id="active_buyers",
        family="buyers",
        name=Text("支付买家数", "Active buyers"),
        meaning=Text("这段时间有多少人买过，一人只算一次。", "How many people bought in the window, each once."),
        formula=Text("窗口内购买的客户数", "number of customers who bought in the window"),
        unit=Unit.BUYERS,
        better=Better.HIGHER,
        grain=_BUYER,
        requires=_REQUIRES,
        source=CONVENTION,
        caveat=Text(
            "各日、各渠道的买家数不能相加：同一个人会被重复数。",
            "Never add days or channels up: the same person would count several times.",
        ),
        of_customers=True,
        definitions=(
            Definition(
                id="standard",
                name=Text("标准口径", "Standard"),
                meaning=Text(
                    "窗口内至少一笔有效订单的已识别客户。", "Identified customers with at least one valid order."
                ),
                how=Sum(amount="buyers"),
                source=CONVENTION,
            ),
            Definition(
                id="sum_of_days",
                name=Text("各日相加（重复计人）", "Days added up (counts people twice)"),
                meaning=Text(
                    "把每天的买家数相加：在几天购买就算几个人。",
                    "The buyers of each day added up: somebody who bought on three days counts as three.",
                ),
                how=Sum(amount="buyer_days"),
                source=SOURCE_MEDIUM,
                caveat=Text("它数的是人次，不是人数。", "It counts visits to the till, not people."),
            ),
        ),
    ),
    Metric(
        id="new_buyers",
        family="buyers",
        name=Text("新客数", "New buyers"),
        meaning=Text("多少人在这段时间第一次购买。", "How many people bought for the first time."),
        formula=Text("首个购买日落在窗口内的客户数", "customers whose first purchase day lies in the window"),
        unit=Unit.BUYERS,
        better=Better.HIGHER,
        grain=_BUYER,
        requires=_REQUIRES,
        source=TAOBAO_TERMS,
        caveat=Text(
            "数据开头的“首次”只是文件里的首次，可能其实是老客。",
            "At the start of the data “first” means first in the file: some are old customers.",
        ),
        of_customers=True,
        needs_history=True,
        definitions=(
            Definition(
                id="standard",
                name=Text("标准口径", "Standard"),
                meaning=Text(
                    "以截至当日的首个有效订单计，之后的订单不会改变它。",
                    "By the first valid order as of that day; later orders never change it.",
                ),
                how=Sum(amount="new_buyers"),
                source=CONVENTION,
            ),
        ),
    ),
)

SHARES = (
    Metric(
        id="new_buyer_share",
        family="buyers",
        name=Text("新客占比", "Share of new buyers"),
        meaning=Text(
            "这段时间的买家里，多少人是第一次买。", "Share of the window's buyers who bought for the first time."
        ),
        formula=Text("新客数 ÷ 支付买家数", "new buyers ÷ active buyers"),
        unit=Unit.RATIO,
        better=Better.CONTEXT,
        grain=_BUYER,
        requires=_REQUIRES,
        source=CONVENTION,
        caveat=Text(
            "需要窗口之前的历史，否则老客会被当成新客。",
            "Needs history before the window, otherwise old customers look new.",
        ),
        not_the_same_as=("returning_customer_rate",),
        of_customers=True,
        needs_history=True,
        definitions=(
            Definition(
                id="standard",
                name=Text("标准口径", "Standard"),
                meaning=Text("首个购买日在窗口内的买家占比。", "Buyers whose first purchase day lies in the window."),
                how=Ratio(top="new_buyers", bottom="buyers", spread=Spread.CASES),
                source=CONVENTION,
            ),
        ),
    ),
    Metric(
        id="returning_customer_rate",
        family="buyers",
        name=Text("老客占比", "Returning customer rate"),
        meaning=Text(
            "这段时间的买家里，多少人之前买过。它说的是客群构成，不是忠诚度：拉新越成功它越低。",
            "Share of the window's buyers who had bought before. Composition, not loyalty: it falls when acquisition succeeds.",
        ),
        formula=Text("之前买过的买家数 ÷ 支付买家数", "buyers with an earlier order ÷ active buyers"),
        unit=Unit.RATIO,
        better=Better.CONTEXT,
        grain=_BUYER,
        requires=_REQUIRES,
        source=LITTLE_STREAM,
        not_the_same_as=("repurchase_rate", "cross_window_rate", "returning_order_share"),
        of_customers=True,
        needs_history=True,
        definitions=(
            Definition(
                id="earlier_order",
                name=Text("窗口内有非首次购买", "Bought again in the window"),
                meaning=Text(
                    "窗口内至少有一单，下单前的某一天已经买过（首单可在窗口内或窗口前）。",
                    "At least one order in the window follows a purchase on an earlier day, inside or before the window.",
                ),
                how=Ratio(top="earlier", bottom="buyers", spread=Spread.CASES),
                source=LITTLE_STREAM,
            ),
            Definition(
                id="before_window",
                name=Text("窗口前已买过", "Bought before the window"),
                meaning=Text(
                    "首个购买日在窗口开始之前；与新客占比相加为 100%。",
                    "First purchase day before the window; adds up to 100 % with the share of new buyers.",
                ),
                how=Ratio(top="old_buyers", bottom="buyers", spread=Spread.CASES),
                source=TAOBAO_TERMS,
            ),
            Definition(
                id="whole_history",
                name=Text("按全部历史（会变）", "Whole history (rewrites the past)"),
                meaning=Text(
                    "至今下过两单及以上的买家都算老客，连窗口之后的订单也算。",
                    "Every buyer with two orders or more by now, orders after the window included.",
                ),
                how=Ratio(top="ever_twice", bottom="buyers", spread=Spread.CASES),
                source=SHOPIFY,
                caveat=Text(
                    "过去的数字会随后来的订单上涨，不能用来比较各月。",
                    "Past numbers rise as later orders come in; do not compare months by it.",
                ),
                looks_ahead=True,
            ),
        ),
    ),
    Metric(
        id="returning_order_share",
        family="buyers",
        name=Text("老客订单占比", "Share of orders by returning customers"),
        meaning=Text(
            "已识别买家的订单里，多少不是首单。", "Share of identified buyers' orders that are not their first."
        ),
        formula=Text("非首单订单数 ÷ 已识别买家的订单数", "orders after the first ÷ orders of identified buyers"),
        unit=Unit.RATIO,
        better=Better.CONTEXT,
        grain=Text("每笔订单", "one order"),
        requires=_REQUIRES,
        source=CHARTCASTR,
        caveat=Text("数的是订单，不是人。", "It counts orders, not people."),
        not_the_same_as=("returning_customer_rate", "repurchase_rate"),
        of_customers=True,
        needs_history=True,
        definitions=(
            Definition(
                id="standard",
                name=Text("标准口径", "Standard"),
                meaning=Text(
                    "截至下单时，客户已有更早的有效订单。", "The customer had an earlier valid order at that time."
                ),
                how=Ratio(top="returning_orders", bottom="known_orders", spread=Spread.CASES),
                source=CHARTCASTR,
            ),
            Definition(
                id="retained",
                name=Text("上一单在 90 天内", "At most 90 days after the order before"),
                meaning=Text(
                    "只算距上一单不超过 90 天的老客订单，更久的算作“回流”。",
                    "Only orders at most 90 days after the one before; later ones are called returning, not retained.",
                ),
                how=Ratio(top="retained_orders", bottom="known_orders", spread=Spread.CASES),
                source=BY_THE_NUMBERS,
                caveat=Text("结果取决于这个天数。", "The result depends on that number of days."),
            ),
        ),
    ),
)

BUYERS = (*COUNTS, *SHARES)
