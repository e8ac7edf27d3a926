"""Mistakes seen in real products, each planted and clean: T1, T8, T17–T21, T25."""

from pathlib import Path

import polars as pl
import pytest

from ecodash.core.settings import Settings
from ecodash.ingest.conform import Conformed, conform
from ecodash.ingest.read import read
from ecodash.ingest.recognise import recognise
from tests.ingest.making import as_format, conformed, hashed, money, shaped

DAY = "2026-05-01 10:00:00"


# T1: the order total on each line → revenue × number of lines; rows without a total dropped.

REPEATED = [
    ["id", "day", "sku", "n", "price", "total"],
    ["1", DAY, "a", "1", "60", "100"],
    ["1", DAY, "b", "2", "20", "100"],
    ["2", DAY, "a", "1", "60", "60"],
]
BLANK = [REPEATED[0], REPEATED[1], [*REPEATED[2][:5], ""], REPEATED[3]]
PER_LINE = [REPEATED[0], [*REPEATED[1][:5], "60"], [*REPEATED[2][:5], "40"], REPEATED[3]]
T1 = {
    "order_id": "id",
    "ordered_at": "day",
    "sku": "sku",
    "quantity": "n",
    "unit_price": "price",
    "paid_amount": "total",
}


@pytest.mark.parametrize("rows", [REPEATED, BLANK, PER_LINE], ids=["repeated", "blank", "clean"])
def test_t1_an_order_total_counts_once_and_no_line_is_lost(rows: list[list[str]]) -> None:
    done = conformed(rows, T1, entity="order_lines")
    assert done.totals["paid_amount"] == 160 * 10_000
    items = shaped(done)["order_items"].sort("order_id", "sku_id")
    assert [money(v) for v in items["paid_amount"]] == [60, 40, 60]


# T8: missing prices and ids filled with the mean or the most frequent text.


def test_t8_what_is_missing_stays_missing() -> None:
    done = conformed(
        [["id", "day", "paid", "who"], ["1", DAY, "10", "u1"], ["2", DAY, "", ""], ["3", DAY, "30", "u1"]],
        {"order_id": "id", "ordered_at": "day", "paid_amount": "paid", "customer_key": "who"},
        entity="orders",
    )
    assert done.frame["paid_amount"].to_list() == [100_000, None, 300_000]
    assert done.frame["customer_id"].null_count() == 1
    assert done.totals["paid_amount"] == 40 * 10_000


def test_t8_what_is_there_is_left_as_it_is() -> None:
    done = conformed(
        [["id", "day", "paid", "who"], ["1", DAY, "10", "u1"], ["2", DAY, "20", "u2"], ["3", DAY, "30", "u1"]],
        {"order_id": "id", "ordered_at": "day", "paid_amount": "paid", "customer_key": "who"},
        entity="orders",
    )
    assert done.frame["paid_amount"].to_list() == [100_000, 200_000, 300_000]
    assert done.frame["customer_id"].n_unique() == 2
    assert done.rejects.is_empty()


# T17: a partial refund and then the full one, counted twice.

REFUNDS = ["订单编号", "退款编号", "买家退款金额", "退款状态", "退款完结时间", "买家实际支付金额", "部分退款/全部退款"]


@pytest.mark.parametrize(
    ("second", "total", "noted"),
    [("100", 100, True), ("80", 100, False), ("50", 70, False)],
    ids=["full refund contains the partial one", "the rest", "another part"],
)
def test_t17_a_partial_and_a_full_refund_give_back_what_was_paid_and_no_more(
    second: str, total: int, *, noted: bool
) -> None:
    rows = [
        REFUNDS,
        ["1", "r1", "20", "退款成功", "2026-05-02 10:00:00", "100", "部分退款"],
        ["1", "r2", second, "退款成功", "2026-05-03 10:00:00", "100", "全部退款"],
    ]
    done = as_format(rows, "taobao_refund")
    assert done.totals["refunded"] == total * 10_000
    assert ("refund_counted_once" in [p.code for p in done.problems]) is noted
    assert as_format([rows[0], rows[2], rows[1]], "taobao_refund").totals["refunded"] == total * 10_000


def test_t17_a_refunded_order_with_a_stated_part_is_refunded_once() -> None:
    header = [
        "Name",
        "Email",
        "Financial Status",
        "Paid at",
        "Currency",
        "Subtotal",
        "Total",
        "Created at",
        "Lineitem quantity",
        "Lineitem name",
        "Lineitem price",
        "Refunded Amount",
    ]
    rows = [
        [
            "#1",
            "a@example.com",
            "refunded",
            "2026-05-01 09:58:13 -0700",
            "USD",
            "100",
            "100",
            "2026-05-01 09:58:12 -0700",
            "1",
            "A",
            "60",
            "100",
        ],
        ["#1", "a@example.com", "", "", "", "", "", "2026-05-01 09:58:12 -0700", "1", "B", "40", ""],
    ]
    orders = shaped(as_format([header, *rows], "shopify_orders"), platform="shopify")["orders"]
    assert orders.select("paid_amount", "refund_amount", "status").row(0) == (1_000_000, 1_000_000, "refunded")


# T18: the refund of a guest shown as a returning customer.


def test_t18_the_refund_of_a_guest_is_a_credit_of_nobody_and_no_order() -> None:
    header = ["Date", "Time", "Time Zone", "Item", "Qty", "Net Sales", "Transaction ID", "Event Type", "Customer ID"]
    rows = [
        ["2026-05-01", "09:00:00", "Pacific Time (US & Canada)", "Latte", "1", "$4.50", "T1", "Payment", ""],
        ["2026-05-03", "09:00:00", "Pacific Time (US & Canada)", "Latte", "-1", "-$4.50", "T2", "Refund", ""],
    ]
    tables = shaped(as_format([header, *rows], "square_items"), platform="square")
    assert tables["customers"].is_empty()
    assert sorted(tables["orders"].select("order_id", "document", "customer_id").rows()) == [
        ("T1", "sale", None),
        ("T2", "credit", None),
    ]


def test_t18_the_refund_of_a_known_customer_stays_his() -> None:
    header = ["Date", "Time", "Time Zone", "Item", "Qty", "Net Sales", "Transaction ID", "Event Type", "Customer ID"]
    rows = [
        ["2026-05-01", "09:00:00", "Pacific Time (US & Canada)", "Latte", "1", "$4.50", "T1", "Payment", "C7"],
        ["2026-05-03", "09:00:00", "Pacific Time (US & Canada)", "Latte", "-1", "-$4.50", "T2", "Refund", "C7"],
    ]
    tables = shaped(as_format([header, *rows], "square_items"), platform="square")
    assert tables["customers"].height == 1
    buyers = tables["orders"].sort("order_id")
    assert buyers["document"].to_list() == ["sale", "credit"]
    assert buyers["customer_id"].null_count() == 0
    assert buyers["customer_id"].n_unique() == 1


# T19: orders closed after a refund counted as valid, or sales dropped with their refund.

TAOBAO = [
    "订单编号",
    "买家会员名",
    "总金额",
    "买家实际支付金额",
    "订单状态",
    "订单创建时间",
    "订单付款时间",
    "退款金额",
]


@pytest.mark.parametrize(
    ("row", "kind", "refund"),
    [
        (["1", "甲", "99", "99", "交易关闭", DAY, DAY, "99.00"], "refunded", 99),
        (["1", "甲", "99", "99", "交易关闭", DAY, DAY, "0.00"], "refunded", 99),
        (["1", "甲", "99", "0", "交易关闭", DAY, "", "0.00"], "cancelled", 0),
        (["1", "甲", "99", "99", "交易成功", DAY, DAY, "20.00"], "valid", 20),
        (["1", "甲", "99", "0", "等待买家付款", DAY, "", "0.00"], "pending", 0),
    ],
    ids=[
        "closed after payment",
        "closed after payment, amount not stated",
        "never paid",
        "clean, partly refunded",
        "not paid yet",
    ],
)
def test_t19_closed_after_payment_is_a_sale_with_a_refund(row: list[str], kind: str, refund: int) -> None:
    done = as_format([TAOBAO, row], "taobao_order_list_csv")
    assert done.frame["status_class"].to_list() == [kind]
    assert money(done.frame["refund_amount"][0]) == refund


def test_t19_a_merged_order_is_not_sold_twice() -> None:
    header = [
        "内部订单号",
        "线上订单号",
        "下单时间",
        "付款日期",
        "应付金额",
        "已付金额",
        "状态",
        "商品编码",
        "商品名称",
        "数量",
        "商品金额",
    ]
    done = as_format(
        [
            header,
            ["1", "A", DAY, DAY, "50", "50", "被合并", "x", "x", "1", "50"],
            ["2", "B", DAY, DAY, "50", "50", "已发货", "x", "x", "1", "50"],
        ],
        "jushuitan_order",
    )
    assert done.frame["status_class"].to_list() == ["cancelled", "valid"]


# T20: gift cards, tax and shipping in or out of net sales.


def test_t20_gift_cards_tax_and_shipping_are_kept_apart_for_the_policy_to_decide() -> None:
    header = [
        "Name",
        "Email",
        "Financial Status",
        "Paid at",
        "Currency",
        "Subtotal",
        "Shipping",
        "Taxes",
        "Total",
        "Created at",
        "Lineitem quantity",
        "Lineitem name",
        "Lineitem price",
    ]
    when = "2026-05-01 09:58:12 -0700"
    rows = [
        ["#1", "a@example.com", "paid", when, "USD", "100", "6", "4", "110", when, "1", "Mug", "60"],
        ["#1", "", "", "", "", "", "", "", "", when, "1", "Gift Card $40", "40"],
    ]
    tables = shaped(as_format([header, *rows], "shopify_orders"), platform="shopify")
    order = tables["orders"].row(0, named=True)
    parts = {
        name: money(order[name])
        for name in ("paid_amount", "shipping_amount", "tax_amount", "goods_amount", "gift_card_amount")
    }
    assert parts == {
        "paid_amount": 110,
        "shipping_amount": 6,
        "tax_amount": 4,
        "goods_amount": 100,
        "gift_card_amount": 40,
    }
    assert tables["order_items"].sort("product_name")["is_gift_card"].to_list() == [True, False]


def test_t20_a_clean_order_has_no_gift_card() -> None:
    done = conformed([["id", "day", "name", "n", "price"], ["1", DAY, "Gift box", "1", "60"]],
                     {"order_id": "id", "ordered_at": "day", "product_name": "name", "quantity": "n", "unit_price": "price"}, entity="order_lines")  # fmt: skip
    assert done.frame["is_gift_card"].to_list() == [False]


# T21: 客单价 computed per order: buyers and orders must stay two different counts.


def test_t21_buyers_and_orders_are_counted_apart() -> None:
    rows = [
        ["1", "甲", "99", "100", "交易成功", DAY, DAY, "0"],
        ["2", "甲", "99", "200", "交易成功", DAY, DAY, "0"],
        ["3", "乙", "99", "300", "交易成功", DAY, DAY, "0"],
    ]
    orders = shaped(as_format([TAOBAO, *rows], "taobao_order_list_csv"), platform="taobao_tmall")["orders"]
    paid, buyers = orders["paid_amount"].sum(), orders["customer_id"].n_unique()
    assert (money(paid // buyers), money(paid // orders.height)) == (300, 200)


def test_t21_with_one_order_each_both_readings_are_equal() -> None:
    rows = [
        ["1", "甲", "99", "100", "交易成功", DAY, DAY, "0"],
        ["2", "乙", "99", "300", "交易成功", DAY, DAY, "0"],
    ]
    orders = shaped(as_format([TAOBAO, *rows], "taobao_order_list_csv"), platform="taobao_tmall")["orders"]
    paid, buyers = orders["paid_amount"].sum(), orders["customer_id"].n_unique()
    assert (money(paid // buyers), money(paid // orders.height)) == (200, 200)


# The refund already taken off the amount paid (double subtraction).


def tmall(*rows: list[str]) -> Conformed:
    columns = {
        "order_id": "订单编号",
        "order_amount": "总金额",
        "paid_amount": "实付",
        "ordered_at": "创建",
        "paid_at": "付款",
        "refund_amount": "退款",
    }
    return conformed([["订单编号", "总金额", "实付", "创建", "付款", "退款"], *rows], columns, entity="orders")


def test_a_refund_that_is_already_in_the_amount_paid_is_put_back_and_said() -> None:
    done = tmall(
        ["1", "100", "80", DAY, DAY, "20"],
        ["2", "50", "0", DAY, DAY, "50"],
        ["3", "70", "70", DAY, DAY, "0"],
        ["4", "90", "0", DAY, "", "0"],
    )
    assert [money(v) for v in done.frame["paid_amount"]] == [100, 50, 70, 0]
    assert [(p.code, p.count, p.rows) for p in done.problems if p.code == "refund_in_paid"] == [
        ("refund_in_paid", 2, (2, 3))
    ]


def test_a_refund_that_is_not_in_the_amount_paid_is_left_alone() -> None:
    done = tmall(["1", "100", "100", DAY, DAY, "20"], ["2", "50", "50", DAY, DAY, "50"])
    assert [money(v) for v in done.frame["paid_amount"]] == [100, 50]
    assert "refund_in_paid" not in [p.code for p in done.problems]


# T25: a GBK file read as UTF-8.


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_t25_the_same_file_in_every_encoding_gives_the_same_frame(tmp_path: Path, encoding: str) -> None:
    lines = [
        TAOBAO,
        ["1", "示例买家", "99", "99", "交易成功", DAY, DAY, "0"],
        ["2", "另一位", "50", "0", "交易关闭", DAY, "", "0"],
    ]
    text = "\r\n".join(
        ",".join([*row, "货款", "宝贝"] if i == 0 else [*row, "1", "T恤"]) for i, row in enumerate(lines)
    )
    text = text.replace("货款", "买家应付货款").replace("宝贝", "宝贝标题")
    path = tmp_path / "orders.csv"
    path.write_bytes(text.encode(encoding))
    raw = read(path)[0]
    done = conform(raw, recognise(raw), settings=Settings(), hash_id=hashed)
    assert done.frame["status_class"].to_list() == ["valid", "cancelled"]
    assert (
        done.frame["customer_id"].to_list()
        == hashed(pl.Series(["taobao_tmall:account|示例买家", "taobao_tmall:account|另一位"])).to_list()
    )


@pytest.mark.parametrize(
    ("rows", "raised"),
    [
        ([["1", "100", "80", DAY, DAY, "20"]], False),
        ([["1", "100", "80", DAY, DAY, "20"], ["2", "50", "40", DAY, DAY, "0"]], False),
        ([["1", "100", "80", DAY, DAY, "20"], ["2", "50", "50", DAY, DAY, "0"]], True),
        ([["1", "100", "0", DAY, DAY, "100"]], True),
        (
            [
                ["1", "100", "80", DAY, DAY, "20"],
                ["2", "100", "80", DAY, DAY, "20"],
                ["3", "100", "70", DAY, DAY, "30"],
            ],
            True,
        ),
    ],
    ids=["one row, could be a coupon", "others have coupons", "others are paid as due", "all given back", "three rows"],
)
def test_a_coincidence_is_no_evidence_that_refunds_are_in_the_amount_paid(
    rows: list[list[str]], *, raised: bool
) -> None:
    assert ("refund_in_paid" in [p.code for p in tmall(*rows).problems]) is raised
