"""What was sold and what will be, with the 80 and 95 % fan; and what was said once beside what came."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import time_axis, value_axis
from ecodash.charts.base import blank, nothing
from ecodash.charts.frame import Measured
from ecodash.charts.marks import legend_above
from ecodash.charts.roles import FAINT, MAIN, MUTED
from ecodash.i18n import Reader, day_text, t, value_text

FAN: dict[str, type[pl.DataType]] = {
    "day": pl.Date,
    "actual": pl.Float64,
    "value": pl.Float64,
    "low_80": pl.Float64,
    "high_80": pl.Float64,
    "low_95": pl.Float64,
    "high_95": pl.Float64,
}
WIDE, NARROW = 0.12, 0.22


def fan(frame: pl.DataFrame, *, metric: Measured, reader: Reader, title: str) -> go.Figure:
    """One row per day of FAN: ``actual`` on days that are over, the rest on days to come (both on days scored).

    ``title`` is the finding. No days: a figure that says so.
    """
    if frame.is_empty():
        return nothing(reader.language, title=title)
    figure = blank(title=title, alt=t("chart.fan.alt", reader.language, title=title))
    tops = [*frame["actual"], *frame["value"], *frame["high_80"]]
    value_axis(
        figure,
        tops if frame["high_95"].is_null().all() else [*tops, *frame["high_95"]],
        unit=metric.unit,
        reader=reader,
    )
    time_axis(figure, frame["day"].to_list())
    figure.update_layout(hovermode="x unified")
    legend_above(figure)
    ahead = frame.drop_nulls("value")
    _band(figure, ahead, ("low_95", "high_95"), WIDE, t("chart.fan.band", reader.language, level=95))
    _band(figure, ahead, ("low_80", "high_80"), NARROW, t("chart.fan.band", reader.language, level=80))
    _line(figure, frame.drop_nulls("actual"), metric, reader)
    _path(figure, ahead, metric, reader)
    return figure


def _band(figure: go.Figure, rows: pl.DataFrame, ends: tuple[str, str], opacity: float, name: str) -> None:
    low, high = (rows[end].to_list() for end in ends)
    if not rows.height or any(one is None for one in (*low, *high)):
        return
    days = [day.isoformat() for day in rows["day"]]
    figure.add_scatter(
        x=[*days, *reversed(days)],
        y=[*high, *reversed(low)],
        name=name,
        mode="lines",
        line={"width": 0, "color": MAIN},
        fill="toself",
        fillcolor=MAIN,
        opacity=opacity,
        hoverinfo="skip",
    )


def _line(figure: go.Figure, rows: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    figure.add_scatter(
        x=[day.isoformat() for day in rows["day"]],
        y=rows["actual"].to_list(),
        name=t("chart.fan.actual", reader.language),
        mode="lines",
        line={"color": MUTED, "width": 1.75},
        opacity=FAINT + 0.4,
        hovertext=_words(rows, "actual", metric, reader),
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _path(figure: go.Figure, rows: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    figure.add_scatter(
        x=[day.isoformat() for day in rows["day"]],
        y=rows["value"].to_list(),
        name=t("chart.fan.path", reader.language),
        mode="lines",
        line={"color": MAIN, "width": 2.5},
        hovertext=_words(rows, "value", metric, reader),
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _words(rows: pl.DataFrame, column: str, metric: Measured, reader: Reader) -> Sequence[str]:
    """Day and number, with its 80 % interval where there is one."""
    told = []
    for row in rows.iter_rows(named=True):
        said = f"{day_text(row['day'])} {_value(row[column], metric, reader)}"
        if column == "value" and row["low_80"] is not None:
            said += f" ({_value(row['low_80'], metric, reader)} – {_value(row['high_80'], metric, reader)})"
        told.append(said)
    return told


def _value(value: float, metric: Measured, reader: Reader) -> str:
    return value_text(value, metric.unit, reader.language, reader.currency)
