"""Season of the year, for shops with two years of history: how last year moved at this time, believed by half.

For every category: the week around the same day a year ago ÷ the eight weeks before the same origin a year ago.
"""

import numpy as np

from ecodash.analysis.forecast.level import without_events
from ecodash.analysis.forecast.panel import TINY, Floats, Panel

BELIEF = 0.5
LEAST, MOST = 0.33, 3.0


def has_years(panel: Panel) -> bool:
    """Whether there are two full years before the horizon."""
    return panel.steps >= 2 * panel.rhythm.year and panel.horizon <= panel.rhythm.year - panel.rhythm.cycle


def season(panel: Panel) -> Floats:
    """Factor of every series (rows) in every step of the horizon; 1 where last year says nothing."""
    flat = np.nan_to_num(without_events(panel))
    count = int(panel.groups.max()) + 1
    belongs = (panel.groups[None, :] == np.arange(count)[:, None]).astype(np.float64)
    sums = np.concatenate([np.zeros((count, 1)), np.cumsum(belongs @ flat, axis=1)], axis=1)
    origin = panel.steps - panel.rhythm.year
    months, half_week = min(panel.rhythm.around, origin), panel.rhythm.cycle // 2
    before = (sums[:, origin] - sums[:, origin - months]) / months
    middle = origin + np.arange(panel.horizon)
    low, high = middle - half_week, np.minimum(middle + half_week + 1, panel.steps)
    then = (sums[:, high] - sums[:, low]) / (high - low)
    ratio = np.where(before[:, None] > TINY, then / np.maximum(before[:, None], TINY), 1.0)
    found: Floats = (1 + BELIEF * (np.clip(ratio, LEAST, MOST) - 1))[panel.groups]
    return found
