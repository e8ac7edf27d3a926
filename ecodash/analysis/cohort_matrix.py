"""The cohort triangle: who of those who first bought in a month bought again 0, 1, 2 … periods later.

A cell is mature when every member of the cohort has been watched to the end of the period; only mature cells carry a
share. A blank inside the triangle is 0, a cell beyond the data does not exist: the two are never mixed up.
"""

import polars as pl

CELL_COLUMNS = ("cohort", "offset", "value", "size", "mature", "share")


def cohort_cells(cohorts: pl.DataFrame, activity: pl.DataFrame) -> pl.DataFrame:
    """One row per cohort and offset 0 … ``reach``: ``value``, ``size``, ``mature`` and ``share`` (value / size).

    ``cohorts``: cohort, size, ``reach`` (last offset the data touch), ``mature`` (last offset watched by every member,
    −1 when none). ``activity``: cohort, offset, value; what is not listed is 0. ``share`` is null where not mature.
    """
    grid = (
        cohorts.with_columns(offset=pl.int_ranges(0, pl.col("reach") + 1))
        .explode("offset", empty_as_null=True)
        .drop_nulls("offset")
        .with_columns(pl.col("offset").cast(pl.Int64), pl.col("cohort").cast(pl.Int64))
    )
    known = activity.with_columns(pl.col("offset").cast(pl.Int64), pl.col("cohort").cast(pl.Int64))
    return (
        grid.join(known, on=["cohort", "offset"], how="left")
        .with_columns(pl.col("value").fill_null(0), mature=pl.col("offset") <= pl.col("mature"))
        .with_columns(share=pl.when("mature").then(pl.col("value") / pl.col("size")))
        .select(CELL_COLUMNS)
        .sort("cohort", "offset")
    )


def accumulate(cells: pl.DataFrame) -> pl.DataFrame:
    """Running total over the offsets of each cohort: for values that count each customer or each amount once."""
    return cells.with_columns(value=pl.col("value").cum_sum().over("cohort", order_by="offset")).with_columns(
        share=pl.when("mature").then(pl.col("value") / pl.col("size"))
    )


def summary(cells: pl.DataFrame) -> pl.DataFrame:
    """One row per offset over all cohorts whose cell is mature: their values added up over their sizes added up.

    Columns offset, cohorts, value, size, share. Offsets without a mature cell are left out.
    """
    return (
        cells.filter("mature")
        .group_by("offset")
        .agg(cohorts=pl.len().cast(pl.Int64), value=pl.col("value").sum(), size=pl.col("size").sum())
        .with_columns(share=pl.col("value") / pl.col("size"))
        .sort("offset")
    )
