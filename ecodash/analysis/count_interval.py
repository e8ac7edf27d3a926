"""Interval of the expected number of rare, independent events when so many were counted.

Assumption: events happen independently at a steady rate (Poisson). The interval is exact (Garwood): its ends are
quantiles of gamma distributions. Source: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936).
"""

from scipy.special import gammaincinv

from ecodash.analysis.interval import Interval


def count_interval(count: int, *, level: float = 0.95) -> Interval:
    """Interval around ``count`` events; from 0 for no events. Raises ValueError below 0."""
    if count < 0:
        raise ValueError(f"{count} events")
    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return Interval(low=low, high=float(gammaincinv(count + 1, 1 - tail)), level=level)
