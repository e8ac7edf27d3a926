"""The parts charts are made of: bands, hollow unfinished points, hover words."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

import plotly.graph_objects as go

from ecodash.charts.roles import FAINT, MAIN, MUTED, PAPER
from ecodash.core.estimate import Estimate, Status
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, count, estimate_text, t, value_text

Row = Mapping[str, object]
BAND_OPACITY = 0.18


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def words(row: Row, unit: Unit, reader: Reader, *, sample: bool = True) -> str:
    """The number of a row with interval and ``sample``, or in words why there is none."""
    estimate = Estimate(
        metric="",
        definition="",
        unit=unit,
        status=Status(str(row["status"])),
        value=_float(row["value"]),
        low=_float(row["low"]),
        high=_float(row["high"]),
        n=int(_float(row["n"]) or 0),
    )
    shown = estimate_text(estimate, reader.language, reader.currency)
    if not sample or estimate.low is None or estimate.status is Status.TOO_FEW or not estimate.has_value:
        return shown
    return t("chart.hover.sample", reader.language, number=shown, n=count(estimate.n, reader.language, exact=True))


def short(row: Row, unit: Unit, reader: Reader) -> str:
    """The number of a row as it fits beside a bar: without its interval, with its sample when that is too small."""
    value = _float(row["value"])
    if value is None:
        return words(row, unit, reader)
    shown = value_text(value, unit, reader.language, reader.currency)
    if row["status"] == Status.TOO_FEW.value:
        return t("chart.hover.sample", reader.language, number=shown, n=row["n"])
    return shown


def band(
    figure: go.Figure, places: Sequence[object], lows: Sequence[float | None], highs: Sequence[float | None]
) -> None:
    """Shade between ``lows`` and ``highs``; where either is None the band has a gap."""
    rows = [(place, low, high) for place, low, high in zip(places, lows, highs, strict=True)]
    xs: list[object] = []
    ys: list[float | None] = []
    for known, run in groupby(rows, key=lambda row: row[1] is not None and row[2] is not None):
        if known:
            parts = list(run)
            xs += [place for place, _, _ in parts] + [place for place, _, _ in reversed(parts)] + [None]
            ys += [high for _, _, high in parts] + [low for _, low, _ in reversed(parts)] + [None]
    if xs:
        figure.add_scatter(
            x=xs[:-1],
            y=ys[:-1],
            mode="lines",
            line={"width": 0, "color": MAIN},
            fill="toself",
            fillcolor=MAIN,
            opacity=BAND_OPACITY,
            hoverinfo="skip",
            showlegend=False,
        )


def legend_above(figure: go.Figure, *, shown: bool = True) -> None:
    """The legend in one line above the plot, at its right end."""
    figure.update_layout(
        showlegend=shown,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom", "itemwidth": 30},
        margin={"t": 36},
    )


def dashed(
    figure: go.Figure, days: Sequence[date], values: Sequence[float | None], *, name: str, said: list[str]
) -> None:
    """What was to be expected each day: a faint dashed line; ``said`` are its words under the pointer."""
    figure.add_scatter(
        x=[day.isoformat() for day in days],
        y=list(values),
        name=name,
        mode="lines",
        line={"color": MUTED, "width": 1.75, "dash": "dash"},
        opacity=FAINT + 0.3,
        hovertext=said,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def reach(value: object, bound: object) -> float:
    """How far an interval reaches from a value to one of its ends; 0 where either is unknown."""
    return abs(bound - value) if isinstance(bound, float) and isinstance(value, float) else 0.0


def hollow(size: int = 9, color: str = MAIN) -> dict[str, object]:
    """The marker of something not finished or not yet due."""
    return {"size": size, "color": PAPER, "line": {"color": color, "width": 2}}


def solid(size: int = 6, color: str = MAIN) -> dict[str, object]:
    """The marker of a finished value."""
    return {"size": size, "color": color}
