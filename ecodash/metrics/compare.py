"""Changes between two estimates of one metric: the only place where a difference or a growth rate is computed.

A change of a ratio is in points, any other change relative to what was. From zero there is no growth rate: it is new,
never 0 %. A verdict needs intervals; sums and counts of everything there is have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ecodash.analysis.difference import difference
from ecodash.analysis.holm import holm
from ecodash.analysis.interval import Interval
from ecodash.core.estimate import Estimate, Status
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.dimensions import DimensionKind, dimension
from ecodash.metrics.metric import Sum
from ecodash.metrics.registry import resolve


class Kind(StrEnum):
    """What sort of change it is."""

    POINTS = "points"
    RELATIVE = "relative"
    NEW = "new"
    SAME = "same"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Whether the change is more than chance: ``none`` where there is no interval to judge by."""

    HIGHER = "higher"
    LOWER = "lower"
    NORMAL = "normal"
    NONE = "none"


WORDS: dict[Verdict, Text] = {
    Verdict.HIGHER: Text("明显上升", "clearly higher"),
    Verdict.LOWER: Text("明显下降", "clearly lower"),
    Verdict.NORMAL: Text("在正常波动范围内", "within normal variation"),
    Verdict.NONE: Text("", ""),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """``difference`` = current − previous in the metric's unit, with its interval; ``relative`` = difference / previous.

    ``relative`` is None for ratios, from zero, and from a negative number. ``p`` is None without intervals.
    """

    current: Estimate
    previous: Estimate
    kind: Kind
    difference: float | None = None
    relative: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    verdict: Verdict = Verdict.NONE


def change(current: Estimate, previous: Estimate) -> Change:
    """The change from ``previous`` to ``current``, judged by itself; raises ValueError for two different metrics."""
    if (current.metric, current.definition) != (previous.metric, previous.definition):
        raise ValueError(f"{current.metric} cannot be compared with {previous.metric}")
    if current.value is None or previous.value is None:
        return Change(current=current, previous=previous, kind=Kind.UNKNOWN)
    found = Change(
        current=current,
        previous=previous,
        kind=_kind(current.value, previous.value, current.unit),
        difference=current.value - previous.value,
        relative=_relative(current.value, previous.value, current.unit),
    )
    now, before = _interval(current), _interval(previous)
    if now is None or before is None:
        return found
    moved = difference(current.value, now, previous.value, before)
    return _judged(replace(found, low=moved.interval.low, high=moved.interval.high, p=moved.p), moved.p)


def paired(now: Sequence[Estimate], before: Sequence[Estimate], *, by: str | None) -> list[tuple[Estimate, Estimate]]:
    """Estimates of one question in two windows, group by group as (current, previous).

    Calendar groups are laid side by side in order, as far as both go; other groups by name, where a group that is
    missing on one side is nothing there: 0 of a sum, no value of anything else.
    """
    time = by is not None and any(dimension(one.strip()).kind is DimensionKind.TIME for one in by.split(","))
    pairs = []
    for metric in dict.fromkeys((one.metric, one.definition) for one in (*now, *before)):
        first, second = ([e for e in some if (e.metric, e.definition) == metric] for some in (now, before))
        if time:
            pairs += list(zip(first, second, strict=False))
            continue
        current, previous = ({tuple(sorted(e.by.items())): e for e in some} for some in (first, second))
        for group in dict.fromkeys((*current, *previous)):
            here, there = current.get(group), previous.get(group)
            if here and there:
                pairs.append((here, there))
            elif here:
                pairs.append((here, _nothing(here, second)))
            elif there:
                pairs.append((_nothing(there, first), there))
    return pairs


def _nothing(group: Estimate, others: Sequence[Estimate]) -> Estimate:
    """The same group in a window that has none of it, in which there are ``others``."""
    _, definition = resolve(f"{group.metric}:{group.definition}")
    value = 0.0 if isinstance(definition.how, Sum) else None
    window = others[0].window if others else None
    return replace(
        group,
        status=Status.EMPTY if value is None else Status.OK,
        value=value,
        low=None,
        high=None,
        n=0,
        successes=None,
        window=window,
        warnings=(),
    )


def changes(pairs: Sequence[tuple[Estimate, Estimate]]) -> list[Change]:
    """Changes of (current, previous) pairs shown together, judged so that chance alone rarely finds any (Holm)."""
    found = [change(current, previous) for current, previous in pairs]
    judged = [i for i, one in enumerate(found) if one.p is not None]
    for i, p in zip(judged, holm([found[i].p or 0.0 for i in judged]), strict=True):
        found[i] = _judged(found[i], p)
    return found


def _kind(current: float, previous: float, unit: Unit) -> Kind:
    if current == previous:
        return Kind.SAME
    if unit in {Unit.RATIO, Unit.POINTS}:
        return Kind.POINTS
    return Kind.NEW if previous == 0 else Kind.RELATIVE


def _relative(current: float, previous: float, unit: Unit) -> float | None:
    if previous <= 0 or unit in {Unit.RATIO, Unit.POINTS}:
        return None
    return (current - previous) / previous


def _interval(estimate: Estimate) -> Interval | None:
    if estimate.low is None or estimate.high is None:
        return None
    return Interval(low=estimate.low, high=estimate.high, level=estimate.level)


def _judged(found: Change, p: float) -> Change:
    if p > 1 - found.current.level:
        return replace(found, verdict=Verdict.NORMAL)
    return replace(found, verdict=Verdict.HIGHER if (found.difference or 0) > 0 else Verdict.LOWER)
