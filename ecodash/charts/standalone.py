"""What figures need outside the app: the chart library as text, and what the colour tokens become in each theme."""

import json
from collections.abc import Mapping

from plotly.offline import get_plotlyjs

from ecodash.charts.paint import FONT, PALETTES, Theme, template


def library() -> str:
    """The whole of plotly.js, 4.8 MB of text; a file needs it once, however many figures it has."""
    return str(get_plotlyjs())


def tokens(theme: Theme) -> Mapping[str, str]:
    """The colour of each token."""
    return PALETTES[theme].tokens


def template_json(theme: Theme) -> str:
    """The template of figures in this theme, as JSON."""
    return json.dumps(template(PALETTES[theme]).to_plotly_json())


def colors(theme: Theme) -> Mapping[str, str]:
    """The colours and the font of the page around the figures, by name."""
    palette = PALETTES[theme]
    names = ("good", "bad", "muted", "text", "paper", "pale", "grid")
    return {**{name: str(getattr(palette, name)) for name in names}, "font": FONT}
