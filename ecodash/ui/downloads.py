"""Files to take away: a table in every format, made when it is asked for."""

from functools import partial

import streamlit as st

from ecodash.export import FORMATS, Table
from ecodash.ui.view import View
from ecodash.ui.words import say

SUFFIXES = ("csv", "xlsx")


def downloads(view: View, table: Table, key: str) -> None:
    """A button per format; the file is made when it is asked for."""
    with st.popover(say("panel.download"), icon=":material/download:", type="tertiary", key=f"downloads.{key}"):
        for suffix in SUFFIXES:
            form = FORMATS[suffix]
            st.download_button(
                say(f"panel.{suffix}"),
                data=partial(form.write, table, view.reader),
                file_name=f"ecodash-{key}.{suffix}",
                mime=form.media_type,
                on_click="ignore",
                key=f"download.{key}.{suffix}",
                type="tertiary",
            )
