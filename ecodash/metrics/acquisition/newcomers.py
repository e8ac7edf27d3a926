"""Customers and where they came from: the channel the customer list names, else that of the first order."""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from ecodash.core.period import Period, day_number
from ecodash.facts import Frame
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.sold import profiles
from ecodash.metrics.reading import Reading


def newcomers(reading: Reading) -> Frame:
    """One row per known customer with a sale: customer_id, first_day, source (empty: unknown)."""
    named = profiles(reading, "first_channel_id")
    known = reading.fact("customers").select("customer_id", "first_day", "first_channel")
    return known.join(named, on="customer_id", how="left").select(
        "customer_id", "first_day", source=nw.coalesce("first_channel_id", "first_channel").fill_null("")
    )


def counted(reading: Reading, days: Period) -> pl.DataFrame:
    """New customers in ``days`` by source: source, customers."""
    inside = (nw.col("first_day") >= day_number(days.start)) & (nw.col("first_day") <= day_number(days.end))
    rows = newcomers(reading).filter(inside).group_by("source").agg(customers=nw.len())
    return collected(rows).with_columns(pl.col("customers").cast(pl.Int64)).sort("source")


def sources(reading: Reading) -> list[str]:
    """Every channel a customer came from."""
    return sorted(collected(newcomers(reading).select("source").unique())["source"].to_list())


def placed(rows: Frame, places: Mapping[str, str]) -> Frame:
    """``rows`` of customers with ``group``: the place of their source; empty text where ads name no such place."""
    group = nw.lit("", dtype=nw.String)
    for source, place in places.items():
        group = nw.when(nw.col("source") == source).then(nw.lit(place)).otherwise(group)
    return rows.with_columns(group=group)
