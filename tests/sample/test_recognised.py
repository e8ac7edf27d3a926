"""The committed sample through the real reader: recognised for certain, whole, and right to the cent."""

import hashlib
from pathlib import Path

import polars as pl
import pytest

from ecodash.core.settings import Settings
from ecodash.ingest.conform import Conformed, conform
from ecodash.ingest.read import read
from ecodash.ingest.recognise import recognise
from ecodash.sample import COMMITTED, sample_files, truths
from ecodash.sample.plan import Plan
from ecodash.sample.shop import imagine

FOLDER = Path(__file__).parents[2] / "sample_data"

PLATFORM_EXPORTS = {
    "douyin_live_daily": ("douyin_live_daily", "traffic_daily"),
    "douyin_orders": ("douyin_order_export", "order_lines"),
    "douyin_statement": ("douyin_statement", "settlement"),
    "jd_monthly_bill": ("jd_monthly_bill", "settlement"),
    "jd_orders": ("jd_order_export", "order_lines"),
    "meta_ads_report": ("meta_ads_report", "ads_daily"),
    "pinduoduo_orders": ("pdd_order_export", "orders"),
    "shopify_inventory_20260630": ("shopify_inventory", "inventory"),
    "shopify_orders_export": ("shopify_orders", "order_lines"),
    "taobao_ExportItemList": ("taobao_item_list", "order_lines"),
    "taobao_ExportOrderList": ("taobao_order_list_csv", "orders"),
    "taobao_refunds": ("taobao_refund", "refunds"),
    "wangdiantong_stock_20260131": ("wangdiantong_stock", "inventory"),
    "wangdiantong_stock_20260302": ("wangdiantong_stock", "inventory"),
    "wangdiantong_stock_20260630": ("wangdiantong_stock", "inventory"),
    "wangdiantong_stockout": ("wangdiantong_stockout", "shipments"),
    "wanxiangtai_item_report": ("wanxiangtai_item", "ads_daily"),
    "wecom_customers": ("wecom_customer_export", "customers"),
    "youzan_customers": ("youzan_customer_export", "customers"),
    "youzan_order_items": ("youzan_order_item_export", "order_lines"),
    "youzan_orders": ("youzan_order_export", "orders"),
}
# Lists the operator keeps himself: file → canonical table.
OWN_LISTS = {
    "app_advertising": "ad_spend",
    "auctions": "auctions",
    "capacity_daily": "capacity_daily",
    "channels": "channels",
    "cities": "cities",
    "costs_monthly": "costs_monthly",
    "custom_jobs": "custom_jobs",
    "customer_file": "customers",
    "engagement_daily": "engagement_daily",
    "events": "events",
    "exchange_rates": "exchange_rates",
    "groups": "groups",
    "incidents": "incidents",
    "warehouses_and_stores": "locations",
    "market_reference": "market_reference",
    "own_order_items": "order_items",
    "own_orders": "orders",
    "parcel_card_contacts": "customers",
    "parcels": "shipments",
    "points_ledger": "points_ledger",
    "products": "products",
    "purchase_orders": "purchase_orders",
    "referrals": "referrals",
    "reviews": "reviews",
    "rival_prices": "rival_prices",
    "self_assessment": "self_assessment",
    "seller_fees": "platform_fees",
    "sellers": "sellers",
    "stock_counts": "inventory",
    "suppliers": "suppliers",
    "targets": "targets",
    "tax_filings": "tax_filings",
    "tickets": "tickets",
    "traffic_daily": "traffic_daily",
}
EXPECTED = PLATFORM_EXPORTS | {name: (f"canonical:{table}", table) for name, table in OWN_LISTS.items()}


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


ORDERS = {
    "taobao": "taobao_ExportOrderList.csv",
    "jd": "jd_orders.csv",
    "pinduoduo": "pinduoduo_orders.csv",
    "douyin": "douyin_orders.csv",
    "youzan": "youzan_orders.csv",
    "shopify": "shopify_orders_export.csv",
}
OWN_SYSTEM = "store"


def _hashed(values: pl.Series) -> pl.Series:
    """Stands in for the keyed hash of a workspace."""
    keys = [None if value is None else hashlib.sha256(value.encode()).hexdigest() for value in values]
    return pl.Series(values.name, keys, dtype=pl.String)


def _conformed(name: str) -> Conformed:
    (raw,) = read(FOLDER / name)
    return conform(raw, recognise(raw), settings=Settings(), hash_id=_hashed)


@pytest.fixture(scope="module")
def planted() -> dict[str, dict[str, int]]:
    """Platform → what the generator counted before any file was written."""
    rows = truths.totals(imagine(Plan(**COMMITTED))).iter_rows(named=True)
    return {row["platform"]: row for row in rows}


@pytest.mark.parametrize("platform", ORDERS)
def test_orders_and_money_come_back_as_they_were_planted(platform: str, planted: dict[str, dict[str, int]]) -> None:
    found, truth = _conformed(ORDERS[platform]), planted[platform]
    assert found.rejects.is_empty()
    assert found.totals["orders"] == truth["documents"]
    assert found.totals["paid_orders"] == truth["paid_orders"]
    assert found.totals["paid_amount"] == truth["paid"] * 100
    assert found.totals["refunded"] == truth["refund"] * 100


def test_lines_and_refunds_of_taobao_agree_with_its_orders() -> None:
    """The order list counts shipping, the item list does not; the refund file repeats the refunds of the items."""
    orders, items = _conformed("taobao_ExportOrderList.csv"), _conformed("taobao_ExportItemList.xlsx")
    assert items.totals["units"] == orders.totals["units"]
    assert items.totals["orders"] == orders.totals["orders"]
    assert _conformed("taobao_refunds.xlsx").totals["refunded"] == items.totals["refunded"]


@pytest.mark.parametrize("name", ["pinduoduo_orders.csv", "douyin_orders.csv"])
def test_the_nameless_channels_say_so(name: str) -> None:
    found = _conformed(name)
    assert "no_buyer_id" in {problem.code for problem in found.problems}
