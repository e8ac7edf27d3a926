"""The rules every forecast has to beat: the last week again, and the mean of the last four weeks."""

import numpy as np

from ecodash.analysis.forecast.panel import Floats, Panel, mean_known


def seasonal_naive(panel: Panel) -> Floats:
    """The last cycle once more; a step not watched takes the mean of the last four weeks. No history gives 0."""
    cycle = panel.rhythm.cycle
    fallback = moving_average(panel)[:, :1]
    if panel.steps < cycle:
        return np.repeat(fallback, panel.horizon, axis=1)
    last = panel.values[:, -cycle:]
    filled = np.where(np.isnan(last), fallback, last)
    found: Floats = np.tile(filled, (1, panel.horizon // cycle + 1))[:, : panel.horizon]
    return found


def moving_average(panel: Panel) -> Floats:
    """The mean of the last four weeks watched, or of what there is before them."""
    recent = panel.values[:, -panel.rhythm.average :]
    watched = ~np.isnan(recent).all(axis=1)
    level = np.where(watched, mean_known(recent), mean_known(panel.values))
    return np.repeat(level[:, None], panel.horizon, axis=1)
