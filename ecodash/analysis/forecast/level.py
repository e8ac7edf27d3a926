"""Level × weekday × event: the house method, for all series at once.

1. Events are divided out (``uplift``), 2. weekdays get a profile (``profile``), 3. the level is an average of the past
with half-lives from days to months, Σ w·y / Σ w·P, 4. a quarter of the trend is kept and damped, 5. half-lives are
weighed by how well each would have forecast before, per series shrunk to all, 6. level × profile × event.
"""

from dataclasses import dataclass

import numpy as np

from ecodash.analysis.forecast.panel import TINY, Flags, Floats, Ints, Panel
from ecodash.analysis.forecast.profile import profile
from ecodash.analysis.forecast.uplift import no_uplift, uplift

DRIFT, DAMPING = 0.25, 0.98
FLOOR, CEILING = 0.5, 1.6
ORIGINS, SHARPNESS, PRIOR = 6, 15.0, 8.0


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """What the level is made of: sales without events (0 where not watched), exposure, profile, place in the cycle."""

    panel: Panel
    sold: Floats
    exposure: Floats
    shape: Floats
    slots: Ints


def level_forecast(panel: Panel, *, events: bool = True) -> Floats:
    """Expected demand of every series (rows) in every step of the horizon. No history gives 0."""
    effect = uplift(panel) if events else no_uplift(panel)
    flat = panel.values / effect.each[:, panel.phases[: panel.steps]]
    parts = _parts(panel, flat)
    weights = _weights(parts, flat)
    paths = _paths(parts, panel.steps)
    mean = np.einsum("hn,hnk->nk", weights, paths)
    found: Floats = mean * effect.each[:, panel.phases[panel.steps :]]
    return found


def without_events(panel: Panel) -> Floats:
    """History with the uplift of events divided out."""
    return panel.values / uplift(panel).each[:, panel.phases[: panel.steps]]


def _parts(panel: Panel, flat: Floats) -> _Parts:
    slots = panel.slots
    shape = profile(flat, slots[: panel.steps], panel.rhythm)
    known = ~np.isnan(flat)
    exposure = np.where(known, shape[:, slots[: panel.steps]], 0.0)
    return _Parts(panel=panel, sold=np.where(known, flat, 0.0), exposure=exposure, shape=shape, slots=slots)


def _paths(parts: _Parts, steps: int) -> Floats:
    """Forecasts without events of every half-life (first axis) after the first ``steps`` steps."""
    panel, halves = parts.panel, np.array(parts.panel.rhythm.half_lives)
    age = steps - 1 - np.arange(steps)
    decay = 0.5 ** (age[:, None] / halves[None, :])
    level = (parts.sold[:, :steps] @ decay) / np.maximum(parts.exposure[:, :steps] @ decay, TINY)
    ramp = np.cumsum(DAMPING ** np.arange(1, panel.horizon + 1))
    moved = level.T[:, :, None] + DRIFT * _slope(parts, steps)[None, :, None] * ramp
    bounded = np.clip(moved, FLOOR * level.T[:, :, None], CEILING * level.T[:, :, None])
    found: Floats = bounded * parts.shape[:, parts.slots[steps : steps + panel.horizon]]
    return found


def _slope(parts: _Parts, steps: int) -> Floats:
    """Trend per step of the last months, weighted by exposure."""
    length = min(steps, parts.panel.rhythm.trend)
    sold, weight = parts.sold[:, steps - length : steps], parts.exposure[:, steps - length : steps]
    total = np.maximum(weight.sum(axis=1), TINY)
    place = np.arange(length, dtype=np.float64)
    off = place[None, :] - ((weight * place).sum(axis=1) / total)[:, None]
    level = (sold.sum(axis=1) / total)[:, None]
    rise: Floats = ((sold - level * weight) * off).sum(axis=1) / np.maximum((weight * off**2).sum(axis=1), TINY)
    return rise


def _weights(parts: _Parts, flat: Floats) -> Floats:
    """Weight of every half-life (rows) for every series: softmax of past losses, shrunk to those of all series."""
    panel = parts.panel
    halves = len(panel.rhythm.half_lives)
    last = panel.steps - panel.horizon
    origins = list(range(last, panel.rhythm.least, -panel.rhythm.inner))[:ORIGINS]
    loss, count = np.zeros((halves, panel.series)), np.zeros(panel.series)
    jumps = np.nancumsum(np.diff(flat, axis=1) ** 2, axis=1)
    pairs = np.cumsum(~np.isnan(np.diff(flat, axis=1)), axis=1)
    for steps in origins:
        actual = flat[:, steps : steps + panel.horizon]
        started = _started(parts, steps) & ~np.isnan(actual).all(axis=1)
        scale = np.maximum(jumps[:, steps - 2] / np.maximum(pairs[:, steps - 2], 1), TINY)
        loss += np.where(started, _loss(_paths(parts, steps), actual, scale), 0.0)
        count += started
    if not count.sum():
        return np.full((halves, panel.series), 1 / halves)
    pooled = loss.sum(axis=1) / count.sum()
    own = np.where(count > 0, loss / np.maximum(count, 1), pooled[:, None])
    share = count / (count + PRIOR)
    mixed = share * own / np.maximum(own.min(axis=0), TINY)
    mixed = mixed + (1 - share) * (pooled / max(float(pooled.min()), TINY))[:, None]
    weight = np.exp(-SHARPNESS * (mixed - mixed.min(axis=0)))
    found: Floats = weight / weight.sum(axis=0)
    return found


def _started(parts: _Parts, steps: int) -> Flags:
    """Series watched for at least half of the last month before an origin."""
    month = parts.panel.rhythm.average
    found: Flags = (parts.exposure[:, steps - month : steps] > 0).sum(axis=1) >= month / 2
    return found


def _loss(paths: Floats, actual: Floats, scale: Floats) -> Floats:
    """Squared error of the steps and of their sum, in units of the squared change from step to step."""
    seen = ~np.isnan(actual)
    error = np.where(seen, paths - np.where(seen, actual, 0.0), 0.0)
    steps = np.maximum(seen.sum(axis=1), 1)
    found: Floats = (error**2).sum(axis=2) / steps / scale + error.sum(axis=2) ** 2 / (4 * steps * scale)
    return found
