"""A number day by day inside the band it was expected in; days outside of it are marked."""

from collections.abc import Collection
from datetime import date

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import time_axis, value_axis
from ecodash.charts.base import blank, nothing
from ecodash.charts.frame import Measured
from ecodash.charts.marks import band, dashed, legend_above
from ecodash.charts.roles import BAD, MAIN
from ecodash.i18n import Reader, day_text, t, value_text


def banded(frame: pl.DataFrame, *, alarms: Collection[date], metric: Measured, title: str, reader: Reader) -> go.Figure:
    """``frame`` one row per day: day, value, expected, low, high (null where nothing could be expected).

    Days in ``alarms`` are marked by a diamond, never by colour alone. No value: a figure that says so.
    """
    if frame["value"].null_count() == frame.height:
        return nothing(reader.language, title=title)
    days = [day.isoformat() for day in frame["day"]]
    figure = blank(title=title, alt=_alt(frame, alarms, metric, title=title, reader=reader), height=340)
    value_axis(figure, [*frame["value"], *frame["high"]], unit=metric.unit, reader=reader)
    time_axis(figure, frame["day"].to_list())
    figure.update_layout(hovermode="x unified")
    legend_above(figure)
    band(figure, days, frame["low"].to_list(), frame["high"].to_list())
    _expected(figure, frame, metric, reader)
    _actual(figure, frame, metric, reader)
    _marked(figure, frame.filter(pl.col("day").is_in(list(alarms))), metric, reader)
    return figure


def _expected(figure: go.Figure, frame: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    said = [_value(value, metric, reader) for value in frame["expected"]]
    name = t("chart.watch.expected", reader.language)
    dashed(figure, frame["day"].to_list(), frame["expected"].to_list(), name=name, said=said)


def _actual(figure: go.Figure, frame: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    figure.add_scatter(
        x=[day.isoformat() for day in frame["day"]],
        y=frame["value"].to_list(),
        name=t("chart.watch.actual", reader.language),
        mode="lines",
        line={"color": MAIN, "width": 2},
        hovertext=[_value(value, metric, reader) for value in frame["value"]],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _marked(figure: go.Figure, rows: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    if rows.is_empty():
        return
    figure.add_scatter(
        x=[day.isoformat() for day in rows["day"]],
        y=rows["value"].to_list(),
        name=t("chart.watch.alarm", reader.language),
        mode="markers",
        marker={"color": BAD, "size": 11, "symbol": "diamond"},
        hovertext=[_value(value, metric, reader) for value in rows["value"]],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _value(value: float | None, metric: Measured, reader: Reader) -> str:
    return "" if value is None else value_text(value, metric.unit, reader.language, reader.currency)


def _alt(frame: pl.DataFrame, alarms: Collection[date], metric: Measured, *, title: str, reader: Reader) -> str:
    inside = sorted(day for day in alarms if frame["day"][0] <= day <= frame["day"][-1])
    listed = t("chart.list_separator", reader.language).join(day_text(day) for day in inside)
    last = frame.drop_nulls("value").tail(1)
    return t(
        "chart.watch.alt" if listed else "chart.watch.alt_quiet",
        reader.language,
        title=title,
        last=_value(last["value"][0], metric, reader),
        expected=_value(last["expected"][0], metric, reader),
        days=listed,
    )
