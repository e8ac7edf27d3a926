"""How long until the next purchase."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.axis import value_axis
from ecodash.charts.base import MOST_POINTS, blank, nothing
from ecodash.charts.marks import band, solid
from ecodash.charts.roles import MAIN, TEXT
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, count, days, ratio, t

MILESTONES = (7, 30, 60, 90, 180, 365, 540, 730)
MOST_MILESTONES = 5
CLOSEST = 0.12


def curve(frame: pl.DataFrame, *, reader: Reader, horizon: int | None = None) -> go.Figure:
    """Steps of CURVE: the share who have bought again by each day, with its band, up to ``horizon`` days.

    Below the axis: how many customers are still being watched on that day, because the curve is worth no more than they
    are. The share at 30, 60, 90 … days is written on the curve.
    """
    title = t("chart.survival.question", reader.language)
    frame = frame.filter(pl.col("day") <= (horizon or 10**6)).drop_nulls("value").head(MOST_POINTS // 3)
    if frame.is_empty():
        return nothing(reader.language, title=title)
    last = int(frame["day"][-1])
    at = _milestones(frame, last)
    figure = blank(title=_finding(at, reader), alt=_alt(at, reader), height=360)
    value_axis(figure, [*frame["value"], *frame["high"]], unit=Unit.RATIO, reader=reader)
    _band(figure, frame)
    _steps(figure, frame, reader)
    _labelled(figure, at, reader)
    _days(figure, at, last, reader)
    return figure


def _milestones(frame: pl.DataFrame, last: int) -> pl.DataFrame:
    """The curve at round days far enough apart to be labelled, its last day always among them.

    The share is that of the day before or on it; watched on a day are those the next known day still counts.
    """
    wanted: list[int] = []
    for day in sorted({day for day in MILESTONES if day <= last} | {last}, reverse=True):
        if not wanted or wanted[-1] - day >= CLOSEST * last:
            wanted.append(day)
    grid = pl.DataFrame({"at": sorted(wanted)[-MOST_MILESTONES - 1 :]}, schema={"at": pl.Int64})
    known = frame.sort("day")
    watched = known.select("day", watched="at_risk")
    return (
        grid.join_asof(known, left_on="at", right_on="day")
        .join_asof(watched, left_on="at", right_on="day", strategy="forward")
        .with_columns(at_risk=pl.coalesce("watched", "at_risk"))
        .drop_nulls("value")
    )


def _band(figure: go.Figure, frame: pl.DataFrame) -> None:
    """The band has the steps of the curve: every bound holds until the next day that has one."""
    starts, lows, highs = (frame[column].to_list() for column in ("day", "low", "high"))
    until = [*starts[1:], starts[-1]]
    band(
        figure,
        [edge for pair in zip(starts, until, strict=True) for edge in pair],
        [low for low in lows for _ in range(2)],
        [high for high in highs for _ in range(2)],
    )


def _steps(figure: go.Figure, frame: pl.DataFrame, reader: Reader) -> None:
    figure.add_scatter(
        x=frame["day"].to_list(),
        y=frame["value"].to_list(),
        mode="lines",
        line={"color": MAIN, "width": 2.25, "shape": "hv"},
        hovertext=[_hover(row, reader) for row in frame.iter_rows(named=True)],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _number(row: dict[str, float | int | None], reader: Reader) -> str:
    share = ratio(row["value"] or 0.0, reader.language)
    if row["low"] is None or row["high"] is None:
        return share
    low, high = ratio(row["low"], reader.language), ratio(row["high"], reader.language)
    bounds = f"{low.removesuffix('%')}–{high.removesuffix('%')}"
    return t("number.with_interval", reader.language, value=share, interval=bounds)


def _hover(row: dict[str, float | int | None], reader: Reader) -> str:
    return t(
        "chart.survival.hover",
        reader.language,
        days=days(row["day"] or 0, reader.language),
        number=_number(row, reader),
        n=count(row["at_risk"] or 0, reader.language, exact=True),
    )


def _labelled(figure: go.Figure, at: pl.DataFrame, reader: Reader) -> None:
    days_shown = at["at"].to_list()
    figure.add_scatter(x=days_shown, y=at["value"].to_list(), mode="markers", marker=solid(8), hoverinfo="skip")
    figure.add_scatter(
        x=days_shown,
        y=at.select(pl.coalesce("high", "value")).to_series().to_list(),
        mode="text",
        text=[f"<b>{ratio(value, reader.language)}</b>" for value in at["value"]],
        textposition="top center",
        textfont={"color": TEXT, "size": 13},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _days(figure: go.Figure, at: pl.DataFrame, last: int, reader: Reader) -> None:
    watched = [count(value, reader.language) for value in at["at_risk"]]
    figure.update_xaxes(
        range=[0, max(last, 1) * 1.06],
        tickmode="array",
        tickvals=[0, *at["at"].to_list()],
        ticktext=["0", *[f"{day}<br>{n}" for day, n in zip(at["at"], watched, strict=True)]],
        ticks="outside",
        ticklen=4,
        tickangle=0,
        title={"text": t("chart.survival.axis", reader.language), "standoff": 8},
    )


def _finding(at: pl.DataFrame, reader: Reader) -> str:
    row = at.row(-1, named=True)
    shown = next((r for r in at.iter_rows(named=True) if r["at"] == 90), row)  # noqa: PLR2004  (the headline day)
    return t(
        "chart.survival.finding",
        reader.language,
        days=days(shown["at"], reader.language),
        number=_number(shown, reader),
    )


def _alt(at: pl.DataFrame, reader: Reader) -> str:
    listed = t("chart.list_separator", reader.language).join(
        f"{days(row['at'], reader.language)} {_number(row, reader)}" for row in at.iter_rows(named=True)
    )
    return t("chart.survival.alt", reader.language, list=listed)
