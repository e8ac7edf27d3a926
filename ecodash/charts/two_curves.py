"""How soon two groups come back: a curve each with its band, and how many of each are still watched."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import value_axis
from ecodash.charts.base import MOST_POINTS, blank, label, nothing
from ecodash.charts.marks import BAND_OPACITY
from ecodash.charts.roles import MAIN, TARGET
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, count, days, ratio, t

COLORS = (MAIN, TARGET)
MARKS = (30, 60, 90, 180, 365)
CLOSEST = 0.18


def two_curves(
    curves: tuple[tuple[str, pl.DataFrame], tuple[str, pl.DataFrame]],
    *,
    title: str,
    axis: str,
    reader: Reader,
    horizon: int,
) -> go.Figure:
    """Name and CURVE of either group, drawn up to ``horizon`` days, where both are still watched."""
    shown = [
        (name, frame.filter(pl.col("day") <= horizon).drop_nulls("value").head(MOST_POINTS // 6))
        for name, frame in curves
    ]
    if horizon <= 0 or any(frame.is_empty() for _, frame in shown):
        return nothing(reader.language, title=title)
    at = _marks(horizon)
    figure = blank(title=title, alt=_alt(title, shown, at, reader), height=360)
    value_axis(
        figure, [v for _, frame in shown for c in ("value", "high") for v in frame[c]], unit=Unit.RATIO, reader=reader
    )
    for (name, frame), color in zip(shown, COLORS, strict=True):
        _band(figure, frame, color)
        _steps(figure, frame, (name, color, reader))
    figure.update_layout(
        showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 1, "xanchor": "right"}
    )
    _days(figure, shown, at, (axis, reader))
    figure.update_xaxes(range=[0, horizon * 1.02])
    return figure


def _marks(horizon: int) -> list[int]:
    """Round days far enough apart for their labels; the horizon where there is none."""
    found: list[int] = []
    for day in reversed([day for day in MARKS if day <= horizon]):
        if not found or found[-1] - day >= CLOSEST * horizon:
            found.append(day)
    return found[::-1] or [horizon]


def _days(figure: go.Figure, shown: list[tuple[str, pl.DataFrame]], at: list[int], said: tuple[str, Reader]) -> None:
    axis, reader = said
    watched = [" / ".join(count(_watched(frame, day), reader.language) for _, frame in shown) for day in at]
    figure.update_xaxes(
        tickmode="array",
        tickvals=at,
        ticktext=[f"{day}<br>{n}" for day, n in zip(at, watched, strict=True)],
        ticks="outside",
        ticklen=4,
        tickangle=0,
        title={"text": axis, "standoff": 8},
    )


def _band(figure: go.Figure, frame: pl.DataFrame, color: str) -> None:
    """The band has the steps of the curve."""
    rows = frame.drop_nulls("low").select("day", "low", "high").rows()
    if not rows:
        return
    until = [*(day for day, _, _ in rows[1:]), rows[-1][0]]
    xs = [edge for (day, _, _), end in zip(rows, until, strict=True) for edge in (day, end)]
    lows, highs = ([row[place] for row in rows for _ in range(2)] for place in (1, 2))
    figure.add_scatter(
        x=[*xs, *reversed(xs)],
        y=[*highs, *reversed(lows)],
        mode="lines",
        line={"width": 0, "color": color},
        fill="toself",
        fillcolor=color,
        opacity=BAND_OPACITY,
        hoverinfo="skip",
        showlegend=False,
    )


def _steps(figure: go.Figure, frame: pl.DataFrame, drawn: tuple[str, str, Reader]) -> None:
    name, color, reader = drawn
    said = [
        f"{label(name)}<br>"
        + t(
            "chart.survival.hover",
            reader.language,
            days=days(day, reader.language),
            number=ratio(value, reader.language),
            n=count(n, reader.language, exact=True),
        )
        for day, value, n in frame.select("day", "value", "at_risk").rows()
    ]
    figure.add_scatter(
        x=frame["day"].to_list(),
        y=frame["value"].to_list(),
        name=label(name),
        mode="lines",
        line={"color": color, "width": 2.25, "shape": "hv"},
        hovertext=said,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _watched(frame: pl.DataFrame, day: int) -> int:
    later = frame.filter(pl.col("day") >= day)
    return int(later["at_risk"][0]) if later.height else int(frame["at_risk"][-1])


def _alt(title: str, shown: list[tuple[str, pl.DataFrame]], at: list[int], reader: Reader) -> str:
    parts = [
        f"{name} {days(day, reader.language)} {ratio(frame.filter(pl.col('day') <= day)['value'][-1], reader.language)}"
        for name, frame in shown
        for day in at
        if frame.filter(pl.col("day") <= day).height
    ]
    return f"{title}: {t('chart.list_separator', reader.language).join(parts)}"
