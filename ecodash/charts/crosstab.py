"""Two classifications against each other: how many are in each pair of classes."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ecodash.charts.base import blank, label, nothing
from ecodash.charts.matrix import STEPS
from ecodash.charts.roles import MUTED, TEXT
from ecodash.core.text import Language
from ecodash.i18n import t

ROW_HEIGHT, TALLEST_HEAD, LONG = 40, 78, 7
SCALE = [[index / (len(STEPS) - 1), color] for index, color in enumerate(STEPS)]


@dataclass(frozen=True, kw_only=True)
class Crosstab:
    """``values[i][j]`` belongs to ``rows[i]`` and ``columns[j]``; None: there is nothing. ``texts`` stand in the cells.

    ``hovers`` say a cell in a sentence. ``row_axis`` and ``column_axis`` name the two classifications.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[float | None]]
    texts: Sequence[Sequence[str]]
    hovers: Sequence[Sequence[str]]
    row_axis: str
    column_axis: str


def heatmap(table: Crosstab, *, title: str, alt: str, language: Language) -> go.Figure:
    """A row per class of the first, a column per class of the second; stronger colour is more. No cells say so."""
    if not any(value is not None for row in table.values for value in row):
        return nothing(language, title=title)
    figure = blank(title=title, alt=alt, height=TALLEST_HEAD + ROW_HEIGHT * len(table.rows))
    figure.update_layout(margin={"t": TALLEST_HEAD, "b": 8})
    figure.add_heatmap(
        x=list(range(len(table.columns))),
        y=list(range(len(table.rows))),
        z=[list(row) for row in table.values],
        zmin=0,
        colorscale=SCALE,
        showscale=False,
        xgap=2,
        ygap=2,
        hoverongaps=False,
        text=[list(row) for row in table.texts],
        texttemplate="%{text}",
        textfont={"size": 12, "color": TEXT},
        customdata=[list(row) for row in table.hovers],
        hovertemplate="%{customdata}<extra></extra>",
    )
    _axes(figure, table)
    _corner(figure, t("chart.crosstab.axes", language, rows=table.row_axis, columns=table.column_axis))
    return figure


def _axes(figure: go.Figure, table: Crosstab) -> None:
    places = list(range(len(table.columns)))
    figure.update_xaxes(
        side="top",
        range=[-0.5, len(places) - 0.5],
        tickmode="array",
        tickvals=places,
        ticktext=[_broken(name) for name in table.columns],
        tickangle=0,
    )
    figure.update_yaxes(
        range=[len(table.rows) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(table.rows))),
        ticktext=[label(name) for name in table.rows],
    )


def _broken(name: str) -> str:
    """A heading in two lines where it is long: four Chinese signs and four, or two words and the rest."""
    if len(name) <= LONG:
        return label(name)
    halves = name.split(" ", 1) if name.isascii() else (name[:4], name[4:])
    return "<br>".join(label(part) for part in halves if part)


def _corner(figure: go.Figure, words: str) -> None:
    figure.add_annotation(
        text=words,
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        xanchor="left",
        yanchor="bottom",
        yshift=50,
        showarrow=False,
        font={"color": MUTED, "size": 12},
    )
