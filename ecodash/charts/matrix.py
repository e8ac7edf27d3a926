"""The cohort matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import MOST_POINTS, blank, nothing
from ecodash.charts.frame import Measured
from ecodash.charts.marks import words
from ecodash.charts.roles import MUTED, PALE, SEQUENTIAL, TEXT
from ecodash.core.estimate import Status
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, count, month_text, number, t, tick_text, unit_text, value_text

ROW_HEIGHT = 28
CELL = 0.94
MOST_TICKS = 15
LEGEND = {Status.IMMATURE: "chart.cohort.waiting", Status.TOO_FEW: "chart.cohort.few"}
STEPS = SEQUENTIAL[:5]
"""The half of the scale on which the text colour of either theme can be read."""
SCALE = [[index / (len(STEPS) - 1), color] for index, color in enumerate(STEPS)]
_Place = tuple[date | None, int]


@dataclass(frozen=True, kw_only=True)
class _Grid:
    """Cells by place: a row per cohort (None first: the summary), a column per month."""

    cohorts: tuple[date | None, ...]
    months: tuple[int, ...]
    cells: Mapping[_Place, Mapping[str, object]]
    metric: Measured
    reader: Reader


def heatmap(frame: pl.DataFrame, *, metric: Measured, reader: Reader, axis: str | None = None) -> go.Figure:
    """A row per cohort of CELLS and a column per month; the weighted summary row (null cohort) on top.

    Cells not yet due are hatched, cells of too few carry a star, places outside the data stay empty. Month 0 is shown
    but does not stretch the colour scale. ``axis`` names the columns where they are not months. More than 10,000 cells: the newest cohorts are drawn.
    """
    frame = frame.sort("cohort", "month", nulls_last=True).tail(MOST_POINTS)
    title = t("chart.cohort.question", reader.language, metric=metric.name)
    if frame.is_empty():
        return nothing(reader.language, title=title)
    grid = _grid(frame, metric, reader)
    rows = len(grid.cohorts)
    figure = blank(title=title, alt=_alt(grid), height=96 + ROW_HEIGHT * rows)
    figure.update_layout(margin={"t": 56, "b": 28}, barmode="overlay", bargap=0, barcornerradius=0)
    _filled(figure, grid)
    _first_month(figure, grid)
    _hatched(figure, grid)
    _axes(figure, grid, axis)
    _legend(figure, grid)
    return figure


def _grid(frame: pl.DataFrame, metric: Measured, reader: Reader) -> _Grid:
    known = sorted({day for day in frame["cohort"] if day is not None})
    summary = [None] if frame["cohort"].null_count() else []
    return _Grid(
        cohorts=(*summary, *known),
        months=tuple(range(int(frame["month"].max()) + 1)),  # type: ignore[arg-type]
        cells={(row["cohort"], row["month"]): row for row in frame.iter_rows(named=True)},
        metric=metric,
        reader=reader,
    )


def _written(cell: Mapping[str, object], grid: _Grid) -> str:
    """A cell's number without its unit, which stands above the matrix; a star when it rests on too few."""
    if cell["value"] is None:
        return ""
    value, unit = float(str(cell["value"])), grid.metric.unit
    if unit is Unit.RATIO:
        shown = number(value * 100, grid.reader.language, 0 if value >= 1 else 1)
    elif unit in (Unit.BUYERS, Unit.ORDERS, Unit.ITEMS, Unit.COUNT):
        shown = count(value, grid.reader.language)
    else:
        shown = tick_text(float(f"{value:.3g}"), unit, grid.reader.language)
    return shown + "*" if cell["status"] == Status.TOO_FEW.value else shown


def _hover(place: _Place, grid: _Grid) -> str:
    return t(
        "chart.cohort.hover",
        grid.reader.language,
        cohort=_name(place[0], grid),
        month=place[1],
        number=words(grid.cells[place], grid.metric.unit, grid.reader),
    )


def _name(cohort: date | None, grid: _Grid) -> str:
    if cohort is None:
        mean = grid.metric.unit is Unit.RATIO
        return t("chart.cohort.mean" if mean else "chart.cohort.total", grid.reader.language)
    return month_text(cohort, grid.reader.language)


def _trace(figure: go.Figure, grid: _Grid, places: Sequence[_Place], look: Mapping[str, object]) -> None:
    """Cells are bars of one row's height: their text shrinks with them on a phone, and they can be hatched."""
    rows = {cohort: row for row, cohort in enumerate(grid.cohorts)}
    figure.add_bar(
        x=[month for _, month in places],
        y=[CELL] * len(places),
        base=[rows[cohort] - CELL / 2 for cohort, _ in places],
        width=CELL,
        marker=look,
        text=[_written(grid.cells[place], grid) for place in places],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"size": 12 if len(grid.months) <= MOST_TICKS else 10, "color": TEXT},
        hovertext=[_hover(place, grid) for place in places],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _filled(figure: go.Figure, grid: _Grid) -> None:
    places = [place for place, cell in grid.cells.items() if place[1] and cell["value"] is not None]
    values = [float(str(grid.cells[place]["value"])) for place in places]
    bounds = {"cmin": min([0.0, *values]), "cmax": max(values, default=1.0) or 1.0}
    _trace(figure, grid, places, {"color": values, "colorscale": SCALE, **bounds})


def _first_month(figure: go.Figure, grid: _Grid) -> None:
    places = [place for place, cell in grid.cells.items() if not place[1] and cell["value"] is not None]
    _trace(figure, grid, places, {"color": PALE})


def _hatched(figure: go.Figure, grid: _Grid) -> None:
    places = [place for place, cell in grid.cells.items() if cell["value"] is None]
    pattern = {"shape": "/", "fgcolor": MUTED, "fgopacity": 0.45, "size": 6, "solidity": 0.18}
    _trace(figure, grid, places, {"color": "rgba(0,0,0,0)", "pattern": pattern})


def _axes(figure: go.Figure, grid: _Grid, axis: str | None) -> None:
    language = grid.reader.language
    unit = unit_text(grid.metric.unit, language, grid.reader.currency)
    rows, every = len(grid.cohorts), -(-len(grid.months) // MOST_TICKS)
    figure.update_xaxes(
        side="top",
        range=[-0.5, len(grid.months) - 0.5],
        tickmode="array",
        tickvals=list(grid.months[::every]),
        ticktext=[str(month) for month in grid.months[::every]],
        title={
            "text": t("chart.cohort.axis", language, axis=axis or t("chart.cohort.months", language), unit=unit),
            "standoff": 4,
        },
        tickangle=0,
    )
    figure.update_yaxes(
        range=[rows - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(rows)),
        ticktext=[_row_label(cohort, grid) for cohort in grid.cohorts],
    )
    if grid.cohorts[0] is None:
        figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=0.5, y1=0.5, line={"color": TEXT, "width": 1.5})


def _legend(figure: go.Figure, grid: _Grid) -> None:
    found = {cell["status"] for cell in grid.cells.values()}
    said = [t(key, grid.reader.language) for status, key in LEGEND.items() if status.value in found]
    if said:
        figure.add_annotation(
            text="　".join(said),
            xref="paper",
            yref="paper",
            x=1,
            y=0,
            xanchor="right",
            yanchor="top",
            yshift=-4,
            showarrow=False,
            font={"color": MUTED, "size": 12},
        )


def _size(cohort: date | None, grid: _Grid) -> int:
    sizes = [int(str(cell["n"] or 0)) for (owner, month), cell in grid.cells.items() if owner == cohort and month == 0]
    return sizes[0] if sizes else 0


def _row_label(cohort: date | None, grid: _Grid) -> str:
    size = count(_size(cohort, grid), grid.reader.language)
    if cohort is None:
        return f"<b>{_name(None, grid)}</b> · {size}"
    return f"{cohort:%Y-%m} · {size}"


def _alt(grid: _Grid) -> str:
    shown = [cohort for cohort in grid.cohorts if cohort is not None]
    summary = [
        t(
            "chart.cohort.month",
            grid.reader.language,
            month=month,
            value=value_text(float(str(cell["value"])), grid.metric.unit, grid.reader.language, grid.reader.currency),
        )
        for (cohort, month), cell in grid.cells.items()
        if cohort is None and month and cell["value"] is not None
    ]
    return t(
        "chart.cohort.alt",
        grid.reader.language,
        metric=grid.metric.name,
        cohorts=len(shown),
        first=_name(shown[0], grid) if shown else "",
        last=_name(shown[-1], grid) if shown else "",
        list=t("chart.list_separator", grid.reader.language).join(summary) or t("chart.none", grid.reader.language),
    )
