"""What happened on a day, as numbered flags on any chart with a time axis, and the words that belong to the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from ecodash.charts.base import label
from ecodash.charts.roles import MUTED, PAPER

CLOSE = 0.04
LEVELS = 3
LEVEL_HEIGHT = 20
SHADE = 0.1


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something that happened on ``day``, or from then until ``end``; its number stands on the chart, its words below."""

    day: date
    number: int
    words: str
    end: date | None = None


def flagged(figure: go.Figure, marks: Sequence[Mark]) -> go.Figure:
    """Put a numbered flag on ``figure`` for every mark its time axis shows, and give the figure back.

    A mark that lasts is also shaded. Flags closer than 4 % of the axis stand below one another. A figure without a
    time axis, and marks outside of it, are left alone; which ones were drawn says ``marks_on``.
    """
    bounds = shown_days(figure)
    if bounds is None:
        return figure
    first, last = bounds
    seen = [mark for mark in marks if mark.day <= last and (mark.end or mark.day) >= first]
    for mark, level in zip(seen, _levels(seen, (last - first).days), strict=True):
        _flag(figure, mark, level, bounds)
    if not seen:
        return figure
    told = [
        {
            "number": mark.number,
            "day": mark.day.isoformat(),
            "end": mark.end and mark.end.isoformat(),
            "words": mark.words,
        }
        for mark in seen
    ]
    figure.update_layout(meta={**(figure.layout.meta or {}), "marks": told})
    return figure


def marks_on(figure: go.Figure) -> list[Mark]:
    """The marks drawn on a figure, in the order of their numbers; none when there are none."""
    told = (figure.layout.meta or {}).get("marks", [])
    marks = [
        Mark(
            day=date.fromisoformat(one["day"]),
            end=date.fromisoformat(one["end"]) if one["end"] else None,
            number=one["number"],
            words=one["words"],
        )
        for one in told
    ]
    return sorted(marks, key=lambda mark: mark.number)


def shown_days(figure: go.Figure) -> tuple[date, date] | None:
    """The first day drawn and the last of the time axis; None for a figure without one."""
    axis = figure.layout.xaxis
    if axis.type != "date" or axis.range is None or axis.visible is False:
        return None
    first, last = (date.fromisoformat(str(end)[:10]) for end in axis.range)
    begun = [date.fromisoformat(str(trace.x[0])[:10]) for trace in figure.data if trace.x is not None and len(trace.x)]
    return max([first, *([min(begun)] if begun else [])]), last


def _levels(marks: Sequence[Mark], days: int) -> list[int]:
    """How far down each flag stands, so that neighbours do not cover each other."""
    free = [date.min] * LEVELS
    found = []
    for mark in marks:
        level = next((i for i in range(LEVELS) if free[i] <= mark.day), LEVELS - 1)
        free[level] = mark.day + timedelta(days=days * CLOSE)
        found.append(level)
    return found


def _flag(figure: go.Figure, mark: Mark, level: int, bounds: tuple[date, date]) -> None:
    place = max(mark.day, bounds[0]).isoformat()
    if mark.end is not None and mark.end > mark.day:
        shade = {"line": {"width": 0}, "fillcolor": MUTED, "opacity": SHADE}
        _shape(figure, "rect", (place, min(mark.end, bounds[1]).isoformat()), shade)
    _shape(figure, "line", (place, place), {"line": {"color": MUTED, "width": 1, "dash": "dot"}})
    figure.add_annotation(
        x=place,
        y=1,
        yref="paper",
        yanchor="top",
        yshift=-LEVEL_HEIGHT * level,
        text=f"<b>{mark.number}</b>",
        hovertext=label(mark.words),
        showarrow=False,
        font={"size": 11, "color": PAPER},
        bgcolor=MUTED,
        borderpad=3,
    )


def _shape(figure: go.Figure, kind: str, ends: tuple[str, str], look: dict[str, object]) -> None:
    """Something from the bottom of the plot to its top, behind the data."""
    figure.add_shape(type=kind, x0=ends[0], x1=ends[1], y0=0, y1=1, yref="paper", layer="below", **look)
