"""What models of repeat buying need to know of a customer: how often, how recently, watched for how long.

x: distinct purchase days after the first; t_x: days from the first to the last of them (0 when x = 0); T: days from the
first purchase to the end of the data. Several orders on one day are one purchase. The likelihood depends on nothing
else (sufficient statistics), so customers with the same three numbers are counted together. Source: P. Fader,
B. Hardie, K. L. Lee, "Counting your customers" the easy way, Marketing Science 24 (2005).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
KEY = ("x", "t_x", "T")
WEEK = 7.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Histories:
    """Distinct histories: ``x`` purchases, ``t_x`` and ``T`` in weeks, and how many ``customers`` have each."""

    x: Floats
    t_x: Floats
    T: Floats
    customers: Floats

    @property
    def total(self) -> int:
        """How many customers there are."""
        return int(self.customers.sum())

    @property
    def repeaters(self) -> int:
        """How many of them bought again."""
        return int(self.customers[self.x > 0].sum())

    def sample(self, size: int, *, seed: int) -> "Histories":
        """``size`` customers drawn without replacement; all of them when there are no more."""
        if self.total <= size:
            return self
        dice = np.random.default_rng(seed)
        drawn = dice.multivariate_hypergeometric(self.customers.astype(np.int64), size, method="marginals")
        kept = drawn > 0
        return Histories(x=self.x[kept], t_x=self.t_x[kept], T=self.T[kept], customers=drawn[kept].astype(np.float64))


def purchase_histories(purchases: pl.DataFrame, *, last_day: int) -> pl.DataFrame:
    """One row per customer, sorted by customer: customer, first_day, x, t_x, T (days) and repeat_value.

    ``purchases``: customer, day (number), value, one row per order; those after ``last_day`` are not looked at.
    ``repeat_value`` is the mean value of the purchase days after the first, null when there is none.
    """
    days = (
        purchases.lazy().filter(pl.col("day") <= last_day).group_by("customer", "day").agg(value=pl.col("value").sum())
    )
    first, day, value = pl.col("day").min(), pl.col("day"), pl.col("value")
    return (
        days.group_by("customer")
        .agg(
            first_day=first.cast(pl.Int64),
            x=(pl.len() - 1).cast(pl.Int64),
            t_x=(day.max() - first).cast(pl.Int64),
            T=(last_day - first).cast(pl.Int64),
            repeat_value=value.filter(day > first).mean(),
        )
        .sort("customer")
        .collect()
    )


def distinct(histories: pl.DataFrame) -> pl.DataFrame:
    """x, t_x, T and customers: one row per distinct history, sorted."""
    return histories.group_by(KEY).agg(customers=pl.len()).sort(KEY)


def grouped(histories: pl.DataFrame) -> Histories:
    """The distinct histories in the order of ``distinct``, times in weeks."""
    table = distinct(histories).cast(pl.Float64)
    return Histories(
        x=table["x"].to_numpy(),
        t_x=table["t_x"].to_numpy() / WEEK,
        T=table["T"].to_numpy() / WEEK,
        customers=table["customers"].to_numpy(),
    )
