"""What a report is made of, before it is written: pages of sections, each said, drawn or tabled. All text is plain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from ecodash.export.table import Definition, LoadedFile, Table
from ecodash.i18n import Reader

Tone = Literal["good", "bad", "plain"]


class Drawing(Protocol):
    """A figure as Plotly knows it; this room only needs its JSON."""

    def to_json(self) -> str:
        """The figure as JSON, colours as tokens."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A figure, what it shows in words, and its height in pixels."""

    figure: Drawing
    alt: str
    height: int


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A number with what is said about it; ``change`` against another period is good news, bad news or neither."""

    name: str
    value: str
    change: str = ""
    tone: Tone = "plain"
    lines: Sequence[str] = ()
    chart: Chart | None = None
    definition: Definition | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """One block of a page: any of tiles, sentences, a chart, the table behind it, definitions."""

    title: str = ""
    lines: Sequence[str] = ()
    tiles: Sequence[Tile] = ()
    chart: Chart | None = None
    table: Table | None = None
    definitions: Sequence[Definition] = ()


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a page is about: ``lines`` of name and value (window, comparison, every filter …) and the files behind it."""

    lines: Sequence[tuple[str, str]] = ()
    loads: Sequence[LoadedFile] = ()
    load_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page as it stood on the screen."""

    title: str
    question: str = ""
    scope: Scope = Scope()
    sections: Sequence[Section] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """One file of one or several pages, for whom, and when it was made."""

    title: str
    reader: Reader
    pages: Sequence[Page]
    made: datetime


@dataclass(frozen=True, kw_only=True)
class Theme:
    """What colour tokens become, the template of figures as JSON, and the colours of the page by name."""

    tokens: Mapping[str, str]
    template: str
    colors: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a report needs to draw: the whole chart library as text, and both themes."""

    library: str
    light: Theme
    dark: Theme
