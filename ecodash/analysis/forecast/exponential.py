"""Exponential smoothing with additive errors: the challenger for totals (with a weekly season) and for weekly data.

With a season (ETS A,N,A) by statsmodels' ``ETSModel``, on at most two years. Without one (ETS A,N,N) for all series at
once: the smoothing of a grid with the smallest squared one-step error. Events are divided out before and put back
after. Source: R. Hyndman et al., Forecasting with Exponential Smoothing (2008).
"""

import warnings

import numpy as np
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from ecodash.analysis.forecast.level import without_events
from ecodash.analysis.forecast.panel import Floats, Panel, mean_known
from ecodash.analysis.forecast.uplift import uplift

LONGEST = 2 * 364
CYCLES = 3
GRID = np.linspace(0.05, 1.0, 20)


def exponential_smoothing(panel: Panel) -> Floats:
    """Expected demand of every series; rows that cannot be fitted are missing."""
    flat = without_events(panel)
    if panel.rhythm.cycle == 1:
        paths = np.repeat(_simple(flat)[:, None], panel.horizon, axis=1)
    else:
        paths = np.array([_one(row, panel) for row in flat]).reshape(panel.series, panel.horizon)
    found: Floats = paths * uplift(panel).each[:, panel.phases[panel.steps :]]
    return found


def _simple(flat: Floats) -> Floats:
    """Last level of every series at the smoothing that would have been best from step to step; no history gives 0."""
    weights = GRID[:, None]
    level = np.repeat(mean_known(flat[:, : flat.shape[1] // 4 + 1])[None, :], GRID.size, axis=0)
    begun = np.zeros(len(flat), dtype=bool)
    loss = np.zeros_like(level)
    for now in flat.T:
        seen = ~np.isnan(now)
        value = np.where(seen, now, 0.0)
        level = np.where(seen & ~begun, value, level)
        error = np.where(seen, value - level, 0.0)
        loss += error**2
        level = level + weights * error
        begun |= seen
    found: Floats = np.take_along_axis(level, loss.argmin(axis=0)[None, :], axis=0)[0] * begun
    return found


def _one(row: Floats, panel: Panel) -> Floats:
    watched = np.flatnonzero(~np.isnan(row))
    nothing: Floats = np.full(panel.horizon, np.nan)
    if watched.size < CYCLES * max(panel.rhythm.cycle, 4):
        return nothing
    values = row[watched[0] :][-LONGEST:]
    filled = np.where(np.isnan(values), np.nanmean(values), values)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model = ETSModel(
                filled,
                error="add",
                trend=None,
                seasonal="add",
                seasonal_periods=panel.rhythm.cycle,
                initialization_method="heuristic",
            )
            path = np.asarray(model.fit(disp=False, maxiter=100).forecast(panel.horizon), dtype=np.float64)
        except (ValueError, np.linalg.LinAlgError):
            return nothing
    found: Floats = np.clip(path, 0.0, None)
    return found if np.isfinite(found).all() else nothing
