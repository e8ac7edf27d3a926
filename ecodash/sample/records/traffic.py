"""Visits and what is done to bring people back: daily traffic, live streams, engagement, the app's own advertising."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from ecodash.sample.cells import count, listed, money, stamp
from ecodash.sample.records.people import MINI
from ecodash.sample.records.places import COMMUNITY
from ecodash.sample.sheet import Columns, Sheet, put_csv, put_plain, sheet
from ecodash.sample.shop import Shop

DAYS = 365
# Platform, its channel, visitors per buyer; the app splits its visitors by whether they saw recommendations.
VISITED = (("taobao", "taobao_tmall", 31), ("jd", "jd", 27), ("pinduoduo", "pinduoduo", 38), ("youzan", MINI, 14))
RECOMMENDED = 0.5  # share of the visitors with recommendations
LIFT = 1.25  # what they do to conversion
ACTIVITIES = (
    ("community", 620, 0.11),
    ("push", 900, 0.05),
    ("game", 240, 0.3),
    ("short_video", 1_500, 0.08),
    ("live", 700, 0.2),
)
PLANS = (
    ("APP-FEED-1", "video", "home", "performance", "true"),
    ("APP-FEED-2", "image", "detail", "fixed", "false"),
    ("APP-SEARCH", "search", "search", "bid_cpc", "true"),
    ("APP-LIVE", "live", "app", "performance", "true"),
    ("APP-BANNER", "image", "other", "fixed", "false"),
)
AD_DAYS = 180


def write(shop: Shop, directory: Path) -> list[Path]:
    """The reports about visits."""
    return [
        _traffic(shop, directory),
        put_csv(directory / "douyin_live_daily.csv", _live(shop), encoding="utf-8-sig"),
        _engagement(shop, directory),
        _advertising(shop, directory),
    ]


def _by_day(shop: Shop, platform: str) -> pl.DataFrame:
    """One row per day of the last year: day, buyers (orders that were paid), money and pieces."""
    paid = shop.orders.filter(pl.col("platform") == platform, pl.col("paid").is_not_null())
    sums = paid.group_by("day").agg(buyers=pl.len(), money=pl.col("paid").sum(), pieces=pl.col("qty").sum())
    days = pl.DataFrame({"day": np.arange(shop.plan.days - DAYS, shop.plan.days)})
    start = pl.lit(shop.plan.period.start)
    rows = days.join(sums, on="day", how="left", maintain_order="left").fill_null(0)
    return rows.with_columns(date=start + pl.duration(days=pl.col("day")), buyers=pl.col("buyers").cast(pl.Int64))


def _traffic(shop: Shop, directory: Path) -> Path:
    """Daily visitors of four channels; in the mini-program also with and without recommendations, and its searches."""
    dice = shop.plan.dice(34)
    parts = []
    for platform, channel, per_buyer in VISITED:
        rows = _by_day(shop, platform).with_columns(channel=pl.lit(channel), segment=pl.lit("all"))
        seen = dice.poisson((rows["buyers"].to_numpy() * 0.6 + 1.2) * per_buyer)
        parts.append(rows.with_columns(visitors=np.maximum(seen, rows["buyers"].to_numpy())))
    arms = [_arm(parts[-1], name, dice) for name in ("rec", "no_rec")]
    rows = pl.concat([*parts, *arms], how="diagonal")
    viewers = (pl.col("visitors") * 0.62).floor().cast(pl.Int64)
    searches = pl.when(pl.col("channel") == MINI, pl.col("segment") == "all").then(pl.col("visitors") // 3)
    columns: Columns = {
        "date": pl.col("date"),
        "channel_id": pl.col("channel"),
        "segment": pl.col("segment"),
        "visitors": count("visitors"),
        "product_viewers": pl.max_horizontal(viewers, "buyers"),
        "cart_users": pl.max_horizontal(pl.col("visitors") // 8, "buyers"),
        "buyers": count("buyers"),
        "searches": searches,
        "searches_no_result": searches // 14,
    }
    return put_plain(directory / "traffic_daily.csv", rows, columns)


def _arm(rows: pl.DataFrame, segment: str, dice: np.random.Generator) -> pl.DataFrame:
    """Half of the visitors; those with recommendations buy more often."""
    visitors = rows["visitors"].to_numpy()
    with_them = visitors // 2 if segment == "rec" else visitors - visitors // 2
    rate = 0.05 * (LIFT if segment == "rec" else 1.0)
    return rows.with_columns(
        segment=pl.lit(segment), visitors=with_them, buyers=dice.binomial(with_them, rate).astype(np.int64)
    )


def _live(shop: Shop) -> Sheet:
    """Live streams of the last year: a third of the sales on Douyin."""
    dice, rows = shop.plan.dice(35), _by_day(shop, "douyin")
    rows = rows.with_columns(
        buyers=pl.col("buyers") // 3, money=pl.col("money") // 3, pieces=pl.col("pieces") // 3,
        watched=pl.col("buyers") * 40 + listed(dice.integers(60, 220, rows.height)),
    )  # fmt: skip
    rows = rows.with_columns(
        entered=pl.col("watched") * 3 // 2, seen=pl.col("watched") // 2, clicked=pl.col("watched") // 6
    )
    return sheet(
        "douyin_live_daily",
        rows,
        {
            "直播间名称": "山野集官方直播间",
            "日期": stamp("date", "%Y-%m-%d"),
            "直播时长(小时)": "4.0",
            "带货商品数": "20",
            "成交金额": money("money"),
            "成交订单数": count("buyers"),
            "成交件数": count("pieces"),
            "成交人数": count("buyers"),
            "直播间观看人数": count("watched"),
            "直播间观看人次": count("entered"),
            "商品曝光人数": count("seen"),
            "商品点击人数": count("clicked"),
            "新增粉丝数": (pl.col("watched") // 30).cast(pl.String),
        },
    )


def _engagement(shop: Shop, directory: Path) -> Path:
    """Community, push, game and short videos of the last half year."""
    days = pl.DataFrame({"day": range(AD_DAYS)}).with_columns(
        date=pl.lit(shop.plan.end) - pl.duration(days=AD_DAYS - 1 - pl.col("day"))
    )
    kinds = pl.DataFrame(ACTIVITIES, schema=["activity", "reach", "share"], orient="row")
    rows, dice = days.join(kinds, how="cross"), shop.plan.dice(36)
    reached = dice.poisson(rows["reach"].to_numpy())
    active = dice.binomial(reached, rows["share"].to_numpy())
    columns: Columns = {
        "date": pl.col("date"),
        "channel_id": pl.when(pl.col("activity") == "community").then(pl.lit(COMMUNITY)).otherwise(pl.lit(MINI)),
        "activity": pl.col("activity"),
        "reached_users": listed(reached),
        "active_users": listed(active),
        "minutes": listed(active * dice.integers(2, 9, rows.height)),
        "buyers": listed(dice.binomial(active, 0.06)),
    }
    return put_plain(directory / "engagement_daily.csv", rows, columns)


def _advertising(shop: Shop, directory: Path) -> Path:
    """Advertising space in the brand's own app, sold to itself and to two partners."""
    days = [shop.plan.end - timedelta(days=7 * i) for i in range(AD_DAYS // 7 - 1, -1, -1)]
    plans = pl.DataFrame(PLANS, schema=["campaign", "format", "placement", "billing", "targeted"], orient="row")
    rows, dice = pl.DataFrame({"date": days}).join(plans, how="cross"), shop.plan.dice(37)
    seen = dice.integers(2_000, 6_000, rows.height)
    clicks = dice.binomial(seen, np.where(rows["targeted"] == "true", 0.031, 0.019))
    orders = dice.binomial(clicks, 0.04)
    spend = pl.DataFrame({"spend": clicks * 85, "gmv": orders * 26_000})
    columns: Columns = {
        "date": pl.col("date"),
        "campaign_id": pl.col("campaign"),
        "campaign": pl.col("campaign"),
        "channel_id": "app",
        "seller_id": pl.when(pl.col("campaign") == "APP-FEED-2").then(pl.lit("S-CAMP-01")),
        "sku_id": pl.when(pl.col("campaign") == "APP-SEARCH").then(pl.lit("HF-TENT-2P")),
        "format": pl.col("format"),
        "placement": pl.col("placement"),
        "billing": pl.col("billing"),
        "targeted": pl.col("targeted"),
        "impressions": listed(seen),
        "clicks": listed(clicks),
        "spend": money("spend"),
        "orders": listed(orders),
        "gmv": money("gmv"),
        "new_customers": listed(orders // 2),
    }
    return put_plain(directory / "app_advertising.csv", pl.concat([rows, spend], how="horizontal"), columns)
