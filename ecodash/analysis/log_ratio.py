"""The ratio of two positive averages of independent groups, with an interval on the logarithmic scale.

For estimates a and b with standard errors of their logarithms eₐ and e_b the interval is a/b · exp(±z·√(eₐ² + e_b²)).
Assumption: both logarithms are nearly normal. The standard error of the logarithm of a mean is that of the mean divided
by the mean; that of a median is the width of its rank interval on the logarithmic scale divided by 2z. Source:
G. W. Snedecor, W. G. Cochran, Statistical Methods, 8th ed. (1989), §10.7; ranks: W. J. Conover, Practical Nonparametric
Statistics, 3rd ed. (1999), §3.2.
"""

from dataclasses import dataclass
from math import ceil, exp, log, sqrt

import polars as pl

from ecodash.analysis.interval import normal_quantile


@dataclass(frozen=True, kw_only=True)
class RatioOfAverages:
    """First ÷ second. ``low``/``high`` are None where a group has a single case; ``n`` cases in both."""

    value: float
    low: float | None
    high: float | None
    n: int


def median_ratio(first: pl.Series, second: pl.Series, *, level: float = 0.95) -> RatioOfAverages | None:
    """Ratio of the medians of two sorted series of positive numbers; None when one is empty."""
    if first.is_empty() or second.is_empty():
        return None
    errors = [_median_error(values, level) for values in (first, second)]
    return _ratio(_middle(first) / _middle(second), errors, len(first) + len(second), level)


def mean_ratio(first: pl.Series, second: pl.Series, *, level: float = 0.95) -> RatioOfAverages | None:
    """Ratio of the means of two series of numbers with positive means; None when one is empty."""
    if first.is_empty() or second.is_empty():
        return None
    above, below = _mean(first), _mean(second)
    errors = [_mean_error(values) for values in (first, second)]
    return _ratio(above / below, errors, len(first) + len(second), level)


def _ratio(value: float, errors: list[float | None], n: int, level: float) -> RatioOfAverages:
    known = [error for error in errors if error is not None]
    if len(known) < len(errors):
        return RatioOfAverages(value=value, low=None, high=None, n=n)
    half = normal_quantile(level) * sqrt(sum(error**2 for error in known))
    return RatioOfAverages(value=value, low=value * exp(-half), high=value * exp(half), n=n)


def _middle(values: pl.Series) -> float:
    n = len(values)
    return float(values[(n - 1) // 2] + values[n // 2]) / 2


def _mean(values: pl.Series) -> float:
    return float(values.sum()) / len(values)


def _median_error(values: pl.Series, level: float) -> float | None:
    n, z = len(values), normal_quantile(level)
    if n <= 1:
        return None
    half = z * sqrt(n) / 2
    low, high = max(int(n / 2 - half), 1), min(ceil(n / 2 + half + 1), n)
    return (log(values[high - 1]) - log(values[low - 1])) / (2 * z)


def _mean_error(values: pl.Series) -> float | None:
    n = len(values)
    if n <= 1:
        return None
    middle = _mean(values)
    variance = float(((values - middle) ** 2).sum()) / (n - 1)
    return sqrt(variance / n) / middle
