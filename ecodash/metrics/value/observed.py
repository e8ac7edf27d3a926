"""What customers were worth within so many days of their first purchase: only those watched that long, nobody ahead.

Source: product definitions of LTV at an equal horizon (Σ contribution within H per acquired customer).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.analysis.ratio_interval import ClusterSums, ratio_interval
from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.metrics.cohort_scope import members
from ecodash.metrics.collect import collected
from ecodash.metrics.scope import Scope
from ecodash.metrics.value.costs import Costs, costs, worth

HORIZONS = (30, 60, 90, 180, 365)
STEP, LONGEST = 30, 720
VALUES = {
    "group": pl.String,
    "days": pl.Int64,
    "customers": pl.Int64,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}
SPENT = ("customer_id", "day", "is_sale", "net", "base", "cost", "costed")


@dataclass(frozen=True, kw_only=True, eq=False)
class ObservedValue:
    """Value per customer, on margin or on sales as ``costs`` say. ``table``: one row per group and horizon, VALUES.

    Without groups the group is empty text. ``customers`` are those watched for the horizon; the interval is by customer.
    """

    costs: Costs
    table: pl.DataFrame


def observed(here: Scope, horizons: Sequence[int] = HORIZONS, *, watched: int | None = None) -> ObservedValue:
    """Value within each horizon of customers who first bought in the window and were watched for it.

    With ``watched`` all horizons are about the same customers, those watched that long (for a curve). Groups are those
    of the question (one dimension at most), of the first purchase.
    """
    group = here.groups[0] if here.groups else None
    who = members(here).select(
        "customer_id", "first_day", group=nw.col(group).cast(nw.String) if group else nw.lit("", dtype=nw.String)
    )
    return of_customers(here, who, horizons, watched=watched)


def of_customers(here: Scope, who: Frame, horizons: Sequence[int], *, watched: int | None = None) -> ObservedValue:
    """The same for any customers: one row each with customer_id, first_day and group."""
    found = costs(here)
    spent = here.fact("orders").filter(
        ~nw.col("customer_id").is_null(), nw.col("is_sale") | (nw.col("kind") == "credit")
    )
    spent = worth(spent.select(*SPENT), found).select("customer_id", "day", "worth")
    age = (nw.col("day") - nw.col("first_day")).cast(nw.Int64)
    aged = who.join(spent, on="customer_id", how="inner").with_columns(age=age).filter(nw.col("age") >= 0)
    columns = {_name(days): _within(days) for days in horizons}
    each = (
        aged.with_columns(**columns)
        .group_by("group", "customer_id", "first_day")
        .agg(**{name: nw.col(name).sum() for name in columns})
    )
    return ObservedValue(costs=found, table=_summed(each, day_number(here.span.end), horizons, watched))


def _name(days: int) -> str:
    return f"v{days}"


def _within(days: int) -> nw.Expr:
    return nw.when(nw.col("age") <= days).then(nw.col("worth")).otherwise(0.0)


def _summed(each: Frame, end: int, horizons: Sequence[int], watched: int | None) -> pl.DataFrame:
    """One row per group and horizon from one row per customer; groups by name, horizons ascending."""
    parts: dict[str, nw.Expr] = {}
    for days in horizons:
        there = nw.when(nw.col("first_day") <= end - (watched or days)).then(1.0).otherwise(0.0)
        value = nw.col(_name(days)) * there
        parts |= {f"n{days}": there, f"y{days}": value, f"q{days}": value * value}
    rows = each.select("group", **parts)
    table = collected(rows.group_by("group").agg(**{name: nw.col(name).sum() for name in parts})).sort("group")
    found = [
        _one(str(row["group"] or ""), days, row[f"n{days}"], row[f"y{days}"], row[f"q{days}"])
        for row in table.iter_rows(named=True)
        for days in horizons
    ]
    return pl.DataFrame(found, schema=VALUES, orient="row")


def _one(group: str, days: int, n: float, total: float, squares: float) -> tuple[object, ...]:
    """No value where nobody has been watched that long."""
    if n == 0:
        return group, days, 0, None, None, None
    inside = ratio_interval(ClusterSums(n=int(n), y=total, x=n, yy=squares, xx=n, xy=total))
    return group, days, int(n), total / n, inside.low if inside else None, inside.high if inside else None


def curve_days(watched: int) -> tuple[int, ...]:
    """Where a value curve is read: on the day of the first purchase and every 30 days up to ``watched``."""
    return tuple(dict.fromkeys((*range(0, watched, STEP), watched)))
