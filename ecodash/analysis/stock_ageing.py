"""How old stock is: first in, first out by receipts; without them by the days since the last sale."""

import numpy as np
from numpy.typing import NDArray

from ecodash.analysis.demand_history import Numbers

BOUNDS = (30, 60, 90, 180)
"""Ages end with 30, 60, 90 and 180 days; the last class is older."""


def by_receipts(
    on_hand: Numbers, receipts: tuple[NDArray[np.int64], NDArray[np.int64], Numbers], *, today: int
) -> Numbers:
    """Units per product (row) and age class (column, ``BOUNDS`` and older), the newest receipts lying on top.

    ``receipts`` are (row, day number, units). What no receipt explains is older than all of them: the last class.
    Negative stock counts as none. Receipts after ``today`` are left out.
    """
    found = np.zeros((len(on_hand), len(BOUNDS) + 1))
    left = np.maximum(np.nan_to_num(on_hand), 0.0)
    row, day, units = receipts
    order = np.lexsort((-day, row))
    for at in order[day[order] <= today]:
        taken = min(left[row[at]], max(float(units[at]), 0.0))
        found[row[at], _class(today - int(day[at]))] += taken
        left[row[at]] -= taken
    found[:, -1] += left
    return found


def by_last_sale(on_hand: Numbers, last_sale: Numbers, *, today: int) -> Numbers:
    """The same where receipts are not known: all of a product in the class of the days since it last sold.

    NaN in ``last_sale``: it never sold, the last class.
    """
    found = np.zeros((len(on_hand), len(BOUNDS) + 1))
    age = np.where(np.isnan(last_sale), np.inf, today - last_sale)
    place = np.searchsorted(np.array(BOUNDS, dtype=float), age)
    found[np.arange(len(on_hand)), place] = np.maximum(np.nan_to_num(on_hand), 0.0)
    return found


def _class(age: int) -> int:
    return int(np.searchsorted(BOUNDS, age))
