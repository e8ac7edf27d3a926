"""Estimates for tests of the framework."""

from ecodash.core.estimate import Estimate, Status
from ecodash.core.unit import Unit


def told(metric: str, value: float | None, half: float | None = None, status: Status = Status.OK) -> Estimate:
    """A number with an interval of ``half`` to either side; none without."""
    ends = (None, None) if half is None or value is None else (value - half, value + half)
    return Estimate(
        metric=metric, definition="standard", unit=Unit.RATIO, status=status, value=value, low=ends[0], high=ends[1]
    )


def by_name(*estimates: Estimate) -> dict[str, Estimate]:
    """Estimates by their metric."""
    return {one.metric: one for one in estimates}
