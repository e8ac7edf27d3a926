"""Mean daily demand when stock-outs hide part of it, with an interval; and what the stock-outs cost in sales.

Assumptions: (1) demand of a day is negative binomial with mean λ·eₜ (eₜ the weekday's share) and dispersion φ; (2) a
stock-out hides demand but does not change it; (3) over the window λ is level. Days without stock say nothing and
are left out; a day on which stock ran out says that demand was at least what sold. For D negative binomial with r = 1/φ,

    E[D | D ≥ y]        = μ · P(D₁ ≥ y−1) / P(D ≥ y)
    E[D(D−1) | D ≥ y]   = μ² (1 + φ) · P(D₂ ≥ y−2) / P(D ≥ y)

with D₁, D₂ of the same odds and r+1, r+2: expectation and maximisation in closed form. The variance is that of weekly
sums of the residuals, divided by the share of information that is left, (1 − γ)².

Source: J. Tobin, *Econometrica* 26 (1958); A. Dempster, N. Laird, D. Rubin, *JRSS B* 39 (1977); T. Louis, *JRSS B* 44
(1982) for the information that censoring takes away.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from ecodash.analysis.demand_history import WEEK, DayState, DemandHistory, Numbers, exposure
from ecodash.analysis.interval import normal_quantile
from ecodash.analysis.negative_binomial import above

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
ROUNDS = 25
DISPERSION = (0.01, 50.0)
NOTHING_SOLD = 3.0
"""Of an event that did not happen in n trials the rate may be up to 3 / n. Source: Hanley & Lippman-Hand, JAMA 1983."""


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Per product: mean units a day with its interval, dispersion, days it rests on, and units lost to stock-outs.

    ``plain`` is what sold per day on sale, stock-outs counted as zero demand. ``filled``: demand per day, expected where
    it was cut short, NaN where nothing is known. Products never sold have NaN throughout.
    """

    mean: Numbers
    low: Numbers
    high: Numbers
    plain: Numbers
    dispersion: Numbers
    days: Numbers
    out_days: Numbers
    lost: Numbers
    lost_low: Numbers
    lost_high: Numbers
    filled: Numbers
    level: float


@dataclass(frozen=True, kw_only=True)
class _Fit:
    """One round of the estimation: means, dispersion, and the first two moments of each day's demand."""

    mean: Numbers
    dispersion: Numbers
    first: Numbers
    second: Numbers


def demand(history: DemandHistory, *, level: float = 0.95, shares: Numbers | None = None) -> Demand:
    """Mean daily demand of every product over the whole history given, corrected for stock-outs."""
    e = exposure(history) if shares is None else shares
    used = (history.state == DayState.OPEN) | (history.state == DayState.CUT)
    fit = _fitted(history, e, used)
    error = _standard_error(history, e, used, fit)
    low, high = _interval(
        np.where(used, e, 0.0).sum(axis=1), used.sum(axis=1) / WEEK, fit.mean, error=error, level=level
    )
    lost, lost_error = _lost(history, e, fit, error)
    half = normal_quantile(level) * lost_error
    born = history.state != DayState.UNBORN
    with np.errstate(invalid="ignore", divide="ignore"):
        plain = np.where(born, history.sold, 0).sum(axis=1) / born.sum(axis=1)
    return Demand(
        mean=fit.mean,
        low=low,
        high=high,
        plain=plain,
        dispersion=fit.dispersion,
        days=used.sum(axis=1).astype(float),
        out_days=(history.state == DayState.OUT).sum(axis=1).astype(float),
        lost=lost,
        lost_low=np.maximum(lost - half, 0.0),
        lost_high=lost + half,
        filled=np.where(used, fit.first, np.nan),
        level=level,
    )


def _fitted(history: DemandHistory, e: Numbers, used: Flags) -> _Fit:
    """λ and φ by moments, in turn with the expected moments of the days cut short; λ is NaN without any day."""
    cut = np.nonzero(history.state == DayState.CUT)
    weight, sold = np.where(used, e, 0.0), np.where(used, history.sold, 0.0)
    clear = np.where(history.state == DayState.CUT, 0.0, sold)
    sums = _Sums(
        first=clear.sum(axis=1),
        second=(clear**2).sum(axis=1),
        cross=(clear * weight).sum(axis=1),
        share=weight.sum(axis=1),
        squares=(weight**2).sum(axis=1),
    )
    y, share, rows = history.sold[cut], e[cut], cut[0]
    z, zz = y.copy(), y**2
    for _ in range(ROUNDS if len(rows) else 1):
        mean, phi = sums.moments(rows, z, zz, share)
        z, zz = _beyond(mean[rows] * share, phi[rows], y)
    first, second = sold, sold**2
    first[cut], second[cut] = z, zz
    return _Fit(mean=mean, dispersion=phi, first=first, second=second)


@dataclass(frozen=True, kw_only=True)
class _Sums:
    """Sums over the days on which sales are the demand: y, y², y·e; and over all days used: e, e²."""

    first: Numbers
    second: Numbers
    cross: Numbers
    share: Numbers
    squares: Numbers

    def moments(self, rows: Places, z: Numbers, zz: Numbers, share: Numbers) -> tuple[Numbers, Numbers]:
        """λ and φ with the expected moments ``z``, ``zz`` of the days cut short, which are in products ``rows``."""
        n = len(self.first)
        first, second, cross = (
            own + np.bincount(rows, weights=part, minlength=n)
            for own, part in ((self.first, z), (self.second, zz), (self.cross, z * share))
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = first / self.share
            squared = mean**2 * self.squares
            spread = (second - 2 * mean * cross + squared - mean * self.share) / squared
        return mean, np.clip(np.nan_to_num(spread, nan=1.0), *DISPERSION)


def _beyond(mu: Numbers, phi: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """First and second moment of demand given that it was at least ``y``."""
    r, p = 1 / phi, 1 / (1 + phi * mu)
    reached = np.maximum(above(y - 1, r, p), 1e-300)
    first = mu * above(y - 2, r + 1, p) / reached
    pairs = mu**2 * (1 + phi) * above(y - 3, r + 2, p) / reached
    first = np.maximum(first, y)
    return first, np.maximum(pairs + first, first**2)


def _standard_error(history: DemandHistory, e: Numbers, used: Flags, fit: _Fit) -> Numbers:
    """Standard error of λ from weekly sums; never below that of a Poisson count."""
    days, mu = history.days, fit.mean[:, None] * e
    weeks = np.arange(days) // WEEK
    starts = np.flatnonzero(np.r_[True, np.diff(weeks) > 0])
    residual = np.where(used, fit.first - mu, 0.0)
    sums = np.add.reduceat(residual, starts, axis=1)
    held = (np.add.reduceat(used.astype(int), starts, axis=1) > 0).sum(axis=1)
    weight = np.where(used, e, 0.0).sum(axis=1)
    hidden = np.where(history.state == DayState.CUT, np.maximum(fit.second - fit.first**2, 0), 0).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        all_spread = np.where(used, mu * (1 + fit.dispersion[:, None] * mu), 0).sum(axis=1)
        left = 1 - np.clip(np.nan_to_num(hidden / all_spread), 0.0, 0.9)
        squared = (sums**2).sum(axis=1) * held / np.maximum(held - 1, 1)
        return np.asarray(np.sqrt(np.maximum(squared, fit.mean * weight)) / weight / left)


def _interval(
    share: Numbers, weeks: Numbers, mean: Numbers, *, error: Numbers, level: float
) -> tuple[Numbers, Numbers]:
    """Student interval on the logarithm; up to 3 ÷ exposure for a product that was on sale and never sold."""
    t = stdtrit(np.maximum(weeks, 2.0) - 1, 0.5 + level / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        factor = np.exp(np.minimum(t * error / mean, 20.0))
        low, high = mean / factor, mean * factor
        bound = NOTHING_SOLD / share
    return np.where(mean == 0, 0.0, low), np.where(mean == 0, bound, high)


def _lost(history: DemandHistory, e: Numbers, fit: _Fit, error: Numbers) -> tuple[Numbers, Numbers]:
    """Expected demand on days out of stock beyond what sold, and its standard error: of λ and of the days themselves."""
    out, cut = history.state == DayState.OUT, history.state == DayState.CUT
    mu = np.nan_to_num(fit.mean)[:, None] * e
    missed = np.where(out, mu, 0).sum(axis=1) + np.where(cut, fit.first - history.sold, 0).sum(axis=1)
    share = np.where(out, e, 0).sum(axis=1)
    days = np.where(out, mu * (1 + fit.dispersion[:, None] * mu), 0).sum(axis=1)
    days = days + np.where(cut, np.maximum(fit.second - fit.first**2, 0), 0).sum(axis=1)
    return missed, np.sqrt((share * np.nan_to_num(error)) ** 2 + days)
