"""A wholesaler: few large buyers, bulk orders at graded prices, paid 30 to 60 days after delivery."""

from datetime import datetime, time
from pathlib import Path

import numpy as np
import polars as pl

from ecodash.sample.brand import PRODUCTS
from ecodash.sample.cells import listed, money, of_place, of_product, padded, stamp
from ecodash.sample.places import CITIES
from ecodash.sample.plan import Plan
from ecodash.sample.records.goods import GOODS
from ecodash.sample.sheet import Columns, put_plain

BUYERS = 24
WEIGHT = 1.1  # the n-th buyer orders in proportion to n to the power of minus this
TERMS = (30, 45, 60)  # days between delivery and payment; the terms belong to the buyer
GRADES = ((200, 70), (80, 78), (0, 85))  # from so many pieces on, percent of the list price
PIECES = (20, 400)
OVERDUE = 0.08  # share of orders paid so much later that it shows
LEFT_AFTER = (0.35, 6)  # share of the period after which the last buyers order no more, and how many they are


def write(plan: Plan, directory: Path) -> list[Path]:
    """Orders, lines, customers, products and channel of the wholesaler."""
    orders = imagine(plan)
    return [
        _orders(orders, directory),
        _lines(orders, directory),
        _customers(plan, directory),
        _products(directory),
        put_plain(directory / "channels.csv", pl.DataFrame({"id": ["sales_team"]}), {
            "channel_id": pl.col("id"), "name": "大客户部", "kind": "other", "domain": "private",
        }),
    ]  # fmt: skip


def imagine(plan: Plan) -> pl.DataFrame:
    """One row per order: nth, buyer, created, delivered, due (payment expected), paid_at, product, qty, price, total."""
    dice, n = plan.dice(40), plan.orders
    pull = np.arange(1, BUYERS + 1) ** -WEIGHT
    buyer = np.searchsorted(np.cumsum(pull) / pull.sum(), dice.random(n)).clip(0, BUYERS - 1)
    gone = buyer >= BUYERS - LEFT_AFTER[1]
    day = np.sort((dice.random(n) * np.where(gone, LEFT_AFTER[0], 1.0) * plan.days).astype(np.int64))
    product = np.array(GOODS)[dice.integers(0, len(GOODS), n)]
    qty = dice.integers(*PIECES, n)
    grade = np.select([qty >= least for least, _ in GRADES], [percent for _, percent in GRADES])
    price = np.array([p.price for p in PRODUCTS])[product] * grade // 10_000 * 100
    late = np.where(dice.random(n) < OVERDUE, dice.integers(20, 60, n), dice.integers(-3, 4, n))
    start = pl.lit(datetime.combine(plan.period.start, time(9)))
    created = start + pl.duration(days=pl.col("day"), minutes=listed(dice.integers(0, 540, n)))
    rows = pl.DataFrame({"buyer": buyer, "day": day, "product": product, "qty": qty, "price": price, "late": late})
    rows = rows.with_columns(
        nth=pl.int_range(pl.len(), dtype=pl.Int64),
        created=created,
        terms=listed(TERMS).gather(pl.col("buyer") % len(TERMS)),
        total=pl.col("qty") * pl.col("price"),
    )
    rows = rows.with_columns(delivered=pl.col("created") + pl.duration(days=listed(dice.integers(4, 15, n))))
    paid = pl.col("delivered") + pl.duration(days=pl.col("terms") + pl.col("late"))
    known = [pl.when(moment <= plan.last_moment).then(moment) for moment in (pl.col("delivered"), paid)]
    return rows.with_columns(known[0].alias("delivered"), known[1].alias("paid_at"))


def _company() -> pl.Expr:
    return padded("buyer", 3, before="COMPANY-", plus=1)


def _number() -> pl.Expr:
    return stamp("created", "B%Y%m%d") + padded("nth", 6, plus=1)


def _orders(orders: pl.DataFrame, directory: Path) -> Path:
    come, paid = pl.col("delivered").is_not_null(), pl.col("paid_at").is_not_null()
    status = pl.when(paid).then(pl.lit("completed")).when(come).then(pl.lit("shipped")).otherwise(pl.lit("created"))
    rows = orders.with_columns(place=pl.col("buyer") % len(CITIES))
    columns: Columns = {
        "order_id": _number(),
        "customer_id": _company(),
        "channel_id": "sales_team",
        "platform": "wholesale",
        "created_at": stamp("created"),
        "shipped_at": stamp("delivered"),
        "delivered_at": stamp("delivered"),
        "paid_at": stamp("paid_at"),
        "settled_at": stamp("paid_at"),
        "completed_at": stamp("paid_at"),
        "status": status,
        "order_type": "normal",
        "fulfilment": "delivery",
        "order_amount": money("total"),
        "paid_amount": pl.when(paid).then(money("total")),
        "payment_method": "credit_" + pl.col("terms").cast(pl.String),
        "ship_province": of_place(0),
        "ship_city": of_place(1),
        "ship_country": "CN",
    }
    return put_plain(directory / "b2b_orders.csv", rows, columns)


def _lines(orders: pl.DataFrame, directory: Path) -> Path:
    columns: Columns = {
        "order_id": _number(),
        "line_no": "1",
        "sku_id": of_product("sku"),
        "product_name": of_product("zh"),
        "category_l1": of_product("category"),
        "qty": pl.col("qty"),
        "list_price": listed([p.price // 100 for p in PRODUCTS]).gather(pl.col("product")),
        "unit_price": money("price"),
        "paid_amount": money("total"),
    }
    return put_plain(directory / "b2b_order_items.csv", orders, columns)


def _customers(plan: Plan, directory: Path) -> Path:
    rows = pl.DataFrame({"buyer": range(BUYERS)}).with_columns(place=pl.col("buyer") % len(CITIES))
    columns: Columns = {
        "customer_id": _company(),
        "buyer_type": "company",
        "verified": "true",
        "registered_at": pl.lit(plan.period.start),
        "city": of_place(1),
    }
    return put_plain(directory / "b2b_customers.csv", rows, columns)


def _products(directory: Path) -> Path:
    rows = pl.DataFrame({"product": GOODS}).with_columns(
        cost=listed([p.cost for p in PRODUCTS]).gather(pl.col("product"))
    )
    columns: Columns = {
        "sku_id": of_product("sku"),
        "name": of_product("zh"),
        "category_l1": of_product("category"),
        "kind": "goods",
        "unit_cost": money("cost"),
    }
    return put_plain(directory / "b2b_products.csv", rows, columns)
