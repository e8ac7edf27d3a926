"""Orders of the brand's own system: three stores, instant delivery, bookings, rentals, work to order, auctions, groups."""

import numpy as np
import polars as pl

from ecodash.sample.brand import COLUMN, Platform
from ecodash.sample.buyers import pick, seconds
from ecodash.sample.calendar import demand
from ecodash.sample.places import STORES
from ecodash.sample.plan import Plan

# Share, order type, fulfilment, and the one product such an order is about.
KINDS: tuple[tuple[float, str, str, str | None], ...] = (
    (0.50, "normal", "instore", None),
    (0.13, "normal", "pickup", None),
    (0.12, "normal", "instant", None),
    (0.05, "voucher", "digital", "HF-VOUCHER-100"),
    (0.05, "booking", "onsite", "HF-COURSE-01"),
    (0.04, "rental", "pickup", "HF-RENT-TENT"),
    (0.04, "custom", "onsite", "HF-SIGN-01"),
    (0.03, "auction", "delivery", "HF-OLD-TENT"),
    (0.03, "group", "delivery", "HF-BOTTLE-500"),
    (0.01, "presale", "delivery", "HF-SHELL-M"),
)
KNOWN = 0.35  # share of orders by buyers of the mini-program, long after their first order there
NAMELESS = 0.25
LATER = 130  # days after the first order in the mini-program: beyond every window of the programmes
NEW_BUYERS = 50_000_000  # numbers of buyers who know only the stores start here


def visits(plan: Plan, platform: Platform, *, orders: int, members: pl.DataFrame) -> pl.DataFrame:
    """``orders`` orders, columns as ``buyers.purchases`` and order_type, fulfilment, store, wanted (number of a product).

    ``members`` are the orders of the mini-program; some of its buyers come to a store later. ``buyer`` is null for
    those who do not say who they are.
    """
    dice = plan.dice(10)
    day = pick(dice, demand(plan, platform), orders)
    buyer = NEW_BUYERS + np.arange(orders, dtype=np.int64) * 2 // 3
    first = members.group_by("buyer").agg(pl.col("day").min()).filter(pl.col("day") < plan.days - LATER).sort("buyer")
    known = (dice.random(orders) < KNOWN) & (first.height > 0)
    who = dice.integers(0, max(first.height, 1), orders)
    if first.height:
        since = first["day"].to_numpy()[who] + LATER
        buyer = np.where(known, first["buyer"].to_numpy()[who], buyer)
        day = np.where(known & (day < since), since + (dice.random(orders) * (plan.days - since)).astype(np.int64), day)
    named = pl.Series(known | (dice.random(orders) >= NAMELESS))
    kind = pick(dice, np.array([k[0] for k in KINDS]), orders)
    store = dice.integers(0, len(STORES), orders)
    return pl.DataFrame({"buyer": buyer, "day": day, "second": seconds(dice, orders), "store": store}).with_columns(
        buyer=pl.when(named).then("buyer"),
        platform=pl.lit(platform.name),
        cause=pl.lit("usual"),
        place=pl.lit(pl.Series([s[2] for s in STORES])).gather(pl.Series(store)),
        order_type=pl.lit(pl.Series([k[1] for k in KINDS])).gather(pl.Series(kind)),
        fulfilment=pl.lit(pl.Series([k[2] for k in KINDS])).gather(pl.Series(kind)),
        wanted=pl.lit(pl.Series([COLUMN[k[3]] if k[3] else None for k in KINDS], dtype=pl.Int64)).gather(
            pl.Series(kind)
        ),
    )
