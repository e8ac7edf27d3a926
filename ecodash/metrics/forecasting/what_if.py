"""What if: another price, or a promotion on some days of the horizon, with what the past allows to say about it."""

from dataclasses import dataclass, replace

import narwhals as nw
import numpy as np
import polars as pl

from ecodash.analysis.forecast.elasticity import Elasticity, elasticity
from ecodash.analysis.refused import Reason, Refused
from ecodash.core.decimals import SCALE
from ecodash.core.period import Period, day_number
from ecodash.core.text import Text
from ecodash.metrics.collect import collected
from ecodash.metrics.forecasting.phases import EventEffect
from ecodash.metrics.forecasting.question import Measure
from ecodash.metrics.forecasting.result import Forecast
from ecodash.metrics.reading import Reading

WEEK, MOST_WEEKS, MOST_PRODUCTS = 7, 156, 2000


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """The sum over the horizon as forecast (``before``) and under the change, with the interval of the change alone."""

    before: float
    after: float
    low: float
    high: float


def price_response(reading: Reading, history: Period) -> Elasticity | Refused:
    """How units answer to price over all products, from up to three years of weeks."""
    nothing = Text("没有商品明细，无法估计价格弹性。", "Without order lines the answer to price cannot be estimated.")
    if not reading.loaded(["order_items"]):
        return Refused(Reason.TOO_FEW_OUTCOMES, nothing)
    last = day_number(history.end)
    weeks = min(history.days // WEEK, MOST_WEEKS)
    first = last - weeks * WEEK + 1
    days = reading.fact("product_days").filter(nw.col("day") >= first, nw.col("day") <= last)
    sums = collected(days.group_by("sku_id", "day").agg(*(nw.col(n).sum().cast(nw.Int64) for n in ("qty", "paid"))))
    if sums.is_empty() or not weeks:
        return Refused(Reason.TOO_FEW_OUTCOMES, nothing)
    most = sums.group_by("sku_id").agg(pl.col("qty").sum()).sort("qty", "sku_id", descending=True).head(MOST_PRODUCTS)
    place = most.with_row_index("row").select("sku_id", "row")
    cells = sums.join(place, on="sku_id").with_columns(week=(pl.col("day") - first) // WEEK)
    tables = []
    for name in ("qty", "paid"):
        table = np.zeros((place.height, weeks))
        np.add.at(table, (cells["row"].to_numpy(), cells["week"].to_numpy()), cells[name].to_numpy() / SCALE)
        tables.append(table)
    return elasticity(tables[0], tables[1])


def at_price(found: Forecast, response: Elasticity, change: float) -> WhatIf:
    """All prices changed by the share ``change`` (−0.1: ten percent down); units, or sales at the new price."""
    money = 1.0 if found.question.measure is Measure.SALES else 0.0
    before = float(found.total.path.sum())
    at = [before * (1 + change) ** (power + money) for power in _ends(response)]
    return WhatIf(before=before, after=at[1], low=min(at), high=max(at))


def _ends(response: Elasticity) -> tuple[float, float, float]:
    return response.interval.low, response.value, response.interval.high


def with_promotion(found: Forecast, like: EventEffect, days: Period) -> WhatIf | Refused:
    """A promotion on ``days`` as strong as ``like`` was in the past. Refused when that was never seen."""
    if not like.days_seen:
        return Refused(
            Reason.TOO_SHORT, Text("这个活动没有历史，无法推算。", "This event was never seen, so nothing can be said.")
        )
    inside = found.days.clip(days)
    before = float(found.total.path.sum())
    if inside is None:
        return WhatIf(before=before, after=before, low=before, high=before)
    start = day_number(inside.start) - day_number(found.days.start)
    usual = float(found.total.path[0, start : start + inside.days].sum())
    low, after, high = (before + usual * (times - 1) for times in (like.low, like.uplift, like.high))
    return WhatIf(before=before, after=after, low=low, high=high)


def learnt_events(found: Forecast) -> tuple[EventEffect, ...]:
    """Every phase seen in the past, strongest first: what a planned promotion can be likened to."""
    seen = [replace(one, days=found.days) for one in found.learnt if one.days_seen and one.uplift > 1]
    return tuple(sorted(seen, key=lambda one: -one.uplift))
