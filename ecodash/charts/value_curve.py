"""How much customers are worth the longer they have been customers, with bands, against what they cost."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import value_axis
from ecodash.charts.base import blank, label, nothing
from ecodash.charts.marks import BAND_OPACITY
from ecodash.charts.roles import MAIN, TARGET
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, count, t, value_text

MILESTONES = (0, 30, 60, 90, 180, 270, 365, 540, 720)
CLOSEST, CLOSEST_NAMES, LONGEST_NAME = 0.12, 0.06, 14


def curve(
    frame: pl.DataFrame,
    *,
    reader: Reader,
    title: str,
    cost: float | None = None,
    colors: Mapping[str, str] | None = None,
) -> go.Figure:
    """A line per ``group`` over ``days`` (value, low, high per customer; ``customers`` on hover) from zero.

    ``cost`` is a dashed line. A group without a name is the only one; several are named at their ends.
    """
    known = frame.drop_nulls("value")
    if known.is_empty():
        return nothing(reader.language, title=title)
    figure = blank(title=title, alt=_alt(known, title, reader), height=360)
    parts = known.partition_by("group", maintain_order=True)
    shades = [(colors or {}).get(str(part["group"][0]), MAIN) for part in parts]
    for part, color in zip(parts, shades, strict=True):
        _band(figure, part, color)
        _line(figure, part, color, reader)
    if len(parts) > 1:
        _names(figure, parts, shades)
    value_axis(figure, [*known["value"], *known["high"], cost], unit=Unit.MONEY_PER_BUYER, reader=reader)
    _days(figure, known["days"].unique().sort().to_list(), reader, room=len(parts) > 1)
    if cost is not None:
        _cost(figure, cost, reader)
    return figure


def _band(figure: go.Figure, part: pl.DataFrame, color: str) -> None:
    inside = part.drop_nulls(["low", "high"])
    if inside.is_empty():
        return
    days, lows, highs = (inside[name].to_list() for name in ("days", "low", "high"))
    figure.add_scatter(
        x=[*days, *days[::-1]],
        y=[*highs, *lows[::-1]],
        mode="lines",
        line={"width": 0, "color": color},
        fill="toself",
        fillcolor=color,
        opacity=BAND_OPACITY,
        hoverinfo="skip",
    )


def _line(figure: go.Figure, part: pl.DataFrame, color: str, reader: Reader) -> None:
    figure.add_scatter(
        x=part["days"].to_list(),
        y=part["value"].to_list(),
        mode="lines+markers",
        line={"color": color, "width": 2.25},
        marker={"size": 6, "color": color},
        hovertext=[_hover(row, reader) for row in part.iter_rows(named=True)],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _names(figure: go.Figure, parts: Sequence[pl.DataFrame], shades: Sequence[str]) -> None:
    """The groups named at the ends of their lines, pushed apart where the ends are close."""
    gap = CLOSEST_NAMES * max(float(part["value"].max() or 0.0) for part in parts)  # type: ignore[arg-type]
    lowest = float("-inf")
    for part, color in sorted(zip(parts, shades, strict=True), key=lambda pair: float(pair[0]["value"][-1])):
        lowest = max(float(part["value"][-1]), lowest + gap)
        figure.add_annotation(
            x=part["days"][-1],
            y=lowest,
            text=label(str(part["group"][0])[:LONGEST_NAME]),
            xanchor="left",
            xshift=6,
            showarrow=False,
            font={"color": color, "size": 12},
        )


def _hover(row: Mapping[str, object], reader: Reader) -> str:
    return t(
        "chart.value_curve.hover",
        reader.language,
        name=label(str(row["group"])),
        days=row["days"],
        value=_money(row["value"], reader),
        low=_money(row["low"], reader),
        high=_money(row["high"], reader),
        n=count(int(str(row["customers"])), reader.language, exact=True),
    ).lstrip(" ·")


def _money(value: object, reader: Reader) -> str:
    if not isinstance(value, int | float):
        return "–"
    return value_text(float(value), Unit.MONEY, reader.language, reader.currency)


def _days(figure: go.Figure, days: Sequence[int], reader: Reader, *, room: bool) -> None:
    last = max(days[-1], 1)
    shown: list[int] = []
    for day in sorted({day for day in MILESTONES if day <= last} | {last}, reverse=True):
        if not shown or shown[-1] - day >= CLOSEST * last:
            shown.append(day)
    figure.update_layout(margin={"b": 36})
    figure.update_xaxes(
        range=[-last * 0.02, last * (1.34 if room else 1.03)],
        tickmode="array",
        tickvals=sorted(shown),
        ticktext=[str(day) for day in sorted(shown)],
        title={"text": t("chart.value_curve.axis", reader.language), "standoff": 6},
    )


def _cost(figure: go.Figure, cost: float, reader: Reader) -> None:
    said = t("chart.value_curve.cost", reader.language, value=_money(cost, reader))
    figure.add_hline(
        y=cost,
        line={"color": TARGET, "width": 1.5, "dash": "dash"},
        annotation={"text": said, "font": {"color": TARGET}, "xanchor": "left", "x": 0, "yanchor": "bottom"},
    )


def _alt(known: pl.DataFrame, title: str, reader: Reader) -> str:
    ends = [part.row(-1, named=True) for part in known.partition_by("group", maintain_order=True)]
    listed = t("chart.list_separator", reader.language).join(_hover(row, reader) for row in ends)
    return t("chart.value_curve.alt", reader.language, title=title, list=listed)
