"""Every page in both themes, looked at by axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from ecodash.ui import shell
from tests.browser.conftest import Visit, visitor

PAGES = [name for section in shell.PAGES.values() for name, _ in section]
SEVERE = ("serious", "critical")
# Elements of Streamlit itself, drawn by its own code: the rule, and what the markup of the element says.
STREAMLITS = (
    ("list", 'data-testid="stSidebarNavItems"'),  # its navigation wraps the sections of a list in plain elements
    ("listitem", r"^<li class=\"st-emotion-cache-[\w -]+\">"),
)


def severe(visit: Visit) -> list[tuple[str, str]]:
    """Rule and element of every serious or critical finding that is ours; the watermark is decoration, meant to be faint."""
    found = Axe().run(visit.page, context={"exclude": [[".watermark"]]}).response["violations"]
    nodes = [(one["id"], node["html"]) for one in found if one["impact"] in SEVERE for node in one["nodes"]]
    return [
        (rule, html[:300]) for rule, html in nodes if not any(rule == r and re.search(p, html) for r, p in STREAMLITS)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_keeps_anybody_out(browser: Browser, sample_server: str, page: str, dark: bool) -> None:  # noqa: FBT001
    with visitor(browser, sample_server, dark=dark) as visit:
        visit.open("" if page == "overview" else page)
        visit.page.locator(".js-plotly-plot .main-svg, [data-testid=stMarkdown]").first.wait_for()
        assert severe(visit) == []
