"""Whether customers whose first order held green goods come back more often than others."""

import narwhals as nw
import polars as pl

from ecodash.analysis.risk_ratio import relative_lift
from ecodash.core.estimate import Status
from ecodash.core.period import day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics import caveats
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected, total
from ecodash.metrics.indicators.sold import with_product
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

DAYS = 90
ONE_GROUP = Text("两组里有一组没有客户或没有人复购。", "One of the groups has no customers, or none who came back.")


def _firsts(reading: Reading, window: Window) -> Frame:
    """Customers first seen in the window and watched for 90 days: green first order or not, back within 90 days."""
    watched = nw.col("first_day") <= day_number(window.data.end) - DAYS
    known = reading.fact("customers").rename({"first_day": "day"}).filter(inside(window.days, "day"))
    lines = with_product(reading.fact("order_lines").filter(nw.col("is_sale")), reading, "is_green")
    goods = lines.filter(~nw.col("is_green").is_null()).with_columns(one=nw.col("is_green").cast(nw.Int64))
    of_order = goods.group_by("order_id").agg(green=nw.col("one").max())
    origin = reading.fact("orders").select("order_id", "load_id", "row_no")
    firsts = known.rename({"day": "first_day"}).filter(watched).rename({"first_order_id": "order_id"})
    rows = firsts.join(of_order, on="order_id", how="inner").join(origin, on="order_id", how="inner")
    back = (nw.col("second_day") - nw.col("first_day") <= DAYS).fill_null(value=False)
    names = ("load_id", "row_no", "order_id", "green")
    return rows.select(*names, day=nw.col("first_day"), numerator=back.cast(nw.Int64), denominator=nw.lit(1))


def _lift(reading: Reading, window: Window) -> Answered:
    counts = collected(
        _firsts(reading, window).group_by("green").agg(back=total("numerator"), customers=total("denominator"))
    )
    if counts.is_empty():
        ready = Text(f"首购需满 {DAYS} 天。", f"first purchases must be {DAYS} days old.")
        return Answered(value=None, n=0, status=Status.IMMATURE, reason=caveats.immature(ready))
    green, other = (
        (int(part["back"].sum()), int(part["customers"].sum()))
        for part in (counts.filter(pl.col("green") == side) for side in (1, 0))
    )
    lift = relative_lift(green, other, level=window.level)
    if lift is None:
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=ONE_GROUP)
    ends = lift.interval
    fewer = min(green[1], other[1])
    return Answered(value=lift.value, n=fewer, low=ends.low if ends else None, high=ends.high if ends else None)


GREEN_BUYERS = (indicator("green_repurchase_lift", Analysed(answer=_lift, rows=_firsts)),)
