"""ABC by what products bring, XYZ by how evenly they sell.

ABC: products in the order of their value, ties by key; A up to and with the one that passes 80 % of the total, B up to
and with the one that passes 95 %, C the rest and everything that brings nothing. XYZ: coefficient of variation of
weekly demand: X below 0.5, Y below 1, Z above; a product watched for less than 12 weeks is ``new``. Intermittent: on
average 1.32 weeks or more per week with sales (Syntetos & Boylan, *JORS* 56 (2005)).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ecodash.analysis.demand_history import WEEK, Numbers

A_SHARE, B_SHARE = 0.80, 0.95
X_BELOW, Y_BELOW = 0.5, 1.0
WEEKS_NEEDED = 12
INTERMITTENT = 1.32
NEW = "new"


def abc(keys: Sequence[str], value: Numbers) -> NDArray[np.str_]:
    """The class of each product; the item that crosses a bound stays in the upper class."""
    worth = np.maximum(np.nan_to_num(value), 0.0)
    order = np.lexsort((np.array(keys, dtype=str), -worth)) if len(keys) else np.array([], dtype=int)
    total = worth.sum()
    before = np.cumsum(worth[order]) - worth[order]
    share = before / total if total > 0 else np.ones(len(keys))
    found = np.full(len(keys), "C", dtype="<U1")
    found[order] = np.where(worth[order] <= 0, "C", np.where(share < A_SHARE, "A", np.where(share < B_SHARE, "B", "C")))
    return found


def weekly(filled: Numbers) -> Numbers:
    """Mean daily demand per whole week, the last week the newest; NaN for a week of which less than half is known."""
    weeks = filled.shape[1] // WEEK
    parts = filled[:, filled.shape[1] - weeks * WEEK :].reshape(filled.shape[0], weeks, WEEK)
    known = (~np.isnan(parts)).sum(axis=2)
    with np.errstate(invalid="ignore"):
        return np.where(known * 2 > WEEK, np.nansum(parts, axis=2) / np.maximum(known, 1), np.nan)


def xyz(filled: Numbers) -> NDArray[np.str_]:
    """The class of each product by its weekly demand; what never sold is Z."""
    sums = weekly(filled)
    known = ~np.isnan(sums)
    n = np.maximum(known.sum(axis=1), 1)
    mean = np.nansum(sums, axis=1) / n
    spread = np.where(known, (sums - mean[:, None]) ** 2, 0.0).sum(axis=1) / np.maximum(n - 1, 1)
    variation = np.divide(np.sqrt(spread), mean, out=np.full(len(mean), np.inf), where=mean > 0)
    classes = np.where(variation < X_BELOW, "X", np.where(variation < Y_BELOW, "Y", "Z"))
    return np.where(known.sum(axis=1) < WEEKS_NEEDED, NEW, classes)


def intermittent(filled: Numbers) -> NDArray[np.bool_]:
    """Whether a product sells in so few weeks that a mean says little; False without any sale."""
    sums = weekly(filled)
    known, hits = (~np.isnan(sums)).sum(axis=1), (np.nan_to_num(sums) > 0).sum(axis=1)
    return np.asarray((hits > 0) & (known >= INTERMITTENT * hits))
