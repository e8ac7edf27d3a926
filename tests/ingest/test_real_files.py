"""Open data of known truth, through reading, recognition, conforming and shaping."""

import gzip
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest

from ecodash.core.settings import Settings
from ecodash.ingest.conform import Conformed
from ecodash.ingest.mapping import LoadOptions
from tests.ingest.making import loaded, money, shaped
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
DATA = SHARED / "data"
LONDON = Settings(business_zone="Europe/London", base_currency="GBP")
PACIFIC = Settings(business_zone="America/Los_Angeles", base_currency="USD")
UCI = LoadOptions(credit_prefix="C", adjustment_prefix="A")


# --- UCI Online Retail -------------------------------------------------------------------------------------------------


@cache
def uci() -> tuple[Conformed, dict[str, pl.DataFrame]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "online_retail.csv"
        path.write_bytes(gzip.decompress((DATA / "uci_online_retail" / "online_retail.csv.gz").read_bytes()))
        done = loaded(
            path, sets=["credit_prefix=C", "adjustment_prefix=A", "zone=Europe/London", "currency=GBP"], settings=LONDON
        )
    return done, shaped(done, options=UCI)


def test_uci_every_row_and_every_penny() -> None:
    done, tables = uci()
    assert done.rejects.is_empty()
    assert done.totals["rows"] == tables["order_items"].height == 541_909
    assert done.totals["orders"] == tables["orders"].height == 25_900
    assert tables["order_items"]["paid_amount"].sum() == 97_477_479_340
    assert tables["customers"].height == 4_372
    assert done.frame["customer_id"].null_count() == 135_080
    assert tables["order_items"].select("order_id", "line_key").is_duplicated().sum() == 0


def test_uci_documents() -> None:
    orders = uci()[1]["orders"]
    prefixed = orders.group_by(pl.col("order_id").str.slice(0, 1).str.replace(r"\d", "5"), "document").len()
    found = {(row[0], row[1]): row[2] for row in prefixed.rows()}
    assert found[("C", "credit")] == 3_836
    assert found[("A", "adjustment")] == 3
    assert found[("5", "credit")] + found[("5", "sale")] == 25_900 - 3_839


def test_uci_all_three_readings_of_sales_by_month() -> None:
    tables = uci()[1]
    lines = tables["order_items"].join(tables["orders"].select("order_id", "document", "created_at"), on="order_id")
    lines = lines.with_columns(pl.col("created_at").dt.strftime("%Y-%m").alias("month"))
    readings = {
        "all": lines,
        "noA": lines.filter(pl.col("document") != "adjustment"),
        "gross": lines.filter((pl.col("document") == "sale") & (pl.col("qty") > 0) & (pl.col("unit_price") > 0)),
    }
    totals = {name: frame["paid_amount"].sum() for name, frame in readings.items()}
    assert totals == {"all": 97_477_479_340, "noA": 97_588_099_940, "gross": 106_556_224_840}
    by_month = {
        name: dict(frame.group_by("month").agg(pl.col("paid_amount").sum()).rows()) for name, frame in readings.items()
    }
    assert money(by_month["all"]["2010-12"]) == 748957.02
    assert money(by_month["noA"]["2011-08"]) == 693742.57
    assert money(by_month["gross"]["2011-11"]) == 1509496.33


def test_uci_identified_buyers() -> None:
    tables = uci()[1]
    orders = tables["orders"].filter(pl.col("document") == "sale", pl.col("customer_id").is_not_null())
    lines = tables["order_items"].join(orders, on="order_id").filter(pl.col("qty") > 0, pl.col("unit_price") > 0)
    assert lines.height == 397_884
    assert lines["order_id"].n_unique() == 18_532
    assert lines["customer_id"].n_unique() == 4_338
    assert money(lines["paid_amount"].sum()) == 8_911_407.904


def test_uci_days_loaded_one_by_one_give_the_same_lines() -> None:
    parts = [
        loaded(path, sets=["credit_prefix=C", "zone=Europe/London", "currency=GBP"], settings=LONDON)
        for path in sorted((DATA / "uci_online_retail" / "by-day").glob("*.csv"))
    ]
    days = pl.concat([shaped(part, options=UCI)["order_items"].drop("row_no") for part in parts])
    whole = uci()[1]["order_items"].drop("row_no").join(days.select("order_id").unique(), on="order_id", how="semi")
    assert days.sort(days.columns).equals(whole.select(days.columns).sort(days.columns))


# --- Tmall -------------------------------------------------------------------------------------------------------------

TMALL = ["tmall_order_report.csv", "tmall_order_report.gb18030.csv"]


@cache
def tmall(file: str) -> Conformed:
    return loaded(
        DATA / "tmall_orders_2020" / file,
        maps=["entity=orders"],
        sets=["platform=taobao_tmall", "zone=Asia/Shanghai", "currency=CNY"],
    )


@pytest.mark.parametrize("file", TMALL)
def test_tmall_the_refund_is_not_subtracted_twice(file: str) -> None:
    done = tmall(file)
    orders = shaped(done, platform="taobao_tmall")["orders"]
    paid = orders.filter(pl.col("paid_at").is_not_null())
    assert (orders.height, paid.height) == (28_010, 24_087)
    assert money(orders["order_amount"].sum()) == 2_995_760.61
    assert money(paid["paid_amount"].sum()) == 2_474_823.07
    assert money(orders["refund_amount"].sum()) == 572_335.92
    assert money(paid["paid_amount"].sum() - orders["refund_amount"].sum()) == 1_902_487.15
    assert (orders["refund_amount"] > 0).sum() == 5_646
    assert dict(orders["status"].value_counts().rows()) == {"paid": 24_087, "created": 3_923}
    codes = {problem.code: problem for problem in done.problems}
    assert codes["refund_in_paid"].count == 5_646
    assert "no_buyer_id" in codes
    assert done.rejects.is_empty()


def test_tmall_provinces_are_those_of_the_file() -> None:
    places = dict(tmall(TMALL[0]).frame["province"].value_counts().rows())
    assert (len(places), places["上海"], places["广东省"]) == (31, 3_353, 2_463)


def test_tmall_both_encodings_are_one_file() -> None:
    assert tmall(TMALL[0]).frame.equals(tmall(TMALL[1]).frame)


# --- CDNOW -------------------------------------------------------------------------------------------------------------


def test_cdnow_one_row_is_one_order() -> None:
    done = loaded(
        DATA / "cdnow_sample" / "CDNOW_sample.txt",
        maps=[
            "entity=orders",
            "customer_key=column_1",
            "ordered_at=column_3",
            "quantity=column_4",
            "paid_amount=column_5",
        ],
        sets=["no_header=yes", "row_is_order=yes", "currency=USD"],
        settings=PACIFIC,
    )
    orders = shaped(done)["orders"]
    assert (orders.height, orders["customer_id"].n_unique()) == (6_919, 2_357)
    assert money(orders["paid_amount"].sum()) == 244_091.94
    assert money(done.frame["quantity"].sum()) == 16_479
    assert (orders["paid_amount"] == 0).sum() == 8
    assert (orders["created_at"].min().date(), orders["created_at"].max().date()) == (
        date(1997, 1, 1),
        date(1998, 6, 30),
    )


# --- SCMS --------------------------------------------------------------------------------------------------------------


@cache
def scms() -> Conformed:
    maps = ["entity=shipments", "shipment_id=ID", "order_id=PO / SO #", "ordered_at=PO Sent to Vendor Date", "promised_at=Scheduled Delivery Date",
            "delivered_at=Delivered to Client Date", "quantity=Line Item Quantity", "value_amount=Line Item Value", "ship_country=Country",
            "freight_cost=Freight Cost (USD)", "carrier=Shipment Mode", "unit_price=", "cost=", "country=", "product_name="]  # fmt: skip
    return loaded(DATA / "scms_deliveries" / "SCMS_Delivery_History_Dataset.csv", maps=maps, sets=["currency=USD"])


def test_scms_damaged_order_dates_are_rejected_with_their_count() -> None:
    done = scms()
    reasons = dict(
        done.rejects.group_by("field", "reason_code")
        .len()
        .select(pl.concat_str("field", pl.lit(":"), "reason_code"), "len")
        .rows()
    )
    assert reasons == {
        "ordered_at:damaged_date": 1_712,
        "ordered_at:not_a_date": 5_404 + 328,
        "freight_cost:not_a_number": 4_126,
    }
    assert [(p.code, p.count) for p in done.problems if p.code == "damaged_dates"] == [("damaged_dates", 1_712)]
    example = done.rejects.filter(pl.col("reason_code") == "damaged_date").row(0, named=True)
    assert example["column"] == "PO Sent to Vendor Date"
    assert example["whole_row"] is False


def test_scms_on_time_and_lead_times() -> None:
    parcels = shaped(scms())["shipments"]
    assert parcels.height == 10_324
    assert (parcels["delivered_at"] <= parcels["promised_at"]).sum() == 9_138
    assert money(parcels["value_amount"].sum()) == 1_627_584_457.29
    assert money(parcels["qty"].sum()) == 189_265_090
    lead = parcels.select((pl.col("delivered_at") - pl.col("ordered_at")).dt.total_days().alias("days")).drop_nulls()
    assert (lead.height, lead["days"].median()) == (2_880, 98)
    assert round(float(lead["days"].mean() or 0), 4) == 106.5462
    assert parcels["carrier"].str.contains("N/A").sum() == 360


# --- frePPLe, GA, Robyn, weekly ------------------------------------------------------------------------------------------


def test_frepple_demand_and_stock() -> None:
    folder = DATA / "frepple_tennis_shop"
    maps = [
        "entity=order_lines",
        "order_id=name",
        "ordered_at=due",
        "quantity=quantity",
        "sku=item_id",
        "product_id=",
        "store=location_id",
        "status=status",
        "customer_key=",
    ]
    sales = shaped(loaded(folder / "sales_orders.csv", maps=maps, sets=["valid=closed"]))
    assert money(sales["order_items"]["qty"].sum()) == 13_976
    assert sales["orders"]["store_id"].n_unique() == 2
    stock = loaded(
        folder / "stock_on_hand.csv",
        maps=[
            "entity=inventory",
            "sku=item_id",
            "product_id=",
            "warehouse=location_id",
            "on_hand=onhand",
            "safety_stock=minimum",
        ],
        sets=["snapshot_date=2021-01-25"],
    )
    inventory = shaped(stock)["inventory"]
    assert (inventory.height, money(inventory["on_hand_qty"].sum())) == (33, 257)
    by_place = dict(inventory.group_by("location_id").agg(pl.col("on_hand_qty").sum() // 10_000).rows())
    assert by_place == {"RDC": 113, "Tennis shop Brussels": 65, "Tennis shop Paris": 79}


def test_ga_sessions_become_a_day_per_channel() -> None:
    maps = ["entity=traffic_daily", "date=date", "channel=channelGrouping", "customer_key=fullVisitorId", "page_views=pageviews", "bounces=bounces",
            "new_visits=newVisits", "orders=transactions", "paid_amount=totalTransactionRevenue"]  # fmt: skip
    done = loaded(
        DATA / "ga_merch_store" / "sessions_20170801.csv",
        maps=maps,
        sets=["money_divisor=1000000", "platform=ga", "currency=USD"],
        settings=PACIFIC,
    )
    traffic = shaped(done, platform="ga")["traffic_daily"]
    sums = {name: traffic[name].sum() for name in ("visits", "page_views", "bounces", "new_visits", "orders", "amount")}
    assert sums == {
        "visits": 2_556,
        "page_views": 10_939,
        "bounces": 1_238,
        "new_visits": 1_872,
        "orders": 45,
        "amount": 88_900_000,
    }
    referral = traffic.filter(pl.col("channel_id") == "ga/Referral").row(0, named=True)
    assert (referral["visits"], referral["visitors"], referral["orders"], money(referral["amount"])) == (
        436,
        368,
        29,
        5_488.78,
    )
    assert done.totals["sessions"] == 2_556


def test_robyn_spend_of_five_channels() -> None:
    rule = "unpivot=tv_S:tv,ooh_S:ooh,print_S:print,search_S:search,facebook_S:facebook value=spend name=channel"
    done = loaded(
        DATA / "robyn_weekly_media" / "dt_simulated_weekly.csv",
        maps=["entity=ads_daily", "date=DATE", "paid_amount="],
        sets=[rule, "platform=robyn"],
    )
    spend = shaped(done, platform="robyn")["ad_spend"]
    assert spend.height == 208 * 5
    assert abs(spend["spend"].sum() / 10_000 - 14_529_098.5123) < 208 * 5 / 20_000
    tv = spend.filter(pl.col("channel_id") == "robyn/tv")
    assert round(tv["spend"].sum() / 10_000, 1) == 3_087_487.8
    assert (tv["spend"] == 0).sum() == 116


def test_weekly_table_becomes_a_week_per_row() -> None:
    done = loaded(
        DATA / "uci_sales_weekly" / "Sales_Transactions_Dataset_Weekly.csv",
        maps=["entity=product_daily", "product_id=Product_Code"],
        sets=["unpivot=W*:* value=paid_qty name=date step=7", "period_start=2024-01-01", "platform=shop"],
    )
    weeks = shaped(done, platform="shop")["product_daily"]
    assert weeks.height == 811 * 52
    by_day = dict(weeks.group_by("date").agg(pl.col("paid_qty").sum() // 10_000).rows())
    assert (by_day[date(2024, 1, 1)], by_day[date(2024, 12, 23)]) == (7_220, 7_209)
    assert sum(by_day.values()) == 375_287
