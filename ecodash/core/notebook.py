"""What people write down about a shop: goals to be met and notes on what happened."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ecodash.core.period import Period

EVERYTHING = "all"
SCOPES = ("channel", "store", "sku")


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a metric should come to in a month. ``month`` is its first day, ``value`` in the unit of the metric.

    One goal per month, metric and owner. ``uploaded``: it stands in the table of targets, not typed in here.
    """

    month: date
    metric: str
    value: Decimal
    owner: str = ""
    uploaded: bool = False

    @property
    def days(self) -> Period:
        """The whole month."""
        return Period.month(self.month.year, self.month.month)


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something that happened on one or several days. ``id`` is 0 until it is kept.

    ``scope`` is ``all`` or what it is about: ``channel:<id>``, ``store:<id>``, ``sku:<id>``.
    """

    days: Period
    text: str
    owner: str = ""
    scope: str = EVERYTHING
    id: int = 0

    def concerns(self, where: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
        """Whether it belongs on a picture filtered like ``where``: no filter leaves out what it is about."""
        kind, _, name = self.scope.partition(":")
        return all(name in values for dimension, values in where if dimension == kind)
