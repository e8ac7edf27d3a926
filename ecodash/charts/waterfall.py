"""How one number becomes another: a bar from zero, what is added or taken away step by step, and the bar it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import plotly.graph_objects as go

from ecodash.charts.base import blank, label, nothing
from ecodash.charts.roles import BAD, GOOD, MAIN, MUTED, SERIES, TEXT
from ecodash.core.unit import Unit
from ecodash.i18n import Reader, points, t, value_text
from ecodash.metrics.metric import Better

ROW_HEIGHT = 38
LABEL_WIDTH = 22
NARROW_PLOT = 190
LETTER = 8.0
LAST_NARROW = 0x2E7F
ROUNDING = 1e-9
RISE, FALL = SERIES[2], SERIES[1]


class StepKind(StrEnum):
    """``level``: a value from zero, first, between or last. ``change``: what is added to it; negative when taken away."""

    LEVEL = "level"
    CHANGE = "change"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row, top to bottom. ``value`` in the unit of the chart (a change of a ratio as a difference of ratios).

    ``said`` is written in place of the number, such as the sign of a level that is itself a change.
    """

    label: str
    value: float
    kind: StepKind = StepKind.CHANGE
    hint: str = ""
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class _Bar:
    step: Step
    base: float
    end: float


def bridge(
    steps: Sequence[Step], *, unit: Unit, reader: Reader, title: str, better: Better = Better.CONTEXT
) -> go.Figure:
    """Horizontal waterfall of ``steps`` from zero, each with its signed number; ``title`` is the finding above it.

    Rises are good or bad news as ``better`` says, in two neutral colours for ``context``. Every level after the first
    must be what the steps before it come to: raises ValueError otherwise, since the picture claims just that.
    """
    if not steps:
        return nothing(reader.language, title=title)
    bars = _bars(steps)
    figure = blank(title=title, alt=_alt(steps, unit, reader, title), height=20 + ROW_HEIGHT * len(bars))
    figure.update_layout(margin={"t": 4})
    _connect(figure, bars)
    figure.add_bar(
        orientation="h",
        base=[min(bar.base, bar.end) for bar in bars],
        x=[abs(bar.end - bar.base) for bar in bars],
        y=list(range(len(bars))),
        marker={"color": [_color(bar.step, better) for bar in bars]},
        hovertext=[_hover(bar.step, unit, reader) for bar in bars],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    written = [signed(step, unit, reader) for step in steps]
    figure.add_scatter(
        x=[max(bar.base, bar.end, 0.0) for bar in bars],
        y=list(range(len(bars))),
        mode="text",
        text=[f" {text}" for text in written],
        textposition="middle right",
        textfont={"color": TEXT, "size": 13},
        hoverinfo="skip",
        cliponaxis=False,
    )
    _axes(figure, bars, written)
    return figure


def signed(step: Step, unit: Unit, reader: Reader) -> str:
    """The number of a step as it is written: a level plainly, a change with its sign, that of a ratio in points."""
    if step.said:
        return step.said
    if step.kind is StepKind.LEVEL:
        return value_text(step.value, unit, reader.language, reader.currency)
    if unit in (Unit.RATIO, Unit.POINTS):
        return points(step.value, reader.language)
    shown = value_text(step.value, unit, reader.language, reader.currency)
    return f"+{shown}" if step.value > 0 else shown


def _bars(steps: Sequence[Step]) -> list[_Bar]:
    bars: list[_Bar] = []
    reached = 0.0
    scale = max(abs(step.value) for step in steps)
    for index, step in enumerate(steps):
        if step.kind is StepKind.CHANGE:
            bars.append(_Bar(step=step, base=reached, end=reached + step.value))
        else:
            if index and abs(step.value - reached) > ROUNDING * max(scale, 1.0):
                raise ValueError(f"{step.label}: the steps come to {reached}, not {step.value}")
            bars.append(_Bar(step=step, base=0.0, end=step.value))
        reached = bars[-1].end
    return bars


def _color(step: Step, better: Better) -> str:
    if step.kind is StepKind.LEVEL:
        return MAIN
    if step.value == 0:
        return MUTED
    if better is Better.CONTEXT:
        return FALL if step.value < 0 else RISE
    return GOOD if (step.value > 0) == (better is Better.HIGHER) else BAD


def _connect(figure: go.Figure, bars: Sequence[_Bar]) -> None:
    """Thin lines from the end of each bar to the next, so that the eye follows the running value."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for place, (bar, _) in enumerate(pairwise(bars)):
        xs += [bar.end, bar.end, None]
        ys += [place, place + 1, None]
    figure.add_scatter(x=xs, y=ys, mode="lines", line={"color": MUTED, "width": 1}, hoverinfo="skip")


def _axes(figure: go.Figure, bars: Sequence[_Bar], written: Sequence[str]) -> None:
    lowest = min(0.0, *(min(bar.base, bar.end) for bar in bars))
    ends = [max(bar.base, bar.end, 0.0) for bar in bars]
    room = [min(LETTER * _width(text) / NARROW_PLOT, 0.6) for text in written]
    reach = max((end - share * lowest) / (1 - share) for end, share in zip(ends, room, strict=True))
    longest = reach if reach > lowest else 1.0
    figure.update_xaxes(
        range=[lowest * 1.05, longest], tickmode="array", tickvals=[0.0], showticklabels=False, zeroline=True
    )
    figure.update_yaxes(
        range=[len(bars) - 0.4, -0.6],
        tickmode="array",
        tickvals=list(range(len(bars))),
        ticktext=[_name(bar.step) for bar in bars],
    )


def _name(step: Step) -> str:
    """The label in at most two lines; a level stands in bold."""
    lines = [""]
    for part in _pieces(step.label):
        if _width(lines[-1] + part) > LABEL_WIDTH and lines[-1]:
            lines.append("")
        lines[-1] += part
    if len(lines) > 2:  # noqa: PLR2004 - a third line would run into the next row
        lines = [lines[0], lines[1].rstrip() + "…"]
    name = "<br>".join(label(line.strip()) for line in lines)
    return f"<b>{name}</b>" if step.kind is StepKind.LEVEL else name


def _pieces(text: str) -> list[str]:
    """Where a line may break: after a space, and between any two Chinese signs."""
    pieces = [""]
    for sign in text:
        pieces[-1] += sign
        if sign == " " or ord(sign) > LAST_NARROW:
            pieces.append("")
    return [piece for piece in pieces if piece]


def _width(text: str) -> int:
    return sum(1 + (ord(sign) > LAST_NARROW) for sign in text)


def _hover(step: Step, unit: Unit, reader: Reader) -> str:
    said = f"{label(step.label)}: {signed(step, unit, reader)}"
    return f"{said}<br>{label(step.hint)}" if step.hint else said


def _alt(steps: Sequence[Step], unit: Unit, reader: Reader, title: str) -> str:
    listed = t("chart.list_separator", reader.language).join(
        f"{step.label} {signed(step, unit, reader)}" for step in steps
    )
    return t("chart.waterfall.alt", reader.language, title=title, list=listed)
