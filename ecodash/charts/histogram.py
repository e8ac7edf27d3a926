"""How often each interval between purchases occurs."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import value_axis
from ecodash.charts.base import MOST_POINTS, blank, nothing
from ecodash.charts.roles import FAINT, MAIN, MUTED, TEXT
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, count, days, ratio, t

LABELS = 8


def intervals(frame: pl.DataFrame, *, reader: Reader, median: float | None = None) -> go.Figure:
    """A bar per bin of BINS: days ``start`` up to but not including ``end``; an open last bin has a null ``end``.

    An open bin is muted, and bins of different lengths are said to be so; ``median`` is a marked line.
    """
    title = t("chart.histogram.question", reader.language)
    frame = frame.sort("start").head(MOST_POINTS)
    total = int(frame["count"].sum())
    if total == 0:
        return nothing(reader.language, title=title)
    if median is not None:
        title = t("chart.histogram.finding", reader.language, days=days(median, reader.language))
    listed = t("chart.list_separator", reader.language).join(
        f"{_span(row)} {count(row['count'], reader.language)}" for row in frame.iter_rows(named=True)
    )
    figure = blank(title=title, alt=t("chart.histogram.alt", reader.language, finding=title, list=listed))
    value_axis(
        figure,
        frame["count"].to_list(),
        unit=Unit.COUNT,
        reader=reader,
        said=t("chart.histogram.unit", reader.language),
    )
    _bars(figure, frame, total, reader)
    _axis(figure, frame, reader)
    if median is not None:
        _median(figure, frame, median, reader)
    return figure


def _span(row: dict[str, int | None]) -> str:
    start, end = row["start"] or 0, row["end"]
    if end is None:
        return f"{start}+"
    return str(start) if end - start == 1 else f"{start}–{end - 1}"


def _uneven(frame: pl.DataFrame) -> bool:
    """Whether the closed bins are of different lengths, so that their heights do not compare as they stand."""
    return frame.drop_nulls("end").select(length=pl.col("end") - pl.col("start"))["length"].n_unique() > 1


def _bars(figure: go.Figure, frame: pl.DataFrame, total: int, reader: Reader) -> None:
    rows = list(frame.iter_rows(named=True))
    open_end = [row["end"] is None for row in rows]
    figure.add_bar(
        x=list(range(len(rows))),
        y=[row["count"] for row in rows],
        marker={
            "color": [MUTED if other else MAIN for other in open_end],
            "opacity": [FAINT if other else 1.0 for other in open_end],
        },
        hovertext=[
            t(
                "chart.histogram.hover",
                reader.language,
                span=_span(row),
                n=count(row["count"], reader.language, exact=True),
                share=ratio(row["count"] / total, reader.language),
            )
            for row in rows
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.update_layout(bargap=0.12)


def _axis(figure: go.Figure, frame: pl.DataFrame, reader: Reader) -> None:
    every = -(-frame.height // LABELS)
    key = "chart.histogram.axis_uneven" if _uneven(frame) else "chart.histogram.axis"
    shown = [index for index in range(frame.height) if index % every == 0]
    figure.update_xaxes(
        range=[-0.6, frame.height - 0.4],
        tickmode="array",
        tickvals=shown,
        ticktext=[_span(frame.row(index, named=True)) for index in shown],
        tickangle=0,
        title={"text": t(key, reader.language), "standoff": 8},
    )


def _median(figure: go.Figure, frame: pl.DataFrame, median: float, reader: Reader) -> None:
    place = _place(frame, median)
    figure.add_shape(
        type="line", x0=place, x1=place, y0=0, y1=1, yref="paper", line={"color": TEXT, "width": 1.5, "dash": "dash"}
    )
    figure.add_annotation(
        x=place,
        y=1,
        yref="paper",
        xanchor="left",
        yanchor="top",
        xshift=4,
        showarrow=False,
        text=t("chart.histogram.median", reader.language, days=days(median, reader.language)),
        font={"color": TEXT},
    )


def _place(frame: pl.DataFrame, day: float) -> float:
    """Where ``day`` lies on the axis of bins: inside its bin in proportion, at the edge of the drawing beyond it."""
    for index, row in enumerate(frame.iter_rows(named=True)):
        end = row["end"] if row["end"] is not None else max(day, row["start"]) + 1
        if day < end:
            return index - 0.5 + max(0.0, day - float(row["start"])) / float(end - row["start"])
    return frame.height - 0.5
