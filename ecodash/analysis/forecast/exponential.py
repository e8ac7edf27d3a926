"""Exponential smoothing with additive errors and a weekly season (ETS A,N,A): the challenger for totals.

Source: R. Hyndman et al., Forecasting with Exponential Smoothing (2008); statsmodels' ``ETSModel``. Events are divided
out before and put back after. Fitted on at most two years.
"""

import warnings

import numpy as np
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from ecodash.analysis.forecast.level import without_events
from ecodash.analysis.forecast.panel import Floats, Panel
from ecodash.analysis.forecast.uplift import uplift

LONGEST = 2 * 364
CYCLES = 3


def exponential_smoothing(panel: Panel) -> Floats:
    """Expected demand of every series; rows that cannot be fitted are missing."""
    flat = without_events(panel)
    paths = np.array([_one(row, panel) for row in flat]).reshape(panel.series, panel.horizon)
    found: Floats = paths * uplift(panel).each[:, panel.phases[panel.steps :]]
    return found


def _one(row: Floats, panel: Panel) -> Floats:
    watched = np.flatnonzero(~np.isnan(row))
    nothing: Floats = np.full(panel.horizon, np.nan)
    if watched.size < CYCLES * max(panel.rhythm.cycle, 4):
        return nothing
    values = row[watched[0] :][-LONGEST:]
    filled = np.where(np.isnan(values), np.nanmean(values), values)
    seasonal = "add" if panel.rhythm.cycle > 1 else None
    periods = panel.rhythm.cycle if seasonal else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model = ETSModel(
                filled,
                error="add",
                trend=None,
                seasonal=seasonal,
                seasonal_periods=periods,
                initialization_method="heuristic",
            )
            path = np.asarray(model.fit(disp=False, maxiter=100).forecast(panel.horizon), dtype=np.float64)
        except (ValueError, np.linalg.LinAlgError):
            return nothing
    found: Floats = np.clip(path, 0.0, None)
    return found if np.isfinite(found).all() else nothing
