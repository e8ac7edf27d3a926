"""A metric over time."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import gap, time_axis, value_axis
from ecodash.charts.base import MOST_POINTS, blank, nothing
from ecodash.charts.flags import Mark, flagged
from ecodash.charts.frame import Measured
from ecodash.charts.marks import band, hollow, legend_above, solid, words
from ecodash.charts.roles import FAINT, MAIN, MUTED
from ecodash.core.period import Period
from ecodash.i18n import Reader, change_text, day_text, month_text, period_text, span_text, t, value_text

DOTS_UP_TO = 40
MONTH = 28


def line(
    frame: pl.DataFrame,
    *,
    metric: Measured,
    reader: Reader,
    comparison: pl.DataFrame | None = None,
    marks: Sequence[Mark] = (),
) -> go.Figure:
    """A line of POINTS with its interval band; the last unfinished period dashed and hollow; gaps stay gaps.

    ``comparison`` (POINTS of the other period) is laid below it, muted, with its own dates on hover: each row at its
    ``place`` (the period of the line it is compared with) when it has that column, else row by row; a column ``end``
    names the last of its days.
    More than 10,000 rows: the newest are drawn. No rows, or none with a value: a figure that says so.
    """
    frame = frame.tail(MOST_POINTS // 2)
    if frame["value"].null_count() == frame.height:
        return nothing(reader.language, title=metric.name.to(reader.language))
    starts = frame["start"].to_list()
    figure = blank(title=finding(frame, metric, reader), alt=_alt(frame, metric, reader))
    others = [] if comparison is None else comparison["value"].to_list()
    drawn = [*frame["value"], *frame["low"], *frame["high"], *others]
    value_axis(figure, drawn, unit=metric.unit, reader=reader)
    time_axis(figure, starts)
    figure.update_layout(hovermode="x unified")
    band(figure, [day.isoformat() for day in starts], frame["low"].to_list(), frame["high"].to_list())
    _finished(figure, frame, metric, reader)
    if comparison is not None:
        _compared(figure, comparison, starts, metric, reader)
    _unfinished(figure, frame, metric, reader)
    _legend(figure, compared=comparison is not None)
    return flagged(figure, marks)


def _legend(figure: go.Figure, *, compared: bool) -> None:
    legend_above(figure, shown=compared or any(trace.line.dash == "dot" for trace in figure.data))


def _compared(
    figure: go.Figure, comparison: pl.DataFrame, starts: Sequence[date], metric: Measured, reader: Reader
) -> None:
    aligned = "place" in comparison.columns
    rows = list((comparison if aligned else comparison.head(len(starts))).iter_rows(named=True))
    places = [row["place"] for row in rows] if aligned else starts[: len(rows)]
    figure.add_scatter(
        x=[day.isoformat() for day in places],
        y=[row["value"] for row in rows],
        name=t("chart.trend.comparison", reader.language),
        mode="lines" if len(rows) > 1 else "markers",
        line={"color": MUTED, "width": 1.5},
        opacity=FAINT + 0.1,
        zorder=-1,
        hovertext=[f"{words(row, metric.unit, reader)} · {_days(row, comparison, reader)}" for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _finished(figure: go.Figure, frame: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    rows = list(frame.filter(~pl.col("partial")).iter_rows(named=True))
    figure.add_scatter(
        x=[row["start"].isoformat() for row in rows],
        y=[row["value"] for row in rows],
        name=t("chart.trend.current", reader.language),
        mode="lines+markers" if len(rows) <= DOTS_UP_TO else "lines",
        line={"color": MAIN, "width": 2.25},
        marker=solid(),
        hovertext=[words(row, metric.unit, reader) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _unfinished(figure: go.Figure, frame: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    rows = list(frame.filter(pl.col("partial")).iter_rows(named=True))
    if not rows:
        return
    before = list(frame.filter(~pl.col("partial")).tail(1).iter_rows(named=True))
    said = t("chart.trend.unfinished", reader.language)
    figure.add_scatter(
        x=[row["start"].isoformat() for row in before + rows],
        y=[row["value"] for row in before + rows],
        mode="lines",
        line={"color": MAIN, "width": 2, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=[row["start"].isoformat() for row in rows],
        y=[row["value"] for row in rows],
        name=said,
        mode="markers",
        marker=hollow(),
        cliponaxis=False,
        hovertext=[f"{words(row, metric.unit, reader)} · {said}" for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _days(row: dict[str, object], frame: pl.DataFrame, reader: Reader) -> str:
    """The days a row stands for, both ends where they are known."""
    start, end = row["start"], row.get("end")
    if isinstance(start, date) and isinstance(end, date):
        return span_text(Period(start, end), reader.language)
    return _named(start, frame, reader) if isinstance(start, date) else ""


def _named(day: date, frame: pl.DataFrame, reader: Reader) -> str:
    monthly = gap(frame["start"].to_list()).days >= MONTH
    return month_text(day, reader.language) if monthly else day_text(day)


def finding(frame: pl.DataFrame, metric: Measured, reader: Reader) -> str:
    """The latest finished value and its change against the one before, as a sentence; the metric's name without one."""
    name = metric.name.to(reader.language)
    last = frame.filter(~pl.col("partial"), pl.col("value").is_not_null()).tail(2)
    if last.is_empty():
        return name
    value, day = last["value"][-1], last["start"][-1]
    said = {
        "metric": name,
        "period": _named(day, frame, reader),
        "value": value_text(value, metric.unit, reader.language, reader.currency),
    }
    before = last["value"][0] if last.height > 1 else None
    change = change_text(value, before, metric.unit, reader.language, reader.currency)
    if change is None:
        return t("chart.trend.finding", reader.language, **said)
    return t("chart.trend.finding_change", reader.language, **said, change=change)


def _alt(frame: pl.DataFrame, metric: Measured, reader: Reader) -> str:
    known = frame.drop_nulls("value")
    top, bottom = known.sort("value").row(-1, named=True), known.sort("value").row(0, named=True)
    return t(
        "chart.trend.alt",
        reader.language,
        metric=metric.name,
        span=period_text(Period(frame["start"][0], frame["start"][-1])),
        finding=finding(frame, metric, reader),
        high=value_text(top["value"], metric.unit, reader.language, reader.currency),
        high_period=_named(top["start"], frame, reader),
        low=value_text(bottom["value"], metric.unit, reader.language, reader.currency),
        low_period=_named(bottom["start"], frame, reader),
    )
