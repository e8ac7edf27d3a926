"""What is in the parcel and what it costs. One row per order line; money in hundredths of the platform's currency."""

import numpy as np
import polars as pl

from ecodash.sample.brand import COLUMN, PLATFORMS, PRODUCTS
from ecodash.sample.calendar import Floats, Ints, is_festival
from ecodash.sample.places import ABROAD, NEAREST
from ecodash.sample.plan import Plan
from ecodash.sample.prices import list_prices, prices_paid
from ecodash.sample.pull import CHEAP, profile_of, pulls

LINES = (0.68, 0.22, 0.07, 0.03)
PIECES = (0.86, 0.11, 0.03)
CHUNK = 200_000
COUPONS = ((60_000, 6_000), (30_000, 3_000))  # from this amount on, this much off
COUPON_OUTSIDE = 0.25  # share of orders outside festivals that carry a coupon
OVERSEAS = [p.name for p in PLATFORMS if p.overseas]


def fill(plan: Plan, orders: pl.DataFrame) -> pl.DataFrame:
    """Lines of ``orders``: order, line, product, qty, price, gross, discount, platform_discount, due.

    ``due`` is what the buyer pays for the line; the parts of an order-level discount add up to it exactly. An order
    that is about one product (``wanted``) has that one line.
    """
    dice = plan.dice(2)
    many = 1 + np.searchsorted(np.cumsum(LINES), dice.random(orders.height), side="right")
    wanted = orders["wanted"].fill_null(-1).to_numpy()
    single = orders["platform"].is_in([p.name for p in PLATFORMS if p.one_line]).to_numpy() | (wanted >= 0)
    many = np.where(single, 1, np.minimum(many, len(LINES)))
    order = np.repeat(np.arange(orders.height, dtype=np.int64), many)
    picked = _products(dice, pulls(plan), profiles(orders)[order], orders["day"].to_numpy()[order])
    product = np.where(wanted[order] >= 0, wanted[order], picked)
    qty = 1 + np.searchsorted(np.cumsum(PIECES), dice.random(len(order)), side="right")
    qty = np.where(wanted[order] >= 0, 1, np.minimum(qty, len(PIECES))).astype(np.int64)
    lines = (
        pl.DataFrame({"order": order, "product": product, "qty": qty})
        .group_by("order", "product", maintain_order=True)
        .agg(pl.col("qty").sum())
        .with_columns(line=pl.int_range(1, pl.len() + 1).over("order"))
    )
    return _discounted(dice, _priced(plan, orders, lines), orders)


def profiles(orders: pl.DataFrame) -> Ints:
    """For each order, the profile of ``pull.pulls`` its lines are drawn from."""
    region = pl.Series(NEAREST)
    known = {p.name: profile_of(p.name, 0) for p in PLATFORMS}
    home = pl.lit(region).gather(pl.col("place") % len(NEAREST))
    base = pl.col("platform").replace_strict(known, return_dtype=pl.Int64)
    at = pl.when(base == ABROAD).then(base).otherwise(base // CHEAP * CHEAP + home)
    return orders.select(at.cast(pl.Int64)).to_series().to_numpy()


def lost_sales(plan: Plan, orders: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """What could not be sold while the bottle was out of stock: day, platform, units; none of it is in any order.

    For every line of these days one more would have been the bottle with its usual share of the demand.
    """
    dice = plan.dice(12)
    gone = (plan.day(plan.stock_out.start), plan.day(plan.stock_out.end))
    rows = lines.select("order").join(
        orders.with_columns(order=pl.int_range(pl.len()), profile=pl.Series(profiles(orders))).filter(
            pl.col("day").is_between(*gone)
        ),
        on="order",
        maintain_order="left",
    )
    share = pulls(plan, in_stock=True)[:, :, COLUMN[plan.stock_out_sku]]
    chance = share[rows["profile"].to_numpy(), rows["day"].to_numpy()]
    units = 1 + np.searchsorted(np.cumsum(PIECES), dice.random(rows.height), side="right")
    missed = pl.Series(np.minimum(units, len(PIECES)) * (dice.random(rows.height) < chance))
    by_day = rows.with_columns(units=missed.cast(pl.Int64)).filter(pl.col("units") > 0)
    return by_day.group_by("day", "platform").agg(pl.col("units").sum()).sort("day", "platform")


def _products(dice: np.random.Generator, pull: Floats, profile: Ints, day: Ints) -> Ints:
    """A product for each line, by the pull of its profile and day."""
    edges = np.cumsum(pull, axis=2)
    chance = dice.random(len(day))
    parts = [
        (chance[i : i + CHUNK, None] >= edges[profile[i : i + CHUNK], day[i : i + CHUNK]]).sum(axis=1)
        for i in range(0, len(day), CHUNK)
    ]
    picked = np.concatenate(parts) if parts else np.zeros(0)
    last = max(i for i, p in enumerate(PRODUCTS) if p.weight)
    return np.minimum(picked, last).astype(np.int64)


def _priced(plan: Plan, orders: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Adds list price, price and gross."""
    abroad = pl.col("platform").is_in(OVERSEAS)
    feast = [pl.lit(pl.Series(is_festival(plan, overseas=o))).gather(pl.col("day")) for o in (False, True)]
    of_order = orders.select(
        *("platform", "day"),
        order=pl.int_range(0, pl.len()),
        abroad=abroad,
        festival=pl.when(abroad).then(feast[1]).otherwise(feast[0]),
    )
    rows = lines.join(of_order, on="order", maintain_order="left")
    there, day, product = (rows[name].to_numpy() for name in ("abroad", "day", "product"))

    def at(table: tuple[Ints, Ints]) -> pl.Series:
        return pl.Series(np.where(there, table[1][day, product], table[0][day, product]))

    listed = at((list_prices(plan, overseas=False), list_prices(plan, overseas=True)))
    paid = at((prices_paid(plan, overseas=False), prices_paid(plan, overseas=True)))
    return rows.drop("day", "abroad").with_columns(list_price=listed, price=paid, gross=pl.Series(paid) * pl.col("qty"))


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
