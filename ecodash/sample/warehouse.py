"""What the ERP exports: stock of each warehouse on three days, exchange rates."""

from datetime import date
from pathlib import Path

import polars as pl

from ecodash.sample.brand import BRAND_ZH, PRODUCTS
from ecodash.sample.cells import count, money, of_product, padded
from ecodash.sample.records.goods import DEAD_STOCK, GOODS, HOME, REGION_SHARES
from ecodash.sample.sheet import Columns, Sheet, put_plain, put_workbook, sheet
from ecodash.sample.shop import Shop

COVER_DAYS = 45
RATES = (7.15, 7.2, 7.1, 7.05)  # yuan per dollar, a new rate each year of the shop


def write(shop: Shop, directory: Path) -> list[Path]:
    """Stock (one workbook per day, the day is in its name only) and rates."""
    stock = [
        put_workbook(directory / f"wangdiantong_stock_{day:%Y%m%d}.xlsx", _stock(shop, day, nth), name="库存")
        for nth, day in enumerate(shop.plan.snapshots)
    ]
    return [*stock, _rates(shop, directory)]


def _on_hand(shop: Shop, day: date, nth: int) -> pl.DataFrame:
    """About six weeks of recent sales of each SKU; none of the one that ran out, too much of the dead one."""
    plan, since = shop.plan, shop.plan.day(day)
    recent = pl.col("day").is_between(since - COVER_DAYS, since - 1)
    days = shop.orders.filter(recent, pl.col("platform") != "shopify").select("order")
    sold = shop.lines.join(days, on="order").group_by("product").agg(pl.col("qty").sum().alias("sold"))
    rows = pl.DataFrame({"product": GOODS}).join(sold, on="product", how="left", maintain_order="left").fill_null(0)
    rows = rows.join(pl.DataFrame({"place": range(len(HOME)), "share": REGION_SHARES}), how="cross")
    chance = pl.Series(plan.dice(6, nth).uniform(0.6, 1.5, rows.height))
    sku = of_product("sku")
    usual = (pl.col("sold") * pl.col("share") * chance).ceil().cast(pl.Int64) + 3
    gone = (sku == plan.stock_out_sku) & pl.lit(plan.stock_out.contains(day))
    unborn = (sku == plan.new_sku) & pl.lit(day < plan.launched)
    dead = (DEAD_STOCK * pl.col("share")).round().cast(pl.Int64)
    on_hand = pl.when(gone | unborn).then(0).when(sku == plan.dead_sku).then(dead).otherwise(usual)
    return rows.with_columns(on_hand=on_hand, gone=gone)


def _stock(shop: Shop, day: date, nth: int) -> Sheet:
    rows = _on_hand(shop, day, nth).with_columns(
        reserved=pl.col("on_hand") // 20,
        inbound=pl.when("gone").then(60).otherwise(0),
        safety=(pl.col("sold") * pl.col("share") / 3).floor().cast(pl.Int64),
        price=pl.lit(pl.Series([p.price for p in PRODUCTS])).gather(pl.col("product")),
        cost=pl.lit(pl.Series([p.cost for p in PRODUCTS])).gather(pl.col("product")),
    )
    return sheet(
        "wangdiantong_stock",
        rows.with_columns(available=pl.col("on_hand") - pl.col("reserved")),
        {
            "商家编码": of_product("sku"),
            "条码": padded("product", 13, plus=6_900_000_000_011),
            "货品编号": of_product("sku").str.replace(r"-[A-Z0-9]+$", ""),
            "货品名称": of_product("zh"),
            "规格名称": of_product("variant"),
            "品牌": BRAND_ZH,
            "分类": of_product("category"),
            "库存": count("on_hand"),
            "可发库存": count("available"),
            "可用库存": count("available"),
            "警戒库存下限": count("safety"),
            "待发货量": count("reserved"),
            "锁定量": "0",
            "采购在途": count("inbound"),
            "零售价": money("price"),
            "仓库": pl.lit(pl.Series(HOME)).gather(pl.col("place")),
            "成本价": money("cost"),
        },
    )


def _rates(shop: Shop, directory: Path) -> Path:
    """One exchange rate per year, under the canonical column names."""
    start = shop.plan.period.start
    rows = pl.DataFrame({"rate": [str(rate) for rate in RATES]})
    first = [str(start)] + [f"{start.year + year}-01-01" for year in range(1, len(RATES))]
    columns: Columns = {"currency": "USD", "valid_from": pl.lit(pl.Series(first)), "rate": pl.col("rate")}
    return put_plain(directory / "exchange_rates.csv", rows, columns)
