"""The difference the status makes among comparable customers (augmented inverse-probability weighting, AIPW).

Assumptions: (1) given the covariates, who has the status is as good as chance: no unseen cause of both status and
outcome; (2) overlap: comparable customers exist with and without it; (3) one customer's status does not change another's
outcome. *Doubly robust*: right when either the model of the status or the model of the outcome is right. With e the
chance of the status, m₀ and m₁ the expected outcomes, a the status and y the outcome, the mean with (without) the
status is Σnum₁/Σc (Σnum₀/Σc):

    overlap   c = e(1−e) + (1−2e)(a−e)   num₁ = c·m₁ + a(1−e)(y−m₁)    num₀ = c·m₀ + (1−a)e(y−m₀)
    everyone  c = 1                      num₁ = m₁ + a(y−m₁)/e         num₀ = m₀ + (1−a)(y−m₀)/(1−e)
    having    c = a                      num₁ = a·y                    num₀ = a·m₀ + (1−a)(y−m₀)e/(1−e)

Standard errors from the influence function (num − c·mean) / mean(c), added up per cluster. Sources: J. Robins,
A. Rotnitzky, L. P. Zhao, JASA 89 (1994); F. Li, K. Morgan, A. Zaslavsky, JASA 113 (2018) for the overlap population;
V. Chernozhukov et al., Econometrics Journal 21 (2018).
"""

from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from ecodash.analysis.cross_fitting import Predictions
from ecodash.analysis.interval import Interval, normal_quantile

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CLIP = 0.01
"""Chances of the status are held within 1–99 %, so that no single customer can carry the answer."""


class Population(StrEnum):
    """For whom the difference holds.

    ``overlap``: customers who might as well have or not have the status, weighted by how open it was (ATO).
    ``everyone``: all customers (ATE). ``having``: those who have the status (ATT).
    """

    OVERLAP = "overlap"
    EVERYONE = "everyone"
    HAVING = "having"


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Mean outcome ``having`` and ``without`` the status in ``population``, and their difference.

    Units are those of the outcome (a share for 0/1). ``lift`` is having / without − 1; it and its interval are None
    unless both means are above 0. ``p`` tests "no difference". ``n`` customers (or clusters) stand behind it.
    """

    population: Population
    having: float
    without: float
    difference: float
    error: float
    interval: Interval
    p: float
    lift: float | None
    lift_interval: Interval | None
    n: int


def doubly_robust(
    status: Ints,
    outcome: Floats,
    predicted: Predictions,
    *,
    population: Population = Population.OVERLAP,
    cluster: Ints | None = None,
) -> Effect:
    """The effect with its 95 % interval; arrays have one element per customer (or row of a ``cluster``)."""
    weight, having, without = _terms(status, outcome, predicted, population)
    total = weight.sum()
    mean1, mean0 = float(having.sum() / total), float(without.sum() / total)
    scale = len(status) / total
    push1, push0 = (having - weight * mean1) * scale, (without - weight * mean0) * scale
    if cluster is not None:
        place = np.unique(cluster, return_inverse=True)[1]
        push1, push0 = np.bincount(place, push1), np.bincount(place, push0)
    error = _error(push1 - push0, len(status))
    z = normal_quantile(0.95)
    gap = mean1 - mean0
    lift = lift_interval = None
    if mean1 > 0 and mean0 > 0:
        middle, half = log(mean1 / mean0), z * _error(push1 / mean1 - push0 / mean0, len(status))
        lift, lift_interval = exp(middle) - 1, Interval(low=exp(middle - half) - 1, high=exp(middle + half) - 1)
    return Effect(
        population=population,
        having=mean1,
        without=mean0,
        difference=gap,
        error=error,
        interval=Interval(low=gap - z * error, high=gap + z * error),
        p=2 * (1 - NormalDist().cdf(abs(gap) / error)) if error else float(gap == 0),
        lift=lift,
        lift_interval=lift_interval,
        n=len(push1),
    )


def _terms(a: Ints, y: Floats, predicted: Predictions, population: Population) -> tuple[Floats, Floats, Floats]:
    """c, num₁ and num₀ of each row."""
    e, m0, m1 = np.clip(predicted.status, CLIP, 1 - CLIP), predicted.without, predicted.having
    if population is Population.OVERLAP:
        c = e * (1 - e) + (1 - 2 * e) * (a - e)
        return c, c * m1 + a * (1 - e) * (y - m1), c * m0 + (1 - a) * e * (y - m0)
    if population is Population.EVERYONE:
        return np.ones(len(y)), m1 + a * (y - m1) / e, m0 + (1 - a) * (y - m0) / (1 - e)
    return a.astype(np.float64), a * y, a * m0 + (1 - a) * (y - m0) * e / (1 - e)


def _error(push: Floats, rows: int) -> float:
    """Standard error of a mean over ``rows`` from the influence of each customer on it."""
    n = len(push)
    return sqrt(n / (n - 1) * float(((push - push.mean()) ** 2).sum())) / rows if n > 1 else 0.0
