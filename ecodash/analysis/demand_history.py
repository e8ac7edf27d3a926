"""What is known of the daily demand of many products: what sold, and on which days sales do not show the demand."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
States = NDArray[np.int8]
WEEK = 7
EPOCH_WEEKDAY = 3
"""1 January 1970 was a Thursday; Monday is 0."""


class DayState(IntEnum):
    """What the sales of one product on one day say about its demand.

    ``OPEN``: sales are the demand. ``CUT``: stock ran out during the day, demand was at least what sold. ``OUT``: there
    was nothing to sell. ``UNKNOWN``: perhaps nothing to sell. ``UNBORN``: not on sale yet.
    """

    OPEN = 0
    CUT = 1
    OUT = 2
    UNKNOWN = 3
    UNBORN = 4


@dataclass(frozen=True, kw_only=True)
class DemandHistory:
    """Units sold per product (row) and day (column) from day number ``first`` on, and the state of each such day."""

    keys: tuple[str, ...]
    first: int
    sold: Numbers
    state: States

    @property
    def days(self) -> int:
        """How many days the history has."""
        return int(self.sold.shape[1])

    @property
    def weekdays(self) -> NDArray[np.int64]:
        """Weekday of each day, Monday 0."""
        return (np.arange(self.first, self.first + self.days) + EPOCH_WEEKDAY) % WEEK

    def last(self, days: int) -> "DemandHistory":
        """The last ``days`` days only; all of them when there are fewer."""
        start = max(self.days - days, 0)
        sold, state = self.sold[:, start:], self.state[:, start:]
        return DemandHistory(keys=self.keys, first=self.first + start, sold=sold, state=state)

    def until(self, days: int) -> "DemandHistory":
        """The first ``days`` days: what was known by then."""
        return DemandHistory(keys=self.keys, first=self.first, sold=self.sold[:, :days], state=self.state[:, :days])


def history_of(
    sales: tuple[NDArray[np.int64], NDArray[np.int64], Numbers],
    *,
    keys: tuple[str, ...],
    first: int,
    days: int,
    born: NDArray[np.int64] | None = None,
) -> DemandHistory:
    """A history from sales as (row, day number, units); days before ``born`` (a day number per product) are ``UNBORN``.

    Without ``born`` a product is born with its first sale. Sales outside the days are left out.
    """
    row, day, units = sales
    inside = (day >= first) & (day < first + days)
    sold = np.zeros((len(keys), days))
    np.add.at(sold, (row[inside], day[inside] - first), units[inside])
    there = np.maximum.accumulate(sold > 0, axis=1) if days else np.zeros((len(keys), 0), dtype=bool)
    if born is not None:
        there |= np.arange(first, first + days) >= born[:, None]
    state = np.where(there, DayState.OPEN, DayState.UNBORN).astype(np.int8)
    return DemandHistory(keys=keys, first=first, sold=sold, state=state)


def weekday_profile(history: DemandHistory, *, days: int = 182, shrink: float = 30.0) -> Numbers:
    """Seven multipliers per product (mean 1): how a weekday sells against the average day.

    The own profile is shrunk towards the pooled one by λ = n / (n + ``shrink``), n the mean number of days with sales
    per weekday. Without any sales: 1 throughout.
    """
    sold, weekday = history.sold[:, -days:], history.weekdays[-days:]
    known = history.state[:, -days:] == DayState.OPEN
    sums, open_days, hits = (
        np.stack([part[:, weekday == d].sum(axis=1) for d in range(WEEK)], axis=1)
        for part in (np.where(known, sold, 0.0), known.astype(float), (known & (sold > 0)).astype(float))
    )
    level = sums.sum(axis=1, keepdims=True) / np.maximum(open_days.sum(axis=1, keepdims=True), 1.0)
    own = np.divide(sums, open_days * level, out=np.ones_like(sums), where=(open_days > 0) & (level > 0))
    weight = np.sqrt(level)
    pooled = (own * weight).sum(axis=0) / weight.sum() if weight.sum() > 0 else np.ones(WEEK)
    n = hits.mean(axis=1, keepdims=True)
    mixed = (n * own + shrink * pooled) / (n + shrink)
    return np.asarray(mixed / np.maximum(mixed.mean(axis=1, keepdims=True), 1e-9))


def exposure(history: DemandHistory, profile: Numbers | None = None) -> Numbers:
    """The share of an average day's demand that falls on each day, per product."""
    found = weekday_profile(history) if profile is None else profile
    return np.asarray(found[:, history.weekdays])
