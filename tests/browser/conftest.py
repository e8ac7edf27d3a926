"""The running app in the Chromium of the machine. Skipped without one, but with ``CI=true`` its absence is a failure."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, sync_playwright

from ecodash.session.places import app_file
from tests.ui.shops import build

CHROMIUM = os.environ.get("ECODASH_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
MUST = os.environ.get("CI", "").lower() == "true"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
]
PATIENCE = 120_000
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
IDLE = """(ms) => {
  const app = document.querySelector('[data-testid="stApp"]')
  if (!app) return false
  const busy = app.dataset.testScriptState !== 'notRunning' || app.dataset.testConnectionState !== 'CONNECTED'
    || document.querySelector('[data-testid="stSkeleton"],[data-testid="stSpinner"]')
  const now = performance.now()
  if (busy) { window.__since = null; return false }
  window.__since ??= now
  return now - window.__since >= ms
}"""
# Opened on a page, Streamlit looks for its own server below the page's path first; these answers are expected.
EXPECTED = re.compile(r"/[a-z_]+/_stcore/")


@dataclass
class Visit:
    """One visitor: what he sees, and what went wrong behind it."""

    page: Page
    url: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> "Visit":
        self.page.goto(f"{self.url}/{path}")
        return self.idle()

    def idle(self, milliseconds: int = 300) -> "Visit":
        self.page.wait_for_function(IDLE, arg=milliseconds, timeout=PATIENCE, polling=50)
        self.page.evaluate("window.__since = null")
        return self

    def goto(self, name: str) -> "Visit":
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()
        return self.idle()

    def press(self, name: str) -> "Visit":
        self.page.get_by_role("button", name=name).first.click()
        return self.idle()

    def number(self, label: str) -> str:
        tile: Locator = self.page.get_by_test_id("stMetric").filter(has_text=label)
        return tile.get_by_test_id("stMetricValue").inner_text().strip()

    def note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.search(message.location.get("url", "")):
            self.complaints.append(message.text)

    def watch(self, request: Request) -> None:
        if not request.url.startswith((self.url, self.url.replace("http", "ws", 1), "data:", "blob:")):
            self.foreign.append(request.url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        (pytest.fail if MUST else pytest.skip)("no Chromium on this machine (set ECODASH_CHROMIUM)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a small shop of the visitor's own."""
    del browser
    folder = build(tmp_path_factory.mktemp("browser") / "workspace", "small")
    yield from serve(folder)


@pytest.fixture(scope="session")
def sample_server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on an empty workspace, which shows the sample shop; given when a page of it is there."""
    running = serve(tmp_path_factory.mktemp("sample") / "workspace")
    url = next(running)
    with visitor(browser, url) as first:
        first.open()
        first.page.get_by_test_id("stMetricValue").nth(5).wait_for(timeout=300_000)
    yield url
    running.close()


@pytest.fixture
def sample_visit(browser: Browser, sample_server: str) -> Iterator[Visit]:
    """A visitor of the sample shop with a Chinese desktop browser."""
    with visitor(browser, sample_server) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visitor with a Chinese desktop browser, or as the test says; nothing may leave the server or complain."""
    with visitor(browser, server, **getattr(request, "param", {})) as found:
        yield found


class visitor:  # noqa: N801 - reads like a function
    """A visitor for the length of a ``with`` block, checked at its end."""

    def __init__(
        self, browser: Browser, url: str, *, locale: str = "zh-CN", phone: bool = False, dark: bool = False
    ) -> None:
        size = PHONE if phone else DESK
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            locale=locale,
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
            bypass_csp=True,  # axe is put into the page by the test
            accept_downloads=True,
        )
        self.visit = Visit(page=self.context.new_page(), url=url)
        self.visit.page.set_default_timeout(PATIENCE)
        self.visit.page.on("console", self.visit.note)
        self.visit.page.on("request", self.visit.watch)

    def __enter__(self) -> Visit:
        return self.visit

    def __exit__(self, *_: object) -> None:
        self.context.close()
        assert self.visit.foreign == []
        assert self.visit.complaints == []


def serve(folder: Path) -> Iterator[str]:
    """The address of the app on the workspace in ``folder``, while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(app_file()),
        f"--server.port={port}",
        "--server.headless=true",
    ]
    log = (folder.parent / "server.log").open("w")
    environment = {**os.environ, "ECODASH_WORKSPACE": str(folder)}
    process = subprocess.Popen(call, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=app_file().parent)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Returns when the server answers; fails when it ends or stays silent for two minutes."""
    for _ in range(480):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("the server did not start")
