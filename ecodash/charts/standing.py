"""Where a business stands in the framework: how much is measured, and how far from the figures stated."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ecodash.charts.base import blank, label, nothing
from ecodash.charts.roles import BAD, GOOD, MAIN, MUTED, PALE, SEQUENTIAL, SERIES, TARGET, TEXT
from ecodash.i18n import Reader, t

ROW_HEIGHT = 30
CELL = 0.92
STEPS = (PALE, *SEQUENTIAL[:4])
SCALE = [[index / (len(STEPS) - 1), color] for index, color in enumerate(STEPS)]
FURTHEST = 2.5
HALF = 0.5
NEAR_COLOR = SERIES[1]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How much of ``row`` is measured in ``column``, and how it compares with the figures stated."""

    row: str
    column: str
    measured: int
    total: int
    met: int = 0
    near: int = 0
    below: int = 0


@dataclass(frozen=True, kw_only=True)
class Target:
    """A value as a multiple of its target; ``verdict`` met, near or below. ``said`` is written beside it."""

    name: str
    value: float
    low: float | None
    high: float | None
    verdict: str
    said: str


def coverage(cells: Sequence[Cell], *, reader: Reader, title: str) -> go.Figure:
    """A row per entry, a column per dimension: measured of all, darker with more, ticks and crosses by the figures."""
    if not cells:
        return nothing(reader.language, title=title)
    rows, columns = (list(dict.fromkeys(names)) for names in zip(*((c.row, c.column) for c in cells), strict=True))
    figure = blank(title=title, alt=_alt(cells, reader), height=56 + ROW_HEIGHT * len(rows))
    figure.update_layout(margin={"t": 36, "b": 8}, barmode="overlay", bargap=0, barcornerradius=2)
    figure.add_bar(
        x=[columns.index(cell.column) for cell in cells],
        y=[CELL] * len(cells),
        base=[rows.index(cell.row) - CELL / 2 for cell in cells],
        width=CELL,
        marker={
            "color": [cell.measured / cell.total if cell.total else 0.0 for cell in cells],
            "colorscale": SCALE,
            "cmin": 0.0,
            "cmax": 1.0,
        },
        text=[_written(cell) for cell in cells],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"size": 12, "color": TEXT},
        hovertext=[_said(cell, reader) for cell in cells],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    _name_axes(figure, rows, columns)
    return figure


def targets(found: Sequence[Target], *, reader: Reader, title: str) -> go.Figure:
    """A dot per reading at value ÷ target with its interval; the line at 1 is the figure stated."""
    if not found:
        return nothing(reader.language, title=title)
    listed = t("chart.list_separator", reader.language).join(f"{one.name}: {one.said}" for one in found)
    alt = t("chart.targets.alt", reader.language, list=listed)
    figure = blank(title=title, alt=alt, height=64 + ROW_HEIGHT * len(found))
    figure.update_layout(margin={"t": 30, "b": 8})
    colors = {"met": GOOD, "near": NEAR_COLOR, "below": BAD}
    shown = [min(max(one.value, 0.0), FURTHEST) for one in found]
    ends = [
        (one.low if one.low is not None else one.value, one.high if one.high is not None else one.value)
        for one in found
    ]
    figure.add_scatter(
        x=shown,
        y=list(range(len(found))),
        mode="markers",
        marker={"size": 11, "color": [colors.get(one.verdict, MUTED) for one in found]},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [min(max(high - x, 0.0), FURTHEST) for (_, high), x in zip(ends, shown, strict=True)],
            "arrayminus": [min(max(x - low, 0.0), FURTHEST) for (low, _), x in zip(ends, shown, strict=True)],
            "color": TEXT,
            "thickness": 1.25,
            "width": 4,
        },
        hovertext=[f"{label(one.name)}: {label(one.said)}" for one in found],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    line = {"color": TARGET, "width": 1.5, "dash": "dash"}
    said = {"text": t("chart.targets.line", reader.language), "font": {"color": TARGET}, "yanchor": "bottom"}
    figure.add_vline(x=1, line=line, annotation=said)
    names = [label(one.name) for one in found]
    figure.update_yaxes(
        range=[len(found) - 0.5, -0.5], tickmode="array", tickvals=list(range(len(found))), ticktext=names
    )
    figure.update_xaxes(range=[0, FURTHEST * 1.06], showgrid=True, ticksuffix="×")
    return figure


def _name_axes(figure: go.Figure, rows: Sequence[str], columns: Sequence[str]) -> None:
    figure.update_xaxes(
        side="top",
        range=[-0.5, len(columns) - 0.5],
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=[label(name) for name in columns],
        tickangle=0,
    )
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[label(name) for name in rows],
    )


def _written(cell: Cell) -> str:
    if not cell.total:
        return "–"
    signs = [f"{sign}{count}" for sign, count in (("✓", cell.met), ("≈", cell.near), ("✗", cell.below)) if count]
    return " ".join((f"{cell.measured}/{cell.total}", *signs))


def _said(cell: Cell, reader: Reader) -> str:
    counts = {name: getattr(cell, name) for name in ("measured", "total", "met", "near", "below")}
    names = {"row": label(cell.row), "column": label(cell.column)}
    return t("chart.coverage.cell", reader.language, **names, **counts)


def _alt(cells: Sequence[Cell], reader: Reader) -> str:
    listed = t("chart.list_separator", reader.language).join(_said(cell, reader) for cell in cells)
    return t("chart.coverage.alt", reader.language, list=listed)


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How much a business resembles ``name``, 0 … 1; None when there is not enough data."""

    name: str
    value: float | None


def likeness(found: Sequence[Likeness], *, reader: Reader, title: str) -> go.Figure:
    """A bar per entry from 0 to 1 with a line at one half; without data a word instead of a bar."""
    if not found:
        return nothing(reader.language, title=title)
    said = [t("chart.likeness.none", reader.language) if one.value is None else f"{one.value:.2f}" for one in found]
    listed = t("chart.list_separator", reader.language).join(f"{o.name} {s}" for o, s in zip(found, said, strict=True))
    figure = blank(title=title, alt=t("chart.likeness.alt", reader.language, list=listed), height=40 + 26 * len(found))
    figure.update_layout(margin={"t": 8, "b": 8})
    places = list(range(len(found)))
    figure.add_bar(
        orientation="h",
        x=[one.value or 0.0 for one in found],
        y=places,
        marker={"color": [MAIN if (one.value or 0.0) >= HALF else MUTED for one in found]},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[one.value or 0.0 for one in found],
        y=places,
        mode="text",
        text=[f" {label(text)}" for text in said],
        textposition="middle right",
        textfont={"color": TEXT, "size": 12},
        hoverinfo="skip",
        cliponaxis=False,
    )
    figure.add_vline(x=HALF, line={"color": TARGET, "width": 1.5, "dash": "dash"})
    _name_axes(figure, [one.name for one in found], [])
    figure.update_xaxes(side="bottom", range=[0, 1.25], tickvals=[0, HALF, 1], ticktext=["0", "0.5", "1"])
    return figure
