"""Field frames → canonical tables."""

from dataclasses import replace
from datetime import date, datetime

import polars as pl
import pytest
import yaml

from ecodash.core.schema import TABLES
from ecodash.core.settings import Settings
from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.conform import conform
from ecodash.ingest.mapping import LoadOptions
from ecodash.ingest.read import read
from ecodash.ingest.recognise import recognise
from tests.ingest.making import as_format, conformed, hashed, money, shaped, shaped_by_duckdb
from tests.shared import SHARED, needs_shared

DAY = "2026-05-01 10:00:00"
SAMPLES = SHARED / "export_samples"
FILES = sorted(yaml.safe_load((SAMPLES / "expected.yaml").read_text("utf-8"))["files"]) if SAMPLES.is_dir() else []
STOCK_DAY = LoadOptions(snapshot_date=date(2026, 5, 1))


def sorted_tables(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {name: frame.sort(frame.columns) for name, frame in sorted(tables.items())}


@needs_shared
@pytest.mark.parametrize("file", FILES)
def test_polars_and_duckdb_agree_on_every_sample_and_keys_are_whole_and_unique(file: str) -> None:
    raw = read(SAMPLES / file)[0]
    found = recognise(raw)
    done = conform(raw, found, settings=Settings(), hash_id=hashed)
    platform = FORMATS[str(found.format)].platform
    mine = sorted_tables(shaped(done, platform=platform, options=STOCK_DAY))
    other = sorted_tables(shaped_by_duckdb(done, platform=platform, options=STOCK_DAY))
    assert mine.keys() == other.keys()
    for name, frame in mine.items():
        assert frame.equals(other[name]), name
        assert set(frame.columns) <= {*TABLES[name].column_names, "row_no"}
        key = [column for column in TABLES[name].key if column in frame.columns]
        assert not frame.select(key).is_duplicated().any(), name
        required = [c.name for c in TABLES[name].columns if c.required]
        assert frame.select(required).null_count().row(0) == (0,) * len(required), name


@needs_shared
@pytest.mark.parametrize("file", FILES)
def test_no_row_and_no_amount_is_lost_between_fields_and_tables(file: str) -> None:
    raw = read(SAMPLES / file)[0]
    done = conform(raw, recognise(raw), settings=Settings(), hash_id=hashed)
    tables = shaped(done, options=STOCK_DAY)
    if done.entity in ("orders", "order_lines"):
        assert tables["orders"].height == done.totals["orders"]
        if done.frame["paid_stated"].all():
            assert tables["orders"]["paid_amount"].sum() == done.frame["paid_amount"].sum()
        if "order_items" in tables and "paid_amount" in done.frame.columns:
            assert tables["order_items"]["paid_amount"].sum() == done.frame["paid_amount"].sum()
            assert tables["order_items"].height == done.frame.height
    if done.entity == "ads_daily":
        assert tables["ad_spend"]["spend"].sum() == done.totals["spend"]
    if done.entity == "inventory":
        assert tables["inventory"]["on_hand_qty"].sum() == done.totals["on_hand"]
    if done.entity == "settlement":
        assert tables["settlements"].height == done.frame.height


ORDERS = {
    "order_id": "id",
    "ordered_at": "day",
    "paid_at": "paid",
    "status": "status",
    "sku": "sku",
    "quantity": "n",
    "unit_price": "price",
    "customer_key": "who",
}
HEADER = ["id", "day", "paid", "status", "sku", "n", "price", "who"]


def lines(*rows: list[str], options: LoadOptions | None = None) -> dict[str, pl.DataFrame]:
    return shaped(conformed([HEADER, *rows], ORDERS, entity="order_lines", options=options), options=options)


def test_an_order_takes_its_earliest_creation_and_its_furthest_status() -> None:
    orders = lines(
        ["1", "2026-05-01 10:01:00", "2026-05-01 10:05:00", "待发货", "a", "1", "5", "u"],
        ["1", "2026-05-01 10:00:00", "2026-05-01 10:05:00", "已发货", "b", "1", "5", "u"],
    )["orders"]
    row = orders.row(0, named=True)
    assert row["created_at"] == datetime(2026, 5, 1, 10)
    assert (row["status"], row["document"]) == ("shipped", "sale")


@pytest.mark.parametrize(
    ("status", "paid", "canonical"),
    [
        ("待付款", "", "created"),
        ("待发货", DAY, "paid"),
        ("已发货", DAY, "shipped"),
        ("交易成功", DAY, "completed"),
        ("交易关闭", "", "cancelled"),
        ("交易关闭", DAY, "refunded"),
    ],
)
def test_the_canonical_status_follows_the_words_and_the_payment(status: str, paid: str, canonical: str) -> None:
    assert lines(["1", DAY, paid, status, "a", "1", "5", "u"])["orders"]["status"].to_list() == [canonical]


def test_a_list_of_sales_without_status_and_payment_has_neither() -> None:
    columns = {name: ORDERS[name] for name in ("order_id", "ordered_at", "sku", "quantity", "unit_price")}
    orders = shaped(conformed([HEADER, ["1", DAY, "", "", "a", "1", "5", "u"]], columns, entity="order_lines"))[
        "orders"
    ]
    assert not {"status", "paid_at", "paid_amount"} & {c for c in orders.columns if orders[c].null_count() == 0}


def test_a_sum_of_lines_is_no_statement_of_the_order() -> None:
    tables = lines(["1", DAY, DAY, "完成", "a", "2", "5", "u"])
    assert tables["orders"]["paid_amount"].to_list() == [None]
    assert money(tables["order_items"]["paid_amount"][0]) == 10


def test_credit_notes_and_adjustments_are_documents_of_their_own() -> None:
    options = LoadOptions(credit_prefix="C", adjustment_prefix="A")
    orders = lines(
        ["536365", DAY, "", "", "a", "2", "5", "u"],
        ["C536366", DAY, "", "", "a", "-2", "5", "u"],
        ["A536367", DAY, "", "", "B", "1", "-11062.06", ""],
        ["536368", DAY, "", "", "a", "-3", "0", ""],
        ["536369", DAY, "", "", "a", "3", "5", ""],
        ["536369", DAY, "", "", "a", "-1", "5", ""],
        options=options,
    )["orders"]
    kinds = dict(orders.select("order_id", "document").rows())
    assert kinds == {
        "536365": "sale",
        "C536366": "credit",
        "A536367": "adjustment",
        "536368": "credit",
        "536369": "sale",
    }


def test_equal_lines_of_an_order_stay_apart_whatever_their_order_in_the_file() -> None:
    rows = [
        ["1", DAY, DAY, "完成", "a", "2", "5", "u"],
        ["1", DAY, DAY, "完成", "a", "1", "5", "u"],
        ["1", DAY, DAY, "完成", "a", "1", "5", "u"],
        ["1", DAY, DAY, "完成", "b", "1", "5", "u"],
    ]
    there, back = lines(*rows)["order_items"], lines(*rows[::-1])["order_items"]
    assert sorted(there["line_key"]) == ["a#1", "a#2", "a#3", "b#1"]
    columns = ["order_id", "line_key", "qty", "paid_amount"]
    assert there.select(columns).sort("line_key").equals(back.select(columns).sort("line_key"))


def test_a_line_id_is_the_key_only_where_it_names_one_line() -> None:
    header = [
        "Sales Record Number",
        "Order Number",
        "Item Number",
        "Custom Label",
        "Quantity",
        "Sold For",
        "Total Price",
        "Sale Date",
        "Paid On Date",
    ]
    rows = [
        ["102", "24-2", "", "", "3", "$60", "$68", "May-03-26", "May-03-26"],
        ["102", "24-2", "111", "CAP", "2", "$20", "", "May-03-26", ""],
        ["102", "24-2", "112", "STR", "1", "$40", "", "May-03-26", ""],
    ]
    items = shaped(as_format([header, *rows], "ebay_orders"), platform="ebay")["order_items"]
    assert items["line_key"].n_unique() == 2


@pytest.mark.parametrize(
    ("platform", "word", "channel", "kind", "domain"),
    [
        ("douyin", "直播", "douyin/直播", "live", "public"),
        ("jd", "京东", "jd", "marketplace", "public"),
        ("youzan", "微信小程序", "youzan/微信小程序", "mini_program", "private"),
        ("shopify", "web", "shopify/web", "web", "private"),
        ("weimob", "", "weimob", "mini_program", "private"),
        ("amazon", "Amazon.com", "amazon", "marketplace", "public"),
        ("jushuitan", "淘宝天猫", "taobao_tmall", "marketplace", "public"),
        ("wangdiantong", "拼多多", "pinduoduo", "marketplace", "public"),
        ("mine", "", "mine", None, None),
    ],
)
def test_channels_are_named_by_platform_and_word_and_their_domain_is_proposed(
    platform: str, word: str, channel: str, kind: str | None, domain: str | None
) -> None:
    done = conformed(
        [["id", "day", "from"], ["1", DAY, word]],
        {"order_id": "id", "ordered_at": "day", "channel": "from"},
        entity="orders",
    )
    row = shaped(done, platform=platform)["channels"].row(0, named=True)
    assert (row["channel_id"], row["kind"], row["domain"]) == (channel, kind, domain)


def test_stock_without_a_day_waits_for_one() -> None:
    done = as_format([["商家编码", "库存", "可发库存"], ["A", "5", "4"]], "wangdiantong_stock")
    assert "ask_snapshot_date" in [p.code for p in done.problems]
    assert shaped(done)["inventory"].is_empty()
    row = shaped(done, platform="wangdiantong", options=STOCK_DAY)["inventory"].row(0, named=True)
    assert (row["snapshot_date"], row["location_id"], row["sku_id"], row["on_hand_qty"]) == (
        date(2026, 5, 1),
        "wangdiantong",
        "A",
        50_000,
    )


def test_the_day_of_a_stock_file_may_stand_in_its_name() -> None:
    done = as_format([["商家编码", "库存"], ["A", "5"]], "wangdiantong_stock", file="库存_20260430.xls")
    assert shaped(done)["inventory"]["snapshot_date"].to_list() == [date(2026, 4, 30)]


def test_subtotals_of_traffic_levels_are_left_out() -> None:
    header = ["流量载体", "一级来源", "二级来源", "三级来源", "四级来源", "访客数", "支付金额"]
    rows = [["全部", "平台流量", "汇总", "汇总", "汇总", "3,000", "22,500"], ["全部", "平台流量", "手淘搜索", "汇总", "汇总", "2,000", "16,500"],
            ["全部", "平台流量", "手淘推荐", "汇总", "汇总", "1,000", "6,000"], ["全部", "一方流量", "汇总", "汇总", "汇总", "300", "-"]]  # fmt: skip
    options = LoadOptions(period_start=date(2026, 5, 1), period_end=date(2026, 5, 1))
    done = as_format([header, *rows], "sycm_shop_source", options=options)
    traffic = shaped(done, platform="taobao_tmall")["traffic_daily"]
    assert sorted(traffic["visitors"]) == [300, 1000, 2000]
    assert done.totals["level1_visitors"] == 3300


def test_a_report_of_a_month_is_split_into_days_that_add_up_and_people_are_left_empty() -> None:
    header = ["统计日期", "访客数", "支付金额", "支付买家数", "客单价"]
    done = as_format([header, ["2026-05-01~2026-05-03", "100", "100.00", "9", "11.11"]], "sycm_shop_daily")
    rows = shaped(done, platform="taobao_tmall")["shop_daily"].sort("date")
    assert rows["paid_amount"].to_list() == [333_334, 333_333, 333_333]
    assert rows["visitors"].to_list() == [None] * 3
    assert "period_split" in [p.code for p in done.problems]


def test_visitors_of_several_rows_of_one_day_are_not_added_up() -> None:
    done = conformed([["d", "p", "v", "pv"], ["2026-05-01", "a", "10", "20"], ["2026-05-01", "b", "5", "7"]],
                     {"date": "d", "landing_page": "p", "visitors": "v", "page_views": "pv"}, entity="traffic_daily")  # fmt: skip
    assert shaped(done)["traffic_daily"].select("visitors", "page_views").rows() == [(None, 27)]


def test_fee_columns_become_fees() -> None:
    header = [
        "date/time",
        "settlement id",
        "type",
        "order id",
        "sku",
        "quantity",
        "product sales",
        "selling fees",
        "fba fees",
        "total",
    ]
    done = as_format(
        [header, ["May 3, 2026 3:00:11 AM PDT", "19", "Order", "111", "B", "2", "39.98", "-6.00", "-8.20", "25.78"]],
        "amazon_unified_transactions",
    )
    fees = shaped(done, platform="amazon")["platform_fees"]
    assert sorted(fees.select("type", "amount", "order_id", "date").rows()) == [
        ("commission_base", 60_000, "111", date(2026, 5, 3)),
        ("logistics", 82_000, "111", date(2026, 5, 3)),
    ]


def test_customer_exports_bring_all_they_know_and_no_one_else_does() -> None:
    header = [
        "客户姓名",
        "客户昵称",
        "客户手机号",
        "客户生日",
        "客户性别",
        "是否会员",
        "免费等级",
        "客户积分",
        "客户储值余额",
        "消费次数",
        "消费金额",
        "成为客户时间",
        "成为会员时间",
    ]
    done = as_format(
        [
            header,
            [
                "",
                "示例",
                "10000000001",
                "1990-05-06",
                "女",
                "是",
                "V2",
                "1200",
                "5.5",
                "5",
                "520.00",
                "2024-11-11 09:00:00",
                "2024-11-11 09:05:00",
            ],
        ],
        "youzan_customer_export",
    )
    row = shaped(done, platform="youzan")["customers"].row(0, named=True)
    assert row["customer_id"] == hashed(pl.Series(["phone|10000000001"]))[0]
    assert (row["registered_at"], row["member_since"], row["birth_year"]) == (
        date(2024, 11, 11),
        date(2024, 11, 11),
        1990,
    )
    assert (row["order_count"], row["total_spent"], row["points_balance"], row["stored_value"]) == (
        5,
        5_200_000,
        12_000_000,
        55_000,
    )


def test_a_refused_return_gives_nothing_back() -> None:
    header = ["订单编号", "退款编号", "买家退款金额", "退款状态", "退款完结时间", "买家退款原因", "买家实际支付金额"]
    rows = [
        ["1", "r1", "99", "退款成功", DAY, "七天无理由", "99"],
        ["2", "r2", "20", "买家已经申请退款，等待卖家同意", "", "少件", "50"],
        ["3", "r3", "30", "退款关闭", "", "质量问题", "30"],
    ]
    done = as_format([header, *rows], "taobao_refund")
    returns = shaped(done, platform="taobao_tmall")["returns"].sort("return_id")
    assert returns.select("accepted", "refund_amount", "reason").rows() == [
        (True, 990_000, "no_reason"),
        (None, None, "wrong"),
        (False, None, "quality"),
    ]
    assert done.totals["refunded"] == 990_000


def test_zero_rows_keep_their_columns() -> None:
    tables = shaped(
        conformed(
            [HEADER, ["", "", "", "", "", "", "", ""], ["", DAY, "", "", "a", "1", "5", "u"]],
            ORDERS,
            entity="order_lines",
        )
    )
    assert tables["orders"].is_empty()
    assert "order_id" in tables["orders"].columns


@needs_shared
@pytest.mark.parametrize("file", [file for file in FILES if "orders" in file or "items" in file])
def test_keys_made_by_conform_and_by_shape_are_the_same(file: str) -> None:
    raw = read(SAMPLES / file)[0]
    done = conform(raw, recognise(raw), settings=Settings(), hash_id=hashed)
    if "order_items" not in shaped(done):
        return
    bare = replace(done, frame=done.frame.drop("line_key"))
    for by_shape in (shaped(bare), shaped_by_duckdb(bare)):
        mine = shaped(done)["order_items"].select("row_no", "line_key").sort("row_no")
        assert by_shape["order_items"].select("row_no", "line_key").sort("row_no").equals(mine)


def test_a_report_row_of_a_century_is_a_reject_and_not_forty_thousand_rows() -> None:
    header = ["统计日期", "访客数", "支付金额", "支付买家数", "客单价"]
    done = as_format(
        [header, ["2000-01-01~2099-12-31", "1", "1.00", "1", "1"], ["2026-05-01", "1", "1.00", "1", "1"]],
        "sycm_shop_daily",
    )
    assert done.frame.height == 1
    assert done.rejects.select("row_no", "reason_code", "whole_row").rows() == [(2, "period_too_long", True)]
