"""The whole way of trust on the sample shop: number → explanation → rows → file → added up again = the number."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from ecodash.i18n import catalogue, t, value_text
from ecodash.metrics.registry import METRICS
from tests.browser.conftest import Visit

TILES = ("net_sales", "orders", "active_buyers", "spend_per_buyer", "refund_rate_amount", "repurchase_90d")


def column(rows: Sequence[Sequence[str]], name: str) -> list[Decimal] | None:
    """The numbers of a column by its code; None when the file has no such column."""
    heading = catalogue("zh").get(f"row.{name}", name)
    if heading not in rows[0]:
        return None
    place = rows[0].index(heading)
    return [Decimal(row[place]) for row in rows[1:] if row[place]]


def added(rows: Sequence[Sequence[str]]) -> Decimal:
    """Numerators over denominators, or the numerators alone."""
    above, below = column(rows, "numerator"), column(rows, "denominator")
    assert above is not None
    return sum(above, Decimal(0)) / sum(below, Decimal(0)) if below is not None else sum(above, Decimal(0))


def saved(visit: Visit, button: Locator, place: Path) -> list[list[str]]:
    with visit.page.expect_download() as coming:
        button.click()
    coming.value.save_as(place)
    content = place.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.slow
@pytest.mark.parametrize("metric", TILES)
def test_the_rows_behind_a_number_give_the_number_again(sample_visit: Visit, tmp_path: Path, metric: str) -> None:
    visit, known = sample_visit, METRICS[metric]
    visit.open("?period=12m")
    number = visit.number(known.name.zh)
    visit.page.locator(f".st-key-explain-tile-{metric} button").click()
    panel = visit.idle().page.get_by_role("dialog")
    panel.get_by_text(f"{metric}:").first.wait_for()
    assert number in panel.inner_text()
    panel.get_by_role("tab", name=t("explain.tab_rows", "zh")).click()
    button = panel.locator(".st-key-behind-download-csv button")
    button.wait_for()
    rows = saved(visit, button, tmp_path / "rows.csv")
    assert {catalogue("zh")["row.file"], catalogue("zh")["row.row_no"]} <= set(rows[0])
    assert value_text(added(rows), known.unit, "zh") == number


@pytest.mark.slow
def test_the_chart_the_table_and_both_files_say_the_same(sample_visit: Visit, tmp_path: Path) -> None:
    visit = sample_visit
    visit.open("?period=12m")
    number = visit.number(METRICS["net_sales"].name.zh)
    visit.page.locator(".st-key-downloads-trend button").first.click()
    rows = saved(visit, visit.page.locator(".st-key-download-trend-csv button"), tmp_path / "trend.csv")
    months = [Decimal(row[1]) for row in rows[1:]]
    assert len(months) == 12
    assert value_text(sum(months, Decimal(0)), METRICS["net_sales"].unit, "zh") == number
