"""Days on which a product could not be bought: recorded by stock counts, or inferred from sales that stop and resume.

Recorded. Stock falls by sales only. So a count of zero says: the last sale took the last piece; demand of that day was
cut short (``CUT``) and from then on the product was out (``OUT``). After the count it stays out until the next one, or
until it sells again; the days in which it may have been back without selling yet, as many as it usually waits for a
sale, and the day it sold on (chosen because it sold) are ``UNKNOWN``: neither demand nor lost sales. Without a sale
since a count above zero the stock went some other way, nobody knows when: ``UNKNOWN``.

Inferred. Without counts, a run of days without a sale between two sales is taken for a stock-out when fewer than
``CHANCE`` runs of that length would be expected by chance in the whole history of the product:
n · (1 − z) · z^length < ``CHANCE``, z the share of days without a sale outside such runs, n the number of days.
"""

import numpy as np
from numpy.typing import NDArray

from ecodash.analysis.demand_history import DayState, DemandHistory, Numbers

CHANCE = 0.05
SHORTEST = 3
ROUNDS = 3
LONGEST_SILENCE = 35
"""A count of zero says nothing about days more than so many days away."""

Counts = tuple[NDArray[np.int64], NDArray[np.int64], Numbers]
Flags = NDArray[np.bool_]


def recorded(history: DemandHistory, counts: Counts) -> DemandHistory:
    """The history with the days that stock counts show to be out.

    ``counts`` are (row, day number, sellable units at the end of the day), in any order.
    """
    state = history.state.copy()
    row, day, level = counts
    inside = (day >= history.first) & (day < history.first + history.days)
    order = np.lexsort((day[inside], row[inside]))
    rows, places, levels = (part[inside][order] for part in (row, day - history.first, level))
    same = rows[1:] == rows[:-1]
    before = np.r_[-1, np.where(same, places[:-1], -1)] if len(rows) else places
    after = np.r_[np.where(same, places[1:], history.days), history.days] if len(rows) else places
    for at in np.flatnonzero(levels <= 0):
        line = _Line(state[rows[at]], history.sold[rows[at]])
        if line.state[places[at]] != DayState.UNBORN:
            line.before(int(before[at]), int(places[at]))
            line.after(int(places[at]), int(after[at]), still=after[at] < history.days and levels[at + 1] <= 0)
    return DemandHistory(keys=history.keys, first=history.first, sold=history.sold, state=state)


class _Line:
    """One product while its days are marked; changes ``state`` in place."""

    def __init__(self, state: NDArray[np.int8], sold: Numbers) -> None:
        self.state, self.sold = state, sold

    def before(self, count: int, zero: int) -> None:
        """The days after the count at ``count`` up to the count of zero at ``zero``."""
        start = max(count + 1, zero - LONGEST_SILENCE, 0)
        sales = np.flatnonzero(self.sold[start : zero + 1] > 0)
        if len(sales):
            last = start + int(sales[-1])
            self.state[last] = DayState.CUT
            self.state[last + 1 : zero + 1] = DayState.OUT
        elif self.state[start:zero].size and (self.state[start - 1] if start else DayState.OPEN) == DayState.OPEN:
            self._set(start, zero, DayState.UNKNOWN)
            self.state[zero] = DayState.OUT
        else:
            self.state[zero] = DayState.OUT

    def after(self, zero: int, count: int, *, still: bool) -> None:
        """The days from the count of zero up to the next one; ``still``: which found nothing either."""
        end = min(count, zero + 1 + LONGEST_SILENCE)
        sales = np.flatnonzero(self.sold[zero + 1 : end] > 0)
        stop = zero + 1 + int(sales[0]) if len(sales) else end
        self._set(zero + 1, stop, DayState.OUT)
        if len(sales) or not still:
            back = max(stop - self._wait(), zero + 1)
            self._set(back, stop + 1 if len(sales) else stop, DayState.UNKNOWN)

    def _set(self, start: int, end: int, what: DayState) -> None:
        part = self.state[start:end]
        part[part != DayState.UNBORN] = what

    def _wait(self) -> int:
        """Days without a sale that usually pass before one, while the product is there."""
        known = self.state == DayState.OPEN
        hits = int((known & (self.sold > 0)).sum())
        return round((int(known.sum()) - hits) / hits) if hits else LONGEST_SILENCE


def inferred(history: DemandHistory, *, only: Flags | None = None) -> DemandHistory:
    """The history with runs of days without a sale that are too long to be chance; ``only`` says for which products."""
    state = history.state.copy()
    wanted = np.ones(len(history.keys), dtype=bool) if only is None else only
    for key in np.flatnonzero(wanted):
        for start, end in _silences(history.sold[key], state[key] == DayState.OPEN):
            state[key, start:end] = DayState.OUT
    return DemandHistory(keys=history.keys, first=history.first, sold=history.sold, state=state)


def _silences(sold: Numbers, known: Flags) -> list[tuple[int, int]]:
    """Runs [start, end) without a sale, between two sales, that chance does not explain."""
    hits = np.flatnonzero(known & (sold > 0))
    if len(hits) < 2:  # noqa: PLR2004 - a run lies between two sales
        return []
    gaps = np.diff(hits) - 1
    found = np.zeros(len(gaps), dtype=bool)
    n = int(hits[-1] - hits[0] + 1)
    for _ in range(ROUNDS):
        quiet = int(gaps[~found].sum())
        z = quiet / (quiet + len(hits))
        expected = n * (1 - z) * z ** gaps.astype(float)
        now = (gaps >= SHORTEST) & (expected < CHANCE)
        if (now == found).all():
            break
        found = now
    return [(int(hits[i]) + 1, int(hits[i + 1])) for i in np.flatnonzero(found)]
