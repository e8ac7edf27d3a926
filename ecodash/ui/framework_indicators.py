"""Indicators of an entry: the chart against the figures stated, the table with values, verdicts and what is missing."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.charts.standing import Target
from ecodash.export import Column, Table
from ecodash.framework.catalogue import INDICATORS
from ecodash.framework.figure import Figure
from ecodash.framework.standing import Standing
from ecodash.framework.verdict import Judgement
from ecodash.metrics.query import Query
from ecodash.ui import framework_words as written
from ecodash.ui import report, report_notes
from ecodash.ui.downloads import downloads
from ecodash.ui.framework_answers import window
from ecodash.ui.panel import Block, grid, show
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t, word

ON_SCREEN = 6
COLUMNS = ("name", "value", "n", "target", "verdict", "missing", "formula", "id")


def against_figures(view: View, found: Mapping[str, Standing], *, key: str) -> None:
    """Each judged reading as a multiple of its target, with its interval; nothing when none was judged."""
    judged = [one for standing in found.values() for one in standing.judgements if one.verdict.passed]
    drawn = [target for one in judged if (target := _target(view, one))]
    if not drawn:
        return
    title = t("framework.against")
    figure = charts.standing.targets(drawn, reader=view.reader, title=title)
    remark = t("framework.against_remark")
    show(
        view,
        Block(key=f"against.{key}", figure=figure, table=table(view, found, title=title), title=title, remark=remark),
    )


def listed(view: View, found: Mapping[str, Standing], *, key: str) -> None:
    """Every indicator with its number, target, verdict and what is missing, as a table to take away."""
    made = table(view, found, title=t("framework.indicators"))
    report.block(f"indicators.{key}", title=made.title, figure=None, table=made, said=())
    with st.container(border=True, key=f"indicators.{key}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(say("framework.indicators"), anchor=False, width="stretch")
            downloads(view, made, f"framework-{key}")
        grid(view, replace(made, columns=made.columns[:ON_SCREEN]))
        for figure in {
            one.figure.id: one.figure for standing in found.values() for one in standing.judgements
        }.values():
            st.caption(ambiguity(figure))


def ambiguity(figure: Figure) -> str:
    """What a figure leaves open: always beside its verdicts."""
    return f"**{word(figure.name)}** · {word(figure.ambiguity)} ({md(written.source_of(figure.source))})"


def table(view: View, found: Mapping[str, Standing], *, title: str) -> Table:
    """The table of indicators, plain words throughout; the same on screen, in files and in reports."""
    rows = [_row(view, one) for one in found.values()]
    schema = dict.fromkeys(COLUMNS, pl.String) | {"n": pl.Int64}
    columns = [Column(name=name, heading=t(f"framework.column_{name}")) for name in COLUMNS]
    computed = [name for name, one in found.items() if one.estimates]
    said = report_notes.notes(view, *computed, query=Query(window=window(view), as_of=view.shop.moment))
    return Table(title=title, frame=pl.DataFrame(rows, schema=schema), columns=columns, notes=said)


def _row(view: View, one: Standing) -> dict[str, object]:
    judgement = one.judgement
    return {
        "name": one.indicator.name.to(language()),
        "value": written.value_of(view, one),
        "n": one.estimate.n if one.estimate and one.estimate.value is not None else None,
        "target": written.target_of(view, judgement) if judgement else "",
        "verdict": written.verdict_of(judgement) if judgement else "",
        "missing": written.tables_of(one.missing),
        "formula": one.indicator.formula.to(language()),
        "id": one.indicator.id,
    }


def _target(view: View, one: Judgement) -> Target | None:
    estimate, goal = one.estimate, one.target.value
    if estimate is None or estimate.value is None or goal == 0:
        return None
    ends = sorted(end / goal for end in (estimate.low, estimate.high) if end is not None)
    name = _name(one) if one.target.reading == "default" else f"{_name(one)} ({one.reading.to(language())})"
    value = written.amount(view, one.target.indicator, estimate.value)
    said = t(
        "framework.value_target", value=value, target=written.target_of(view, one), verdict=written.verdict_of(one)
    )
    low, high = ends if len(ends) == 2 else (None, None)  # noqa: PLR2004 - both ends
    return Target(name=name, value=estimate.value / goal, low=low, high=high, verdict=one.verdict.value, said=said)


def _name(one: Judgement) -> str:
    return INDICATORS[one.target.indicator].name.to(language())


def window_line(view: View) -> None:
    """Which days the numbers are from."""
    days = window(view)
    if days is not None:
        st.caption(say("framework.window", start=days.start, end=days.end))
