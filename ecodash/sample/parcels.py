"""How an order travels: warehouse, carrier, and how long it takes. One carrier is often late."""

import numpy as np
import polars as pl

from ecodash.sample.calendar import Floats
from ecodash.sample.places import ABROAD, CARRIERS, LINE_ABROAD, NEAREST, OWN_RIDERS
from ecodash.sample.plan import LATE, Plan

HOUR = 3_600.0
DAY = 86_400.0
PROMISE = 3.5 * DAY  # from dispatch, at home
SHARES = (0.42, 0.34, 0.24)  # of the carriers
FROM_HOME = 0.3  # share of orders abroad that are sent from home


def routed(plan: Plan, orders: pl.DataFrame) -> pl.DataFrame:
    """Adds warehouse (number), carrier (name), and seconds: handling, transit, done after; promise from dispatch.

    Warehouse and carrier are null for what is not sent; promise is null where nothing was promised.
    """
    dice, n = plan.dice(13), orders.height
    who = np.searchsorted(np.cumsum(SHARES), dice.random(n), side="right").clip(0, len(SHARES) - 1)
    late = dice.random(n) < np.array(LATE)[who]
    straight, direct = dice.uniform(1, 3.2, n), dice.random(n) < FROM_HOME
    usual = pl.DataFrame(
        {
            "carrier": np.array(CARRIERS)[who],
            "transit": np.where(late, dice.uniform(4, 8, n), straight) * DAY,
            "handling": dice.uniform(0.2, 1.8, n) * DAY,
            "done": dice.uniform(1, 10, n) * DAY,
            "direct": direct,
            "long": dice.uniform(9, 18, n) * DAY,
            "short": dice.uniform(2, 6, n) * DAY,
        }
    )
    home = pl.lit(pl.Series(NEAREST)).gather(pl.col("place") % len(NEAREST))
    rows = orders.with_columns(usual).with_columns(
        warehouse=pl.when(platform("shopify") & ~pl.col("direct")).then(ABROAD).otherwise(home).cast(pl.Int64),
        promise=pl.lit(PROMISE),
    )
    return _on_the_spot(_abroad(rows), dice.random(n)).drop("direct", "long", "short")


def platform(name: str) -> pl.Expr:
    """Whether an order is from one platform."""
    return pl.col("platform") == name


def _abroad(rows: pl.DataFrame) -> pl.DataFrame:
    """From the warehouse abroad within a week, from home in two or three."""
    there = platform("shopify")
    return rows.with_columns(
        carrier=pl.when(there).then(pl.lit(LINE_ABROAD)).otherwise("carrier"),
        transit=pl.when(there & pl.col("direct")).then("long").when(there).then("short").otherwise("transit"),
        promise=pl.when(there & pl.col("direct")).then(16 * DAY).when(there).then(5 * DAY).otherwise("promise"),
    )


def _on_the_spot(rows: pl.DataFrame, chance: Floats) -> pl.DataFrame:
    """What the stores hand over: at once, for pick-up within hours, or by a rider within minutes; and empty parcels."""
    how, luck = pl.col("fulfilment"), pl.lit(pl.Series(chance))
    instant, faked = how == "instant", pl.col("cause") == "brushing"
    spot = how.is_in(["instore", "pickup", "onsite", "digital"])
    ready = pl.when(how == "pickup").then((0.5 + 5 * luck) * HOUR).when(how == "onsite").then((2 + 9 * luck) * DAY)
    return rows.with_columns(
        carrier=pl.when(instant).then(pl.lit(OWN_RIDERS)).when(spot | faked).then(None).otherwise("carrier"),
        warehouse=pl.when(spot | instant | faked).then(None).otherwise("warehouse"),
        handling=pl.when(instant)
        .then((3 + 9 * luck) * 60)
        .when(spot)
        .then(ready.otherwise(60.0))
        .when(faked)
        .then(HOUR)
        .otherwise("handling"),
        transit=pl.when(instant)
        .then((8 + 24 * luck) * 60)
        .when(spot)
        .then(0.0)
        .when(faked)
        .then(20 * HOUR)
        .otherwise("transit"),
        promise=pl.when(instant).then(27 * 60.0).when(spot).then(None).otherwise("promise"),
        done=pl.when(spot | instant).then(60.0).when(faked).then(600.0).otherwise("done"),
    )
