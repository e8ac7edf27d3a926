"""Order totals once, exact shares, derived amounts, refunds, statuses: tables an analyst can check by hand."""

from datetime import datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.core.errors import MappingError
from ecodash.core.settings import Settings
from ecodash.ingest.conform.allocate import shared_out
from ecodash.ingest.mapping import LoadOptions
from tests.ingest.making import as_format, conformed, money, shaped

DAY = "2026-05-01 10:00:00"


def amounts(frame: pl.DataFrame, name: str) -> list[float | None]:
    return [money(value) for value in frame[name]]


# --- shares -----------------------------------------------------------------------------------------------------------


def shares(total: int, weights: list[int | None]) -> list[int]:
    frame = pl.DataFrame(
        {"o": ["a"] * len(weights), "w": weights, "t": [total] * len(weights)},
        schema={"o": pl.String, "w": pl.Int64, "t": pl.Int64},
    )
    return shared_out(frame, "t", weight="w", tie=("w",), by="o").to_list()


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (1_380_000, [890_000, 590_000], [829_865, 550_135]),
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (7, [0, 0], [4, 3]),
        (0, [5, 5], [0, 0]),
        (10, [None, 3], [0, 10]),
    ],
)
def test_shares_are_proportional_and_add_up(total: int, weights: list[int | None], parts: list[int]) -> None:
    assert sorted(shares(total, weights)) == sorted(parts)


@given(st.integers(-(10**14), 10**14), st.lists(st.integers(0, 10**12), min_size=1, max_size=12))
def test_shares_always_add_up_to_the_last_ten_thousandth_and_are_never_off_by_one(
    total: int, weights: list[int]
) -> None:
    parts = shares(total, weights)
    assert sum(parts) == total
    whole = sum(weights) or len(weights)
    for part, weight in zip(parts, weights if sum(weights) else [1] * len(weights), strict=True):
        assert abs(part * whole - total * weight) < whole


@given(st.permutations([3, 5, 5, 8, 13]))
def test_shares_do_not_depend_on_the_order_of_the_rows(weights: list[int]) -> None:
    assert sorted(zip(weights, shares(1000, weights), strict=True)) == sorted(
        zip([3, 5, 5, 8, 13], shares(1000, [3, 5, 5, 8, 13]), strict=True)
    )


# --- order totals repeated on every line ------------------------------------------------------------------------------

JD = [
    "订单号",
    "商品ID",
    "商品名称",
    "订购数量",
    "京东价",
    "订单金额",
    "应付金额",
    "订单状态",
    "下单帐号",
    "下单时间",
    "付款确认时间",
]


def test_jd_repeats_the_order_amount_on_each_line_and_it_counts_once() -> None:
    done = as_format(
        [
            JD,
            ["1", "a", "杯", "1", "89", "148", "138", "完成", "u1", DAY, DAY],
            ["1", "b", "刷", "1", "59", "148", "138", "完成", "u1", DAY, DAY],
            ["2", "a", "杯", "2", "89", "178", "178", "完成", "u2", DAY, DAY],
        ],
        "jd_order_export",
    )
    assert done.totals["paid_amount_valid"] == 316 * 10_000
    assert amounts(done.frame, "paid_amount") == [82.9865, 55.0135, 178]
    assert amounts(done.frame, "line_amount") == [89, 59, 178]
    assert done.frame["paid_stated"].to_list() == [True] * 3


def test_lines_that_contradict_each_other_keep_their_own_amounts_and_are_named() -> None:
    done = as_format(
        [
            JD,
            ["1", "a", "杯", "1", "89", "148", "138", "完成", "u1", DAY, DAY],
            ["1", "b", "刷", "1", "59", "150", "138", "完成", "u1", DAY, DAY],
        ],
        "jd_order_export",
    )
    assert amounts(done.frame, "order_amount") == [148, 150]
    problem = next(p for p in done.problems if p.code == "order_total_differs")
    assert (problem.count, problem.rows) == (2, (2, 3))


SHOPIFY = ["Name", "Email", "Financial Status", "Paid at", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Amount", "Created at",
           "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku", "Refunded Amount", "Lineitem discount", "Cancelled at"]  # fmt: skip


def shopify(*rows: list[str]) -> list[list[str]]:
    return [SHOPIFY, *rows]


FIRST = ["#1", "a@example.com", "paid", "2026-05-01 09:58:13 -0700", "USD", "63.00", "5.00", "5.12", "73.12", "7.00", "2026-05-01 09:58:12 -0700",
         "2", "Mug", "25.00", "MUG", "0.00", "5.00", ""]  # fmt: skip
SECOND = [
    "#1",
    "a@example.com",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "2026-05-01 09:58:12 -0700",
    "1",
    "Tin",
    "20.00",
    "TIN",
    "",
    "2.00",
    "",
]


def test_shopify_writes_order_cells_on_the_first_line_only() -> None:
    frame = as_format(shopify(FIRST, SECOND), "shopify_orders").frame
    assert amounts(frame, "line_amount") == [45, 18]
    assert sum(frame["paid_amount"]) == 73.12 * 10_000
    assert sum(frame["shipping"]) == 5 * 10_000
    assert frame["status_class"].to_list() == ["valid", "valid"]
    assert frame["customer_id"].n_unique() == 1
    assert frame["paid_at"].to_list() == [datetime(2026, 5, 2, 0, 58, 13)] * 2


def test_blank_cells_are_never_filled_from_another_order() -> None:
    other = [
        "#2",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "2026-05-01 09:58:12 -0700",
        "1",
        "Tin",
        "20.00",
        "TIN",
        "",
        "0",
        "",
    ]
    frame = as_format(shopify(FIRST, SECOND, other), "shopify_orders").frame
    assert frame.filter(pl.col("order_id") == "#2").select("paid_amount", "customer_id", "status").row(0) == (
        None,
        None,
        None,
    )


def test_merged_cells_of_1688_belong_to_the_order_above() -> None:
    header = [
        "订单编号",
        "货品总价(元)",
        "运费(元)",
        "涨价或折扣(元)",
        "实付款(元)",
        "订单状态",
        "订单创建时间",
        "订单付款时间",
        "货品标题",
        "单价(元)",
        "数量",
    ]
    done = as_format(
        [
            header,
            ["9", "500", "20", "-10", "510", "交易成功", DAY, DAY, "T恤", "40", "10"],
            ["", "", "", "", "", "", "", "", "短裤", "20", "5"],
        ],
        "alibaba_1688_order",
    )
    assert done.frame["order_id"].to_list() == ["9", "9"]
    assert amounts(done.frame, "paid_amount") == [408, 102]
    assert amounts(done.frame, "discount") == [8, 2]


def test_ebay_summary_rows_give_their_money_to_the_items() -> None:
    header = [
        "Sales Record Number",
        "Order Number",
        "Buyer Username",
        "Item Number",
        "Custom Label",
        "Quantity",
        "Sold For",
        "Shipping And Handling",
        "Total Price",
        "Sale Date",
        "Paid On Date",
    ]
    done = as_format(
        [
            header,
            ["102", "24-2", "demo", "", "", "3", "$60.00", "$8.00", "$68.00", "May-03-26", "May-03-26"],
            ["102", "24-2", "", "111", "CAP", "2", "$20.00", "", "", "May-03-26", ""],
            ["102", "24-2", "", "112", "STR", "1", "$40.00", "", "", "May-03-26", ""],
        ],
        "ebay_orders",
    )
    assert done.frame["product_id"].to_list() == ["111", "112"]
    assert amounts(done.frame, "paid_amount") == [34, 34]
    assert done.frame["customer_id"].null_count() == 0
    assert done.frame["currency"].to_list() == ["USD", "USD"]
    assert done.totals["total_paid"] == 68 * 10_000
    assert [(p.code, p.rows) for p in done.problems if p.code == "summary_rows"] == [("summary_rows", (2,))]


def test_a_mercado_libre_pack_is_one_order_of_its_items() -> None:
    header = [
        "# de venta",
        "Fecha de venta",
        "Estado",
        "Unidades",
        "Ingresos por productos (ARS)",
        "SKU",
        "Precio unitario de venta de la publicación (ARS)",
        "Comprador",
    ]
    done = as_format(
        [
            header,
            ["1", "5 de mayo de 2026 10:00 hs.", "Entregado", "1", "15000.5", "MATE", "15000.5", "P"],
            ["2", "6 de mayo de 2026 11:30 hs.", "Paquete de 2 productos", "", "30000", "", "", "Q"],
            ["3", "6 de mayo de 2026 11:30 hs.", "", "1", "", "MATE", "15000", ""],
            ["4", "6 de mayo de 2026 11:30 hs.", "", "1", "", "BOM", "15000", ""],
        ],
        "mercadolibre_ventas_es",
    )
    assert done.frame["order_id"].to_list() == ["1", "2", "2"]
    assert amounts(done.frame, "line_amount") == [15000.5, 15000, 15000]
    assert done.totals["pack_rows"] == 1
    assert done.frame["customer_id"].n_unique() == 2
    assert done.frame["currency"].to_list() == ["ARS"] * 3


def test_lazada_rows_are_units() -> None:
    header = ["orderItemId", "orderNumber", "sellerSku", "createTime", "paidPrice", "unitPrice", "status"]
    rows = [
        ["1.0", "9.0", "HUB", "01 May 2026 10:20", "240", "250", "delivered"],
        ["2.0", "9.0", "HUB", "01 May 2026 10:20", "240", "250", "delivered"],
    ]
    done = as_format([header, *rows], "lazada_orders")
    assert done.frame["order_id"].to_list() == ["9", "9"]
    assert done.totals["units_valid"] == 2 * 10_000
    assert done.frame["paid_stated"].to_list() == [False, False]


def test_split_suffixes_go_and_pinduoduo_numbers_stay() -> None:
    header = ["订单编号", "子单原始单号", "订单状态", "交易时间", "商家编码", "下单数量", "分摊后总价"]
    done = as_format(
        [
            header,
            ["J1", "2026050112345678901-1", "已完成", DAY, "A", "1", "9"],
            ["J2", "260501-100000000000001", "已完成", DAY, "B", "1", "9"],
        ],
        "wangdiantong_trade",
    )
    assert done.frame["order_id"].to_list() == ["2026050112345678901", "260501-100000000000001"]


def test_alipay_ids_lose_their_prefix() -> None:
    header = ["账务流水号", "商户订单号", "发生时间", "收入金额（+元）", "支出金额（-元）", "业务类型"]
    done = as_format(
        [header, ["1", "T200P20260501", DAY, "189.00", "", "在线支付"], ["2", "", DAY, "", "-11.34", "收费"]],
        "alipay_statement_csv",
    )
    assert done.frame["order_id"].to_list() == ["20260501", None]
    assert amounts(done.frame, "amount") == [189, -11.34]
    assert done.frame["fee_kind"].to_list() == [None, "other"]


@pytest.mark.parametrize(("direction", "amount"), [("收入", 5.0), ("支出", -5.0), ("出账", -5.0)])
def test_the_sign_of_a_booking_comes_from_its_direction(direction: str, amount: float) -> None:
    header = ["流水单号", "记账时间", "动帐类型", "收支类型", "收支金额"]
    done = as_format([header, ["1", DAY, "x", direction, "5.00"]], "wechat_store_statement")
    assert amounts(done.frame, "amount") == [amount]


def test_pinduoduo_orders_without_a_time_are_dated_by_their_number() -> None:
    header = [
        "商品",
        "订单号",
        "订单状态",
        "用户实付金额(元)",
        "商家实收金额(元)",
        "商品数量(件)",
        "售后状态",
        "订单成交时间",
    ]
    frame = as_format(
        [header, ["巾", "260505-100000000000005", "已取消", "34.90", "34.90", "1", "", ""]], "pdd_order_export"
    ).frame
    assert frame["ordered_at"].to_list() == [datetime(2026, 5, 5)]
    assert frame["status_class"].to_list() == ["cancelled"]


def test_square_joins_day_and_time_and_reads_the_zone_beside_them() -> None:
    header = ["Date", "Time", "Time Zone", "Item", "Qty", "Net Sales", "Transaction ID", "Event Type"]
    frame = as_format(
        [header, ["2026-05-01", "09:15:30", "Eastern Time (US & Canada)", "Latte", "2", "$9.00", "TX1", "Payment"]],
        "square_items",
    ).frame
    assert frame["ordered_at"].to_list() == [datetime(2026, 5, 1, 21, 15, 30)]


# --- files nobody knows ------------------------------------------------------------------------------------------------

LINES = {
    "order_id": "id",
    "ordered_at": "day",
    "sku": "sku",
    "quantity": "n",
    "unit_price": "price",
    "paid_amount": "total",
}


def test_a_total_repeated_on_each_line_of_an_unknown_file_is_found_by_its_numbers() -> None:
    done = conformed(
        [
            ["id", "day", "sku", "n", "price", "total"],
            ["1", "2026-05-01", "a", "1", "30", "50"],
            ["1", "2026-05-01", "b", "2", "10", "50"],
            ["2", "2026-05-02", "a", "1", "30", "30"],
        ],
        LINES,
        entity="order_lines",
    )
    assert amounts(done.frame, "paid_amount") == [30, 20, 30]
    assert done.frame["paid_stated"].to_list() == [True] * 3


def test_line_amounts_of_an_unknown_file_stay_line_amounts_even_when_equal() -> None:
    done = conformed(
        [
            ["id", "day", "sku", "n", "price", "total"],
            ["1", "2026-05-01", "a", "1", "25", "25"],
            ["1", "2026-05-01", "b", "1", "25", "25"],
        ],
        LINES,
        entity="order_lines",
    )
    assert amounts(done.frame, "paid_amount") == [25, 25]
    assert done.frame["paid_stated"].to_list() == [False] * 2


def test_a_file_without_order_ids_has_one_order_per_row_and_equal_rows_stay_two() -> None:
    rows = [
        ["who", "day", "paid"],
        ["7", "2026-05-01", "9.90"],
        ["7", "2026-05-01", "9.90"],
        ["8", "2026-05-01", "9.90"],
    ]
    columns = {"customer_key": "who", "ordered_at": "day", "paid_amount": "paid"}
    done = conformed(rows, columns, entity="orders", options=LoadOptions(row_is_order=True))
    assert done.totals["orders"] == 3
    again = conformed([rows[0], *rows[:0:-1]], columns, entity="orders", options=LoadOptions(row_is_order=True))
    assert set(again.frame["order_id"]) == set(done.frame["order_id"])


def test_a_row_without_an_order_id_is_a_reject_of_the_whole_row() -> None:
    done = conformed([["id", "day", "paid"], ["1", "2026-05-01", "9"], ["", "2026-05-01", "5"], ["1.2E+17", "2026-05-01", "5"]],
                     {"order_id": "id", "ordered_at": "day", "paid_amount": "paid"}, entity="orders")  # fmt: skip
    assert done.frame["order_id"].to_list() == ["1"]
    assert done.rejects.select("row_no", "column", "field", "raw", "reason_code", "whole_row").rows() == [
        (3, "id", "order_id", "", "missing_required", True),
        (4, "id", "order_id", "1.2E+17", "lost_digits", True),
    ]


def test_an_order_without_any_date_is_kept_and_said_and_its_bad_cell_is_a_reject() -> None:
    done = conformed(
        [["id", "day", "sku"], ["1", "2026-05-01", "a"], ["1", "", "b"], ["2", "someday", "a"]],
        {"order_id": "id", "ordered_at": "day", "sku": "sku"},
        entity="order_lines",
    )
    assert done.frame["order_id"].to_list() == ["1", "1", "2"]
    assert [(p.count, p.rows) for p in done.problems if p.code == "undated_orders"] == [(1, (4,))]
    assert done.rejects.select("row_no", "raw", "reason_code", "whole_row").rows() == [
        (4, "someday", "not_a_date", False)
    ]


def test_a_bad_cell_is_null_in_the_frame_and_a_reject_with_words_in_both_languages() -> None:
    done = conformed(
        [["id", "day", "paid"], ["1", "2026-05-01", "see note"]],
        {"order_id": "id", "ordered_at": "day", "paid_amount": "paid"},
        entity="orders",
    )
    assert done.frame["paid_amount"].to_list() == [None]
    assert done.rejects.rows(named=True) == [
        {
            "file": "file.csv",
            "row_no": 2,
            "column": "paid",
            "field": "paid_amount",
            "raw": "see note",
            "reason_code": "not_a_number",
            "reason_zh": "不是数字",
            "reason_en": "not a number",
            "whole_row": False,
        }
    ]


def test_settings_of_the_load_rule_numbers_and_clocks() -> None:
    done = conformed(
        [["id", "day", "paid"], ["1", "03/04/2026 10:00", "1.234,50"]],
        {"order_id": "id", "ordered_at": "day", "paid_amount": "paid"},
        entity="orders",
        options=LoadOptions(decimal=",", day_first=True, zone="Europe/Berlin", currency="EUR", id_namespace="de-"),
        settings=Settings(business_zone="UTC"),
    )
    assert done.frame.select("order_id", "ordered_at", "paid_amount", "currency").row(0) == (
        "de-1",
        datetime(2026, 4, 3, 8),
        12_345_000,
        "EUR",
    )


def test_a_file_nobody_decided_about_is_refused_in_words() -> None:
    done = conformed([["a"], ["1"]], {"order_id": "a"}, entity="")
    with pytest.raises(MappingError):
        shaped(done)


# --- rows that repeat ---------------------------------------------------------------------------------------------------

ORDERS = {"order_id": "id", "ordered_at": "day", "paid_amount": "paid"}


def test_an_order_that_stands_twice_in_a_list_of_orders_counts_once() -> None:
    done = conformed(
        [["id", "day", "paid"], ["1", DAY, "50"], ["1", DAY, "50"], ["2", DAY, "30"]], ORDERS, entity="orders"
    )
    assert done.totals["paid_amount"] == 80 * 10_000
    assert shaped(done)["orders"].sort("order_id")["paid_amount"].to_list() == [500_000, 300_000]


def test_a_line_that_is_repeated_with_its_line_id_counts_once_and_is_said() -> None:
    columns = {
        "order_id": "id",
        "line_id": "line",
        "ordered_at": "day",
        "sku": "sku",
        "quantity": "n",
        "unit_price": "price",
    }
    line = ["1", "1-1", DAY, "a", "1", "5"]
    done = conformed(
        [["id", "line", "day", "sku", "n", "price"], line, line, ["1", "1-2", DAY, "a", "1", "5"]],
        columns,
        entity="order_lines",
    )
    assert done.totals["line_amount_valid"] == 10 * 10_000
    assert [(p.code, p.rows) for p in done.problems if p.code == "repeated_lines"] == [("repeated_lines", (3,))]


def test_equal_lines_without_a_line_id_stay_two() -> None:
    columns = {"order_id": "id", "ordered_at": "day", "sku": "sku", "quantity": "n", "unit_price": "price"}
    line = ["1", DAY, "a", "1", "5"]
    done = conformed([["id", "day", "sku", "n", "price"], line, line], columns, entity="order_lines")
    assert done.totals["line_amount_valid"] == 10 * 10_000


# --- rows that cannot be used -------------------------------------------------------------------------------------------


def test_a_report_row_without_its_day_is_a_reject_and_never_dated_by_the_file_name() -> None:
    done = as_format([["日期", "场景名字", "计划ID", "主体ID", "花费", "展现量", "总成交金额"], ["2026-05-01", "x", "1", "7", "5", "1", "0"], ["x", "x", "1", "7", "6", "1", "0"]],
                     "wanxiangtai_item", file="商品报表_20260503_101500.csv")  # fmt: skip
    assert amounts(done.frame, "spend") == [5]
    assert done.rejects.select("row_no", "raw", "reason_code", "whole_row").rows() == [(3, "x", "not_a_date", True)]


def test_a_one_day_report_without_days_takes_the_day_of_its_file_name() -> None:
    done = as_format(
        [["场景名字", "计划ID", "主体ID", "花费", "展现量", "总成交金额"], ["x", "1", "7", "5", "1", "0"]],
        "wanxiangtai_item",
        file="商品报表_20260503_101500.csv",
    )
    assert str(done.frame["date"][0]) == "2026-05-03"


def test_a_customer_nobody_can_tell_is_a_reject_and_his_name_is_not_in_it() -> None:
    done = as_format(
        [
            ["客户手机号", "客户昵称", "消费次数", "消费金额", "客户储值余额"],
            ["10000000001", "甲", "1", "5", "0"],
            ["138****0001", "", "1", "5", "0"],
        ],
        "youzan_customer_export",
    )
    assert done.frame.height == 1
    assert done.rejects.select("row_no", "column", "raw", "reason_code", "whole_row").rows() == [
        (3, "", None, "missing_required", True)
    ]
