"""A report → one HTML file: charts live, the chart library inside once, no request allowed, ready to print."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from importlib.resources import files

from ecodash import __version__
from ecodash.export.report.document import Chart, Look, Page, Report, Scope, Section, Theme, Tile
from ecodash.export.report.tables import definitions_html, folded, table_html
from ecodash.export.table import Definition
from ecodash.i18n import Reader, moment_text, t

TAGS = {"zh": "zh-CN", "en": "en"}
SMALL = 80


@dataclass(frozen=True)
class _Pen:
    """Writes for one reader; collects the figures on the way."""

    reader: Reader
    figures: list[str] = field(default_factory=list)

    def word(self, name: str, **values: object) -> str:
        return escape(t(f"report.{name}", self.reader.language, **values))

    def chart(self, chart: Chart) -> str:
        name = f"figure-{len(self.figures)}"
        self.figures.append(_data(name, chart.figure.to_json()))
        small = ' data-small="1"' if chart.height <= SMALL else ""
        return (
            f'<div class="plot" role="group" aria-label="{escape(chart.alt)}" data-figure="{name}"{small}'
            f' style="min-height:{int(chart.height)}px"></div>'
        )


def html_bytes(report: Report, look: Look) -> bytes:
    """The file. Its policy admits nothing but the two scripts it carries, by their hash; every text is escaped."""
    pen = _Pen(report.reader)
    pages = "".join(_page(page, report, place, pen) for place, page in enumerate(report.pages))
    own = files("ecodash.export.report").joinpath("report.js").read_text(encoding="utf-8")
    style = _colors(look) + files("ecodash.export.report").joinpath("report.css").read_text(encoding="utf-8")
    themes = {name: _theme(theme) for name, theme in (("light", look.light), ("dark", look.dark))}
    made = moment_text(report.made)
    return "\n".join(
        (
            f'<!doctype html><html lang="{TAGS[report.reader.language]}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(look.library, own)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
            f"<title>{escape(report.title)}</title><style>{style}</style></head><body>",
            f'<header class="file"><p class="muted">{pen.word("made", moment=made, version=__version__)}</p>',
            f'<button type="button" id="theme">{pen.word("theme")}</button></header>',
            f"<noscript><p>{pen.word('noscript')}</p></noscript><main>{pages}</main>",
            *pen.figures,
            _data("themes", json.dumps(themes, ensure_ascii=False)),
            f"<script>{look.library}</script><script>{own}</script></body></html>",
        )
    ).encode()


def _page(page: Page, report: Report, place: int, pen: _Pen) -> str:
    """A page, its scope as the first block; not said again where it is that of the page before."""
    repeated = place > 0 and report.pages[place - 1].scope == page.scope
    parts = [f"<h1>{escape(page.title)}</h1>", f'<p class="muted">{escape(page.question)}</p>']
    parts += [] if repeated else [_scope(page.scope, pen)]
    parts += [_section(section, pen) for section in page.sections]
    definitions = _definitions(page)
    if definitions:
        parts.append(
            f"<section><h2>{pen.word('definitions')}</h2>{definitions_html(definitions, pen.reader)}</section>"
        )
    return f'<div class="page">{"".join(parts)}</div>'


def _scope(scope: Scope, pen: _Pen) -> str:
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in scope.lines)
    loads = "".join(
        f"<tr><td>{escape(one.file)}</td><td>{moment_text(one.loaded) if one.loaded else ''}</td>"
        f"<td><code>{escape(one.sha256)}</code></td></tr>"
        for one in scope.loads
    )
    head = "".join(f'<th scope="col">{pen.word(name)}</th>' for name in ("file", "loaded", "sha256"))
    files_html = (
        f'<details class="short"><summary>{pen.word("files", n=len(scope.loads))}</summary>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{loads}</tbody></table></details>"
    )
    print_ = (
        f"<dt>{pen.word('load_hash')}</dt><dd><code>{escape(scope.load_hash)}</code></dd>" if scope.load_hash else ""
    )
    return (
        f'<section class="scope"><h2>{pen.word("scope")}</h2><dl>{lines}{print_}</dl>'
        f"{files_html if scope.loads else ''}</section>"
    )


def _section(section: Section, pen: _Pen) -> str:
    tiles = f'<div class="tiles">{"".join(_tile(tile, pen) for tile in section.tiles)}</div>' if section.tiles else ""
    parts = [f"<h2>{escape(section.title)}</h2>"] if section.title else []
    parts += [f"<p{_quiet(section)}>{escape(line)}</p>" for line in section.lines]
    if section.chart:
        parts = [f'<div class="keep">{"".join(parts)}{pen.chart(section.chart)}</div>']
    if section.table is not None:
        parts.append((folded if section.chart else table_html)(section.table, pen.reader))
    if section.definitions and not section.table:
        parts.append(definitions_html(section.definitions, pen.reader))
    return tiles + (f"<section>{''.join(parts)}</section>" if parts else "")


def _quiet(section: Section) -> str:
    return ' class="muted"' if section.chart or section.table else ""


def _tile(tile: Tile, pen: _Pen) -> str:
    change = f'<div class="{tile.tone}">{escape(tile.change)}</div>' if tile.change else ""
    lines = "".join(f"<div>{escape(line)}</div>" for line in tile.lines)
    chart = pen.chart(tile.chart) if tile.chart else ""
    return (
        f'<div class="card"><div>{escape(tile.name)}</div><div class="value">{escape(tile.value)}</div>'
        f'{change}<div class="tile-lines">{lines}</div>{chart}</div>'
    )


def _definitions(page: Page) -> list[Definition]:
    found = [tile.definition for section in page.sections for tile in section.tiles if tile.definition]
    found += [one for section in page.sections if section.table for one in section.table.notes.definitions]
    return list(dict.fromkeys(found))


def _data(name: str, json_text: str) -> str:
    """JSON to be read by the script; no sign in it can end the element."""
    safe = json_text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return f'<script type="application/json" id="{name}">{safe}</script>'


def _theme(theme: Theme) -> Mapping[str, object]:
    return {"tokens": dict(theme.tokens), "template": json.loads(theme.template)}


def _colors(look: Look) -> str:
    light, dark = (
        ";".join(f"--{name}:{value}" for name, value in one.colors.items()) for one in (look.light, look.dark)
    )
    return (
        f":root{{{light}}}@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f":root[data-theme=dark]{{{dark}}}@media print{{:root,:root[data-theme]{{{light}}}}}\n"
    )


def _policy(*scripts: str) -> str:
    hashes = " ".join(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
