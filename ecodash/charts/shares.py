"""How a whole divides among its parts over time."""

from collections.abc import Mapping, Sequence
from datetime import date

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import gap, time_axis
from ecodash.charts.base import blank, label, nothing
from ecodash.charts.frame import Measured
from ecodash.charts.roles import FAINT, MUTED, SERIES
from ecodash.i18n import Reader, day_text, month_text, ratio, t, value_text

MONTH = 28
MOST_NAMES = 8
HEIGHT = 360


def over_time(
    frame: pl.DataFrame, *, metric: Measured, reader: Reader, colors: Mapping[str, str] | None = None
) -> go.Figure:
    """Stacked bars to 100 %, one per period of POINTS with a ``name``, the largest part at the bottom.

    Beyond eight names the smallest are drawn as one. Parts below zero cannot be shares: they are left out of the
    bars. No rows, or nothing above zero: a figure that says so.
    """
    parts = _parts(frame, reader)
    name = metric.name.to(reader.language)
    if parts.is_empty():
        return nothing(reader.language, title=name)
    names = parts.group_by("name").agg(pl.col("value").sum()).sort("value", descending=True)["name"].to_list()
    rest = t("chart.shares.rest", reader.language)
    names = [one for one in names if one != rest] + [one for one in names if one == rest]
    title, listed = _finding(parts, names[0], metric, reader)
    figure = blank(title=title, alt=t("chart.shares.alt", reader.language, metric=name, list=listed), height=HEIGHT)
    shades = dict(zip(names, SERIES, strict=False)) | dict(colors or {}) | {rest: MUTED}
    for one in names:
        _bar(figure, parts.filter(pl.col("name") == one), shades.get(one, MUTED), metric=metric, reader=reader)
    _axes(figure, sorted(set(parts["start"])), reader)
    return figure


def _parts(frame: pl.DataFrame, reader: Reader) -> pl.DataFrame:
    """Name, start, value and share of every part above zero; the smallest names folded into one."""
    known = frame.filter(pl.col("value") > 0).select("name", "start", "value", "partial")
    sizes = known.group_by("name").agg(pl.col("value").sum()).sort("value", "name", descending=[True, False])
    kept = sizes["name"].to_list()
    kept = kept if len(kept) <= MOST_NAMES else kept[: MOST_NAMES - 1]
    rest = t("chart.shares.rest", reader.language)
    folded = known.with_columns(pl.when(pl.col("name").is_in(kept)).then("name").otherwise(pl.lit(rest)).alias("name"))
    parts = folded.group_by("name", "start").agg(pl.col("value").sum(), pl.col("partial").any())
    return parts.with_columns(share=pl.col("value") / pl.col("value").sum().over("start")).sort("start", "name")


def _bar(figure: go.Figure, rows: pl.DataFrame, color: str, *, metric: Measured, reader: Reader) -> None:
    open_ = t("chart.trend.unfinished", reader.language)
    name = label(rows["name"][0])
    figure.add_bar(
        x=[day.isoformat() for day in rows["start"]],
        y=rows["share"].to_list(),
        name=name,
        marker={"color": color, "opacity": [FAINT if partial else 1.0 for partial in rows["partial"]]},
        hovertext=[
            f"{name} {ratio(row['share'], reader.language)} · "
            + value_text(row["value"], metric.unit, reader.language, reader.currency)
            + (f" · {open_}" if row["partial"] else "")
            for row in rows.iter_rows(named=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _axes(figure: go.Figure, starts: Sequence[date], reader: Reader) -> None:
    time_axis(figure, starts)
    figure.update_yaxes(
        range=[0, 1],
        tickmode="array",
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        ticktext=[ratio(tick, reader.language, 0) for tick in (0, 0.25, 0.5, 0.75, 1)],
    )
    figure.update_layout(
        barmode="stack",
        barcornerradius=0,
        bargap=0.12,
        hovermode="x unified",
        showlegend=True,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": -0.14, "yanchor": "top", "traceorder": "normal"},
    )


def _finding(parts: pl.DataFrame, largest: str, metric: Measured, reader: Reader) -> tuple[str, str]:
    """The share of the largest part in the last finished period, as a sentence; and every part there, as a list."""
    done = parts.filter(~pl.col("partial"))
    last = (done if done.height else parts)["start"].max()
    there = parts.filter(pl.col("start") == last).sort("share", descending=True)
    starts = sorted(set(parts["start"]))
    monthly = gap(starts).days >= MONTH
    when = month_text(last, reader.language) if monthly else day_text(last)  # type: ignore[arg-type]
    share = there.filter(pl.col("name") == largest)["share"]
    listed = t("chart.list_separator", reader.language).join(
        f"{row['name']} {ratio(row['share'], reader.language)}" for row in there.iter_rows(named=True)
    )
    said = t(
        "chart.shares.finding",
        reader.language,
        period=when,
        name=largest,
        share=ratio(share[0] if share.len() else 0, reader.language),
        metric=metric.name,
    )
    return said, listed
