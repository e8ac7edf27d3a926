"""What events do to demand: how many times the usual each phase brings, learnt from its past days only.

The usual of a day is the mean of the ordinary days around it times the weekday profile. A series borrows from its
category and the category from all: C = (num + 90·G)/(den + 90), U = (num + 30·C)/(den + 30). A phase whose effect on
all together cannot be told from chance is pulled to 1 (positive-part James–Stein), one never seen is 1.
"""

from dataclasses import dataclass

import numpy as np

from ecodash.analysis.forecast.panel import TINY, Flags, Floats, Ints, Panel
from ecodash.analysis.forecast.profile import profile
from ecodash.analysis.interval import normal_quantile

OF_CATEGORY, OF_SERIES = 90.0, 30.0
MOST = 50.0
LEAST_ORDINARY = 7


@dataclass(frozen=True, kw_only=True)
class Uplift:
    """``each``: times the usual per series and phase; ``pooled``, ``spread`` (standard error), ``days`` seen per phase."""

    each: Floats
    pooled: Floats
    spread: Floats
    days: Ints

    def bounds(self, phase: int, level: float = 0.95) -> tuple[float, float]:
        """Interval of the pooled uplift of one phase."""
        wide = normal_quantile(level) * float(self.spread[phase])
        return max(0.0, float(self.pooled[phase]) - wide), float(self.pooled[phase]) + wide


def doubt(panel: Panel, learnt: Uplift) -> Floats:
    """Relative standard error of the uplift of every step of the horizon; 0 on ordinary days and for events never seen."""
    relative = learnt.spread / np.maximum(learnt.pooled, TINY)
    found: Floats = np.where(learnt.days > 0, relative, 0.0)[panel.phases[panel.steps :]]
    return found


def no_uplift(panel: Panel) -> Uplift:
    """Every phase is like any day."""
    ones, zeros = np.ones(panel.kinds), np.zeros(panel.kinds)
    each = np.ones((panel.series, panel.kinds))
    return Uplift(each=each, pooled=ones, spread=zeros, days=np.zeros(panel.kinds, dtype=np.int64))


def uplift(panel: Panel) -> Uplift:
    """Uplift of every phase on every series, from the history of ``panel``."""
    phases = panel.phases[: panel.steps]
    special = np.flatnonzero(phases > 0)
    if not special.size:
        return no_uplift(panel)
    shape = profile(np.where(phases > 0, np.nan, panel.values), panel.slots[: panel.steps], panel.rhythm)
    ordinary = panel.known & (phases == 0)[None, :]
    usual = _usual(panel, shape, ordinary, special)
    seen = panel.known[:, special] & ~np.isnan(usual)
    marks = (phases[special][:, None] == np.arange(panel.kinds)).astype(np.float64)
    num = np.where(seen, panel.values[:, special], 0.0) @ marks
    den = np.where(seen, usual, 0.0) @ marks
    days: Ints = (seen.max(axis=0)[:, None] * marks).sum(axis=0).astype(np.int64)
    pooled, spread = _pooled(panel, num.sum(axis=0), den.sum(axis=0), days)
    return Uplift(each=_each(panel.groups, num, den, pooled), pooled=pooled, spread=spread, days=days)


def _usual(panel: Panel, shape: Floats, ordinary: Flags, steps: Ints) -> Floats:
    """What ``steps`` would have brought; missing where too few ordinary steps lie around."""
    exposure = np.where(ordinary, shape[:, panel.slots[: panel.steps]], 0.0)
    sold = _cumulated(np.where(ordinary, panel.values, 0.0))
    could, count = _cumulated(exposure), _cumulated(ordinary.astype(np.float64))
    low = np.maximum(steps - panel.rhythm.around, 0)
    high = np.minimum(steps + panel.rhythm.around + 1, panel.steps)
    level = (sold[:, high] - sold[:, low]) / np.maximum(could[:, high] - could[:, low], TINY)
    enough = (count[:, high] - count[:, low]) >= min(LEAST_ORDINARY, panel.rhythm.around)
    found: Floats = np.where(enough, level, np.nan) * shape[:, panel.slots[steps]]
    return found


def _cumulated(values: Floats) -> Floats:
    """Running sums with a zero in front."""
    return np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)


def _pooled(panel: Panel, num: Floats, den: Floats, days: Ints) -> tuple[Floats, Floats]:
    """Uplift of all series together, pulled to 1 as far as chance alone could have made it; standard error."""
    total = panel.summed("")
    flat = (total.phases[: total.steps] == 0) & total.known[0]
    steps = np.flatnonzero(flat)
    shape = profile(np.where(flat, total.values, np.nan), total.slots[: total.steps], total.rhythm)
    usual = _usual(total, shape, flat[None, :], steps)[0]
    ratio = (total.values[0, steps] / np.maximum(usual, TINY))[usual > TINY]
    if ratio.size < LEAST_ORDINARY:
        return np.ones(panel.kinds), np.zeros(panel.kinds)
    off = ratio - ratio.mean()
    echo = float(np.clip((off[1:] * off[:-1]).sum() / max((off**2).sum(), TINY), 0.0, 0.9))
    spread = float(ratio.std()) * np.sqrt((1 + echo) / (1 - echo) / np.maximum(days, 1))
    raw = np.where(den > TINY, num / np.maximum(den, TINY), 1.0)
    kept = np.maximum(0.0, 1 - spread**2 / np.maximum((raw - 1) ** 2, TINY))
    pooled = np.where((days > 0) & (den > TINY), 1 + (raw - 1) * kept, 1.0)
    pooled[0] = 1.0
    return np.clip(pooled, 1 / MOST, MOST), np.where(days > 0, spread * np.maximum(pooled, 1.0), 0.0)


def _each(groups: Ints, num: Floats, den: Floats, pooled: Floats) -> Floats:
    """Series shrunk to their category, categories to all."""
    count = int(groups.max()) + 1 if groups.size else 1
    belongs = (groups[None, :] == np.arange(count)[:, None]).astype(np.float64)
    category = (belongs @ num + OF_CATEGORY * pooled) / (belongs @ den + OF_CATEGORY)
    own = (num + OF_SERIES * category[groups]) / (den + OF_SERIES)
    own[:, pooled == 1.0] = 1.0
    found: Floats = np.clip(own, 1 / MOST, MOST)
    return found
