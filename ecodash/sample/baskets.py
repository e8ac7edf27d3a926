"""What is in the parcel and what it costs. One row per order line; money in hundredths of the platform's currency."""

import numpy as np
import polars as pl

from ecodash.sample.brand import PLATFORMS, PRODUCTS
from ecodash.sample.calendar import Floats, Ints, is_festival, pull_of_products
from ecodash.sample.plan import Plan

LINES = (0.68, 0.22, 0.07, 0.03)
PIECES = (0.86, 0.11, 0.03)
CHUNK = 200_000
FESTIVAL_PRICE = 85  # percent of the list price
COUPONS = ((60_000, 6_000), (30_000, 3_000))  # from this amount on, this much off
COUPON_OUTSIDE = 0.25  # share of orders outside festivals that carry a coupon


def fill(plan: Plan, orders: pl.DataFrame) -> pl.DataFrame:
    """Lines of ``orders``: order, line, product, qty, price, gross, discount, platform_discount, due.

    ``due`` is what the buyer pays for the line; the parts of an order-level discount add up to it exactly.
    """
    dice = plan.dice(2)
    many = 1 + np.searchsorted(np.cumsum(LINES), dice.random(orders.height), side="right")
    single = orders["platform"].is_in([p.name for p in PLATFORMS if p.one_line]).to_numpy()
    many = np.where(single, 1, np.minimum(many, len(LINES)))
    order = np.repeat(np.arange(orders.height, dtype=np.int64), many)
    product = _products(dice, pull_of_products(plan), orders["day"].to_numpy()[order])
    qty = 1 + np.searchsorted(np.cumsum(PIECES), dice.random(len(order)), side="right")
    lines = (
        pl.DataFrame({"order": order, "product": product, "qty": np.minimum(qty, len(PIECES)).astype(np.int64)})
        .group_by("order", "product", maintain_order=True)
        .agg(pl.col("qty").sum())
        .with_columns(line=pl.int_range(1, pl.len() + 1).over("order"))
    )
    return _discounted(dice, _priced(plan, orders, lines), orders)


def _products(dice: np.random.Generator, pull: Floats, day: Ints) -> Ints:
    """A product for each line, by the pull of its day."""
    edges = np.cumsum(pull, axis=1)
    chance = dice.random(len(day))
    parts = [(chance[i : i + CHUNK, None] >= edges[day[i : i + CHUNK]]).sum(axis=1) for i in range(0, len(day), CHUNK)]
    picked = np.concatenate(parts) if parts else np.zeros(0)
    return np.minimum(picked, len(PRODUCTS) - 1).astype(np.int64)


def _priced(plan: Plan, orders: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Adds list price, price and gross; festival prices are whole units of money."""
    home = pl.lit(pl.Series([p.price for p in PRODUCTS]))
    abroad = pl.lit(pl.Series([p.usd for p in PRODUCTS]))
    overseas = pl.col("platform").is_in([p.name for p in PLATFORMS if p.overseas])
    feast = {o: pl.lit(pl.Series(is_festival(plan, overseas=o))) for o in (False, True)}
    of_order = orders.select(
        "platform",
        order=pl.int_range(0, pl.len()),
        festival=pl.when(overseas)
        .then(feast[True].gather(pl.col("day")))
        .otherwise(feast[False].gather(pl.col("day"))),
    )
    return (
        lines.join(of_order, on="order", maintain_order="left")
        .with_columns(
            list_price=pl.when(overseas)
            .then(abroad.gather(pl.col("product")))
            .otherwise(home.gather(pl.col("product")))
        )
        .with_columns(
            price=pl.when("festival")
            .then(pl.col("list_price") * FESTIVAL_PRICE // 10_000 * 100)
            .otherwise("list_price")
        )
        .with_columns(gross=pl.col("price") * pl.col("qty"))
    )


def _discounted(dice: np.random.Generator, lines: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Splits coupon and platform discount over the lines, the last line taking the remainder."""
    lucky = pl.lit(pl.Series(dice.random(orders.height) < COUPON_OUTSIDE))
    borne = {p.name: p.platform_discount for p in PLATFORMS}
    subtotal = pl.col("gross").sum().over("order")
    coupon = pl.when(subtotal >= COUPONS[0][0]).then(COUPONS[0][1]).when(subtotal >= COUPONS[1][0]).then(COUPONS[1][1])
    lines = lines.with_columns(
        subtotal=subtotal,
        off=pl.when(pl.col("festival") | lucky.gather(pl.col("order"))).then(coupon.otherwise(0)).otherwise(0),
        gift=(subtotal * pl.col("platform").replace_strict(borne, return_dtype=pl.Float64)).floor().cast(pl.Int64),
    )
    return lines.with_columns(discount=_part("off"), platform_discount=_part("gift")).select(
        "order", "line", "product", "qty", "list_price", "price", "gross", "discount", "platform_discount",
        due=pl.col("gross") - pl.col("discount") - pl.col("platform_discount"),
    )  # fmt: skip


def _part(total: str) -> pl.Expr:
    """The line's part of an order-level amount."""
    part = pl.col(total) * pl.col("gross") // pl.col("subtotal")
    rest = pl.col(total) - part.sum().over("order")
    return part + pl.when(pl.col("line") == pl.col("line").max().over("order")).then(rest).otherwise(0)
