"""After how many months customers have paid back what they cost, and what they are worth against it.

The value is that of customers watched for the whole horizon, so the curve never mixes old and young ones; a month is 30
days of a customer's own time, and month 0 is the day of the first purchase.
"""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.core.period import Period
from ecodash.metrics.acquisition.cost import Cost, Costs, cost
from ecodash.metrics.acquisition.newcomers import newcomers, placed, sources
from ecodash.metrics.acquisition.spend import places
from ecodash.metrics.metric import MONTH_DAYS
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import scope
from ecodash.metrics.value.costs import Costs as Margins
from ecodash.metrics.value.observed import ObservedValue, of_customers

MONTHS = 12
WHOLE = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Payback:
    """One channel (place ``""``: the whole shop). ``curve``: days, customers, value, low, high per customer.

    ``month``: the first by which the value is at least the cost; ``earliest`` and ``latest`` from the ends of its
    interval. None where that does not happen within the ``months`` watched, or where cost or value are not known.
    """

    cost: Cost
    curve: pl.DataFrame
    months: int
    month: int | None
    earliest: int | None
    latest: int | None

    @property
    def customers(self) -> int:
        """Customers watched for the whole horizon."""
        return int(self.curve["customers"].max() or 0)  # type: ignore[arg-type]

    @property
    def value(self) -> float | None:
        """What they were worth at the end of it."""
        return None if self.curve.is_empty() else self.curve["value"][-1]

    @property
    def ratio(self) -> float | None:
        """Value at the end of the horizon per unit of cost (LTV:CAC)."""
        if self.value is None or not self.cost.cac:
            return None
        return self.value / self.cost.cac


@dataclass(frozen=True, kw_only=True, eq=False)
class Paybacks:
    """The whole shop first, then every channel with ads; ``margins`` say what value is counted on."""

    costs: Costs
    margins: Margins
    all: tuple[Payback, ...]

    @property
    def whole(self) -> Payback:
        """The whole shop."""
        return self.all[0]


def paybacks(reading: Reading, window: Period | None = None, *, months: int = MONTHS) -> Paybacks | None:
    """Cost in ``window``, value of everybody watched for ``months``; None without orders."""
    span = reading.source.data_end(as_of=reading.as_of)
    if span is None:
        return None
    costs = cost(reading, window)
    here = scope(reading.source, Query(as_of=reading.as_of), span)
    days = [MONTH_DAYS * month for month in range(months + 1)]
    ads = [channel for one in costs.places for channel in one.channels]
    by_place = placed(newcomers(reading), places(ads, sources(reading))).select("customer_id", "first_day", "group")
    split = of_customers(here, by_place, days, watched=days[-1])
    whole = of_customers(here, by_place.with_columns(group=_nothing()), days, watched=days[-1])
    found = [_one(costs.whole, whole, months), *(_one(one, split, months) for one in costs.places)]
    return Paybacks(costs=costs, margins=whole.costs, all=tuple(found))


def _nothing() -> nw.Expr:
    return nw.lit(WHOLE, dtype=nw.String)


def _one(spent: Cost, values: ObservedValue, months: int) -> Payback:
    curve = values.table.filter((pl.col("group") == spent.place) & pl.col("value").is_not_null()).drop("group")
    return Payback(
        cost=spent,
        curve=curve,
        months=months,
        month=_first(curve, "value", spent.cac),
        earliest=_first(curve, "high", spent.cac),
        latest=_first(curve, "low", spent.cac),
    )


def _first(curve: pl.DataFrame, column: str, cac: float | None) -> int | None:
    """The first month whose value reaches the cost."""
    if cac is None:
        return None
    reached = curve.filter(pl.col(column) >= cac)
    return None if reached.is_empty() else int(reached["days"][0]) // MONTH_DAYS
