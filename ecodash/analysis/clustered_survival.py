"""Interval of a quantile of a Kaplan–Meier curve when one customer has several waits (delete-one-group jackknife).

Leave out one random group of customers at a time and look how much S at the quantile moves; put the log-log interval
with that variance around it and read the days at its two ends off the whole curve. Assumption: groups are random and
customers independent. Sources: K. Wolter, Introduction to Variance Estimation, ch. 4; Brookmeyer and Crowley (1982).
"""

from collections.abc import Sequence

import numpy as np

from ecodash.analysis.interval import Interval
from ecodash.analysis.kaplan_meier import Survival, log_log_interval, quantile


def waiting_at(curve: Survival, day: float) -> float:
    """S at the end of ``day``: 1 before the first day, the last value beyond the last one."""
    index = int(np.searchsorted(curve.day, day, "right")) - 1
    return 1.0 if index < 0 else float(curve.waiting[index])


def quantile_interval(
    curve: Survival, without: Sequence[Survival], share: float, *, level: float = 0.95
) -> Interval | None:
    """Days between which ``share`` are back; ``without`` holds the curves with one group left out.

    An end the curve does not reach is infinite. None when the quantile is not reached or below two groups.
    """
    day = quantile(curve, share).day
    if day is None or len(without) <= 1:
        return None
    there = waiting_at(curve, day)
    if not 0 < there < 1:
        return None
    moved = np.array([waiting_at(other, day) for other in without])
    variance = (len(moved) - 1) / len(moved) * float(((moved - moved.mean()) ** 2).sum())
    ends = log_log_interval(there, variance / there**2, level=level)
    if ends is None:
        return None
    # The curve crosses 1 − share at ``day``; shift the band around S(day) to the band around 1 − share.
    low, high = (1 - share) + (there - ends.high), (1 - share) + (there - ends.low)
    return Interval(low=_first_at(curve, high), high=_first_at(curve, low), level=level)


def _first_at(curve: Survival, waiting: float) -> float:
    reached = np.nonzero(curve.waiting <= waiting + 1e-12)[0]
    return float(curve.day[reached[0]]) if len(reached) else float("inf")
