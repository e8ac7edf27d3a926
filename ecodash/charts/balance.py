"""How alike two groups are before and after they are made comparable: a mark each per characteristic."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ecodash.charts.base import blank, label, nothing
from ecodash.charts.marks import hollow, solid
from ecodash.charts.roles import MAIN, MUTED
from ecodash.i18n import Reader, number, t

ROW_HEIGHT, HEAD = 24, 40
LIMIT = 0.1


@dataclass(frozen=True, kw_only=True)
class Row:
    """One characteristic: standardised difference before and after."""

    name: str
    before: float
    after: float


def before_and_after(rows: Sequence[Row], *, title: str, names: tuple[str, str], reader: Reader) -> go.Figure:
    """Hollow marks before, solid ones after; between the thin lines (±0.1) the groups count as alike."""
    if not rows:
        return nothing(reader.language, title=title)
    listed = t("chart.list_separator", reader.language).join(
        f"{row.name} {number(row.before, reader.language, 2)} → {number(row.after, reader.language, 2)}" for row in rows
    )
    figure = blank(title=title, alt=f"{title}: {listed}", height=HEAD + 30 + ROW_HEIGHT * len(rows))
    figure.update_layout(
        margin={"t": HEAD},
        showlegend=True,
        legend={"orientation": "h", "y": 1.01, "yanchor": "bottom", "x": 1, "xanchor": "right"},
    )
    _marks(figure, rows, (names[0], hollow(9, MUTED), [row.before for row in rows]), reader)
    _marks(figure, rows, (names[1], solid(9, MAIN), [row.after for row in rows]), reader)
    for limit in (-LIMIT, LIMIT):
        figure.add_vline(x=limit, line={"color": MUTED, "width": 1, "dash": "dot"})
    far = max(abs(value) for row in rows for value in (row.before, row.after, LIMIT)) * 1.15
    figure.update_xaxes(range=[-far, far], zeroline=True, zerolinewidth=1, showgrid=False)
    figure.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[label(row.name) for row in rows],
    )
    return figure


def _marks(
    figure: go.Figure, rows: Sequence[Row], drawn: tuple[str, dict[str, object], list[float]], reader: Reader
) -> None:
    name, marker, values = drawn
    figure.add_scatter(
        x=values,
        y=list(range(len(rows))),
        name=label(name),
        mode="markers",
        marker=marker,
        hovertext=[
            f"{label(row.name)}<br>{label(name)}: {number(value, reader.language, 2)}"
            for row, value in zip(rows, values, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
