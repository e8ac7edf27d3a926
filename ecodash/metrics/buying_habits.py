"""How often buyers come, who stops coming, who was won cheaply, what a first year is worth: indicators about customers."""

from dataclasses import replace

import narwhals as nw

from ecodash.analysis.difference import difference
from ecodash.analysis.wilson import wilson
from ecodash.core.estimate import Caveat, Status
from ecodash.core.period import day_number
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.facts import Frame
from ecodash.metrics import caveats
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.comparable.buyers_with import sales, within
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Metric, OfWindow, Spread, Summary
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import scope
from ecodash.metrics.value.observed import observed

YEAR, SPAN, RETURN = 365, 90, 90
DEEP, SHALLOW = 0.3, 0.1


def _frequency_rows(reading: Reading, window: Window) -> Frame:
    """One row per purchase day: above 365; below, once per buyer, the days of the window that the data cover."""
    days = (window.days.clip(window.data) or window.days).days
    rows = sales(reading).filter(within(window), nw.col("opens_day"))
    opening = nw.col("seq") == nw.col("seq").min().over("customer_id")
    return rows.select(
        "load_id",
        "row_no",
        "day",
        above=nw.lit(YEAR),
        below=nw.when(opening).then(nw.lit(days)).otherwise(0),
        cluster="customer_id",
    )


def _churn(reading: Reading, window: Window) -> Answered:
    """Buyers of the 90 days before the last 90 who did not buy in the last 90."""
    end = min(day_number(window.days.end), day_number(window.data.end))
    if day_number(window.data.start) > end - 2 * SPAN + 1:
        needed = Text(f"要有 {2 * SPAN} 天的数据。", f"{2 * SPAN} days of data are needed.")
        return Answered(value=None, n=0, status=Status.IMMATURE, reason=caveats.immature(needed))
    rows = sales(reading).filter(nw.col("day") > end - 2 * SPAN, nw.col("day") <= end)
    late = (nw.col("day") > end - SPAN).cast(nw.Int64)
    bought = rows.select("customer_id", early=1 - late, late=late).group_by("customer_id")
    people = bought.agg(nw.col("early").max(), nw.col("late").max()).filter(nw.col("early") == 1)
    n, stayed = (int(value or 0) for value in collected(people.select(n=nw.len(), stayed=nw.col("late").sum())).row(0))
    around = wilson(n - stayed, n, level=window.level)
    if around is None:
        return Answered(value=None, n=0, reason=caveats.nobody())
    return Answered(value=(n - stayed) / n, n=n, successes=n - stayed, low=around.low, high=around.high)


def _discount_gap(reading: Reading, window: Window) -> Answered:
    """90-day repurchase of customers won with 30 % off or more minus that of those won with less than 10 % off."""
    last = day_number(window.data.end) - RETURN
    firsts = sales(reading).filter(within(window), nw.col("seq") == 1, nw.col("day") <= last)
    listed = (nw.col("discount") + nw.col("paid")).cast(nw.Float64)
    depth = nw.when(listed > 0).then(nw.col("discount").cast(nw.Float64) / listed).otherwise(0.0)
    deep = nw.when(depth >= DEEP).then(1).otherwise(nw.when(depth < SHALLOW).then(0).otherwise(2))
    days = reading.fact("customers").select("customer_id", "second_day")
    rows = firsts.select("customer_id", "day", deep=deep).join(days, on="customer_id", how="left")
    back = (nw.col("second_day") - nw.col("day") <= RETURN).fill_null(value=False).cast(nw.Int64)
    sums = collected(rows.select("deep", x=back).group_by("deep").agg(n=nw.len(), x=nw.col("x").sum()))
    found = {row["deep"]: (int(row["x"]), int(row["n"])) for row in sums.to_dicts()}
    (x1, n1), (x0, n0) = found.get(1, (0, 0)), found.get(0, (0, 0))
    first, second = wilson(x1, n1, level=window.level), wilson(x0, n0, level=window.level)
    if first is None or second is None:
        reason = Text("有一组没有观察满 90 天的首购顾客。", "One of the groups has no customer watched for 90 days.")
        return Answered(value=None, n=n1 + n0, status=Status.EMPTY, reason=reason)
    gap = difference(x1 / n1, first, x0 / n0, second)
    few = Status.TOO_FEW if min(n1, n0) < reading.settings.minimum_sample else Status.OK
    said = caveats.too_few(min(n1, n0), reading.settings.minimum_sample) if few is Status.TOO_FEW else None
    return Answered(value=gap.value, n=n1 + n0, low=gap.interval.low, high=gap.interval.high, status=few, reason=said)


def _first_year(reading: Reading, window: Window) -> Answered:
    """Value within 365 days of first buyers watched that long; sales where costs are not known, which is said."""
    here = scope(reading.source, Query(window=window.days, as_of=reading.as_of, level=window.level), window.data)
    found = observed(here, (YEAR,))
    if found.table.is_empty() or not found.table["customers"][0]:
        words = Text("还没有首购满一年的顾客。", "no customer has been watched for a year.")
        return Answered(value=None, n=0, status=Status.IMMATURE, reason=caveats.immature(words))
    row = found.table.row(0, named=True)
    words = Text("成本未知，按净销售额计算。", "Costs are not known: on net sales.")
    if found.costs.known:
        share = f"{found.costs.coverage:.0%}"
        words = Text(
            f"成本覆盖 {share} 的销售，其余按同样的成本率估计。",
            f"Costs are known for {share} of sales, the rest costs alike.",
        )
    return Answered(
        value=row["value"],
        n=row["customers"],
        low=row["low"],
        high=row["high"],
        caveats=(Caveat("cost_coverage", words),),
    )


def _without_costs(metric: Metric) -> Metric:
    """A metric that does without the table of costs."""
    return replace(metric, requires=tuple(need for need in metric.requires if need[0] == "orders"))


_FREQUENCY = OfWindow(rows=_frequency_rows, summary=Summary.RATIO, spread=Spread.CUSTOMERS)

BUYING_HABITS = (
    replace(indicator("purchase_frequency", _FREQUENCY), unit=Unit.ORDERS_PER_BUYER),
    indicator("churn_rate_90d", Analysed(answer=_churn)),
    indicator("discount_acquired_repurchase_gap", Analysed(answer=_discount_gap)),
    _without_costs(indicator("ltv_12m", Analysed(answer=_first_year))),
)
