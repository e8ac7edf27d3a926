import csv
import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit, serve, visitor

HEADER = "order_id,platform,customer_id,channel_id,created_at,paid_at,status,paid_amount,currency\n"
ORDERS = HEADER + "".join(
    f"N{n},shop,n{n},shop,2026-06-30 10:00:00,2026-06-30 10:05:00,completed,1000.00,CNY\n" for n in range(10)
)
PAGES = ("", "repurchase", "data", "definitions")


def fits(visit: Visit) -> bool:
    """Whether the page needs no horizontal scrolling."""
    script = (
        "(() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth <= m.clientWidth })()"
    )
    return bool(visit.page.evaluate(script))


@pytest.mark.parametrize("visit", [{"locale": "en-US"}], indirect=True)
def test_the_very_first_visit_may_be_a_deep_link(visit: Visit) -> None:
    visit.open("repurchase?days=60")
    assert visit.page.inner_text("h1") == "Repurchase"
    assert "60-day repurchase rate" in visit.page.inner_text('[data-testid="stMain"]')


def test_upload_confirm_number_undo(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "补单.csv"
    file.write_text(ORDERS, encoding="utf-8")
    before = visit.open().number("支付订单数")
    visit.goto("数据")
    visit.page.locator("input[type=file]").set_input_files(file)
    visit.page.get_by_text("可以导入").wait_for()
    assert visit.idle().page.get_by_text("补单.csv").first.is_visible()
    visit.press("确认导入")
    visit.page.get_by_text("新增 10 行").wait_for()
    after = visit.idle().goto("经营总览").number("支付订单数")
    assert int(after) == int(before) + 10
    visit.goto("数据").press("撤销")
    visit.page.get_by_text("已撤销").first.wait_for()
    assert visit.goto("经营总览").number("支付订单数") == before


def test_several_files_at_once_and_one_that_cannot_be_read(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ORDERS, encoding="utf-8")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    visit.open("data")
    visit.page.locator("input[type=file]").set_input_files([tmp_path / "a.csv", tmp_path / "坏.xlsx"])
    visit.page.get_by_text("读不了").wait_for()
    visit.page.get_by_text("可以导入").wait_for()
    visit.idle().press("全部放弃")
    assert visit.page.get_by_text("可以导入").count() == 0


def test_the_language_switch_keeps_page_and_filters(visit: Visit) -> None:
    visit.open("?period=12m")
    number = visit.number("支付订单数")
    visit.page.get_by_role("radio", name="English").click()
    visit.idle()
    assert visit.page.inner_text("h1") == "Overview"
    assert visit.number("Orders") == number
    assert "lang=en" in visit.page.url
    assert "period=12m" in visit.page.url
    assert visit.page.evaluate("document.documentElement.lang") == "en"


def test_a_shared_link_shows_the_same_numbers(visit: Visit, browser: Browser, server: str) -> None:
    visit.open("?period=12m&channel=jd")
    number = visit.number("净销售额")
    visit.page.get_by_role("button", name="复制链接").click()
    link = visit.page.get_by_test_id("stCode").inner_text().strip()
    with visitor(browser, server, locale="en-US") as colleague:
        colleague.open(link.removeprefix(server).lstrip("/"))
        assert colleague.number("净销售额") == number
        assert colleague.page.get_by_text("京东").first.is_visible()


def test_back_takes_the_last_choice_back(visit: Visit) -> None:
    visit.open()
    first = visit.number("支付订单数")
    visit.page.goto(f"{visit.url}/?period=all")
    assert visit.idle().number("支付订单数") != first
    visit.page.go_back()
    assert visit.idle().number("支付订单数") == first


def test_a_chart_is_downloaded_as_csv_and_as_a_workbook_with_definitions(visit: Visit, tmp_path: Path) -> None:
    visit.open("?period=12m")
    for suffix, label in (("csv", "CSV"), ("xlsx", "Excel，附口径说明")):
        visit.page.get_by_role("button", name="下载").first.click()
        with visit.page.expect_download() as coming:
            visit.page.get_by_role("button", name=label).first.click()
        coming.value.save_as(tmp_path / f"trend.{suffix}")
        visit.page.keyboard.press("Escape")
    content = (tmp_path / "trend.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert "净销售额" in "".join(rows[0])
    assert len(rows) > 12
    with zipfile.ZipFile(tmp_path / "trend.xlsx") as workbook:
        assert len([name for name in workbook.namelist() if name.startswith("xl/worksheets/")]) == 2


def test_a_number_explains_itself_down_to_the_file(visit: Visit) -> None:
    visit.open().press("怎么来的")
    panel = visit.page.get_by_role("dialog")
    panel.get_by_text("net_sales:policy").wait_for()
    panel.get_by_role("tab", name="明细").click()
    panel.locator(".st-key-behind-download-csv button").wait_for()


@pytest.mark.parametrize("visit", [{"phone": True}, {"phone": True, "locale": "en-US"}], indirect=True)
def test_no_page_scrolls_sideways_on_a_phone(visit: Visit) -> None:
    for path in PAGES:
        assert fits(visit.open(path)), path
        assert visit.page.get_by_test_id("stException").count() == 0


def test_data_are_never_read_as_markup(visit: Visit, tmp_path: Path) -> None:
    name = "![x](http://tracker.example/p.png) :red[y] $z$.csv"
    file = tmp_path / "a.csv"
    file.write_text(ORDERS, encoding="utf-8")
    visit.open("data")
    visit.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": file.read_bytes()}
    )
    visit.page.get_by_text("可以导入").wait_for()
    assert visit.idle().page.locator("img[src*=tracker]").count() == 0
    assert visit.page.get_by_text("red[y] $z$").first.is_visible()
    visit.press("全部放弃")


@pytest.mark.slow
def test_an_empty_workspace_opens_on_the_sample_shop(browser: Browser, tmp_path: Path) -> None:
    running = serve(tmp_path / "workspace")
    with visitor(browser, next(running)) as visit:
        visit.open()
        visit.page.get_by_text("示例数据").first.wait_for(timeout=300_000)
        visit.page.get_by_test_id("stMetricValue").nth(5).wait_for(timeout=300_000)
        visit.idle().press("离开示例")
        assert visit.page.get_by_text("还没有数据").is_visible()
    running.close()
