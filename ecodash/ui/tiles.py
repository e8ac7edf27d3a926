"""A tile: one metric's value, what it is compared with in dates, how sure it is, its course, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.export.report import Tile as DrawnTile
from ecodash.export.report import Tone
from ecodash.i18n import change_text, count, interval_text, status_text
from ecodash.metrics.compare import WORDS, Change, Verdict, change, changes
from ecodash.metrics.metric import Better, Metric
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import explaining, report, report_notes, series
from ecodash.ui.view import View
from ecodash.ui.words import language, md, month, number, say, span, t, word

NARROW = 150
COLUMNS = 3
DeltaArrow = Literal["auto", "up", "down", "off"]
DeltaColor = Literal["green", "red", "gray", "off"]
TONES: dict[str, Tone] = {"green": "good", "red": "bad"}


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
    """The metrics over the chosen days, with the days they are compared with and their course."""
    now, before, query = view.ask(*ids), view.before(*ids), view.query()
    earlier = dict(zip(ids, before, strict=True)) if before else {}
    courses = series.courses(view, ids, query)
    return [
        Tile(
            metric=METRICS[one.metric],
            now=one,
            before=earlier.get(one.metric),
            query=query,
            course=courses.get(one.metric),
        )
        for one in now
    ]


def draw(view: View, tiles: Sequence[Tile]) -> None:
    """Draws the tiles, equally tall; changes are judged together, so that chance alone rarely finds any."""
    pairs = {tile.metric.id: (tile.now, tile.before) for tile in tiles if tile.before is not None}
    judged = dict(zip(pairs, changes(list(pairs.values())), strict=True))
    with st.grid(COLUMNS, min_column_width=NARROW, gap="small", key="tiles"):
        drawn = [_draw(view, tile, judged.get(tile.metric.id)) for tile in tiles]
    report.tiles("tiles", drawn)


def _draw(view: View, tile: Tile, found: Change | None) -> DrawnTile:
    """Draws one tile and gives it as the report shows it."""
    said, lines = change_words(view, found), _lines(view, tile, found)
    colour = _colour(tile.metric, found) if found and said else "off"
    with st.container(border=True, height="stretch", gap="xsmall", key=f"tile.{tile.metric.id}"):
        st.metric(
            word(tile.metric.name),
            md(_value(view, tile.now)),
            delta=md(said) if said else None,
            delta_color=colour,
            delta_arrow=_arrow(found),
            help=word(tile.metric.meaning),
        )
        st.caption("  \n".join(lines), width="stretch")
        st.space("stretch")
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            with st.container(width="stretch"):
                figure = _spark(view, tile)
            explaining.button(view, tile.metric.id, tile.query, key=f"tile.{tile.metric.id}")
    return DrawnTile(
        name=tile.metric.name.to(language()),
        value=_value(view, tile.now),
        change=said or "",
        tone=TONES.get(colour, "plain"),
        lines=tuple(report.unmarked(line) for line in lines),
        chart=report.chart(figure),
        definition=report_notes.definition(tile.metric.id, tile.now.definition),
    )


def _value(view: View, estimate: Estimate) -> str:
    if estimate.value is None:
        return "—"
    return number(replace(estimate, status=Status.OK), view.currency)


def change_words(view: View, found: Change | None) -> str | None:
    """How far a number moved, as it is written; None when there is nothing to compare with."""
    if found is None:
        return None
    return change_text(found.current.value, found.previous.value, found.current.unit, language(), view.currency)


def moved(view: View, tile: Tile) -> str | None:
    """How far the number of a tile moved, as it is written."""
    return change_words(view, change(tile.now, tile.before)) if tile.before is not None else None


def _direction(found: Change | None) -> int:
    """1 up, -1 down, 0 equal or not known."""
    moved = found.difference if found else None
    return 0 if moved is None else (moved > 0) - (moved < 0)


def _arrow(found: Change | None) -> DeltaArrow:
    arrows: dict[int, DeltaArrow] = {1: "up", -1: "down"}
    return arrows.get(_direction(found), "off")


def _colour(metric: Metric, found: Change) -> DeltaColor:
    """Green for good news, red for bad, grey for neither and for what chance alone can do; arrow and sign remain."""
    if found.verdict is Verdict.NORMAL:
        return "gray"
    good = {Better.HIGHER: 1, Better.LOWER: -1}.get(metric.better, 0)
    colours: dict[int, DeltaColor] = {1: "green", -1: "red"}
    return colours.get(good * _direction(found), "gray")


def _lines(view: View, tile: Tile, found: Change | None) -> list[str]:
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
    if found is not None and WORDS[found.verdict].en:
        lines.append(word(WORDS[found.verdict]))
    return lines


def _compared(tile: Tile, window: Period) -> str:
    if tile.about and tile.before is not None:
        return say("tile.cohort_before", month=month(tile.before.window))
    return say("tile.compared", span=span(window))


def _spark(view: View, tile: Tile) -> charts.Figure:
    frame = tile.course if tile.course is not None else series.over(view, tile.metric.id, tile.query)
    figure = charts.spark.line(frame, metric=tile.metric, reader=view.reader)
    st.plotly_chart(figure, key=f"spark.{tile.metric.id}", config=dict(charts.CONFIG), alt=charts.alt_text(figure))
    return figure


def by_birth(view: View) -> Query:
    """The question over every month of first purchases: cohorts do not follow the period of the page."""
    return replace(view.query(by="month"), window=view.whole)


def matured_cohort(view: View, metric: str) -> Tile | None:
    """The newest month of first purchases that has had its days in full, and the month before it."""
    query = by_birth(view)
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
