"""A table as a block of its own: heading, what to know, download, and nothing to draw."""

import streamlit as st

from ecodash.export import Table
from ecodash.ui import report
from ecodash.ui.downloads import downloads
from ecodash.ui.grid import grid
from ecodash.ui.view import View
from ecodash.ui.words import md


def show(view: View, key: str, table: Table, *, remark: str = "") -> None:
    """Draws the table in a bordered card and keeps it for the report."""
    with st.container(border=True, height="stretch", key=f"table.{key}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.header(md(table.title), anchor=False, width="stretch")
            downloads(view, table, key)
        if remark:
            st.caption(md(remark))
        grid(view, table)
    report.block(key, title=table.title, figure=None, table=table, said=[md(remark)] if remark else [])
