"""Coming back within N days of the first purchase: each customer watched equally long, and what others count."""

from dataclasses import replace

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.citations import CONVENTION, FAIRVIEW, KAPLAN_MEIER, PEEL_BLOG, TRESL
from ecodash.metrics.metric import Better, Definition, Metric, Until, Within
from ecodash.metrics.purchase_times import TIMES

_REQUIRES = (("orders", ("order_id", "customer_id", "created_at", "paid_amount")),)
_CUSTOMER = Text("每位首购客户", "one first-time buyer")
PRESETS = (30, 60, 90, 180, 365)
OPENING_DAYS = 90


def within(days: int, *, opening_days: int = 0) -> Metric:
    """The N-day repurchase metric for ``days``; ``opening_days`` > 0 gives the reading without the opening of the data."""
    plain = opening_days == 0
    return Metric(
        id=f"repurchase_{days}d" if plain else f"cohort_repurchase_{days}d",
        family="repurchase",
        name=_name(days, opening_days),
        meaning=Text(
            f"第一次购买后 {days} 天内又来买的客户占多少；每个人都看满 {days} 天。",
            f"Share of first-time buyers who buy again within {days} days, each watched for {days} days.",
        ),
        formula=Text(
            f"首购后第 1–{days} 天再次购买的人数 ÷ 首购满 {days} 天的人数",
            f"first-time buyers who bought again on day 1–{days} ÷ first-time buyers watched for {days} days",
        ),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=_CUSTOMER,
        requires=_REQUIRES,
        source=CONVENTION,
        caveat=Text(
            "观察未满的客户不计；数据开头的“首购”可能其实是老客。",
            "Customers not watched long enough are left out; a first purchase in the opening days may belong to an old customer.",
        ),
        not_the_same_as=("repurchase_rate", "cross_window_rate", "returning_customer_rate"),
        of_customers=True,
        needs_history=plain,
        definitions=(*_readings(days, opening_days), *_for_comparison(days, opening_days)),
    )


def _name(days: int, opening_days: int) -> Text:
    name = Text(f"首购后{days}天复购率", f"{days}-day repurchase rate")
    return name + Text("（不含数据开头）", ", opening of the data left out") if opening_days else name


def _readings(days: int, opening_days: int) -> tuple[Definition, ...]:
    """Readings that count only customers watched for all the days."""
    return (
        Definition(
            id="day",
            name=Text("按天（默认）", "Another day (default)"),
            meaning=Text(
                "第二次购买在另一天，间隔 1 到 N 天。", "The second purchase is on another day, 1 to N days later."
            ),
            how=Within(days=days, opening_days=opening_days),
            source=CONVENTION,
        ),
        Definition(
            id="order",
            name=Text("按单", "Another order"),
            meaning=Text(
                "另一笔订单即算，同一天也算，间隔 0 到 N 天。",
                "Any other order counts, on the same day too, 0 to N days later.",
            ),
            how=Within(days=days, same_day=True, opening_days=opening_days),
            source=TRESL,
        ),
    )


def _for_comparison(days: int, opening_days: int) -> tuple[Definition, ...]:
    """Readings other tools use, each with what is wrong with it."""
    return (
        Definition(
            id="curve",
            name=Text("按生存曲线", "Survival curve"),
            meaning=Text(
                "观察未满的客户也贡献他们已经被观察的天数（Kaplan–Meier）。",
                "Customers not watched long enough contribute the days they were watched (Kaplan–Meier).",
            ),
            how=Within(days=days, curve=True, opening_days=opening_days),
            source=KAPLAN_MEIER,
        ),
        Definition(
            id="unwatched",
            name=Text("不管观察期（偏低）", "Ignoring time (too low)"),
            meaning=Text(
                "所有首购客户都进分母，不管看没看满 N 天。",
                "All first-time buyers below the line, watched long enough or not.",
            ),
            how=Within(days=days, watched=False, opening_days=opening_days),
            source=CONVENTION,
            caveat=Text(
                "新近的客户还没有机会回来，所以偏低，而且越近越低。",
                "Recent customers had no chance to return yet: too low, the more so the more recent.",
            ),
        ),
        *_by_calendar(Within(days=days, opening_days=opening_days)),
    )


def _by_calendar(how: Within) -> tuple[Definition, ...]:
    """Readings whose deadline is a date of the calendar instead of so many days for everyone."""
    month, unequal = how.months, "Early and late buyers of one month are given different numbers of days."
    late = "Uses orders known only later: past numbers keep rising, months do not compare."
    return (
        Definition(
            id="calendar",
            name=Text("到月末为止（偏高）", "Until a month end (too high)"),
            meaning=Text(
                f"截止到首购后第 {month} 个自然月的月末，月初的客户多等几十天。",
                f"Until the end of calendar month {month} after the first purchase: early buyers of a month get weeks more.",
            ),
            how=replace(how, until=Until.MONTH),
            source=FAIRVIEW,
            caveat=Text("同一个月里早买和晚买的客户期限不一样长。", unequal),
        ),
        Definition(
            id="at_or_after",
            name=Text("之后任何时候（会变）", "Any time after (rewrites the past)"),
            meaning=Text(
                f"首购后第 {month} 个自然月起，至今任何时候买过都算。",
                f"Any purchase from calendar month {month} after the first one on, up to now.",
            ),
            how=replace(how, until=Until.AFTER, watched=False),
            source=PEEL_BLOG,
            caveat=Text("用到了之后才知道的订单：过去的数字会一直涨，各月不能比。", late),
            looks_ahead=True,
        ),
    )


REPURCHASE = (*(within(days) for days in PRESETS), within(90, opening_days=OPENING_DAYS), *TIMES)
