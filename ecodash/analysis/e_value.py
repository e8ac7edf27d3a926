"""How strong an unseen cause would have to be to explain a difference away (E-value).

For a risk ratio RR ≥ 1: E = RR + √(RR·(RR − 1)); a ratio below 1 is turned round first. An unseen cause that makes both
status and outcome E times as likely, beyond everything adjusted for, could just explain the ratio; a weaker one could
not. For an interval: E of the end nearer to 1, and 1 when the interval holds 1. Source: T. VanderWeele, P. Ding,
Sensitivity analysis in observational research: introducing the E-value, Annals of Internal Medicine 167 (2017).
"""

from dataclasses import dataclass
from math import sqrt

from ecodash.analysis.interval import Interval


@dataclass(frozen=True, kw_only=True)
class EValue:
    """E of the ratio itself and of the end of its interval nearer to 1; 1 means nothing needs explaining."""

    point: float
    limit: float


def e_value(ratio: float) -> float:
    """E of one risk ratio. Raises ValueError unless it is above 0."""
    if ratio <= 0:
        raise ValueError(f"a risk ratio is above 0, not {ratio}")
    above = ratio if ratio >= 1 else 1 / ratio
    return above + sqrt(above * (above - 1))


def e_values(ratio: float, interval: Interval) -> EValue:
    """E of a ratio and of its interval (both as ratios, not as lifts)."""
    if interval.contains(1.0):
        return EValue(point=e_value(ratio), limit=1.0)
    return EValue(point=e_value(ratio), limit=e_value(interval.low if ratio > 1 else interval.high))
