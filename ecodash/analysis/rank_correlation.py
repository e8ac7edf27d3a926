"""Whether two orders agree: Spearman's rank correlation, with ties at their mean rank.

ρ is the correlation of the ranks. Source: C. Spearman, The proof and measurement of association between two things,
American Journal of Psychology 15 (1904).
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

FEWEST = 2


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """ρ from −1 to 1; None with fewer than two pairs or where one side never varies. Raises ValueError on other lengths."""
    if len(first) != len(second):
        raise ValueError(f"{len(first)} and {len(second)} values are no pairs")
    if len(first) < FEWEST or len(set(first)) < FEWEST or len(set(second)) < FEWEST:
        return None
    return float(np.clip(np.corrcoef(_ranks(first), _ranks(second))[0, 1], -1.0, 1.0))


def _ranks(values: Sequence[float]) -> pl.Series:
    return pl.Series(values, dtype=pl.Float64).rank("average")
