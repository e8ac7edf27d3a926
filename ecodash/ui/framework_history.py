"""Indicators of an entry against their own past months, and benchmarks the operator brings along."""

import polars as pl
import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.framework.catalogue import INDICATORS
from ecodash.framework.entry import Entry, Op
from ecodash.framework.history import place
from ecodash.ui import framework_words as written
from ecodash.ui import shell, state
from ecodash.ui.downloads import downloads
from ecodash.ui.framework_answers import by_month, ledger
from ecodash.ui.panel import grid
from ecodash.ui.view import View
from ecodash.ui.words import language, md, month, say, t

COLUMNS = ("name", "month", "month_value", "percentile", "months")
PERCENT = frozenset({Unit.RATIO, Unit.POINTS})
OPS = (Op.AT_LEAST, Op.AT_MOST)


def own_months(view: View, entry: Entry) -> None:
    """On demand, since every month is computed: the newest whole month among all before it."""
    if view.whole is None or not entry.all_indicators:
        return
    if not st.toggle(t("framework.history"), key=f"history.{entry.id}", help=t("framework.history_note")):
        return
    rows = []
    for name, months in by_month(view, entry.all_indicators).items():
        found = place(name, months, view.whole)
        if found is not None and found.newest.value is not None:
            rows.append(
                {
                    "name": INDICATORS[name].name.to(language()),
                    "month": month(found.newest.window),
                    "month_value": written.amount(view, name, found.newest.value),
                    "percentile": found.percentile,
                    "months": found.months,
                }
            )
    if not rows:
        st.caption(say("framework.history_none"))
        return
    schema = dict.fromkeys(COLUMNS, pl.String) | {"percentile": pl.Float64, "months": pl.Int64}
    columns = [
        Column(name=one, heading=t(f"framework.column_{one}"), unit=Unit.RATIO if one == "percentile" else None)
        for one in COLUMNS
    ]
    made = Table(title=t("framework.history"), frame=pl.DataFrame(rows, schema=schema), columns=columns)
    downloads(view, made, f"history-{entry.id}")
    grid(view, made)
    st.caption(say("framework.history_note"))


def own_benchmarks(view: View) -> None:
    """The benchmarks kept so far, and a form for another one."""
    st.caption(say("framework.own_note"))
    kept = ledger(view)
    figures = kept.benchmarks()
    if not figures:
        st.caption(say("framework.own_none"))
    for figure in figures:
        target = figure.targets[0]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            value = written.amount(view, target.indicator, target.value)
            st.markdown(
                f"**{say('framework.own_line', name=figure.name, op=written.OPS[target.op], value=value)}**  \n"
                f":gray[{md(figure.source.at)} · {md(figure.ambiguity.to(language()))}]",
                width="stretch",
            )
            if st.button(say("framework.own_drop"), key=f"own.{target.indicator}", type="tertiary"):
                kept.drop_benchmark(target.indicator)
                st.rerun()
    _form(view)


def _form(view: View) -> None:
    names = {name: one.name.to(language()) for name, one in INDICATORS.items()}
    with st.form("own", border=True, clear_on_submit=True):
        indicator = st.selectbox(t("framework.own_indicator"), list(names), format_func=names.__getitem__)
        op = st.selectbox(t("framework.own_op"), OPS, format_func=written.OPS.__getitem__)
        value = st.number_input(t("framework.own_value"), value=0.0)
        source = st.text_input(t("framework.own_from"))
        definition = st.text_input(t("framework.own_definition"))
        sent = st.form_submit_button(t("framework.keep"), type="primary")
    if not sent:
        return
    scale = 100.0 if written.unit_of(indicator) in PERCENT else 1.0
    try:
        ledger(view).add_benchmark(indicator, value / scale, op=op, source=source, definition=definition)
    except EcodashError as error:
        shell.problem(error)
        return
    state.leave_message(t("framework.kept"))
    st.rerun()
