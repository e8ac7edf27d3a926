"""Repurchase by calendar windows: inside one (复购率), and from one to the next (回购率). Both mix new and old customers."""

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.citations import E_SHUTONG, REPURCHASE_READINGS, REPURCHASE_TERMS
from ecodash.metrics.metric import Better, Definition, Metric, Next, Ratio, Spread

_REQUIRES = (("orders", ("order_id", "customer_id", "created_at", "paid_amount")),)
_BUYER = Text("每位买家", "one buyer")

WINDOWS = (
    Metric(
        id="repurchase_rate",
        family="repurchase",
        name=Text("复购率（窗口内）", "Repurchase rate (in the window)"),
        meaning=Text(
            "一段时间内的买家里，多少人买了不止一次。", "Share of a window's buyers who bought more than once in it."
        ),
        formula=Text(
            "窗口内购买 ≥2 次的人数 ÷ 窗口内购买人数",
            "people with ≥2 purchases in the window ÷ people who bought in it",
        ),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=_BUYER,
        requires=_REQUIRES,
        source=E_SHUTONG,
        caveat=Text(
            "窗口越长越高，不同长度的窗口不能比。", "Grows with the window; never compare windows of different length."
        ),
        not_the_same_as=("cross_window_rate", "returning_customer_rate", "repurchase_90d"),
        of_customers=True,
        definitions=(
            Definition(
                id="person_day",
                name=Text("按人·按天去重", "By person, days"),
                meaning=Text(
                    "第二次购买要在另一天；同一天拆成几单只算一次。",
                    "The second purchase must be on another day; orders split on one day are one purchase.",
                ),
                how=Ratio(top="two_days", bottom="buyers", spread=Spread.CASES),
                source=REPURCHASE_READINGS,
            ),
            Definition(
                id="person",
                name=Text("按人·按单", "By person, orders"),
                meaning=Text(
                    "同一天的两单也算两次，所以偏高。", "Two orders on one day count as two, so it is higher."
                ),
                how=Ratio(top="twice", bottom="buyers", spread=Spread.CASES),
                source=REPURCHASE_READINGS,
            ),
            Definition(
                id="transaction",
                name=Text("按交易", "By transaction"),
                meaning=Text(
                    "重复购买的订单数 ÷ 订单数：100 笔交易里 20 人买第二次、其中 10 人买第三次 → 30/100。",
                    "Repeat orders ÷ orders: of 100 orders, 20 are second and 10 third ones → 30/100.",
                ),
                how=Ratio(top="repeats", bottom="known_orders", spread=Spread.CASES),
                source=REPURCHASE_TERMS,
            ),
        ),
    ),
    Metric(
        id="cross_window_rate",
        family="repurchase",
        name=Text("回购率（跨窗口）", "Cross-window repurchase rate"),
        meaning=Text(
            "这一期的买家里，多少人下一期又来买。", "Share of one period's buyers who buy again in the next period."
        ),
        formula=Text("两期都购买的人数 ÷ 上一期购买人数", "buyers of both periods ÷ buyers of the first"),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=_BUYER,
        requires=_REQUIRES,
        source=REPURCHASE_TERMS,
        caveat=Text("各期长短和大促不同，会影响比较。", "Periods differ in length and in promotions."),
        not_the_same_as=("repurchase_rate", "repurchase_30d"),
        of_customers=True,
        definitions=(
            Definition(
                id="next_period",
                name=Text("下一个等长期间", "The next period"),
                meaning=Text(
                    "按月拆分时看下个自然月；不拆分时看紧接着的等长窗口。",
                    "By month: the next calendar month; otherwise the window of equal length that follows.",
                ),
                how=Next(),
                source=REPURCHASE_TERMS,
            ),
        ),
    ),
)
