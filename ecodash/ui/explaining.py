"""The side panel behind a number: how it came about, and the very rows it rests on."""

from functools import partial

import streamlit as st

from ecodash.export import FORMATS, Column, Table
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import cache
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, say, t, word

ROWS_SHOWN = 200


def button(view: View, metric: str, query: Query, *, key: str) -> None:
    """The button that opens the side panel."""
    if st.button(say("explain.open"), icon=":material/help:", type="tertiary", key=f"explain.{key}"):
        open_panel(view, metric, query)


def open_panel(view: View, metric: str, query: Query) -> None:
    """Opens the side panel for a number."""
    st.dialog(word(METRICS[metric].name), width="large", position="right")(partial(_content, view, metric, query))()
