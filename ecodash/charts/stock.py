"""Stock drawn: amounts per class in an order that must be kept, shares side by side, and lines to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ecodash.charts.axis import value_axis
from ecodash.charts.base import blank, label, nothing
from ecodash.charts.roles import BAD, FAINT, MAIN, MUTED, TARGET, TEXT
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, ratio, t, value_text

ROW_HEIGHT = 46
LONGEST = 10


@dataclass(frozen=True, kw_only=True)
class Step:
    """One class: its name, its amount, what is said on hover; ``bad`` marks one to act on, ``faint`` one beside the order."""

    name: str
    value: float
    hover: str
    bad: bool = False
    faint: bool = False


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One place: its share of the stock and its share of the demand, 0–1."""

    name: str
    stock: float
    demand: float
    hover: str


def steps(parts: Sequence[Step], *, unit: Unit, title: str, axis: str, reader: Reader) -> go.Figure:
    """Columns from zero, each with its amount on it; nothing above zero: a figure that says so."""
    if not any(one.value > 0 for one in parts):
        return nothing(reader.language, title=title)
    written = [value_text(one.value, unit, reader.language, reader.currency) for one in parts]
    listed = t("chart.list_separator", reader.language).join(
        f"{one.name} {text}" for one, text in zip(parts, written, strict=True)
    )
    figure = blank(title=title, alt=f"{title}: {listed}", height=300)
    value_axis(figure, [one.value for one in parts], unit=unit, reader=reader)
    colors = [BAD if one.bad else MUTED if one.faint else MAIN for one in parts]
    figure.add_bar(
        x=list(range(len(parts))),
        y=[one.value for one in parts],
        marker={"color": colors, "opacity": [FAINT if one.faint else 1.0 for one in parts]},
        text=[text if one.value > 0 else "" for one, text in zip(parts, written, strict=True)],
        textposition="outside",
        textfont={"color": TEXT, "size": 12},
        cliponaxis=False,
        hovertext=[one.hover for one in parts],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(range(len(parts))),
        ticktext=[label(one.name) for one in parts],
        tickangle=0,
        title={"text": axis, "standoff": 8},
    )
    return figure


def pairs(places: Sequence[Pair], *, title: str, reader: Reader) -> go.Figure:
    """Two bars per place, stock above demand; no places: a figure that says so."""
    if not places:
        return nothing(reader.language, title=title)
    names = (t("inventory.stock_share", reader.language), t("inventory.demand_share", reader.language))
    listed = t("chart.list_separator", reader.language).join(
        f"{one.name} {names[0]} {ratio(one.stock, reader.language)}, {names[1]} {ratio(one.demand, reader.language)}"
        for one in places
    )
    figure = blank(title=title, alt=f"{title}: {listed}", height=70 + ROW_HEIGHT * len(places))
    for name, color, shares in (
        (names[0], MAIN, [one.stock for one in places]),
        (names[1], TARGET, [one.demand for one in places]),
    ):
        _shares(figure, places, shares, look=(name, color), reader=reader)
    widest = max(max(one.stock, one.demand) for one in places)
    figure.update_xaxes(range=[0, widest * 1.25 or 1], showticklabels=False)
    figure.update_yaxes(
        range=[len(places) - 0.4, -0.6],
        tickmode="array",
        tickvals=list(range(len(places))),
        ticktext=[_short(one.name) for one in places],
    )
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        margin={"t": 36},
    )
    return figure


def _shares(
    figure: go.Figure, places: Sequence[Pair], shares: Sequence[float], *, look: tuple[str, str], reader: Reader
) -> None:
    """One bar per place; ``look`` is the name of the series and its colour."""
    figure.add_bar(
        orientation="h",
        x=list(shares),
        y=list(range(len(places))),
        name=look[0],
        marker={"color": look[1]},
        text=[ratio(share, reader.language) for share in shares],
        textposition="outside",
        textfont={"color": TEXT, "size": 12},
        cliponaxis=False,
        hovertext=[one.hover for one in places],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def lined(figure: go.Figure, lines: Sequence[tuple[float, str]]) -> go.Figure:
    """The figure with a dashed horizontal line and its words at each value; the axis reaches all of them."""
    span = figure.layout.yaxis.range
    if not lines or span is None:
        return figure
    reach = max(float(span[1]), *(value * 1.15 for value, _ in lines))
    for place, (value, words) in enumerate(sorted(lines, reverse=True)):
        upper = place % 2 == 0
        figure.add_shape(
            type="line",
            x0=0,
            x1=1,
            xref="paper",
            y0=value,
            y1=value,
            line={"color": TARGET, "width": 1.5, "dash": "dash"},
        )
        figure.add_annotation(
            text=label(words),
            x=0 if upper else 1,
            xref="paper",
            y=value,
            xanchor="left" if upper else "right",
            yanchor="bottom",
            yshift=0 if upper else -20,
            showarrow=False,
            font={"color": TEXT, "size": 12},
        )
    figure.update_yaxes(range=[span[0], reach])
    alt = str(figure.layout.meta["alt"]) + " " + "; ".join(words for _, words in lines)
    return figure.update_layout(meta={**figure.layout.meta, "alt": alt})


def _short(name: str) -> str:
    return label(name if len(name) <= LONGEST * (2 if name.isascii() else 1) else name[: LONGEST - 1] + "…")
