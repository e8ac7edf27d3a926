"""Metrics over rows of canonical tables: window, filters and groups applied to the rows a declaration gives."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import narwhals as nw

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period, day_of
from ecodash.core.unit import Unit
from ecodash.facts import Frame
from ecodash.facts.calendar import with_month
from ecodash.metrics import caveats
from ecodash.metrics.absence import extent, missing, missing_table
from ecodash.metrics.answered import Window
from ecodash.metrics.answers import Asked
from ecodash.metrics.case_sums import CaseSums, case_sums
from ecodash.metrics.collect import collected, extended
from ecodash.metrics.dimensions import Dimension, DimensionKind
from ecodash.metrics.ground import Ground
from ecodash.metrics.groups import code_of
from ecodash.metrics.measured_values import QUANTILES, quantiles
from ecodash.metrics.metric import Computation, Definition, Measured, Metric, OfWindow, Spread, Summary
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside, scope
from ecodash.metrics.source import Source
from ecodash.metrics.spans import SPAN, spans

UNDATED = Period(date(1970, 1, 1), date(1970, 1, 1))
"""The span of rows without any date, in a workspace without orders; never shown."""


@dataclass(frozen=True, kw_only=True)
class Cases:
    """The rows in question, still lazy: ``g0`` … per dimension, ``above``, ``below`` and the row's origin."""

    asked: Asked
    how: Measured
    frame: Frame
    dated: bool


def answer(source: Source, metric: Metric, definition: Definition, query: Query) -> list[Estimate]:
    """One estimate per group. What is missing is said: a table never loaded, or loaded without what is needed."""
    found = cases(source, metric, definition, query)
    if isinstance(found, Estimate):
        return [found]
    if found.how.summary in QUANTILES:
        answers = quantiles(found.asked, found.how, found.frame)
    else:
        answers = [_estimate(found, group) for group in case_sums(found.frame, found.how, found.asked.scope.groups)]
    if not answers and not _any(_ever(source, definition.how, query)):
        return [missing(metric, definition, query, caveats.missing_columns(metric))]
    shown = answers or [found.asked.nothing()]
    if metric.of_customers:
        shown = [found.asked.warned(estimate) for estimate in shown]
    return shown if found.dated else [replace(estimate, window=query.window) for estimate in shown]


def _ever(source: Source, how: Computation, query: Query) -> Frame:
    """The rows of all the data, whatever the window."""
    reading = Reading(source=source, as_of=query.as_of)
    if not isinstance(how, OfWindow):
        return _measured(how).rows(reading)
    span = source.data_end(as_of=query.as_of) or UNDATED
    return how.rows(reading, Window(days=span, data=span, level=query.level))


def cases(source: Source, metric: Metric, definition: Definition, query: Query) -> Cases | Estimate:
    """The rows a question is about, or the estimate that says why there are none."""
    reading = Reading(source=source, as_of=query.as_of)
    found = missing_table(metric, definition, query, reading)
    if found is not None:
        return found
    if isinstance(definition.how, OfWindow):
        return _of_window(definition.how, reading, metric, definition, query)
    return _of_rows(_measured(definition.how), reading, metric, definition, query)


def _measured(how: Computation) -> Measured:
    if not isinstance(how, Measured):
        raise TypeError(how)
    return how


def _of_rows(how: Measured, reading: Reading, metric: Metric, definition: Definition, query: Query) -> Cases | Estimate:
    """Rows that are the same for every window: those whose day lies in it."""
    rows = how.rows(reading)
    dated = "day" in rows.collect_schema().names()
    orders = reading.source.data_end(as_of=query.as_of)
    span = orders if orders and _of_orders(metric) else _span(rows) if dated else orders or UNDATED
    if span is None or (not dated and not _any(rows)):
        return missing(metric, definition, query, caveats.missing_columns(metric))
    here = scope(reading.source, query, span)
    if any(dim.kind is DimensionKind.TIME for dim in here.dimensions) and dated:
        rows = with_month(rows)
    rows = rows.filter(inside(here.window, "day")) if dated and query.window else rows
    asked = Asked(metric=metric, definition=definition, scope=here, ground=Ground(here))
    return _cut(asked, how, rows, dated=dated)


def _of_orders(metric: Metric) -> bool:
    """Whether the rows are dated like orders: the days of the data are known then without looking for them."""
    tables = {*(table for table, _ in metric.requires), *metric.or_tables}
    return bool(tables & {"orders", "order_items"})


def _of_window(
    how: OfWindow, reading: Reading, metric: Metric, definition: Definition, query: Query
) -> Cases | Estimate:
    """Rows chosen by the window; split by a calendar, they are chosen anew in each of its spans."""
    span = extent(metric, reading)
    if span is None:
        return missing(metric, definition, query, caveats.missing_columns(metric))
    here = scope(reading.source, query, span)
    asked = Asked(metric=metric, definition=definition, scope=here, ground=Ground(here))
    days = spans(here)
    if isinstance(days, Dimension):
        return asked.blank(Status.NOT_APPLICABLE, caveats.no_split(metric, days))
    parts = [
        extended(how.rows(reading, Window(days=own, data=span, level=query.level)), {SPAN: nw.lit(code)})
        for code, own in days
    ]
    measured = Measured(rows=lambda _: nw.concat(parts), summary=how.summary, spread=how.spread, scale=how.scale)
    return _cut(asked, measured, measured.rows(reading), dated=True)


def _cut(asked: Asked, how: Measured, rows: Frame, *, dated: bool) -> Cases | Estimate:
    """The rows that pass the filters, with the code of each group; what they do not carry cannot be asked."""
    here, names = asked.scope, rows.collect_schema().names()
    wrong = next((dim for dim in here.dimensions if not _carries(names, dim)), None)
    if wrong is not None:
        return asked.blank(Status.NOT_APPLICABLE, caveats.no_split(asked.metric, wrong))
    for dimension, values in here.filters:
        wanted = [code_of(dimension, value) for value in values]
        rows = rows.filter(_code(dimension, names).is_in(wanted))
    groups = {group: _code(dim, names) for group, dim in zip(here.groups, here.by, strict=True)}
    return Cases(asked=asked, how=how, frame=extended(rows, groups), dated=dated)


def _span(rows: Frame) -> Period | None:
    first, last = collected(rows.select(first=nw.col("day").min(), last=nw.col("day").max())).row(0)
    return None if first is None else Period(day_of(int(first)), day_of(int(last)))


def _any(rows: Frame) -> bool:
    return bool(collected(rows.select(n=nw.len())).item())


def _carries(names: Sequence[str], dimension: Dimension) -> bool:
    if dimension.kind is DimensionKind.TIME:
        return "day" in names or SPAN in names
    return f"by_{dimension.id}" in names


def _code(dimension: Dimension, names: Sequence[str]) -> nw.Expr:
    if dimension.kind is DimensionKind.TIME:
        return nw.col(SPAN) if SPAN in names else dimension.code("orders")
    return nw.col(f"by_{dimension.id}").cast(nw.String).fill_null("")


def thousands(metric: Metric, how: Measured) -> int:
    """What a share of cases is multiplied by: 1,000 in a rate per thousand. Other rates say 1,000 above the line."""
    return 1000 if metric.unit is Unit.PER_1000 and how.spread is Spread.CASES else 1


def _estimate(found: Cases, group: CaseSums) -> Estimate:
    one, times = _plain(found, group), thousands(found.asked.metric, found.how)
    if one.value is None or times == 1:
        return one
    low, high = (None if end is None else end * times for end in (one.low, one.high))
    return replace(one, value=one.value * times, low=low, high=high)


def _plain(found: Cases, group: CaseSums) -> Estimate:
    asked, how = found.asked, found.how
    if how.summary is Summary.TOTAL:
        return asked.number(group.above, group.codes, n=group.rows)
    if group.below == 0:
        return asked.blank(Status.EMPTY, asked.nobody(), group.codes)
    if how.spread is Spread.CASES:
        return asked.share(round(group.above), round(group.below), group.codes)
    if group.sums is not None:
        return asked.mean(group.sums, group.rows, group.codes)
    return asked.number(group.above / group.below, group.codes, n=group.rows)
