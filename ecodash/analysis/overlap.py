"""Whether there are customers alike with and without the status, and how much of the sample is left when compared.

``coefficient`` is the area two distributions of the chance of having the status share (overlap coefficient, 0–1), in
twenty bins that hold equally many customers. ``outside`` is the share of customers whose chance is below 5 % or above
95 %. The effective number of customers of an arm is (Σw)² / Σw² with overlap weights (1−e with the status, e without).
Sources: H. F. Inman, E. L. Bradley, Communications in Statistics 18 (1989); L. Kish, Survey Sampling (1965), §11.2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BINS, EXTREME = 20, 0.05


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Shared area, share of extreme chances, effective customers per arm, and the histogram to draw.

    ``with_status`` and ``without_status`` count customers whose chance of the status is in each twentieth of 0–1.
    """

    coefficient: float
    outside: float
    effective_with: float
    effective_without: float
    with_status: tuple[int, ...]
    without_status: tuple[int, ...]


def overlap_weights(status: Ints, chance: Floats) -> Floats:
    """1−e for customers with the status, e for those without: what makes both arms alike (Li et al. 2018)."""
    return np.where(status == 1, 1 - chance, chance)


def overlap(status: Ints, chance: Floats) -> Overlap:
    """The summary for two arms; both must have customers."""
    arms = chance[status == 1], chance[status == 0]
    edges = np.unique(np.quantile(chance, np.linspace(0, 1, BINS + 1)))
    inner = edges[1:-1]
    shares = [np.bincount(np.searchsorted(inner, arm, "right"), minlength=len(inner) + 1) / len(arm) for arm in arms]
    drawn = [np.histogram(arm, np.linspace(0, 1, BINS + 1))[0].tolist() for arm in arms]
    return Overlap(
        coefficient=float(np.minimum(*shares).sum()),
        outside=float(((chance < EXTREME) | (chance > 1 - EXTREME)).mean()),
        effective_with=effective_number(1 - arms[0]),
        effective_without=effective_number(arms[1]),
        with_status=tuple(drawn[0]),
        without_status=tuple(drawn[1]),
    )


def effective_number(weights: Floats) -> float:
    """(Σw)² / Σw²: how many equally weighted customers say as much; 0 without any weight."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0
