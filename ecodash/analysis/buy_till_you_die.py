"""Fitting a model of customers who buy at random for a while and then stop for good, unseen.

What the models have in common: how they are fitted, when that makes no sense, and how sure a forecast is. Each model
(pareto_nbd, mbg_nbd, bg_nbd) says its assumptions and source. Times are in weeks. With more than 50 000 customers the
parameters come from a fixed random sample of 50 000; everybody is scored. A fit without dropout (everybody stays for
ever) happens in short or growing histories; it is said, and no chance of being alive is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from ecodash.analysis.interval import Interval, normal_quantile
from ecodash.analysis.maximum_likelihood import Maximum, maximise
from ecodash.analysis.purchase_history import Histories
from ecodash.analysis.refused import Reason, Refused
from ecodash.core.text import Text

Floats = NDArray[np.float64]

SAMPLE, FIRST_LOOK = 50_000, 4_000
LEAST_CUSTOMERS, LEAST_REPEATERS, LEAST_GAPS = 200, 50, 2.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """A model: its parameters' names, log-likelihood with gradient, and forecasts, each per distinct history.

    ``expected(parameters, histories, horizons)`` has one row per horizon (weeks). ``p_alive`` is None for a model whose
    chance of being alive is not to be shown. ``without_dropout`` tells a fit in which nobody ever stops.
    """

    name: str
    parameters: tuple[str, ...]
    log_likelihood: Callable[[Floats, Histories], tuple[Floats, Floats]]
    expected: Callable[[Floats, Histories, Sequence[float]], Floats]
    p_alive: Callable[[Floats, Histories], Floats] | None
    without_dropout: Callable[[Floats], bool]
    starts: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Fit:
    """Fitted ``values`` in the order of ``model.parameters``, with 95 % intervals (None: the data do not tell).

    ``log_likelihood`` is that of the ``customers`` the parameters were fitted to. ``dropout_found`` is False when the
    best fit is one in which nobody ever stops buying, or when the data do not tell.
    """

    model: Model
    values: Floats
    intervals: tuple[Interval, ...] | None
    covariance: Floats | None
    log_likelihood: float
    customers: int
    dropout_found: bool


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Purchases to expect of all customers together, and how far the parameters leave that open (None: unknown)."""

    purchases: float
    interval: Interval | None


def fit(model: Model, histories: Histories, *, seed: int = 0) -> Fit | Refused:
    """The fit, or why there is none: too few customers, too few who came back, or too short a time."""
    refused = _refused(histories)
    if refused is not None:
        return refused
    weeks = np.log(max(float(histories.T.max()), 1e-9) / 40)
    starts = [_start(model, start, weeks) for start in model.starts]
    few, many = histories.sample(FIRST_LOOK, seed=seed), histories.sample(SAMPLE, seed=seed)
    best = maximise(_likelihood(model, few), starts)
    if many is not few:
        best = maximise(_likelihood(model, many), [best.log_parameters])
    if not best.converged:
        text = Text("复购模型没有收敛，给不出可靠的预测。", "The model did not converge: no reliable forecast.")
        return Refused(Reason.NOT_CONVERGED, text)
    values = np.exp(best.log_parameters)
    return Fit(
        model=model,
        values=values,
        intervals=_intervals(best),
        covariance=best.covariance,
        log_likelihood=best.value,
        customers=many.total,
        dropout_found=not (best.at_bound or model.without_dropout(values)),
    )


def _start(model: Model, start: Sequence[float], weeks: float) -> Floats:
    """Logarithms to start from; the parameters that are times (Greek names) stretch with the time watched."""
    return np.array(start) + np.where(np.isin(model.parameters, ("alpha", "beta")), weeks, 0.0)


def _likelihood(model: Model, histories: Histories) -> Callable[[Floats], tuple[float, Floats]]:
    def summed(parameters: Floats) -> tuple[float, Floats]:
        values, gradient = model.log_likelihood(parameters, histories)
        return float(histories.customers @ values), np.asarray(gradient @ histories.customers, np.float64)

    return summed


def _intervals(best: Maximum) -> tuple[Interval, ...] | None:
    if best.covariance is None:
        return None
    halves = normal_quantile(0.95) * np.sqrt(np.diag(best.covariance))
    pairs = zip(best.log_parameters.tolist(), halves.tolist(), strict=True)
    return tuple(Interval(low=exp(middle - half), high=exp(middle + half)) for middle, half in pairs)


def _refused(histories: Histories) -> Refused | None:
    """Why these histories cannot carry a model; None when they can."""
    customers, repeaters = histories.total, histories.repeaters
    if customers < LEAST_CUSTOMERS or repeaters < LEAST_REPEATERS:
        text = Text(
            "顾客 {n} 位，其中复购 {m} 位；预测至少需要 {least} 位顾客、{again} 位复购。",
            "{n} customers, {m} of whom came back; a forecast needs at least {least} customers and {again} who came back.",
        )
        filled = text.format(n=customers, m=repeaters, least=LEAST_CUSTOMERS, again=LEAST_REPEATERS)
        return Refused(Reason.TOO_FEW_CUSTOMERS, filled)
    again = histories.x > 0
    gap = _median(histories.t_x[again] / histories.x[again], histories.customers[again])
    longest = float(histories.T.max())
    if longest < LEAST_GAPS * gap:
        text = Text(
            "数据只有 {weeks:.0f} 周，而顾客通常隔 {gap:.0f} 周才再买；时间太短，看不出谁已经流失。",
            "The data cover {weeks:.0f} weeks, but customers usually wait {gap:.0f} weeks before they buy again: too short "
            "to tell who has stopped.",
        )
        return Refused(Reason.TOO_SHORT, text.format(weeks=longest, gap=gap))
    return None


def _median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    running = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(running, running[-1] / 2)])


def expected_purchases(found: Fit, histories: Histories, weeks: float, *, seed: int = 0) -> Expected:
    """Purchases of all customers together in the next ``weeks``, with the 95 % interval the parameters leave open.

    The interval is by the delta method on the logarithm, its width taken from at most 4 000 of the customers. It says how
    well the expectation is known; what actually happens varies around it.
    """

    def total(log_parameters: Floats, of: Histories) -> float:
        return float(found.model.expected(np.exp(log_parameters), of, [weeks])[0] @ of.customers)

    theta, few = np.log(found.values), histories.sample(FIRST_LOOK, seed=seed)
    value = total(theta, histories)
    if found.covariance is None or value <= 0:
        return Expected(purchases=value, interval=None)
    steps = np.eye(len(theta)) * 1e-4
    slope = np.array([np.log(total(theta + step, few) / total(theta - step, few)) / 2e-4 for step in steps])
    half = normal_quantile(0.95) * sqrt(float(slope @ found.covariance @ slope))
    return Expected(purchases=value, interval=Interval(low=value * exp(-half), high=value * exp(half)))
