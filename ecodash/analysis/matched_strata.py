"""Two groups compared inside equal strata: a ratio or a difference of what each comes to, weighted by the first group.

Customers who buy often also buy in more places, cities differ in distance: comparing inside strata and weighting both
groups alike takes that away (direct standardisation). With weights w, values a and b and their standard errors:

    A = Σ w·a, B = Σ w·b;  ratio A/B with the interval exp(ln(A/B) ± z·√(var A/A² + var B/B²)); difference (A − B)/Σw

Assumption: the strata and the two groups are independent. Source: P. Armitage, G. Berry, J. Matthews, Statistical
Methods in Medical Research, 4th ed. (2002), §19.3 and §5.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from ecodash.analysis.interval import Interval, normal_quantile


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """What both groups come to in one stratum; an error None is unknown and leaves the result without an interval."""

    weight: float
    first: float
    second: float
    first_error: float | None = None
    second_error: float | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The result of a comparison; ``interval`` None where an error is unknown."""

    value: float
    interval: Interval | None


def ratio(strata: Sequence[Stratum], *, level: float = 0.95) -> Compared | None:
    """First ÷ second over all strata; None without strata or when the second comes to nothing."""
    first, second = _sums(strata)
    if second <= 0 or not strata:
        return None
    value, errors = first / second, _errors(strata)
    if errors is None or first <= 0:
        return Compared(value=value, interval=None)
    half = normal_quantile(level) * sqrt((errors[0] / first) ** 2 + (errors[1] / second) ** 2)
    inside = Interval(low=exp(log(value) - half), high=exp(log(value) + half), level=level)
    return Compared(value=value, interval=inside)


def difference(strata: Sequence[Stratum], *, level: float = 0.95) -> Compared | None:
    """First − second, the mean over all strata; None without strata."""
    total = sum(one.weight for one in strata)
    if total <= 0:
        return None
    (first, second), errors = _sums(strata), _errors(strata)
    value = (first - second) / total
    if errors is None:
        return Compared(value=value, interval=None)
    half = normal_quantile(level) * sqrt(errors[0] ** 2 + errors[1] ** 2) / total
    return Compared(value=value, interval=Interval(low=value - half, high=value + half, level=level))


def _sums(strata: Sequence[Stratum]) -> tuple[float, float]:
    return sum(one.weight * one.first for one in strata), sum(one.weight * one.second for one in strata)


def _errors(strata: Sequence[Stratum]) -> tuple[float, float] | None:
    """Standard errors of both weighted sums; None when one of the parts is unknown."""
    squares = [0.0, 0.0]
    for one in strata:
        if one.first_error is None or one.second_error is None:
            return None
        squares[0] += (one.weight * one.first_error) ** 2
        squares[1] += (one.weight * one.second_error) ** 2
    return sqrt(squares[0]), sqrt(squares[1])
