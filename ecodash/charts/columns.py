"""Counts in an order that must be kept, one or two columns per step."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ecodash.charts.axis import value_axis
from ecodash.charts.base import blank, label, nothing
from ecodash.charts.roles import MAIN, TARGET, TEXT
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, count, t

COLORS = (MAIN, TARGET)
MOST_LABELS = 10
FEW = 12


@dataclass(frozen=True, kw_only=True)
class Series:
    """What one colour stands for, and a count per step."""

    name: str
    counts: Sequence[int]


def columns(steps: Sequence[str], series: Sequence[Series], *, title: str, axis: str, reader: Reader) -> go.Figure:
    """Columns from zero; one series is labelled, two get a legend. ``axis`` says what a step is."""
    if not any(sum(one.counts) for one in series):
        return nothing(reader.language, title=title)
    listed = t("chart.list_separator", reader.language).join(
        f"{one.name} {step} {count(n, reader.language)}"
        for one in series
        for step, n in zip(steps, one.counts, strict=True)
        if n
    )
    figure = blank(title=title, alt=f"{title}: {listed}", height=300)
    value_axis(figure, [float(n) for one in series for n in one.counts], unit=Unit.BUYERS, reader=reader)
    labelled = len(series) == 1 and len(steps) <= FEW
    for one, color in zip(series, COLORS, strict=False):
        _bars(figure, steps, one, (color, labelled, reader))
    every = -(-len(steps) // MOST_LABELS)
    at = [index for index in range(len(steps)) if index % every == 0]
    figure.update_xaxes(
        tickmode="array", tickvals=at, ticktext=[label(steps[index]) for index in at], tickangle=0,
        title={"text": axis, "standoff": 8},
    )  # fmt: skip
    if len(series) > 1:
        figure.update_layout(
            showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 1, "xanchor": "right"}
        )
    return figure


def _bars(figure: go.Figure, steps: Sequence[str], one: Series, drawn: tuple[str, bool, Reader]) -> None:
    color, labelled, reader = drawn
    figure.add_bar(
        x=list(range(len(steps))),
        y=list(one.counts),
        name=label(one.name),
        marker={"color": color},
        text=[count(n, reader.language) for n in one.counts] if labelled else None,
        textposition="outside",
        textfont={"color": TEXT},
        cliponaxis=False,
        hovertext=[
            f"{label(one.name)} · {label(step)}: {count(n, reader.language, exact=True)}"
            for step, n in zip(steps, one.counts, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
