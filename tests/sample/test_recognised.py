"""The committed sample through the real reader: every file is recognised for certain, and whole."""

from pathlib import Path

import pytest

from ecodash.ingest.read import read
from ecodash.ingest.recognise import recognise
from ecodash.sample import sample_files

FOLDER = Path(__file__).parents[2] / "sample_data"

EXPECTED = {
    "douyin_orders": ("douyin_order_export", "order_lines"),
    "exchange_rates": ("canonical:exchange_rates", "exchange_rates"),
    "jd_orders": ("jd_order_export", "order_lines"),
    "meta_ads_report": ("meta_ads_report", "ads_daily"),
    "pinduoduo_orders": ("pdd_order_export", "orders"),
    "products": ("canonical:products", "products"),
    "shopify_inventory_export": ("shopify_inventory", "inventory"),
    "shopify_orders_export": ("shopify_orders", "order_lines"),
    "taobao_ExportItemList": ("taobao_item_list", "order_lines"),
    "taobao_ExportOrderList": ("taobao_order_list_csv", "orders"),
    "taobao_refunds": ("taobao_refund", "refunds"),
    "wangdiantong_stock_20260131": ("wangdiantong_stock", "inventory"),
    "wangdiantong_stock_20260302": ("wangdiantong_stock", "inventory"),
    "wangdiantong_stock_20260630": ("wangdiantong_stock", "inventory"),
    "wanxiangtai_item_report": ("wanxiangtai_item", "ads_daily"),
    "wecom_customers": ("wecom_customer_export", "customers"),
    "youzan_customers": ("youzan_customer_export", "customers"),
    "youzan_order_items": ("youzan_order_item_export", "order_lines"),
    "youzan_orders": ("youzan_order_export", "orders"),
}


def test_every_committed_file_is_expected() -> None:
    assert {path.stem for path in sample_files(FOLDER)} == set(EXPECTED)


@pytest.mark.parametrize("path", sample_files(FOLDER), ids=lambda path: path.stem)
def test_a_sample_file_is_recognised_for_certain(path: Path) -> None:
    (raw,) = read(path)
    found = recognise(raw)
    assert (found.format, found.entity) == EXPECTED[path.stem]
    assert found.confirmed
    assert not found.missing
    summary_rows = 1 if path.stem == "meta_ads_report" else 0
    assert found.rows == raw.grid.height - 1 - summary_rows
    assert {problem.code for problem in found.problems} <= {"total_row"}
