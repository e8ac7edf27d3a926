"""A placebo without a placebo outcome: deal the status anew among customers with about the same chance of it.

Within each fifth of the chance of the status, the status is shuffled and the whole comparison made again. The shuffled
status cannot have done anything, so the difference should be about 0; it is not when the machine itself is off.
Do not use "customers who get the status later" instead: who joins at a purchase is thereby known to have bought.
Source: P. R. Rosenbaum, Conditional permutation tests and the propensity score, JASA 79 (1984).
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ecodash.analysis.covariates import covariates
from ecodash.analysis.cross_fitting import cut, deal, status_chances
from ecodash.analysis.fair_comparison import Comparison, Design, compare
from ecodash.analysis.refused import Refused

FIFTHS = (0.2, 0.4, 0.6, 0.8)


def shuffled_comparison(table: pl.DataFrame, design: Design) -> Comparison | Refused:
    """The comparison of ``table`` with the status shuffled within fifths of its chance; same seed, same answer."""
    status = table[design.status].cast(pl.Int64).to_numpy()
    if not 0 < status.sum() < len(status):
        return compare(table, design)
    outcome = table[design.outcome].cast(pl.Float64).to_numpy()
    known = covariates(table, design.covariates)
    fold = deal(status, outcome, folds=design.folds, seed=design.seed)
    chance = status_chances(cut(known.matrix, status, fold, learner=design.learner))
    fifth = np.searchsorted(np.quantile(chance, FIFTHS), chance)
    shuffled = _shuffle_within(status, fifth, np.random.default_rng(design.seed))
    return compare(table.with_columns(pl.Series(design.status, shuffled)), design)


def _shuffle_within(
    status: NDArray[np.int64], group: NDArray[np.int64], dice: np.random.Generator
) -> NDArray[np.int64]:
    shuffled = status.copy()
    for one in np.unique(group):
        rows = np.nonzero(group == one)[0]
        shuffled[rows] = status[dice.permutation(rows)]
    return shuffled
