"""Customers won with a discount beside those who paid the full price: who came back, and what they were worth.

A comparison of who came, not of what the discount did: people who wait for discounts are other people.
"""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.analysis.difference import Difference
from ecodash.analysis.interval import Interval
from ecodash.analysis.risk_difference import Arm, risk_difference
from ecodash.analysis.wilson import wilson
from ecodash.core.decimals import SCALE
from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.metrics.collect import collected
from ecodash.metrics.scope import Scope, inside
from ecodash.metrics.value.observed import ObservedValue, of_customers

LEAST = 0.05
GROUPS = ("discount", "full")


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Customers of one kind: what they paid first (mean money), how many were watched and came back in ``days``."""

    group: str
    customers: int
    first_paid: float | None
    watched: int
    back: int

    @property
    def rate(self) -> float | None:
        """Share back within the days; None when nobody was watched that long."""
        return self.back / self.watched if self.watched else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval of the rate."""
        return wilson(self.back, self.watched)


@dataclass(frozen=True, kw_only=True, eq=False)
class DiscountCohorts:
    """Both kinds (discount first), the difference of their rates in points, and their value at equal horizons."""

    days: int
    cohorts: tuple[Cohort, Cohort]
    difference: Difference | None
    values: ObservedValue


def first_orders(here: Scope) -> Frame:
    """One row per customer who first bought in the window: customer_id, first_day, first_paid, second_day, group.

    ``discount``: a coupon was used, or at least 5 % of the goods' price was taken off. Orders without a price before
    discounts and without a coupon count as full price.
    """
    orders = here.fact("orders").filter(nw.col("seq") == 1, inside(here.window, "day"))
    cut = (nw.col("discount").cast(nw.Float64) >= LEAST * nw.col("gross").cast(nw.Float64)) & (nw.col("discount") > 0)
    lower = cut.fill_null(value=False) | ~nw.col("coupon").is_null()
    kind = nw.when(lower).then(nw.lit(GROUPS[0])).otherwise(nw.lit(GROUPS[1]))
    first = orders.select("customer_id", "first_day", first_paid=nw.col("paid"), group=kind)
    return first.join(here.fact("customers").select("customer_id", "second_day"), on="customer_id", how="left")


def discount_cohorts(here: Scope, *, days: int = 90) -> DiscountCohorts:
    """Both kinds of customers who first bought in the window."""
    end, rows = day_number(here.span.end), first_orders(here)
    watched = nw.col("first_day") <= end - days
    back = (nw.col("second_day") - nw.col("first_day") <= days).fill_null(value=False)
    marked = rows.with_columns(one=nw.lit(1), watched=watched.cast(nw.Int64), back=(watched & back).cast(nw.Int64))
    sums = marked.group_by("group").agg(*(nw.col(name).sum() for name in ("one", "first_paid", "watched", "back")))
    found = {row["group"]: row for row in collected(sums).iter_rows(named=True)}
    cohorts = tuple(_cohort(name, found.get(name)) for name in GROUPS)
    arms = [Arm(n=one.watched, total=one.back, squares=one.back) for one in cohorts]
    return DiscountCohorts(
        days=days,
        cohorts=(cohorts[0], cohorts[1]),
        difference=risk_difference(arms[0], arms[1]),
        values=of_customers(here, rows.select("customer_id", "first_day", "group"), (30, 90, 180, 365)),
    )


def _cohort(name: str, row: dict[str, int] | None) -> Cohort:
    if row is None:
        return Cohort(group=name, customers=0, first_paid=None, watched=0, back=0)
    return Cohort(
        group=name,
        customers=int(row["one"]),
        first_paid=row["first_paid"] / SCALE / row["one"],
        watched=int(row["watched"]),
        back=int(row["back"]),
    )


def value_at(values: pl.DataFrame, group: str, days: int) -> float | None:
    """The value of a group at a horizon, None when nobody was watched that long."""
    found = values.filter((pl.col("group") == group) & (pl.col("days") == days))["value"].to_list()
    return found[0] if found else None
