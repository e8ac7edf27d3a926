"""Cohorts by month of the first purchase: who is active in each later period, and who has come back by then."""

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.citations import PEEL, TRESL
from ecodash.metrics.metric import Better, Definition, Metric, Triangle

_REQUIRES = (("orders", ("order_id", "customer_id", "created_at", "paid_amount")),)
_GRAIN = Text("每个首购月份的每个客户", "one customer of a first-purchase month")

COHORTS = (
    Metric(
        id="cohort_retention_curve",
        family="cohorts",
        name=Text("月度同期群留存", "Monthly cohort retention"),
        meaning=Text(
            "同一个月首购的客户，之后第 k 个月有多少人来买。",
            "Of those who first bought in a month, the share who buy in the k-th month after.",
        ),
        formula=Text(
            "S(m,k) = 第 k 个月购买的人数 ÷ m 月首购人数",
            "S(m,k) = customers of month m buying in month k after ÷ customers of month m",
        ),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=_GRAIN,
        requires=_REQUIRES,
        source=PEEL,
        caveat=Text(
            "第 0 月恒为 100%；还没结束的月份不给比率；低频品类看季度。",
            "Month 0 is always 100 %; a month still open has no rate; use quarters for rare purchases.",
        ),
        not_the_same_as=("cohort_retention_cumulative",),
        of_customers=True,
        needs_history=True,
        definitions=(
            Definition(
                id="calendar",
                name=Text("自然月", "Calendar months"),
                meaning=Text("第 k 个自然月内至少买过一次。", "Bought at least once in the k-th calendar month."),
                how=Triangle(cumulative=False),
                source=PEEL,
            ),
            Definition(
                id="elapsed",
                name=Text("每人 30 天一期", "30 days from each first purchase"),
                meaning=Text(
                    "从各自首购日起，每 30 天为一期。",
                    "Periods of 30 days counted from each customer's first purchase.",
                ),
                how=Triangle(cumulative=False, bin_days=30),
                source=TRESL,
            ),
        ),
    ),
    Metric(
        id="cohort_retention_cumulative",
        family="cohorts",
        name=Text("月度同期群累计复购", "Cumulative cohort repurchase"),
        meaning=Text(
            "同一个月首购的客户，到第 k 个月末有多少人已买过第二次。",
            "Of those who first bought in a month, the share who have bought again by the end of the k-th month after.",
        ),
        formula=Text(
            "到第 k 个月末已有第二个购买日的人数 ÷ 首购人数",
            "customers with a second purchase day by the end of month k ÷ customers of the cohort",
        ),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=_GRAIN,
        requires=_REQUIRES,
        source=PEEL,
        caveat=Text(
            "只升不降；首购当月内的第二次购买算在第 0 月。",
            "Never falls; a second purchase inside the first month counts in month 0.",
        ),
        not_the_same_as=("cohort_retention_curve",),
        of_customers=True,
        needs_history=True,
        definitions=(
            Definition(
                id="calendar",
                name=Text("自然月", "Calendar months"),
                meaning=Text(
                    "按自然月末截止；月初客户在每期多几天。",
                    "Up to the end of calendar months; early customers of a month have more days.",
                ),
                how=Triangle(cumulative=True),
                source=PEEL,
            ),
            Definition(
                id="elapsed",
                name=Text("每人 30 天一期", "30 days from each first purchase"),
                meaning=Text(
                    "从各自首购日起每 30 天为一期，人人一样长。",
                    "Periods of 30 days from each first purchase, equally long for everyone.",
                ),
                how=Triangle(cumulative=True, bin_days=30),
                source=TRESL,
            ),
        ),
    ),
)
