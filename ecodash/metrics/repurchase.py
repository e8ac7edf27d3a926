"""Coming back: measured per customer from the first purchase, each watched equally long."""

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.metric import Better, Definition, Gaps, Metric, Sequence, Waiting, Within

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
        source="product.md §3.2 default; TR; TRUTHS.md D5; framework.yaml cohort_repurchase_90d",
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
            source="TRUTHS.md D5 day grain",
        ),
        Definition(
            id="order",
            name=Text("按单", "Another order"),
            meaning=Text(
                "另一笔订单即算，同一天也算，间隔 0 到 N 天。",
                "Any other order counts, on the same day too, 0 to N days later.",
            ),
            how=Within(days=days, same_day=True, opening_days=opening_days),
            source="TRUTHS.md D5 order grain; TR",
        ),
    )


def _for_comparison(days: int, opening_days: int) -> tuple[Definition, ...]:
    """Readings that also use customers who were not watched for all the days."""
    return (
        Definition(
            id="curve",
            name=Text("按生存曲线", "Survival curve"),
            meaning=Text(
                "观察未满的客户也贡献他们已经被观察的天数（Kaplan–Meier）。",
                "Customers not watched long enough contribute the days they were watched (Kaplan–Meier).",
            ),
            how=Within(days=days, curve=True, opening_days=opening_days),
            source="methods.md §3",
        ),
        Definition(
            id="unwatched",
            name=Text("不管观察期（偏低）", "Ignoring time (too low)"),
            meaning=Text(
                "所有首购客户都进分母，不管看没看满 N 天。",
                "All first-time buyers below the line, watched long enough or not.",
            ),
            how=Within(days=days, watched=False, opening_days=opening_days),
            source="TRUTHS.md D5 naive",
            caveat=Text(
                "新近的客户还没有机会回来，所以偏低，而且越近越低。",
                "Recent customers had no chance to return yet: too low, the more so the more recent.",
            ),
        ),
    )


TIMES = (
    Metric(
        id="time_to_second_purchase",
        family="repurchase",
        name=Text("复购周期", "Time to the second purchase"),
        meaning=Text(
            "一半的首购客户多少天内会买第二次；没回来的按还在等计算。",
            "Days until half of the first-time buyers have bought again; those not back yet count as waiting.",
        ),
        formula=Text("Kaplan–Meier 曲线达到 50% 的天数", "day on which the Kaplan–Meier curve reaches 50 %"),
        unit=Unit.DAYS,
        better=Better.LOWER,
        grain=_CUSTOMER,
        requires=_REQUIRES,
        source="product.md §3.3; methods.md §3; CXD (the biased reading)",
        caveat=Text(
            "只对回来过的人取平均会严重偏短。若不到一半会回来，就没有中位数。",
            "The mean over repeaters only is far too short. There is no median when fewer than half come back.",
        ),
        not_the_same_as=("purchase_interval", "median_interpurchase_days"),
        of_customers=True,
        needs_history=True,
        definitions=(
            Definition(
                id="median",
                name=Text("删失修正中位数", "Median with censoring"),
                meaning=Text(
                    "从首个购买日到下一个不同的购买日。", "From the first purchase day to the next distinct one."
                ),
                how=Waiting(every=False),
                source="methods.md §3",
            ),
        ),
    ),
    Metric(
        id="purchase_interval",
        family="repurchase",
        name=Text("购买间隔（已发生）", "Days between purchases that happened"),
        meaning=Text(
            "同一客户相邻两个购买日隔多少天，取中位数。",
            "Median days between two consecutive purchase days of a customer.",
        ),
        formula=Text("相邻购买日间隔的中位数", "median gap between consecutive purchase days"),
        unit=Unit.DAYS,
        better=Better.CONTEXT,
        grain=Text("每个购买间隔", "one gap"),
        requires=_REQUIRES,
        source="RCI-WHEN customer purchase latency; product.md §3.3 购买间隔",
        caveat=Text(
            "只看已经回来的购买，高频客户权重更大，所以偏短。",
            "Only purchases that happened, and frequent buyers weigh more: it is short.",
        ),
        not_the_same_as=("time_to_second_purchase", "median_interpurchase_days"),
        of_customers=True,
        definitions=(
            Definition(
                id="observed",
                name=Text("已发生的间隔", "Gaps that happened"),
                meaning=Text("后一个购买日落在窗口内的间隔。", "Gaps whose later purchase day lies in the window."),
                how=Gaps(),
                source="RCI-WHEN",
            ),
        ),
    ),
    Metric(
        id="median_interpurchase_days",
        family="repurchase",
        name=Text("购买间隔中位数（含未回购）", "Median days to the next purchase"),
        meaning=Text(
            "每个购买日之后多少天再买；还没再买的按还在等计算。",
            "Days from any purchase day to the next; purchases not followed yet count as waiting.",
        ),
        formula=Text("以每个购买日为起点的 Kaplan–Meier 中位数", "Kaplan–Meier median from every purchase day"),
        unit=Unit.DAYS,
        better=Better.LOWER,
        grain=Text("每个购买日", "one purchase day"),
        requires=_REQUIRES,
        source="framework.yaml median_interpurchase_days",
        caveat=Text("耐用品天然较长。", "Naturally long for durables."),
        not_the_same_as=("purchase_interval", "time_to_second_purchase"),
        of_customers=True,
        definitions=(
            Definition(
                id="every_purchase",
                name=Text("每次购买起算", "From every purchase"),
                meaning=Text(
                    "窗口内的每个购买日都是一个起点；区间按客户整群估计。",
                    "Every purchase day in the window starts a wait; the interval is by customer.",
                ),
                how=Waiting(every=True),
                source="framework.yaml",
            ),
        ),
    ),
    Metric(
        id="order_sequence",
        family="repurchase",
        name=Text("购买次数漏斗", "Purchase sequence funnel"),
        meaning=Text(
            "买了第 k 次的客户里，多少在期限内买了第 k+1 次。",
            "Of those who bought a k-th time, the share who bought again within the horizon.",
        ),
        formula=Text(
            "期限内有第 k+1 次购买的人数 ÷ 第 k 次购买满期限的人数",
            "k-th purchases followed within the horizon ÷ k-th purchases watched that long",
        ),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=Text("每个第 k 次购买", "one k-th purchase"),
        requires=_REQUIRES,
        source="RCI-WHEN order sequencing",
        caveat=Text(
            "第 k 次购买未满期限的不计，所以各步可比。",
            "k-th purchases not watched for the horizon stay out, so that steps compare.",
        ),
        not_the_same_as=("repurchase_rate",),
        of_customers=True,
        needs_history=True,
        definitions=(
            Definition(
                id="day",
                name=Text("按购买日", "By purchase day"),
                meaning=Text("同一天的几单算一次购买。", "Orders of one day are one purchase."),
                how=Sequence(),
                source="RCI-WHEN",
            ),
            Definition(
                id="order",
                name=Text("按订单", "By order"),
                meaning=Text("每笔订单都算一次购买。", "Every order is a purchase."),
                how=Sequence(grain="order"),
                source="RCI-WHEN",
            ),
        ),
    ),
)

REPURCHASE = (*(within(days) for days in PRESETS), within(90, opening_days=OPENING_DAYS), *TIMES)
