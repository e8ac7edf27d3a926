"""A metric compared between groups."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import blank, label, nothing
from ecodash.charts.frame import Measured
from ecodash.charts.marks import short, words
from ecodash.charts.roles import FAINT, MAIN, MUTED, TEXT
from ecodash.core.estimate import Status
from ecodash.i18n import Reader, t, value_text

LONGEST_NAME = 20
ROW_HEIGHT = 32
NARROW_PLOT = 240
LETTER = 8.0
LAST_NARROW = 0x2E7F


def ranked(
    frame: pl.DataFrame,
    *,
    metric: Measured,
    reader: Reader,
    top: int = 12,
    colors: Mapping[str, str] | None = None,
) -> go.Figure:
    """Horizontal bars of GROUPS from zero, largest first, each with its number written on it.

    Intervals are thin lines. Groups without a value stand last, with the reason in words instead of a bar. Only the
    ``top`` first are drawn; ``colors`` (from ``series_colors``) keeps a channel's colour the same on every page.
    A column ``note`` is written behind the number (share, change); a column ``before`` is marked by a thin stroke.
    """
    name = metric.name.to(reader.language)
    rows = frame.sort("value", descending=True, nulls_last=True, maintain_order=True).head(top)
    if rows["value"].null_count() == rows.height:
        return nothing(reader.language, title=name)
    title, alt = _finding(rows, frame.height, metric, reader)
    figure = blank(title=title, alt=alt, height=20 + ROW_HEIGHT * rows.height)
    figure.update_layout(margin={"t": 4})
    _bars(figure, rows, metric, reader, colors or {})
    if "before" in rows.columns:
        _before(figure, rows, metric, reader)
    _axes(figure, rows, _numbers(figure, rows, metric, reader))
    return figure


def _short(name: str) -> str:
    used = [1 + (ord(sign) > LAST_NARROW) for sign in name]
    if sum(used) <= LONGEST_NAME:
        return label(name)
    fitting = [sign for index, sign in enumerate(name) if sum(used[: index + 1]) < LONGEST_NAME]
    return label("".join(fitting) + "…")


def _color(row: Mapping[str, object], colors: Mapping[str, str]) -> str:
    if row["status"] == Status.TOO_FEW.value:
        return MUTED
    return colors.get(str(row["name"]), MAIN)


def _bars(figure: go.Figure, rows: pl.DataFrame, metric: Measured, reader: Reader, colors: Mapping[str, str]) -> None:
    shades = [_color(row, colors) for row in rows.iter_rows(named=True)]
    bounded = rows["low"].null_count() < rows.height
    figure.add_bar(
        orientation="h",
        x=rows["value"].to_list(),
        y=list(range(rows.height)),
        marker={"color": shades, "opacity": [FAINT if shade == MUTED else 1.0 for shade in shades]},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (rows["high"] - rows["value"]).round(12).to_list(),
            "arrayminus": (rows["value"] - rows["low"]).round(12).to_list(),
            "color": TEXT,
            "thickness": 1,
            "width": 3,
        }
        if bounded
        else None,
        hovertext=[f"{label(row['name'])}: {words(row, metric.unit, reader)}" for row in rows.iter_rows(named=True)],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _before(figure: go.Figure, rows: pl.DataFrame, metric: Measured, reader: Reader) -> None:
    """A stroke where each bar ended in the period of comparison."""
    said = t("chart.trend.comparison", reader.language)
    figure.add_scatter(
        x=rows["before"].to_list(),
        y=list(range(rows.height)),
        mode="markers",
        marker={"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": TEXT}},
        hovertext=[
            f"{said}: {value_text(value, metric.unit, reader.language, reader.currency)}" if value is not None else ""
            for value in rows["before"]
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _ends(rows: pl.DataFrame) -> list[float]:
    """Where each number is written: behind the bar, its interval and where it ended before."""
    reach = ["value", "high", *(["before"] if "before" in rows.columns else [])]
    return rows.select(pl.max_horizontal(*reach, pl.lit(0.0)).fill_null(0.0)).to_series().to_list()


def _numbers(figure: go.Figure, rows: pl.DataFrame, metric: Measured, reader: Reader) -> list[str]:
    written = [
        " ".join(part for part in (short(row, metric.unit, reader), label(str(row.get("note") or ""))) if part)
        for row in rows.iter_rows(named=True)
    ]
    figure.add_scatter(
        x=_ends(rows),
        y=list(range(rows.height)),
        mode="text",
        text=[f" {text}" for text in written],
        textposition="middle right",
        textfont={"color": [MUTED if value is None else TEXT for value in rows["value"]], "size": 13},
        hoverinfo="skip",
        cliponaxis=False,
    )
    return written


def _room(rows: pl.DataFrame, written: list[str]) -> float:
    """How far the axis must reach for every number to fit beside its bar, even on a phone."""
    ends = _ends(rows)
    room = [min(LETTER * sum(1 + (ord(sign) > LAST_NARROW) for sign in text) / NARROW_PLOT, 0.6) for text in written]
    longest = max(end / (1 - share) for end, share in zip(ends, room, strict=True))
    return longest or 1.0


def _axes(figure: go.Figure, rows: pl.DataFrame, written: list[str]) -> None:
    known = [value for column in ("value", "low") for value in rows[column].drop_nulls()]
    figure.update_xaxes(
        range=[min([0.0, *known]) * 1.05, _room(rows, written)],
        tickmode="array",
        tickvals=[0.0],
        showticklabels=False,
        zeroline=True,
        zerolinewidth=1,
    )
    figure.update_yaxes(
        range=[rows.height - 0.4, -0.6],
        tickmode="array",
        tickvals=list(range(rows.height)),
        ticktext=[_short(name) for name in rows["name"]],
    )


def _finding(rows: pl.DataFrame, groups: int, metric: Measured, reader: Reader) -> tuple[str, str]:
    sure = rows.filter(pl.col("status") == Status.OK.value)
    first = (sure if sure.height else rows).row(0, named=True)
    value = value_text(first["value"], metric.unit, reader.language, reader.currency)
    title = t("chart.bars.finding", reader.language, metric=metric.name, name=first["name"], value=value)
    listed = t("chart.list_separator", reader.language).join(
        f"{row['name']} {words(row, metric.unit, reader)}" for row in rows.iter_rows(named=True)
    )
    alt = t("chart.bars.alt", reader.language, metric=metric.name, groups=groups, shown=rows.height, list=listed)
    return title, alt
