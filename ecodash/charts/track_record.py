"""A forecast against what came true: the nearer to the diagonal, the better."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import corner, round_values
from ecodash.charts.base import blank, nothing
from ecodash.charts.roles import MAIN, MUTED
from ecodash.i18n import Reader, count, number, t


def calibration(frame: pl.DataFrame, *, reader: Reader, title: str) -> go.Figure:
    """A point per group of like forecasts: ``forecast`` across, ``actual`` up with ``low`` and ``high``; ``customers``."""
    known = frame.drop_nulls(["forecast", "actual"])
    if known.is_empty():
        return nothing(reader.language, title=title)
    rows = list(known.iter_rows(named=True))
    alt = t(
        "chart.track_record.alt",
        reader.language,
        title=title,
        list=t("chart.list_separator", reader.language).join(_hover(row, reader) for row in rows),
    )
    figure = blank(title=title, alt=alt, height=340)
    top = max(float(known[name].max() or 0.0) for name in ("forecast", "actual", "high")) or 1.0  # type: ignore[arg-type]
    figure.add_scatter(
        x=[0, top], y=[0, top], mode="lines", line={"color": MUTED, "width": 1, "dash": "dash"}, hoverinfo="skip"
    )
    figure.add_scatter(
        x=known["forecast"].to_list(),
        y=known["actual"].to_list(),
        mode="markers",
        marker={"size": 9, "color": MAIN},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (known["high"] - known["actual"]).round(12).to_list(),
            "arrayminus": (known["actual"] - known["low"]).round(12).to_list(),
            "color": MAIN,
            "thickness": 1.25,
            "width": 4,
        },
        hovertext=[_hover(row, reader) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    _axes(figure, top, reader)
    return figure


def _axes(figure: go.Figure, top: float, reader: Reader) -> None:
    ticks = [tick for tick in round_values(0.0, top) if tick <= top * 1.15]
    shown = [number(tick, reader.language, 0 if top >= 5 else 2) for tick in ticks]  # noqa: PLR2004
    axis = {"range": [-top * 0.03, top * 1.08], "tickmode": "array", "tickvals": ticks, "ticktext": shown}
    figure.update_layout(margin={"b": 36})
    figure.update_xaxes(
        **axis, showgrid=True, title={"text": t("chart.track_record.forecast", reader.language), "standoff": 6}
    )
    figure.update_yaxes(**axis, showgrid=True)
    corner(figure, t("chart.track_record.actual", reader.language))


def _hover(row: Mapping[str, object], reader: Reader) -> str:
    return t(
        "chart.track_record.hover",
        reader.language,
        n=count(int(str(row["customers"])), reader.language, exact=True),
        forecast=number(float(str(row["forecast"])), reader.language, 2),
        actual=number(float(str(row["actual"])), reader.language, 2),
    )
