"""Intervals that rest on how far the same method was off before: for single days, and for sums of days as such.

Errors of past origins are put on one scale and pooled over series of like volume (sextiles) and thirds of the horizon.
Sums are calibrated on past sums: days are never taken to be independent. Where the lower end is cut at 0 it is missed
less often than it may be; what is saved there is taken off the upper end, so that an interval for 80 % holds 80 %.
Sources: V. Vovk et al., Algorithmic Learning in a Random World (2005); Y. Romano et al., Conformalized Quantile
Regression (2019). Pools under 300 errors are widened by 1.15, those under 100 are taken as symmetric.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from ecodash.analysis.forecast.panel import TINY, Flags, Floats, Ints
from ecodash.analysis.interval import normal_quantile

SEXTILES, IN_A_BIN = 6, 12
THIRDS = 3
SMALL_POOL, TINY_POOL, WIDER = 300, 100, 1.15
PRIOR = 8.0
LEAST_DISPERSION, MOST_DISPERSION = 0.01, 50.0
FLOOR = 0.01
"""Expected demand below which the scale of errors no longer shrinks, units a step."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """``low`` and ``high`` with ``level`` of the outcomes between them."""

    level: float
    low: Floats
    high: Floats


@dataclass(frozen=True, kw_only=True)
class Track:
    """Past origins (first axis) of series (second) and steps (third): what was forecast, what came (missing: unseen).

    ``unit`` is the size of one unit of demand in the measure: 1 for units, the mean price for sales.
    """

    actual: Floats
    path: Floats
    unit: float = 1.0

    @property
    def origins(self) -> int:
        """Number of origins."""
        return int(self.actual.shape[0])

    def without(self, drop: Flags) -> "Track":
        """The track with the origins of ``drop`` left out."""
        return Track(actual=self.actual[~drop], path=self.path[~drop], unit=self.unit)

    def only(self, origin: int) -> "Track":
        """One origin alone."""
        return Track(actual=self.actual[origin : origin + 1], path=self.path[origin : origin + 1], unit=self.unit)

    @cached_property
    def bins(self) -> Ints:
        """Volume bin of every series, 0 the smallest."""
        volume = self.path.mean(axis=(0, 2))
        count = int(np.clip(len(volume) // IN_A_BIN, 1, SEXTILES))
        rank = np.argsort(np.argsort(volume, kind="stable"), kind="stable")
        found: Ints = (rank * count // max(len(volume), 1)).astype(np.int64)
        return found

    @cached_property
    def dispersion(self) -> Floats:
        """φ of every series in variance = f + φ·f², halfway (geometric) to that of its bin."""
        f = np.maximum(self.path / self.unit, FLOOR)
        error = self.actual / self.unit - f
        seen = ~np.isnan(error)
        above = np.where(seen, error**2 - f, 0.0).sum(axis=(0, 2))
        below = np.where(seen, f**2, 0.0).sum(axis=(0, 2))
        own = np.clip(above / np.maximum(below, TINY), LEAST_DISPERSION, MOST_DISPERSION)
        median = np.array([np.median(own[self.bins == one]) for one in range(int(self.bins.max()) + 1)])
        found: Floats = np.sqrt(own * median[self.bins])
        return found

    def scale(self, path: Floats) -> Floats:
        """Standard deviation of a step with expectation ``path`` (series are the last but one axis)."""
        f = np.maximum(path / self.unit, FLOOR)
        found: Floats = np.sqrt(f + self.dispersion[:, None] * f**2) * self.unit
        return found


def step_bands(track: Track, path: Floats, levels: Sequence[float]) -> tuple[Band, ...]:
    """Intervals of every step of ``path`` (series × steps)."""
    past, ahead = track.scale(track.path), track.scale(path)
    parts = [(track.bins == one) for one in range(int(track.bins.max()) + 1)]
    cuts = np.linspace(0, path.shape[1], THIRDS + 1).round().astype(int)
    bands = []
    for level in levels:
        low, high = np.zeros_like(path), np.zeros_like(path)
        for members in parts:
            for start, end in pairwise(cuts):
                box = np.ix_(members, np.arange(start, end))
                history = np.ix_(np.arange(track.origins), members, np.arange(start, end))
                pool = _Pool.of(track.actual[history], track.path[history], past[history])
                low[box], high[box] = pool.ends(path[box], ahead[box], level)
        bands.append(Band(level=level, low=np.minimum(low, path), high=np.maximum(high, path)))
    return tuple(bands)


def sum_bands(track: Track, path: Floats, levels: Sequence[float]) -> tuple[Band, ...]:
    """Intervals of the sum over all steps of ``path`` (series × steps, no more steps than the track has)."""
    sums = _Sums.of(track, path.shape[1])
    total = path.sum(axis=1)
    bands = []
    for level in levels:
        low, high = np.zeros_like(total), np.zeros_like(total)
        for one in range(int(track.bins.max()) + 1):
            members = track.bins == one
            pool = _Pool.of(sums.actual[:, members], sums.path[:, members], sums.past[:, members])
            low[members], high[members] = pool.ends(total[members], sums.scale(total)[members], level)
        bands.append(Band(level=level, low=np.minimum(low, total), high=np.maximum(high, total)))
    return tuple(bands)


def widened(bands: tuple[Band, ...], path: Floats, doubt: Floats) -> tuple[Band, ...]:
    """Intervals around ``path`` that also hold a relative standard error ``doubt`` of the path itself."""
    found = []
    for band in bands:
        more = normal_quantile(band.level) * doubt * path
        low = path - np.sqrt((path - band.low) ** 2 + more**2)
        high = path + np.sqrt((band.high - path) ** 2 + more**2)
        found.append(Band(level=band.level, low=np.maximum(low, 0.0), high=high))
    return tuple(found)


def sum_quantiles(track: Track, path: Floats, levels: Sequence[float]) -> Floats:
    """Quantiles of the sum over all steps of ``path``: one row per series, one column per level."""
    sums = _Sums.of(track, path.shape[1])
    total = path.sum(axis=1)
    found = np.zeros((len(total), len(levels)))
    for one in range(int(track.bins.max()) + 1):
        members = track.bins == one
        pool = _Pool.of(sums.actual[:, members], sums.path[:, members], sums.past[:, members])
        for column, level in enumerate(levels):
            edge = total[members] + sums.scale(total)[members] * pool.quantile(level)
            found[members, column] = np.maximum(edge, 0.0)
    ordered: Floats = np.maximum.accumulate(found, axis=1) if list(levels) == sorted(levels) else found
    return ordered


def step_quantile(track: Track, path: Floats, level: float) -> Floats:
    """One quantile of every step, pooled over the horizon: for pinball losses."""
    past, found = track.scale(track.path), np.zeros_like(path)
    ahead = track.scale(path)
    for one in range(int(track.bins.max()) + 1):
        members = track.bins == one
        pool = _Pool.of(track.actual[:, members], track.path[:, members], past[:, members])
        found[members] = np.maximum(path[members] + ahead[members] * pool.quantile(level), 0.0)
    return found


@dataclass(frozen=True, kw_only=True)
class _Pool:
    """Errors on one scale, with the outcomes they belong to."""

    errors: Floats
    actual: Floats
    path: Floats
    scale: Floats

    @classmethod
    def of(cls, actual: Floats, path: Floats, scale: Floats) -> "_Pool":
        seen = ~np.isnan(actual)
        truth, forecast, width = actual[seen], path[seen], scale[seen]
        return cls(errors=(truth - forecast) / width, actual=truth, path=forecast, scale=width)

    def quantile(self, level: float) -> float:
        """The error not passed with probability ``level``, on the safe side of 0.5 for the size of the pool."""
        size = self.errors.size
        if not size:
            return float("nan")
        errors = self.errors if size >= TINY_POOL else np.concatenate([self.errors, -self.errors])
        wide = 1.0 if size >= SMALL_POOL else WIDER
        safe = 0.5 + (level - 0.5) * (1 + 1 / size)
        return float(np.quantile(errors, np.clip(safe, 0.0, 1.0))) * wide

    def ends(self, path: Floats, scale: Floats, level: float) -> tuple[Floats, Floats]:
        """Lower and upper end around ``path``; missing when there are no errors to learn from."""
        down = self.quantile((1 - level) / 2)
        low = np.maximum(path + scale * down, 0.0)
        missed = (1 - level) / 2
        if self.errors.size:
            missed = min(missed, float((self.actual < np.maximum(self.path + self.scale * down, 0.0)).mean()))
        up = self.quantile(level + missed)
        return low, np.maximum(path + scale * up, 0.0)


@dataclass(frozen=True, kw_only=True)
class _Sums:
    """Past sums on the scale √(F·unit), each series by how far its own sums were off in the other origins."""

    actual: Floats
    path: Floats
    past: Floats
    own: Floats
    unit: float

    @classmethod
    def of(cls, track: Track, steps: int) -> "_Sums":
        actual, path = track.actual[:, :, :steps], track.path[:, :, :steps]
        seen = ~np.isnan(actual)
        total = np.where(seen, path, 0.0).sum(axis=2)
        enough = seen.sum(axis=2) > steps / 2
        came = np.where(enough, np.where(seen, actual, 0.0).sum(axis=2), np.nan)
        root = _root(total, track.unit)
        square = np.nan_to_num(((came - total) / root) ** 2)
        count = (~np.isnan(came)).astype(np.float64)
        pooled = np.zeros(square.shape[1])
        for one in range(int(track.bins.max()) + 1):
            members = track.bins == one
            pooled[members] = square[:, members].sum() / max(count[:, members].sum(), 1.0)
        pooled = np.maximum(pooled, TINY)
        others = (square.sum(axis=0) - square + PRIOR * pooled) / (count.sum(axis=0) - count + PRIOR)
        own = np.sqrt((square.sum(axis=0) + PRIOR * pooled) / (count.sum(axis=0) + PRIOR))
        return cls(actual=came, path=total, past=root * np.sqrt(others), own=own, unit=track.unit)

    def scale(self, total: Floats) -> Floats:
        """Scale of sums to come."""
        found: Floats = _root(total, self.unit) * self.own
        return found


def _root(total: Floats, unit: float) -> Floats:
    found: Floats = np.sqrt(np.maximum(total / unit, 1.0)) * unit
    return found
