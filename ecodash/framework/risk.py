"""Risks: which indicators turn amber or red, how they moved, how much money they touch.

Every threshold is a default of ecodash (the documents give none) and can be changed by the operator.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ecodash.analysis.difference import difference
from ecodash.analysis.interval import Interval
from ecodash.core.estimate import Estimate, Status
from ecodash.core.text import Text
from ecodash.framework.catalogue import INDICATORS, of_kind
from ecodash.framework.entry import Alarm, Bound, Entry, Kind
from ecodash.framework.stake import touched

SURE = 0.05


class Level(StrEnum):
    """The light of an indicator or a risk, from the gravest; ``UNKNOWN`` is not green."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """The light in words."""
        return _LABELS[self]


_LABELS = {
    Level.RED: Text("红灯", "red"),
    Level.AMBER: Text("黄灯", "amber"),
    Level.GREEN: Text("绿灯", "green"),
    Level.UNKNOWN: Text("无法判断", "cannot tell"),
}


class Trend(StrEnum):
    """How an indicator moved against the time before, beyond chance."""

    BETTER = "better"
    WORSE = "worse"
    MOVED = "moved"
    STEADY = "steady"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """The movement in words."""
        return _TRENDS[self]


_TRENDS = {
    Trend.BETTER: Text("在好转", "getting better"),
    Trend.WORSE: Text("在恶化", "getting worse"),
    Trend.MOVED: Text("有变化", "moved"),
    Trend.STEADY: Text("与之前分不出差别", "no difference beyond chance"),
    Trend.UNKNOWN: Text("没有可比的前期", "no earlier number to compare with"),
}


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One alarm in the data, with the bounds in force. ``money``: the sales of the window the indicator touches."""

    alarm: Alarm
    level: Level
    trend: Trend
    estimate: Estimate | None = None
    money: float | None = None


@dataclass(frozen=True, kw_only=True)
class RiskState:
    """A risk: as grave as its gravest signal; unknown only when no signal could be measured."""

    entry: Entry
    level: Level
    signals: tuple[Signal, ...]

    @property
    def measured(self) -> int:
        """How many of its alarms have a number."""
        return sum(one.level is not Level.UNKNOWN for one in self.signals)


def alarm_key(entry: str, indicator: str, colour: str) -> str:
    """Under which name the operator's own threshold of an alarm is kept; ``colour`` is amber or red."""
    return f"{entry}/{indicator}/{colour}"


def risks(
    now: Mapping[str, Estimate],
    before: Mapping[str, Estimate],
    thresholds: Mapping[str, float],
    *,
    sales: float | None,
) -> tuple[RiskState, ...]:
    """The eight risks, in the order of the documents. ``sales``: what was sold in the window, None when unknown."""
    return tuple(_state(entry, now, before, thresholds, sales) for entry in of_kind(Kind.RISK))


def _state(
    entry: Entry,
    now: Mapping[str, Estimate],
    before: Mapping[str, Estimate],
    thresholds: Mapping[str, float],
    sales: float | None,
) -> RiskState:
    signals = []
    for alarm in entry.alarms:
        own = _own(entry.id, alarm, thresholds)
        estimate = now.get(alarm.indicator)
        level = _level(estimate, own)
        money = touched(alarm.indicator, estimate, sales) if level in {Level.RED, Level.AMBER} else None
        trend = trend_of(estimate, before.get(alarm.indicator))
        signals.append(Signal(alarm=own, level=level, trend=trend, estimate=estimate, money=money))
    found = {one.level for one in signals}
    return RiskState(entry=entry, level=next(one for one in Level if one in found), signals=tuple(signals))


def _own(entry: str, alarm: Alarm, thresholds: Mapping[str, float]) -> Alarm:
    amber = thresholds.get(alarm_key(entry, alarm.indicator, "amber"), alarm.amber.value)
    red = thresholds.get(alarm_key(entry, alarm.indicator, "red"), alarm.red.value)
    return Alarm(
        indicator=alarm.indicator,
        amber=Bound(op=alarm.amber.op, value=amber),
        red=Bound(op=alarm.red.op, value=red),
    )


def _level(estimate: Estimate | None, alarm: Alarm) -> Level:
    if estimate is None or estimate.status is not Status.OK or estimate.value is None:
        return Level.UNKNOWN
    if alarm.red.op.holds(estimate.value, alarm.red.value):
        return Level.RED
    return Level.AMBER if alarm.amber.op.holds(estimate.value, alarm.amber.value) else Level.GREEN


def trend_of(now: Estimate | None, before: Estimate | None) -> Trend:
    """Whether an indicator moved beyond chance, and whether that is good news."""
    pair = [one for one in (now, before) if one is not None and one.status is Status.OK]
    bounds = [
        (one.value, Interval(low=one.low, high=one.high))
        for one in pair
        if one.value is not None and one.low is not None and one.high is not None
    ]
    if len(bounds) < 2 or now is None:  # noqa: PLR2004 - now and before
        return Trend.UNKNOWN
    (current, around), (earlier, around_earlier) = bounds
    moved = difference(current, around, earlier, around_earlier)
    if moved.p >= SURE:
        return Trend.STEADY
    better = INDICATORS[now.metric].better if now.metric in INDICATORS else "context"
    if better not in {"higher", "lower"}:
        return Trend.MOVED
    return Trend.BETTER if (moved.value > 0) is (better == "higher") else Trend.WORSE
