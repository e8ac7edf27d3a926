"""Money and steering: sellers and their fees, monthly costs, taxes, targets, self-assessment, incidents."""

from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl

from ecodash.sample.cells import money, padded, stamp
from ecodash.sample.ids import ORDER_IDS
from ecodash.sample.records.goods import months
from ecodash.sample.records.own import seller
from ecodash.sample.records.people import MINI
from ecodash.sample.sheet import Columns, put_plain
from ecodash.sample.shop import Shop

# Id, kind, mode, days after the opening of the shop on which he joined.
SELLERS = (
    ("S-CAMP-01", "merchant", "third_party", 5),
    ("S-CAMP-02", "merchant", "third_party", 210),
    ("S-RENT-01", "merchant", "joint", 20),
    ("S-RENT-02", "individual", "third_party", 400),
    ("S-WOOD-01", "individual", "third_party", 0),
    ("S-WOOD-02", "individual", "third_party", 820),
    ("S-HILLFIELD", "brand", "self", 0),
    ("S-KNIT-01", "factory", "joint", 300),
)
# What partners pay for each quarter, in turn.
SERVICES = ("membership", "data", "marketing", "logistics", "payment", "security", "credit", "ad", "listing", "other")
COMMISSION = 800  # ten-thousandths
# Type, channel, share of the paid amount of a month in ten-thousandths.
COSTS = (
    ("marketing", "taobao_tmall", 610),
    ("marketing", "jd", 240),
    ("private_ops", MINI, 260),
    ("logistics", None, 480),
    ("labour", None, 900),
    ("it", None, 90),
    ("rd", None, 150),
    ("other", None, 120),
)
TARGETS = (
    ("运营", "aov", 340.0),
    ("会员", "cohort_repurchase_90d", 0.3),
    ("仓储", "on_time_rate", 0.9),
    ("客服", "csat_mean", 4.2),
)
ASSESSED = (
    "cm_comp_brand",
    "cm_trust_feedback",
    "cm_sec_rules",
    "cm_sec_staff",
    "cm_traffic_private",
    "build_team",
    "build_monitoring",
)
TIMES = ("started_at", "detected_at", "resolved_at")  # of an incident
DECLARED = 0.97  # share of the sales abroad that was declared


def write(shop: Shop, directory: Path) -> list[Path]:
    """The lists about money and steering."""
    return [
        _sellers(shop, directory),
        _fees(shop, directory),
        _costs(shop, directory),
        _taxes(shop, directory),
        _targets(shop, directory),
        _assessment(shop, directory),
        _incidents(shop, directory),
    ]


def _sellers(shop: Shop, directory: Path) -> Path:
    names = ("seller_id", "kind", "mode", "after")
    start = pl.lit(shop.plan.period.start)
    joined = start + pl.duration(days=pl.col("after"))
    columns: Columns = {
        "seller_id": pl.col("seller_id"),
        "kind": pl.col("kind"),
        "mode": pl.col("mode"),
        "joined_at": joined,
        "verified_at": pl.when(pl.col("kind") == "merchant").then(joined + pl.duration(days=pl.lit(9))),
        "suspended_at": pl.when(pl.col("seller_id") == "S-RENT-02").then(pl.lit(shop.plan.end - timedelta(days=60))),
    }
    return put_plain(directory / "sellers.csv", pl.DataFrame(SELLERS, schema=names, orient="row"), columns)


def _fees(shop: Shop, directory: Path) -> Path:
    """What the partners pay: a commission per order, and a service each quarter."""
    orders = shop.of("store").orders.with_columns(number=ORDER_IDS["store"](), seller=seller())
    sold = orders.filter(pl.col("seller").is_not_null(), pl.col("done_at").is_not_null())
    part = sold.select(
        fee_id=padded("nth", 7, before="FEE-"),
        date=pl.col("done_at").dt.date(),
        seller=pl.col("seller"),
        type=pl.lit("commission_base"),
        number=pl.col("number"),
        amount=pl.col("paid") * COMMISSION // 10_000,
    )
    quarters = [date(year, month, 5) for year, month in months(shop, 12) if month % 3 == 1]
    dues = pl.DataFrame({"date": quarters}, schema={"date": pl.Date}).join(
        pl.DataFrame({"seller": [s[0] for s in SELLERS[:4]]}), how="cross"
    )
    services = pl.lit(pl.Series(SERVICES)).gather(pl.int_range(pl.len()) % len(SERVICES))
    dues = dues.select(
        fee_id=pl.col("date").dt.strftime("FEE-%Y%m-") + pl.col("seller"), date=pl.col("date"), seller=pl.col("seller"),
        type=services, number=pl.lit(None, dtype=pl.String), amount=pl.lit(29_900, dtype=pl.Int64),
    )  # fmt: skip
    columns: Columns = {
        "fee_id": pl.col("fee_id"),
        "date": pl.col("date"),
        "seller_id": pl.col("seller"),
        "type": pl.col("type"),
        "order_id": pl.col("number"),
        "amount": money("amount"),
    }
    return put_plain(directory / "seller_fees.csv", pl.concat([part, dues]), columns)


def by_month(shop: Shop) -> pl.DataFrame:
    """Paid amount per month at home and abroad, each in its own currency: month, home, abroad."""
    abroad = pl.col("platform") == "shopify"
    rows = shop.orders.filter(pl.col("paid").is_not_null()).with_columns(
        month=pl.col("paid_at").dt.truncate("1mo").dt.date()
    )
    return rows.group_by("month").agg(
        home=pl.col("paid").filter(~abroad).sum(), abroad=(pl.col("paid") - pl.col("refund")).filter(abroad).sum()
    ).sort("month")  # fmt: skip


def _costs(shop: Shop, directory: Path) -> Path:
    kinds = pl.DataFrame(COSTS, schema=["type", "channel", "share"], orient="row")
    rows = by_month(shop).join(kinds, how="cross").with_columns(cost=pl.col("home") * pl.col("share") // 10_000)
    columns: Columns = {
        "month": pl.col("month"),
        "type": pl.col("type"),
        "channel_id": pl.col("channel"),
        "amount": money("cost"),
    }
    return put_plain(directory / "costs_monthly.csv", rows, columns)


def _taxes(shop: Shop, directory: Path) -> Path:
    """What was declared in the United States: a little less than was sold."""
    rows = by_month(shop).with_columns(declared=(pl.col("abroad") * 7 * DECLARED).floor().cast(pl.Int64))
    columns: Columns = {"period": pl.col("month"), "country": "US", "declared_sales": money("declared")}
    return put_plain(directory / "tax_filings.csv", rows, columns)


def _targets(shop: Shop, directory: Path) -> Path:
    days = [date(year, month, 1) for year, month in months(shop, 6)]
    goals = pl.DataFrame(TARGETS, schema=["owner", "indicator_id", "target_value"], orient="row")
    rows = pl.DataFrame({"period": days}, schema={"period": pl.Date}).join(goals, how="cross")
    return put_plain(directory / "targets.csv", rows, {name: pl.col(name) for name in rows.columns})


def _assessment(shop: Shop, directory: Path) -> Path:
    """Two rounds, half a year apart."""
    rounds = [shop.plan.end - timedelta(days=days) for days in (190, 8)]
    rows = [
        (item, day, 2 + (i + nth) % 4, "季度自查记录")
        for nth, day in enumerate(rounds)
        for i, item in enumerate(ASSESSED)
    ]
    names = ("item_id", "assessed_at", "score", "evidence")
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return put_plain(directory / "self_assessment.csv", frame, {name: pl.col(name) for name in names})


def _incidents(shop: Shop, directory: Path) -> Path:
    """What went wrong: days before the end, type, hours until it was seen and until it was over, people, loss, seller, country."""
    found = (
        (610, "outage", 0.2, 3.0, 420, "0.00", None, "CN"),
        (420, "customs", 6.0, 90.0, 14, "2600.00", None, "US"),
        (300, "fraud", 30.0, 60.0, 3, "1890.00", "S-RENT-02", "CN"),
        (88, "brushing", 240.0, 700.0, 0, "0.00", None, "CN"),
        (70, "privacy_claim", 12.0, 200.0, 1, "0.00", None, "CN"),
        (520, "attack", 0.1, 9.0, 0, "0.00", None, "CN"),
        (380, "ip_claim", 24.0, 400.0, 0, "1200.00", None, "CN"),
        (260, "fake_goods", 48.0, 120.0, 6, "960.00", "S-RENT-02", "CN"),
        (150, "data_leak", 20.0, 70.0, 310, "0.00", None, "CN"),
        (110, "tax", 72.0, 500.0, 0, "430.00", None, "US"),
        (35, "outage", 0.5, 5.5, 1_250, "8300.00", None, "CN"),
    )
    midday = datetime.combine(shop.plan.end, datetime.min.time()) + timedelta(hours=11)
    rows = []
    for i, (days, kind, seen, over, people, loss, who, where) in enumerate(found, start=1):
        begun = midday - timedelta(days=days)
        times = (begun, begun + timedelta(hours=seen), begun + timedelta(hours=over))
        rows.append((f"INC-{i:03d}", kind, *times, people, loss, who, where))
    names = ("incident_id", "type", *TIMES, "users_affected", "loss_amount", "seller_id", "country")
    frame = pl.DataFrame(rows, schema=names, orient="row")
    columns: Columns = {name: stamp(name) if name in TIMES else pl.col(name) for name in names}
    return put_plain(directory / "incidents.csv", frame, columns)
