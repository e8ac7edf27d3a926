"""How many buyers go on to a second, third … order."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import blank, nothing
from ecodash.charts.marks import words
from ecodash.charts.roles import MAIN, TEXT
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, count, t

MOST_STEPS = 12
ROW_HEIGHT = 38
ROOM_FOR_NUMBERS = 1.6


def sequence(frame: pl.DataFrame, *, reader: Reader) -> go.Figure:
    """A bar per step of STEPS from zero: ``buyers`` who reached it; ``value`` is their share of the step before.

    The share stands beside the bar with its interval; the first step has none.
    """
    rows = list(frame.sort("step").head(MOST_STEPS).iter_rows(named=True))
    if not rows or not rows[0]["buyers"]:
        return nothing(reader.language, title=t("chart.funnel.question", reader.language))
    figure = blank(title=_finding(rows, reader), alt=_alt(rows, reader), height=20 + ROW_HEIGHT * len(rows))
    figure.update_layout(margin={"t": 4})
    figure.add_bar(
        orientation="h",
        x=[row["buyers"] for row in rows],
        y=list(range(len(rows))),
        marker={"color": MAIN},
        hovertext=[_hover(row, reader) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.add_scatter(
        x=[row["buyers"] for row in rows],
        y=list(range(len(rows))),
        mode="text",
        text=[_label(row, reader) for row in rows],
        textposition="middle right",
        textfont={"color": TEXT, "size": 13},
        hoverinfo="skip",
        cliponaxis=False,
    )
    figure.update_xaxes(visible=False, range=[0, rows[0]["buyers"] * ROOM_FOR_NUMBERS])
    figure.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[t("chart.funnel.step", reader.language, step=row["step"]) for row in rows],
    )
    return figure


Row = dict[str, object]


def _buyers(row: Row, reader: Reader) -> str:
    reached = row["buyers"]
    return count(reached if isinstance(reached, int) else 0, reader.language)


def _label(row: Row, reader: Reader) -> str:
    if row["step"] == 1:
        return f" {_buyers(row, reader)}"
    plain = row | {"low": None, "high": None}
    return f" {_buyers(row, reader)} · <b>{words(plain, Unit.RATIO, reader)}</b>"


def _hover(row: Row, reader: Reader) -> str:
    if row["step"] == 1:
        return t("chart.funnel.first", reader.language, buyers=_buyers(row, reader))
    return t(
        "chart.funnel.hover",
        reader.language,
        step=row["step"],
        buyers=_buyers(row, reader),
        number=words(row, Unit.RATIO, reader),
    )


def _finding(rows: list[Row], reader: Reader) -> str:
    if len(rows) == 1 or rows[1]["value"] is None:
        return t("chart.funnel.question", reader.language)
    return t("chart.funnel.finding", reader.language, number=words(rows[1] | {"n": 0}, Unit.RATIO, reader))


def _alt(rows: list[Row], reader: Reader) -> str:
    listed = t("chart.list_separator", reader.language).join(_hover(row, reader) for row in rows)
    return t("chart.funnel.alt", reader.language, list=listed)
