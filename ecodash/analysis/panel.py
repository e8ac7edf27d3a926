"""The effect of x on y in a panel with a constant of its own for every unit and every time (two-way fixed effects).

Assumptions
1. y = α_unit + γ_time + β·x + error, and nothing else that moves within units over time goes along with x.
2. Units are independent of one another; the errors of one unit need not be.

Means of units and times are taken out in turn until nothing is left of them (the panel may have gaps), then
β = Σx̃ỹ / Σx̃² with the variance clustered by unit. Sources: J. Wooldridge, Econometric Analysis of Cross Section and
Panel Data, 2nd ed. (2010), §10.5; A. C. Cameron, D. L. Miller, J. Human Resources 50 (2015).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ecodash.analysis.interval import student_quantile

Floats = NDArray[np.float64]
ROUNDS = 200
SETTLED = 1e-10
FLAT = 1e-6
"""Variance of x left within units and times below which its effect cannot be told."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Change of y per unit of x; ``n`` rows of the panel."""

    value: float
    low: float
    high: float
    n: int


def effect(panel: pl.DataFrame, *, level: float = 0.95) -> Effect | None:
    """The effect of ``x`` on ``y``; None when x hardly varies or there are fewer than 3 units or 2 times.

    ``panel``: one row per ``unit`` and ``time`` with the numbers ``x`` and ``y``.
    """
    units, times = (panel[name].rank("dense").to_numpy().astype(np.int64) - 1 for name in ("unit", "time"))
    if len(panel) == 0 or units.max() < 2 or times.max() < 1:  # noqa: PLR2004 - three units, two times
        return None
    x, y = (_within(panel[name].to_numpy().astype(np.float64), units, times) for name in ("x", "y"))
    spread = float(x @ x)
    if spread / len(x) < FLAT:
        return None
    value = float(x @ y) / spread
    scores = np.bincount(units, weights=x * (y - value * x))
    k = len(scores)
    error = sqrt(k / (k - 1) * float(scores @ scores)) / spread
    half = student_quantile(level, k - 1) * error
    return Effect(value=value, low=value - half, high=value + half, n=len(panel))


def _within(values: Floats, units: NDArray[np.int64], times: NDArray[np.int64]) -> Floats:
    """The values without the means of their unit and their time."""
    left: Floats = values - values.mean()
    for _ in range(ROUNDS):
        before = left
        for key in (units, times):
            means = np.bincount(key, weights=left) / np.bincount(key)
            left = left - means[key]
        if float(np.abs(left - before).max()) < SETTLED:
            break
    return left
