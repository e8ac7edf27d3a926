"""What BG/NBD and MBG/NBD share: customers may stop after a purchase, each time with the same chance.

Assumptions: (1) while active, purchases at a steady rate λ (Poisson); (2) after a purchase the customer stops with
chance p; (3) λ is gamma(r, α), (4) p is beta(a, b), (5) independent. BG/NBD lets nobody stop before the second purchase
(``first = 0``), MBG/NBD also right after the first one (``first = 1``). With m = ``first``:

    L = Γ(r+x)α^r/Γ(r) · B(a, b+x+m)/B(a, b) · (α+T)^−(r+x) · [1 + D],  D = a/(b+x−1+m) · ((α+T)/(α+t_x))^(r+x)

D is 0 for x = 0 in BG/NBD. The forecast is in Euler's form of the hypergeometric function, which does not overflow.
Sources: P. Fader, B. Hardie, K. L. Lee, Marketing Science 24 (2005); E. P. Batislam, M. Denizel, A. Filiztekin,
International Journal of Research in Marketing 24 (2007).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, expit, gammaln, hyp2f1

from ecodash.analysis.purchase_history import Histories

Floats = NDArray[np.float64]

NO_DROPOUT = 1e-4
STARTS = ((0.0, 1.0, 0.0, 0.0), (-1.0, 2.0, -0.5, 1.0))
PARAMETERS = ("r", "alpha", "a", "b")


def log_likelihood(parameters: Floats, h: Histories, *, first: int) -> tuple[Floats, Floats]:
    """Log-likelihood of each history, and its gradient (a row each for r, α, a, b)."""
    r, alpha, a, b = parameters
    end, last = np.log(alpha + h.T), np.log(alpha + h.t_x)
    odds = _log_odds(parameters, h, first=first)
    value = gammaln(r + h.x) - gammaln(r) + r * np.log(alpha) - (r + h.x) * end + np.logaddexp(0, odds)
    value += gammaln(a + b) + gammaln(b + h.x + first) - gammaln(b) - gammaln(a + b + h.x + first)
    stopped = expit(odds)
    by_r = digamma(r + h.x) - digamma(r) + np.log(alpha) - end + stopped * (end - last)
    by_alpha = r / alpha - (r + h.x) * ((1 - stopped) / (alpha + h.T) + stopped / (alpha + h.t_x))
    both = digamma(a + b) - digamma(a + b + h.x + first)
    by_a = both + stopped / a
    by_b = both + digamma(b + h.x + first) - digamma(b) - stopped / np.where(odds > -np.inf, b + h.x - 1 + first, 1.0)
    return value, np.stack([by_r, by_alpha, by_a, by_b])


def _log_odds(parameters: Floats, h: Histories, *, first: int) -> Floats:
    """Logarithm of D, the odds that the customer stopped right after his last purchase; −∞ where he cannot have."""
    r, alpha, a, b = parameters
    could = h.x + first > 0
    chances = np.log(a) - np.log(np.where(could, b + h.x - 1 + first, 1.0))
    return np.where(could, chances + (r + h.x) * (np.log(alpha + h.T) - np.log(alpha + h.t_x)), -np.inf)


def still_there(parameters: Floats, h: Histories, *, first: int) -> Floats:
    """1 / (1 + D): chance that the customer has not stopped."""
    return np.asarray(expit(-_log_odds(parameters, h, first=first)), np.float64)


def expected(parameters: Floats, h: Histories, horizons: Sequence[float], *, first: int) -> Floats:
    """Purchases to expect within each horizon (weeks) after T: one row per horizon, one column per history."""
    r, alpha, a, b = parameters
    a = a if abs(a - 1) > 1e-7 else 1 + 1e-7  # noqa: PLR2004  (the formula has a removable hole at 1)
    lead = a + b + h.x - 1 + first
    rows = []
    for weeks in horizons:
        z = weeks / (alpha + h.T + weeks)
        euler = np.exp((a - 1) * np.log1p(-z)) * hyp2f1(a + b - 1 + first - r, a - 1, lead, z)
        rows.append(lead / (a - 1) * (1 - euler))
    return np.stack(rows) * still_there(parameters, h, first=first)


def without_dropout(values: Floats) -> bool:
    """Whether the mean chance of stopping, a / (a + b), is as good as 0."""
    return bool(values[2] / (values[2] + values[3]) < NO_DROPOUT)
