"""Orders that look bought: bursts of the same product at the same minute to the same street, never seen again."""

from datetime import date

import numpy as np
import polars as pl

from ecodash.sample.brand import COLUMN
from ecodash.sample.plan import Plan

AT = 23 * 3600 + 20 * 60  # second of the day on which a burst begins
WITHIN = 360  # seconds
PLACE = 6  # number of the one city all of them go to


def brushed(plan: Plan, *, orders: int, buyers: int) -> pl.DataFrame:
    """``orders`` orders by as many new buyers, numbered from ``buyers`` on; columns as ``buyers.purchases`` and wanted."""
    dice = plan.dice(11)
    evenings: tuple[date, ...] = plan.brushing
    burst = np.arange(orders) % len(evenings)
    return pl.DataFrame(
        {
            "buyer": buyers + np.arange(orders, dtype=np.int64),
            "day": np.array([plan.day(day) for day in evenings], dtype=np.int64)[burst],
            "second": AT + dice.integers(0, WITHIN, orders),
        }
    ).with_columns(
        platform=pl.lit("taobao"),
        cause=pl.lit("brushing"),
        place=pl.lit(PLACE, dtype=pl.Int64),
        wanted=pl.lit(COLUMN[plan.new_sku], dtype=pl.Int64),
    )
