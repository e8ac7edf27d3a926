"""Demand of many series over the same days: what every method of this room reads."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How long is long for a kind of step. All lengths are steps, ``cycle`` is the length of the season within.

    ``half_lives`` of the level, ``window`` of the profile, ``trend`` window of the drift, ``average`` of the moving
    average, ``around`` an event the ordinary steps that say what would have been; ``inner`` and ``outer`` step of the
    origins that weigh half-lives and that judge methods; ``least`` history before an origin.
    """

    cycle: int
    half_lives: tuple[float, ...]
    window: int
    trend: int
    average: int
    around: int
    inner: int
    outer: int
    least: int
    year: int


DAILY = Rhythm(
    cycle=7,
    half_lives=(3.5, 7, 14, 28, 56, 112),
    window=182,
    trend=112,
    average=28,
    around=56,
    inner=15,
    outer=12,
    least=42,
    year=364,
)
WEEKLY = Rhythm(
    cycle=1,
    half_lives=(0.3, 1, 2, 4, 8, 16),
    window=26,
    trend=16,
    average=4,
    around=8,
    inner=2,
    outer=2,
    least=12,
    year=52,
)


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One row of ``values`` per key, one column per step; missing before the first sale and when nothing could be sold.

    ``phases`` says for every step of ``values`` and of the horizon after it which phase of an event it is, 0 for none.
    ``groups`` is the number of the sibling group (category) of every key. ``first`` is the number of the first day.
    """

    keys: tuple[str, ...]
    values: Floats
    phases: Ints
    groups: Ints
    first: int = 0
    rhythm: Rhythm = DAILY
    kinds: int = 1

    @property
    def series(self) -> int:
        """Number of keys."""
        return int(self.values.shape[0])

    @property
    def steps(self) -> int:
        """Number of steps of history."""
        return int(self.values.shape[1])

    @property
    def horizon(self) -> int:
        """Number of steps to forecast."""
        return int(self.phases.size) - self.steps

    @property
    def slots(self) -> Ints:
        """Place in the cycle (0 = Monday) of every step of history and horizon."""
        return (self.first + 3 + np.arange(self.phases.size)) % self.rhythm.cycle

    @property
    def known(self) -> Flags:
        """Which steps of history were watched."""
        return ~np.isnan(self.values)

    def until(self, steps: int) -> "Panel":
        """What was known after the first ``steps`` steps; same horizon."""
        return replace(self, values=self.values[:, :steps], phases=self.phases[: steps + self.horizon])

    def after(self, steps: int) -> Floats:
        """What came in the horizon after the first ``steps`` steps; one row per key."""
        return self.values[:, steps : steps + self.horizon]

    def plain(self) -> "Panel":
        """The same without any event."""
        return replace(self, phases=np.zeros_like(self.phases), kinds=1)

    def summed(self, key: str) -> "Panel":
        """One series: the sum over all keys, missing only where nothing at all was watched."""
        some = self.known.any(axis=0)
        total = np.where(some, np.nansum(self.values, axis=0), np.nan)[None, :]
        return replace(self, keys=(key,), values=total, groups=np.zeros(1, dtype=np.int64))


def mean_known(values: Floats) -> Floats:
    """Mean of each row over what was watched; 0 where nothing was."""
    known = ~np.isnan(values)
    found: Floats = np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return found
