"""What a page draws is kept while it is drawn, so that it can leave as one file: screen and report cannot differ."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from urllib.parse import urlencode

import streamlit as st

from ecodash import charts
from ecodash.charts import standalone
from ecodash.charts.base import HEIGHT
from ecodash.export import LoadedFile, Notes, Table
from ecodash.export.report import Chart, Look, Page, Report, Scope, Section, Theme, Tile
from ecodash.i18n import moment_text
from ecodash.ui import filters, report_notes, state
from ecodash.ui.report_draft import Draft
from ecodash.ui.view import View
from ecodash.ui.words import JOINER, day, t

_MARKED = re.compile(r"\*\*|:material/\w+:\s*|:[a-z]+\[|(?<!\\)\]|`")


def begin(name: str) -> None:
    """A new page: nothing is drawn yet."""
    state.new_draft(Draft(name=name))


def add(key: str, section: Section) -> None:
    """Keeps one block; with the same key it takes the place of the earlier one."""
    draft = state.draft()
    if draft is not None:
        draft.sections[key] = section


def answer(said: str) -> None:
    """Draws the answer of a page, written as Markdown, in its card, and keeps it."""
    with st.container(border=True, key="answer"):
        st.markdown(said)
    add("answer", Section(lines=(unmarked(said),)))


def metric(key: str, name: str, value: str, *, border: bool = False, meaning: str | None = None) -> None:
    """Draws a plain number, written as Markdown, and keeps it with the others of the same ``key``."""
    st.metric(name, value, border=border, help=meaning)
    draft = state.draft()
    if draft is not None:
        tile = Tile(name=unmarked(name), value=unmarked(value))
        others = [one for one in draft.sections.get(key, Section()).tiles if one.name != tile.name]
        draft.sections[key] = Section(tiles=(*others, tile))


def lines(key: str, title: str, said: Sequence[str]) -> None:
    """Keeps sentences that are drawn elsewhere, written as Markdown, under a plain ``title``."""
    add(key, Section(title=title, lines=tuple(unmarked(one) for one in said)))


def block(key: str, *, title: str, figure: charts.Figure | None, table: Table | None, said: Sequence[str]) -> None:
    """Keeps a chart with the table behind it, or a table alone; ``said`` are its remarks, written as Markdown."""
    kept = tuple(unmarked(one) for one in said)
    add(key, Section(title=title, lines=kept, chart=None if figure is None else chart(figure), table=table))


def tiles(key: str, drawn: Sequence[Tile]) -> None:
    """Keeps the tiles of a page."""
    add(key, Section(tiles=tuple(drawn)))


def chart(figure: charts.Figure) -> Chart:
    """A figure as the report draws it."""
    return Chart(figure=figure, alt=charts.alt_text(figure), height=int(figure.layout.height or HEIGHT))


def unmarked(markdown: str) -> str:
    """Our own Markdown as plain text: what ``md`` escaped is itself again, bold and colours are gone."""
    parts = re.split(r"(\\.)", markdown)
    plain = "".join(part[1:] if part.startswith("\\") and len(part) > 1 else _MARKED.sub("", part) for part in parts)
    return plain.replace(JOINER, "").replace("  \n", "\n").strip()


def finish(view: View) -> Report | None:
    """The page as a report of its own, now that all of it is drawn; None when nothing is kept."""
    draft = state.draft()
    if draft is None or not draft.sections:
        return None
    title = t(f"{draft.name}.title")
    page = Page(
        title=title,
        question=t(f"{draft.name}.question"),
        scope=scope(view),
        sections=tuple(draft.sections.values()),
    )
    draft.report = Report(title=f"{title} · ecodash", reader=view.reader, pages=(page,), made=report_notes.now(view))
    return draft.report


def scope(view: View) -> Scope:
    """Window, comparison, every filter and option, as known when, and the files."""
    as_of = view.query().as_of
    loads = report_notes.loads(view, as_of)
    said = [(t("report.shop"), t("report.sample" if view.sample else "report.own"))]
    if view.window is not None:
        span = t("report.window_value", start=day(view.window.start), end=day(view.window.end), days=view.window.days)
        said.append((t("report.window"), span))
        said.append((t("report.compared"), _compared(view)))
    if view.whole is not None:
        said.append((t("report.covers"), f"{day(view.whole.start)} → {day(view.whole.end)}"))
    said.append((t("report.filters"), "\n".join(filters.in_words()) or t("report.no_filters")))
    options = {name: found for name, found in state.address().items() if name not in {"lang", "shop"}}
    if options:
        said.append((t("report.options"), urlencode(options, doseq=True)))
    known = _known(loads, as_of)
    if known:
        said.append((t("report.as_of"), known))
    said.append((t("report.currency"), view.currency))
    return Scope(lines=tuple(said), loads=loads, load_hash=Notes(loads=loads).load_hash)


@cache
def look() -> Look:
    """The chart library and both themes; read once per process."""
    light, dark = (
        Theme(tokens=standalone.tokens(one), template=standalone.template_json(one), colors=standalone.colors(one))
        for one in ("light", "dark")
    )
    return Look(library=standalone.library(), light=light, dark=dark)


def dated(report: Report, view: View) -> Report:
    """The report with the moment it is really written at."""
    return replace(report, made=report_notes.now(view))


def _known(loads: Sequence[LoadedFile], as_of: int | None) -> str:
    if as_of is not None:
        return t("report.as_of_load", load=as_of)
    moments = [load.loaded for load in loads if load.loaded]
    return t("report.as_of_now", moment=moment_text(max(moments))) if moments else ""


def _compared(view: View) -> str:
    if view.compared is None:
        return t("report.not_compared")
    return f"{day(view.compared.start)} → {day(view.compared.end)}"
