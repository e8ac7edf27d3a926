"""Whether larger purchases are cheaper: the slope of log price on log quantity within products, time held constant.

ln pᵢ = aᵢ(product) + β ln qᵢ + γ tᵢ + εᵢ, least squares after the means of each product are taken off; standard errors
take the lines of one product together. β = −0.1: twice the quantity costs about 7 % less a piece.
Source: J. M. Wooldridge, *Econometric Analysis of Cross Section and Panel Data*, 2nd ed. (2010), §10.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecodash.analysis.demand_history import Numbers
from ecodash.analysis.interval import student_quantile

LEAST_SPREAD = 1e-9


@dataclass(frozen=True, kw_only=True)
class ScaleEffect:
    """The slope with its interval; negative: cheaper at scale."""

    slope: float
    low: float
    high: float


def scale_effect(
    product: Sequence[str], quantity: Numbers, price: Numbers, day: Numbers, *, level: float = 0.95
) -> ScaleEffect | None:
    """The slope of ``price`` on ``quantity`` (both logs); None when quantities do not differ within products."""
    names, place = np.unique(np.array(product, dtype=str), return_inverse=True) if len(product) else ((), None)
    if place is None or len(names) < 2:  # noqa: PLR2004 - an interval needs two clusters
        return None
    x = np.stack([_within(quantity, place), _within(day / 365.0, place)], axis=1)
    y = _within(price, place)
    if (x[:, 0] ** 2).sum() < LEAST_SPREAD:
        return None
    bread = np.linalg.pinv(x.T @ x)
    beta = bread @ x.T @ y
    scores = x * (y - x @ beta)[:, None]
    sums = np.stack([np.bincount(place, weights=scores[:, i]) for i in range(2)], axis=1)
    clusters = len(names)
    spread = bread @ (sums.T @ sums) @ bread * clusters / (clusters - 1)
    half = student_quantile(level, clusters - 1) * float(np.sqrt(max(spread[0, 0], 0.0)))
    return ScaleEffect(slope=float(beta[0]), low=float(beta[0]) - half, high=float(beta[0]) + half)


def _within(values: Numbers, place: np.ndarray) -> Numbers:
    means = np.bincount(place, weights=values) / np.bincount(place)
    return np.asarray(values - means[place])
