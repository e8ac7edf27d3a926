"""An indicator among its own months: where the newest stands between the worst and the best there were."""

from collections.abc import Sequence
from dataclasses import dataclass

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.framework.catalogue import INDICATORS

FEWEST = 6
"""Months without which a place among them says nothing."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """The newest whole month of an indicator; ``percentile``: share of the earlier months it is better than (ties half)."""

    indicator: str
    newest: Estimate
    months: int
    percentile: float


def place(indicator: str, months: Sequence[Estimate], whole: Period) -> Place | None:
    """The place of the newest month; None for fewer than six earlier months, or where neither direction is better.

    Only months that lie entirely within ``whole``, the days of the data, with enough cases each.
    """
    better = INDICATORS[indicator].better if indicator in INDICATORS else "context"
    known = [
        one
        for one in months
        if one.status is Status.OK and one.value is not None and one.window and one.window.clip(whole) == one.window
    ]
    if better not in {"higher", "lower"} or len(known) <= FEWEST:
        return None
    ordered = sorted(known, key=lambda one: one.window.start if one.window else whole.start)
    newest, earlier = ordered[-1], ordered[:-1]
    sign = 1 if better == "higher" else -1
    beaten = sum(_share(sign * (newest.value or 0.0), sign * (one.value or 0.0)) for one in earlier)
    return Place(indicator=indicator, newest=newest, months=len(earlier), percentile=beaten / len(earlier))


def _share(newest: float, earlier: float) -> float:
    if newest == earlier:
        return 0.5
    return 1.0 if newest > earlier else 0.0
