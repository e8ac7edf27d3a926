"""How much may be sold until an order placed now has arrived: quantiles of the demand of a whole lead time.

The forecast of L days is F = L · level, the level a mean of the known days with a half-life of ``HALF_LIFE`` days. How
far sums of L days strayed from it in the past, (S − F) / F^p, is collected at ``ORIGINS`` earlier days over all products
of similar volume, and those very strays are laid around today's forecast: nothing is assumed about their shape, and
days are never taken for independent. p lies between ½ (chance alone) and 1 (levels that drift, seasons): the power whose
strays depend least on volume. A lead time that varies is a mixture: every observed lead time counts alike.

Where the history is too short for that, the quantile is negative binomial with the products' own dispersion.

Source: V. Vovk, A. Gammerman, G. Shafer, *Algorithmic Learning in a Random World* (2005), for conformal quantiles.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ecodash.analysis.censored_demand import DISPERSION, Demand
from ecodash.analysis.demand_history import Numbers
from ecodash.analysis.negative_binomial import quantile

HALF_LIFE = 28.0
ORIGINS = 12
WARM_UP = 42
BIN = 60
BINS = 6
ENOUGH = 60
KNOWN_SHARE = 0.6
POWERS = (0.5, 0.625, 0.75, 0.875, 1.0)
SMALL_POOL, WIDENED = 300, 1.15
ANCHORS = 5
GRID = np.linspace(0.005, 0.995, 100)
CHUNK = 2000


@dataclass(frozen=True, kw_only=True)
class LeadDemand:
    """Per product: expected units over the lead time and the quantile asked for. ``pooled``: strays came from history."""

    mean: Numbers
    quantile: Numbers
    pooled: bool


Quantiles = Callable[[Demand, Numbers, Numbers], LeadDemand]
"""``(demand, leads, levels)`` → quantiles: what a forecast must offer to take the place of ``lead_demand``.

``leads`` has one row per product and one column per equally likely lead time in days, ``levels`` one level per product.
"""


def recent_level(filled: Numbers, *, until: int | None = None) -> Numbers:
    """Units a day by the known days before day ``until``, newer ones counting more; 0 where nothing is known."""
    part = filled[:, :until]
    weight = 0.5 ** ((part.shape[1] - 1 - np.arange(part.shape[1])) / HALF_LIFE)
    known = ~np.isnan(part)
    return np.asarray(np.nan_to_num(part) @ weight / np.maximum(known @ weight, 1e-9))


def lead_demand(found: Demand, leads: Numbers, levels: Numbers) -> LeadDemand:
    """The quantiles by the method above; ``Quantiles`` says what the arguments are."""
    level = recent_level(found.filled)
    mean = level * leads.mean(axis=1)
    spans = _anchors(leads)
    pools = {span: pool for span in spans if (pool := _pool(found.filled, span)) is not None}
    if not pools:
        return LeadDemand(
            mean=mean, quantile=_negative_binomial(level, _dispersion(found.filled), leads, levels), pooled=False
        )
    quantile = np.empty(len(level))
    for start in range(0, len(level), CHUNK):
        part = slice(start, start + CHUNK)
        quantile[part] = _mixed(level[part], leads[part], levels[part], pools)
    return LeadDemand(mean=mean, quantile=np.maximum(quantile, 0.0), pooled=True)


@dataclass(frozen=True, kw_only=True)
class _Pool:
    """Strays of sums of ``span`` days: quantiles on ``GRID`` per class of volume, where the classes end, the power p."""

    span: int
    power: float
    ends: Numbers
    strays: Numbers
    widened: float


def _anchors(leads: Numbers) -> list[int]:
    shares = np.linspace(0.0, 1.0, ANCHORS)
    return sorted({max(1, round(float(one))) for one in np.quantile(leads, shares)})


def _pool(filled: Numbers, span: int) -> _Pool | None:
    """The strays of past sums of ``span`` days; None below ``ENOUGH`` of them."""
    days = filled.shape[1]
    step = max(7, span // 2)
    volume, stray = [], []
    for origin in range(days - span, WARM_UP - 1, -step)[:ORIGINS]:
        after = filled[:, origin : origin + span]
        known = (~np.isnan(after)).sum(axis=1)
        before = (~np.isnan(filled[:, :origin])).sum(axis=1)
        level = recent_level(filled, until=origin)
        use = (known >= KNOWN_SHARE * span) & (before >= WARM_UP) & (level > 0)
        expected = (level * span)[use]
        came = np.nansum(after[use], axis=1) * span / known[use]
        volume.append(expected)
        stray.append(came - expected)
    return _classes(np.concatenate(volume), np.concatenate(stray), span) if volume else None


def _classes(volume: Numbers, stray: Numbers, span: int) -> _Pool | None:
    if len(volume) < ENOUGH:
        return None
    power = _power(volume, np.abs(stray))
    stray = stray / volume**power
    bins = int(np.clip(len(volume) // BIN, 1, BINS))
    ends = np.quantile(volume, np.arange(1, bins) / bins)
    place = np.searchsorted(ends, volume)
    parts = [stray[place == one] for one in range(bins)]
    rows = [
        np.quantile(part if len(part) else stray, np.minimum(GRID * (1 + 1 / max(len(part), 1)), 1)) for part in parts
    ]
    return _Pool(
        span=span, power=power, ends=ends, strays=np.stack(rows), widened=1.0 if len(volume) >= SMALL_POOL else WIDENED
    )


def _power(volume: Numbers, size: Numbers) -> float:
    """The power of the volume after which the size of strays is least correlated with it, by ranks."""
    ranks = volume.argsort().argsort()
    if volume.max() <= volume.min():
        return POWERS[0]
    sizes = ((size / volume**power).argsort().argsort() for power in POWERS)
    tied = [abs(float(np.corrcoef(ranks, one)[0, 1])) for one in sizes]
    return POWERS[int(np.argmin(tied))]


def _mixed(level: Numbers, leads: Numbers, levels: Numbers, pools: dict[int, _Pool]) -> Numbers:
    """The quantile of the mixture over lead times of forecast plus stray."""
    spans = np.array(sorted(pools))
    draws = np.empty((len(level), leads.shape[1], len(GRID)))
    for column in range(leads.shape[1]):
        expected = level * leads[:, column]
        nearest = spans[np.abs(leads[:, column][:, None] - spans).argmin(axis=1)]
        for span in np.unique(nearest):
            rows, pool = nearest == span, pools[int(span)]
            strays = pool.strays[np.searchsorted(pool.ends, expected[rows])] * pool.widened
            draws[rows, column] = expected[rows][:, None] + strays * (expected[rows] ** pool.power)[:, None]
    flat = np.sort(draws.reshape(len(level), -1), axis=1)
    place = np.clip(np.ceil(levels * flat.shape[1]).astype(int) - 1, 0, flat.shape[1] - 1)
    return np.asarray(flat[np.arange(len(level)), place])


def _dispersion(filled: Numbers) -> Numbers:
    """φ of each product by moments of its known days; 1 where too little is known."""
    known = ~np.isnan(filled)
    n = known.sum(axis=1)
    mean = np.nansum(filled, axis=1) / np.maximum(n, 1)
    spread = np.where(known, (filled - mean[:, None]) ** 2, 0.0).sum(axis=1) / np.maximum(n - 1, 1)
    found = np.divide(spread - mean, mean**2, out=np.ones(len(mean)), where=mean > 0)
    return np.asarray(np.clip(found, *DISPERSION))


def _negative_binomial(level: Numbers, dispersion: Numbers, leads: Numbers, levels: Numbers) -> Numbers:
    """Quantile of a negative binomial whose variance also holds that of the lead time."""
    mean = np.maximum(level * leads.mean(axis=1), 1e-9)
    per_day = level * (1 + dispersion * level)
    spread = leads.mean(axis=1) * per_day + level**2 * leads.var(axis=1)
    phi = np.maximum((spread - mean) / mean**2, 1e-3)
    return quantile(levels, 1 / phi, 1 / (1 + phi * mean))
