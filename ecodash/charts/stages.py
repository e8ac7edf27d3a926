"""What share goes on at each step of a funnel."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import blank, label, nothing
from ecodash.charts.roles import MAIN, PALE, TEXT
from ecodash.i18n import Reader, count, ratio, t

ROW_HEIGHT, ROOM = 44, 1.75


def steps(frame: pl.DataFrame, *, reader: Reader, title: str) -> go.Figure:
    """A bar per step on a track of 100 %: ``name``, ``rate``, how many ``came`` and how many of them are ``done``."""
    rows = list(frame.drop_nulls("rate").iter_rows(named=True))
    if not rows:
        return nothing(reader.language, title=title)
    said = [_words(row, reader) for row in rows]
    alt = t(
        "chart.stages.alt", reader.language, title=title, list=t("chart.list_separator", reader.language).join(said)
    )
    figure = blank(title=title, alt=alt, height=30 + ROW_HEIGHT * len(rows))
    figure.update_layout(margin={"t": 4}, barmode="overlay")
    places = list(range(len(rows)))
    figure.add_bar(orientation="h", y=places, x=[1.0] * len(rows), marker={"color": PALE}, hoverinfo="skip")
    figure.add_bar(
        orientation="h",
        y=places,
        x=[min(float(row["rate"]), 1.0) for row in rows],
        marker={"color": MAIN},
        hovertext=[label(one) for one in said],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    _numbers(figure, rows, reader)
    return figure


def _numbers(figure: go.Figure, rows: Sequence[Mapping[str, object]], reader: Reader) -> None:
    places = list(range(len(rows)))
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
    figure.update_xaxes(range=[0, ROOM], visible=False)
    figure.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        tickmode="array",
        tickvals=places,
        ticktext=[label(str(row["name"])) for row in rows],
    )


def _beside(row: Mapping[str, object], reader: Reader) -> str:
    return t(
        "chart.stages.beside",
        reader.language,
        rate=ratio(float(str(row["rate"])), reader.language),
        came=count(int(str(row["came"])), reader.language),
        done=count(int(str(row["done"])), reader.language),
    )


def _words(row: Mapping[str, object], reader: Reader) -> str:
    return t(
        "chart.stages.words",
        reader.language,
        name=row["name"],
        rate=ratio(float(str(row["rate"])), reader.language),
        came=count(int(str(row["came"])), reader.language, exact=True),
        done=count(int(str(row["done"])), reader.language, exact=True),
    )
