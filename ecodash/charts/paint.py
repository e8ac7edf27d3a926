"""A figure made to stand alone in a file: real colours in place of tokens, fonts, and the title printed on it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from ecodash.charts.base import CONFIG, label, title_text
from ecodash.charts.roles import BAD, GOOD, MUTED, PALE, PAPER, SEQUENTIAL, SERIES, TEXT

Theme = Literal["light", "dark"]
FONT = "'Source Sans 3', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
WIDE = 900
TITLE_SIZE = 18
TITLE_LINE = 26
FIRST_IDEOGRAM = 0x2E80
WORD = r"(?:[\u2e80-\uffff]|[^\s\u2e80-\uffff]+)[）。，；：？！、]*\s*"
LETTER, IDEOGRAM = 9.5, 18.5


@dataclass(frozen=True, kw_only=True)
class Palette:
    """What the roles look like in one theme; the same colours as the app's theme (a test compares them)."""

    series: tuple[str, ...]
    sequential: tuple[str, ...]
    good: str
    bad: str
    muted: str
    text: str
    paper: str
    pale: str
    grid: str

    @property
    def tokens(self) -> Mapping[str, str]:
        """Colour per token."""
        return {
            **dict(zip(SERIES, self.series, strict=True)),
            **dict(zip(SEQUENTIAL, self.sequential, strict=True)),
            GOOD: self.good,
            BAD: self.bad,
            MUTED: self.muted,
            TEXT: self.text,
            PAPER: self.paper,
            PALE: self.pale,
        }


LIGHT = Palette(
    series=(
        *("#0F766E", "#D95A1E", "#17338C", "#D0437F", "#7C95AC"),
        *("#701F6A", "#85962A", "#2C93BC", "#962F18", "#2F4A50"),
    ),
    sequential=(
        *("#EFF8F6", "#D8EEEA", "#B9E0D9", "#93CFC5", "#69BAAD"),
        *("#41A294", "#23897D", "#0F6F66", "#0B564F", "#083F3A"),
    ),
    good="#15803D",
    bad="#C2293F",
    muted="#5F6F6C",
    text="#0B1715",
    paper="#FFFFFF",
    pale="#F3F6F5",
    grid="#DEE7E4",
)
DARK = Palette(
    series=(
        *("#3A9A80", "#EFB05F", "#8193F8", "#FB5F8C", "#E3EFEA"),
        *("#97599C", "#D8CE3A", "#9DE0E8", "#D9834A", "#8AA5C2"),
    ),
    sequential=(
        *("#13282A", "#143836", "#154A45", "#175F56", "#1C776B"),
        *("#279182", "#45AC9C", "#72C6B8", "#A3DDD3", "#D3F1EB"),
    ),
    good="#4ADE80",
    bad="#F87185",
    muted="#93A5A2",
    text="#E4ECEA",
    paper="#0E1517",
    pale="#172225",
    grid="#29383B",
)
PALETTES: Mapping[Theme, Palette] = {"light": LIGHT, "dark": DARK}


def painted(figure: go.Figure, *, theme: Theme = "light", width: int | None = None) -> go.Figure:
    """A copy of ``figure`` for a report, with its title wrapped to ``width`` pixels; ``figure`` is not changed."""
    palette = PALETTES[theme]
    drawn = figure.to_json()
    for token, color in palette.tokens.items():
        drawn = drawn.replace(token, color)
    copy = go.Figure(json.loads(drawn), skip_invalid=False)
    copy.update_layout(template=template(palette))
    lines = _lines(title_text(figure), (width or WIDE) - 24)
    copy.update_layout(
        width=width,
        height=(figure.layout.height or 0) + TITLE_LINE * len(lines),
        title={
            "text": "<b>" + "<br>".join(label(line) for line in lines) + "</b>",
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": 8, "t": 10 + TITLE_LINE // 2 * (len(lines) - 1)},
            "font": {"size": TITLE_SIZE},
        },
        margin={"t": (figure.layout.margin.t or 0) + TITLE_LINE * len(lines)},
    )
    return copy


def _lines(words: str, room: int) -> list[str]:
    """``words`` broken into lines of at most about ``room`` pixels: between words, or between any two Chinese signs."""
    lines, used = [""], 0.0
    for part in re.findall(WORD, words):
        size = sum(IDEOGRAM if ord(sign) >= FIRST_IDEOGRAM else LETTER for sign in part)
        if used and used + size > room:
            lines.append("")
            used = 0.0
        lines[-1] += part
        used += size
    return lines


def template(palette: Palette) -> go.layout.Template:
    """The look of figures with this palette: fonts, grounds, grids."""
    axis = {"gridcolor": palette.grid, "zerolinecolor": palette.grid, "tickcolor": palette.grid}
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": palette.muted},
            "paper_bgcolor": palette.paper,
            "plot_bgcolor": palette.paper,
            "colorway": palette.series,
            "title": {"font": {"color": palette.text}},
            "legend": {"font": {"color": palette.text}},
            "hoverlabel": {
                "bgcolor": palette.paper,
                "bordercolor": palette.grid,
                "font": {"color": palette.text, "family": FONT},
            },
            "xaxis": axis,
            "yaxis": axis,
        }
    )


def html(figure: go.Figure, *, theme: Theme = "light", width: int | None = None) -> str:
    """``figure`` as one self-contained page; it fetches nothing."""
    page = painted(figure, theme=theme, width=width).to_html(include_plotlyjs=True, config=dict(CONFIG))
    return str(page)
