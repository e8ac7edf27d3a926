"""Proposals for files no format knows."""

from pathlib import Path

import polars as pl
import pytest

from ecodash.ingest.matcher import number_share, propose
from ecodash.ingest.read import read
from ecodash.ingest.recognise import recognise
from tests.ingest.written import raw
from tests.shared import SHARED, needs_shared

DATA = SHARED / "data"


def _proposal(path: Path) -> tuple[str | None, dict[str, str]]:
    (table,) = read(path)
    found = recognise(table)
    assert (found.format, found.confirmed) == (None, False)
    return found.entity, {field: names[0] for field, names in found.mapping.columns.items()}


@needs_shared
def test_uci_online_retail_is_proposed_as_order_lines() -> None:
    assert _proposal(DATA / "uci_online_retail/online_retail.csv.gz") == (
        "order_lines",
        {
            "order_id": "InvoiceNo",
            "ordered_at": "InvoiceDate",
            "sku": "StockCode",
            "product_name": "Description",
            "quantity": "Quantity",
            "unit_price": "UnitPrice",
            "customer_key": "CustomerID",
            "country": "Country",
        },
    )


@needs_shared
@pytest.mark.parametrize("name", ["tmall_order_report.csv", "tmall_order_report.gb18030.csv"])
def test_the_tmall_report_is_proposed_as_orders_and_names_its_nearest_format(name: str) -> None:
    (table,) = read(DATA / "tmall_orders_2020" / name)
    found = recognise(table)
    assert (found.entity, found.rows, found.nearest) == ("orders", 28010, "taobao_order_list_csv")
    assert found.missing == ("买家应付货款", "宝贝标题")
    assert {field: names[0] for field, names in found.mapping.columns.items()} == {
        "order_id": "订单编号",
        "ordered_at": "订单创建时间",
        "paid_at": "订单付款时间",
        "paid_amount": "买家实际支付金额",
        "order_amount": "总金额",
        "refund_amount": "退款金额",
        "province": "收货地址",
    }


@needs_shared
@pytest.mark.parametrize(
    ("name", "entity", "columns"),
    [
        (
            "frepple_tennis_shop/stock_on_hand.csv",
            "inventory",
            {"product_id": "item_id", "on_hand": "onhand", "warehouse": "location_id", "safety_stock": "minimum"},
        ),
        (
            "frepple_tennis_shop/sales_orders.csv",
            "order_lines",
            {
                "order_id": "name",
                "ordered_at": "due",
                "product_id": "item_id",
                "quantity": "quantity",
                "status": "status",
            },
        ),
        ("frepple_tennis_shop/items.csv", "products", {"cost": "cost", "category": "category"}),
        (
            "ga_merch_store/sessions_20170801.csv",
            "traffic_daily",
            {"date": "date", "channel": "channelGrouping", "page_views": "pageviews", "orders": "transactions"},
        ),
        ("robyn_weekly_media/dt_simulated_weekly.csv", "shop_daily", {"date": "DATE", "paid_amount": "revenue"}),
        (
            "scms_deliveries/SCMS_Delivery_History_Dataset.csv",
            "order_lines",
            {
                "order_id": "PO / SO #",
                "quantity": "Line Item Quantity",
                "unit_price": "Unit Price",
                "country": "Country",
            },
        ),
    ],
)
def test_other_open_files_get_a_sensible_proposal(name: str, entity: str, columns: dict[str, str]) -> None:
    found = _proposal(DATA / name)
    assert found[0] == entity
    assert {field: found[1].get(field) for field in columns} == columns


def _proposed(headers: list[str], *rows: list[str]) -> tuple[str | None, dict[str, tuple[str, ...]]]:
    return propose(pl.DataFrame(list(rows), schema=dict.fromkeys(headers, pl.String), orient="row"))


@pytest.mark.parametrize(
    ("headers", "row", "entity"),
    [
        (["订单号", "下单时间", "实付金额"], ["1", "2026-05-01", "9"], "orders"),
        (["订单号", "商品名称", "数量"], ["1", "杯", "2"], "order_lines"),
        (["日期", "花费", "展现量", "点击量"], ["2026-05-01", "9", "100", "3"], "ads_daily"),
        (["退款编号", "订单号", "退款金额"], ["1", "2", "9"], "refunds"),
        (["入账时间", "收入金额（+元）", "支出金额（-元）"], ["2026-05-01", "9", "0"], "settlement"),
        (["手机号", "入会时间", "会员等级"], ["13800000000", "2026-05-01", "V1"], "customers"),
        (["商家编码", "库存"], ["A", "5"], "inventory"),
        (["商家编码", "成本价"], ["A", "5"], "products"),
        (["订单号", "快递单号", "发货时间"], ["1", "SF1", "2026-05-01"], "shipments"),
        (["日期", "访客数", "浏览量"], ["2026-05-01", "5", "9"], "traffic_daily"),
        (["甲", "乙"], ["1", "2"], None),
    ],
)
def test_the_entity_follows_from_the_fields_at_hand(headers: list[str], row: list[str], entity: str | None) -> None:
    assert _proposed(headers, row)[0] == entity


def test_a_money_field_needs_numbers_in_sixty_percent_of_its_cells() -> None:
    headers = ["order id", "order date", "total"]
    words = [["1", "2026-05-01", "free"], ["2", "2026-05-01", "free"], ["3", "2026-05-01", "9"]]
    assert "order_amount" not in _proposed(headers, *words)[1]
    numbers = [["1", "2026-05-01", "¥1,200.50"], ["2", "2026-05-01", "R$ 9,00"], ["3", "2026-05-01", "free"]]
    assert _proposed(headers, *numbers)[1]["order_amount"] == ("total",)


def test_each_column_answers_one_field_and_the_closest_one() -> None:
    _, columns = _proposed(["order id", "date", "amount", "status", "name"], ["1", "2026-05-01", "9", "paid", "Ann"])
    used = [name for names in columns.values() for name in names]
    assert len(used) == len(set(used))
    assert columns["order_id"] == ("order id",)


def test_a_planned_date_is_no_date_on_which_it_happened() -> None:
    headers = ["order id", "order date", "total", "Scheduled Delivery Date"]
    assert "delivered_at" not in _proposed(headers, ["1", "2026-05-01", "9", "2026-05-03"])[1]


def test_a_column_of_repeated_values_is_no_line_id() -> None:
    headers = ["order id", "item id", "quantity", "order date"]
    rows = [[str(i), f"P{i % 3}", "1", "2026-05-01"] for i in range(30)]
    assert _proposed(headers, *rows)[1]["product_id"] == ("item id",)


def test_an_empty_table_is_proposed_by_its_headers_alone() -> None:
    assert recognise(raw(["order id", "order date", "total"])).entity == "orders"


@pytest.mark.parametrize(
    ("text", "is_number"),
    [("12", True), ("-1,234.50", True), ("¥9.90", True), ("US$ 5", True), ("(12.00)", True), ("1.2万", True), ("3.3%", True),
     ("1.2E+17", True), ("W0", False), ("2026-05-01", False), ("abc", False), ("12 pieces", False), ("A12", False)],
)  # fmt: skip
def test_what_counts_as_a_number(text: str, is_number: bool) -> None:  # noqa: FBT001
    assert number_share(pl.Series([text])) == (1.0 if is_number else 0.0)
