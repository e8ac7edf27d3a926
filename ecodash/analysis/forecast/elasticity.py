"""How demand answers to price, pooled over products: units = exp(product + week + β · ln price), fitted as Poisson.

Product effects take away that dear things sell less, week effects what moves all at once (season, shop-wide events), so
β rests on prices that moved against those of other products. Weeks without a sale count, at the last price. Standard
error clustered by product. Source: J. Santos Silva, S. Tenreyro (2006), The log of gravity, REStat 88.

Refused without enough price movement, and when the interval is too wide to be of use.
"""

import warnings
from dataclasses import dataclass

import numpy as np

from ecodash.analysis.forecast.panel import TINY, Floats
from ecodash.analysis.interval import Interval, normal_quantile
from ecodash.analysis.refused import Reason, Refused
from ecodash.core.text import Text

LEAST_PRODUCTS, LEAST_CELLS = 5, 200
MOVED = 0.03
WIDEST = 1.5
LOWEST, HIGHEST = -8.0, 4.0
HALVINGS, SWEEPS = 40, 25
AROUND = 4


@dataclass(frozen=True, kw_only=True)
class Elasticity:
    """``value``: percent more units per percent more price (negative); ``products`` whose price moved."""

    value: float
    interval: Interval
    products: int


def elasticity(units: Floats, paid: Floats, *, level: float = 0.95) -> Elasticity | Refused:
    """From weekly units and amounts paid, one row per product; a week before the first sale is missing."""
    price = _price(units, paid)
    usable = ~np.isnan(price) & ~np.isnan(units)
    centred = np.where(usable, np.log(np.maximum(price, TINY)), np.nan)
    spread = np.array([float(np.std(row[~np.isnan(row)])) if (~np.isnan(row)).any() else 0.0 for row in centred])
    moved = int((spread > MOVED).sum())
    if moved < LEAST_PRODUCTS or int(usable.sum()) < LEAST_CELLS:
        return Refused(
            Reason.TOO_FEW_OUTCOMES,
            Text(
                f"只有 {moved} 个商品的成交价有过变化，不足以估计价格弹性。",
                f"Only {moved} products ever changed price: too few to estimate how demand answers.",
            ),
        )
    x, y = np.where(usable, centred, 0.0), np.where(usable, units, 0.0)
    seen: Floats = usable.astype(np.float64)
    value = _root(x, y, seen)
    error = _error(x, y, seen, value)
    wide = normal_quantile(level) * error
    if not np.isfinite(wide) or wide > WIDEST or value in {LOWEST, HIGHEST}:
        return Refused(
            Reason.NOT_CONVERGED,
            Text(
                "价格变化太少或与销量的关系太不稳定，弹性的区间过宽，不给数。",
                "Prices moved too little, or demand answered too unevenly: the interval is too wide to be of use.",
            ),
        )
    return Elasticity(value=value, interval=Interval(low=value - wide, high=value + wide, level=level), products=moved)


def _price(units: Floats, paid: Floats) -> Floats:
    """Paid per unit: the median of the weeks with sales among nine, carried forward over weeks without a sale.

    A median, so that who bought what when does not pass for a change of price.
    """
    now = np.where((units > 0) & (paid > 0), paid / np.maximum(units, TINY), np.nan)
    found: Floats = np.full_like(now, np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # weeks around which nothing sold stay missing
        for week in range(now.shape[1]):
            found[:, week] = np.nanmedian(now[:, max(week - AROUND, 0) : week + AROUND + 1], axis=1)
    for week in range(1, found.shape[1]):
        found[:, week] = np.where(np.isnan(found[:, week]), found[:, week - 1], found[:, week])
    return found


def _mean(x: Floats, y: Floats, usable: Floats, beta: float) -> Floats:
    """Expected units at ``beta``, with the product and week effects that fit best."""
    base = usable * np.exp(beta * x)
    week = np.ones(x.shape[1])
    rows, columns = y.sum(axis=1), y.sum(axis=0)
    product = np.ones(x.shape[0])
    for _ in range(SWEEPS):
        product = rows / np.maximum(base @ week, TINY)
        week = columns / np.maximum(product @ base, TINY)
    found: Floats = product[:, None] * base * week[None, :]
    return found


def _root(x: Floats, y: Floats, usable: Floats) -> float:
    """Where the score Σ (y − μ) · x crosses zero; it falls as β rises."""
    low, high = LOWEST, HIGHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if float(((y - _mean(x, y, usable, middle)) * x).sum()) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _error(x: Floats, y: Floats, usable: Floats, beta: float) -> float:
    """Sandwich error clustered by product, price freed of product and week effects with weights μ."""
    mean = _mean(x, y, usable, beta)
    off = x.copy()
    for _ in range(SWEEPS):
        off = off - ((mean * off).sum(axis=1) / np.maximum(mean.sum(axis=1), TINY))[:, None]
        off = off - ((mean * off).sum(axis=0) / np.maximum(mean.sum(axis=0), TINY))[None, :]
    scores = ((y - mean) * off).sum(axis=1)
    curve = float((mean * off**2).sum())
    clusters = len(scores)
    return float(np.sqrt((scores**2).sum() * clusters / max(clusters - 1, 1))) / max(curve, TINY)
