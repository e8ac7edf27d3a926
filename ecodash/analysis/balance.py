"""How alike two groups are before and after weighting: standardised differences of means.

d = (mean with the status − mean without) / √((s₁² + s₀²) / 2), with the unweighted standard deviations both times, so
that weighting cannot hide behind a change of scale. |d| above 0.1 is usually called unbalanced. Source: P. C. Austin,
Balance diagnostics for comparing the distribution of baseline covariates, Statistics in Medicine 28 (2009).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecodash.analysis.covariates import Covariates

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNBALANCED = 0.1


@dataclass(frozen=True, kw_only=True)
class Balance:
    """One covariate (one ``level`` of a category, None for a number): standardised difference before and after."""

    covariate: str
    level: str | None
    before: float
    after: float

    @property
    def unbalanced(self) -> bool:
        """Whether the difference that is left is above 0.1."""
        return abs(self.after) > UNBALANCED


def balance(known: Covariates, status: Ints, weights: Floats) -> tuple[Balance, ...]:
    """One row per shown column, the largest difference before weighting first; ``weights`` one per customer."""
    mine, others = status == 1, status == 0
    rows = []
    for index, column in enumerate(known.columns):
        if column.shown:
            x = known.matrix[:, index].astype(np.float64)
            one, zero = x[mine], x[others]
            scale = float(np.sqrt((one.var() + zero.var()) / 2)) or 1.0
            before = float(one.mean() - zero.mean()) / scale
            after = float(np.average(one, weights=weights[mine]) - np.average(zero, weights=weights[others])) / scale
            rows.append(Balance(covariate=column.covariate, level=column.level, before=before, after=after))
    return tuple(sorted(rows, key=lambda row: -abs(row.before)))
