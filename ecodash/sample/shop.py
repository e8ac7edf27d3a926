"""The imagined shop itself, before it is written in anybody's format."""

from dataclasses import dataclass

import polars as pl

from ecodash.sample.baskets import fill
from ecodash.sample.brand import PLATFORMS
from ecodash.sample.buyers import purchases
from ecodash.sample.fates import settle
from ecodash.sample.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Shop:
    """Everything that happened: ``orders`` (one row per order, see ``fates.settle``) and ``lines``.

    Money is in hundredths of the platform's currency; times are those of Shanghai.
    """

    plan: Plan
    orders: pl.DataFrame
    lines: pl.DataFrame

    def of(self, platform: str) -> "Shop":
        """The part on one platform, orders in the order of their creation and numbered from 0 in ``nth``."""
        orders = (
            self.orders.filter(pl.col("platform") == platform).sort("created", "order").with_row_index("nth")
        ).with_columns(pl.col("nth").cast(pl.Int64))
        lines = self.lines.join(orders.select("order", "nth"), on="order").sort("nth", "line")
        return Shop(plan=self.plan, orders=orders, lines=lines)


def imagine(plan: Plan) -> Shop:
    """The shop of ``plan``: the same plan gives the same shop, byte for byte."""
    counts = [round(plan.orders * platform.share) for platform in PLATFORMS]
    counts[0] += plan.orders - sum(counts)
    bought = pl.concat(
        purchases(plan, platform, number=i, orders=count)
        for i, (platform, count) in enumerate(zip(PLATFORMS, counts, strict=True))
    )
    orders, lines = settle(plan, bought, fill(plan, bought))
    return Shop(plan=plan, orders=orders, lines=lines)
