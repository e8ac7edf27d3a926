"""Sharing an order's total out among its lines, exactly: the largest remainder method (Hamilton's)."""

import polars as pl

_WIDE = pl.Int128


def shared_out(frame: pl.DataFrame, total: str, *, weight: str, tie: tuple[str, ...], by: str) -> pl.Series:
    """Each row's share of ``total``, which holds the same amount on every row of a ``by`` group.

    Shares are proportional to ``weight`` (equal where all weights are zero or null) and add up to the total to the
    last ten-thousandth. Remainders go to the largest fractions; ties are settled by the content of the ``tie``
    columns, never by the order of the rows. A null total has null shares.
    """
    weights = pl.col(weight).fill_null(0).abs().cast(_WIDE)
    all_zero = (weights.sum() == 0).over(by)
    rows = (
        frame.drop("at", strict=False)
        .with_row_index("at")
        .with_columns(pl.when(all_zero).then(pl.lit(1, dtype=_WIDE)).otherwise(weights).alias("w"))
    )
    rows = rows.with_columns(
        pl.col("w").sum().over(by).alias("all_w"),
        pl.col(total).abs().cast(_WIDE).alias("whole"),
        pl.col(total).sign().cast(pl.Int64).alias("sign"),
    ).with_columns((pl.col("whole") * pl.col("w")).alias("product"))
    rows = rows.with_columns(
        (pl.col("product") // pl.col("all_w")).alias("base"), (pl.col("product") % pl.col("all_w")).alias("rest")
    )
    rows = rows.with_columns((pl.col("whole") - pl.col("base").sum().over(by)).alias("left"))
    order = [pl.col("rest"), *(pl.col(name) for name in tie if name in frame.columns)]
    rows = rows.sort(
        [by, *order], descending=[False, True, *([False] * (len(order) - 1))], nulls_last=True, maintain_order=True
    )
    rows = rows.with_columns(pl.int_range(pl.len()).over(by).alias("place"))
    share = pl.col("base") + (pl.col("place") < pl.col("left")).cast(_WIDE)
    return rows.with_columns((share.cast(pl.Int64) * pl.col("sign")).alias("share")).sort("at")["share"].alias(total)
