"""The period a page is about. Codes stand in the address; days come from the data.

A period ends where the data end, not today: an export of last month is about last month.
"""

from datetime import date, timedelta

from ecodash.core.period import Period

PRESETS = ("7d", "30d", "90d", "12m", "month", "last_month", "quarter", "last_quarter", "year", "all", "custom")
COMPARISONS = ("previous", "year_ago", "promotion", "lunar", "custom", "off")
UNIT_OF = {"month": "month", "last_month": "month", "quarter": "quarter", "last_quarter": "quarter", "year": "year"}
ROLLING = {"7d": 7, "30d": 30, "90d": 90, "12m": 365}


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
    elif code == "quarter":
        asked = Period(_quarter_start(last), last)
    elif code == "last_quarter":
        end = _quarter_start(last) - timedelta(days=1)
        asked = Period(_quarter_start(end), end)
    elif code == "year":
        asked = Period(last.replace(month=1, day=1), last)
    return asked.clip(whole) or asked


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


def span_of(start: date, step: str) -> Period:
    """All days of the week or month that begins on ``start``; the day itself for days."""
    if step == "month":
        return Period.month(start.year, start.month)
    return Period(start, start + timedelta(days=6 if step == "week" else 0))


def step_for(period: Period) -> str:
    """How finely to draw a period: by day up to 45 days, by week up to 26 weeks, then by month."""
    if period.days <= 45:  # noqa: PLR2004
        return "day"
    return "week" if period.days <= 26 * 7 else "month"


def _month_before(day: date) -> Period:
    before = day.replace(day=1) - timedelta(days=1)
    return Period.month(before.year, before.month)


def _quarter_start(day: date) -> date:
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)
