"""Frames for charts that are no list of estimates: the cohort matrix in people or money, the waiting curve, the gaps."""

from collections.abc import Sequence
from dataclasses import replace

import narwhals as nw
import polars as pl

from ecodash import charts
from ecodash.analysis.kaplan_meier import kaplan_meier
from ecodash.charts.frame import BINS
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Estimate, Status
from ecodash.core.unit import Unit
from ecodash.metrics import triangle, waiting
from ecodash.metrics.collect import collected
from ecodash.metrics.metric import Triangle
from ecodash.metrics.query import Query
from ecodash.metrics.registry import resolve
from ecodash.metrics.scope import Scope, scope
from ecodash.session import Session

COHORT, OFFSET, ALL = "first_month", "offset", "all"
EDGES = (0, 8, 15, 31, 61, 91, 121, 151, 181, 271, 366)
LONGER = 10**6


def people(found: Sequence[Estimate]) -> pl.DataFrame:
    """CELLS with how many people instead of which share; no summary, a weighted mean of people says nothing."""
    return charts.cells([_counted(one) for one in found if one.by.get(COHORT) != ALL])


def money(shop: Session, metric: str, query: Query) -> pl.DataFrame:
    """CELLS with the net sales of each cohort in each month, or up to it for the cumulative metric; no summary."""
    definition = resolve(metric, query.definition)[1]
    here = _scope(shop, query)
    if here is None or not isinstance(definition.how, Triangle):
        return charts.cells([])
    estimates = [
        Estimate(
            metric="net_sales",
            definition=definition.id,
            unit=Unit.MONEY,
            status=Status.OK if row["mature"] else Status.IMMATURE,
            value=row["value"] / SCALE if row["mature"] else None,
            n=row["size"],
            by={COHORT: f"{row['cohort'] // 12}-{row['cohort'] % 12 + 1:02}", OFFSET: str(row["offset"])},
        )
        for row in triangle.cells(here, definition.how, "net").iter_rows(named=True)
    ]
    return charts.cells(estimates)


def curve(shop: Session, query: Query) -> pl.DataFrame:
    """CURVE of the time to the second purchase, those not back yet counted as still waiting."""
    here = _scope(shop, query)
    found = waiting.curves(here).get(()) if here else None
    return charts.curve(
        found or kaplan_meier(pl.DataFrame(schema={"t": pl.Int64, "returned": pl.Int64, "lost": pl.Int64}))
    )


def gaps(shop: Session, query: Query) -> pl.DataFrame:
    """BINS of the days between two purchases; the last bin is open."""
    here = _scope(shop, query)
    if here is None:
        return pl.DataFrame(schema=BINS)
    counted = collected(waiting.gaps(here).group_by("gap").agg(count=nw.len()))
    days, count = counted["gap"], counted["count"]
    rows = [
        {"start": start, "end": end, "count": int(count.filter((days >= start) & (days < (end or LONGER))).sum())}
        for start, end in zip(EDGES, [*EDGES[1:], None], strict=True)
    ]
    return pl.DataFrame(rows, schema=BINS)


def _scope(shop: Session, query: Query) -> Scope | None:
    span = shop.data_window(as_of=query.as_of)
    return scope(shop.source, query, span) if span else None


def _counted(one: Estimate) -> Estimate:
    known = one.value is not None and one.successes is not None
    return replace(one, unit=Unit.BUYERS, value=float(one.successes or 0) if known else None, low=None, high=None)
