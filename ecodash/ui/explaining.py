"""The side panel behind a number: how it came about, and the very rows it rests on."""

from functools import partial

import streamlit as st

from ecodash.export import FORMATS, Column, Table
from ecodash.metrics.query import Query
from ecodash.metrics.registry import find
from ecodash.ui import cache
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, say, t, word

ROWS_SHOWN = 200


def button(view: View, metric: str, query: Query, *, key: str) -> None:
    """The button that opens the side panel."""
    if st.button(say("explain.open"), icon=":material/help:", type="tertiary", key=f"explain.{key}"):
        title = word(find(metric).name)
        st.dialog(title, width="large", position="right")(partial(_content, view, metric, query))()


def _content(view: View, metric: str, query: Query) -> None:
    words, rows = st.tabs([say("explain.tab_words"), say("explain.tab_rows")])
    with words:
        _words(view, metric, query)
    with rows:
        _rows(view, metric, query)


def _words(view: View, metric: str, query: Query) -> None:
    for paragraph in view.explain(metric, query).to_text(language()).split("\n"):
        st.markdown(md(paragraph))


def _rows(view: View, metric: str, query: Query) -> None:
    frame = cache.rows(view.shop, metric, query)
    if frame.is_empty():
        st.caption(say("explain.rows_none"))
        return
    st.caption(say("explain.rows_note", n=count(frame.height), shown=count(min(frame.height, ROWS_SHOWN))))
    st.dataframe(frame.head(ROWS_SHOWN), hide_index=True, alt=t("explain.tab_rows"))
    columns = [Column(name=name, heading=name) for name in frame.columns]
    table = Table(title=find(metric).name.to(language()), frame=frame, columns=columns)
    st.download_button(
        say("explain.rows_download"),
        data=partial(FORMATS["csv"].write, table, view.reader),
        file_name=f"ecodash-{metric}-rows.csv",
        mime=FORMATS["csv"].media_type,
        on_click="ignore",
        icon=":material/download:",
        key="explain.download",
    )
