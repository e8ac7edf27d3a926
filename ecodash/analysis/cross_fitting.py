"""What each customer was likely to do, predicted by models that have not seen that customer (cross-fitting).

Customers are dealt into folds; every prediction for a fold comes from a model fitted on the other folds. So a flexible
model cannot fit the very noise it is later compared with. Three predictions: ``status`` e(x), the chance of having the
status (propensity); ``without`` m₀(x) and ``having`` m₁(x), the outcome to expect without and with it. Source:
V. Chernozhukov et al., Double/debiased machine learning, Econometrics Journal 21 (2018), definition 3.1.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from ecodash.analysis.covariates import Matrix
from ecodash.analysis.regression import Block, Fold, linear_predictor, linear_without_each, logistic_without_each

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Progress = Callable[[float], None]
Predict = Callable[[Matrix], Floats]

TREES = 80


class Learner(StrEnum):
    """Which model: regression with bends (the default, fast at any size) or gradient-boosted trees (from ~5 000 on)."""

    REGRESSION = "regression"
    TREES = "trees"


@dataclass(frozen=True, kw_only=True, eq=False)
class Predictions:
    """One element per customer: chance of the status, and the outcome expected without and with it."""

    status: Floats
    without: Floats
    having: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Folds:
    """``matrix`` cut by status and fold; ``rows[s, k]`` are the places of the customers in ``blocks[s, k]``."""

    count: int
    n: int
    learner: Learner
    rows: dict[tuple[int, int], Ints]
    blocks: dict[tuple[int, int], Matrix]


def deal(status: Ints, outcome: Floats, *, folds: int, seed: int, cluster: Ints | None = None) -> Ints:
    """Number of the fold of each row: equal shares of both arms and outcomes, or whole clusters at random."""
    dice = np.random.default_rng(seed)
    if cluster is not None:
        names, place = np.unique(cluster, return_inverse=True)
        whole: Ints = (dice.permutation(len(names)) % folds)[place]
        return whole
    order = np.lexsort((dice.random(len(status)), outcome > 0, status))
    fold = np.empty(len(status), np.int64)
    fold[order] = np.arange(len(status)) % folds
    return fold


def cut(matrix: Matrix, status: Ints, fold: Ints, *, learner: Learner = Learner.REGRESSION) -> Folds:
    """The data in blocks, one per status and fold."""
    count = int(fold.max()) + 1
    rows = {(s, k): np.nonzero((status == s) & (fold == k))[0] for s in (0, 1) for k in range(count)}
    blocks = {key: matrix[index] for key, index in rows.items()}
    return Folds(count=count, n=len(status), learner=learner, rows=rows, blocks=blocks)


def status_chances(folds: Folds, *, progress: Progress | None = None) -> Floats:
    """e(x) of each customer."""
    data = {key: (block, np.full(len(block), float(key[0]))) for key, block in folds.blocks.items()}
    return _held_out(folds, data, data.keys(), binary=True, progress=progress)


def expected_outcomes(folds: Folds, outcome: Floats, *, progress: Progress | None = None) -> tuple[Floats, Floats]:
    """m₀(x) and m₁(x) of each customer."""
    binary = bool(np.isin(outcome, (0.0, 1.0)).all())
    data = {key: (block, outcome[folds.rows[key]]) for key, block in folds.blocks.items()}
    arms = []
    for arm in (0, 1):
        part = None if progress is None else _part_of(progress, arm)
        seen = [key for key in data if key[0] == arm]
        arms.append(_held_out(folds, data, seen, binary=binary, progress=part))
    return arms[0], arms[1]


def _part_of(progress: Progress, arm: int) -> Progress:
    return lambda share: progress((arm + share) / 2)


def _held_out(
    folds: Folds,
    data: dict[tuple[int, int], Block],
    seen: Iterable[tuple[int, int]],
    *,
    binary: bool,
    progress: Progress | None,
) -> Floats:
    """Predictions for everybody; the model for a fold is fitted on the blocks ``seen`` outside of it."""
    out, arms = np.empty(folds.n), sorted({key[0] for key in seen})
    parts = [[data[arm, k] for arm in arms] for k in range(folds.count)]
    models = _regression(parts, binary=binary) if folds.learner is Learner.REGRESSION else _trees(parts, binary=binary)
    for k, predict in enumerate(models):
        for arm in (0, 1):
            out[folds.rows[arm, k]] = predict(folds.blocks[arm, k])
        if progress is not None:
            progress((k + 1) / folds.count)
    return out


def _regression(parts: Sequence[Fold], *, binary: bool) -> Iterator[Predict]:
    if binary:
        for odds in logistic_without_each(parts):
            yield partial(_share, odds)
    else:
        for mean in linear_without_each(parts):
            yield partial(linear_predictor, beta=mean)


def _share(odds: Floats, matrix: Matrix) -> Floats:
    return np.asarray(expit(linear_predictor(matrix, odds)), np.float64)


def _trees(parts: Sequence[Fold], *, binary: bool) -> Iterator[Predict]:
    for left_out in range(len(parts)):
        blocks = [block for k, fold in enumerate(parts) if k != left_out for block in fold]
        yield _forest(np.concatenate([x for x, _ in blocks]), np.concatenate([y for _, y in blocks]), binary=binary)


def _forest(x: Matrix, y: Floats, *, binary: bool) -> Predict:
    from sklearn.ensemble import (  # noqa: PLC0415  (a second to import, and seldom asked for)
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
    )

    if binary and y.min() == y.max():
        return lambda matrix: np.full(len(matrix), y[0])
    kind = HistGradientBoostingClassifier if binary else HistGradientBoostingRegressor
    model = kind(
        max_iter=TREES,
        learning_rate=0.08,
        max_leaf_nodes=8,
        min_samples_leaf=40,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    ).fit(x, y)
    if binary:
        return lambda matrix: np.asarray(model.predict_proba(matrix)[:, 1], np.float64)
    return lambda matrix: np.asarray(model.predict(matrix), np.float64)
