"""A table on the screen: the very columns, headings and numbers of the export."""

import polars as pl
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import unit_text
from ecodash.ui.view import View
from ecodash.ui.words import language, md


def grid(view: View, table: Table) -> None:
    """Draws the table."""
    shown = table.frame.select([column.name for column in table.columns])
    st.dataframe(
        shown,
        hide_index=True,
        column_config={column.name: _column(column, shown.schema[column.name], view) for column in table.columns},
        alt=table.title,
        placeholder="—",
    )


def _column(column: Column, kind: pl.DataType, view: View) -> ColumnConfig:
    if kind == pl.Date:
        return st.column_config.DateColumn(column.heading, format="YYYY-MM-DD")
    if column.unit is None:
        return st.column_config.Column(column.heading)
    form = "percent" if column.unit in {Unit.RATIO, Unit.POINTS} else "localized"
    unit = md(unit_text(column.unit, language(), view.currency))
    return st.column_config.NumberColumn(column.heading, format=form, help=unit)
