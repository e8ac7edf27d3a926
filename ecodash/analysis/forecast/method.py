"""The methods that compete at a level, and how each is run."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from ecodash.analysis.forecast.kinds import with_kinds
from ecodash.analysis.forecast.level import level_forecast
from ecodash.analysis.forecast.naive import moving_average, seasonal_naive
from ecodash.analysis.forecast.panel import Floats, Panel
from ecodash.analysis.forecast.season import has_years, season

FEW_SERIES = 3
"""Most series for which exponential smoothing with a season competes: fitting it is slow."""
MANY_SERIES = 20
"""Fewest series for which boosting competes: it learns from all of them at once."""
LEAST_STEPS = 90
"""Days of history below which only the naive rules compete."""


class Method(StrEnum):
    """Stable codes of the methods; the first two are the rules that have to be beaten."""

    SEASONAL_NAIVE = "seasonal_naive"
    MOVING_AVERAGE = "moving_average"
    LEVEL = "level"
    LEVEL_EVENTS = "level_events"
    LEVEL_SEASON = "level_season"
    EXPONENTIAL = "exponential_smoothing"
    LEVEL_EXPONENTIAL = "level_exponential"
    BOOSTED = "level_boosted"


NAIVE = (Method.SEASONAL_NAIVE, Method.MOVING_AVERAGE)


def candidates(panel: Panel, *, deep: bool = False) -> tuple[Method, ...]:
    """Which methods this history allows, plain ones first."""
    unit = panel.rhythm.average / 4
    if panel.steps < LEAST_STEPS / 7 * unit:
        return NAIVE
    found = [*NAIVE, Method.LEVEL]
    if (panel.phases > 0).any():
        found.append(Method.LEVEL_EVENTS)
    if has_years(panel.until(panel.steps - panel.horizon - 4 * panel.rhythm.average)):
        found.append(Method.LEVEL_SEASON)
    if panel.series <= FEW_SERIES or panel.rhythm.cycle == 1:
        found += [Method.EXPONENTIAL, Method.LEVEL_EXPONENTIAL]
    return (*found, Method.BOOSTED) if deep and panel.series >= MANY_SERIES else tuple(found)


def run(panel: Panel, methods: tuple[Method, ...]) -> Mapping[Method, Floats]:
    """The forecast of every method asked for; combinations reuse their parts."""
    done: dict[Method, Floats] = {}
    for method in methods:
        done[method] = with_kinds(panel, _RUN[method](panel, done))
    return MappingProxyType(done)


def _best_level(panel: Panel, done: Mapping[Method, Floats]) -> Floats:
    return done[Method.LEVEL_EVENTS] if Method.LEVEL_EVENTS in done else level_forecast(panel)


def _seasonal(panel: Panel, done: Mapping[Method, Floats]) -> Floats:
    if not has_years(panel):
        return _best_level(panel, done)
    found: Floats = _best_level(panel, done) * season(panel)
    return found


def _exponential(panel: Panel, done: Mapping[Method, Floats]) -> Floats:
    """Imported only here: loading it takes longer than forecasting."""
    from ecodash.analysis.forecast.exponential import exponential_smoothing  # noqa: PLC0415

    path = exponential_smoothing(panel)
    return np.where(np.isnan(path), _best_level(panel, done), path)


def _both(panel: Panel, done: Mapping[Method, Floats]) -> Floats:
    other = done[Method.EXPONENTIAL] if Method.EXPONENTIAL in done else _exponential(panel, done)
    found: Floats = (_best_level(panel, done) + other) / 2
    return found


def _boosted(panel: Panel, done: Mapping[Method, Floats]) -> Floats:
    from ecodash.analysis.forecast.boosting import gradient_boosting  # noqa: PLC0415

    found: Floats = (_best_level(panel, done) + gradient_boosting(panel)) / 2
    return found


_RUN: Mapping[Method, Callable[[Panel, Mapping[Method, Floats]], Floats]] = MappingProxyType(
    {
        Method.SEASONAL_NAIVE: lambda panel, _: seasonal_naive(panel),
        Method.MOVING_AVERAGE: lambda panel, _: moving_average(panel),
        Method.LEVEL: lambda panel, _: level_forecast(panel, events=False),
        Method.LEVEL_EVENTS: lambda panel, _: level_forecast(panel),
        Method.LEVEL_SEASON: _seasonal,
        Method.EXPONENTIAL: _exponential,
        Method.LEVEL_EXPONENTIAL: _both,
        Method.BOOSTED: _boosted,
    }
)
