"""The definitions page: readings side by side on the visitor's own data, then the glossary of the whole registry."""

import streamlit as st

from ecodash.core.schema import TABLES
from ecodash.export.report import Section
from ecodash.i18n import unit_text
from ecodash.metrics.metric import Metric
from ecodash.metrics.registry import FAMILIES, METRICS, find
from ecodash.ui import bridges, report, report_notes, switchboard
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t, word


def draw(view: View) -> None:
    """What the readings come to on these data, where there are any; the glossary below."""
    if view.whole is not None:
        switchboard.window_field(view)
        switchboard.side_by_side(view)
        left, right = st.columns(2)
        with left:
            switchboard.difference(view)
        with right:
            bridges.draw(view)
    glossary(view)


def glossary(view: View) -> None:
    """The search field and the metrics it finds, family by family."""
    asked = st.text_input(t("definitions.search"), placeholder=t("definitions.search_hint"), key="definitions.search")
    found = [metric for metric in METRICS.values() if matches(metric, asked or "")]
    st.caption(say("definitions.count", n=len(found)) if found else say("definitions.none"))
    for family, name in FAMILIES.items():
        members = [metric for metric in found if metric.family == family]
        if members:
            st.header(word(name), anchor=False)
            listed = tuple(
                report_notes.definition(metric.id, one.id) for metric in members for one in metric.definitions
            )
            report.add(family, Section(title=name.to(language()), definitions=listed))
        for metric in members:
            with st.expander(word(metric.name)):
                _one(view, metric)


def matches(metric: Metric, asked: str) -> bool:
    """Whether every word asked for occurs in a metric's id, names or meaning, in either language."""
    said = [metric.id, *(part for text in (metric.name, metric.meaning, metric.formula) for part in (text.zh, text.en))]
    said += [part for one in metric.definitions for part in (one.name.zh, one.name.en)]
    whole = " ".join(said).lower()
    return all(piece in whole for piece in asked.lower().split())


def _one(view: View, metric: Metric) -> None:
    spoken = language()
    st.markdown(word(metric.meaning))
    lines = {
        "formula": word(metric.formula),
        "unit": md(unit_text(metric.unit, spoken, view.currency)),
        "needs": md(t("panel.and").join(TABLES[table].label.to(spoken) for table, _ in metric.requires)),
        "caveat": word(metric.caveat) if metric.caveat else "",
        "not_same": md(t("panel.and").join(find(one).name.to(spoken) for one in metric.not_the_same_as)),
    }
    st.markdown("\n".join(f"- **{say(f'definitions.{name}')}** {text}" for name, text in lines.items() if text))
    if len(metric.definitions) > 1:
        st.markdown(f"**{say('definitions.readings')}**")
        st.markdown("\n".join(f"- **{word(one.name)}** {word(one.meaning)}" for one in metric.definitions))
    st.caption(f"{md(metric.id)} · {say('definitions.source')} {md(metric.source)}")
