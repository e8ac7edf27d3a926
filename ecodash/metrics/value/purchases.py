"""What known customers bought up to a day, as the methods of customer value read it."""

from dataclasses import replace

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.period import Period
from ecodash.facts import Frame
from ecodash.metrics.collect import collected, named
from ecodash.metrics.query import Query
from ecodash.metrics.scope import Scope, rows_of, scope
from ecodash.metrics.source import Source


def looking_back(source: Source, query: Query) -> Scope | None:
    """The question over everything up to the last day asked for; None when there are no orders by then."""
    span = source.data_end(as_of=query.as_of)
    if span is None:
        return None
    end = min(query.window.end, span.end) if query.window else span.end
    if end < span.start:
        return None
    return scope(source, replace(query, window=Period(span.start, end)), span)


def born_in(source: Source, query: Query) -> Scope | None:
    """The question about customers who first bought in the window; None without orders."""
    span = source.data_end(as_of=query.as_of)
    return scope(source, query, span) if span else None


def sales(here: Scope) -> Frame:
    """One row per sale to a known customer: order_id, customer_id, day, paid (ten-thousandths)."""
    rows = rows_of(here, "orders", (), keep=named("order_id", "customer_id", "is_sale", "day", "paid"))
    return rows.filter(nw.col("is_sale"), ~nw.col("customer_id").is_null())


def customers(here: Scope) -> pl.DataFrame:
    """One row per known customer who bought: customer, last_day, orders, spend (in money)."""
    if _everything(here):
        rows = here.fact("customers").select("customer_id", "last_day", "orders", "paid")
    else:
        rows = (
            sales(here)
            .group_by("customer_id")
            .agg(last_day=nw.col("day").max(), orders=nw.len(), paid=nw.col("paid").sum())
        )
    table = collected(rows)
    return table.select("last_day", "orders", customer="customer_id", spend=pl.col("paid") / SCALE)


def purchase_days(here: Scope) -> pl.DataFrame:
    """One row per known customer and day with a sale, in any order: customer, day, value (in money)."""
    rows = sales(here).group_by("customer_id", "day").agg(paid=nw.col("paid").sum())
    table = collected(rows)
    return table.select(customer="customer_id", day=pl.col("day").cast(pl.Int32), value=pl.col("paid") / SCALE)


def _everything(here: Scope) -> bool:
    """Whether the fact about customers holds just what is asked: all days, no filter."""
    whole = here.window.start <= here.span.start and here.window.end >= here.span.end
    return whole and not here.filters
