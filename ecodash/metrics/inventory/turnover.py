"""How often stock turns over, on three bases that must never be mixed, and what it earns.

Cost basis (the default): cost of goods sold ÷ average stock at cost, both of products whose cost is known. Unit basis:
units sold ÷ average units. Retail basis: sales ÷ average stock at the price it sells for. A multiple per year; days are
365 ÷ turnover. Stock is averaged per location over the days it was counted (``analysis.stock_average``), then added up.

Sales are taken of the very days the counts stand for: the window, cut to the counted span and one usual gap around it.
Source: product definitions §3.3; one retailer's 5.0, 5.5 and 6.0 on three bases are one and the same shop.
"""

from dataclasses import dataclass
from enum import StrEnum

import narwhals as nw
import numpy as np
import polars as pl

from ecodash.analysis.stock_average import Rhythm, stock_average
from ecodash.core.decimals import SCALE
from ecodash.core.period import Period, day_number
from ecodash.metrics.collect import collected, total
from ecodash.metrics.inventory import ledgers
from ecodash.metrics.inventory.remembered import remembered
from ecodash.metrics.reading import Reading

YEAR = 365.0
SINGLE_DAYS = 365
"""With one count only, sales of at most so many days up to the end of the window stand beside it."""


class Basis(StrEnum):
    """What stock and sales are valued at."""

    COST = "cost"
    UNITS = "units"
    RETAIL = "retail"


@dataclass(frozen=True, kw_only=True)
class Stand:
    """What was counted in a window and the days it stands for.

    ``rows`` counts of a product in a place, on ``counts`` days. ``cost_share``: share of the counted units with a known cost; ``sold_cost_share``: share of sales with one.
    ``negative``: rows with stock below zero, counted as none; ``booked``: rows with stock but all of it promised away. ``rare``: places counted on
    less than half of the days on which others were; their stock is left out of the average.
    """

    days: Period
    rows: int
    counts: int
    rhythm: Rhythm
    cost_share: float
    sold_cost_share: float
    negative: int
    booked: int
    rare: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Turnover:
    """Average stock and sales per basis over ``stand.days``; a basis that cannot be measured is left out."""

    stand: Stand
    stock: dict[Basis, float]
    sold: dict[Basis, float]
    margin: float
    paid: float

    def times(self, basis: Basis = Basis.COST) -> float | None:
        """Times a year; None when stock is 0 or the basis is not known."""
        stock, sold = self.stock.get(basis), self.sold.get(basis)
        return sold / stock * YEAR / self.stand.days.days if stock and sold is not None else None

    def turnover_days(self, basis: Basis = Basis.COST) -> float | None:
        """Days the average stock lasts; None when nothing sold or the basis is not known."""
        stock, sold = self.stock.get(basis), self.sold.get(basis)
        return stock / sold * self.stand.days.days if sold and stock is not None else None

    @property
    def gmroi(self) -> float | None:
        """Gross margin a year for each unit of money in stock at cost."""
        stock = self.stock.get(Basis.COST)
        return self.margin / stock * YEAR / self.stand.days.days if stock and self.sold.get(Basis.COST) else None

    @property
    def capital_intensity(self) -> float | None:
        """Stock at cost ÷ sales of an average month (a twelfth of a year)."""
        stock, month = self.stock.get(Basis.COST), self.paid / self.stand.days.days * YEAR / 12
        return stock / month if stock is not None and month > 0 else None

    def released(self, target_days: float) -> float | None:
        """Money set free when stock at cost came down to ``target_days`` days; 0 when it is there already."""
        found, stock = self.turnover_days(), self.stock.get(Basis.COST)
        if found is None or stock is None:
            return None
        return max(stock * (1 - target_days / found), 0.0) if found > 0 else 0.0


def turnover(reading: Reading, window: Period) -> Turnover | None:
    """The turnover of a window; None when no stock was counted in it."""
    return remembered(reading, "turnover", window, lambda: _turnover(reading, window))


def _turnover(reading: Reading, window: Period) -> Turnover | None:
    found = ledgers.counts(reading, window)
    if found.is_empty():
        return None
    days, counted, rhythm = _span(found, window)
    sold = ledgers.sales(reading, days)
    prices = _prices(reading, sold)
    frame = found.join(prices, on="sku_id", how="left").with_columns(
        kept=pl.max_horizontal("on_hand", 0.0), known=pl.col("unit_cost").is_not_null()
    )
    rare = _rare(frame, counted)
    stock = _averages(frame.filter(~pl.col("location_id").is_in(rare)))
    units, paid = float(sold["qty"].sum()), float(sold["paid"].sum())
    cost, costed = float(sold["cost"].sum()), float(sold["costed"].sum())
    held = float(frame["kept"].sum())
    stand = Stand(
        days=days,
        rows=frame.height,
        counts=counted,
        rhythm=rhythm,
        cost_share=float(frame.filter("known")["kept"].sum()) / held
        if held
        else frame.filter("known").height / frame.height,
        sold_cost_share=costed / paid if paid else 0.0,
        negative=frame.filter(pl.col("on_hand") < 0).height,
        booked=frame.filter(pl.col("on_hand") > 0, pl.col("available") <= 0).height,
        rare=rare,
    )
    flows = {Basis.UNITS: units, Basis.RETAIL: paid} | ({Basis.COST: cost} if costed > 0 else {})
    return Turnover(stand=stand, stock=stock, sold=flows, margin=costed - cost, paid=_paid(reading, days))


def _span(found: pl.DataFrame, window: Period) -> tuple[Period, int, Rhythm]:
    """The days the counts stand for, how many there are, and their rhythm."""
    days = np.sort(found["day"].unique().to_numpy())
    if len(days) == 1:
        start = max(day_number(window.start), day_number(window.end) - SINGLE_DAYS + 1)
        return ledgers.days_of(start, day_number(window.end)), 1, Rhythm.SINGLE
    gap = int(np.diff(days).max())
    start, end = max(day_number(window.start), days[0] - gap), min(day_number(window.end), days[-1] + gap)
    average = stock_average(days, days.astype(float))
    return ledgers.days_of(int(start), int(end)), len(days), average.rhythm if average else Rhythm.IRREGULAR


def _rare(frame: pl.DataFrame, counted: int) -> tuple[str, ...]:
    """Places counted too rarely to have an average beside one that was counted every time; none when no place was."""
    days = frame.group_by("location_id").agg(n=pl.col("day").n_unique()).sort("location_id")
    return tuple(days.filter(pl.col("n") * 2 < counted)["location_id"]) if days["n"].max() == counted else ()


def _averages(frame: pl.DataFrame) -> dict[Basis, float]:
    """Average stock per basis: averaged per location, then added up; a basis without any value is left out."""
    columns = {Basis.COST: "value", Basis.UNITS: "kept", Basis.RETAIL: "retail"}
    valued = frame.with_columns(retail=pl.col("kept") * pl.col("price"))
    known = {basis: name for basis, name in columns.items() if valued[name].null_count() < valued.height}
    daily = valued.group_by("location_id", "day").agg(pl.col(name).sum() for name in columns.values())
    sums = dict.fromkeys(known, 0.0)
    for part in daily.partition_by("location_id"):
        for basis, name in known.items():
            average = stock_average(part["day"].to_numpy(), part[name].to_numpy())
            sums[basis] += average.mean if average else 0.0
    return sums


def _prices(reading: Reading, sold: pl.DataFrame) -> pl.DataFrame:
    """What one unit of a SKU sells for: its mean price in the span, else its list price."""
    paid = sold.group_by("sku_id").agg(pl.col("paid").sum(), pl.col("qty").sum())
    listed = ledgers.product_terms(reading).select("sku_id", "list_price").unique("sku_id")
    joined = paid.join(listed, on="sku_id", how="full", coalesce=True)
    return joined.select("sku_id", price=pl.coalesce(pl.col("paid") / pl.col("qty"), "list_price"))


def _paid(reading: Reading, days: Period) -> float:
    """Amount paid by all orders of the days."""
    inside = nw.col("day").is_between(day_number(days.start), day_number(days.end))
    rows = reading.fact("daily").filter(inside)
    return float(collected(rows.select(paid=total("paid"))).item()) / SCALE
