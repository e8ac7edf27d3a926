"""Gamma-Gamma: what a customer's next purchase will be worth, from the few he made.

Assumptions: (1) a customer's purchases vary around his own mean as gamma(p, ν); (2) ν varies between customers as
gamma(q, γ); (3) value and frequency are independent (checked: ``correlation``). A customer's mean is pulled towards the
mean of all the more, the fewer purchases he made: E = p(γ + x·m) / (p·x + q − 1). Only customers with a repeat purchase
of a value above 0 are fitted. Source: P. Fader, B. Hardie, The Gamma-Gamma Model of Monetary Value (2013).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln

from ecodash.analysis.maximum_likelihood import maximise
from ecodash.analysis.refused import Reason, Refused
from ecodash.core.text import Text

Floats = NDArray[np.float64]

SAMPLE, LEAST_CUSTOMERS = 50_000, 50
DEPENDENT = 0.3


@dataclass(frozen=True, kw_only=True)
class GammaGamma:
    """``p``, ``q`` and ``gamma`` (in money), fitted to ``customers``; ``errors`` are of their logarithms (or None).

    ``correlation`` of number and mean value of purchases; above 0.3 assumption 3 fails and ``dependent`` is True.
    """

    p: float
    q: float
    gamma: float
    errors: tuple[float, float, float] | None
    correlation: float
    customers: int

    @property
    def dependent(self) -> bool:
        """Whether frequent buyers' purchases differ so much in value that the forecast is doubtful."""
        return abs(self.correlation) > DEPENDENT

    @property
    def mean(self) -> float | None:
        """Mean value of a purchase over all customers, pγ / (q − 1); None when q ≤ 1 and there is none."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else None


def fit(x: Floats, value: Floats, *, seed: int = 0) -> GammaGamma | Refused:
    """From each customer's number of repeat purchases and their mean value; at most 50 000 customers are looked at."""
    kept = np.nonzero((x > 0) & (value > 0) & np.isfinite(value))[0]
    if len(kept) < LEAST_CUSTOMERS:
        text = Text(
            "有金额的复购顾客只有 {n} 位；估计客单价至少需要 {least} 位。",
            "Only {n} customers came back and spent something; an estimate of their value needs {least}.",
        )
        return Refused(Reason.TOO_FEW_CUSTOMERS, text.format(n=len(kept), least=LEAST_CUSTOMERS))
    if len(kept) > SAMPLE:
        kept = np.sort(np.random.default_rng(seed).choice(kept, SAMPLE, replace=False))
    x, value = x[kept].astype(np.float64), value[kept].astype(np.float64)
    scale = float(value.mean())
    best = maximise(lambda theta: _likelihood(theta, x, value / scale), [np.log([2.0, 3.0, 1.0])])
    if not best.converged:
        text = Text("客单价模型没有收敛。", "The model of purchase values did not converge.")
        return Refused(Reason.NOT_CONVERGED, text)
    p, q, gamma = np.exp(best.log_parameters).tolist()
    errors = None if best.covariance is None else np.sqrt(np.diag(best.covariance)).tolist()
    varies = x.std() > 0 and value.std() > 0
    return GammaGamma(
        p=p,
        q=q,
        gamma=gamma * scale,
        errors=None if errors is None else (errors[0], errors[1], errors[2]),
        correlation=float(np.corrcoef(x, value)[0, 1]) if varies else 0.0,
        customers=len(x),
    )


def _likelihood(parameters: Floats, x: Floats, m: Floats) -> tuple[float, Floats]:
    """Log-likelihood of the mean values ``m`` of ``x`` purchases, and its gradient by p, q and γ."""
    p, q, gamma = parameters
    px, total = p * x, gamma + x * m
    value = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(gamma)
    value += (px - 1) * np.log(m) + px * np.log(x) - (px + q) * np.log(total)
    by_p = x * (digamma(px + q) - digamma(px) + np.log(m) + np.log(x) - np.log(total))
    by_q = digamma(px + q) - digamma(q) + np.log(gamma) - np.log(total)
    by_gamma = q / gamma - (px + q) / total
    return float(value.sum()), np.array([by_p.sum(), by_q.sum(), by_gamma.sum()])


def expected_value(found: GammaGamma, x: Floats, value: Floats) -> Floats:
    """Value of the next purchase of customers with ``x`` repeat purchases of mean ``value``; the mean of all for x = 0.

    NaN where the model has no mean (p·x + q ≤ 1).
    """
    known = (x > 0) & (value > 0)
    x, value = np.where(known, x, 0.0), np.where(known, value, 0.0)
    below = found.p * x + found.q - 1
    return np.where(below > 0, found.p * (found.gamma + x * value) / np.where(below > 0, below, 1.0), np.nan)
