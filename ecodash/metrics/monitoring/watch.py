"""The watch: every rule's course, its alarms, what the page may call changed, and why it changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from ecodash.analysis.alarms import Tested, alarms, false_alarms_a_month, page
from ecodash.analysis.expected_course import Kind
from ecodash.core.errors import EcodashError
from ecodash.core.period import Period
from ecodash.core.unit import Unit
from ecodash.core.watch import WatchRule
from ecodash.metrics.contributions import by_dimension, by_factors
from ecodash.metrics.decomposed import Decomposition, NotApplicable
from ecodash.metrics.events import calendar_of
from ecodash.metrics.monitoring.daily import Unwatched, Watched, last_complete_day, watched
from ecodash.metrics.query import Query
from ecodash.metrics.source import Source

ALWAYS = ("orders", "active_buyers", "paid_amount", "aov", "items_per_order", "discount_depth", "new_buyer_share")
WITH_MORE = ("refund_rate_orders", "on_time_rate", "complaint_rate", "conversion_rate")
RULES = tuple(WatchRule(metric=metric) for metric in (*ALWAYS, *WITH_MORE))
"""What every shop begins with."""
UNTESTED = Tested(score=None, p=None)
YEAR = 365
WEEKS_BACK = 8


@dataclass(frozen=True, kw_only=True)
class Alert:
    """A day a number left its band. ``drift``: two days running on one side."""

    day: date
    value: float
    expected: float
    z: float
    drift: bool


@dataclass(frozen=True, kw_only=True)
class Watch:
    """A rule and what came of it. ``reason`` why it cannot be watched: a course or a reason, never both.

    ``value`` and ``expected`` are the means over the days shown. ``false_alarms`` a month by chance at the threshold.
    ``why`` the change against the same days of an ordinary week before, taken apart.
    """

    rule: WatchRule
    course: Watched | None
    reason: Unwatched | None = None
    alerts: tuple[Alert, ...] = ()
    false_alarms: float | None = None
    tested: Tested = UNTESTED
    value: float | None = None
    expected: float | None = None
    why: Decomposition | None = None

    @property
    def changed(self) -> bool:
        """Whether the page may call it changed."""
        return self.tested.changed

    @property
    def up(self) -> bool:
        """Whether it lies above what was expected."""
        return (self.tested.score or 0.0) > 0


@dataclass(frozen=True, kw_only=True)
class WatchReport:
    """All rules over the last days. ``left_out``: the newest day, when it is not over."""

    days: Period
    left_out: date | None
    watches: tuple[Watch, ...]

    @property
    def changed(self) -> tuple[Watch, ...]:
        """What the page may call changed: on data without any change, rarely (5 %) anything at all."""
        return tuple(one for one in self.watches if one.changed)


def watch(
    source: Source, rules: Sequence[WatchRule] = RULES, *, days: int = 7, as_of: int | None = None
) -> WatchReport | None:
    """The report over the last ``days`` complete days; None without orders. Raises UnknownName."""
    end = last_complete_day(source, as_of=as_of)
    if end is None:
        return None
    until, left_out = end
    shown = Period.last_days(until, days)
    found = [_one(rule, watched(source, rule, until=until, as_of=as_of), shown) for rule in rules]
    courses = [one.course.frame["z"].to_list() if one.course else [] for one in found]
    tested = page(courses, days)
    judged = [replace(one, tested=test) for one, test in zip(found, tested, strict=True)]
    explained = tuple(
        replace(one, why=_why(source, one, shown, as_of)) if _rings(one, shown) else one for one in judged
    )
    return WatchReport(days=shown, left_out=left_out, watches=explained)


def _one(rule: WatchRule, found: Watched | Unwatched, shown: Period) -> Watch:
    if isinstance(found, Unwatched):
        return Watch(rule=rule, course=None, reason=found)
    z = found.frame["z"].to_list()
    rows = found.frame.select("day", "value", "expected").rows()
    rung = tuple(
        Alert(day=rows[one.place][0], value=rows[one.place][1], expected=rows[one.place][2], z=one.z, drift=one.drift)
        for one in alarms(z, rule.threshold)
    )
    recent = found.frame.filter(pl.col("day").is_between(shown.start, shown.end), pl.col("value").is_not_null())
    return Watch(
        rule=rule,
        course=found,
        alerts=rung,
        false_alarms=rings_by_chance(found, rule.threshold),
        value=_mean(recent, "value", found.kind),
        expected=_mean(recent, "expected", found.kind),
    )


def rings_by_chance(found: Watched, threshold: float) -> float | None:
    """Expected false alarms a month at a threshold, from the last year of the course; None while it is learning."""
    past = found.frame["z"].tail(YEAR).drop_nulls().to_list()
    return false_alarms_a_month(past, threshold) if past else None


def _mean(days: pl.DataFrame, column: str, kind: Kind) -> float | None:
    """The mean of the days: of sums a plain one, of everything else by how many cases stand behind each."""
    weight = pl.lit(1.0) if kind in {Kind.COUNT, Kind.MONEY} else pl.col("n")
    top, bottom = days.select(top=(weight * pl.col(column)).sum(), bottom=(weight * pl.lit(1.0)).sum()).row(0)
    cases = days.height if kind in {Kind.COUNT, Kind.MONEY} else bottom
    return top / cases if days.height and cases else None


def _rings(one: Watch, shown: Period) -> bool:
    return one.changed or any(shown.contains(alert.day) for alert in one.alerts)


def _why(source: Source, one: Watch, shown: Period, as_of: int | None) -> Decomposition | None:
    """The change against the same weekdays of the last ordinary week, by factors where there are any, else by channel."""
    before = _ordinary_before(source, shown)
    if before is None or one.course is None or one.course.metric.unit is Unit.PER_1000:
        return None
    query = Query(window=shown, where=one.rule.where, as_of=as_of)
    for by in (None, "channel"):
        made = _taken_apart(source, one.rule.metric, query, before, by)
        if isinstance(made, Decomposition):
            return made
    return None


def _taken_apart(
    source: Source, metric: str, query: Query, before: Period, by: str | None
) -> Decomposition | NotApplicable | None:
    try:
        if by is None:
            return by_factors(source, metric, query, before)
        return by_dimension(source, metric, query, before, by)
    except EcodashError:
        return None


def _ordinary_before(source: Source, shown: Period) -> Period | None:
    """As many days some whole weeks earlier, the latest without a day of an event; else the latest there is."""
    span, calendar = source.data_end(), calendar_of(source)
    weeks = -(-shown.days // 7)
    moved = [
        Period(shown.start - timedelta(days=7 * k), shown.end - timedelta(days=7 * k))
        for k in range(weeks, weeks + WEEKS_BACK)
    ]
    inside = [one for one in moved if span is not None and one.start >= span.start]
    plain = (p for p in inside if not any(calendar.phase_on(p.start + timedelta(days=i)) for i in range(p.days)))
    return next(plain, inside[0] if inside else None)
