"""What the brand's own systems export: stock on three days, the list of products, exchange rates."""

from datetime import date
from pathlib import Path

import polars as pl

from ecodash.core.period import day_number
from ecodash.sample.brand import BRAND_ZH, PRODUCTS
from ecodash.sample.cells import count, money, of_product, padded
from ecodash.sample.sheet import Sheet, put_csv, put_workbook, sheet
from ecodash.sample.shop import Shop

COVER_DAYS = 45
DEAD_STOCK = 460
RATES = (7.15, 7.2, 7.1, 7.05)  # yuan per dollar, a new rate each year of the shop


def write(shop: Shop, directory: Path) -> list[Path]:
    """Stock (one workbook per day, the day is in its name only), products and rates."""
    stock = [
        put_workbook(directory / f"wangdiantong_stock_{day:%Y%m%d}.xlsx", _stock(shop, day, nth), name="库存")
        for nth, day in enumerate(shop.plan.snapshots)
    ]
    return [
        *stock,
        put_csv(directory / "products.csv", _products(shop), encoding="utf-8-sig"),
        put_csv(directory / "exchange_rates.csv", _rates(shop), encoding="utf-8-sig"),
    ]


def _stock(shop: Shop, day: date, nth: int) -> Sheet:
    """About six weeks of recent sales of each SKU; none of the one that ran out, too much of the dead one."""
    since = day_number(day) - shop.plan.first
    days = shop.orders.select("order", "day").filter(pl.col("day").is_between(since - COVER_DAYS, since - 1))
    sold = shop.lines.join(days, on="order").group_by("product").agg(pl.col("qty").sum().alias("sold"))
    dice = shop.plan.dice(6, nth)
    rows = pl.DataFrame({"product": range(len(PRODUCTS)), "chance": dice.uniform(0.6, 1.5, len(PRODUCTS))}).join(
        sold, on="product", how="left", maintain_order="left"
    )
    sku = of_product("sku")
    usual = (pl.col("sold").fill_null(0) * pl.col("chance")).ceil().cast(pl.Int64) + 3
    gone = (sku == shop.plan.stock_out_sku) & pl.lit(shop.plan.stock_out.contains(day))
    unborn = (sku == shop.plan.new_sku) & pl.lit(day < shop.plan.launched)
    on_hand = pl.when(gone | unborn).then(0).when(sku == shop.plan.dead_sku).then(DEAD_STOCK).otherwise(usual)
    rows = rows.with_columns(on_hand=on_hand).with_columns(
        reserved=pl.col("on_hand") // 20,
        inbound=pl.when(gone).then(120).otherwise(0),
        safety=pl.col("sold").fill_null(0) // 3,
        price=pl.Series([p.price for p in PRODUCTS]),
        cost=pl.Series([p.cost for p in PRODUCTS]),
    )
    return sheet(
        "wangdiantong_stock",
        rows.with_columns(available=pl.col("on_hand") - pl.col("reserved")),
        {
            "商家编码": sku,
            "条码": padded("product", 13, plus=6_900_000_000_011),
            "货品编号": sku.str.replace(r"-[A-Z0-9]+$", ""),
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
            "仓库": "杭州主仓",
            "成本价": money("cost"),
        },
    )


def _products(shop: Shop) -> Sheet:
    """The list of products under the canonical column names."""
    rows = pl.DataFrame({"product": range(len(PRODUCTS)), "cost": [p.cost for p in PRODUCTS]})
    launched = pl.when(of_product("sku") == shop.plan.new_sku).then(pl.lit(shop.plan.launched))
    columns = {
        "sku_id": of_product("sku"),
        "name": of_product("zh"),
        "category_l1": of_product("category"),
        "unit_cost": money("cost"),
        "launched_at": launched.otherwise(pl.lit(shop.plan.period.start)).cast(pl.String),
        "brand": pl.lit(BRAND_ZH),
        "variant": of_product("variant"),
    }
    return _plain(rows, columns)


def _rates(shop: Shop) -> Sheet:
    """One exchange rate per year, under the canonical column names."""
    start = shop.plan.period.start
    rows = pl.DataFrame({"year": range(len(RATES)), "rate": [str(rate) for rate in RATES]})
    first = [str(start)] + [f"{start.year + year}-01-01" for year in range(1, len(RATES))]
    return _plain(rows, {"currency": pl.lit("USD"), "valid_from": pl.lit(pl.Series(first)), "rate": pl.col("rate")})


def _plain(rows: pl.DataFrame, columns: dict[str, pl.Expr]) -> Sheet:
    return Sheet(headers=tuple(columns), cells=rows.select(e.alias(f"c{i}") for i, e in enumerate(columns.values())))
