"""How far a month is on the way to its goal."""

from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import time_axis, value_axis
from ecodash.charts.base import blank, nothing
from ecodash.charts.frame import Measured
from ecodash.charts.marks import band, dashed, hollow, legend_above, solid
from ecodash.charts.roles import MAIN, TARGET
from ecodash.i18n import Reader, day_text, t, value_text

PACE: dict[str, type[pl.DataType]] = {"day": pl.Date, "expected": pl.Float64, "actual": pl.Float64}


@dataclass(frozen=True, kw_only=True)
class Aim:
    """The goal, and where the month ends if it goes on like this, within ``low`` … ``high``; None where unknown."""

    goal: float
    ends: float | None = None
    low: float | None = None
    high: float | None = None


def cumulative(frame: pl.DataFrame, *, metric: Measured, reader: Reader, aim: Aim, title: str) -> go.Figure:
    """What has come in so far, day by day of PACE, beside what should have by then; the goal as a labelled line.

    ``actual`` is null on days to come: there the way to where the month ends is dotted, its interval shaded.
    ``title`` is the finding. No days: a figure that says so.
    """
    if frame.is_empty():
        return nothing(reader.language, title=title)
    said = t("chart.pacing.alt", reader.language, title=title, goal=_value(aim.goal, metric, reader))
    figure = blank(title=title, alt=said)
    value_axis(figure, [*frame["actual"], *frame["expected"], aim.goal, aim.high], unit=metric.unit, reader=reader)
    time_axis(figure, frame["day"].to_list())
    figure.update_layout(hovermode="x unified")
    legend_above(figure)
    _expected(figure, frame, metric, reader)
    _ending(figure, frame, aim, metric=metric, reader=reader)
    _actual(figure, frame.drop_nulls("actual"), metric, reader)
    _goal(figure, aim.goal, metric, reader)
    return figure


def _value(value: float | None, metric: Measured, reader: Reader) -> str:
    return "" if value is None else value_text(value, metric.unit, reader.language, reader.currency)


def _expected(figure: go.Figure, frame: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    said = [_value(value, metric, reader) for value in frame["expected"]]
    name = t("chart.pacing.expected", reader.language)
    dashed(figure, frame["day"].to_list(), frame["expected"].to_list(), name=name, said=said)


def _ending(figure: go.Figure, frame: pl.DataFrame, aim: Aim, *, metric: Measured, reader: Reader) -> None:
    """From the last day that is over to the end of the month: dotted and hollow, because it has not happened."""
    known = frame.drop_nulls("actual")
    if aim.ends is None or known.is_empty() or known.height == frame.height:
        return
    ends = [known["day"][-1].isoformat(), frame["day"][-1].isoformat()]
    now = known["actual"][-1]
    if aim.low is not None and aim.high is not None:
        band(figure, ends, [now, aim.low], [now, aim.high])
    figure.add_scatter(
        x=ends,
        y=[now, aim.ends],
        name=t("chart.pacing.ends", reader.language),
        mode="lines+markers",
        line={"color": MAIN, "width": 2, "dash": "dot"},
        marker=hollow() | {"size": [0, 9]},
        hovertext=["", f"{t('chart.pacing.ends', reader.language)} {_value(aim.ends, metric, reader)}"],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
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
        x=1,
        xanchor="right",
        y=goal,
        yanchor="bottom",
        showarrow=False,
        font={"color": TARGET, "size": 12},
    )
