"""Interval of any smooth number made of sums, from leaving out one random group of customers at a time.

For numbers without a formula of their own: an index of concentration, a difference of two growth rates. Assumption:
customers are independent and were put into groups at random. With k groups and θ₋ᵢ the number without group i:

    var(θ) = (k−1)/k · Σ (θ₋ᵢ − mean θ₋)²,  interval θ ± t(k−1) · √var

Source: K. Wolter, Introduction to Variance Estimation, 2nd ed. (2007), §4.2 (the grouped jackknife). Not for medians.
"""

from collections.abc import Callable, Mapping, Sequence
from math import sqrt

from ecodash.analysis.interval import Interval, student_quantile

Sums = Mapping[str, tuple[float, float]]
"""Two sums per cell, by the name of the cell: an amount and how much it is spread over (cases, or another amount)."""
Statistic = Callable[[Sums], float | None]


def together(groups: Sequence[Sums]) -> dict[str, tuple[float, float]]:
    """The sums of all groups, cell by cell, in the order the cells first appear."""
    found: dict[str, tuple[float, float]] = {}
    for group in groups:
        for cell, (amount, weight) in group.items():
            known = found.get(cell, (0.0, 0.0))
            found[cell] = (known[0] + amount, known[1] + weight)
    return found


def random_group_interval(groups: Sequence[Sums], statistic: Statistic, *, level: float = 0.95) -> Interval | None:
    """Interval of ``statistic`` of all sums; None below two groups or where it does not exist without one of them."""
    everything, k = together(groups), len(groups)
    value = statistic(everything)
    if value is None or k <= 1:
        return None
    without = [statistic(_less(everything, group)) for group in groups]
    known = [number for number in without if number is not None]
    if len(known) < k:
        return None
    mean = sum(known) / k
    half = student_quantile(level, k - 1) * sqrt((k - 1) / k * sum((one - mean) ** 2 for one in known))
    return Interval(low=value - half, high=value + half, level=level)


def _less(everything: Sums, group: Sums) -> dict[str, tuple[float, float]]:
    left = dict(everything)
    for cell, (amount, weight) in group.items():
        whole = left[cell]
        left[cell] = (whole[0] - amount, whole[1] - weight)
    return left
