"""Differences one below the other, each with its interval, beside the line of no difference and lines to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import round_values
from ecodash.charts.base import blank, label, nothing
from ecodash.charts.marks import reach, words
from ecodash.charts.roles import FAINT, MAIN, MUTED, PAPER, TARGET, TEXT
from ecodash.core.estimate import Status
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, t, tick_text

ROW_HEIGHT, HEAD = 56, 34


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A line to compare with: where it stands and what it is called."""

    value: float
    name: str


def forest(
    frame: pl.DataFrame, *, title: str, unit: Unit, reader: Reader, references: Sequence[Reference] = ()
) -> go.Figure:
    """A row per row of GROUPS in the order given; hollow marks rest on too few, rows without a value say why."""
    if frame["value"].null_count() == frame.height:
        return nothing(reader.language, title=title)
    listed = t("chart.list_separator", reader.language).join(
        f"{row['name']} {words(row, unit, reader)}" for row in frame.iter_rows(named=True)
    )
    figure = blank(title=title, alt=f"{title}: {listed}", height=HEAD + 24 + ROW_HEIGHT * frame.height)
    figure.update_layout(margin={"t": HEAD if references else 8})
    _axes(figure, frame, unit, reader, references)
    _marks(figure, frame, unit, reader)
    _names(figure, frame, unit, reader)
    for place, one in enumerate(references):
        low, high = figure.layout.xaxis.range
        _line(figure, one, shift=14 * place, late=one.value > (low + high) / 2)
    return figure


def _marks(figure: go.Figure, frame: pl.DataFrame, unit: Unit, reader: Reader) -> None:
    rows = list(frame.iter_rows(named=True))
    few = [row["status"] == Status.TOO_FEW.value for row in rows]
    figure.add_scatter(
        x=[row["value"] for row in rows],
        y=list(range(len(rows))),
        mode="markers",
        marker={
            "size": 11,
            "color": [MUTED if thin else MAIN for thin in few],
            "opacity": [FAINT if thin else 1.0 for thin in few],
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [reach(row["value"], row["high"]) for row in rows],
            "arrayminus": [reach(row["value"], row["low"]) for row in rows],
            "color": MAIN,
            "thickness": 2,
            "width": 5,
        },
        hovertext=[f"{label(str(row['name']))}<br>{words(row, unit, reader)}" for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _names(figure: go.Figure, frame: pl.DataFrame, unit: Unit, reader: Reader) -> None:
    """Name and number above each row, from the left edge: they fit on a phone, wherever the mark is."""
    for place, row in enumerate(frame.iter_rows(named=True)):
        number = words(row, unit, reader, sample=False)
        shown = number if row["value"] is None else f"<b>{number}</b>"
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=place - 0.38,
            yanchor="middle",
            showarrow=False,
            text=f"{label(str(row['name']))}  {shown}",
            bgcolor=PAPER,
            borderpad=1,
            font={"color": MUTED if row["value"] is None else TEXT, "size": 13},
        )


def _axes(figure: go.Figure, frame: pl.DataFrame, unit: Unit, reader: Reader, references: Sequence[Reference]) -> None:
    known = [value for column in ("value", "low", "high") for value in frame[column].drop_nulls()]
    known += [one.value for one in references]
    low, high = min([0.0, *known]), max([0.0, *known])
    room = (high - low or 1.0) * 0.06
    ticks = round_values(low, high)
    figure.update_xaxes(
        range=[low - room, high + room],
        tickmode="array",
        tickvals=ticks,
        ticktext=[tick_text(tick, unit, reader.language) for tick in ticks],
        showgrid=True,
        zeroline=True,
        zerolinewidth=2,
        zerolinecolor=MUTED,
    )
    figure.update_yaxes(range=[frame.height - 0.5, -0.75], showticklabels=False)


def _line(figure: go.Figure, one: Reference, *, shift: int, late: bool) -> None:
    figure.add_shape(
        type="line", x0=one.value, x1=one.value, y0=0, y1=1, yref="paper",
        line={"color": TARGET, "width": 1.5, "dash": "dash"},
    )  # fmt: skip
    figure.add_annotation(
        x=one.value,
        y=1,
        yref="paper",
        xanchor="right" if late else "left",
        yanchor="bottom",
        yshift=2 + shift,
        showarrow=False,
        text=label(one.name),
        font={"color": TARGET, "size": 12},
    )
