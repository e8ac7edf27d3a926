"""The very rows behind a number, with file and row number: the first of them to see, all of them to take away."""

from dataclasses import replace
from functools import partial

import polars as pl
import streamlit as st

from ecodash.core.errors import MissingData
from ecodash.export import FORMATS, Column, Table
from ecodash.i18n import catalogue
from ecodash.metrics.query import Query
from ecodash.metrics.registry import find
from ecodash.ui import cache
from ecodash.ui.report_notes import notes
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, say, t

SHOWN = 200
SUFFIXES = ("csv", "xlsx")


def draw(view: View, metric: str, query: Query) -> None:
    """The table and its downloads; in words why there are no rows."""
    try:
        frame = cache.first_rows(view.shop, metric, query, SHOWN)
    except MissingData as missing:
        st.caption(md(missing.message.to(language())))
        return
    if frame.is_empty():
        st.caption(say("explain.rows_none"))
        return
    st.caption(say("explain.rows_note", shown=count(frame.height)))
    table = of(view, metric, query, frame)
    shown = {column.name: column.heading for column in table.columns}
    dated = {"day": st.column_config.DateColumn(shown.get("day"), format="YYYY-MM-DD")} if "day" in shown else {}
    st.dataframe(
        frame.select(list(shown)), hide_index=True, column_config={**shown, **dated}, alt=t("explain.tab_rows")
    )
    with st.container(horizontal=True, gap="small"):
        for suffix in SUFFIXES:
            st.download_button(
                say(f"explain.rows_{suffix}"),
                data=partial(_file, view, metric, query, table, suffix),
                file_name=f"ecodash-{metric}-rows.{suffix}",
                mime=FORMATS[suffix].media_type,
                on_click="ignore",
                icon=":material/download:",
                key=f"behind.download.{suffix}",
            )


def _file(view: View, metric: str, query: Query, table: Table, suffix: str) -> bytes:
    """Every row as a file, made when it is asked for; by then nobody knows language and filters any more."""
    return FORMATS[suffix].write(replace(table, frame=view.shop.rows(metric, query)), view.reader)


def of(view: View, metric: str, query: Query, frame: pl.DataFrame) -> Table:
    """The rows with their place in the files first, headings in the reader's words where there are some."""
    words = catalogue(language())
    first = [name for name in ("file", "row_no") if name in frame.columns]
    names = [*first, *(name for name in frame.columns if name not in {*first, "load_id"})]
    columns = [Column(name=name, heading=words.get(f"row.{name}", _dimension(name))) for name in names]
    said = notes(view, metric, query=query)
    return Table(title=find(metric).name.to(language()), frame=frame, columns=columns, notes=said)


def _dimension(name: str) -> str:
    """The name of the dimension a column stands for; the column's own name where it is none."""
    from_registry = {"month": "step.month", "week": "step.week", "day": "step.day"}
    return t(from_registry[name]) if name in from_registry else name
