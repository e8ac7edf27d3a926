"""Targets and those who answer for them: how many are met, how many indicators have somebody."""

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


def _met(reading: Reading, month: date, name: str, target: float) -> bool | None:
    """Whether the number of the month reached its target; None where it cannot be computed or has no better end."""
    from ecodash.metrics.computing import compute  # noqa: PLC0415 - the registry it asks lists this very indicator
    from ecodash.metrics.registry import find  # noqa: PLC0415

    try:
        metric = find(name)
    except UnknownName:
        return None
    found = compute(reading.source, [name], Query(window=_whole(month), as_of=reading.as_of))
    value = found[0].value if found else None
    if value is None or metric.better is Better.CONTEXT:
        return None
    return value >= target if metric.better is Better.HIGHER else value <= target


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
    judged = [_met(reading, month, name, target) for month, _, name, target in _targets(reading, days)]
    return _share([one for one in judged if one is not None], window.level, NONE_DUE)


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
