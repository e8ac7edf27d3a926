"""How long until the next purchase, and how many get to a second, third … one."""

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.citations import KAPLAN_MEIER, LITTLE_STREAM_REPORTS
from ecodash.metrics.metric import Better, Definition, Gaps, Metric, Sequence, Waiting

_REQUIRES = (("orders", ("order_id", "customer_id", "created_at", "paid_amount")),)
_CUSTOMER = Text("每位首购客户", "one first-time buyer")

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
        source=KAPLAN_MEIER,
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
                source=KAPLAN_MEIER,
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
        source=LITTLE_STREAM_REPORTS,
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
                source=LITTLE_STREAM_REPORTS,
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
        source=KAPLAN_MEIER,
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
                source=KAPLAN_MEIER,
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
        source=LITTLE_STREAM_REPORTS,
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
                source=LITTLE_STREAM_REPORTS,
            ),
            Definition(
                id="order",
                name=Text("按订单", "By order"),
                meaning=Text("每笔订单都算一次购买。", "Every order is a purchase."),
                how=Sequence(grain="order"),
                source=LITTLE_STREAM_REPORTS,
            ),
        ),
    ),
)
