"""The samples of real layouts and the headers of public exports."""

import csv
from datetime import date

import polars as pl
import pytest
import yaml

from ecodash.core.period import Period
from ecodash.ingest.read import read
from ecodash.ingest.recognise import data_rows, recognise
from ecodash.ingest.recognition import Recognition
from tests.ingest.written import raw
from tests.shared import SHARED, needs_shared

SAMPLES = SHARED / "export_samples"
HEADERS = SHARED / "data/platform_headers/headers.csv"
EXPECTED: dict[str, dict[str, object]] = (
    yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))["files"] if SAMPLES.is_dir() else {}
)


def _counts(found: Recognition) -> dict[str, tuple[int, tuple[int, ...]]]:
    return {problem.code: (problem.count, problem.rows) for problem in found.problems}


@needs_shared
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_sample_is_what_it_is_said_to_be(name: str) -> None:
    expected = EXPECTED[name]
    (table,) = read(SAMPLES / name)
    found = recognise(table)
    assert found.confirmed
    said = {
        "format": found.format,
        "rows": found.rows,
        "header_row": found.header_row,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "total_rows": _counts(found).get("total_row", (0, ()))[0],
    }
    assert {key: value for key, value in said.items() if key in expected} == {
        key: value for key, value in expected.items() if key in said
    }
    assert data_rows(table, found).height == found.rows


@needs_shared
@pytest.mark.parametrize(
    ("name", "aside"),
    [
        ("alipay_statement_gb18030.csv", {"preamble": (4, (1, 2, 3, 4)), "footer": (3, (9, 10, 11))}),
        ("ebay_orders_blank_first_line.csv", {"footer": (2, (10, 11))}),
        ("google_ads_utf16_tab.csv", {"preamble": (2, (1, 2)), "total_row": (2, (8, 9))}),
        ("meta_ads_summary_row.csv", {"total_row": (1, (2,))}),
        ("pdd_bill_preamble_gb18030.csv", {"preamble": (3, (1, 3, 4)), "footer": (3, (10, 11, 12))}),
        ("tiktok_shop_orders_description_row.csv", {"description_row": (1, (2,))}),
        ("ga4_comment_preamble.csv", {"preamble": (9, (1, 2, 3, 4, 5, 6, 7, 8, 9)), "other_section": (2, (22, 23))}),
    ],
)
def test_rows_that_are_no_data_are_set_aside_by_number(name: str, aside: dict[str, object]) -> None:
    (table,) = read(SAMPLES / name)
    assert _counts(recognise(table)) == aside


@needs_shared
@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("amazon_unified_transactions_preamble.csv", date(2026, 5, 3), date(2026, 5, 16)),
        ("ebay_orders_blank_first_line.csv", date(2026, 5, 1), date(2026, 5, 4)),
        ("etsy_sold_order_items.csv", date(2026, 5, 1), date(2026, 5, 2)),
        ("ga4_comment_preamble.csv", date(2026, 5, 1), date(2026, 5, 31)),
        ("lazada_orders_float_ids.xlsx", date(2026, 5, 1), date(2026, 5, 3)),
        ("mercadolibre_ventas_preamble.xlsx", date(2026, 5, 5), date(2026, 5, 7)),
        ("sycm_shop_source_preamble.xlsx", date(2026, 5, 1), date(2026, 5, 31)),
        ("youzan_customers_trailing_comma.csv", date(2024, 11, 11), date(2024, 11, 11)),
    ],
)
def test_the_period_is_read_from_dates_of_many_spellings(name: str, first: date, last: date) -> None:
    (table,) = read(SAMPLES / name)
    assert recognise(table).period == Period(first, last)


@needs_shared
def test_rows_carry_their_number_in_the_file() -> None:
    (table,) = read(SAMPLES / "google_ads_utf16_tab.csv")
    rows = data_rows(table, recognise(table))
    assert rows["row_no"].to_list() == [4, 5, 6, 7]
    assert rows.columns[:3] == ["Day", "Campaign", "Campaign type"]
    assert set(rows.schema.values()) == {pl.String(), pl.Int64()}


def _platform_headers() -> dict[str, list[str]]:
    exports: dict[str, list[str]] = {}
    if HEADERS.is_file():
        with HEADERS.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                exports.setdefault(f"{row['platform']} {row['export']}", []).append(row["header"])
    return exports


KNOWN = {
    "Taobao/Tmall order report (ExportOrderList)": "taobao_order_list_csv",
    "Taobao/Tmall item report (ExportOrderDetailList)": "taobao_item_list",
    "Alimama item report, single day": "wanxiangtai_item",
    "JD order export": "jd_order_export",
    "Pinduoduo order detail export": "pdd_order_export",
    "Douyin (Doudian) order export": "douyin_order_export",
    "Douyin (Doudian) settlement export": "douyin_statement",
    "Youzan item-level order export": "youzan_order_item_export",
    "Shopify orders export": "shopify_orders",
    "Amazon all-orders flat file (TSV)": "amazon_all_orders",
    "Etsy sold orders": "etsy_orders",
}
PROPOSED = {
    "Alimama campaign (plan) report": ("ads_daily", {"campaign": "计划名字", "spend": "花费", "clicks": "点击量"}),
    "Kuaishou order export": ("order_lines", {"order_id": "订单号", "quantity": "成交数量", "paid_amount": "实付款"}),
    "Amazon ads (Lingxing tool) keyword report": ("ads_daily", {"adgroup": "广告组", "impressions": "展现量"}),
}


@needs_shared
@pytest.mark.parametrize("export", sorted(_platform_headers()))
def test_headers_of_public_exports_are_recognised_or_sensibly_proposed(export: str) -> None:
    headers = _platform_headers()[export]
    found = recognise(raw(headers, ["1"] * len(headers)))
    if export in KNOWN:
        assert (found.format, found.confirmed) == (KNOWN[export], True)
    else:
        entity, columns = PROPOSED[export]
        assert (found.entity, found.confirmed) == (entity, False)
        assert {field: found.mapping.columns[field] for field in columns} == {f: (h,) for f, h in columns.items()}
