"""What happened, as numbered flags on every chart with a time axis, and the words below it.

People's own notes, and the promotions of the calendar that move sales most.
"""

from datetime import timedelta

import streamlit as st

from ecodash import charts
from ecodash.charts.flags import shown_days
from ecodash.core.notebook import EVERYTHING, Note
from ecodash.core.period import Period
from ecodash.i18n import period_text
from ecodash.ui import cache, state
from ecodash.ui.labels import label
from ecodash.ui.view import View
from ecodash.ui.words import day, language, md, t

MAJOR = frozenset({"spring_festival", "618", "double_11", "black_friday"})
LONGEST_WITH_EVENTS = timedelta(days=800)
MOST = 30


def flagged(view: View, figure: charts.Figure) -> charts.Figure:
    """The figure with a flag for every note and large promotion on its time axis; others as they are."""
    bounds = shown_days(figure)
    if bounds is None:
        return figure
    axis = Period(*bounds)
    happened = [(note.days, _of_note(note)) for note in view.shop.notebook.notes(axis, where=view.where)]
    happened += _events(view, axis)
    ordered = sorted(happened, key=lambda one: (one[0], one[1]))[:MOST]
    return charts.flagged(figure, [_mark(days, words, number) for number, (days, words) in enumerate(ordered, start=1)])


def listed(figure: charts.Figure) -> list[str]:
    """The words of the flags on a figure, one line each, written as Markdown."""
    return [f"**{mark.number}** {md(_when(mark))} {md(mark.words)}" for mark in charts.marks_on(figure)]


def draw(figure: charts.Figure) -> None:
    """The words of the flags below a chart."""
    said = listed(figure)
    if said:
        st.caption("　".join(said))


def scope_name(scope: str) -> str:
    """What a note is about: everything, or a channel, store or product by its name."""
    if scope == EVERYTHING:
        return t("notes.everything")
    kind, _, code = scope.partition(":")
    return label(kind, code)


def _of_note(note: Note) -> str:
    about = "" if note.scope == EVERYTHING else scope_name(note.scope)
    said = [part for part in (about, note.owner) if part]
    return " · ".join([note.text, *said])


def _events(view: View, axis: Period) -> list[tuple[Period, str]]:
    """Uploaded events and the largest promotions; none on an axis of many years, where they would cover it."""
    if state.value("events") == "off" or axis.days > LONGEST_WITH_EVENTS.days:
        return []
    found = cache.calendar(view.shop).within(axis)
    return [(one.days, one.name.to(language())) for one in found if one.uploaded or one.event in MAJOR]


def _mark(days: Period, words: str, number: int) -> charts.Mark:
    return charts.Mark(day=days.start, end=days.end if days.days > 1 else None, number=number, words=words)


def _when(mark: charts.Mark) -> str:
    return period_text(Period(mark.day, mark.end)) if mark.end else day(mark.day)
