"""Goods: suppliers, purchase orders, weekly stock counts, what rivals ask, how large the market is."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from ecodash.sample.brand import PRODUCTS
from ecodash.sample.cells import listed, money, of_product, stamp
from ecodash.sample.places import WAREHOUSES
from ecodash.sample.sheet import Columns, put_plain
from ecodash.sample.shop import Shop

GOODS = [i for i, p in enumerate(PRODUCTS) if p.weight]
DEAD_STOCK = 460
HOME = tuple(name for name, _, country, _ in WAREHOUSES if country == "CN")
REGION_SHARES = (0.5, 0.28, 0.22)  # of the stock, as of the demand
WEEKS = 26
# Id, name, kind, certified, since, days late on average.
SUPPLIERS = (
    ("SUP-01", "恒野帐篷厂", "factory", "true", "2019-03-01", 0.0),
    ("SUP-02", "远川户外制造", "factory", "true", "2020-06-15", 0.5),
    ("SUP-03", "北桥针织", "factory", "false", "2021-09-01", 6.0),
    ("SUP-04", "小满食品", "brand", "true", "2022-04-10", 0.0),
    ("SUP-05", "云上贸易", "distributor", "true", "2023-02-20", 1.0),
)
SUPPLIER_OF = {"露营": 0, "徒步": 1, "服饰": 2, "食品": 3, "家居": 4, "服务": 4}
RIVALS = (("对手甲", 0.97), ("对手乙", 1.04))


def write(shop: Shop, directory: Path) -> list[Path]:
    """The lists about goods."""
    return [
        _products(shop, directory),
        _suppliers(directory),
        _purchases(shop, directory),
        _counts(shop, directory),
        _rivals(shop, directory),
        _market(shop, directory),
    ]


def _products(shop: Shop, directory: Path) -> Path:
    """The list of products."""
    green = [p.sku for p in PRODUCTS if p.sku.startswith(("HF-TEE", "HF-BOTTLE", "HF-MUG", "HF-TEA"))]
    suppliers = [SUPPLIERS[SUPPLIER_OF[p.category]][0] for p in PRODUCTS]
    launched = pl.when(of_product("sku") == shop.plan.new_sku).then(pl.lit(shop.plan.launched))
    rows = pl.DataFrame(
        {
            "product": range(len(PRODUCTS)),
            "cost": [p.cost for p in PRODUCTS],
            "price": [p.price for p in PRODUCTS],
            "supplier": suppliers,
        }
    )
    columns: Columns = {
        "sku_id": of_product("sku"),
        "name": of_product("zh"),
        "category_l1": of_product("category"),
        "kind": of_product("kind"),
        "supplier_id": pl.col("supplier"),
        "unit_cost": money("cost"),
        "list_price": money("price"),
        "launched_at": launched.otherwise(pl.lit(shop.plan.period.start)),
        "is_green": pl.when(of_product("sku").is_in(green)).then(pl.lit("true")).otherwise(pl.lit("false")),
        "is_service_addon": pl.when(of_product("sku") == "HF-CARE-01").then(pl.lit("true")).otherwise(pl.lit("false")),
        "brand": "山野集",
        "variant": of_product("variant"),
    }
    return put_plain(directory / "products.csv", rows, columns)


def _suppliers(directory: Path) -> Path:
    names = ("supplier_id", "name", "kind", "certified", "since", "late")
    rows = pl.DataFrame(SUPPLIERS, schema=names, orient="row")
    return put_plain(directory / "suppliers.csv", rows, {name: pl.col(name) for name in names[:-1]})


def sold_by_month(shop: Shop) -> pl.DataFrame:
    """Pieces ordered: month (number from the first day, 30 days each), product, qty."""
    days = shop.orders.select("order", month=pl.col("day") // 30)
    rows = shop.lines.join(days, on="order").group_by("month", "product").agg(pl.col("qty").sum())
    return rows.filter(pl.col("product").is_in(GOODS)).sort("month", "product")


def _purchases(shop: Shop, directory: Path) -> Path:
    """What sold in a month is ordered again at its end; the knitter is late."""
    dice, rows = shop.plan.dice(20), sold_by_month(shop)
    late = np.array([SUPPLIERS[SUPPLIER_OF[p.category]][-1] for p in PRODUCTS])[rows["product"].to_numpy()]
    ordered = pl.lit(shop.plan.period.start) + pl.duration(days=(pl.col("month") + 1) * 30)
    rows = rows.with_columns(
        ordered=ordered.cast(pl.Date),
        lead=listed(dice.integers(18, 26, rows.height)),
        late=listed(np.maximum(0, np.rint(late + dice.normal(0, 1.2, rows.height))).astype(np.int64)),
        want=pl.col("qty") + 5,
        cost=listed([p.cost for p in PRODUCTS]).gather(pl.col("product")),
        bad=listed(dice.binomial(rows["qty"].to_numpy(), 0.012)),
    ).filter(pl.col("ordered") <= shop.plan.end)
    received = pl.col("ordered") + pl.duration(days=pl.col("lead") + pl.col("late"))
    return put_plain(
        directory / "purchase_orders.csv",
        rows,
        {
            "po_id": pl.col("ordered").dt.strftime("PO-%Y%m%d"),
            "sku_id": of_product("sku"),
            "supplier_id": listed([SUPPLIERS[SUPPLIER_OF[p.category]][0] for p in PRODUCTS]).gather(pl.col("product")),
            "ordered_at": pl.col("ordered"),
            "promised_at": pl.col("ordered") + pl.duration(days=pl.lit(25)),
            "received_at": pl.when(received <= shop.plan.end).then(received),
            "qty": pl.col("want"),
            "rejected_qty": pl.col("bad"),
            "unit_cost": money("cost"),
        },
    )


def _counts(shop: Shop, directory: Path) -> Path:
    """Stock of every Sunday of the last half year in each warehouse at home: some weeks of sales, none in the stock-out."""
    plan = shop.plan
    sunday = plan.end - timedelta(days=(plan.end.weekday() + 1) % 7)
    days = [sunday - timedelta(weeks=i) for i in range(WEEKS)]
    days = [day for day in days if day not in plan.snapshots and day > plan.period.start]
    axes = pl.DataFrame({"day": days}).join(
        pl.DataFrame({"product": GOODS}), how="cross"
    ).join(pl.DataFrame({"place": range(len(HOME))}), how="cross")  # fmt: skip
    rows = axes.join(weekly_sales(shop), on="product", how="left", maintain_order="left").with_columns(
        cycle=(pl.col("day").cast(pl.Int32) // 7 + pl.col("product")) % 4,
        share=listed(REGION_SHARES).gather(pl.col("place")),
    )
    rows = rows.filter((of_product("sku") != plan.new_sku) | (pl.col("day") >= plan.launched))
    usual = (pl.col("weekly") * pl.col("share") * (6 - pl.col("cycle"))).ceil() + 2
    dead = (DEAD_STOCK * pl.col("share")).round()
    gone = (of_product("sku") == plan.stock_out_sku) & pl.col("day").is_between(
        plan.stock_out.start, plan.stock_out.end
    )
    on_hand = pl.when(gone).then(0).when(of_product("sku") == plan.dead_sku).then(dead).otherwise(usual)
    columns: Columns = {
        "snapshot_date": pl.col("day"),
        "location_id": listed(HOME).gather(pl.col("place")),
        "sku_id": of_product("sku"),
        "on_hand_qty": on_hand.cast(pl.Int64),
    }
    return put_plain(directory / "stock_counts.zip", rows.sort("day", "product", "place"), columns)


def weekly_sales(shop: Shop) -> pl.DataFrame:
    """Pieces per week of the last half year: product, weekly."""
    since = shop.plan.days - WEEKS * 7
    days = shop.orders.select("order", "day", "platform").filter(
        pl.col("day") >= since, pl.col("platform") != "shopify"
    )
    sold = shop.lines.join(days, on="order").group_by("product").agg(weekly=pl.col("qty").sum() / WEEKS)
    rows = pl.DataFrame({"product": GOODS}).join(sold, on="product", how="left", maintain_order="left")
    return rows.with_columns(pl.col("weekly").fill_null(0.0))


def _rivals(shop: Shop, directory: Path) -> Path:
    """What two rivals ask for the like of twelve products on the first of each of the last twelve months."""
    days = [date(year, month, 1) for year, month in months(shop, 12)]
    axes = pl.DataFrame({"day": days}).join(pl.DataFrame({"product": GOODS[:12]}), how="cross")
    rows = axes.join(pl.DataFrame(RIVALS, schema=["rival", "level"], orient="row"), how="cross")
    luck = shop.plan.dice(21).uniform(0.96, 1.04, rows.height)
    price = listed([p.price for p in PRODUCTS]).gather(pl.col("product")) * pl.col("level") * listed(luck)
    columns: Columns = {
        "date": pl.col("day"),
        "sku_id": of_product("sku"),
        "rival": pl.col("rival"),
        "price": (pl.col("price") / 1000).round().cast(pl.Int64).cast(pl.String) + "0.00",
    }
    return put_plain(directory / "rival_prices.csv", rows.with_columns(price=price), columns)


def months(shop: Shop, count: int) -> list[tuple[int, int]]:
    """Year and month of the last ``count`` months, the earliest first; none before the shop."""
    last = shop.plan.end.year * 12 + shop.plan.end.month - 1
    first = shop.plan.period.start.year * 12 + shop.plan.period.start.month - 1
    return [(m // 12, m % 12 + 1) for m in range(max(last - count + 1, first), last + 1)]


def _market(shop: Shop, directory: Path) -> Path:
    """What the market sells per month, category and region: our own sales are a few thousandths, and falling."""
    paid = shop.orders.filter(pl.col("paid").is_not_null()).select("order", month=pl.col("created").dt.truncate("1mo"))
    rows = shop.lines.join(paid, on="order").group_by("month", "product").agg(pl.col("due").sum())
    named = rows.with_columns(category=of_product("category")).filter(pl.col("category") != "服务")
    sums = named.group_by("month", "category").agg(pl.col("due").sum()).sort("month", "category")
    share = 0.004 - 0.0004 * pl.int_range(pl.len()) / pl.len()
    columns: Columns = {
        "period": stamp("month", "%Y-%m-%d"),
        "category_l1": pl.col("category"),
        "region": "ALL",
        "market_gmv": (pl.col("due") / 100 / share).round().cast(pl.Int64),
    }
    return put_plain(directory / "market_reference.csv", sums, columns)
