"""What a window is compared with, and how the two are laid against each other.

Only days wholly covered by the data are compared: half a month against a month would always mislead.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics.calendar_units import MONTHS, UNITS, is_open, months_earlier, unit_of
from ecodash.metrics.events import EventCalendar, EventKind, Occurrence

WEEKS_OF_A_YEAR = timedelta(days=364)
LONGEST_YEAR = 366
FEBRUARY = 2

__all__ = [
    "Against",
    "Comparison",
    "NoComparison",
    "compared",
    "default_against",
    "explained",
    "is_open",
    "main_event",
    "unit_of",
]


class Against(StrEnum):
    """How the days of comparison are chosen."""

    PREVIOUS = "previous"
    YEAR_AGO = "year_ago"
    TO_DATE = "to_date"
    PROMOTION = "promotion"
    LUNAR = "lunar"
    CUSTOM = "custom"
    OFF = "off"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """``window`` laid against ``before``. ``against`` is what was done: a January asked for a year ago is ``lunar``.

    ``words`` say how the two are aligned. Day d of the window lies on day d − ``shift_days``.
    """

    window: Period
    before: Period
    against: Against
    words: Text

    @property
    def shift_days(self) -> int:
        """How many days earlier the comparison begins."""
        return (self.window.start - self.before.start).days


@dataclass(frozen=True, kw_only=True)
class NoComparison:
    """Why there is nothing to compare with, and what would help."""

    reason: Text


def default_against(window: Period, unit: str | None = None) -> Against:
    """What a window is compared with unless somebody chose: to date while its month, quarter or year is unfinished."""
    return Against.TO_DATE if is_open(window, unit) else Against.PREVIOUS


def compared(  # noqa: PLR0913 - a comparison has six parts, none of which stands for another
    window: Period,
    *,
    against: Against | str,
    whole: Period,
    calendar: EventCalendar,
    custom: Period | None = None,
    unit: str | None = None,
) -> Comparison | None:
    """What ``window`` is compared with in data that cover ``whole``; None when there is nothing (``explained``: why).

    ``unit`` says that the window is a month, quarter or year (or its beginning); else it is just so many days.
    """
    found = explained(window, against=against, whole=whole, calendar=calendar, custom=custom, unit=unit)
    return found if isinstance(found, Comparison) else None


def explained(  # noqa: PLR0913 - as ``compared``
    window: Period,
    *,
    against: Against | str,
    whole: Period,
    calendar: EventCalendar,
    custom: Period | None = None,
    unit: str | None = None,
) -> Comparison | NoComparison:
    """As ``compared``, with the reason when there is nothing to compare with. Raises ValueError for an unknown word."""
    kind = Against(against)
    if kind is Against.OFF:
        return NoComparison(reason=Text("没有选择对比。", "No comparison is chosen."))
    if kind is Against.YEAR_AGO and _of_the_new_year(window, calendar):
        kind = Against.LUNAR
    match kind:
        case Against.CUSTOM:
            found = _custom(window, custom)
        case Against.PROMOTION:
            found = _by_promotion(window, calendar)
        case Against.LUNAR:
            found = _by_new_year(window, calendar)
        case Against.YEAR_AGO:
            found = _year_ago(window)
        case _:
            found = _just_before(window, unit)
    return _covered(found, whole)


def _covered(found: Comparison | NoComparison, whole: Period) -> Comparison | NoComparison:
    if isinstance(found, NoComparison) or found.before.clip(whole) == found.before:
        return found
    start, end = found.before.start, found.before.end
    return NoComparison(
        reason=Text(
            f"要对比的 {start} 至 {end} 不全在数据里（数据为 {whole.start} 至 {whole.end}）。",
            f"The data ({whole.start} to {whole.end}) do not cover all of {start} to {end}.",
        )
    )


def _just_before(window: Period, unit: str | None) -> Comparison | NoComparison:
    if unit is None:
        words = Text(f"之前紧接着的 {window.days} 天", f"the {window.days} days before")
        return Comparison(window=window, before=window.previous(), against=Against.PREVIOUS, words=words)
    start = months_earlier(window.start, MONTHS[unit])
    last, name = window.start - timedelta(days=1), UNITS[unit]
    if not is_open(window, unit):
        words = Text(f"上一个完整{name.zh}", f"the whole {name.en} before")
        return Comparison(window=window, before=Period(start, last), against=Against.PREVIOUS, words=words)
    end = months_earlier(window.end, MONTHS[unit]) if unit == "year" else start + timedelta(days=window.days - 1)
    words = Text(
        f"本{name.zh}至今 {window.days} 天，对比上一{name.zh}的同一段",
        f"this {name.en} to date ({window.days} days) against the same part of the {name.en} before",
    )
    return Comparison(window=window, before=Period(start, min(end, last)), against=Against.TO_DATE, words=words)


def _year_ago(window: Period) -> Comparison | NoComparison:
    if window.days <= WEEKS_OF_A_YEAR.days:
        words = Text("364 天前，星期对齐", "364 days earlier, weekday on weekday")
        return Comparison(
            window=window, before=_shifted(window, WEEKS_OF_A_YEAR.days), against=Against.YEAR_AGO, words=words
        )
    if window.days <= LONGEST_YEAR:
        before = Period(months_earlier(window.start, 12), months_earlier(window.end, 12))
        if before.end < window.start:
            words = Text("去年的同样日期", "the same dates a year earlier")
            return Comparison(window=window, before=before, against=Against.YEAR_AGO, words=words)
    return NoComparison(
        reason=Text("时段超过一年，与去年同期会重叠。", "The window is longer than a year and would overlap itself.")
    )


def _by_promotion(window: Period, calendar: EventCalendar) -> Comparison | NoComparison:
    now = main_event(window, calendar)
    if now is None:
        return NoComparison(reason=Text("这段时间没有大促或节日。", "There is no promotion or holiday in this window."))
    then = calendar.before(now)
    if then is None:
        return NoComparison(
            reason=Text(f"日历里没有上一年的{now.name.zh}。", f"The calendar has no {now.name.en} a year earlier.")
        )
    words = Text(
        f"与上一年{now.name.zh}对齐：{now.day} 对 {then.day}", f"aligned on {now.name.en}: {now.day} on {then.day}"
    )
    before = _shifted(window, (now.day - then.day).days)
    return Comparison(window=window, before=before, against=Against.PROMOTION, words=words)


def main_event(window: Period, calendar: EventCalendar) -> Occurrence | None:
    """The event a window is about: uploaded before built-in, promotions before holidays, the day itself inside, the longest."""
    found = [(one, shared) for one in calendar.within(window) if (shared := one.days.clip(window))]
    if not found:
        return None
    return max(
        found,
        key=lambda pair: (
            pair[0].uploaded,
            pair[0].kind is EventKind.PROMOTION,
            window.contains(pair[0].day),
            pair[1].days,
        ),
    )[0]


def _by_new_year(window: Period, calendar: EventCalendar) -> Comparison | NoComparison:
    days = sorted(one.day for one in calendar.named("spring_festival"))
    middle = window.start + timedelta(days=window.days // 2)
    if len(days) > 1:
        then, now = min(pairwise(days), key=lambda pair: abs((pair[1] - middle).days))
        first, last = (window.start - now).days, (window.end - now).days
        words = Text(
            f"按春节对齐：春节{_days_zh(first)}至{_days_zh(last)}（{now} 对 {then}）",
            f"aligned on lunar new year: day {first:+d} to {last:+d} ({now} on {then})",
        )
        before = _shifted(window, (now - then).days)
        return Comparison(window=window, before=before, against=Against.LUNAR, words=words)
    return NoComparison(
        reason=Text(
            "这家店的所在地不过农历新年（设置项 home_country）。",
            "This shop's home country does not go by the lunar year (setting home_country).",
        )
    )


def _days_zh(offset: int) -> str:
    if offset == 0:
        return "当天"
    return f"前 {-offset} 天" if offset < 0 else f"后 {offset} 天"


def _of_the_new_year(window: Period, calendar: EventCalendar) -> bool:
    """Whether the window lies within January and February, in a shop that goes by the lunar year."""
    same = window.start.year == window.end.year and window.end.month <= FEBRUARY
    return same and calendar.new_year(window.end.year) is not None


def _custom(window: Period, custom: Period | None) -> Comparison | NoComparison:
    if custom is None:
        return NoComparison(reason=Text("还没有选择要对比的日期。", "No days to compare with are chosen yet."))
    words = Text(f"自选日期，{window.days} 天对 {custom.days} 天", f"days of choice, {window.days} on {custom.days}")
    return Comparison(window=window, before=custom, against=Against.CUSTOM, words=words)


def _shifted(period: Period, days: int) -> Period:
    return Period(period.start - timedelta(days=days), period.end - timedelta(days=days))
