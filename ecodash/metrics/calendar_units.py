"""Months, quarters and years as windows: whole, or from their first day to wherever the data end."""

from datetime import date, timedelta

from ecodash.core.period import Period
from ecodash.core.text import Text

MONTHS = {"month": 1, "quarter": 3, "year": 12}
UNITS = {
    "month": Text("月", "month"),
    "quarter": Text("季度", "quarter"),
    "year": Text("年", "year"),
}


def is_open(window: Period, unit: str | None) -> bool:
    """Whether the month, quarter or year that ``window`` begins with goes on after it. False without a unit."""
    return unit is not None and window.end < unit_end(window.start, unit)


def unit_of(window: Period) -> str | None:
    """The smallest of month, quarter and year that begins with ``window`` and holds it; None when there is none."""
    if window.start.day != 1:
        return None
    return next(
        (
            unit
            for unit, months in MONTHS.items()
            if (window.start.month - 1) % months == 0 and window.end <= unit_end(window.start, unit)
        ),
        None,
    )


def unit_end(start: date, unit: str) -> date:
    """Last day of the month, quarter or year that begins on ``start``."""
    return months_earlier(start, -MONTHS[unit]) - timedelta(days=1)


def months_earlier(day: date, months: int) -> date:
    """The same day ``months`` months earlier, or the last of that month; 29 February becomes the 28th."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, Period.month(year, month + 1).end.day))
