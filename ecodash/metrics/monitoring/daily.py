"""The daily course of a number, up to the last complete day: value, cases behind it, weekday, phase of an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import narwhals as nw
import polars as pl

from ecodash.analysis.alarms import alarms
from ecodash.analysis.expected_course import Kind, at_distance, course
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period, day_number, day_of
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.core.watch import WatchRule
from ecodash.metrics.collect import collected
from ecodash.metrics.computing import compute
from ecodash.metrics.events import EventCalendar, calendar_of
from ecodash.metrics.metric import Measured, Metric, Sum, Summary
from ecodash.metrics.query import Query
from ecodash.metrics.registry import resolve
from ecodash.metrics.source import Source

FEWEST_DAYS = 80
LOOKED_BACK = 28
COUNTED = {Unit.ORDERS, Unit.BUYERS, Unit.COUNT, Unit.ROWS}
PER = {Unit.PER_1000: 1000.0}
STILL_OPEN = "refunds_open"


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A number day by day: day, value, n, weekday, phase, expected, low, high, z, state."""

    name: str
    kind: Kind
    frame: pl.DataFrame

    @property
    def metric(self) -> Metric:
        """The number."""
        return resolve(self.name)[0]

    def rung(self, threshold: float, days: int) -> int:
        """How often a rule with this threshold would have rung in the last so many days."""
        return len(alarms(self.frame["z"].tail(days).to_list(), threshold))


@dataclass(frozen=True, kw_only=True)
class Unwatched:
    """Why a number cannot be watched, and what would help."""

    name: str
    reason: Text

    @property
    def metric(self) -> Metric:
        """The number."""
        return resolve(self.name)[0]


def last_complete_day(source: Source, *, as_of: int | None = None) -> tuple[date, date | None] | None:
    """The last complete day of the orders, and the day left out because it is not over; None without orders.

    The newest day is not over when its last order came earlier in the day than on any of the 28 days before it.
    """
    span = source.data_end(as_of=as_of)
    if span is None:
        return None
    first = day_number(span.end) - LOOKED_BACK
    orders = source.fact("orders", as_of=as_of).filter(nw.col("day") >= first, ~nw.col("at").is_null())
    minute = nw.col("at").dt.hour().cast(nw.Int64) * 60 + nw.col("at").dt.minute().cast(nw.Int64)
    ends = collected(orders.select("day", minute=minute).group_by("day").agg(last=nw.col("minute").max()))
    latest = ends.filter(pl.col("day") == day_number(span.end))["last"]
    others = ends.filter(pl.col("day") < day_number(span.end))["last"]
    open_ = bool(latest.len() and others.len() and latest[0] < (others.min() or 0))
    return (span.end - timedelta(days=1), span.end) if open_ and span.days > 1 else (span.end, None)


def watched(source: Source, rule: WatchRule, *, until: date, as_of: int | None = None) -> Watched | Unwatched:
    """The course of a rule's metric up to ``until``, or why there is none. Raises UnknownName."""
    metric, _ = resolve(rule.metric)
    span = source.data_end(as_of=as_of)
    if span is None:
        return Unwatched(name=rule.metric, reason=Text("还没有订单。", "There are no orders yet."))
    window = Period(span.start, max(until, span.start))
    query = Query(window=window, by="day", where=rule.where, as_of=as_of, intervals=False)
    found = compute(source, [rule.metric], query)
    days = [one for one in found if "day" in one.by]
    if not days:
        return Unwatched(name=rule.metric, reason=found[0].reason or _too_short(metric, 0))
    known = sum(one.value is not None for one in days)
    if known < FEWEST_DAYS:
        return Unwatched(name=rule.metric, reason=_too_short(metric, known))
    kind = _kind(metric, rule.metric)
    frame = _frame(days, window, summed=kind in {Kind.COUNT, Kind.MONEY}, calendar=calendar_of(source))
    return Watched(name=rule.metric, kind=kind, frame=_judged(frame, kind, rule.threshold, PER.get(metric.unit, 1.0)))


def _too_short(metric: Metric, days: int) -> Text:
    return Text(
        f"“{metric.name.zh}”只有 {days} 天有数，满 {FEWEST_DAYS} 天才能判断什么是正常。",
        f"“{metric.name.en}” has {days} days with a value; {FEWEST_DAYS} are needed to know what is normal.",
    )


def _kind(metric: Metric, name: str) -> Kind:
    how = resolve(name)[1].how
    if isinstance(how, Sum) or (isinstance(how, Measured) and how.summary is Summary.TOTAL):
        return Kind.COUNT if metric.unit in COUNTED else Kind.MONEY
    return Kind.SHARE if metric.unit in {Unit.RATIO, Unit.PER_1000} else Kind.MEAN


def _frame(days: Sequence[Estimate], window: Period, *, summed: bool, calendar: EventCalendar) -> pl.DataFrame:
    """One row per day of the window; a day without cases is 0 of a sum and nothing of anything else."""
    by_day = {date.fromisoformat(one.by["day"]): one for one in days}
    rows = []
    for number in range(day_number(window.start), day_number(window.end) + 1):
        day = day_of(number)
        one, phase = by_day.get(day), calendar.phase_on(day)
        open_ = one is not None and any(caveat.code == STILL_OPEN for caveat in one.warnings)
        value = None if one is None or open_ or one.status is Status.IMMATURE else one.value
        rows.append(
            {
                "day": day,
                "value": 0.0 if value is None and summed and not open_ else value,
                "n": float(one.n) if one else 0.0,
                "weekday": day.isoweekday(),
                "phase": f"{phase[0].event}:{phase[1].id}" if phase else None,
            }
        )
    schema = {"day": pl.Date, "value": pl.Float64, "n": pl.Float64, "weekday": pl.Int64, "phase": pl.String}
    return pl.DataFrame(rows, schema=schema)


def _judged(frame: pl.DataFrame, kind: Kind, threshold: float, per: float) -> pl.DataFrame:
    """The course with its band at ``threshold``; values per thousand are judged as shares."""
    made = course(frame.with_columns(pl.col("value") / per), kind)
    known = made.filter(pl.col("value").is_not_null(), pl.col("n") > 0)
    cases = float(known["n"].sum())
    unit = float(known["value"].sum()) / cases if kind is Kind.MONEY and cases else 1.0
    ends: dict[str, list[float | None]] = {"low": [], "high": []}
    for expected, scale, n, state in made.select("expected", "scale", "n", "state").iter_rows():
        for name, side in (("low", -threshold), ("high", threshold)):
            judged = scale is not None and state in {"ordinary", "event"}
            far = at_distance(kind, expected, side * scale, n=n, unit=unit or 1.0) if judged else None
            ends[name].append(None if far is None else far * per)
    bands = [pl.Series(name, values, dtype=pl.Float64) for name, values in ends.items()]
    return made.with_columns(pl.col("value", "expected") * per, *bands)
