"""A tile: one metric's value, what it is compared with in dates, how sure it is, its course, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from ecodash import charts
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.i18n import change_text, count, interval_text, status_text
from ecodash.metrics.metric import Better, Metric
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import explaining, periods
from ecodash.ui.view import View
from ecodash.ui.words import language, md, number, say, span, t, word

NARROW = 215
COLOURS = {Better.HIGHER: "normal", Better.LOWER: "inverse", Better.CONTEXT: "off"}


@dataclass(frozen=True, kw_only=True)
class Tile:
    """What stands on one tile: the number now, the number before, and the question that gave it."""

    metric: Metric
    now: Estimate
    before: Estimate | None
    query: Query
    about: str


def row(view: View, *ids: str, extra: Sequence[Tile] = ()) -> list[Tile]:
    """Draws the metrics over the chosen days, then the ``extra`` ones; gives what was drawn."""
    now = view.ask(*ids)
    before = view.before(*ids) or [None] * len(now)
    query = view.query()
    tiles = [
        Tile(metric=METRICS[estimate.metric], now=estimate, before=earlier, query=query, about="")
        for estimate, earlier in zip(now, before, strict=True)
    ]
    tiles = [*tiles, *extra]
    with st.grid("auto", min_column_width=NARROW, gap="small", key="tiles"):
        for tile in tiles:
            _draw(view, tile)
    return tiles


def _draw(view: View, tile: Tile) -> None:
    with st.container(border=True, height="stretch", gap="xsmall", key=f"tile.{tile.metric.id}"):
        change, direction = _change(view, tile)
        st.metric(
            word(tile.metric.name),
            md(_value(view, tile.now)),
            delta=md(change) if change else None,
            delta_color=COLOURS[tile.metric.better] if change else "off",
            delta_arrow=direction,
            help=word(tile.metric.meaning),
        )
        st.caption("  \n".join(_lines(view, tile)))
        _spark(view, tile)
        explaining.button(view, tile.metric.id, tile.query, key=f"tile.{tile.metric.id}")


def _value(view: View, estimate: Estimate) -> str:
    if estimate.value is None:
        return "—"
    return number(replace(estimate, status=Status.OK), view.currency)


def _change(view: View, tile: Tile) -> tuple[str | None, str]:
    if tile.before is None or tile.now.value is None:
        return None, "off"
    said = change_text(tile.now.value, tile.before.value, tile.metric.unit, language(), view.currency)
    if said is None or tile.before.value is None:
        return None, "off"
    direction = "auto" if tile.now.value == tile.before.value else "up" if tile.now.value > tile.before.value else "down"
    return said, direction


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
        lines.append(say("tile.compared", span=span(tile.before.window)))
    return lines


def _spark(view: View, tile: Tile) -> None:
    window = tile.query.window or view.whole
    if window is None:
        return
    step = "month" if tile.about else periods.step_for(window)
    query = replace(tile.query, by=step)
    found = [estimate for estimate in view.ask(tile.metric.id, query=query) if step in estimate.by]
    frame = charts.points(found, by=step, open_from=periods.closes(window, step))
    figure = charts.spark.line(frame, metric=tile.metric, reader=view.reader)
    st.plotly_chart(figure, key=f"spark.{tile.metric.id}", config=dict(charts.CONFIG), alt=charts.alt_text(figure))


def matured_cohort(view: View, metric: str) -> Tile | None:
    """The newest month of first purchases that has had its days in full, and the month before it."""
    query = replace(view.query(by="month"), window=view.whole)
    months = [one for one in view.ask(metric, query=query) if one.by and one.status in {Status.OK, Status.TOO_FEW}]
    if not months:
        return None
    newest = months[-1]
    return Tile(
        metric=METRICS[metric],
        now=newest,
        before=months[-2] if len(months) > 1 else None,
        query=replace(query, by=None, window=newest.window),
        about=t("tile.cohort", month=newest.by["month"]),
    )


def whole_months(window: Period) -> Period | None:
    """The whole calendar months inside ``window``; None when there is none."""
    months = [month for month in window.months() if window.clip(month) == month]
    return Period(months[0].start, months[-1].end) if months else None
