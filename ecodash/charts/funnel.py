"""How many buyers go on to a second, third … purchase."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import round_values
from ecodash.charts.base import blank, nothing
from ecodash.charts.marks import Row, short, words
from ecodash.charts.roles import FAINT, MAIN, MUTED, PALE, TEXT
from ecodash.core.estimate import Status
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, t

MOST_STEPS = 12
ROW_HEIGHT = 38
ROOM_FOR_NUMBERS = 1.7


def sequence(frame: pl.DataFrame, *, reader: Reader) -> go.Figure:
    """A bar per step of GROUPS (``name`` k: from the k-th purchase to the next), from zero on a track of 100 %.

    ``value`` is the share of k-th purchases followed by another; its interval stands beside the bar, the sample on
    hover. Steps not yet due stand with their words instead of a bar.
    """
    rows = list(frame.with_columns(pl.col("name").cast(pl.Int64)).sort("name").head(MOST_STEPS).iter_rows(named=True))
    if not any(row["value"] is not None for row in rows):
        return nothing(reader.language, title=t("chart.funnel.question", reader.language))
    figure = blank(title=_finding(rows, reader), alt=_alt(rows, reader), height=36 + ROW_HEIGHT * len(rows))
    figure.update_layout(margin={"t": 4}, barmode="overlay")
    places = list(range(len(rows)))
    track = {"orientation": "h", "y": places}
    figure.add_bar(**track, x=[1.0] * len(rows), marker={"color": PALE}, hoverinfo="skip")
    figure.add_bar(
        **track,
        x=[row["value"] for row in rows],
        marker=_look(rows),
        hovertext=[_hover(row, reader) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.add_scatter(
        x=[1.0] * len(rows),
        y=places,
        mode="text",
        text=[f" {_beside(row, reader)}" for row in rows],
        textposition="middle right",
        textfont={"color": TEXT, "size": 13},
        hoverinfo="skip",
        cliponaxis=False,
    )
    _axes(figure, rows, reader)
    return figure


def _beside(row: Row, reader: Reader) -> str:
    few = row["status"] == Status.TOO_FEW.value
    return short(row, Unit.RATIO, reader) if few else words(row, Unit.RATIO, reader, sample=False)


def _look(rows: Sequence[Row]) -> dict[str, object]:
    few = [row["status"] == Status.TOO_FEW.value for row in rows]
    return {"color": [MUTED if thin else MAIN for thin in few], "opacity": [FAINT if thin else 1.0 for thin in few]}


def _axes(figure: go.Figure, rows: Sequence[Row], reader: Reader) -> None:
    ticks = round_values(0.0, 1.0)[::5]
    figure.update_xaxes(
        range=[0, ROOM_FOR_NUMBERS], tickmode="array", tickvals=ticks, ticktext=[f"{tick:.0%}" for tick in ticks]
    )
    figure.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[_step(row, reader) for row in rows],
    )


def _step(row: Row, reader: Reader) -> str:
    step = int(str(row["name"]))
    return t("chart.funnel.step", reader.language, step=step, next=step + 1)


def _hover(row: Row, reader: Reader) -> str:
    step = int(str(row["name"]))
    number = words(row, Unit.RATIO, reader)
    return t("chart.funnel.hover", reader.language, step=step, next=step + 1, number=number)


def _finding(rows: Sequence[Row], reader: Reader) -> str:
    first = rows[0]
    if first["value"] is None or first["name"] != 1 or first["status"] != Status.OK.value:
        return t("chart.funnel.question", reader.language)
    return t("chart.funnel.finding", reader.language, number=words(first, Unit.RATIO, reader, sample=False))


def _alt(rows: Sequence[Row], reader: Reader) -> str:
    listed = t("chart.list_separator", reader.language).join(_hover(row, reader) for row in rows)
    return t("chart.funnel.alt", reader.language, list=listed)
