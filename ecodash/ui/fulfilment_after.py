"""The fulfilment page, second half: what comes back and why, the steps of the process, made-to-order jobs."""

from dataclasses import replace
from typing import cast

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.core.estimate import Estimate, Status
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import estimate_text
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.monitoring.flow import STEPS, Step
from ecodash.metrics.registry import METRICS
from ecodash.ui import cache, empty, panel, tables
from ecodash.ui.fulfilment_params import CARE
from ecodash.ui.labels import label
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, t

RETURNED = "return_rate:order_date"
TOP = 8
JOBS = (
    *("production_cycle_days", "production_cycle_change", "request_to_install_days", "first_accept_rate"),
    "install_within_1mm_rate",
)


def back(view: View) -> None:
    """What comes back and why; one card that says what to upload where no return is known."""
    standing = view.ask("return_count")[0]
    if standing.status is Status.MISSING:
        empty.block(standing, "returned")
        return
    left, right = st.columns(2)
    with left:
        returned(view)
    with right:
        counted(view, "reason")
        counted(view, "sku")


def returned(view: View) -> None:
    """The share sent back of every month of orders, each order given 30 days; younger months are not shown as low."""
    metric, query = METRICS["return_rate"], replace(view.query(by="month"), window=view.whole)
    months = [one for one in view.ask(RETURNED, query=query) if "month" in one.by]
    if not months:
        empty.block(view.ask(RETURNED, query=query)[0], "returned")
        return
    frame = charts.points(months, by="month")
    figure = charts.trend.line(frame, metric=metric, reader=view.reader)
    columns = [
        Column(name="start", heading=t("fulfilment.month_of_orders")),
        Column(name="value", heading=metric.name.to(language()), unit=metric.unit),
        Column(name="low", heading=t("column.low"), unit=metric.unit),
        Column(name="high", heading=t("column.high"), unit=metric.unit),
        Column(name="n", heading=t("fulfilment.orders"), unit=Unit.COUNT),
    ]
    remark = t("fulfilment.returned_remark")
    shown = replace(query, definition="order_date")
    notes = panel.notes(view, metric.id, query=shown, remarks=[remark])
    title = t("fulfilment.returned")
    table = Table(title=title, frame=frame, columns=columns, notes=notes)
    panel.show(
        view,
        Block(
            key="returned",
            title=title,
            figure=figure,
            table=table,
            metric=metric.id,
            query=shown,
            ignores=("period", "compare"),
            remark=remark,
        ),
    )


def counted(view: View, by: str) -> None:
    """How many returns for every stated reason, or of every product."""
    query, metric = view.query(by=by), METRICS["return_count"]
    found = [one for one in view.ask(metric.id, query=query) if by in one.by]
    if not found:
        empty.block(view.ask(metric.id, query=query)[0], f"returns_by_{by}")
        return
    frame = charts.groups([_named(one, by) for one in found], by="name")
    figure = charts.bars.ranked(frame, metric=metric, reader=view.reader, top=TOP)
    title = t(f"fulfilment.returns_by_{by}")
    columns = [
        Column(name="name", heading=DIMENSIONS[by].name.to(language())),
        Column(name="value", heading=metric.name.to(language()), unit=metric.unit),
    ]
    table = Table(title=title, frame=frame, columns=columns, notes=panel.notes(view, metric.id, query=query))
    key = f"returns_by_{by}"
    panel.show(view, Block(key=key, title=title, figure=figure, table=table, metric=metric.id, query=query))


def steps(view: View) -> None:
    """How long every step from order to refund takes, and how many orders never take it."""
    metric, query = METRICS["flow_step_times"], replace(view.query(by="flow_step"), where=())
    found = cast("list[Step]", cache.answer(view.shop, "fulfilment.steps", query))
    names = {one: words.to(language()) for one, (_, _, words) in STEPS.items()}
    taken = [one for one in found if one.hours is not None]
    if not taken:
        return
    values = [
        Estimate(metric=metric.id, definition="", unit=metric.unit, status=Status.OK, value=one.hours, n=one.ended,
                 by={"name": names[one.id]})
        for one in taken
    ]  # fmt: skip
    figure = charts.bars.ranked(charts.groups(values, by="name"), metric=metric, reader=view.reader)
    rows = [(names[one.id], one.hours, one.began, one.ended, one.lost) for one in found]
    columns = [
        Column(name="name", heading=t("fulfilment.step")),
        Column(name="hours", heading=t("fulfilment.median_hours"), unit=Unit.HOURS),
        Column(name="began", heading=t("fulfilment.began"), unit=Unit.COUNT),
        Column(name="ended", heading=t("fulfilment.ended"), unit=Unit.COUNT),
        Column(name="lost", heading=t("fulfilment.lost"), unit=Unit.RATIO),
    ]
    kinds = {"name": pl.String, "hours": pl.Float64, "began": pl.Int64, "ended": pl.Int64, "lost": pl.Float64}
    title, remark = t("fulfilment.steps"), t("fulfilment.steps_remark")
    notes = panel.notes(view, metric.id, query=query, remarks=[remark])
    table = Table(title=title, frame=pl.DataFrame(rows, schema=kinds, orient="row"), columns=columns, notes=notes)
    panel.show(
        view,
        Block(key="steps", title=title, figure=figure, table=table, metric=metric.id, query=query, remark=remark),
    )


def care(view: View) -> None:
    """Service numbers with intervals in one table; what cannot be measured says what to upload."""
    _listed(view, "care", CARE)


def jobs(view: View) -> None:
    """Made-to-order jobs, where there are any."""
    if "custom_jobs" in view.shop.tables_loaded():
        _listed(view, "jobs", JOBS)


def _listed(view: View, key: str, names: tuple[str, ...]) -> None:
    query = view.query()
    known = [one for one in names if one in METRICS]
    rows = [_row(view, one) for one in view.ask(*known, query=query)]
    columns = [Column(name=name, heading=t(f"fulfilment.{name}")) for name in ("number", "value", "about")]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("number", "value", "about"), pl.String), orient="row")
    title = t(f"fulfilment.{key}")
    table = Table(title=title, frame=frame, columns=columns, notes=panel.notes(view, *known, query=query))
    tables.show(view, f"fulfilment_{key}", table)


def _row(view: View, one: Estimate) -> tuple[str, str, str]:
    metric = METRICS[one.metric]
    value = estimate_text(one, language(), view.currency, interval=True) if one.has_value else "—"
    about = one.reason or metric.meaning
    return metric.name.to(language()), value, about.to(language())


def _named(one: Estimate, dimension: str) -> Estimate:
    return replace(one, by={"name": label(dimension, one.by[dimension])})
