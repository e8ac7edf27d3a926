"""The adjusted difference as a curve over the landmark day.

One landmark table and one comparison per day; days that cannot be answered carry their reason. A difference that is
there at every landmark is more believable than one that depends on when one looks. Sources: see landmark and fair_comparison.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ecodash.analysis.cross_fitting import Progress
from ecodash.analysis.fair_comparison import Comparison, Design, compare
from ecodash.analysis.landmark import landmark_table
from ecodash.analysis.refused import Refused


@dataclass(frozen=True, kw_only=True)
class AtLandmark:
    """The comparison with the status frozen on day ``landmark``."""

    landmark: int
    found: Comparison | Refused


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Customers and purchases as in ``landmark_table``; the outcome window in days and the last whole day."""

    customers: pl.DataFrame
    purchases: pl.DataFrame
    window: int
    last_day: int


def landmark_curve(
    watch: Watch, design: Design, landmarks: Sequence[int], *, progress: Progress | None = None
) -> tuple[AtLandmark, ...]:
    """One element per landmark, in the order given."""
    found = []
    for index, landmark in enumerate(landmarks):
        table = landmark_table(
            watch.customers, watch.purchases, landmark=landmark, window=watch.window, last_day=watch.last_day
        )
        found.append(AtLandmark(landmark=landmark, found=compare(table, design)))
        if progress is not None:
            progress((index + 1) / len(landmarks))
    return tuple(found)
