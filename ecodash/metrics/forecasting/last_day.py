"""The last day that is over: a forecast learns from whole days only."""

import narwhals as nw
import polars as pl

from ecodash.core.period import Period, day_number, day_of
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading

BEFORE = 28
RARE = 0.05
LATEST_HOUR = 23


def last_complete(reading: Reading) -> Period | None:
    """First day of the data to the last whole one; None without orders.

    The last day is not over when its latest order came earlier than on all but 5 % of the four weeks before. Data
    without hours (all orders at midnight) end with a whole day.
    """
    span = reading.source.data_end(as_of=reading.as_of)
    if span is None or span.days <= BEFORE:
        return span
    last = day_number(span.end)
    orders = reading.fact("orders").filter(nw.col("day") > last - BEFORE - 1, nw.col("day") <= last)
    latest = collected(orders.group_by("day").agg(hour=nw.col("hour").max())).drop_nulls()
    today = latest.filter(pl.col("day") == last)["hour"].to_list()
    before = latest.filter(pl.col("day") < last)["hour"]
    if not today or before.is_empty() or today[0] >= LATEST_HOUR:
        return span
    usual = float((before <= today[0]).mean() or 0.0)
    return Period(span.start, day_of(last - 1)) if usual < RARE else span
