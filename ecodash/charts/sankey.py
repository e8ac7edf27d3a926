"""Flows between stages: how many go from where to where."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ecodash.charts.base import blank, label, nothing
from ecodash.charts.roles import MUTED, SEQUENTIAL, TEXT
from ecodash.core.text import Language
from ecodash.i18n import count, ratio, t

HEIGHT = 380
LINK = SEQUENTIAL[2]
PAD = 0.02


@dataclass(frozen=True, kw_only=True)
class Node:
    """A place of a ``stage`` (0, 1, 2 … from left to right): its code, name and colour role."""

    stage: int
    code: str
    name: str
    color: str


@dataclass(frozen=True, kw_only=True)
class Flow:
    """``n`` go from node ``source`` to node ``target``, both as (stage, code)."""

    source: tuple[int, str]
    target: tuple[int, str]
    n: int


def sankey(
    nodes: Sequence[Node], flows: Sequence[Flow], *, title: str, heads: Sequence[str], language: Language
) -> go.Figure:
    """The flows between nodes; ``heads`` name the stages. Nodes nobody passes are left out."""
    passed = {end for flow in flows if flow.n for end in (flow.source, flow.target)}
    shown = [node for node in nodes if (node.stage, node.code) in passed]
    if not shown:
        return nothing(language, title=title)
    place = {(node.stage, node.code): index for index, node in enumerate(shown)}
    sizes = _sizes(flows)
    kept = [flow for flow in flows if flow.n]
    names = {key: shown[index].name for key, index in place.items()}
    listed = t("chart.list_separator", language).join(
        f"{names[flow.source]} → {names[flow.target]} {count(flow.n, language, exact=True)}" for flow in kept
    )
    figure = blank(title=title, alt=f"{title}: {listed}", height=HEIGHT)
    figure.update_layout(margin={"t": 34, "l": 8, "r": 8, "b": 12})
    figure.add_sankey(
        arrangement="snap",
        node={
            "label": [
                f"{label(node.name)} {count(sizes[node.stage, node.code], language, exact=True)}" for node in shown
            ],
            "color": [node.color for node in shown],
            "x": [_across(node.stage, len(heads)) for node in shown],
            "y": _down(shown, sizes),
            "pad": 18,
            "thickness": 16,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        link={
            "source": [place[flow.source] for flow in kept],
            "target": [place[flow.target] for flow in kept],
            "value": [flow.n for flow in kept],
            "color": LINK,
            "customdata": [_said(flow, names, sizes, language) for flow in kept],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        textfont={"color": TEXT, "size": 13},
    )
    _heads(figure, heads)
    return figure


def _sizes(flows: Sequence[Flow]) -> dict[tuple[int, str], int]:
    """People per node: what flows in, at the first stage what flows out."""
    found: dict[tuple[int, str], int] = {}
    for flow in flows:
        found[flow.target] = found.get(flow.target, 0) + flow.n
        if flow.source[0] == 0:
            found[flow.source] = found.get(flow.source, 0) + flow.n
    return found


def _across(stage: int, stages: int) -> float:
    return PAD + (1 - 2 * PAD) * stage / max(stages - 1, 1)


def _down(shown: Sequence[Node], sizes: dict[tuple[int, str], int]) -> list[float]:
    """Nodes of a stage from top to bottom in the order given, in proportion to their size."""
    places = []
    for node in shown:
        column = [sizes[one.stage, one.code] for one in shown if one.stage == node.stage]
        above = sum(sizes[one.stage, one.code] for one in shown[: shown.index(node)] if one.stage == node.stage)
        middle = (above + sizes[node.stage, node.code] / 2) / (sum(column) or 1)
        places.append(min(max(middle, 0.03), 0.97))
    return places


def _said(flow: Flow, names: dict[tuple[int, str], str], sizes: dict[tuple[int, str], int], language: Language) -> str:
    share = ratio(flow.n / sizes[flow.source], language) if sizes.get(flow.source) else ""
    ends = f"{label(names[flow.source])} → {label(names[flow.target])}"
    return f"{ends}<br>{count(flow.n, language, exact=True)} ({share})"


def _heads(figure: go.Figure, heads: Sequence[str]) -> None:
    anchors = ["left", *["center"] * (len(heads) - 2), "right"]
    for index, (head, anchor) in enumerate(zip(heads, anchors, strict=True)):
        figure.add_annotation(
            x=index / max(len(heads) - 1, 1), y=1, xref="paper", yref="paper", xanchor=anchor, yanchor="bottom",
            yshift=8, showarrow=False, text=label(head), font={"color": MUTED, "size": 12},
        )  # fmt: skip
