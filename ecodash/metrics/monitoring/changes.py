"""Days out of line, and what a change brought: sales day by day beside what was to be expected."""

from datetime import date, timedelta

import narwhals as nw
import polars as pl

from ecodash.analysis.expected_course import Kind, course
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.period import Period, day_number, day_of
from ecodash.core.text import Text
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected, total
from ecodash.metrics.events import EventCalendar, EventKind, calendar_of
from ecodash.metrics.reading import Reading

OUT_OF_LINE = 3.0
FEWEST_DAYS = 60
EFFECT_DAYS = 28
BACKTESTS = 12


def sales_by_day(reading: Reading, until: date) -> pl.DataFrame:
    """One row per day of the data up to ``until``: day, value (sales), n (orders), weekday, phase of an event."""
    span = reading.source.data_end(as_of=reading.as_of)
    schema = {"day": pl.Date, "value": pl.Float64, "n": pl.Float64, "weekday": pl.Int64, "phase": pl.String}
    if span is None or until < span.start:
        return pl.DataFrame(schema=schema)
    sold = reading.fact("orders").filter(nw.col("is_sale")).group_by("day").agg(paid=total("paid"), n=nw.len())
    by_day = {int(day): (paid / SCALE, float(n)) for day, paid, n in collected(sold).rows()}
    calendar = calendar_of(reading.source)
    rows = []
    for number in range(day_number(span.start), day_number(min(until, span.end)) + 1):
        day, (value, n) = day_of(number), by_day.get(number, (0.0, 0.0))
        rows.append((day, value, n, day.isoweekday(), _phase(calendar, day)))
    return pl.DataFrame(rows, schema=schema, orient="row")


def _phase(calendar: EventCalendar, day: date) -> str | None:
    """The phase of a promotion or holiday; what the shop calls a change of its own is not part of the calendar here."""
    found = calendar.phase_on(day)
    return f"{found[0].event}:{found[1].id}" if found and found[0].kind is not EventKind.OWN else None


def anomaly_days(reading: Reading, window: Window) -> Answered:
    """Ordinary days of the window whose sales lie more than 3 robust standard deviations from what was expected."""
    days = sales_by_day(reading, window.days.end)
    if days.height < FEWEST_DAYS:
        reason = Text(f"至少要 {FEWEST_DAYS} 天历史。", f"At least {FEWEST_DAYS} days of history are needed.")
        return Answered(value=None, n=days.height, status=Status.IMMATURE, reason=reason)
    judged = course(days, Kind.MONEY).filter(
        pl.col("day").is_between(window.days.start, window.days.end), pl.col("phase").is_null()
    )
    known = judged["z"].drop_nulls()
    if known.is_empty():
        reason = Text("这些天还在学习期内。", "These days are still part of the learning period.")
        return Answered(value=None, n=0, status=Status.IMMATURE, reason=reason)
    return Answered(value=float((known.abs() > OUT_OF_LINE).sum()), n=known.len())


def change_effect(reading: Reading, window: Window) -> Answered:
    """Sales after the newest change of the shop's own ÷ what earlier days lead to expect − 1, over up to 28 days.

    A change is an uploaded event the calendar does not know. The interval comes from the same question asked of 12
    earlier days on which nothing changed.
    """
    own = [one for one in calendar_of(reading.source).within(window.days) if one.kind is EventKind.OWN]
    if not own:
        reason = Text(
            "活动表里没有自己的变更；请上传 events 表，写明变更名称和开始日期。",
            "No change of your own in the calendar; upload the table events with its name and first day.",
        )
        return Answered(value=None, n=0, status=Status.MISSING, reason=reason)
    start = max(one.days.start for one in own)
    days = sales_by_day(reading, window.days.end)
    after = days.filter(pl.col("day") >= start).height
    length = min(EFFECT_DAYS, after)
    effect = _effect(days, start, length)
    if effect is None:
        reason = Text("变更前的历史太短。", "Too little history before the change.")
        return Answered(value=None, n=after, status=Status.IMMATURE, reason=reason)
    earlier = [start - timedelta(days=length + 7 * k) for k in range(BACKTESTS)]
    errors = [one for day in earlier if (one := _effect(days, day, length)) is not None]
    half = 1.96 * (sum(one**2 for one in errors) / len(errors)) ** 0.5 if len(errors) >= BACKTESTS // 2 else None
    cases = int(days.filter(pl.col("day") >= start)["n"].head(length).sum())
    low, high = (None, None) if half is None else (effect - half, effect + half)
    return Answered(value=effect, n=cases, low=low, high=high)


def _effect(days: pl.DataFrame, start: date, length: int) -> float | None:
    """Actual ÷ expected − 1 over ``length`` days from ``start``: level and weekdays as they stood the day before."""
    before = days.filter(pl.col("day") < start)
    span = Period(start, start + timedelta(days=max(length - 1, 0)))
    actual = days.filter(pl.col("day").is_between(span.start, span.end))
    if before.height < FEWEST_DAYS or not length:
        return None
    blind = actual.with_columns(value=pl.lit(None, pl.Float64))
    expected = float(course(pl.concat([before, blind]), Kind.MONEY)["expected"].tail(actual.height).sum())
    return float(actual["value"].sum()) / expected - 1 if expected > 0 else None


ANOMALIES, EFFECT = Analysed(answer=anomaly_days), Analysed(answer=change_effect)
