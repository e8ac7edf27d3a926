"""The blank figure every chart starts from, its words, and the text escaping labels need."""

from collections.abc import Mapping

import plotly.graph_objects as go

from ecodash.charts.roles import MUTED
from ecodash.core.text import Language
from ecodash.i18n import t

CONFIG: Mapping[str, object] = {"displaylogo": False, "displayModeBar": False, "responsive": True, "scrollZoom": False}
"""Pass to ``st.plotly_chart(config=…)`` and ``write_html``: no tool bar, no zoom by accident."""
MOST_POINTS = 10_000
HEIGHT = 320


def label(text: str) -> str:
    """``text`` from data, harmless in a figure: no tags, no entities, and never taken for a colour token."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("#", "&#35;")


def blank(*, title: str, alt: str, height: int = HEIGHT) -> go.Figure:
    """An empty figure without a theme of its own. ``title`` and ``alt`` ride along as ``layout.meta``.

    The page prints the title as a real heading (it wraps on a phone and is read aloud); files get it from ``paint``.
    """
    axis = {"showgrid": False, "zeroline": False, "automargin": True, "fixedrange": True}
    spike = {"spikecolor": MUTED, "spikethickness": 1, "spikedash": "solid"}
    return go.Figure(
        layout={
            "template": go.layout.Template(),
            "meta": {"title": title, "alt": alt},
            "height": height,
            "margin": {"l": 8, "r": 20, "t": 28, "b": 8},
            "hovermode": "closest",
            "hoverdistance": 48,
            "showlegend": False,
            "bargap": 0.28,
            "barcornerradius": 3,
            "xaxis": {**axis, **spike, "title": {"font": {"size": 12}}},
            "yaxis": {**axis, "ticks": "", "ticklabelstandoff": 6},
        }
    )


def nothing(language: Language, *, title: str, height: int = HEIGHT) -> go.Figure:
    """A figure that says in words that there is nothing to draw: never an empty pair of axes."""
    figure = blank(title=title, alt=t("chart.nothing", language), height=height)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(
        text=t("chart.nothing", language),
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        showarrow=False,
        font={"color": MUTED},
    )
    return figure


def title_text(figure: go.Figure) -> str:
    """The question or finding the figure answers, for the heading above it."""
    return str(figure.layout.meta["title"])


def alt_text(figure: go.Figure) -> str:
    """What the figure shows, in words, for a reader who cannot see it."""
    return str(figure.layout.meta["alt"])
