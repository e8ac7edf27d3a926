"""The average stock of a span of days when stock was counted on some of them only."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ecodash.analysis.demand_history import Numbers

EVEN = 1.35
"""Counts are evenly spaced when the longest gap is at most so many times the shortest: months are 28 to 31 days."""
WEEKLY, MONTHLY = 8, 32


class Rhythm(StrEnum):
    """How often stock was counted: ``single``, ``daily``, ``weekly``, ``monthly`` (about), or ``irregular``."""

    SINGLE = "single"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    IRREGULAR = "irregular"


@dataclass(frozen=True, kw_only=True)
class StockAverage:
    """The average, over how many counts, how often they were made, and the usual days between two of them."""

    mean: float
    counts: int
    rhythm: Rhythm
    gap: float


def stock_average(days: NDArray[np.int64], values: Numbers) -> StockAverage | None:
    """The average of one value per counted day; None without any. Negative values are taken as they are.

    Evenly spaced counts are averaged plainly; otherwise each stands for the days nearer to it than to the others, the
    first and last as far out as in, so that many counts of one busy week do not outweigh the month around them.
    """
    if not len(days):
        return None
    order = np.argsort(days)
    days, values = days[order], values[order]
    gaps = np.diff(days).astype(float)
    if not len(gaps):
        return StockAverage(mean=float(values[0]), counts=1, rhythm=Rhythm.SINGLE, gap=0.0)
    even = gaps.max() <= EVEN * gaps.min()
    weights = np.ones(len(days)) if even else (np.r_[gaps[0], gaps] + np.r_[gaps, gaps[-1]]) / 2
    mean = float(np.average(values, weights=weights))
    gap = float(np.median(gaps))
    return StockAverage(mean=mean, counts=len(days), rhythm=_rhythm(gap, even=bool(even)), gap=gap)


def _rhythm(gap: float, *, even: bool) -> Rhythm:
    if not even or gap > MONTHLY:
        return Rhythm.IRREGULAR
    if gap <= 1:
        return Rhythm.DAILY
    return Rhythm.WEEKLY if gap <= WEEKLY else Rhythm.MONTHLY
