"""A line small enough for a tile."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import blank
from ecodash.charts.frame import Measured
from ecodash.charts.marks import hollow, solid, words
from ecodash.charts.roles import MAIN
from ecodash.charts.trend import finding
from ecodash.i18n import Reader, day_text, t

HEIGHT = 48
MOST = 120


def line(frame: pl.DataFrame, *, metric: Measured, reader: Reader) -> go.Figure:
    """The newest 120 of POINTS without axes, 48 pixels high; the unfinished last point dashed and hollow.

    Nothing to draw: an empty strip of the same height, so that tiles stay equally tall.
    """
    frame = frame.tail(MOST).drop_nulls("value")
    said = finding(frame, metric, reader)
    figure = blank(title=metric.name.to(reader.language), alt=said, height=HEIGHT)
    values = frame["value"].to_list() or [0.0, 1.0]
    low, high = min(values), max(values)
    room = (high - low) * 0.2 or abs(high) * 0.2 or 1.0
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, hovermode="closest")
    figure.update_xaxes(visible=False, type="date", automargin=False)
    figure.update_yaxes(visible=False, range=[low - room, high + room], automargin=False)
    done = frame.filter(~pl.col("partial"))
    _trace(figure, done, metric, reader)
    if done.height < frame.height:
        _trace(figure, frame.tail(frame.height - done.height + 1), metric, reader, finished=False)
    return figure


def _trace(figure: go.Figure, frame: pl.DataFrame, metric: Measured, reader: Reader, *, finished: bool = True) -> None:
    rows = list(frame.iter_rows(named=True))
    dots = [0] * (len(rows) - 1) + [6] * min(len(rows), 1)
    said = "" if finished else " · " + t("chart.trend.unfinished", reader.language)
    figure.add_scatter(
        x=[row["start"].isoformat() for row in rows],
        y=[row["value"] for row in rows],
        mode="lines+markers",
        line={"color": MAIN, "width": 1.75, "dash": "solid" if finished else "dot"},
        marker=(solid() if finished else hollow(7)) | {"size": dots},
        hovertext=[f"{day_text(row['start'])}<br>{words(row, metric.unit, reader)}{said}" for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )
