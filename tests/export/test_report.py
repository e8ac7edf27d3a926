"""A report as a file: its order, its one library, its policy, and that no text of the data becomes markup."""

import json
import re
from base64 import b64encode
from datetime import date, datetime
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.core.errors import EcodashError
from ecodash.core.unit import Unit
from ecodash.export import Column, LoadedFile, Table
from ecodash.export.report import Chart, Look, Page, Report, Scope, Section, Theme, Tile, html_bytes, pdf, pdf_bytes
from tests.export.tables import EN, SHOPS, ZH

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "</title></script>",
    "&lt;",
)
THEME = Theme(tokens={"#000001": "#0F766E"}, template="{}", colors={"text": "#0B1715", "paper": "#FFFFFF"})
LOOK = Look(library="window.Plotly = { react() {} } /* library */", light=THEME, dark=THEME)


class Figure:
    """A figure of which only the JSON matters here."""

    def __init__(self, text: str) -> None:
        self.text = text

    def to_json(self) -> str:
        return json.dumps({"data": [{"name": self.text, "line": {"color": "#000001"}}], "layout": {}})


def report(text: str = "净销售额", *, reader=ZH, pages: int = 1) -> Report:  # type: ignore[no-untyped-def]  # noqa: ANN001
    page = Page(
        title=text,
        question=text,
        scope=Scope(lines=((text, text),), loads=(LoadedFile(file=text, sha256="a" * 64),), load_hash="b" * 64),
        sections=(
            Section(tiles=(Tile(name=text, value=text, change=text, tone="good", lines=(text,)),)),
            Section(lines=(text,)),
            Section(title=text, chart=Chart(figure=Figure(text), alt=text, height=320), table=hostile_table(text)),
        ),
    )
    return Report(title=text, reader=reader, pages=(page,) * pages, made=datetime(2026, 7, 1, 9, 30))


def hostile_table(text: str) -> Table:
    columns = (Column(name="name", heading=text), Column(name="value", heading="v", unit=Unit.MONEY))
    return Table(title=text, frame=pl.DataFrame({"name": [text], "value": [1.5]}), columns=columns, notes=SHOPS.notes)


class Reading(HTMLParser):
    """Every element with its attributes, the text outside scripts and styles, and what the scripts hold."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.inside = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.scripts.append((self.elements[-1][1], data))
        elif self.inside != "style":
            self.text.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_the_data_stays_text(text: str) -> None:
    page = Reading(html_bytes(report(text), LOOK))
    calm = Reading(html_bytes(report("x"), LOOK))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in calm.elements]
    assert [sorted(attrs) for _, attrs in page.elements] == [sorted(attrs) for _, attrs in calm.elements]
    assert "".join(page.text).count(text) >= 8
    figure = next(json.loads(data) for attrs, data in page.scripts if attrs.get("id") == "figure-0")
    assert figure["data"][0]["name"] == text


@given(st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable()))
@settings(max_examples=40)
def test_any_text_stays_text(text: str) -> None:
    page = Reading(html_bytes(report(text), LOOK))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in Reading(html_bytes(report("x"), LOOK)).elements]


def test_the_policy_admits_the_two_scripts_and_nothing_else() -> None:
    page = Reading(html_bytes(report(), LOOK))
    policy = next(
        attrs["content"] or "" for tag, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    run = [data for attrs, data in page.scripts if attrs.get("type") != "application/json"]
    hashes = [f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in run]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert len(run) == 2
    assert rules["script-src"].split() == hashes
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules


def test_the_library_is_there_once_however_many_pages() -> None:
    assert html_bytes(report(pages=3), LOOK).count(b"/* library */") == 1


def test_nothing_is_fetched() -> None:
    page = Reading(html_bytes(report(), LOOK))
    fetching = {"src", "href", "action", "srcset", "data", "poster"}
    assert not [(tag, attrs) for tag, attrs in page.elements if fetching & set(attrs)]


def test_the_scope_is_the_first_block_and_said_once_when_pages_share_it() -> None:
    written = html_bytes(report(pages=2), LOOK).decode()
    assert written.count('<section class="scope">') == 1
    assert written.index('<section class="scope">') < written.index('class="tiles"')


def test_the_golden_structure_of_a_page() -> None:
    page = Reading(html_bytes(report(), LOOK))
    body = [tag for tag, _ in page.elements][[tag for tag, _ in page.elements].index("main") :]
    wanted = ["main", "div", "h1", "p", "section", "h2", "dl", "details", "table", "div", "section", "div", "h2", "div"]
    order = iter(body)
    assert all(tag in order for tag in wanted)


@pytest.mark.parametrize("reader", [ZH, EN], ids=["zh", "en"])
def test_a_report_speaks_the_language_of_its_reader(reader) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    written = html_bytes(report(reader=reader), LOOK).decode()
    assert f'lang="{"zh-CN" if reader.language == "zh" else "en"}"' in written
    assert ("口径说明" in written) == (reader.language == "zh")


def test_a_table_in_a_report_shows_every_digit_and_what_is_missing() -> None:
    shown = Report(
        title="x",
        reader=EN,
        pages=(Page(title="x", sections=(Section(title="t", table=SHOPS),)),),
        made=datetime(2026, 7, 1),
    )
    text = Reading(html_bytes(shown, LOOK)).text
    for cell in ("$12,345.60", "27.09%", "未到期", "100.00%*", "—", "2024-02-29", '=HYPERLINK("http://x")', "yes"):
        assert cell in text, cell


def test_a_long_table_says_how_much_of_it_is_shown() -> None:
    frame = pl.DataFrame({"d": [date(2024, 1, 1)] * 2001})
    long = Table(title="x", frame=frame, columns=(Column(name="d", heading="d"),))
    shown = Report(
        title="x", reader=EN, pages=(Page(title="x", sections=(Section(table=long),)),), made=datetime(2026, 7, 1)
    )
    written = html_bytes(shown, LOOK).decode()
    assert written.count("2024-01-01") == 2000
    assert "the first 2000 of 2001 rows" in written


def test_without_a_browser_a_pdf_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "chromium", lambda: None)
    with pytest.raises(EcodashError, match="Chromium"):
        pdf_bytes(b"")


def test_a_browser_that_fails_is_said_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "browser"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o700)
    monkeypatch.setattr(pdf, "chromium", lambda: str(broken))
    with pytest.raises(EcodashError, match="could not print"):
        pdf_bytes(b"x")


@pytest.mark.skipif(pdf.chromium() is None, reason="no Chromium on this machine")
@pytest.mark.slow
def test_a_report_becomes_a_pdf() -> None:
    printed = pdf_bytes(html_bytes(report(), LOOK))
    assert printed.startswith(b"%PDF-")
    assert re.search(rb"/Type\s*/Page\b", printed)
