"""One number taken apart: by another dimension of the reader's choice, and over time."""

from dataclasses import replace

import streamlit as st

from ecodash import charts
from ecodash.core.estimate import Estimate
from ecodash.export import Column, Table
from ecodash.metrics.breakdowns import breakdowns
from ecodash.metrics.dimensions import Dimension, DimensionKind
from ecodash.metrics.explain import FIRST
from ecodash.metrics.metric import Metric
from ecodash.metrics.query import Query
from ecodash.metrics.registry import find, resolve
from ecodash.metrics.splitting import born
from ecodash.ui import series
from ecodash.ui.downloads import downloads
from ecodash.ui.grid import grid
from ecodash.ui.labels import label
from ecodash.ui.report_notes import notes
from ecodash.ui.view import View
from ecodash.ui.words import language, say, t

LIKED = ("channel", "category", "province", "first_channel", "first_category", "carrier")


def draw(view: View, metric: str, query: Query) -> None:
    """Bars and a table by the dimension chosen; whole of the window, filters as on the page."""
    options = [one for one in _possible(view, metric, query) if one.kind is not DimensionKind.TIME]
    if not options:
        st.caption(say("explain.no_breakdown"))
        return
    names = {one.id: one.name.to(language()) for one in sorted(options, key=_order)}
    by = st.selectbox(t("explain.break_by"), list(names), format_func=names.__getitem__, key="behind.by")
    split = replace(query, by=by)
    found = [_named(one, by) for one in view.ask(metric, query=split) if by in one.by and _stands(one)]
    measured = find(metric)
    frame = charts.groups(found, by=by)
    figure = charts.bars.ranked(frame, metric=measured, reader=view.reader)
    st.plotly_chart(figure, key="behind.bars", config=dict(charts.CONFIG), alt=charts.alt_text(figure))
    table = Table(
        title=charts.title_text(figure),
        frame=frame.sort("value", descending=True, nulls_last=True, maintain_order=True),
        columns=_columns(measured, names[by]),
        notes=notes(view, measured.id, query=split),
    )
    grid(view, table)
    downloads(view, table, f"{measured.id}-{by}")


def trend(view: View, metric: str, query: Query) -> None:
    """The course of the number in steps that fit its window; of metrics about first purchases, over all of them."""
    if not any(one.id == "month" for one in _possible(view, metric, query)):
        st.caption(say("explain.no_trend"))
        return
    whole = replace(query, by=None, limit=None)
    if born(resolve(metric, query.definition)[1].how):
        whole = replace(whole, window=view.whole)
    figure = charts.trend.line(series.over(view, metric, whole), metric=find(metric), reader=view.reader)
    st.plotly_chart(figure, key="behind.trend", config=dict(charts.CONFIG), alt=charts.alt_text(figure))


def _possible(view: View, metric: str, query: Query) -> tuple[Dimension, ...]:
    if view.whole is None:
        return ()
    return breakdowns(view.shop.source, metric, replace(query, by=None), view.whole)


def _order(one: Dimension) -> int:
    """The dimensions asked for most come first, the others as they are declared."""
    return LIKED.index(one.id) if one.id in LIKED else len(LIKED)


def _stands(one: Estimate) -> bool:
    """Whether a number stands for its group: of a funnel the first step, of cohorts the first period."""
    return all(one.by.get(name, code) == code for name, code in FIRST.items())


def _named(one: Estimate, by: str) -> Estimate:
    return replace(one, by={**one.by, by: label(by, one.by[by])}) if by in one.by else one


def _columns(metric: Metric, heading: str) -> list[Column]:
    return [
        Column(name="name", heading=heading),
        Column(name="value", heading=metric.name.to(language()), unit=metric.unit),
        Column(name="low", heading=t("column.low"), unit=metric.unit),
        Column(name="high", heading=t("column.high"), unit=metric.unit),
        Column(name="n", heading=t("explain.cases")),
    ]
