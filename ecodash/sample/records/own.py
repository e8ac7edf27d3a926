"""The brand's own system: orders of stores and app with their lines, group buys, auctions, work to order."""

from pathlib import Path

import numpy as np
import polars as pl

from ecodash.sample.brand import PRODUCTS
from ecodash.sample.cells import count, listed, money, of_place, of_product, of_store, padded, stamp
from ecodash.sample.ids import ORDER_IDS, person
from ecodash.sample.records.places import COMMUNITY
from ecodash.sample.sheet import Columns, put_plain
from ecodash.sample.shop import Shop

STATUS = {
    "pending": "created",
    "unpaid": "cancelled",
    "paid": "paid",
    "sent": "shipped",
    "done": "completed",
    "part_returned": "completed",
    "cancelled": "refunded",
    "returned": "refunded",
}
CHANNEL = {"group": COMMUNITY, "auction": "app", "presale": "app"}
PAYMENTS = ("wechat_pay", "alipay", "bank_card", "wechat_pay")
GROUP_SIZE = 3
ACCEPTED = 0.86  # share of jobs accepted at once
# Partners who run the courses and the rentals; each order of theirs is settled a week after it is done.
SELLERS = {
    "booking": ("S-CAMP-01", "S-CAMP-02"),
    "rental": ("S-RENT-01", "S-RENT-02"),
    "custom": ("S-WOOD-01", "S-WOOD-01"),
}


def write(shop: Shop, directory: Path) -> list[Path]:
    """The files of the brand's own system."""
    part = shop.of("store")
    orders = part.orders.with_columns(number=ORDER_IDS["store"](), seller=seller())
    return [
        _orders(shop, orders, directory),
        _items(part, orders, directory),
        _groups(shop, orders, directory),
        _auctions(shop, orders, directory),
        _jobs(shop, orders, directory),
    ]


def seller() -> pl.Expr:
    """The partner behind an order; null for what the brand sells itself."""
    pairs = [
        pl.when(pl.col("order_type") == kind).then(listed(names).gather(pl.col("nth") % 2))
        for kind, names in SELLERS.items()
    ]
    return pl.coalesce(pairs)


def _orders(shop: Shop, rows: pl.DataFrame, directory: Path) -> Path:
    settled = pl.col("done_at") + pl.duration(days=7)
    known = settled <= shop.plan.last_moment
    back = pl.col("refund") > 0
    columns: Columns = {
        "order_id": pl.col("number"),
        "customer_id": person(),
        "channel_id": pl.col("order_type").replace_strict(CHANNEL, default="store", return_dtype=pl.String),
        "platform": "store",
        "created_at": stamp("created"),
        "paid_at": stamp("paid_at"),
        "shipped_at": stamp("sent_at"),
        "delivered_at": stamp("delivered_at"),
        "completed_at": stamp("done_at"),
        "settled_at": pl.when(known & pl.col("seller").is_not_null()).then(settled.dt.strftime("%Y-%m-%d %H:%M:%S")),
        "status": pl.col("fate").replace_strict(STATUS, return_dtype=pl.String),
        "order_type": pl.col("order_type"),
        "fulfilment": pl.col("fulfilment"),
        "store_id": of_store(),
        "order_amount": money("due"),
        "paid_amount": money("paid"),
        "goods_amount": money("gross"),
        "discount_amount": money("discount"),
        "shipping_amount": money("shipping"),
        "refund_amount": pl.when(back).then(money("refund")),
        "refunded_at": pl.when(back).then(stamp("refunded_at")),
        "payment_method": listed(PAYMENTS).gather(pl.col("nth") % len(PAYMENTS)),
        "ship_province": of_place(0),
        "ship_city": of_place(1),
        "ship_country": "CN",
        "group_id": pl.when(pl.col("order_type") == "group").then(_group()),
        "currency": "CNY",
    }
    return put_plain(directory / "own_orders.csv", rows, columns)


def _group() -> pl.Expr:
    return padded("nth", 6, before="GRP-", plus=1)


def _items(part: Shop, orders: pl.DataFrame, directory: Path) -> Path:
    costs = listed([product.cost for product in PRODUCTS])
    rows = part.lines.join(orders.select("nth", "number", "seller"), on="nth", maintain_order="left")
    rows = rows.with_columns(cost=costs.gather(pl.col("product")) * pl.col("qty"))
    columns: Columns = {
        "order_id": pl.col("number"),
        "line_no": count("line"),
        "sku_id": of_product("sku"),
        "seller_id": pl.col("seller"),
        "product_name": of_product("zh"),
        "variant": of_product("variant"),
        "category_l1": of_product("category"),
        "qty": count("qty"),
        "list_price": money("list_price"),
        "unit_price": money("price"),
        "gross_amount": money("gross"),
        "paid_amount": money("due"),
        "cost_amount": money("cost"),
        "refund_amount": money("refund"),
    }
    return put_plain(directory / "own_order_items.csv", rows, columns)


def _groups(shop: Shop, orders: pl.DataFrame, directory: Path) -> Path:
    """One group per group order, and as many again that did not come about."""
    rows = orders.filter(pl.col("order_type") == "group")
    failed = rows.with_columns(nth=pl.col("nth") + 900_000, paid_at=pl.lit(None, dtype=pl.Datetime("us")))
    both = pl.concat([rows, failed]).with_columns(won=pl.col("paid_at").is_not_null())
    dice = shop.plan.dice(30)
    few = listed(dice.integers(1, GROUP_SIZE, both.height))
    columns: Columns = {
        "group_id": _group(),
        "opened_at": pl.col("created").dt.offset_by("-5h").dt.strftime("%Y-%m-%d %H:%M:%S"),
        "required_size": pl.lit(GROUP_SIZE),
        "joined_size": pl.when("won").then(GROUP_SIZE).otherwise(few),
        "succeeded": pl.when("won").then(pl.lit("true")).otherwise(pl.lit("false")),
        "solo_price": "139.00",
        "group_price": "119.00",
    }
    return put_plain(directory / "groups.csv", both, columns)


def _auctions(shop: Shop, orders: pl.DataFrame, directory: Path) -> Path:
    """One lot per auction order, and one in three that found no buyer."""
    sold = orders.filter(pl.col("order_type") == "auction", pl.col("paid_at").is_not_null())
    unsold = sold.filter(pl.col("nth") % 2 == 0).with_columns(
        nth=pl.col("nth") + 900_000, number=pl.lit(None, dtype=pl.String)
    )
    rows = pl.concat([sold, unsold]).with_columns(won=pl.col("number").is_not_null())
    dice = shop.plan.dice(31)
    bidders = listed(dice.integers(1, 9, rows.height))
    market = listed(np.array([48_000, 52_000, 56_000])[dice.integers(0, 3, rows.height)])
    rows = rows.with_columns(market=market)
    columns: Columns = {
        "auction_id": padded("nth", 6, before="LOT-", plus=1),
        "order_id": pl.col("number"),
        "ended_at": stamp("created"),
        "reference_price": money("market"),
        "bidders": pl.when("won").then(bidders).otherwise(0),
        "final_price": pl.when("won").then(money("paid")),
    }
    return put_plain(directory / "auctions.csv", rows, columns)


def _jobs(shop: Shop, orders: pl.DataFrame, directory: Path) -> Path:
    """One job per order to measure, and as many requests that were never ordered."""
    won = orders.filter(pl.col("order_type") == "custom", pl.col("paid_at").is_not_null())
    lost = won.with_columns(
        pl.lit(None, dtype=pl.Datetime("us")).alias("paid_at"),
        pl.lit(None, dtype=pl.Datetime("us")).alias("done_at"),
        pl.lit(None, dtype=pl.String).alias("number"),
        nth=pl.col("nth") + 900_000,
    )
    rows, dice = pl.concat([won, lost]), shop.plan.dice(32)

    def after(start: str, low: int, high: int) -> pl.Expr:
        moment = pl.col(start) + pl.duration(hours=listed(dice.integers(low, high, rows.height)))
        return pl.when(moment <= shop.plan.last_moment).then(moment)

    rows = rows.with_columns(asked=pl.col("created").dt.offset_by("-30h"), confirmed=after("paid_at", 20, 90))
    rows = rows.with_columns(begun=after("confirmed", 10, 50)).with_columns(made=after("begun", 40, 160))
    rows = rows.with_columns(placed=after("made", 24, 120))
    error = listed(dice.integers(0, 25, rows.height)).cast(pl.String).str.zfill(2)
    there = pl.col("placed").is_not_null()
    once = listed(dice.random(rows.height) < ACCEPTED)
    columns: Columns = {
        "job_id": padded("nth", 6, before="JOB-", plus=1),
        "order_id": pl.col("number"),
        "requested_at": stamp("asked"),
        "design_confirmed_at": stamp("confirmed"),
        "production_started_at": stamp("begun"),
        "production_finished_at": stamp("made"),
        "installed_at": stamp("placed"),
        "revisions": listed(dice.integers(0, 4, rows.height)),
        "install_error_mm": pl.when(there).then(error.str.head(1) + "." + error.str.tail(1)),
        "accepted_first_time": pl.when(there).then(pl.when(once).then(pl.lit("true")).otherwise(pl.lit("false"))),
    }
    return put_plain(directory / "custom_jobs.csv", rows, columns)
