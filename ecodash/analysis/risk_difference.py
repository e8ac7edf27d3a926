"""The effect of a programme that was switched off for a group drawn by lot: a plain difference.

Assumption: who was held out was decided by chance and nothing else. Then no adjustment is needed, and the difference is
the effect. Shares: Newcombe's hybrid score interval (Wilson inside). Means: Welch's interval with Satterthwaite's
degrees of freedom. Sources: R. G. Newcombe, Statistics in Medicine 17 (1998), method 10; B. L. Welch, Biometrika 34
(1947).
"""

from dataclasses import dataclass
from math import sqrt

from scipy.special import stdtr, stdtrit

from ecodash.analysis.difference import Difference, difference
from ecodash.analysis.interval import Interval
from ecodash.analysis.wilson import wilson


@dataclass(frozen=True, kw_only=True)
class Arm:
    """Customers of one arm: how many, the sum of their outcome and the sum of its squares (0/1: both the successes)."""

    n: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """Mean outcome; 0 when there is nobody."""
        return self.total / self.n if self.n else 0.0


def risk_difference(treated: Arm, held_out: Arm, *, level: float = 0.95) -> Difference | None:
    """Share with the outcome among the treated minus among those held out; None when an arm has nobody."""
    first, second = (wilson(round(arm.total), arm.n, level=level) for arm in (treated, held_out))
    if first is None or second is None:
        return None
    return difference(treated.mean, first, held_out.mean, second)


def mean_difference(treated: Arm, held_out: Arm, *, level: float = 0.95) -> Difference | None:
    """Mean outcome of the treated minus of those held out; None when an arm has fewer than two customers."""
    if min(treated.n, held_out.n) <= 1:
        return None
    parts = [max(arm.squares - arm.n * arm.mean**2, 0.0) / (arm.n - 1) / arm.n for arm in (treated, held_out)]
    value, error = treated.mean - held_out.mean, sqrt(sum(parts))
    if error == 0:
        return Difference(value=value, interval=Interval(low=value, high=value, level=level), p=float(value == 0))
    freedom = error**4 / sum(part**2 / (arm.n - 1) for part, arm in zip(parts, (treated, held_out), strict=True))
    half = float(stdtrit(freedom, 0.5 + level / 2)) * error
    return Difference(
        value=value,
        interval=Interval(low=value - half, high=value + half, level=level),
        p=2 * float(stdtr(freedom, -abs(value) / error)),
    )
