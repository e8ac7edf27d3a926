"""The front page of the framework: how much is measured, where one stands, what to upload next."""

from collections.abc import Mapping

import streamlit as st

from ecodash import charts
from ecodash.charts.standing import Cell
from ecodash.framework.catalogue import ENTRIES, about, of_kind
from ecodash.framework.entry import Entry, Kind
from ecodash.framework.risk import Level
from ecodash.framework.scorecard import Score, Scorecard, unlocks
from ecodash.framework.standing import Standing
from ecodash.ui import report, shell, state
from ecodash.ui.framework_answers import Position
from ecodash.ui.framework_choose import link
from ecodash.ui.framework_indicators import table, window_line
from ecodash.ui.framework_params import KINDS
from ecodash.ui.framework_upload import how_to_export
from ecodash.ui.framework_words import tables_of
from ecodash.ui.panel import Block, show
from ecodash.ui.view import View
from ecodash.ui.words import language, named, say, t, word

MOST_UNLOCKING = 8


def kpis(view: View, here: Position) -> None:
    """How many indicators are measured, how many readings are met, how many risks are alight."""
    whole = here.card.whole
    lights = [one.level for one in here.risks]
    with st.container(horizontal=True, key="framework.kpis"):
        share = f"{whole.measured} / {whole.total}"
        report.metric("framework", say("framework.measured"), share, border=True, meaning=t("framework.measured_help"))
        judged = f"{whole.met} / {whole.judged}"
        report.metric("framework", say("framework.met"), judged, border=True, meaning=t("framework.met_help"))
        for level in (Level.RED, Level.AMBER):
            count = str(sum(one is level for one in lights))
            report.metric("framework", say(f"framework.risks_{level.value}"), count, border=True)
        report.metric("framework", say("framework.actions"), str(len(here.actions)), border=True)
    window_line(view)


def answer(here: Position) -> None:
    """One sentence: how much is measured, what would help most, what to do first."""
    whole = here.card.whole
    said = [say("framework.answer", measured=whole.measured, total=whole.total, met=whole.met, judged=whole.judged)]
    best = [pair for pair in unlocks(here.found) if pair[1]]
    if best:
        said.append(say("framework.answer_upload", table=tables_of([best[0][0]]), n=best[0][1]))
    if here.actions:
        name = here.found[here.actions[0].indicator].indicator.name.to(language())
        said.append(say("framework.answer_first", name=name))
    report.answer(" ".join(said))
    st.caption(word(about().reliability))


def matrix(view: View, here: Position) -> None:
    """Entries of a kind by dimension: measured of all, and how they compare with the figures."""
    entries = of_kind(Kind(state.value("kind")))
    names = {one.id: one.name.to(language()) for one in of_kind(Kind.DIMENSION)}
    cells = [
        _cell(entry, names[dimension] if dimension else t("framework.all"), _score(here.card, entry, dimension))
        for entry in entries
        for dimension in ("", *names)
    ]
    title = t("framework.matrix")
    figure = charts.standing.coverage(cells, reader=view.reader, title=title)
    inside: Mapping[str, Standing] = {
        name: here.found[name] for entry in entries for name in entry.all_indicators if name in here.found
    }
    show(
        view,
        Block(
            key="matrix",
            figure=figure,
            table=table(view, inside, title=title),
            title=title,
            remark=t("framework.matrix_remark"),
            controls=_kinds,
        ),
    )
    with st.container(horizontal=True, gap="small", key="framework.entries"):
        for entry in entries:
            score = here.card.entries[entry.id]
            link(entry, note=f"{score.measured}/{score.total}" if score.total else "")


def next_uploads(here: Position) -> None:
    """The tables that lack most, and how many indicators each would bring by itself."""
    lacking = unlocks(here.found)
    if not lacking:
        return
    with st.container(border=True, key="framework.uploads"):
        st.header(say("framework.uploads"), anchor=False)
        st.markdown(
            "\n".join(
                f"- {say('framework.unlocks', table=tables_of([name]), n=n)}" for name, n in lacking[:MOST_UNLOCKING]
            )
        )
        how_to_export([name for name, _ in lacking], key="all")


def pages() -> None:
    """The pages of the framework, each with its question."""
    with st.container(horizontal=True, gap="small", key="framework.pages"):
        for name, icon in shell.PAGES["nav.framework"][1:]:
            st.page_link(shell.page(name), label=say(f"{name}.nav"), icon=f":material/{icon}:")


def _kinds() -> None:
    key, store = state.widget("kind")
    st.segmented_control(
        t("framework.kind"),
        KINDS,
        key=key,
        on_change=store,
        required=True,
        format_func=named("framework.kind_", KINDS),
        label_visibility="collapsed",
    )


def _score(card: Scorecard, entry: Entry, dimension: str) -> Score:
    return card.cells[entry.id, dimension] if dimension else card.entries[entry.id]


def _cell(entry: Entry, column: str, score: Score) -> Cell:
    return Cell(
        row=ENTRIES[entry.id].name.to(language()),
        column=column,
        measured=score.measured,
        total=score.total,
        met=score.met,
        near=score.near,
        below=score.below,
    )
