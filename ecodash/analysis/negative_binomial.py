"""The negative binomial distribution of demand: tail and quantiles, from special functions alone.

``r`` is its size (1/φ of a variance μ + φμ²) and ``p`` = r/(r + μ); both may be arrays. Source: M. Abramowitz and I. Stegun,
Handbook of Mathematical Functions (1964), 26.5.26. The whole of ``scipy.stats`` gives the same numbers, but takes a second
to import at every start.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, nbdtrik

Floats = NDArray[np.float64]


def above(k: ArrayLike, r: ArrayLike, p: ArrayLike) -> Floats:
    """The chance of more than ``k``; 1 for every ``k`` below 0."""
    count = np.asarray(k, dtype=np.float64)
    chance = betainc(np.maximum(count, 0.0) + 1.0, r, 1.0 - np.asarray(p, dtype=np.float64))
    return np.where(count < 0, 1.0, chance)


def quantile(level: ArrayLike, r: ArrayLike, p: ArrayLike) -> Floats:
    """The smallest count that is reached with at least the chance ``level`` in (0, 1)."""
    chance = np.asarray(level, dtype=np.float64)
    found: Floats = np.ceil(nbdtrik(chance, r, p))
    lower = np.maximum(found - 1.0, 0.0)
    return np.where(1.0 - above(lower, r, p) >= chance, lower, found)
