"""Arithmetic with ten-thousandths that every engine does alike: rounding, conversion, sharing out."""

import narwhals as nw


def rounded(value: nw.Expr) -> nw.Expr:
    """The nearest Int64 of a float, halves away from zero (engines round halves differently, so it is spelled out)."""
    up = (value + 0.5).floor().cast(nw.Int64)
    return nw.when(value >= 0).then(up).otherwise((value * -1.0 + 0.5).floor().cast(nw.Int64) * -1)


def converted(amount: str) -> nw.Expr:
    """Column ``amount`` in base currency by column ``rate``: exact when the rate is 1, 0 when it is null."""
    foreign = rounded(nw.col(amount).cast(nw.Float64) * nw.col("rate"))
    return nw.when(nw.col("rate") == 1.0).then(nw.col(amount)).otherwise(foreign).fill_null(0).cast(nw.Int64)


def times(amount: str, qty: str) -> nw.Expr:
    """Ten-thousandths × ten-thousandths, in ten-thousandths, rounded; null when either is null."""
    product = nw.col(amount).cast(nw.Float64) * nw.col(qty).cast(nw.Float64)
    return rounded(product / 10_000.0)


def shares(total: str, weight: str) -> nw.Expr:
    """Split ``total`` (the same on all rows of an order) by ``weight``, so that the parts add up to it exactly.

    One Int64 per row: the step of the rounded running share. Rows are taken in the order of ``line_key``; weights are
    Int64, not negative; an order whose weights are all 0 gets 0 everywhere.
    """
    running = nw.col(weight).cum_sum().over("order_id", order_by="line_key")
    total_weight = nw.col(weight).sum().over("order_id")
    whole = nw.when(total_weight > 0).then(total_weight).otherwise(1)
    upto = _share(total, running, whole)
    before = _share(total, running - nw.col(weight), whole)
    return nw.when(total_weight > 0).then(upto - before).otherwise(0).cast(nw.Int64)


def _share(total: str, part: nw.Expr, whole: nw.Expr) -> nw.Expr:
    exact = nw.col(total).cast(nw.Float64) * (part.cast(nw.Float64) / whole.cast(nw.Float64))
    return rounded(exact)


def at_least_zero(value: nw.Expr) -> nw.Expr:
    """The value, or 0 where it is negative; null stays null."""
    return nw.when(value < 0).then(0).otherwise(value).cast(nw.Int64)


def largest(*values: nw.Expr) -> nw.Expr:
    """Row-wise maximum of Int64 values, nulls as 0."""
    return nw.max_horizontal(*(value.fill_null(0) for value in values)).cast(nw.Int64)


def smaller(left: nw.Expr, right: nw.Expr) -> nw.Expr:
    """Row-wise minimum of two Int64 values without nulls."""
    return nw.when(left < right).then(left).otherwise(right)
