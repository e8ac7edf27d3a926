"""The imagined shop itself, before it is written in anybody's format."""

from dataclasses import dataclass, replace

import polars as pl

from ecodash.sample.baskets import fill, lost_sales
from ecodash.sample.brand import PLATFORMS
from ecodash.sample.brushing import brushed
from ecodash.sample.buyers import purchases
from ecodash.sample.fates import settle
from ecodash.sample.ids import numbered
from ecodash.sample.own_shop import visits
from ecodash.sample.people import people
from ecodash.sample.plan import BRUSHED, Plan

COLUMNS = ("buyer", "day", "second", "cause", "platform", "place", "met", "wanted", "order_type", "fulfilment", "store")


@dataclass(frozen=True, kw_only=True)
class Shop:
    """Everything that happened: ``orders`` (one row per order, see ``fates.settle``) and ``lines``.

    Orders are in the order of platforms and creation, numbered from 0 on each platform in ``nth``; ``number`` is the id
    the platform writes. Lines are in the same order.
    ``people``: one row per buyer of the mini-program and the stores. ``lost``: sales that never came about.
    Money is in hundredths of the platform's currency; times are those of Shanghai.
    """

    plan: Plan
    orders: pl.DataFrame
    lines: pl.DataFrame
    people: pl.DataFrame
    lost: pl.DataFrame

    def of(self, platform: str) -> "Shop":
        """The part on one platform."""
        here = pl.col("platform") == platform
        return replace(self, orders=self.orders.filter(here), lines=self.lines.filter(here))


def imagine(plan: Plan) -> Shop:
    """The shop of ``plan``: the same plan gives the same shop, byte for byte."""
    bought = _bought(plan)
    baskets = fill(plan, bought)
    settled, sold = settle(plan, bought, baskets)
    orders = numbered(settled)
    place = orders.select("order", "nth", "platform", at=pl.int_range(pl.len()))
    lines = sold.join(place, on="order").sort("at", "line").drop("at")
    return Shop(
        plan=plan, orders=orders, lines=lines, people=people(plan, orders), lost=lost_sales(plan, bought, baskets)
    )


def _bought(plan: Plan) -> pl.DataFrame:
    """One row per order, platform by platform, in the order of their buyers."""
    counts = [round(plan.orders * platform.share) for platform in PLATFORMS]
    counts[0] += plan.orders - sum(counts)
    faked = round(counts[0] * BRUSHED)
    usual = [
        purchases(plan, platform, number=i, orders=count - (0 if i else faked))
        for i, (platform, count) in enumerate(zip(PLATFORMS[:-1], counts[:-1], strict=True))
    ]
    fakes = brushed(plan, orders=faked, buyers=usual[0]["buyer"].n_unique())
    members = next(frame for frame, platform in zip(usual, PLATFORMS[:-1], strict=True) if platform.name == "youzan")
    own = visits(plan, PLATFORMS[-1], orders=counts[-1], members=members)
    return pl.concat([*usual, fakes, own], how="diagonal").select(COLUMNS)
