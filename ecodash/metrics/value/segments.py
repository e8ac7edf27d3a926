"""RFM of a shop as of a day: segments, what the scores mean in days, orders and money, and who moved where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from ecodash.analysis.rfm import Rules, by_quantiles, by_rules, cut_offs, movement, rfm, sizes
from ecodash.core.period import day_number
from ecodash.metrics.scope import Scope
from ecodash.metrics.value.purchases import customers

GRID = {"r": pl.Int64, "f": pl.Int64, "customers": pl.Int64, "money": pl.Float64}
MULTIPLES = (1, 2, 4)
RECENCY, FREQUENCY = (30.0, 90.0, 180.0), (2.0, 3.0, 5.0)
TWO_DIGITS = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Segments:
    """RFM on the evening of ``as_of``, scored by ``rules`` (None: by quantiles).

    ``sizes``: one row per segment with customers (``analysis.rfm.sizes``) and mean recency, orders and money.
    ``cut_offs``: one row per measure and score. ``grid``: one row per pair of scores of recency and frequency.
    """

    as_of: date
    rules: Rules | None
    customers: int
    sizes: pl.DataFrame
    cut_offs: pl.DataFrame
    grid: pl.DataFrame


def scored(here: Scope, rules: Rules | None = None) -> pl.DataFrame:
    """One row per known customer who bought by the last day of the window: customer, R, F, M, scores, segment.

    Recency counts from the day after: whoever bought on the last day has 1. Money is what was paid.
    """
    table = rfm(customers(here), today=day_number(here.window.end) + 1)
    return by_quantiles(table) if rules is None else by_rules(table, rules)


def segments(here: Scope, rules: Rules | None = None) -> Segments:
    """The segments as of the last day of the window."""
    table = scored(here, rules)
    return Segments(
        as_of=here.window.end,
        rules=rules,
        customers=table.height,
        sizes=_sizes(table),
        cut_offs=cut_offs(table),
        grid=table.group_by("r", "f")
        .agg(customers=pl.len().cast(pl.Int64), money=pl.col("money").sum())
        .sort("r", "f")
        .cast(GRID),  # type: ignore[arg-type]
    )


def _sizes(table: pl.DataFrame) -> pl.DataFrame:
    means = table.group_by("segment").agg(
        mean_recency=pl.col("recency").mean(), mean_orders=pl.col("frequency").mean(), mean_money=pl.col("money").mean()
    )
    return sizes(table).join(means, on="segment", how="left", maintain_order="left")


def moved(before: Scope, now: Scope, rules: Rules | None = None) -> pl.DataFrame:
    """Customers who went from one segment to another: before (null: not a customer yet), after, customers.

    By quantiles everybody is scored among those of his own day, so a customer can also be overtaken.
    """
    return movement(scored(before, rules), scored(now, rules))


def day_before(day: date) -> date:
    """The evening a period is compared with: the last day before it begins."""
    return day - timedelta(days=1)


def shop_rules(here: Scope, *, recency: Sequence[float] = RECENCY, frequency: Sequence[float] = FREQUENCY) -> Rules:
    """Rules to begin with: usual days and orders, and money in multiples of what this shop's customers pay per order."""
    table = customers(here)
    orders, spend = int(table["orders"].sum()), float(table["spend"].sum())
    basket = _round(spend / orders) if orders else 0.0
    money = tuple(dict.fromkeys(basket * times for times in MULTIPLES)) if basket > 0 else ()
    return Rules(recency=tuple(recency), frequency=tuple(frequency), money=money)


def _round(value: float) -> float:
    """Two leading digits: thresholds are to be remembered."""
    return float(f"{value:.{TWO_DIGITS}g}")
