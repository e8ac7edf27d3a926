"""The period a page is about and the one it is compared with. Codes stand in the address; days come from the data.

A period ends where the data end, not today: an export of last month is about last month.
"""

from datetime import date, timedelta

from ecodash.core.period import Period

PRESETS = ("7d", "30d", "90d", "12m", "month", "last_month", "year", "all", "custom")
COMPARISONS = ("previous", "year_ago", "off")
ROLLING = {"7d": 7, "30d": 30, "90d": 90, "12m": 365}
SAME_WEEKDAY = timedelta(days=364)


def resolve(code: str, whole: Period, custom: Period | None = None) -> Period:
    """The days ``code`` stands for in data that cover ``whole``; never beyond them.

    A period without a day in common with the data is kept as asked, so that its emptiness can be said.
    """
    if code == "custom" and custom is not None:
        return custom.clip(whole) or custom
    last = whole.end
    asked = whole
    if code in ROLLING:
        asked = Period.last_days(last, ROLLING[code])
    elif code == "month":
        asked = Period(last.replace(day=1), last)
    elif code == "last_month":
        asked = _month_before(last)
    elif code == "year":
        asked = Period(last.replace(month=1, day=1), last)
    return asked.clip(whole) or asked


def comparison(code: str, preset: str, period: Period, whole: Period) -> Period | None:
    """What ``period`` is compared with: as many days, to date against to date; None when off or not in the data.

    Only a comparison wholly covered by the data is given: half a month against a month would always mislead.
    """
    if code == "off" or preset == "all":
        return None
    asked = _year_ago(preset, period) if code == "year_ago" else _before(preset, period)
    return asked if whole.start <= asked.start else None


def custom_from(start: str, end: str) -> Period | None:
    """The period between two ISO days of an address; None when they are no days or the wrong way round."""
    try:
        return Period(date.fromisoformat(start), date.fromisoformat(end))
    except ValueError:
        return None


def closes(period: Period, step: str) -> date:
    """First day of the last week or month that ``period`` does not cover to its end; the day after it when it does."""
    following = period.end + timedelta(days=1)
    if step == "month":
        return following if following.day == 1 else period.end.replace(day=1)
    if step == "week":
        return following - timedelta(days=following.weekday())
    return following


def begins(period: Period, step: str) -> date:
    """First day of the week or month in which ``period`` begins; its own first day for days."""
    if step == "month":
        return period.start.replace(day=1)
    return period.start - timedelta(days=period.start.weekday()) if step == "week" else period.start


def step_for(period: Period) -> str:
    """How finely to draw a period: by day up to 45 days, by week up to 26 weeks, then by month."""
    if period.days <= 45:  # noqa: PLR2004
        return "day"
    return "week" if period.days <= 26 * 7 else "month"


def _month_before(day: date) -> Period:
    before = day.replace(day=1) - timedelta(days=1)
    return Period.month(before.year, before.month)


def _before(preset: str, period: Period) -> Period:
    if preset == "last_month":
        return _month_before(period.start)
    if preset == "month":
        month = _month_before(period.start)
        return Period(month.start, min(month.end, month.start + timedelta(days=period.days - 1)))
    if preset == "year":
        return Period(_year_earlier(period.start), _year_earlier(period.end))
    return period.previous()


def _year_ago(preset: str, period: Period) -> Period:
    if preset in {"month", "last_month", "year"}:
        return Period(_year_earlier(period.start), _year_earlier(period.end))
    return Period(period.start - SAME_WEEKDAY, period.end - SAME_WEEKDAY)


def _year_earlier(day: date) -> date:
    """The same day a year earlier; 29 February becomes the 28th."""
    last = Period.month(day.year - 1, day.month).end
    return date(day.year - 1, day.month, min(day.day, last.day))
