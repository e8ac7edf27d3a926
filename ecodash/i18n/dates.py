"""Days, months and spans in words. ISO order in both languages, so that nobody has to guess the month."""

from datetime import date, datetime

from babel.dates import format_date

from ecodash.core.period import Period
from ecodash.core.text import Language


def day_text(day: date) -> str:
    """A day, the same in both languages: 2024-03-01."""
    return day.isoformat()[:10]


def month_text(day: date, language: Language) -> str:
    """The month ``day`` lies in: 2024年3月, Mar 2024."""
    if language == "zh":
        return f"{day.year}年{day.month}月"
    return str(format_date(day, "MMM y", locale="en"))


def moment_text(moment: datetime) -> str:
    """A moment in the business zone, to the minute: 2024-03-01 09:30."""
    return moment.strftime("%Y-%m-%d %H:%M")


def period_text(period: Period) -> str:
    """Both ends in words, always: 2024-03-01 → 2024-03-31."""
    return f"{day_text(period.start)} → {day_text(period.end)}"


def span_text(period: Period, language: Language) -> str:
    """A period as a reader names it: a month, a year or a day by its name, anything else by both ends."""
    if period.days == 1:
        return day_text(period.start)
    if period == Period.month(period.start.year, period.start.month):
        return month_text(period.start, language)
    if period == Period(date(period.start.year, 1, 1), date(period.start.year, 12, 31)):
        return f"{period.start.year}年" if language == "zh" else str(period.start.year)
    return period_text(period)
