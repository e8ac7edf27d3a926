"""The repurchase page, second half: the cohort matrix, the wait for the second purchase, intervals, the sequence."""

from dataclasses import replace
from functools import partial

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.core.period import Period
from ecodash.core.unit import Unit
from ecodash.export import Column, Table, matrix_table
from ecodash.metrics.metric import Metric
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import ahead, cache, panel, pictures, state
from ecodash.ui.panel import Block
from ecodash.ui.repurchase import IGNORED, IN_WINDOW, by_month, days, nday, over_all
from ecodash.ui.view import View
from ecodash.ui.words import named, say, t

YEAR = 365
CELLS = ("percent", "count", "amount")
MONTHS = ("12", "24", "all")


def matrix(view: View) -> None:
    """Cohorts by month: share, people or money; in the month or up to it; the file is what the screen shows."""
    metric, query, shown = _matrix_metric(), _matrix_query(view), state.value("cells")
    cells, unit = _cells(view, metric, query, shown)
    measured = metric if unit is Unit.RATIO else replace(metric, unit=unit)
    figure = charts.matrix.heatmap(cells, metric=measured, reader=view.reader)
    remark = t("repurchase.all_cohorts_rule")
    notes = panel.notes(view, metric.id, query=query, remarks=[remark])
    table = matrix_table(cells, unit=unit, reader=view.reader, title=charts.title_text(figure), notes=notes)
    panel.show(
        view,
        Block(
            key="matrix",
            figure=figure,
            table=table,
            metric=metric.id,
            query=query,
            ignores=IGNORED,
            remark=remark,
            controls=_matrix_controls,
        ),
    )


def _matrix_controls() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, codes in (("cells", CELLS), ("months", MONTHS)):
            key, store = state.widget(name)
            st.segmented_control(
                t(f"repurchase.{name}"),
                codes,
                key=key,
                on_change=store,
                required=True,
                format_func=named(f"{name}.", codes),
                label_visibility="collapsed",
            )
        key, store = state.switch("sum")
        st.toggle(t("repurchase.cumulative"), key=key, on_change=store, help=say("repurchase.cumulative_help"))


def _newest(view: View) -> Period | None:
    """First purchases of as many newest months as chosen."""
    chosen = state.value("months")
    if view.whole is None or chosen == "all":
        return view.whole
    months = list(view.whole.months())[-int(chosen) :]
    return Period(months[0].start, months[-1].end).clip(view.whole)


def ahead_of(view: View) -> None:
    """Asks at once what the blocks of both halves of the page will ask one after another."""
    everything, query = over_all(view), view.query()
    ahead.ask(
        ahead.numbers(view, nday().id, query=by_month(view)),
        ahead.numbers(view, _matrix_metric().id, query=_matrix_query(view)),
        partial(cache.curve, view.shop, everything),
        ahead.numbers(view, "order_sequence", query=_sequence_query(view)),
        partial(cache.gaps, view.shop, query),
        ahead.numbers(view, "purchase_interval", query=query),
        ahead.numbers(view, *IN_WINDOW, query=query),
    )


def _matrix_metric() -> Metric:
    return METRICS["cohort_retention_cumulative" if state.value("sum") == "on" else "cohort_retention_curve"]


def _matrix_query(view: View) -> Query:
    return replace(over_all(view), window=_newest(view))


def _sequence_query(view: View) -> Query:
    definition = "order" if state.value("reading") == "order" else "day"
    return replace(over_all(view), definition=definition, horizon=days())


def wait(view: View) -> None:
    """How long until the second purchase, those not back yet counted as still waiting."""
    query = over_all(view)
    frame = cache.curve(view.shop, query)
    figure = charts.survival.curve(frame, reader=view.reader, horizon=YEAR)
    columns = [
        Column(name="day", heading=t("column.day"), unit=Unit.DAYS),
        Column(name="value", heading=t("column.back"), unit=Unit.RATIO),
        Column(name="low", heading=t("column.low"), unit=Unit.RATIO),
        Column(name="high", heading=t("column.high"), unit=Unit.RATIO),
        Column(name="at_risk", heading=t("column.at_risk"), unit=Unit.BUYERS),
    ]
    metric = METRICS["time_to_second_purchase"]
    notes = panel.notes(view, metric.id, query=query)
    table = Table(title=charts.title_text(figure), frame=frame, columns=columns, notes=notes)
    panel.show(view, Block(key="wait", figure=figure, table=table, metric=metric.id, query=query, ignores=IGNORED))


def gaps(view: View) -> None:
    """The days between two purchases that did happen."""
    query, metric = view.query(), METRICS["purchase_interval"]
    frame = cache.gaps(view.shop, query)
    median = view.ask(metric.id, query=query)[0].value
    figure = charts.histogram.intervals(frame, reader=view.reader, median=median)
    columns = [
        Column(name="start", heading=t("column.from_day"), unit=Unit.DAYS),
        Column(name="end", heading=t("column.to_day"), unit=Unit.DAYS),
        Column(name="count", heading=t("column.gaps"), unit=Unit.COUNT),
    ]
    notes = panel.notes(view, metric.id, query=query)
    table = Table(title=charts.title_text(figure), frame=frame, columns=columns, notes=notes)
    panel.show(view, Block(key="gaps", figure=figure, table=table, metric=metric.id, query=query))


def sequence(view: View) -> None:
    """How many go on from the first purchase to the second, third …, each given the chosen days."""
    metric = METRICS["order_sequence"]
    query = _sequence_query(view)
    frame = charts.groups(view.ask(metric.id, query=query), by="step")
    figure = charts.funnel.sequence(frame, reader=view.reader)
    columns = [
        Column(name="name", heading=t("column.step")),
        Column(name="value", heading=t("column.next"), unit=Unit.RATIO),
        Column(name="low", heading=t("column.low"), unit=Unit.RATIO),
        Column(name="high", heading=t("column.high"), unit=Unit.RATIO),
        Column(name="n", heading=t("column.people"), unit=Unit.BUYERS),
    ]
    notes = panel.notes(view, metric.id, query=query)
    table = Table(title=charts.title_text(figure), frame=frame, columns=columns, notes=notes)
    panel.show(view, Block(key="sequence", figure=figure, table=table, metric=metric.id, query=query, ignores=IGNORED))


def _cells(view: View, metric: Metric, query: Query, shown: str) -> tuple[pl.DataFrame, Unit]:
    if shown == "amount":
        return cache.money(view.shop, metric.id, query), Unit.MONEY
    found = view.ask(metric.id, query=query)
    return (pictures.people(found), Unit.BUYERS) if shown == "count" else (charts.cells(found), Unit.RATIO)
