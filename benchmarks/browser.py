"""From a changed filter to the new number on the screen, in Chromium, on the sample shop.

``python -m benchmarks.browser``. The clock starts when the mouse button goes up on another period and stops in the
first frame with another number on the first tile. Every period is chosen twice: the first time nothing is cached.
"""

import os
import shutil
import statistics
import sys

from playwright.sync_api import Page, sync_playwright

from benchmarks.app_server import running
from benchmarks.measured import Measured, print_table
from ecodash.i18n import t

ALLOWED = 400.0
# In an order in which every period has another number than the one before (the last 30 days of June are June).
PERIODS = ("7d", "30d", "12m", "last_month", "year", "quarter", "all", "last_quarter", "90d")
CLOCK = """() => {
  const shown = () => document.querySelector('[data-testid=stMetricValue]')?.innerText
  const before = shown()
  window.__began = window.__took = null
  addEventListener('pointerup', () => { window.__began = performance.now() }, { capture: true, once: true })
  const watch = new MutationObserver(() => {
    if (window.__began && shown() && shown() !== before) {
      watch.disconnect()
      requestAnimationFrame(() => { window.__took = performance.now() - window.__began })
    }
  })
  watch.observe(document.body, { subtree: true, childList: true, characterData: true })
}"""
IDLE = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  return app && app.dataset.testScriptState === 'notRunning' && !document.querySelector('[data-testid="stSkeleton"]')
}"""


def measure() -> list[Measured]:
    """The median of all changes, nothing cached; beside it the median of the same changes a second time."""
    browser = os.environ.get("ECODASH_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with running() as server, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = opened.new_context(viewport={"width": 1440, "height": 900}, locale="en-US").new_page()
        page.goto(server.url)
        page.get_by_test_id("stMetricValue").nth(5).wait_for(timeout=300_000)
        first, again = [_change(page, one) for one in PERIODS], [_change(page, one) for one in PERIODS]
        opened.close()
    cold, warm = statistics.median(first), statistics.median(again)
    beside = f"{len(first)} changes, slowest {max(first):.0f} ms; chosen before: median {warm:.0f} ms"
    return [Measured(what="filter change to new number", value=cold, allowed=ALLOWED, unit="ms", beside=beside)]


def main() -> int:
    """Run and print; 1 when the limit is passed."""
    return 0 if print_table(measure()) else 1


def _change(page: Page, period: str) -> float:
    """Milliseconds from choosing a period to its first number."""
    page.wait_for_function(IDLE, timeout=120_000)
    page.wait_for_timeout(700)
    page.locator(".st-key-w-period-en input").click()
    option = page.get_by_role("option", name=t(f"period.{period}", "en"), exact=True)
    option.wait_for()
    page.evaluate(CLOCK)
    option.click()
    page.wait_for_function("() => window.__took", timeout=30_000)
    return float(page.evaluate("window.__took"))


if __name__ == "__main__":
    sys.exit(main())
