"""A rate by cohort over time, with its uncertainty."""

from datetime import date

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import gap, time_axis, value_axis
from ecodash.charts.base import MOST_POINTS, blank, nothing
from ecodash.charts.frame import Measured
from ecodash.charts.marks import hollow, solid, words
from ecodash.charts.roles import FAINT, MAIN, MUTED, TARGET
from ecodash.core.estimate import Status
from ecodash.i18n import Reader, day_text, month_text, t, value_text

MONTH = 28


def over_time(frame: pl.DataFrame, *, metric: Measured, reader: Reader, target: float | None = None) -> go.Figure:
    """A point per cohort of POINTS with its interval as an error bar; ``target`` is a labelled line.

    Cohorts not yet due are hollow and stand in a shaded stretch that says so; a cohort of too few is muted. A
    cohort without a value has no mark: one on the axis would be read as zero (its day still widens the axis).
    """
    frame = frame.tail(MOST_POINTS // 2)
    name = metric.name.to(reader.language)
    if frame.is_empty():
        return nothing(reader.language, title=name)
    mature = frame.filter(pl.col("status") != Status.IMMATURE.value)
    if mature["value"].null_count() == mature.height and mature.height == frame.height:
        return nothing(reader.language, title=name)
    figure = blank(title=_finding(mature, metric, reader), alt="")
    drawn = [*frame["value"], *frame["low"], *frame["high"], target]
    value_axis(figure, drawn, unit=metric.unit, reader=reader)
    time_axis(figure, frame["start"].to_list())
    _waiting(figure, frame, metric, reader)
    _matured(figure, mature, metric, reader)
    if target is not None:
        _target(figure, target, metric, reader)
    figure.update_layout(meta={"title": figure.layout.meta["title"], "alt": _alt(frame, mature, metric, reader)})
    return figure


def _named(day: date, frame: pl.DataFrame, reader: Reader) -> str:
    monthly = gap(frame["start"].to_list()).days >= MONTH
    return month_text(day, reader.language) if monthly else day_text(day)


def _hover(row: dict[str, object], frame: pl.DataFrame, metric: Measured, reader: Reader) -> str:
    day = row["start"]
    return f"{_named(day, frame, reader) if isinstance(day, date) else day}<br>{words(row, metric.unit, reader)}"


def _matured(figure: go.Figure, mature: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    rows = list(mature.iter_rows(named=True))
    few = [row["status"] == Status.TOO_FEW.value for row in rows]
    figure.add_scatter(
        x=[row["start"].isoformat() for row in rows],
        y=[row["value"] for row in rows],
        mode="lines+markers",
        line={"color": MAIN, "width": 1.25},
        marker=solid(8)
        | {"color": [MUTED if thin else MAIN for thin in few], "opacity": [FAINT if thin else 1.0 for thin in few]},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (mature["high"] - mature["value"]).round(12).to_list(),
            "arrayminus": (mature["value"] - mature["low"]).round(12).to_list(),
            "color": MAIN,
            "thickness": 1.25,
            "width": 4,
        },
        hovertext=[_hover(row, mature, metric, reader) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _waiting(figure: go.Figure, frame: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    rows = list(frame.filter(pl.col("status") == Status.IMMATURE.value).iter_rows(named=True))
    if not rows:
        return
    half = gap(frame["start"].to_list()) / 2
    stretch = {"x0": (rows[0]["start"] - half).isoformat(), "x1": (rows[-1]["start"] + half).isoformat()}
    figure.add_vrect(**stretch, fillcolor=MUTED, opacity=0.10, line_width=0, layer="below")
    figure.add_annotation(
        x=rows[-1]["start"].isoformat(),
        xanchor="right" if len(rows) > 1 else "center",
        y=1,
        yref="paper",
        yanchor="top",
        text=t("chart.rate.waiting", reader.language),
        showarrow=False,
        font={"color": MUTED, "size": 12},
    )
    said = [_hover(row, frame, metric, reader) for row in rows]
    figure.add_scatter(
        x=[row["start"].isoformat() for row in rows],
        y=[row["value"] for row in rows],
        mode="markers",
        marker=hollow(8, MUTED),
        hovertext=said,
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _target(figure: go.Figure, target: float, metric: Measured, reader: Reader) -> None:
    said = t("chart.target", reader.language, value=value_text(target, metric.unit, reader.language, reader.currency))
    figure.add_hline(
        y=target,
        line={"color": TARGET, "width": 1.5, "dash": "dash"},
        annotation={"text": said, "font": {"color": TARGET}, "xanchor": "left", "x": 0, "yanchor": "bottom"},
    )


def _finding(mature: pl.DataFrame, metric: Measured, reader: Reader) -> str:
    known = mature.drop_nulls("value")
    if known.is_empty():
        return t("chart.rate.none_due", reader.language, metric=metric.name)
    last = known.row(-1, named=True)
    return t(
        "chart.rate.finding",
        reader.language,
        metric=metric.name,
        cohort=_named(last["start"], mature, reader),
        number=words(last, metric.unit, reader, sample=False),
    )


def _alt(frame: pl.DataFrame, mature: pl.DataFrame, metric: Measured, reader: Reader) -> str:
    return t(
        "chart.rate.alt",
        reader.language,
        finding=_finding(mature, metric, reader),
        first=_named(frame["start"][0], frame, reader),
        last=_named(frame["start"][-1], frame, reader),
        due=mature.height,
        waiting=frame.height - mature.height,
    )
