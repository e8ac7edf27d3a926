"""The two ends of a confidence interval, and the quantiles they are made with."""

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

from scipy.special import stdtrit


@dataclass(frozen=True, kw_only=True)
class Interval:
    """``low`` ≤ the quantity ≤ ``high`` at ``level``; both in the unit of the quantity."""

    low: float
    high: float
    level: float = 0.95

    def clip(self, lowest: float, highest: float) -> "Interval":
        """The same interval cut to what is possible, such as 0–1 for a share."""
        return Interval(
            low=min(max(self.low, lowest), highest), high=max(min(self.high, highest), lowest), level=self.level
        )

    def contains(self, value: float) -> bool:
        """Whether ``value`` lies between the ends, both included."""
        return self.low <= value <= self.high


@cache
def normal_quantile(level: float) -> float:
    """The z with ``level`` of a standard normal between −z and z."""
    return NormalDist().inv_cdf(0.5 + level / 2)


@cache
def student_quantile(level: float, freedom: int) -> float:
    """The t with ``level`` of Student's distribution with ``freedom`` degrees of freedom between −t and t."""
    return float(stdtrit(freedom, 0.5 + level / 2))
