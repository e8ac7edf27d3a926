"""How many times as often: the ratio of two shares as a relative lift, with its interval.

lift = p₁/p₀ − 1; the interval is symmetric on the log scale with variance (1−p₁)/x₁ + (1−p₀)/x₀ (delta method).
Assumptions: the two groups are independent and so are their customers. Source: D. Katz, J. Baptista, S. P. Azen,
M. C. Pike, Obtaining confidence intervals for the risk ratio in cohort studies, Biometrics 34 (1978).
"""

from dataclasses import dataclass
from math import exp, log, sqrt

from ecodash.analysis.interval import Interval, normal_quantile


@dataclass(frozen=True, kw_only=True)
class Lift:
    """``value`` = first share / second share − 1; ``interval`` None when nobody of the first group has the outcome."""

    value: float
    interval: Interval | None


def relative_lift(first: tuple[int, int], second: tuple[int, int], *, level: float = 0.95) -> Lift | None:
    """The lift of ``(successes, n)`` over another; None when a group is empty or the second has no success."""
    (x1, n1), (x0, n0) = first, second
    if min(n1, n0, x0) <= 0:
        return None
    p1, p0 = x1 / n1, x0 / n0
    if x1 == 0:
        return Lift(value=-1.0, interval=None)
    half = normal_quantile(level) * sqrt((1 - p1) / x1 + (1 - p0) / x0)
    middle = log(p1 / p0)
    inside = Interval(low=exp(middle - half) - 1, high=exp(middle + half) - 1, level=level)
    return Lift(value=p1 / p0 - 1, interval=inside)
