"""Numbers of customer value: what customers were worth at equal horizons, the lapse point, who is active and lapsed."""

from functools import partial

from ecodash.analysis.refused import Refused
from ecodash.core.estimate import Caveat, Status
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.metric import Better, Definition, Metric
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import Scope
from ecodash.metrics.value import lapse, predicted
from ecodash.metrics.value.costs import Costs
from ecodash.metrics.value.observed import observed
from ecodash.metrics.value.purchases import born_in, customers, looking_back

HORIZONS = (30, 60, 90, 180, 365)
_REQUIRES = (("orders", ("order_id", "customer_id", "created_at", "paid_amount")),)
_SOURCE = "Product definitions: LTV (observed, horizon H)"
_LAPSE = "Product definitions: lapse point, quantile of Kaplan–Meier gaps"
_CUSTOMER = Text("每位客户", "one customer")


def _query(reading: Reading, window: Window) -> Query:
    return Query(window=window.days, as_of=reading.as_of, level=window.level)


def _past(reading: Reading, window: Window) -> Scope | None:
    return looking_back(reading.source, _query(reading, window))


def _basis(costs: Costs) -> Caveat:
    share = f"{costs.coverage:.0%}"
    if costs.known:
        text = Text(f"按毛利计，{share} 的销售额知道成本。", f"On margin; {share} of sales have a known cost.")
        return Caveat("on_margin", text)
    text = Text(
        f"按净销售额计：只有 {share} 的销售额知道成本。", f"On net sales: only {share} of sales have a known cost."
    )
    return Caveat("on_sales", text)


def ltv(reading: Reading, window: Window, *, days: int) -> Answered:
    """Mean value within ``days`` of customers who first bought in the window and were watched that long."""
    here = born_in(reading.source, _query(reading, window))
    if here is None:
        return Answered(value=None, n=0)
    found = observed(here, (days,))
    if found.table.is_empty():
        return Answered(value=None, n=0)
    row = found.table.row(0, named=True)
    if not row["customers"]:
        reason = Text(f"还没有客户首购满 {days} 天。", f"Nobody's first purchase is {days} days old yet.")
        return Answered(value=None, n=0, status=Status.IMMATURE, reason=reason)
    return Answered(
        value=row["value"],
        n=row["customers"],
        low=row["low"],
        high=row["high"],
        caveats=(_basis(found.costs),),
    )


def lapse_days(reading: Reading, window: Window) -> Answered:
    """Days of silence after which a customer has lapsed."""
    here = _past(reading, window)
    found = lapse.point(here) if here else None
    if found is None:
        return Answered(value=None, n=0)
    if isinstance(found, Refused):
        return Answered(value=None, n=0, status=Status.TOO_FEW, reason=found.text)
    ends = found.interval
    n = customers(here).height if here else 0
    return Answered(value=found.lapsed_after, n=n, low=ends.low if ends else None, high=ends.high if ends else None)


def share_of(reading: Reading, window: Window, *, standing: str) -> Answered:
    """Share of customers of one standing on the last day of the window."""
    here = _past(reading, window)
    found = lapse.standings(here) if here else None
    if found is None:
        return Answered(value=None, n=0)
    if isinstance(found.point, Refused):
        return Answered(value=None, n=0, status=Status.TOO_FEW, reason=found.point.text)
    counts = dict(zip(found.table["standing"], found.table["customers"], strict=True))
    n = sum(counts.values())
    return Answered(value=counts[standing] / n if n else None, n=n, successes=counts[standing])


def ahead(reading: Reading, window: Window) -> Answered:
    """Mean value a customer of the last day of the window is expected to bring in the 365 days after it."""
    here = _past(reading, window)
    found = predicted.predicted(here) if here else None
    if found is None:
        return Answered(value=None, n=0)
    if isinstance(found, Refused):
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=found.text)
    ends = found.interval
    none = Text("复购金额太少，估计不出每次购买的价值。", "Too few repeat purchases to tell what one is worth.")
    return Answered(
        value=found.value,
        n=found.customers,
        low=ends.low if ends else None,
        high=ends.high if ends else None,
        caveats=(_basis(found.costs), *_doubts(found)),
        status=None if found.value is not None else Status.NOT_APPLICABLE,
        reason=none,
    )


def _doubts(found: predicted.Predicted) -> tuple[Caveat, ...]:
    doubts = []
    if not found.dropout_found:
        text = Text(
            "数据里看不出客户会离开，预测可能偏高。", "The data do not show that customers leave: it may be too high."
        )
        doubts.append(Caveat("no_dropout", text))
    if isinstance(found.record, Refused):
        doubts.append(Caveat("no_track_record", found.record.text))
    elif not found.record.better:
        text = Text(
            "在本店过去的数据上，模型并不比取平均准。", "On this shop's past the model was no better than an average."
        )
        doubts.append(Caveat("no_better_than_average", text))
    return tuple(doubts)


_known = partial(Metric, family="value", grain=_CUSTOMER, requires=_REQUIRES, of_customers=True)


def _standard(how: Analysed, meaning: Text, source: str) -> tuple[Definition, ...]:
    return (Definition(id="standard", name=Text("标准口径", "Standard"), meaning=meaning, how=how, source=source),)


def _ltv(days: int) -> Metric:
    meaning = Text(
        f"首购满 {days} 天的客户，首购后 {days} 天内平均每人带来的价值；成本覆盖够高时按毛利，否则按净销售额。",
        f"Mean value within {days} days of the first purchase, of customers watched that long; on margin where enough "
        "costs are known, else on net sales.",
    )
    return _known(
        id=f"ltv_{days}d",
        name=Text(f"首购后 {days} 天客户价值", f"Customer value within {days} days"),
        meaning=meaning,
        formula=Text(
            f"Σ（净销售额 − 成本），首购后 {days} 天内 ÷ 首购满 {days} 天的客户数",
            f"Σ (net sales − cost) within {days} days of the first purchase ÷ customers watched for {days} days",
        ),
        unit=Unit.MONEY_PER_BUYER,
        better=Better.HIGHER,
        source=_SOURCE,
        caveat=Text(
            "窗口选的是首购日期；退回的商品仍计成本。",
            "The window chooses first purchases; goods sent back keep their cost.",
        ),
        needs_history=True,
        definitions=_standard(Analysed(answer=partial(ltv, days=days)), meaning, _SOURCE),
    )


_LAPSE_MEANING = Text(
    "沉默多少天算流失：观察期内会发生的回购有 90% 在此之前发生（没回来的按还在等计算）。",
    "Days of silence after which a customer has lapsed: 90 % of the returns seen come before (who is not back yet waits).",
)
_AHEAD_MEANING = Text(
    "现有客户未来 365 天平均每人预计带来的价值：购买次数用 Pareto/NBD，每次金额用 Gamma-Gamma。",
    "Mean value a present customer is expected to bring in the next 365 days: Pareto/NBD purchases times Gamma-Gamma values.",
)


def _share(standing: str, words: Text, better: Better) -> Metric:
    meaning = Text(
        f"期末“{words.zh}”的客户占全部客户的比例，按本店的流失点判断。",
        f"Share of customers who are {words.en} at the end of the window, by this shop's own lapse point.",
    )
    return _known(
        id=f"{standing}_customer_share",
        name=Text(f"{words.zh}客户占比", f"Share of customers {words.en}"),
        meaning=meaning,
        formula=Text(f"{words.zh}客户数 ÷ 客户数", f"customers {words.en} ÷ customers"),
        unit=Unit.RATIO,
        better=better,
        source=_LAPSE,
        definitions=_standard(Analysed(answer=partial(share_of, standing=standing)), meaning, _LAPSE),
    )


VALUE = (
    *(_ltv(days) for days in HORIZONS),
    _known(
        id="lapse_days",
        name=Text("流失点", "Lapse point"),
        meaning=_LAPSE_MEANING,
        formula=Text("Kaplan–Meier 曲线上回购的 90% 分位天数", "90 % quantile of returns on the Kaplan–Meier curve"),
        unit=Unit.DAYS,
        better=Better.CONTEXT,
        source=_LAPSE,
        definitions=_standard(Analysed(answer=lapse_days), _LAPSE_MEANING, _LAPSE),
    ),
    _share("active", Text("活跃", "active"), Better.HIGHER),
    _share("at_risk", Text("有流失风险", "at risk"), Better.LOWER),
    _share("lapsed", Text("已流失", "lapsed"), Better.LOWER),
    _known(
        id="expected_value_365d",
        name=Text("未来一年客户价值（预测）", "Customer value in the year ahead (forecast)"),
        meaning=_AHEAD_MEANING,
        formula=Text("E[未来购买次数] × E[每次金额] × 毛利率", "E[purchases ahead] × E[value of each] × margin"),
        unit=Unit.MONEY_PER_BUYER,
        better=Better.HIGHER,
        source="P. Fader, B. Hardie, K. L. Lee (2005), RFM and CLV",
        caveat=Text(
            "预测，不是已实现的价值；历史成绩见“客户”页。", "A forecast; its track record is on the customers page."
        ),
        definitions=_standard(
            Analysed(answer=ahead), _AHEAD_MEANING, "P. Fader, B. Hardie, K. L. Lee (2005), RFM and CLV"
        ),
    ),
)
"""Customer value observed and expected, and who is still a customer."""
