"""The cohort matrix."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import corner
from ecodash.charts.base import MOST_POINTS, blank, nothing
from ecodash.charts.frame import Measured
from ecodash.charts.marks import words
from ecodash.charts.roles import MUTED, PALE, SEQUENTIAL, TEXT
from ecodash.core.estimate import Status
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, count, month_text, number, t, tick_text, unit_text, value_text

ROW_HEIGHT = 28
CELL = 0.94
LEGEND = {Status.IMMATURE: "chart.cohort.waiting", Status.TOO_FEW: "chart.cohort.few"}
STEPS = SEQUENTIAL[:5]
"""The half of the scale on which the text colour of either theme can be read."""
SCALE = [[index / (len(STEPS) - 1), color] for index, color in enumerate(STEPS)]
CELL_TEXT = {"size": 12, "color": TEXT}


@dataclass(frozen=True, kw_only=True)
class _Grid:
    """Cells by place: a row per cohort (None first: the summary), a column per month."""

    cohorts: tuple[date | None, ...]
    months: tuple[int, ...]
    cells: Mapping[tuple[date | None, int], dict[str, object]]
    metric: Measured
    reader: Reader

    @property
    def scaled(self) -> list[float]:
        """The values the colour scale spans: everything but month 0, which is 100 % or a first purchase by nature."""
        return [
            float(str(cell["value"])) for (_, month), cell in self.cells.items() if month and cell["value"] is not None
        ]


def heatmap(frame: pl.DataFrame, *, metric: Measured, reader: Reader) -> go.Figure:
    """A row per cohort of CELLS and a column per month; the weighted summary row (null cohort) on top.

    Cells not yet due are hatched, cells of too few carry a star, places outside the data stay empty. Month 0 is shown
    but does not stretch the colour scale. More than 10,000 cells: the newest cohorts are drawn.
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
    _axes(figure, grid)
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


def _written(cell: Mapping[str, object] | None, grid: _Grid) -> str:
    """A cell's number without its unit, which stands above the matrix; a star when it rests on too few."""
    if cell is None or cell["value"] is None:
        return ""
    value, unit = float(str(cell["value"])), grid.metric.unit
    if unit is Unit.RATIO:
        shown = number(value * 100, grid.reader.language, 0 if value >= 1 else 1)
    elif unit in (Unit.BUYERS, Unit.ORDERS, Unit.ITEMS, Unit.COUNT):
        shown = count(value, grid.reader.language)
    else:
        shown = tick_text(float(f"{value:.3g}"), unit, grid.reader.language)
    return shown + "*" if cell["status"] == Status.TOO_FEW.value else shown


def _hover(cohort: date | None, month: int, grid: _Grid) -> str:
    cell = grid.cells.get((cohort, month))
    if cell is None:
        return ""
    return t(
        "chart.cohort.hover",
        grid.reader.language,
        cohort=_name(cohort, grid),
        month=month,
        number=words(cell, grid.metric.unit, grid.reader),
    )


def _name(cohort: date | None, grid: _Grid) -> str:
    if cohort is None:
        mean = grid.metric.unit is Unit.RATIO
        return t("chart.cohort.mean" if mean else "chart.cohort.total", grid.reader.language)
    return month_text(cohort, grid.reader.language)


def _trace(figure: go.Figure, grid: _Grid, months: tuple[int, ...], look: Mapping[str, object]) -> None:
    every = [[grid.cells.get((cohort, month)) for month in months] for cohort in grid.cohorts]
    figure.add_heatmap(
        x=list(months),
        y=list(range(len(grid.cohorts))),
        z=[[None if cell is None else cell["value"] for cell in row] for row in every],
        text=[[_written(cell, grid) for cell in row] for row in every],
        texttemplate="%{text}",
        hovertext=[[_hover(cohort, month, grid) for month in months] for cohort in grid.cohorts],
        hovertemplate="%{hovertext}<extra></extra>",
        hoverongaps=False,
        showscale=False,
        xgap=2,
        ygap=2,
        **look,
    )


def _filled(figure: go.Figure, grid: _Grid) -> None:
    months = grid.months[1:]
    if months:
        top = max(grid.scaled, default=1.0) or 1.0
        low = min([0.0, *grid.scaled])
        _trace(figure, grid, months, {"colorscale": SCALE, "zmin": low, "zmax": top, "textfont": CELL_TEXT})


def _first_month(figure: go.Figure, grid: _Grid) -> None:
    flat = {"colorscale": [[0, PALE], [1, PALE]], "textfont": CELL_TEXT}
    _trace(figure, grid, grid.months[:1], flat)


def _hatched(figure: go.Figure, grid: _Grid) -> None:
    waiting = [
        (month, row, cohort)
        for row, cohort in enumerate(grid.cohorts)
        for month in grid.months
        if grid.cells.get((cohort, month), {}).get("status") == Status.IMMATURE.value
        and grid.cells[cohort, month]["value"] is None
    ]
    figure.add_bar(
        x=[month for month, _, _ in waiting],
        y=[CELL] * len(waiting),
        base=[row - CELL / 2 for _, row, _ in waiting],
        width=CELL,
        marker={
            "color": "rgba(0,0,0,0)",
            "pattern": {"shape": "/", "fgcolor": MUTED, "fgopacity": 0.45, "size": 6, "solidity": 0.18},
            "line": {"width": 0},
        },
        hovertext=[_hover(cohort, month, grid) for month, _, cohort in waiting],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _axes(figure: go.Figure, grid: _Grid) -> None:
    rows = len(grid.cohorts)
    figure.update_xaxes(
        side="top",
        range=[-0.5, len(grid.months) - 0.5],
        tickmode="array",
        tickvals=list(grid.months),
        ticktext=[str(month) for month in grid.months],
        title={"text": t("chart.cohort.axis", grid.reader.language), "standoff": 4},
        tickangle=0,
    )
    figure.update_yaxes(
        range=[rows - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(rows)),
        ticktext=[_row_label(cohort, grid) for cohort in grid.cohorts],
    )
    corner(figure, unit_text(grid.metric.unit, grid.reader.language, grid.reader.currency))
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
