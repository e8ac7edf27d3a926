"""Open real files that bring no orders of a shop, from the command line to the stored canonical tables.

Expected figures are the independently computed ones of the data's own truth file.
"""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ecodash.core.decimals import SCALE
from ecodash.session import Session
from tests.cli.terminal import answer, load, value
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
DATA = SHARED / "data"


def maps(*pairs: str) -> list[str]:
    """The pairs as arguments ``--map``."""
    return [part for pair in pairs for part in ("--map", pair)]


def stored(workspace: Path, table: str) -> pl.DataFrame:
    with Session.open(workspace, read_only=True) as session:
        frame = session.workspace.table(table).collect()
        return frame.to_polars()


SCMS = (
    "entity=shipments", "shipment_id=ID", "order_id=PO / SO #", "ordered_at=PO Sent to Vendor Date",
    "promised_at=Scheduled Delivery Date", "delivered_at=Delivered to Client Date", "quantity=Line Item Quantity",
    "value_amount=Line Item Value", "ship_country=Country", "freight_cost=Freight Cost (USD)", "carrier=Shipment Mode",
    "unit_price=", "cost=", "country=", "product_name=",
)  # fmt: skip


@pytest.fixture(scope="module")
def scms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("scms")
    answer("settings", "--workspace", workspace, "--set", "base_currency=USD")
    file = DATA / "scms_deliveries" / "SCMS_Delivery_History_Dataset.csv"
    (report,) = load(workspace, file, *maps(*SCMS), "--set", "currency=USD")
    assert (report["rows"], report["kept"], report["rejected"]) == (10_324, 10_324, 0)
    return workspace


def test_scms_damaged_order_dates_can_be_listed(scms: Path) -> None:
    rejects = pl.DataFrame(answer("rejects", "--workspace", scms))
    counts = dict(rejects.filter(pl.col("field") == "ordered_at")["reason_code"].value_counts().rows())
    assert counts == {"damaged_date": 1_712, "not_a_date": 5_404 + 328}


def test_scms_deliveries_on_time_and_lead_times(scms: Path) -> None:
    parcels = stored(scms, "shipments")
    assert parcels.height == 10_324
    assert (parcels["delivered_at"] <= parcels["promised_at"]).sum() == 9_138
    assert parcels["value_amount"].sum() / SCALE == pytest.approx(1_627_584_457.29, abs=1e-6)
    lead = (parcels["delivered_at"] - parcels["ordered_at"]).dt.total_days().drop_nulls()
    assert (lead.len(), lead.median()) == (2_880, 98)
    assert lead.mean() == pytest.approx(106.5462, abs=5e-5)


def test_frepple_sales_and_stock(tmp_path: Path) -> None:
    folder = DATA / "frepple_tennis_shop"
    sales = ("entity=order_lines", "order_id=name", "ordered_at=due", "quantity=quantity", "sku=item_id", "product_id=",
             "store=location_id", "status=status", "customer_key=")  # fmt: skip
    load(tmp_path, folder / "sales_orders.csv", *maps(*sales), "--set", "valid=closed")
    stock = ("entity=inventory", "sku=item_id", "product_id=", "warehouse=location_id", "on_hand=onhand",
             "safety_stock=minimum")  # fmt: skip
    load(tmp_path, folder / "stock_on_hand.csv", *maps(*stock), "--set", "snapshot_date=2021-01-25")
    assert stored(tmp_path, "order_items")["qty"].sum() == 13_976 * SCALE
    assert value(tmp_path, "units")["value"] == 13_976
    places = stored(tmp_path, "inventory").group_by("location_id").agg(pl.col("on_hand_qty").sum() // SCALE)
    assert dict(places.rows()) == {"RDC": 113, "Tennis shop Brussels": 65, "Tennis shop Paris": 79}


def test_ga_sessions_become_a_day_per_channel(tmp_path: Path) -> None:
    answer("settings", "--workspace", tmp_path, "--set", "base_currency=USD")
    pairs = ("entity=traffic_daily", "date=date", "channel=channelGrouping", "customer_key=fullVisitorId",
             "page_views=pageviews", "bounces=bounces", "new_visits=newVisits", "orders=transactions",
             "paid_amount=totalTransactionRevenue")  # fmt: skip
    sets = ("--set", "money_divisor=1000000", "--set", "platform=ga", "--set", "currency=USD")
    load(tmp_path, DATA / "ga_merch_store" / "sessions_20170801.csv", *maps(*pairs), *sets)
    traffic = stored(tmp_path, "traffic_daily")
    sums = {name: traffic[name].sum() for name in ("visits", "page_views", "bounces", "new_visits", "orders", "amount")}
    assert sums == {"visits": 2_556, "page_views": 10_939, "bounces": 1_238, "new_visits": 1_872, "orders": 45,
                    "amount": 8_890 * SCALE}  # fmt: skip
    referral = traffic.row(by_predicate=pl.col("channel_id") == "ga/Referral", named=True)
    assert (referral["visits"], referral["visitors"], referral["amount"]) == (436, 368, 54_887_800)


def test_robyn_spend_by_channel(tmp_path: Path) -> None:
    rule = "unpivot=tv_S:tv,ooh_S:ooh,print_S:print,search_S:search,facebook_S:facebook value=spend name=channel"
    pairs = ("entity=ads_daily", "date=DATE", "paid_amount=")
    file = DATA / "robyn_weekly_media" / "dt_simulated_weekly.csv"
    load(tmp_path, file, *maps(*pairs), "--set", rule, "--set", "platform=robyn")
    spend = stored(tmp_path, "ad_spend")
    assert spend.height == 208 * 5
    totals = dict(spend.group_by("channel_id").agg(pl.col("spend").sum() / SCALE).rows())
    expected = {"tv": 3087487.7733, "ooh": 8989331.7333, "print": 775555.5111, "search": 1230426.6667,
                "facebook": 446296.8279}  # fmt: skip
    # 208 weeks, each rounded to a ten-thousandth
    assert totals == pytest.approx({f"robyn/{name}": amount for name, amount in expected.items()}, abs=208 / SCALE / 2)


def test_weekly_columns_become_a_week_per_row(tmp_path: Path) -> None:
    sets = (
        "--set",
        "unpivot=W*:* value=paid_qty name=date step=7",
        "--set",
        "period_start=2024-01-01",
        "--set",
        "platform=shop",
    )
    file = DATA / "uci_sales_weekly" / "Sales_Transactions_Dataset_Weekly.csv"
    load(tmp_path, file, *maps("entity=product_daily", "product_id=Product_Code"), *sets)
    weeks = stored(tmp_path, "product_daily")
    by_week = dict(weeks.group_by("date").agg(pl.col("paid_qty").sum() // SCALE).rows())
    assert weeks.height == 811 * 52
    assert (by_week[date(2024, 1, 1)], by_week[date(2024, 12, 23)], sum(by_week.values())) == (7_220, 7_209, 375_287)
