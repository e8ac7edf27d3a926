"""Interval of a ratio of two sums when the cases come in clusters: the orders of one customer belong together.

R = Σy / Σx over customers. Assumptions: (1) customers are independent of one another, orders of one customer need not
be; (2) there are enough customers for Σx to be well away from 0. Taylor linearisation (the delta method):

    var(R) = n/(n−1) · Σ(yᵢ − R·xᵢ)² / (Σx)²

Source: W. G. Cochran, Sampling Techniques, 3rd ed. (1977), §6.4 and §9A.3. Everything is computed from six sums, so
the cases never have to be held in memory.
"""

from dataclasses import dataclass
from math import sqrt

from ecodash.analysis.interval import Interval, student_quantile


@dataclass(frozen=True, kw_only=True)
class ClusterSums:
    """Sums over customers: how many, their y and x, and the three products."""

    n: int
    y: float
    x: float
    yy: float
    xx: float
    xy: float


def ratio(sums: ClusterSums) -> float | None:
    """Σy / Σx; None when Σx is 0."""
    return sums.y / sums.x if sums.x else None


def standard_error(sums: ClusterSums) -> float | None:
    """The standard error of the ratio; None below two customers or when Σx is 0."""
    value = ratio(sums)
    if value is None or sums.n <= 1:
        return None
    squares = max(sums.yy - 2 * value * sums.xy + value * value * sums.xx, 0.0)
    return sqrt(sums.n / (sums.n - 1) * squares) / abs(sums.x)


def ratio_interval(sums: ClusterSums, *, level: float = 0.95) -> Interval | None:
    """Student interval with n−1 degrees of freedom; None where there is no standard error."""
    value, error = ratio(sums), standard_error(sums)
    if value is None or error is None:
        return None
    half = student_quantile(level, sums.n - 1) * error
    return Interval(low=value - half, high=value + half, level=level)
