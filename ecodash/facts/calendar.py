"""Days and months as numbers, spelled so that polars, DuckDB and Spark agree and the SQL stays short."""

import narwhals as nw

from ecodash.facts.fact import Frame

EPOCH_ORDINAL = 719_162
"""Days from 0001-01-01 to 1970-01-01."""


def whole(number: nw.Expr, divisor: int) -> nw.Expr:
    """``number // divisor`` of integers from 0 up to 2**40, Int64.

    Floor division of narwhals becomes a page of SQL on some engines; half a unit more than the number keeps the float
    away from the next whole quotient, so this is exact.
    """
    return ((number.cast(nw.Float64) + 0.5) * (1.0 / divisor)).floor().cast(nw.Int64)


def day_number(moment: nw.Expr) -> nw.Expr:
    """Days since 1970-01-01 of a date or timestamp, Int32; null stays null. Proleptic Gregorian, years from 1 on."""
    before = moment.dt.year().cast(nw.Int64) - 1
    leaps = whole(before, 4) - whole(before, 100) + whole(before, 400)
    days = before * 365 + leaps + moment.dt.ordinal_day().cast(nw.Int64) - (1 + EPOCH_ORDINAL)
    return days.cast(nw.Int32)


def month_number(moment: nw.Expr) -> nw.Expr:
    """``year * 12 + month - 1`` of a date or timestamp, Int32; null stays null."""
    return (moment.dt.year().cast(nw.Int64) * 12 + moment.dt.month().cast(nw.Int64) - 1).cast(nw.Int32)


def with_month(rows: Frame) -> Frame:
    """The rows with ``month`` (Int32) added from their ``day`` (1970 and later).

    Source: H. Hinnant, *chrono-compatible low-level date algorithms*, ``civil_from_days`` (years start in March); one
    step per line, because each uses the one before.
    """
    return (
        rows.with_columns(_day=nw.col("day").cast(nw.Int64) + 719_468)
        .with_columns(_era=whole(nw.col("_day"), 146_097))
        .with_columns(_of_era=nw.col("_day") - nw.col("_era") * 146_097)
        .with_columns(_leap=whole(nw.col("_of_era"), 1_460) - whole(nw.col("_of_era"), 36_524))
        .with_columns(_year=whole(nw.col("_of_era") - nw.col("_leap") + whole(nw.col("_of_era"), 146_096) * -1, 365))
        .with_columns(_since=whole(nw.col("_year"), 4) - whole(nw.col("_year"), 100))
        .with_columns(_march=whole((nw.col("_of_era") - nw.col("_year") * 365 - nw.col("_since")) * 5 + 2, 153))
        .with_columns(month=((nw.col("_year") + nw.col("_era") * 400) * 12 + nw.col("_march") + 2).cast(nw.Int32))
        .drop("_day", "_era", "_of_era", "_leap", "_year", "_since", "_march")
    )
