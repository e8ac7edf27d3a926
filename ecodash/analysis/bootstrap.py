"""Interval of any statistic by drawing customers anew, with replacement (the percentile bootstrap).

For statistics without a formula. Assumption: customers are independent. Source: B. Efron, R. Tibshirani, An
Introduction to the Bootstrap (1993), chapter 13. The seed is an argument, so that a number never changes by itself.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ecodash.analysis.interval import Interval

Array = NDArray[np.float64]


def bootstrap_interval(
    clusters: Array, statistic: Callable[[Array], float], *, draws: int = 1000, seed: int = 0, level: float = 0.95
) -> Interval | None:
    """Interval of ``statistic`` over the rows of ``clusters`` (one row per customer); None below two customers."""
    n = len(clusters)
    if n <= 1:
        return None
    generator = np.random.default_rng(seed)
    values = [statistic(clusters[generator.integers(0, n, n)]) for _ in range(draws)]
    low, high = np.quantile(values, [0.5 - level / 2, 0.5 + level / 2])
    return Interval(low=float(low), high=float(high), level=level)
