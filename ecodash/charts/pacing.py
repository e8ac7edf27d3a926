"""How far a month is on the way to its goal."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import time_axis, value_axis
from ecodash.charts.base import blank, nothing
from ecodash.charts.frame import Measured
from ecodash.charts.marks import band, solid
from ecodash.charts.roles import FAINT, MAIN, MUTED, TARGET
from ecodash.i18n import Reader, day_text, t, value_text

PACE: dict[str, type[pl.DataType]] = {
    "day": pl.Date,
    "actual": pl.Float64,
    "expected": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}


def cumulative(frame: pl.DataFrame, *, metric: Measured, reader: Reader, goal: float, title: str) -> go.Figure:
    """What has come in so far, day by day of PACE, beside what should have by then; the goal as a labelled line.

    ``actual`` is null on days not over yet, ``low`` and ``high`` bound what a normal month would show. ``title`` is
    the finding. No days: a figure that says so.
    """
    if frame.is_empty():
        return nothing(reader.language, title=title)
    places = [day.isoformat() for day in frame["day"]]
    said = t("chart.pacing.alt", reader.language, title=title, goal=_value(goal, metric, reader))
    figure = blank(title=title, alt=said)
    known = [*frame["actual"], *frame["expected"], *frame["low"], *frame["high"]]
    value_axis(figure, [*known, goal], unit=metric.unit, reader=reader)
    time_axis(figure, frame["day"].to_list())
    figure.update_layout(
        hovermode="x unified",
        showlegend=True,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom", "itemwidth": 30},
        margin={"t": 36},
    )
    band(figure, places, frame["low"].to_list(), frame["high"].to_list())
    _expected(figure, places, frame["expected"].to_list(), metric=metric, reader=reader)
    _actual(figure, frame.drop_nulls("actual"), metric, reader)
    _goal(figure, goal, metric, reader)
    return figure


def _value(value: float | None, metric: Measured, reader: Reader) -> str:
    return "" if value is None else value_text(value, metric.unit, reader.language, reader.currency)


def _expected(
    figure: go.Figure, places: Sequence[str], values: Sequence[float | None], *, metric: Measured, reader: Reader
) -> None:
    figure.add_scatter(
        x=list(places),
        y=list(values),
        name=t("chart.pacing.expected", reader.language),
        mode="lines",
        line={"color": MUTED, "width": 1.75, "dash": "dash"},
        opacity=FAINT + 0.3,
        hovertext=[_value(value, metric, reader) for value in values],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _actual(figure: go.Figure, frame: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    name = t("chart.pacing.actual", reader.language)
    last = frame.height - 1
    figure.add_scatter(
        x=[day.isoformat() for day in frame["day"]],
        y=frame["actual"].to_list(),
        name=name,
        mode="lines+markers",
        line={"color": MAIN, "width": 2.5},
        marker=solid() | {"size": [8 if index == last else 0 for index in range(frame.height)]},
        hovertext=[
            f"{day_text(row['day'])} {name} {_value(row['actual'], metric, reader)}"
            for row in frame.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _goal(figure: go.Figure, goal: float, metric: Measured, reader: Reader) -> None:
    figure.add_hline(y=goal, line={"color": TARGET, "width": 1.5})
    figure.add_annotation(
        text=t("chart.target", reader.language, value=_value(goal, metric, reader)),
        xref="paper",
        x=0,
        xanchor="left",
        y=goal,
        yanchor="bottom",
        showarrow=False,
        font={"color": TARGET, "size": 12},
    )
