"""When people buy: the days of the week against the hours of the day."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import blank, nothing
from ecodash.charts.frame import Measured
from ecodash.charts.roles import MUTED, SEQUENTIAL
from ecodash.i18n import Reader, t, value_text

DAYS, HOURS = 7, 24
EVERY = 3
HEIGHT = 300
SLOTS: dict[str, type[pl.DataType]] = {"weekday": pl.Int64, "hour": pl.Int64, "value": pl.Float64}
SCALE = [[index / (len(SEQUENTIAL) - 1), color] for index, color in enumerate(SEQUENTIAL)]


def heatmap(frame: pl.DataFrame, *, metric: Measured, reader: Reader) -> go.Figure:
    """A row per weekday (1 Monday … 7 Sunday) and a column per hour of SLOTS; darker is more.

    An hour in which nothing was sold is the lightest step and says so on hover. No rows: a figure that says so.
    """
    name = metric.name.to(reader.language)
    known = frame.drop_nulls("value").filter(pl.col("hour").is_between(0, HOURS - 1))
    if known.is_empty():
        return nothing(reader.language, title=name)
    found = {(row["weekday"], row["hour"]): row["value"] for row in known.iter_rows(named=True)}
    grid = [[found.get((day, hour), 0.0) for hour in range(HOURS)] for day in range(1, DAYS + 1)]
    title, alt = _finding(known, metric, reader)
    figure = blank(title=title, alt=alt, height=HEIGHT)
    figure.add_heatmap(
        x=list(range(HOURS)),
        y=list(range(1, DAYS + 1)),
        z=grid,
        zmin=0,
        colorscale=SCALE,
        showscale=False,
        xgap=2,
        ygap=2,
        hoverongaps=False,
        customdata=[
            [_slot(day, hour, grid[day - 1][hour], metric, reader) for hour in range(HOURS)]
            for day in range(1, DAYS + 1)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    _axes(figure, max(max(row) for row in grid), metric, reader)
    return figure


def _weekday(day: int, reader: Reader) -> str:
    return t(f"weekday.{day}", reader.language)


def _slot(day: int, hour: int, value: float, metric: Measured, reader: Reader) -> str:
    shown = value_text(value, metric.unit, reader.language, reader.currency)
    return t("chart.hours.slot", reader.language, weekday=_weekday(day, reader), hour=hour, value=shown)


def _axes(figure: go.Figure, highest: float, metric: Measured, reader: Reader) -> None:
    shown = list(range(0, HOURS, EVERY))
    figure.update_layout(margin={"t": 28, "b": 24})
    figure.update_xaxes(
        range=[-0.5, HOURS - 0.5],
        tickmode="array",
        tickvals=shown,
        ticktext=[t("chart.hours.hour", reader.language, hour=hour) for hour in shown],
        tickangle=0,
    )
    figure.update_yaxes(
        range=[DAYS + 0.5, 0.5],
        tickmode="array",
        tickvals=list(range(1, DAYS + 1)),
        ticktext=[_weekday(day, reader) for day in range(1, DAYS + 1)],
    )
    high = value_text(highest, metric.unit, reader.language, reader.currency)
    figure.add_annotation(
        text=t("chart.hours.scale", reader.language, high=high),
        xref="paper",
        yref="paper",
        x=1,
        y=1,
        xanchor="right",
        yanchor="bottom",
        yshift=6,
        showarrow=False,
        font={"color": MUTED, "size": 12},
    )


def _finding(known: pl.DataFrame, metric: Measured, reader: Reader) -> tuple[str, str]:
    ordered = known.sort("value", "weekday", "hour", descending=[True, False, False])
    best = [_slot(row["weekday"], row["hour"], row["value"], metric, reader) for row in ordered.iter_rows(named=True)]
    title = t("chart.hours.finding", reader.language, metric=metric.name, slot=best[0])
    listed = t("chart.list_separator", reader.language).join(best[:5])
    return title, t("chart.hours.alt", reader.language, metric=metric.name, list=listed)
