"""The smallest effect that can be told from chance, planned before anything is changed.

Two independent estimates of the same size are compared at ``level``; the standard error of one is read off its
interval, (high − low) / 2z. An effect of size δ is found with probability ``power`` when

    δ = (z₁₋α⁄₂ + z_power) · √2 · se

Assumptions: the time after is as long as the time before, and the number varies as much. Source: J. Cohen, Statistical
Power Analysis for the Behavioral Sciences, 2nd ed. (1988), 2.4.
"""

from math import sqrt
from statistics import NormalDist

from ecodash.analysis.interval import Interval, normal_quantile


def smallest_detectable(around: Interval, *, power: float = 0.8) -> float:
    """The smallest change, up or down, in the unit of the estimate; infinite when an end of the interval is."""
    quantile = normal_quantile(around.level)
    standard_error = (around.high - around.low) / (2 * quantile)
    return (quantile + NormalDist().inv_cdf(power)) * sqrt(2) * standard_error
