"""What is asked of the engine, beside which metrics."""

from dataclasses import dataclass

from ecodash.core.period import Period
from ecodash.metrics.dimensions import Dimension, dimension


@dataclass(frozen=True, kw_only=True)
class Query:
    """One question. Everything left out means: all data, not split, not filtered, the default definition, now.

    ``by`` is a dimension or several joined by commas. ``where`` holds (dimension, values): values of one dimension
    are alternatives, different dimensions must all hold. ``opening_days`` leaves out customers whose first purchase
    falls into the first days of the data, where "first" may only mean "first in the file". ``horizon`` is the number
    of days a step of the order sequence is given, ``steps`` how many steps are shown. ``share`` is the quantile of waiting times (0.5: the median).
    ``limit`` keeps the largest groups by the first metric. ``level`` is the confidence level. ``intervals`` False
    leaves out the intervals by customer, which a sparkline does not show and which cost the most.
    """

    window: Period | None = None
    by: str | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    definition: str | None = None
    as_of: int | None = None
    opening_days: int = 0
    horizon: int = 90
    steps: int = 8
    share: float = 0.5
    limit: int | None = None
    level: float = 0.95
    intervals: bool = True

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions to split by, in order; raises UnknownName."""
        return tuple(dimension(name.strip()) for name in self.by.split(",")) if self.by else ()

    @property
    def filters(self) -> tuple[tuple[Dimension, tuple[str, ...]], ...]:
        """The filters with their dimensions resolved; raises UnknownName."""
        return tuple((dimension(name), values) for name, values in self.where)
