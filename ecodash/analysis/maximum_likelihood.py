"""The parameters that make the data most likely, and how sure that leaves us.

Parameters are above 0, so the search runs over their logarithms, from −12 to 12. The covariance of the log-parameters is
the inverse of the curvature at the top (observed information). A parameter at a bound, or a top that is flat in some
direction, means that the data do not tell: there is then no covariance. Source: A. C. Davison, Statistical Models (2003),
§4.4.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Likelihood = Callable[[Floats], tuple[float, Floats]]

BOUND, NEAR_BOUND, STEP = 12.0, 0.01, 1e-4


@dataclass(frozen=True, kw_only=True, eq=False)
class Maximum:
    """``log_parameters`` at the top, the ``value`` there, their ``covariance`` (None: the data do not tell).

    ``converged`` is False when the search gave up; ``at_bound`` when a log-parameter lies at −12 or 12.
    """

    log_parameters: Floats
    value: float
    covariance: Floats | None
    converged: bool
    at_bound: bool


def maximise(likelihood: Likelihood, starts: Sequence[Floats]) -> Maximum:
    """The best of the tops reached from ``starts``.

    ``likelihood`` takes parameters (not logarithms) and returns the log-likelihood and its gradient with respect to them.
    """

    def loss(theta: Floats) -> tuple[float, Floats]:
        value, gradient = likelihood(np.exp(theta))
        return -value / scale, -gradient * np.exp(theta) / scale

    scale = max(abs(likelihood(np.exp(starts[0]))[0]), 1.0)
    bounds = [(-BOUND, BOUND)] * len(starts[0])
    options = {"maxiter": 1000, "ftol": 1e-14, "gtol": 1e-9}
    tops = [minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options) for start in starts]
    best = min(tops, key=lambda top: float(top.fun))
    theta = np.asarray(best.x, np.float64)
    at_bound = bool((np.abs(theta) > BOUND - NEAR_BOUND).any())
    return Maximum(
        log_parameters=theta,
        value=-float(best.fun) * scale,
        covariance=None if at_bound else _covariance(lambda at: loss(at)[1] * scale, theta),
        converged=bool(np.isfinite(best.fun)) and bool(best.success or np.abs(best.jac).max() < 1e-5),  # noqa: PLR2004
        at_bound=at_bound,
    )


def _covariance(gradient: Callable[[Floats], Floats], theta: Floats) -> Floats | None:
    """Inverse of the curvature from differences of gradients; None where it is not curved in every direction."""
    rows = []
    for index in range(len(theta)):
        step = np.zeros(len(theta))
        step[index] = STEP
        rows.append((gradient(theta + step) - gradient(theta - step)) / (2 * STEP))
    curvature = (np.array(rows) + np.array(rows).T) / 2
    if not np.isfinite(curvature).all() or np.linalg.eigvalsh(curvature)[0] <= 0:
        return None
    return np.asarray(np.linalg.inv(curvature), np.float64)
