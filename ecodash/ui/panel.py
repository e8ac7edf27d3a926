"""A block of a page: heading, what it ignores, chart or table, download, explanation. All of it for every chart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from ecodash import charts
from ecodash.export import Table
from ecodash.metrics.query import Query
from ecodash.ui import explaining, flags, report
from ecodash.ui.downloads import downloads
from ecodash.ui.grid import grid
from ecodash.ui.report_notes import notes
from ecodash.ui.view import View
from ecodash.ui.words import md, named, say, t

__all__ = ["Block", "downloads", "grid", "notes", "show"]

SHAPES = ("chart", "table")


@dataclass(frozen=True, kw_only=True)
class Block:
    """What a block shows. ``ignores`` names the filters that do not apply to it.

    ``metric`` is the one explained, over ``query``; without one the block explains itself. ``title`` stands instead of the figure's finding; ``controls`` draws what only this block depends on.
    """

    key: str
    figure: charts.Figure
    table: Table
    metric: str = ""
    query: Query | None = None
    ignores: Sequence[str] = ()
    remark: str = ""
    title: str = ""
    controls: Callable[[], None] | None = None


def show(view: View, block: Block) -> None:
    """Draws the block in a bordered card."""
    with st.container(border=True, height="stretch", key=f"panel.{block.key}"):
        as_table = _head(view, block)
        if block.controls:
            block.controls()
        said = [md(block.remark)] if block.remark else []
        if block.ignores:
            said.append(say("panel.ignores", names=t("panel.and").join(t(f"filter.{one}") for one in block.ignores)))
        if said:
            st.caption("  \n".join(said))
        title = block.title or charts.title_text(block.figure)
        figure = flags.flagged(view, block.figure)
        said += flags.listed(figure)
        report.block(block.key, title=title, figure=figure, table=block.table, said=said)
        if as_table:
            grid(view, block.table)
        else:
            st.plotly_chart(figure, key=f"chart.{block.key}", config=dict(charts.CONFIG), alt=charts.alt_text(figure))
            flags.draw(figure)


def _head(view: View, block: Block) -> bool:
    """Heading and tools; whether the table is wanted instead of the chart."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.header(md(block.title or charts.title_text(block.figure)), anchor=False, width="stretch")
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
            chosen = st.segmented_control(
                t("panel.shape"),
                SHAPES,
                key=f"shape.{block.key}",
                default="chart",
                required=True,
                format_func=named("panel.", SHAPES),
                label_visibility="collapsed",
            )
            downloads(view, block.table, block.key)
            if block.metric and block.query is not None:
                explaining.button(view, block.metric, block.query, key=block.key)
    return chosen == "table"
