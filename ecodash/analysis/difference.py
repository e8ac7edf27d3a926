"""Interval and p-value of a difference of two independent estimates from their own intervals (MOVER).

For a difference d = a − b with intervals (la, ua) and (lb, ub):

    low = d − √((a − la)² + (ub − b)²),  high = d + √((ua − a)² + (b − lb)²)

With Wilson intervals this is Newcombe's hybrid score interval. Assumption: the two are independent. Sources:
R. G. Newcombe, Statistics in Medicine 17 (1998), method 10; G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008).
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from ecodash.analysis.interval import Interval, normal_quantile


@dataclass(frozen=True, kw_only=True)
class Difference:
    """``value`` = first − second, its interval, and the p-value of there being no difference."""

    value: float
    interval: Interval
    p: float


def difference(first: float, around_first: Interval, second: float, around_second: Interval) -> Difference:
    """Both intervals must have the same level; an end that is infinite makes that side of the result infinite."""
    value = first - second
    down = sqrt((first - around_first.low) ** 2 + (around_second.high - second) ** 2)
    up = sqrt((around_first.high - first) ** 2 + (second - around_second.low) ** 2)
    level = around_first.level
    towards_zero = (down if value > 0 else up) / normal_quantile(level)
    if value == 0:
        p = 1.0
    elif towards_zero == 0:
        p = 0.0
    else:
        p = 2 * (1 - NormalDist().cdf(abs(value) / towards_zero))
    return Difference(value=value, interval=Interval(low=value - down, high=value + up, level=level), p=p)
