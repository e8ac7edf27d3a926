"""The difference of two means within strata, such as two carriers city by city: like is compared with like.

Assumptions
1. Cases are independent within a stratum and group.
2. Strata weigh n₁n₂/(n₁+n₂), so a stratum with only one of the groups weighs nothing.

With wᵢ the weights, the difference is Σ wᵢ(m₁ᵢ − m₂ᵢ)/Σ wᵢ and its variance Σ wᵢ²(s²₁ᵢ/n₁ᵢ + s²₂ᵢ/n₂ᵢ)/(Σ wᵢ)².
Source: N. Mantel, W. Haenszel (1959), J. National Cancer Institute 22; S. Greenland, J. Robins (1985), Biometrics 41.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from ecodash.analysis.interval import Interval, normal_quantile


@dataclass(frozen=True, kw_only=True)
class StratifiedDifference:
    """First group minus second, over the strata that hold both; ``n`` cases in them."""

    value: float
    interval: Interval
    n: int
    strata: int


def stratified_difference(cases: pl.DataFrame, *, level: float = 0.95) -> StratifiedDifference | None:
    """The difference of ``y`` between cases with ``first`` true and false by ``stratum``; None without a common one.

    ``cases``: one row per case, columns stratum (text), first (bool), y (number).
    """
    made = cases.group_by("stratum", "first").agg(
        n=pl.len().cast(pl.Float64), mean=pl.col("y").mean(), var=pl.col("y").var(ddof=0)
    )
    both = made.filter(pl.col("first")).join(made.filter(~pl.col("first")), on="stratum")
    if both.is_empty():
        return None
    weight = pl.col("n") * pl.col("n_right") / (pl.col("n") + pl.col("n_right"))
    spread = pl.col("var") / pl.col("n") + pl.col("var_right") / pl.col("n_right")
    total, gap, variance, count = both.select(
        total=weight.sum(),
        gap=(weight * (pl.col("mean") - pl.col("mean_right"))).sum(),
        variance=(weight**2 * spread).sum(),
        cases=(pl.col("n") + pl.col("n_right")).sum(),
    ).row(0)
    value, half = gap / total, normal_quantile(level) * float(variance) ** 0.5 / total
    inside = Interval(low=value - half, high=value + half, level=level)
    return StratifiedDifference(value=value, interval=inside, n=int(count), strata=both.height)


def mean_difference(first: Iterable[float], second: Iterable[float], *, level: float) -> StratifiedDifference | None:
    """The plain difference of two means (Welch's variance, normal interval); None when one of them has no case."""
    parts = [pl.DataFrame({"y": list(values)}, schema={"y": pl.Float64}) for values in (first, second)]
    rows = [part.with_columns(stratum=pl.lit(""), first=pl.lit(i == 0)) for i, part in enumerate(parts)]
    return stratified_difference(pl.concat(rows), level=level)
