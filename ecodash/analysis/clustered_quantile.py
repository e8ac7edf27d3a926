"""A quantile of values that come in clusters (the purchase gaps of one customer), with Woodruff's interval.

Take the share of values at or below the quantile as a ratio over customers, put the delta interval around it, and read
the values at its two ends. Assumption: customers are independent. Source: R. S. Woodruff, Confidence intervals for
medians and other position measures, JASA 47 (1952).
"""

from dataclasses import dataclass
from math import ceil, floor

import polars as pl

from ecodash.analysis.interval import Interval
from ecodash.analysis.ratio_interval import ClusterSums, ratio_interval


@dataclass(frozen=True, kw_only=True)
class Histogram:
    """Whole-number ``values`` ascending, and how often each occurs."""

    values: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many values there are."""
        return sum(self.counts)


def histogram(frame: pl.DataFrame) -> Histogram:
    """From columns ``value`` and ``count``; equal values are added up, nulls left out."""
    table = frame.drop_nulls("value").group_by("value").agg(pl.col("count").sum()).sort("value")
    return Histogram(values=tuple(table["value"].to_list()), counts=tuple(table["count"].to_list()))


def value_at(table: Histogram, share: float) -> int | None:
    """Smallest value with at least ``share`` of all values at or below it; None without values."""
    running = 0
    for value, count in zip(table.values, table.counts, strict=True):
        running += count
        if running >= share * table.total - 1e-9:
            return value
    return None


def median(table: Histogram) -> float | None:
    """The middle value, or the mean of the two middle values; None without values."""
    total = table.total
    if total == 0:
        return None
    low, high = value_at(table, ((total + 1) // 2) / total), value_at(table, (total // 2 + 1) / total)
    return None if low is None or high is None else (low + high) / 2


def quantile_interval(
    table: Histogram, below: ClusterSums, share: float = 0.5, *, level: float = 0.95
) -> Interval | None:
    """Woodruff's interval of the quantile at ``share``; it always holds the values on both sides of the quantile.

    ``below``: per customer y = values at or below the quantile, x = all his values. None below two customers.
    """
    around = ratio_interval(below, level=level)
    if around is None or not table.total:
        return None
    half, exact = (around.high - around.low) / 2, share * table.total
    low = value_at(table, max(min(share - half, ceil(exact) / table.total), 1e-12))
    high = value_at(table, min(max(share + half, floor(exact + 1) / table.total), 1.0))
    return None if low is None or high is None else Interval(low=float(low), high=float(high), level=level)
