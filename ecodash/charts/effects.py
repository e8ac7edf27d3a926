"""A difference for several numbers of days, one line of marks per reading, each mark with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import corner, round_values
from ecodash.charts.base import blank, label, nothing
from ecodash.charts.marks import reach, words
from ecodash.charts.roles import FAINT, MUTED, SERIES, TARGET
from ecodash.core.estimate import Status
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, days, t, tick_text, unit_text

EFFECTS: dict[str, type[pl.DataType]] = {
    "days": pl.Int64,
    "series": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "n": pl.Int64,
    "status": pl.String,
}
APART = 0.12


@dataclass(frozen=True, kw_only=True)
class Words:
    """Title, the words of the axis of days, and a line to compare with (None: none) and its name."""

    title: str
    axis: str
    reference: float | None = None
    reference_name: str = ""


def over_days(frame: pl.DataFrame, *, said: Words, unit: Unit, reader: Reader) -> go.Figure:
    """Marks of EFFECTS at each number of days, series side by side; rows without a value are left out."""
    known = frame.drop_nulls("value")
    if known.is_empty():
        return nothing(reader.language, title=said.title)
    listed = t("chart.list_separator", reader.language).join(
        f"{row['series']} {days(row['days'], reader.language)} {words(row, unit, reader)}"
        for row in known.iter_rows(named=True)
    )
    figure = blank(title=said.title, alt=f"{said.title}: {listed}", height=340)
    places = {day: index for index, day in enumerate(sorted(set(frame["days"])))}
    names = list(dict.fromkeys(frame["series"]))
    for index, name in enumerate(names):
        shift = (index - (len(names) - 1) / 2) * APART
        rows = list(known.filter(pl.col("series") == name).iter_rows(named=True))
        _series(figure, rows, [places[row["days"]] + shift for row in rows], (name, SERIES[index], unit, reader))
    _axes(figure, known, said, (places, unit, reader))
    if len(names) > 1:
        figure.update_layout(
            showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 1, "xanchor": "right"}
        )
    return figure


def _series(
    figure: go.Figure, rows: Sequence[dict[str, float | int | str | None]], places: Sequence[float],
    drawn: tuple[str, str, Unit, Reader],
) -> None:  # fmt: skip
    name, color, unit, reader = drawn
    few = [row["status"] == Status.TOO_FEW.value for row in rows]
    figure.add_scatter(
        x=list(places),
        y=[row["value"] for row in rows],
        name=label(name),
        mode="lines+markers",
        line={"color": color, "width": 1},
        marker={
            "size": 9,
            "color": [MUTED if thin else color for thin in few],
            "opacity": [FAINT if thin else 1.0 for thin in few],
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [reach(row["value"], row["high"]) for row in rows],
            "arrayminus": [reach(row["value"], row["low"]) for row in rows],
            "color": color,
            "thickness": 1.5,
            "width": 4,
        },
        hovertext=[
            f"{label(name)} · {days(int(row['days'] or 0), reader.language)}<br>{words(row, unit, reader)}"
            for row in rows
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _axes(figure: go.Figure, known: pl.DataFrame, said: Words, drawn: tuple[dict[int, int], Unit, Reader]) -> None:
    places, unit, reader = drawn
    values = [value for column in ("value", "low", "high") for value in known[column].drop_nulls()]
    values += [said.reference] if said.reference is not None else []
    low, high = min([0.0, *values]), max([0.0, *values])
    ticks = round_values(low, high)
    figure.update_yaxes(
        range=[min(ticks[0], low), max(ticks[-1], high)],
        tickmode="array",
        tickvals=ticks,
        ticktext=[tick_text(tick, unit, reader.language) for tick in ticks],
        showgrid=True,
        zeroline=True,
        zerolinewidth=2,
        zerolinecolor=MUTED,
    )
    corner(figure, unit_text(unit, reader.language, reader.currency))
    figure.update_xaxes(
        range=[-0.5, len(places) - 0.5],
        tickmode="array",
        tickvals=list(places.values()),
        ticktext=[str(day) for day in places],
        title={"text": said.axis, "standoff": 8},
    )
    if said.reference is not None:
        figure.add_hline(
            y=said.reference,
            line={"color": TARGET, "width": 1.5, "dash": "dash"},
            annotation={"text": label(said.reference_name), "font": {"color": TARGET}, "xanchor": "left", "x": 0},
        )
