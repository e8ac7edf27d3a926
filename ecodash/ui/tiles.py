"""A tile: one metric's value, what it is compared with in dates, how sure it is, its course, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.i18n import change_text, count, interval_text, status_text
from ecodash.metrics.metric import Better, Metric
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import explaining, series
from ecodash.ui.view import View
from ecodash.ui.words import language, md, month, number, say, span, t, word

NARROW = 150
COLUMNS = 3
DeltaArrow = Literal["auto", "up", "down", "off"]
DeltaColor = Literal["green", "red", "gray", "off"]


@dataclass(frozen=True, kw_only=True)
class Tile:
    """What stands on one tile: the number now, the number before, and the question that gave it."""

    metric: Metric
    now: Estimate
    before: Estimate | None
    query: Query
    about: str = ""
    course: pl.DataFrame | None = None


def over_window(view: View, *ids: str) -> list[Tile]:
    """The metrics over the chosen days, with the days they are compared with."""
    now, before, query = view.ask(*ids), view.before(*ids), view.query()
    earlier = dict(zip(ids, before, strict=True)) if before else {}
    return [Tile(metric=METRICS[one.metric], now=one, before=earlier.get(one.metric), query=query) for one in now]


def draw(view: View, tiles: Sequence[Tile]) -> None:
    """Draws the tiles, equally tall."""
    with st.grid(COLUMNS, min_column_width=NARROW, gap="small", key="tiles"):
        for tile in tiles:
            _draw(view, tile)


def _draw(view: View, tile: Tile) -> None:
    with st.container(border=True, height="stretch", gap="xsmall", key=f"tile.{tile.metric.id}"):
        change = _change(view, tile)
        st.metric(
            word(tile.metric.name),
            md(_value(view, tile.now)),
            delta=md(change) if change else None,
            delta_color=_colour(tile) if change else "off",
            delta_arrow=_arrow(tile),
            help=word(tile.metric.meaning),
        )
        st.caption("  \n".join(_lines(view, tile)), width="stretch")
        st.space("stretch")
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            with st.container(width="stretch"):
                _spark(view, tile)
            explaining.button(view, tile.metric.id, tile.query, key=f"tile.{tile.metric.id}")


def _value(view: View, estimate: Estimate) -> str:
    if estimate.value is None:
        return "—"
    return number(replace(estimate, status=Status.OK), view.currency)


def _change(view: View, tile: Tile) -> str | None:
    if tile.before is None:
        return None
    return change_text(tile.now.value, tile.before.value, tile.metric.unit, language(), view.currency)


def _direction(tile: Tile) -> int:
    """1 up, -1 down, 0 equal or not known."""
    if tile.before is None or tile.now.value is None or tile.before.value is None:
        return 0
    return (tile.now.value > tile.before.value) - (tile.now.value < tile.before.value)


def _arrow(tile: Tile) -> DeltaArrow:
    return {1: "up", -1: "down"}.get(_direction(tile), "off")


def _colour(tile: Tile) -> DeltaColor:
    """Green for good news, red for bad, grey for neither; the arrow and the sign say the direction."""
    good = {Better.HIGHER: 1, Better.LOWER: -1}.get(tile.metric.better, 0)
    return {1: "green", -1: "red"}.get(good * _direction(tile), "gray")


def _lines(view: View, tile: Tile) -> list[str]:
    lines = [md(tile.about)] if tile.about else []
    estimate = tile.now
    if estimate.value is None:
        lines.append(md(status_text(estimate.status, language())))
    elif interval := interval_text(estimate, language(), view.currency):
        lines.append(say("tile.interval", interval=interval, n=count(estimate.n, language(), exact=True)))
    if estimate.status is Status.TOO_FEW:
        lines.append(say("tile.too_few", n=count(estimate.n, language(), exact=True)))
    if tile.before is not None and tile.before.window is not None:
        lines.append(_compared(tile, tile.before.window))
    return lines


def _compared(tile: Tile, window: Period) -> str:
    if tile.about and tile.before is not None:
        return say("tile.cohort_before", month=month(tile.before.window))
    return say("tile.compared", span=span(window))


def _spark(view: View, tile: Tile) -> None:
    frame = tile.course if tile.course is not None else series.over(view, tile.metric.id, tile.query)
    figure = charts.spark.line(frame, metric=tile.metric, reader=view.reader)
    st.plotly_chart(figure, key=f"spark.{tile.metric.id}", config=dict(charts.CONFIG), alt=charts.alt_text(figure))


def matured_cohort(view: View, metric: str) -> Tile | None:
    """The newest month of first purchases that has had its days in full, and the month before it."""
    query = replace(view.query(by="month"), window=view.whole)
    found = view.ask(metric, query=query)
    months = [one for one in found if one.by and one.status in {Status.OK, Status.TOO_FEW}]
    if not months:
        return Tile(metric=METRICS[metric], now=found[-1], before=None, query=query) if found else None
    newest = months[-1]
    return Tile(
        metric=METRICS[metric],
        now=newest,
        before=months[-2] if len(months) > 1 else None,
        query=replace(query, by=None, window=newest.window),
        about=t("tile.cohort", month=month(newest.window)),
        course=charts.points(found, by="month"),
    )
