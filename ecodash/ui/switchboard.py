"""Every reading of repurchase side by side on the visitor's own data, and the exact steps between any two."""

from dataclasses import replace
from typing import cast

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.core.estimate import Estimate
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import estimate_text, points
from ecodash.metrics.metric import Metric
from ecodash.metrics.query import Query
from ecodash.metrics.readings import ROOT, Reading, readings
from ecodash.metrics.registry import find
from ecodash.metrics.switchboard import DAYS, Switchboard
from ecodash.ui import cache, panel, periods, state
from ecodash.ui.panel import Block
from ecodash.ui.state import Param
from ecodash.ui.view import View
from ecodash.ui.words import language, named, say, span, t

SPANS = tuple(code for code in periods.PRESETS if code != "custom")
LISTED = tuple(one.id for one in readings(DAYS) if one.listed)
COMPARED = tuple(name for name in LISTED if name != ROOT)
PARAMS = (
    Param(name="over", default=("12m",), allowed=SPANS),
    Param(name="against", default=("person_day",), allowed=COMPARED),
)
METRIC = f"repurchase_{DAYS}d"


def query(view: View) -> Query:
    """The days chosen on this page; no filters, the page has none."""
    whole = view.whole
    return Query(window=periods.resolve(state.value("over"), whole) if whole else None, as_of=view.shop.moment)


def window_field(view: View) -> None:
    """The days all blocks of the page are about."""
    key, store = state.widget("over")
    st.selectbox(t("switchboard.over"), SPANS, key=key, on_change=store, format_func=named("period.", SPANS), width=260)
    asked = query(view).window
    if asked:
        st.caption(say("switchboard.window", span=span(asked)))


def side_by_side(view: View) -> None:
    """All readings as bars and as a table that says in a sentence how each differs."""
    asked = query(view)
    board = _board(view, asked)
    rows = [(one, board.estimates[one.id]) for one in board.listed]
    frame = charts.groups([replace(found, by={"name": _name(one)}) for one, found in rows], by="name")
    measured = replace(find(METRIC), name=find("repurchase_rate").name)
    figure = charts.bars.ranked(frame, metric=measured, reader=view.reader, top=len(rows))
    table = _table(view, board, frame, asked)
    remark = t("switchboard.remark", n=len(rows))
    panel.show(
        view,
        Block(
            key="readings",
            title=t("switchboard.title"),
            figure=figure,
            table=table,
            metric=METRIC,
            query=asked,
            remark=remark,
        ),
    )


def difference(view: View) -> None:
    """From the house's own reading to another, one rule at a time."""
    asked = query(view)
    board, chosen = _board(view, asked), state.value("against")
    steps, measured = board.steps(chosen), find(METRIC)
    first, last = board.estimates[ROOT], board.estimates[chosen]
    title = _finding(board, chosen)
    bars = _bars(board, chosen) if steps else []
    figure = charts.waterfall.bridge(bars, unit=Unit.RATIO, reader=view.reader, title=title)
    named_steps = [(rule.to(language()), change) for rule, change in steps]
    ends = [(_name(board.tree[name]), one.value) for name, one in ((ROOT, first), (chosen, last))]
    frame = pl.DataFrame(
        [ends[0], *named_steps, ends[1]], schema={"name": pl.String, "value": pl.Float64}, orient="row"
    )
    columns = [
        Column(name="name", heading=t("switchboard.step")),
        Column(name="value", heading=t("switchboard.points"), unit=Unit.RATIO),
    ]
    notes = panel.notes(view, METRIC, query=asked)
    table = Table(title=title, frame=frame, columns=columns, notes=notes)
    remark = "" if steps else t("switchboard.no_steps")
    metric, query_of = _explained(measured, board.tree[chosen], asked)
    panel.show(
        view,
        Block(
            key="difference",
            title=title,
            figure=figure,
            table=table,
            metric=metric,
            query=query_of,
            remark=remark,
            controls=lambda: _against(board),
        ),
    )


def _board(view: View, asked: Query) -> Switchboard:
    return cast("Switchboard", cache.answer(view.shop, "switchboard", asked))


def _against(board: Switchboard) -> None:
    key, store = state.widget("against")
    names = {one.id: _name(one) for one in board.listed}
    st.selectbox(t("switchboard.against"), COMPARED, key=key, on_change=store, format_func=names.__getitem__)


def _explained(measured: Metric, one: Reading, asked: Query) -> tuple[str, Query]:
    """The metric and definition the Explain panel of a reading opens."""
    if not isinstance(one.asked, str):
        return measured.id, asked
    metric, _, definition = one.asked.partition(":")
    return metric, replace(asked, definition=definition)


def _bars(board: Switchboard, chosen: str) -> list[charts.Step]:
    level = charts.StepKind.LEVEL
    path = board.path(chosen)
    ends = [
        charts.Step(label=_name(path[i]), value=board.estimates[path[i].id].value or 0.0, kind=level) for i in (0, -1)
    ]
    changes = [charts.Step(label=rule.to(language()), value=change) for rule, change in board.steps(chosen)]
    return [ends[0], *changes, ends[1]]


def _finding(board: Switchboard, chosen: str) -> str:
    """The question as long as a number is missing, else both numbers."""
    first, last = board.estimates[ROOT], board.estimates[chosen]
    if first.value is None or last.value is None:
        return t("switchboard.question", name=_name(board.tree[chosen]))
    values = {key: estimate_text(one, language(), interval=False) for key, one in (("first", first), ("last", last))}
    return t("switchboard.finding", name=_name(board.tree[chosen]), **values)


def _table(view: View, board: Switchboard, frame: pl.DataFrame, asked: Query) -> Table:
    root = board.estimates[ROOT]
    said: dict[str, list[str] | list[str | None]] = {
        "differs": [_points(board.estimates[one.id], root) for one in board.listed],
        "how": [board.differs(one.id).to(language()) for one in board.listed],
    }
    columns = [
        Column(name="name", heading=t("switchboard.reading")),
        Column(name="value", heading=t("switchboard.value"), unit=Unit.RATIO),
        Column(name="low", heading=t("column.low"), unit=Unit.RATIO),
        Column(name="high", heading=t("column.high"), unit=Unit.RATIO),
        Column(name="n", heading=t("explain.cases")),
        Column(name="differs", heading=t("switchboard.differs")),
        Column(name="how", heading=t("switchboard.how")),
    ]
    notes = panel.notes(view, METRIC, query=asked)
    wide = frame.with_columns(**{name: pl.Series(values, dtype=pl.String) for name, values in said.items()})
    return Table(title=t("switchboard.title"), frame=wide, columns=columns, notes=notes)


def _points(one: Estimate, root: Estimate) -> str | None:
    if one.value is None or root.value is None:
        return None
    return points(one.value - root.value, language())


def _name(one: Reading) -> str:
    return one.by.to(language())
