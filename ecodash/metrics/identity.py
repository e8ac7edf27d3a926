"""How many orders have a known buyer, and how far the repurchase rate can be trusted where they have none."""

from dataclasses import dataclass

import narwhals as nw

from ecodash.analysis.identity_bounds import IdentityBounds, Unmatched, identity_bounds
from ecodash.core.decimals import from_scaled
from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.metrics.cohort_scope import members
from ecodash.metrics.collect import collected, total
from ecodash.metrics.query import Query
from ecodash.metrics.scope import Scope, code, inside, matches, scope
from ecodash.metrics.source import Source

DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Identity coverage of one group: ``orders`` sales of which ``known`` have a buyer, ``paid`` in base currency."""

    code: str
    orders: int
    known: int
    paid: float
    paid_known: float

    @property
    def share(self) -> float | None:
        """Share of orders with a known buyer, 0–1; None without orders."""
        return self.known / self.orders if self.orders else None


def coverage_by(source: Source, query: Query, by: str) -> list[Coverage]:
    """One row per value of the dimension ``by`` among the sales in question, those with most orders first.

    Raises UnknownName for a dimension that orders do not carry.
    """
    span = source.data_end(as_of=query.as_of)
    if span is None:
        return []
    asked = scope(source, Query(window=query.window, by=by, where=query.where, as_of=query.as_of), span)
    [split] = asked.by
    known = ~nw.col("customer_id").is_null()
    rows = _sales(asked).select(
        code=code(split, "orders"),
        orders=nw.lit(1).cast(nw.Int64),
        known=known.cast(nw.Int64),
        paid="paid",
        paid_known=nw.when(known).then(nw.col("paid")).otherwise(0),
    )
    sums = {name: total(name) for name in ("orders", "known", "paid", "paid_known")}
    found = collected(rows.group_by("code").agg(**sums)).sort("orders", "code", descending=[True, False])
    return [
        Coverage(
            code=str(row["code"]),
            orders=row["orders"],
            known=row["known"],
            paid=float(from_scaled(row["paid"])),
            paid_known=float(from_scaled(row["paid_known"])),
        )
        for row in found.to_dicts()
    ]


def repurchase_bounds(source: Source, query: Query, *, days: int = DAYS, same_day: bool = False) -> IdentityBounds:
    """Bounds of the ``days``-day repurchase rate of the first-time buyers in question; see ``identity_bounds``.

    All None without data. ``same_day``: a second order on the first day counts, as in the reading "order".
    """
    span = source.data_end(as_of=query.as_of)
    if span is None:
        return identity_bounds(0, 0, Unmatched())
    asked = scope(source, Query(window=query.window, where=query.where, as_of=query.as_of), span)
    opens = max(day_number(asked.window.start), day_number(span.start) + query.opening_days)
    last = min(day_number(asked.window.end), day_number(span.end) - days)
    second = nw.col("second_order_day" if same_day else "second_day")
    watched = members(asked, opening_days=query.opening_days).filter(nw.col("first_day") <= last)
    back = ((second - nw.col("first_day")) <= days).fill_null(value=False).cast(nw.Int64)
    counted = collected(
        watched.select(watched=nw.lit(1).cast(nw.Int64), back=back).select(nw.col("watched", "back").sum())
    )
    seen, returned = (int(value or 0) for value in counted.row(0))
    unmatched = _unmatched(asked, opens=opens, last=last, days=days)
    return identity_bounds(returned, seen, unmatched, filtered=bool(query.where))


def _unmatched(asked: Scope, *, opens: int, last: int, days: int) -> Unmatched:
    """The orders without a buyer, counted by when they were placed."""
    day = nw.col("day")
    passes = [matches(dim, dim.code("orders"), values) for dim, values in asked.filters if "orders" in dim.columns]
    in_window = (day >= opens) & (day <= last)
    early = in_window & (day < last - days)
    marks = {
        "before": (day < opens) & (day <= last),
        "early": early,
        "late": in_window & ~early,
        "after": (day > last) & (day <= last + days) & (day >= opens),
        "openers": nw.all_horizontal(in_window, *passes, ignore_nulls=False),
    }
    nameless = asked.fact("orders").filter(nw.col("is_sale"), nw.col("customer_id").is_null())
    rows = nameless.select(**{name: mark.cast(nw.Int64) for name, mark in marks.items()})
    row = collected(rows.select(**{name: total(name) for name in marks})).row(0, named=True)
    return Unmatched(**{name: int(value or 0) for name, value in row.items()})


def _sales(asked: Scope) -> Frame:
    """The sales of the window that pass the filters an order carries."""
    passes = [matches(dim, dim.code("orders"), values) for dim, values in asked.filters if "orders" in dim.columns]
    return asked.fact("orders").filter(nw.col("is_sale"), inside(asked.window, "day"), *passes)
