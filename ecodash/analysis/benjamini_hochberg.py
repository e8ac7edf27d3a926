"""Many findings at once: p-values adjusted so that, of what is called a finding, at most the stated share is chance.

Less strict than Holm: it bounds the share of false findings, not the chance of any. Source: Y. Benjamini, Y. Hochberg,
Controlling the false discovery rate, J. Royal Statistical Society B 57 (1995).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def benjamini_hochberg(p_values: Floats, *, tests: int | None = None) -> Floats:
    """Adjusted p-values in the order given, at most 1.

    ``tests`` is how many comparisons were made when only the most promising are listed (at least ``len(p_values)``).
    """
    made = len(p_values) if tests is None else tests
    order = np.argsort(p_values)
    scaled = p_values[order] * made / np.arange(1, len(p_values) + 1)
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted
