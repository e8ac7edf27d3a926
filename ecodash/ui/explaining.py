"""The side panel behind a number: its rows, its parts, its course, and how it came about in a fixed order."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from ecodash.core.text import Text
from ecodash.metrics.explanation import Explanation, Origin
from ecodash.metrics.explanation_text import basis_lines, origin_line, other_line, population_lines
from ecodash.metrics.query import Query
from ecodash.metrics.registry import find
from ecodash.ui import breakdown, rows
from ecodash.ui.view import View
from ecodash.ui.words import say, t, word

MOST_FILES = 8


def button(view: View, metric: str, query: Query, *, key: str) -> None:
    """The button that opens the side panel."""
    if st.button(say("explain.open"), icon=":material/help:", type="tertiary", key=f"explain.{key}"):
        title = word(find(metric).name)
        st.dialog(title, width="large", position="right")(partial(_content, view, metric, query))()


def _content(view: View, metric: str, query: Query) -> None:
    """Four tabs; only the open one is worked out."""
    tabs = {
        say("explain.tab_rows"): rows.draw,
        say("explain.tab_breakdown"): breakdown.draw,
        say("explain.tab_trend"): breakdown.trend,
        say("explain.tab_words"): _explanation,
    }
    shown = st.tabs(list(tabs), key="explain.tabs", on_change="rerun", default=say("explain.tab_words"))
    for tab, content in zip(shown, tabs.values(), strict=True):
        if tab.open:
            with tab:
                content(view, metric, query)


def _explanation(view: View, metric: str, query: Query) -> None:
    draw(view, view.explain(metric, query))


def draw(view: View, found: Explanation) -> None:
    """Sentence, formula, definition, who, window, sources, query, other definitions: always in this order."""
    st.markdown(f"**{word(found.sentence)}**")
    for said in (found.estimate.reason, *(warning.text for warning in found.estimate.warnings)):
        if said is not None:
            st.caption(f":material/warning: {word(said)}")
    _section("formula", [found.metric.formula, *([found.formula] if found.formula else [])])
    _definition(found)
    for one in found.populations:
        head, *reasons = population_lines(one)
        _section("who", [head, *reasons])
    _section("window", basis_lines(found))
    _sources(view, found.origins)
    _query(found)
    _section("others", [other_line(one, found) for one in found.others])


def _section(name: str, lines: Sequence[Text]) -> None:
    if lines:
        text = word(lines[0]) if len(lines) == 1 else "".join(f"- {word(line)}\n" for line in lines)
        st.markdown(f"**{say(f'explain.{name}')}**\n\n{text}")


def _definition(found: Explanation) -> None:
    reading = f"{word(found.definition.name)} `{found.metric.id}:{found.definition.id}`"
    texts = [found.definition.meaning, found.definition.caveat, found.metric.caveat]
    lines = [reading, *(word(text) for text in texts if text is not None)]
    lines.append(say("explain.from", source=found.definition.source))
    st.markdown(f"**{say('explain.definition')}**\n\n" + "".join(f"- {line}\n" for line in lines))
    if found.confusions:
        names = t("panel.and").join(word(name) for name in found.confusions)
        st.markdown(f"**{say('explain.not_same')}** {names}")


def _sources(view: View, origins: Sequence[Origin]) -> None:
    zone = view.shop.settings.business_zone
    _section("sources", [origin_line(origin, zone) for origin in origins[:MOST_FILES]])
    if len(origins) > MOST_FILES:
        st.caption(say("card.more", n=len(origins) - MOST_FILES))


def _query(found: Explanation) -> None:
    if found.statement is None:
        return
    st.markdown(f"**{say('explain.query')}**\n\n{word(found.statement.words)}")
    st.code(found.statement.sql, language="sql", wrap_lines=True)
    if found.query:
        with st.expander(say("explain.engine_query")):
            st.code(found.query, language="sql", wrap_lines=True)
