"""How a month stands against its goal: what should have come in by now, and where it ends if it goes on like this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ecodash.analysis.pacing import Ending, PacedDay, PastMonth, Profile, ending, profile
from ecodash.core.notebook import Goal
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics import caveats
from ecodash.metrics.computing import compute
from ecodash.metrics.events import EventCalendar, calendar_of
from ecodash.metrics.exact_sums import group_sums, scale_of
from ecodash.metrics.metric import Metric, Sum
from ecodash.metrics.query import Query
from ecodash.metrics.registry import resolve
from ecodash.metrics.source import Source

MONTHS = 12
HISTORY = timedelta(days=3 * 365)
FLAT = Text("历史不足八周普通日，按天平均分摊", "fewer than eight ordinary weeks of history: every day weighs the same")


@dataclass(frozen=True, kw_only=True)
class PacePoint:
    """The end of one day: what should have come in by then, and what has (None for days to come)."""

    day: date
    expected: float
    actual: float | None


@dataclass(frozen=True, kw_only=True)
class Pace:
    """A month against its goal on the evening of ``as_of``, in the unit of the metric.

    ``actual`` came in so far; ``share`` of the month was to be expected by now, which is ``expected``; ``ends``, within
    ``low`` … ``high`` at ``level``, is where the month ends if it goes on like this. ``months`` earlier months give the
    interval, which is None below three. ``basis`` says what the expectation rests on. ``reason``: why there is no pace;
    then ``line`` is empty and ``actual`` the level reached where the metric is no sum over days.
    """

    goal: Goal
    as_of: date
    actual: float | None = None
    share: float | None = None
    expected: float | None = None
    ends: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    months: int = 0
    basis: Text | None = None
    reason: Text | None = None
    line: tuple[PacePoint, ...] = ()

    @property
    def ahead(self) -> float | None:
        """Actual − expected: above 0 is ahead."""
        return None if self.actual is None or self.expected is None else self.actual - self.expected

    @property
    def missing(self) -> float | None:
        """Goal − where the month ends: above 0 it will not be met."""
        return None if self.ends is None else float(self.goal.value) - self.ends

    @property
    def out_of_reach(self) -> bool:
        """Whether even the upper end of where the month may end lies below the goal."""
        return self.high is not None and self.high < float(self.goal.value)

    @property
    def reached(self) -> float | None:
        """Share of the goal that is reached."""
        return None if self.actual is None else self.actual / float(self.goal.value)


def pace(source: Source, goal: Goal, *, as_of_day: date | None = None) -> Pace:
    """The pace of a goal; ``as_of_day`` is the last day of the data unless said. Nothing later is looked at.

    Raises UnknownName for a goal about no metric.
    """
    metric, definition = resolve(goal.metric)
    span = source.data_end()
    if span is None:
        return Pace(goal=goal, as_of=as_of_day or goal.month, reason=caveats.no_orders())
    today = min(as_of_day or span.end, span.end)
    how = definition.how
    seen = Period(max(span.start, today - HISTORY), today) if today >= span.start else None
    if seen is None or today < goal.month:
        return Pace(goal=goal, as_of=today, reason=Text("这个月还没有数据。", "There are no data of this month yet."))
    values = _daily(source, how.amount, seen) if isinstance(how, Sum) else None
    if values is None:
        return _level(source, goal, metric, today)
    return _paced(goal, today, seen, values, calendar_of(source))


def _paced(goal: Goal, today: date, seen: Period, values: Mapping[date, float], calendar: EventCalendar) -> Pace:
    month, before = goal.days, _before(seen, goal.month)
    weighing = _profile(values, before, calendar)
    days = list(_days(month))
    marks = [_mark(day, calendar) for day in days]
    elapsed = min((today - month.start).days + 1, month.days)
    share = weighing.share(marks, elapsed)
    so_far = sum(values.get(day, 0.0) for day in days[:elapsed])
    ends = ending(so_far, share, _past(values, before, calendar, elapsed))
    value = float(goal.value)
    line, running = [], 0.0
    for i, day in enumerate(days, start=1):
        running += values.get(day, 0.0)
        line.append(
            PacePoint(day=day, expected=value * weighing.share(marks, i), actual=running if i <= elapsed else None)
        )
    plain = Pace(goal=goal, as_of=today, actual=so_far, share=share, expected=value * share, line=tuple(line))
    return replace(_ended(plain, ends), basis=_basis(weighing, marks, month, calendar))


def _ended(plain: Pace, ends: Ending | None) -> Pace:
    if ends is None:
        return plain
    inside = ends.interval
    return replace(
        plain,
        ends=ends.value,
        low=inside.low if inside else None,
        high=inside.high if inside else None,
        level=inside.level if inside else None,
        months=ends.months,
    )


def _level(source: Source, goal: Goal, metric: Metric, today: date) -> Pace:
    """Metrics that no day adds to: the level of the month so far, without a pace."""
    days = goal.days.clip(Period(goal.month, max(today, goal.month)))
    found = compute(source, [goal.metric], Query(window=days, intervals=False))[0]
    if found.value is None:
        return Pace(goal=goal, as_of=today, reason=found.reason)
    words = Text(
        f"“{metric.name.zh}”不是按天累加的，只看当月水平，不算进度。",
        f"“{metric.name.en}” does not add up by day: its level is shown, and no pace.",
    )
    return Pace(goal=goal, as_of=today, actual=found.value, reason=words)


def _daily(source: Source, amount: str, seen: Period) -> dict[date, float] | None:
    """What each day brought; None where days cannot be added up (buyers)."""
    found = group_sums(source, Query(window=seen, by="day"), [amount])
    if found is None or not found.additive:
        return None
    return {date.fromisoformat(day): sums[amount] / scale_of(amount) for day, sums in found.groups.items()}


def _before(seen: Period, month: date) -> Period | None:
    """What was seen before the month began."""
    last = month - timedelta(days=1)
    return Period(seen.start, min(seen.end, last)) if seen.start <= last else None


def _profile(values: Mapping[date, float], days: Period | None, calendar: EventCalendar) -> Profile:
    if days is None:
        return Profile(flat=True, days=0)
    listed = list(_days(days))
    return profile([values.get(day, 0.0) for day in listed], [_mark(day, calendar) for day in listed])


def _past(
    values: Mapping[date, float], before: Period | None, calendar: EventCalendar, elapsed: int
) -> list[PastMonth]:
    """Earlier whole months on the same day of the month, each judged by what had been seen before it."""
    if before is None:
        return []
    whole = [month for month in before.months() if month.clip(before) == month][-MONTHS:]
    found = []
    for month in whole:
        days = list(_days(month))
        weighing = _profile(values, _before(before, month.start), calendar)
        if weighing.flat:
            continue
        came = [values.get(day, 0.0) for day in days]
        share = weighing.share([_mark(day, calendar) for day in days], elapsed)
        found.append(PastMonth(so_far=sum(came[:elapsed]), total=sum(came), share=share))
    return found


def _mark(day: date, calendar: EventCalendar) -> PacedDay:
    found = calendar.phase_on(day)
    phase = f"{found[0].event}:{found[1].id}" if found else None
    return PacedDay(weekday=day.isoweekday(), phase=phase)


def _days(period: Period) -> Sequence[date]:
    return [period.start + timedelta(days=i) for i in range(period.days)]


def _basis(weighing: Profile, marks: Sequence[PacedDay], month: Period, calendar: EventCalendar) -> Text:
    """In words what the expected line rests on, promotions of the month named as known or not."""
    if weighing.flat:
        return FLAT
    names: dict[bool, dict[str, Text]] = {True: {}, False: {}}
    for day, mark in zip(_days(month), marks, strict=True):
        found = calendar.phase_on(day)
        if found and mark.phase:
            names[mark.phase in weighing.phases].setdefault(found[0].event, found[0].name)
    words = Text(f"按 {weighing.days} 个普通日的星期规律", f"by the weekdays of {weighing.days} ordinary days")
    if names[True]:
        words += _listed(Text("，大促和节日按往年：", "; events as in earlier years: "), names[True])
    if names[False]:
        words += _listed(Text("；没有往年可比、按普通日算：", "; never seen before, taken as ordinary: "), names[False])
    return words


def _listed(opening: Text, names: Mapping[str, Text]) -> Text:
    return opening + Text("、".join(n.zh for n in names.values()), ", ".join(n.en for n in names.values()))
