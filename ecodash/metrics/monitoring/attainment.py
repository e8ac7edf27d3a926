"""Targets and those who answer for them: how many are met, how many indicators have somebody."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import narwhals as nw

from ecodash.analysis.wilson import wilson
from ecodash.core.decimals import from_scaled
from ecodash.core.errors import UnknownName
from ecodash.core.estimate import Status
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.words import entries
from ecodash.metrics.metric import Better
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading


def _targets(reading: Reading, days: Period) -> list[tuple[date, str, str, float]]:
    """Month, owner, indicator and target of the months that lie in ``days`` in full."""
    rows = reading.table("targets").filter(~nw.col("target_value").is_null())
    found = (
        collected(rows.select("period", "owner", "indicator_id", "target_value"))
        .sort("period", "indicator_id", "owner")
        .rows()
    )
    return [
        (month, owner, name, float(from_scaled(value)))
        for month, owner, name, value in found
        if _whole(month) == _whole(month).clip(days)
    ]


def _whole(month: date) -> Period:
    return Period.month(month.year, month.month)


def _numbers(reading: Reading, name: str, months: Iterable[date]) -> dict[date, float]:
    """The number of each month in which the metric can be computed, all months in one question."""
    from ecodash.metrics.computing import compute  # noqa: PLC0415 - the registry it asks lists this very indicator

    whole = [_whole(month) for month in months]
    days = Period(min(one.start for one in whole), max(one.end for one in whole))
    found = compute(reading.source, [name], Query(window=days, by="month", as_of=reading.as_of))
    values = {one.by["month"]: one.value for one in found if "month" in one.by}
    if not values and len(whole) > 1:  # what no calendar can split is asked month by month
        return {month: value for one in months for month, value in _numbers(reading, name, [one]).items()}
    named = {month: values.get(f"{month:%Y-%m}") for month in months} if values else {min(months): found[0].value}
    return {month: value for month, value in named.items() if value is not None}


def _met(reading: Reading, name: str, targets: Mapping[date, Sequence[float]]) -> list[bool]:
    """Whether each target of a metric was reached; empty where it cannot be computed or has no better end."""
    from ecodash.metrics.registry import find  # noqa: PLC0415

    try:
        better = find(name).better
    except UnknownName:
        return []
    if better is Better.CONTEXT:
        return []
    pairs = [(value, one) for month, value in _numbers(reading, name, targets).items() for one in targets[month]]
    return [value >= one if better is Better.HIGHER else value <= one for value, one in pairs]


def _share(met: list[bool], level: float, reason: Text) -> Answered:
    if not met:
        return Answered(value=None, n=0, status=Status.EMPTY, reason=reason)
    inside = wilson(sum(met), len(met), level=level)
    low, high = (inside.low, inside.high) if inside else (None, None)
    return Answered(value=sum(met) / len(met), n=len(met), successes=sum(met), low=low, high=high)


NONE_DUE = Text(
    "没有一个目标所在的月份已结束且指标可计算。", "No target whose month is over and whose indicator can be computed."
)


def attained(reading: Reading, window: Window) -> Answered:
    """Of the targets of months that are over and can be computed, the share that was met."""
    days = window.days.clip(window.data) or window.days
    by_name: dict[str, dict[date, list[float]]] = {}
    for month, _, name, target in _targets(reading, days):
        by_name.setdefault(name, {}).setdefault(month, []).append(target)
    return _share([one for name, own in by_name.items() for one in _met(reading, name, own)], window.level, NONE_DUE)


def owned(reading: Reading, window: Window) -> Answered:
    """Of the indicators whose tables are loaded, the share somebody has a target for."""
    there = [name for name, (_, entry) in entries().items() if _loaded(reading, entry["requires"])]
    rows = collected(reading.table("targets").select("indicator_id", "owner")).rows()
    answered_for = {name for name, owner in rows if owner}
    reason = Text("还没有可计算的指标。", "No indicator can be computed yet.")
    return _share([name in answered_for for name in there], window.level, reason)


def _loaded(reading: Reading, requires: object) -> bool:
    built_in = {"events", "cities"}
    return isinstance(requires, dict) and reading.loaded(str(name) for name in requires if name not in built_in)


ATTAINED, OWNED = Analysed(answer=attained), Analysed(answer=owned)
