"""The sales page, first part: the tiles, which number the page is about, the answer, its course beside the comparison."""

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.core.period import Period
from ecodash.export import Column, Table
from ecodash.i18n import value_text
from ecodash.metrics.comparison import Comparison
from ecodash.metrics.decomposed import Decomposition
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.metric import Metric
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import beside, cache, filters, panel, parts, periods, report, state, tiles
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, named, say, span, t

KPIS = ("net_sales", "orders", "active_buyers", "aov", "units", "refund_rate_amount")


def kpis(view: View) -> None:
    """The tiles of the page."""
    tiles.draw(view, tiles.over_window(view, *KPIS))


def metric() -> Metric:
    """The number the page is about."""
    return METRICS[state.value("metric")]


def controls() -> None:
    """Which number the page is about, and by what it is split."""
    key, store = state.widget("metric")
    st.pills(
        t("sales.metric"),
        filters.SALES_METRICS,
        key=key,
        on_change=store,
        required=True,
        format_func={one: METRICS[one].name.to(language()) for one in filters.SALES_METRICS}.__getitem__,
    )
    key, store = state.widget("by")
    st.selectbox(
        t("sales.by"),
        filters.SALES_DIMENSIONS,
        key=key,
        on_change=store,
        width=280,
        format_func={one: DIMENSIONS[one].name.to(language()) for one in filters.SALES_DIMENSIONS}.__getitem__,
    )


def answer(view: View) -> None:
    """The number, how far it moved against what, and where most of that came from, in sentences."""
    chosen = metric()
    now = view.ask(chosen.id)[0]
    if now.value is None or view.window is None:
        return
    value = value_text(now.value, now.unit, language(), view.currency)
    said = [say("sales.answer", span=span(view.window), metric=chosen.name, value=value)]
    before = view.before(chosen.id)
    if before and before[0].value is not None and view.compared is not None:
        change = tiles.moved(view, tiles.Tile(metric=chosen, now=now, before=before[0], query=view.query()))
        was = value_text(before[0].value, now.unit, language(), view.currency)
        said.append(say("sales.answer_change", span=span(view.compared), was=was, change=change))
        found = cache.by_dimension(view.shop, chosen.id, view.query(), before=view.compared, by=state.value("by"))
        said += [parts.largest(view, found)] if isinstance(found, Decomposition) and found.parts else []
    report.answer(t("sales.sentence_separator").join(said))


def trend(view: View) -> None:
    """The number over the period, day upon day beside the period of comparison."""
    if view.window is None:
        return
    chosen, query, step = metric(), view.query(), _step(view.window)
    frame = _course(view, chosen, query, step)
    behind = beside.behind(view, chosen.id, query, frame, step=step)
    title = t(f"sales.trend_{step}", metric=chosen.name)
    figure = charts.trend.line(frame, metric=chosen, reader=view.reader, comparison=behind)
    notes = panel.notes(view, chosen.id, query=query)
    table = Table(title=title, frame=_table(frame, behind), columns=_columns(chosen, step, behind), notes=notes)
    panel.show(
        view,
        Block(
            key="sales.trend",
            title=title,
            figure=figure,
            table=table,
            metric=chosen.id,
            query=query,
            remark=_remark(view, step),
            controls=_steps,
        ),
    )


def course(view: View) -> Query:
    """What the trend is asked."""
    return view.query(by=_step(view.window)) if view.window else view.query()


def _step(window: Period) -> str:
    chosen = state.value("step")
    return periods.step_for(window) if chosen == "auto" else chosen


def _steps() -> None:
    key, store = state.widget("step")
    st.segmented_control(
        t("sales.step"),
        filters.STEPS,
        key=key,
        on_change=store,
        required=True,
        format_func=named("steps.", filters.STEPS),
        label_visibility="collapsed",
    )


def _course(view: View, chosen: Metric, query: Query, step: str) -> pl.DataFrame:
    """POINTS; a first week or month that the period cuts is left out, an unfinished last one marked."""
    window = query.window
    if window is None:
        return charts.points([])
    found = view.ask(chosen.id, query=course(view))
    frame = charts.points(found, by=step, open_from=periods.closes(window, step))
    return frame if periods.begins(window, step) == window.start else frame.slice(1)


def _table(frame: pl.DataFrame, behind: pl.DataFrame | None) -> pl.DataFrame:
    if behind is None:
        return frame
    under = behind.select("place", before="value", before_start="start", before_end="end")
    return frame.join(under, left_on="start", right_on="place", how="left", maintain_order="left")


def _columns(chosen: Metric, step: str, behind: pl.DataFrame | None) -> list[Column]:
    own = [
        Column(name="start", heading=t(f"step.{step}")),
        Column(name="value", heading=chosen.name.to(language()), unit=chosen.unit),
    ]
    if behind is None:
        return own
    return [
        *own,
        Column(name="before", heading=t("sales.before"), unit=chosen.unit),
        Column(name="before_start", heading=t("sales.before_start")),
        Column(name="before_end", heading=t("sales.before_end")),
    ]


def _remark(view: View, step: str) -> str:
    said = []
    if isinstance(view.comparison, Comparison):
        found = view.comparison
        ranges = {"now": span(found.window), "before": span(found.before)}
        said.append(t("sales.aligned", how=found.words, **ranges))
    if view.window is not None and periods.begins(view.window, step) != view.window.start:
        said.append(t(f"overview.cut_{step}"))
    return t("sales.sentence_separator").join(said)
