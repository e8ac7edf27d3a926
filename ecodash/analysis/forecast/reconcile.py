"""Parts that add up to their whole, step by step: each part keeps its share (proportional reconciliation).

Source: C. Gross, J. Sohl (1990), Disaggregation methods to expedite product line forecasting, J. of Forecasting 9.
"""

import numpy as np

from ecodash.analysis.forecast.panel import TINY, Floats, Ints


def reconciled(parts: Floats, whole: Floats, belongs: Ints) -> Floats:
    """``parts`` (… × parts × steps) scaled to add up to the rows of ``whole`` they belong to.

    A step in which all parts expect nothing is shared by their sums over the horizon, or equally.
    """
    count = whole.shape[-2]
    marks = (np.arange(count)[:, None] == belongs[None, :]).astype(np.float64)
    have = marks @ parts
    sums = parts.sum(axis=-1, keepdims=True)
    of_group = np.swapaxes(marks, 0, 1) @ (marks @ sums)
    equal = 1 / np.maximum(marks.sum(axis=1), 1)[belongs][:, None]
    share = np.where(of_group > TINY, sums / np.maximum(of_group, TINY), equal)
    wanted, had = whole[..., belongs, :], have[..., belongs, :]
    found: Floats = np.where(had > TINY, parts * (wanted / np.maximum(had, TINY)), share * wanted)
    return found
