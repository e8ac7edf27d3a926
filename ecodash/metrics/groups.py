"""Codes of groups as people read them and back: ``2026-03``, ``2026-W09``, ``2026-Q1``; and the days they span."""

import re
from datetime import date

from ecodash.core.errors import InputError
from ecodash.core.period import Period, day_number, day_of
from ecodash.core.text import Text
from ecodash.metrics.calendar import MONDAY, WEEK, first_day_of_month
from ecodash.metrics.dimensions import MONTHS, UNKNOWN, Dimension

Code = int | str
_MONTHS = MONTHS | {f"first_{name}": size for name, size in MONTHS.items()}
_PATTERNS = {
    "day": re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
    "week": re.compile(r"(\d{4})-W(\d\d)"),
    "month": re.compile(r"(\d{4})-(\d\d)"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "year": re.compile(r"(\d{4})"),
}


def span(dimension: Dimension, code: Code) -> Period | None:
    """The calendar days a time group covers; None for groups that are no calendar span."""
    name = dimension.id
    if not isinstance(code, int) or code < 0:
        return None
    if name == "day":
        return Period(day_of(code), day_of(code))
    if name == "week":
        monday = code * WEEK - MONDAY
        return Period(day_of(monday), day_of(monday + WEEK - 1))
    if name not in _MONTHS:
        return None
    size = _MONTHS[name]
    return Period(day_of(first_day_of_month(code * size)), day_of(first_day_of_month((code + 1) * size) - 1))


def label(dimension: Dimension, code: Code) -> str:
    """The code as shown and as written in a filter; ``(unknown)`` where the data do not say."""
    if code in ("", -1):
        return UNKNOWN
    days = span(dimension, code)
    if days is None:
        return str(code)
    start, name = days.start, dimension.id.removeprefix("first_")
    if name == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    forms = {"day": start.isoformat(), "month": f"{start:%Y-%m}", "year": f"{start:%Y}"}
    return forms.get(name, f"{start.year}-Q{(start.month + 2) // 3}")


def code_of(dimension: Dimension, text: str) -> Code:
    """The code a filter value means. Raises InputError when ``text`` is not written like a value of the dimension."""
    if text == UNKNOWN:
        return -1 if dimension.numeric else ""
    if not dimension.numeric:
        return text
    name = dimension.id.removeprefix("first_")
    try:
        return _number(name, text)
    except ValueError:
        raise InputError(
            Text(
                f"“{text}”不是{dimension.name.zh}的写法，应形如 {_EXAMPLES[name]}。",
                f"“{text}” is no {dimension.name.en.lower()}; write it like {_EXAMPLES[name]}.",
            )
        ) from None


_EXAMPLES = {
    "day": "2026-03-31",
    "week": "2026-W09",
    "month": "2026-03",
    "quarter": "2026-Q1",
    "year": "2026",
    "weekday": "1",
    "hour": "13",
}


def _number(name: str, text: str) -> int:
    if name not in _PATTERNS:
        return int(text)
    found = _PATTERNS[name].fullmatch(text)
    if found is None:
        raise ValueError(text)
    parts = [int(part) for part in found.groups()]
    if name == "day":
        return day_number(date(*parts))
    if name == "week":
        return (day_number(date.fromisocalendar(parts[0], parts[1], 1)) + MONDAY) // WEEK
    if name == "year":
        return parts[0]
    return parts[0] * (4 if name == "quarter" else 12) + parts[1] - 1


def codes_between(dimension: Dimension, window: Period) -> list[int]:
    """Every code of a time dimension whose span touches ``window``, in order."""
    first, last = _code_at(dimension.id, window.start), _code_at(dimension.id, window.end)
    return list(range(first, last + 1))


def _code_at(name: str, day: date) -> int:
    if name == "day":
        return day_number(day)
    if name == "week":
        return (day_number(day) + MONDAY) // WEEK
    return (day.year * 12 + day.month - 1) // _MONTHS[name]
