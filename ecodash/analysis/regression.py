"""Logistic and linear regression with a small ridge, fitted once for every fold that is left out.

Cross-fitting fits the same model to overlapping parts of the data. Sums over folds are kept apart, so that leaving one
out is a subtraction: for least squares that is the whole answer; for logistic regression it gives the Newton step from
the fit to all the data, and steps with the same curvature follow until nothing is gained. The intercept is not
penalised. Source: T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, 2nd ed. (2009), §3.4.1
and §4.4.1.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from ecodash.analysis.covariates import Matrix

Floats = NDArray[np.float64]
Block = tuple[Matrix, Floats]
Fold = Sequence[Block]

RIDGE = 1.0
"""Penalty ½·Σβ² on standardised columns, as scikit-learn's C = 1."""

ENOUGH = 1e-5
"""Steps end when twice what the likelihood can still gain is below this; the last step is still taken."""

CHUNK, SLICE = 4096, 32
"""Rows at a time. A chunk stays in the processor's cache. A slice is so small that the linear algebra keeps to one
thread: on a busy machine its threads wait for each other and take eight times as long."""


def logistic_without_each(folds: Sequence[Fold]) -> list[Floats]:
    """For each fold: coefficients (intercept first) of the log-odds of y = 1, fitted to all other folds.

    A fold is a sequence of blocks, a block a matrix and its y (0 or 1).
    """
    everything = [block for fold in folds for block in fold]
    whole = logistic(everything, start=logistic(folds[0]))
    parts = [_curvature(fold, whole) for fold in folds]
    penalty = _penalty(len(whole))
    found = []
    for left_out in range(len(folds)):
        others = [block for k, fold in enumerate(folds) if k != left_out for block in fold]
        curvature = np.diag(penalty) + sum(part for k, part in enumerate(parts) if k != left_out)
        found.append(_refine(others, whole, curvature))
    return found


def _refine(blocks: Fold, start: Floats, curvature: Floats) -> Floats:
    """Steps with one and the same curvature from a start nearby; full Newton when they do not lead down."""
    penalty, beta, last = _penalty(len(start)), start, np.inf
    for _ in range(20):
        gradient = _gradient(blocks, beta) - penalty * beta
        step = np.linalg.solve(curvature, gradient)
        gain = float(gradient @ step)
        if gain > last:
            break
        beta, last = beta + step, gain
        if gain < ENOUGH:
            return beta
    return logistic(blocks, start=start)


def logistic(blocks: Fold, *, start: Floats | None = None) -> Floats:
    """Coefficients, the intercept first, of the log-odds of y = 1 (Newton's method with step halving)."""
    size = blocks[0][0].shape[1] + 1
    penalty = _penalty(size)
    here, best, step = np.zeros(size), -np.inf, np.zeros(size)
    trial = np.zeros(size) if start is None else start
    for _ in range(60):
        value = _likelihood(blocks, trial) - 0.5 * float(penalty @ trial**2)
        if value < best - 1e-9 * abs(best):
            step = step / 2
        else:
            here, best = trial, value
            gradient = _gradient(blocks, here) - penalty * here
            step = np.linalg.solve(np.diag(penalty) + _curvature(blocks, here), gradient)
            if gradient @ step < ENOUGH:
                return np.asarray(here + step, np.float64)
        trial = here + step
    return here


def _penalty(size: int) -> Floats:
    penalty = np.full(size, RIDGE)
    penalty[0] = 1e-9
    return penalty


def _chunks(blocks: Fold) -> Iterator[tuple[Floats, Floats]]:
    """The rows of all blocks, a leading 1 in each, and their y."""
    for matrix, y in blocks:
        for start in range(0, len(y), CHUNK):
            part = matrix[start : start + CHUNK]
            x = np.ones((len(part), part.shape[1] + 1))
            x[:, 1:] = part
            yield x, y[start : start + CHUNK]


def _likelihood(blocks: Fold, beta: Floats) -> float:
    return sum(float(y @ (z := x @ beta) - np.logaddexp(0, z).sum()) for x, y in _chunks(blocks))


def _gradient(blocks: Fold, beta: Floats) -> Floats:
    total = np.zeros(len(beta))
    for x, y in _chunks(blocks):
        total += (y - expit(x @ beta)) @ x
    return total


def _curvature(blocks: Fold, beta: Floats) -> Floats:
    """The negative of the second derivative of the log-likelihood."""
    total = np.zeros((len(beta), len(beta)))
    for x, _ in _chunks(blocks):
        p = expit(x @ beta)
        total += _gram(x * np.sqrt(p * (1 - p))[:, None])
    return total


def _gram(x: Floats) -> Floats:
    """XᵀX, slice by slice."""
    whole = len(x) // SLICE * SLICE
    slices, rest = x[:whole].reshape(-1, SLICE, x.shape[1]), x[whole:]
    return np.asarray((slices.transpose(0, 2, 1) @ slices).sum(axis=0) + rest.T @ rest, np.float64)


def linear_without_each(folds: Sequence[Fold]) -> list[Floats]:
    """For each fold: coefficients (intercept first) of the mean of y, fitted to all other folds (ridge)."""
    sums = [_squares(fold) for fold in folds]
    penalty = np.diag(_penalty(len(sums[0][1])))
    gram, right = sum(part[0] for part in sums) + penalty, sum(part[1] for part in sums)
    return [np.asarray(np.linalg.solve(gram - part[0], right - part[1]), np.float64) for part in sums]


def _squares(blocks: Fold) -> tuple[Floats, Floats]:
    size = blocks[0][0].shape[1] + 1
    gram, right = np.zeros((size, size)), np.zeros(size)
    for x, y in _chunks(blocks):
        gram += _gram(x)
        right += y @ x
    return gram, right


def linear_predictor(matrix: Matrix, beta: Floats) -> Floats:
    """β₀ + Xβ: the mean of y (linear) or the log-odds (logistic)."""
    return np.asarray(matrix @ beta[1:].astype(np.float32) + beta[0], np.float64)
