"""A market of many sellers: second-hand things, each sold once, a part of them by auction, a commission on each sale."""

from datetime import datetime, time
from pathlib import Path

import numpy as np
import polars as pl

from ecodash.sample.cells import listed, money, of_place, padded, stamp
from ecodash.sample.places import CITIES
from ecodash.sample.plan import Plan
from ecodash.sample.sheet import Columns, put_plain

PER_SELLER, PER_BUYER = 12, 3  # orders per seller and buyer, about
AUCTIONED = 0.25  # share of the orders that are lots of an auction
UNSOLD = 0.4  # lots without a buyer, per lot with one
COMMISSION = 600  # ten-thousandths of the price
VERIFIED = 0.7  # share of sellers
KINDS = (("手机", 90_000), ("相机", 210_000), ("书", 2_500), ("球鞋", 38_000), ("手办", 16_000), ("家具", 45_000))


def write(plan: Plan, directory: Path) -> list[Path]:
    """Orders, lines, products, sellers, lots, commissions and reviews of the market."""
    orders = imagine(plan)
    return [
        _orders(orders, directory),
        _lines(orders, directory),
        _products(orders, directory),
        _sellers(plan, directory),
        _auctions(plan, orders, directory),
        _fees(orders, directory),
        _reviews(plan, orders, directory),
    ]


def sellers_of(plan: Plan) -> int:
    """How many sellers there are."""
    return max(3, plan.orders // PER_SELLER)


def imagine(plan: Plan) -> pl.DataFrame:
    """One row per order: nth, seller, buyer, kind, price (fen), created, paid_at, done_at, settled_at, auctioned, place."""
    dice, n = plan.dice(41), plan.orders
    pull = np.arange(1, sellers_of(plan) + 1) ** -0.8
    seller = np.searchsorted(np.cumsum(pull) / pull.sum(), dice.random(n)).clip(0, sellers_of(plan) - 1)
    kind = dice.integers(0, len(KINDS), n)
    price = np.array([k[1] for k in KINDS])[kind] * np.exp(0.45 * dice.standard_normal(n))
    day = np.sort((dice.random(n) * plan.days).astype(np.int64))
    start = pl.lit(datetime.combine(plan.period.start, time()))
    rows = pl.DataFrame(
        {
            "seller": seller,
            "buyer": dice.integers(0, max(2, n // PER_BUYER), n),
            "kind": kind,
            "price": (np.maximum(price, 500) // 100 * 100).astype(np.int64),
            "auctioned": dice.random(n) < AUCTIONED,
            "place": dice.integers(0, len(CITIES), n),
        }
    ).with_columns(
        nth=pl.int_range(pl.len(), dtype=pl.Int64),
        created=start + pl.duration(days=listed(day), seconds=listed(dice.integers(30_000, 84_000, n))),
    )
    steps = (("paid_at", "created", 0, 0.05), ("done_at", "paid_at", 3, 9), ("settled_at", "done_at", 1, 3))
    for name, before, low, high in steps:
        moment = pl.col(before) + pl.duration(seconds=listed((dice.uniform(low, high, n) * 86_400).astype(np.int64)))
        rows = rows.with_columns(pl.when(moment <= plan.last_moment).then(moment).alias(name))
    return rows


def _number() -> pl.Expr:
    return stamp("created", "C%Y%m%d") + padded("nth", 7, plus=1)


def _seller() -> pl.Expr:
    return padded("seller", 5, before="S-", plus=1)


def _thing() -> pl.Expr:
    return padded("nth", 7, before="THING-", plus=1)


def _orders(orders: pl.DataFrame, directory: Path) -> Path:
    done, paid = pl.col("done_at").is_not_null(), pl.col("paid_at").is_not_null()
    columns: Columns = {
        "order_id": _number(),
        "customer_id": padded("buyer", 6, before="M-", plus=1),
        "channel_id": "market",
        "platform": "market",
        "created_at": stamp("created"),
        "paid_at": stamp("paid_at"),
        "completed_at": stamp("done_at"),
        "settled_at": stamp("settled_at"),
        "status": pl.when(done).then(pl.lit("completed")).when(paid).then(pl.lit("paid")).otherwise(pl.lit("created")),
        "order_type": pl.when("auctioned").then(pl.lit("auction")).otherwise(pl.lit("normal")),
        "fulfilment": "delivery",
        "order_amount": money("price"),
        "paid_amount": pl.when(paid).then(money("price")),
        "ship_province": of_place(0),
        "ship_city": of_place(1),
        "ship_country": "CN",
    }
    return put_plain(directory / "c2c_orders.csv", orders, columns)


def _category() -> pl.Expr:
    return listed([k[0] for k in KINDS]).gather(pl.col("kind"))


def _lines(orders: pl.DataFrame, directory: Path) -> Path:
    columns: Columns = {
        "order_id": _number(),
        "line_no": "1",
        "sku_id": _thing(),
        "seller_id": _seller(),
        "product_name": "二手" + _category(),
        "category_l1": _category(),
        "qty": "1",
        "unit_price": money("price"),
        "paid_amount": money("price"),
    }
    return put_plain(directory / "c2c_order_items.csv", orders, columns)


def _products(orders: pl.DataFrame, directory: Path) -> Path:
    columns: Columns = {
        "sku_id": _thing(),
        "name": "二手" + _category(),
        "category_l1": _category(),
        "kind": "second_hand",
        "launched_at": stamp("created", "%Y-%m-%d"),
    }
    return put_plain(directory / "c2c_products.csv", orders, columns)


def _sellers(plan: Plan, directory: Path) -> Path:
    dice, n = plan.dice(42), sellers_of(plan)
    joined = pl.lit(plan.period.start) + pl.duration(days=listed(dice.integers(0, 30, n)))
    columns: Columns = {
        "seller_id": _seller(),
        "kind": pl.when(pl.col("seller") % 10 == 0).then(pl.lit("merchant")).otherwise(pl.lit("individual")),
        "mode": "third_party",
        "joined_at": joined,
        "verified_at": pl.when(listed(dice.random(n) < VERIFIED)).then(joined + pl.duration(days=pl.lit(3))),
    }
    return put_plain(directory / "c2c_sellers.csv", pl.DataFrame({"seller": range(n)}), columns)


def _auctions(plan: Plan, orders: pl.DataFrame, directory: Path) -> Path:
    """Lots that were sold, and those nobody bid for; one in twelve had a single bidder."""
    dice = plan.dice(43)
    sold = orders.filter("auctioned").with_columns(won=pl.lit(value=True))
    lost = sold.filter(listed(dice.random(sold.height) < UNSOLD)).with_columns(
        won=pl.lit(value=False), nth=pl.col("nth") + plan.orders
    )
    rows = pl.concat([sold, lost])
    market = (pl.col("price") * listed(dice.uniform(0.9, 1.3, rows.height))).floor().cast(pl.Int64)
    bidders = listed(dice.integers(1, 13, rows.height))
    columns: Columns = {
        "auction_id": padded("nth", 7, before="LOT-", plus=1),
        "order_id": pl.when("won").then(_number()),
        "ended_at": stamp("created"),
        "reference_price": money("market"),
        "bidders": pl.when("won").then(bidders).otherwise(0),
        "final_price": pl.when("won").then(money("price")),
    }
    return put_plain(directory / "c2c_auctions.csv", rows.with_columns(market=market), columns)


def _fees(orders: pl.DataFrame, directory: Path) -> Path:
    rows = orders.filter(pl.col("done_at").is_not_null()).with_columns(fee=pl.col("price") * COMMISSION // 10_000)
    columns: Columns = {
        "fee_id": padded("nth", 7, before="FEE-", plus=1),
        "date": stamp("done_at", "%Y-%m-%d"),
        "seller_id": _seller(),
        "type": "commission_base",
        "order_id": _number(),
        "amount": money("fee"),
    }
    return put_plain(directory / "c2c_fees.csv", rows, columns)


def _reviews(plan: Plan, orders: pl.DataFrame, directory: Path) -> Path:
    dice = plan.dice(44)
    rows = orders.filter(pl.col("settled_at").is_not_null(), pl.col("nth") % 3 == 0)
    columns: Columns = {
        "review_id": padded("nth", 7, before="RV-", plus=1),
        "order_id": _number(),
        "sku_id": _thing(),
        "seller_id": _seller(),
        "rating": listed(5 - dice.binomial(3, 0.2, rows.height)),
        "reviewed_at": stamp("settled_at"),
    }
    return put_plain(directory / "c2c_reviews.csv", rows, columns)
