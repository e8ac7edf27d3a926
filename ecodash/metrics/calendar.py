"""Calendar arithmetic on day and month numbers, as expressions every engine can run.

Days are counted since 1970-01-01, months are ``year * 12 + month - 1``, weeks begin on Monday. The civil-calendar
formulas are those of H. Hinnant, chrono-compatible low-level date algorithms; they hold for every date since 1970.
"""

import narwhals as nw

from ecodash.core.period import day_number, day_of

MONDAY = 3  # day 0, 1970-01-01, was a Thursday
WEEK = 7


def week_of(day: nw.Expr) -> nw.Expr:
    """Number of the Monday-to-Sunday week of a day."""
    return (day.cast(nw.Int64) + MONDAY) // WEEK


def weekday_of(day: nw.Expr) -> nw.Expr:
    """1 for Monday … 7 for Sunday."""
    return (day.cast(nw.Int64) + MONDAY) % WEEK + 1


def month_of(day: nw.Expr) -> nw.Expr:
    """Number of the calendar month of a day."""
    z = day.cast(nw.Int64) + 719468
    era = z // 146097
    of_era = z - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    from_march = (5 * of_year + 2) // 153
    return (year + era * 400) * 12 + from_march + 2


def month_start(month: nw.Expr) -> nw.Expr:
    """Day number of the first day of a month."""
    from_march = month.cast(nw.Int64) - 2
    year, nth = from_march // 12, from_march % 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * nth + 2) // 5 - 719468


def first_day_of_month(month: int) -> int:
    """Day number of the first day of month number ``month``."""
    year, nth = divmod(month, 12)
    return day_number(day_of(0).replace(year=year, month=nth + 1))


def month_number(day: int) -> int:
    """Month number of a day number."""
    date = day_of(day)
    return date.year * 12 + date.month - 1
