"""Axes a reader of either language can read: round numbers in 万/亿 or K/M, days in figures, the unit at the top."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import plotly.graph_objects as go

from ecodash.charts.roles import MUTED
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, tick_text, unit_text

ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
WANTED = 5
MOST_DATES = 5
MONTH = 28
YEAR = 366
HEADROOM = 1.12
WHOLE = frozenset({Unit.ORDERS, Unit.BUYERS, Unit.ITEMS, Unit.ROWS, Unit.COUNT})


def round_values(low: float, high: float, *, whole: bool = False) -> list[float]:
    """About five round values from at or below ``low`` to at or above ``high``; [0, 1] when both are zero."""
    span = high - low
    if span <= 0:
        return [0.0, 1.0]
    raw = span / WANTED
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in ROUND_STEPS if size * factor >= raw * (1 - 1e-9))
    step = max(step, 1.0) if whole else step
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(index * step, 12) for index in range(first, last + 1)]


def value_axis(
    figure: go.Figure, values: Iterable[float | None], *, unit: Unit, reader: Reader, said: str | None = None
) -> None:
    """Draw the vertical axis for ``values`` from zero, with its unit (or the words ``said``) written above it."""
    known = [value for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    ticks = round_values(low, high, whole=unit in WHOLE)
    top = max(ticks[-1], high * HEADROOM if high > 0 else 0.0)
    figure.update_yaxes(
        range=[ticks[0], top],
        tickmode="array",
        tickvals=ticks,
        ticktext=[tick_text(tick, unit, reader.language) for tick in ticks],
        showgrid=True,
        gridwidth=1,
    )
    corner(figure, said or unit_text(unit, reader.language, reader.currency))


def corner(figure: go.Figure, words: str) -> None:
    """Write the unit in the upper left corner, where it takes no room from the plot and is never turned sideways."""
    figure.add_annotation(
        text=words,
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        xanchor="left",
        yanchor="bottom",
        xshift=-28,
        yshift=6,
        showarrow=False,
        font={"color": MUTED, "size": 12},
    )


def _shown(starts: Sequence[date]) -> list[date]:
    every = math.ceil(len(starts) / MOST_DATES)
    return [day for index, day in enumerate(reversed(starts)) if index % every == 0][::-1]


def gap(starts: Sequence[date]) -> timedelta:
    """The usual distance between two neighbours; 30 days when there is only one."""
    if len(starts) < 2:  # noqa: PLR2004  (a pair)
        return timedelta(days=30)
    return sorted(after - before for before, after in pairwise(starts))[len(starts) // 2 - 1]


def time_axis(figure: go.Figure, starts: Sequence[date]) -> None:
    """Draw the time axis with at most five labels in figures: 2024-03 for months, 03-15 for days of one season."""
    distance, span = gap(starts).days, (starts[-1] - starts[0]).days
    monthly = distance >= MONTH or span > YEAR
    room = timedelta(days=max(distance * 0.5, span * 0.03, 0.6))
    shown = _shown(starts)
    pattern = "%Y-%m" if monthly else "%m-%d"
    labels = [day.strftime(pattern) for day in shown]
    if not monthly:
        labels[0] = shown[0].strftime("%m-%d<br>%Y")
    figure.update_xaxes(
        type="date",
        range=[(starts[0] - room).isoformat(), (starts[-1] + room).isoformat()],
        tickmode="array",
        tickvals=[day.isoformat() for day in shown],
        ticktext=labels,
        hoverformat="%Y-%m" if distance >= MONTH else "%Y-%m-%d",
        ticks="outside",
        ticklen=4,
        tickangle=0,
    )
