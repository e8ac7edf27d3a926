"""A page as one file: saved from the screen, opened where there is no network."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from ecodash.export.report import chromium
from tests.browser.conftest import Visit


def saved(visit: Visit, path: str, kind: str, place: Path) -> Path:
    visit.open(path)
    visit.page.locator(".st-key-report button").first.click()
    with visit.page.expect_download() as coming:
        visit.page.locator(f".st-key-report-{kind} button").click()
    file = place / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


class alone:  # noqa: N801 - reads like a function
    """A file opened without a network, checked at the end: no request beside the file, no complaint."""

    def __init__(self, browser: Browser, file: Path, *, dark: bool = False, width: int = 1200) -> None:
        self.context = browser.new_context(
            offline=True, color_scheme="dark" if dark else "light", viewport={"width": width, "height": 900}
        )
        self.page, self.file = self.context.new_page(), file
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self.ask)
        self.page.on("console", self.note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def ask(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            self.requests.append(request.url)

    def note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def __enter__(self) -> Page:
        self.page.goto(self.file.as_uri())
        self.page.locator(".plot .main-svg").first.wait_for()
        return self.page

    def __exit__(self, *_: object) -> None:
        self.context.close()
        assert self.requests == [self.file.as_uri()]
        assert self.complaints == []


def test_a_saved_page_opens_without_a_network_and_its_charts_live(
    visit: Visit, browser: Browser, tmp_path: Path
) -> None:
    file = saved(visit, "?period=12m&channel=jd", "html", tmp_path)
    shown = [tile.inner_text().split("\n")[0] for tile in visit.page.get_by_test_id("stMetricLabel").all()]
    values = [tile.inner_text().strip() for tile in visit.page.get_by_test_id("stMetricValue").all()]
    assert file.name == "ecodash-overview.html"
    assert file.read_bytes().count(b"plotly.js v") == 1
    with alone(browser, file) as page:
        tiles = page.locator(".tiles .card").all()
        assert [tile.locator("div").first.inner_text() for tile in tiles] == shown
        assert [tile.locator(".value").inner_text() for tile in tiles] == values
        scope = page.locator("section").first.inner_text()
        assert "京东" in scope
        assert "2025-07-01 → 2026-06-30" in scope
        assert re.search("[0-9a-f]{64}", scope)
        charts = page.locator(".plot .main-svg").count()
        assert charts >= 8
        point = page.locator("section .plot .points path").nth(3)
        point.scroll_into_view_if_needed()
        box = point.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
        page.locator(".hoverlayer .legend, .hoverlayer .hovertext").first.wait_for()
        assert page.locator("details table").count() >= 2


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_report_can_be_read_by_everyone(visit: Visit, browser: Browser, tmp_path: Path, dark: bool) -> None:  # noqa: FBT001
    file = saved(visit, "repurchase", "html", tmp_path)
    with alone(browser, file, dark=dark) as page:
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (ground == "rgb(14, 21, 23)") == dark
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in SEVERE] == []


SEVERE = ("serious", "critical")


def test_a_report_fits_a_phone(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    file = saved(visit, "repurchase", "html", tmp_path)
    with alone(browser, file, width=390) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.skipif(chromium() is None, reason="no Chromium on the path")
def test_a_page_is_saved_as_pdf(visit: Visit, tmp_path: Path) -> None:
    file = saved(visit, "?period=12m", "pdf", tmp_path)
    assert file.read_bytes().startswith(b"%PDF-")
    assert file.stat().st_size > 50_000
