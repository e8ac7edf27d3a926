"""Calendar arithmetic on day and month numbers, as short expressions every engine can run.

Days are counted since 1970-01-01, months are ``year * 12 + month - 1``, weeks begin on Monday. The formulas hold from
1970 to 2099, where every fourth year is a leap year: years are counted from 1 March 1968, so that the leap day is the
last day of a year.
"""

import narwhals as nw

from ecodash.core.period import day_number, day_of
from ecodash.facts.calendar import whole

MONDAY = 3  # day 0, 1970-01-01, was a Thursday
WEEK = 7
_MARCH_1968 = -671
_FOUR_YEARS = 1461


def week_of(day: nw.Expr) -> nw.Expr:
    """Number of the Monday-to-Sunday week of a day."""
    return whole(day.cast(nw.Int64) + MONDAY, WEEK)


def weekday_of(day: nw.Expr) -> nw.Expr:
    """1 for Monday … 7 for Sunday."""
    return day.cast(nw.Int64) + MONDAY + 1 - week_of(day) * WEEK


def month_of(day: nw.Expr) -> nw.Expr:
    """Number of the calendar month of a day."""
    since = day.cast(nw.Int64) - _MARCH_1968
    year = whole(since * 4 + 3, _FOUR_YEARS)
    of_year = since - whole(year * _FOUR_YEARS, 4)
    return year * 12 + whole(of_year * 5 + 2, 153) + (1968 * 12 + 2)


def month_start(month: nw.Expr) -> nw.Expr:
    """Day number of the first day of a month."""
    from_march = month.cast(nw.Int64) - (1968 * 12 + 2)
    year = whole(from_march, 12)
    return whole(year * _FOUR_YEARS, 4) + whole((from_march - year * 12) * 153 + 2, 5) + _MARCH_1968


def first_day_of_month(month: int) -> int:
    """Day number of the first day of month number ``month``."""
    year, nth = divmod(month, 12)
    return day_number(day_of(0).replace(year=year, month=nth + 1))


def month_number(day: int) -> int:
    """Month number of a day number."""
    date = day_of(day)
    return date.year * 12 + date.month - 1
