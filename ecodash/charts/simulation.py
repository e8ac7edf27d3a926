"""What a simulator says: a result along one assumption, and which assumption matters most."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ecodash.charts.axis import round_values, value_axis
from ecodash.charts.base import blank, label, nothing
from ecodash.charts.roles import MAIN, MUTED, SERIES, TEXT
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, t, tick_text, unit_text, value_text

ROW_HEIGHT = 34


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One side of a curve: its words and unit."""

    label: str
    unit: Unit


@dataclass(frozen=True, kw_only=True)
class Reach:
    """A result with one assumption at its lower and at its upper end."""

    name: str
    at_low: float
    at_high: float


def sweep(
    points: Sequence[tuple[float, float]], here: tuple[float, float], *, across: Axis, up: Axis, reader: Reader
) -> go.Figure:
    """A line through ``points``; the values chosen are marked."""
    title = t("chart.sweep.title", reader.language, result=up.label, assumption=across.label)
    if not points:
        return nothing(reader.language, title=title)
    shown = [_pair(point, across, up, reader) for point in points]
    figure = blank(
        title=title,
        alt=t("chart.sweep.alt", reader.language, first=shown[0], here=_pair(here, across, up, reader), last=shown[-1]),
    )
    value_axis(figure, [y for _, y in (*points, here)], unit=up.unit, reader=reader)
    lowest, highest = points[0][0], points[-1][0]
    ticks = [tick for tick in round_values(lowest, highest) if lowest <= tick <= highest] or [lowest]
    figure.update_xaxes(
        tickmode="array",
        tickvals=ticks,
        ticktext=[tick_text(tick, across.unit, reader.language) for tick in ticks],
        title={
            "text": f"{label(across.label)} ({unit_text(across.unit, reader.language, reader.currency)})",
            "standoff": 4,
        },
    )
    hover = {"hovertext": shown, "hovertemplate": "%{hovertext}<extra></extra>"}
    xs, ys = [x for x, _ in points], [y for _, y in points]
    figure.add_scatter(x=xs, y=ys, mode="lines", line={"color": MAIN, "width": 2.25}, **hover)
    figure.add_scatter(
        x=[here[0]],
        y=[here[1]],
        mode="markers",
        marker={"size": 12, "color": SERIES[1]},
        hovertext=[_pair(here, across, up, reader)],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    return figure


def tornado(reaches: Sequence[Reach], middle: float, *, up: Axis, reader: Reader) -> go.Figure:
    """A bar per assumption from the result at its lower end to that at its upper end, the strongest on top."""
    title = t("chart.tornado.title", reader.language, result=up.label)
    moving = [one for one in reaches if one.at_low != one.at_high]
    if not moving:
        return nothing(reader.language, title=title)
    written = [_span(one, up, reader) for one in moving]
    listed = t("chart.list_separator", reader.language).join(
        f"{o.name} {w}" for o, w in zip(moving, written, strict=True)
    )
    figure = blank(
        title=title, alt=t("chart.tornado.alt", reader.language, list=listed), height=48 + ROW_HEIGHT * len(moving)
    )
    for end, color in (("at_low", SERIES[2]), ("at_high", MAIN)):
        figure.add_bar(
            orientation="h",
            base=middle,
            x=[getattr(one, end) - middle for one in moving],
            y=list(range(len(moving))),
            marker={"color": color},
            name=t(f"chart.tornado.{end}", reader.language),
            hovertext=[f"{label(one.name)}: {text}" for one, text in zip(moving, written, strict=True)],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    figure.add_vline(x=middle, line={"color": TEXT, "width": 1})
    _sides(figure, moving, up, reader)
    return figure


def _sides(figure: go.Figure, moving: Sequence[Reach], up: Axis, reader: Reader) -> None:
    """The axes and the legend of a tornado."""
    values = [value for one in moving for value in (one.at_low, one.at_high)]
    ticks = round_values(min(values), max(values))
    figure.update_xaxes(
        tickmode="array",
        tickvals=ticks,
        ticktext=[tick_text(tick, up.unit, reader.language) for tick in ticks],
        tickfont={"color": MUTED},
    )
    figure.update_yaxes(
        range=[len(moving) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(moving))),
        ticktext=[label(one.name) for one in moving],
    )
    figure.update_layout(
        margin={"t": 8, "b": 56},
        barmode="overlay",
        showlegend=True,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": -0.12, "yanchor": "top"},
    )


def _pair(point: tuple[float, float], across: Axis, up: Axis, reader: Reader) -> str:
    x = value_text(point[0], across.unit, reader.language, reader.currency)
    return f"{label(across.label)} {x}: {value_text(point[1], up.unit, reader.language, reader.currency)}"


def _span(one: Reach, up: Axis, reader: Reader) -> str:
    low, high = (value_text(value, up.unit, reader.language, reader.currency) for value in (one.at_low, one.at_high))
    return f"{low} … {high}"
