"""A straight line through each of several groups, y = a + b·x, and how much of all y is the constant part.

The fixed part is Σ aₖ·nₖ / Σ y. Assumptions: within a group the line is straight and the errors are independent with
one variance. With Sxx = Σ(x − x̄)² and s² the residual variance, var(aₖ) = s²(1/nₖ + x̄²/Sxx). Source: N. R. Draper,
H. Smith, Applied Regression Analysis, 3rd ed. (1998), §1.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from ecodash.analysis.interval import normal_quantile

LEAST = 3
"""Points a line with an error needs."""


@dataclass(frozen=True, kw_only=True)
class Moments:
    """Sums over the points of a group: how many, x, y, x², xy, y²."""

    n: int
    x: float
    y: float
    xx: float
    xy: float
    yy: float


@dataclass(frozen=True, kw_only=True)
class FixedPart:
    """Share of all y that does not depend on x; below 0 where y falls short of proportional for small x."""

    value: float
    low: float
    high: float


def fixed_part(groups: Sequence[Moments], *, level: float = 0.95) -> FixedPart | None:
    """The constant part of y over the groups a line can be fitted to; None when there is none or Σy is 0."""
    fitted = [(one, line) for one in groups if (line := _line(one)) is not None]
    whole = sum(one.y for one, _ in fitted)
    if not fitted or whole == 0:
        return None
    value = sum(a * one.n for one, (a, _) in fitted) / whole
    half = normal_quantile(level) * sqrt(sum((error * one.n) ** 2 for one, (_, error) in fitted)) / abs(whole)
    return FixedPart(value=value, low=value - half, high=value + half)


def _line(sums: Moments) -> tuple[float, float] | None:
    """Intercept and its standard error; None below three points or when all x are the same."""
    if sums.n < LEAST:
        return None
    n, mean_x, mean_y = sums.n, sums.x / sums.n, sums.y / sums.n
    spread = sums.xx - n * mean_x**2
    if spread <= 1e-9 * max(sums.xx, 1.0):
        return None
    slope = (sums.xy - n * mean_x * mean_y) / spread
    residual = max(sums.yy - n * mean_y**2 - slope * (sums.xy - n * mean_x * mean_y), 0.0)
    error = sqrt(residual / (n - 2) * (1 / n + mean_x**2 / spread))
    return mean_y - slope * mean_x, error
