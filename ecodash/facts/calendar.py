"""Days and months as numbers, spelled so that polars, DuckDB and Spark agree."""

import narwhals as nw

EPOCH_ORDINAL = 719_162
"""Days from 0001-01-01 to 1970-01-01."""


def day_number(moment: nw.Expr) -> nw.Expr:
    """Days since 1970-01-01 of a date or timestamp, Int32; null stays null. Proleptic Gregorian, years from 1 on."""
    before = moment.dt.year().cast(nw.Int64) - 1
    leaps = before // 4 - before // 100 + before // 400
    days = before * 365 + leaps + moment.dt.ordinal_day().cast(nw.Int64) - 1 - EPOCH_ORDINAL
    return days.cast(nw.Int32)


def month_number(moment: nw.Expr) -> nw.Expr:
    """``year * 12 + month - 1`` of a date or timestamp, Int32; null stays null."""
    return (moment.dt.year().cast(nw.Int64) * 12 + moment.dt.month().cast(nw.Int64) - 1).cast(nw.Int32)


def month_of(day: nw.Expr) -> nw.Expr:
    """Month number of a day number, Int32; null stays null. Days from 0000-03-01 on.

    Source: H. Hinnant, *chrono-compatible low-level date algorithms*, ``civil_from_days`` (years start in March).
    """
    shifted = day.cast(nw.Int64) + 719_468
    era = shifted // 146_097
    of_era = shifted - era * 146_097
    year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    since_march = (5 * of_year + 2) // 153
    return ((year + era * 400) * 12 + since_march + 2).cast(nw.Int32)
