"""Advertising of the last half year: Alimama by day, plan and product in a ZIP; Meta with its summary row."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from ecodash.sample.brand import PRODUCTS
from ecodash.sample.cells import count, money, padded
from ecodash.sample.sheet import Sheet, put_csv, put_zip, sheet
from ecodash.sample.shop import Shop

DAYS = 180
CLICK = 90  # hundredths of money, about
# Scene, plan, product; campaign; and the share of the platform's sales that is spent on each.
PLANS = (("关键词推广", "保温壶搜索", "HF-BOTTLE-750", 0.05), ("人群推广", "帐篷人群", "HF-TENT-2P", 0.04))
CAMPAIGNS = (("Prospecting", 0.09), ("Retargeting", 0.03))


def write(shop: Shop, directory: Path) -> list[Path]:
    """The two advertising reports."""
    name = f"商品报表_{shop.plan.end:%Y%m%d}_101500.csv"
    return [
        put_zip(directory / "wanxiangtai_item_report.zip", name, _alimama(shop), encoding="gb18030"),
        put_csv(directory / "meta_ads_report.csv", _meta(shop), encoding="utf-8-sig"),
    ]


def _days(shop: Shop, platform: str, shares: tuple[float, ...]) -> pl.DataFrame:
    """One row per day and campaign ``which``: spend (hundredths), impressions, clicks, orders, value.

    A share of the platform's average daily sales is spent; what the ads claim in return is one to four times that.
    """
    dice = shop.plan.dice(8, len(platform))
    start = shop.plan.end - timedelta(days=DAYS - 1)
    recent = (pl.col("platform") == platform) & (pl.col("paid_at").dt.date() >= start)
    sales = shop.orders.filter(recent).select(pl.col("paid").sum(), each=pl.col("paid").mean()).row(0)
    size = DAYS * len(shares)
    which = np.tile(np.arange(len(shares)), DAYS)
    spend = np.rint(np.array(shares)[which] * (sales[0] or 0) / DAYS * dice.uniform(0.7, 1.3, size)).astype(np.int64)
    clicks = spend // CLICK + dice.integers(0, 3, size)
    orders = dice.poisson(spend * dice.uniform(1.0, 4.0, size) / (sales[1] or 1))
    return pl.DataFrame(
        {
            "which": which,
            "date": [start + timedelta(days=i // len(shares)) for i in range(size)],
            "spend": spend,
            "clicks": clicks,
            "impressions": (clicks + 1) * dice.integers(25, 45, size),
            "orders": orders,
            "value": orders * int(sales[1] or 0),
        }
    )


def _alimama(shop: Shop) -> Sheet:
    rows = _days(shop, "taobao", tuple(p[3] for p in PLANS))
    column = {p.sku: i for i, p in enumerate(PRODUCTS)}
    rows = rows.with_columns(product=pl.lit(pl.Series([column[p[2]] for p in PLANS])).gather(pl.col("which")))
    names = pl.lit(pl.Series([PRODUCTS[column[p[2]]].zh for p in PLANS])).gather(pl.col("which"))
    rate = (pl.col("clicks") / pl.col("impressions")).round(6).cast(pl.String)
    return sheet(
        "wanxiangtai_item",
        rows,
        {
            "日期": pl.col("date").cast(pl.String),
            "场景ID": padded("which", 3, plus=372),
            "场景名字": pl.lit(pl.Series([p[0] for p in PLANS])).gather(pl.col("which")),
            "计划ID": '="' + padded("which", 17, plus=60_000_000_000_000_001) + '"',
            "计划名字": pl.lit(pl.Series([p[1] for p in PLANS])).gather(pl.col("which")),
            "主体ID": '="' + padded("product", 12, plus=700_000_000_001) + '"',
            "主体类型": "商品",
            "主体名称": names,
            "展现量": count("impressions"),
            "点击量": count("clicks"),
            "花费": money("spend"),
            "点击率": rate,
            "直接成交金额": money("value"),
            "间接成交金额": "0",
            "总成交金额": money("value"),
            "总成交笔数": count("orders"),
        },
    )


def _meta(shop: Shop) -> Sheet:
    rows = _days(shop, "shopify", tuple(c[1] for c in CAMPAIGNS))
    day = pl.col("date").cast(pl.String)
    body = sheet(
        "meta_ads_report",
        rows,
        {
            "Reporting starts": day,
            "Reporting ends": day,
            "Day": day,
            "Campaign name": pl.lit(pl.Series([c[0] for c in CAMPAIGNS])).gather(pl.col("which")),
            "Amount spent (USD)": money("spend"),
            "Impressions": count("impressions"),
            "Link clicks": count("clicks"),
            "Purchases": count("orders"),
            "Purchases conversion value": money("value"),
        },
    )
    total = sheet(
        "meta_ads_report",
        rows.select(pl.col("spend", "impressions", "clicks", "orders", "value").sum(), pl.col("date").min()),
        {
            "Reporting starts": day,
            "Reporting ends": str(shop.plan.end),
            "Amount spent (USD)": money("spend"),
            "Impressions": count("impressions"),
            "Link clicks": count("clicks"),
            "Purchases": count("orders"),
            "Purchases conversion value": money("value"),
        },
    )
    return Sheet(headers=body.headers, cells=pl.concat([total.cells, body.cells]))
