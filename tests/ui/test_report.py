"""The report of a page holds what the page shows: every tile, every chart, the answer, every filter."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from ecodash.export.report import Report, Section, html_bytes
from ecodash.i18n import t
from ecodash.ui import report, shell
from tests.ui.conftest import Open

PAGES = [name for section in shell.PAGES.values() for name, _ in section]
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def made(app: AppTest) -> Report:
    found = app.session_state["draft"].report
    assert found is not None
    return found


def sections(app: AppTest) -> list[Section]:
    """What the report of the page holds; nothing for a page that waits to be told something."""
    found = app.session_state["draft"].report
    return [] if found is None else list(found.pages[0].sections)


def plain(text: str) -> str:
    return text.replace("\\", "").replace("\u2060", "").replace("**", "")


@BOTH
@pytest.mark.parametrize("page", PAGES)
def test_a_report_has_every_tile_and_chart_of_its_page(open_app: Open, page: str, language: str) -> None:
    app = open_app("small", page, language)
    drawn = sections(app)
    tiles = [(one.name, one.value) for section in drawn for one in section.tiles]
    assert tiles == [(plain(one.label), plain(one.value)) for one in app.metric]
    charts = [one.chart for one in drawn] + [tile.chart for one in drawn for tile in one.tiles]
    kept = [json.loads(one.figure.to_json())["data"] for one in charts if one is not None]
    shown = [json.loads(one.proto.spec)["data"] for one in app.get("plotly_chart")]
    assert sorted(map(str, kept)) == sorted(map(str, shown))


@BOTH
@pytest.mark.parametrize("page", ["overview", "repurchase"])
def test_the_answer_of_a_page_is_in_its_report_as_plain_text(open_app: Open, page: str, language: str) -> None:
    app = open_app("small", page, language)
    (answer,) = next(one.lines for one in sections(app) if one.lines and not one.chart and not one.table)
    assert answer in [plain(str(one.value)) for one in app.markdown]
    assert "\\" not in answer


@BOTH
def test_the_first_block_states_every_filter_the_window_and_the_files(open_app: Open, language: str) -> None:
    app = open_app("small", "repurchase", language, channel="jd", member="no", period="12m", days="60")
    scope = made(app).pages[0].scope
    said = dict(scope.lines)
    assert t("filter.channel", language) in said[t("report.filters", language)]
    assert t("filter.member", language) in said[t("report.filters", language)]
    assert said[t("report.window", language)].startswith("2025-07-01 → 2026-06-30")
    assert said[t("report.compared", language)].startswith("2024-07-01 → 2025-06-30")
    assert "days=60" in said[t("report.options", language)]
    assert [one.file for one in scope.loads] == ["youzan_orders.csv", "jd_orders.csv"]
    assert all(re.fullmatch("[0-9a-f]{64}", one.sha256) for one in scope.loads)
    assert re.fullmatch("[0-9a-f]{64}", scope.load_hash)


def test_without_filters_the_report_says_that_there_are_none(open_app: Open) -> None:
    said = dict(made(open_app("small")).pages[0].scope.lines)
    assert said[t("report.filters", "zh")] == t("report.no_filters", "zh")
    assert t("report.options", "zh") not in said


def test_a_chart_shown_as_a_table_is_still_a_chart_in_the_report(open_app: Open) -> None:
    app = open_app("small", "overview")
    app.segmented_control(key="shape.trend").set_value("table").run()
    assert not app.exception
    trend = next(one for one in sections(app) if one.title.startswith("净销售额走势"))
    assert trend.chart is not None
    assert trend.table is not None


@pytest.mark.parametrize("kind", ["empty", "no_orders", "one_row", "no_buyers"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_little_to_show_says_so_in_its_report_too(open_app: Open, page: str, kind: str) -> None:
    app = open_app(kind, page)
    assert not app.exception
    found = app.session_state["draft"].report
    if found is not None:
        assert html_bytes(found, report.look()).startswith(b"<!doctype html>")


def test_an_empty_page_reports_what_is_missing(open_app: Open) -> None:
    drawn = sections(open_app("no_orders"))
    assert t("empty.no_orders.what", "zh") in [line for one in drawn for line in one.lines]


def test_another_page_begins_another_report(open_app: Open) -> None:
    app = open_app("small", "repurchase")
    assert made(app).title.startswith("复购")
    assert not [one for one in sections(app) if one.tiles]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"净销售额 ¥1\.2万 \*x\*", "净销售额 ¥1.2万 *x*"),
        ("**bold** and `net\\_sales`", "bold and net_sales"),
        (":material/warning: :orange[late]", "late"),
        (r"a \:\u2060b \[c\]".replace("\\u2060", "\u2060"), "a :b [c]"),
        (r"back\\slash", "back\\slash"),
        ("one  \ntwo", "one\ntwo"),
    ],
)
def test_our_markdown_as_plain_text(markdown: str, text: str) -> None:
    assert report.unmarked(markdown) == text
