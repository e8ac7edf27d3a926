"""Stock counts and sales of a span of days, as everything about inventory reads them: in units and money, not scaled."""

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.period import Period, day_number, day_of
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading

HELD = 31
"""A count of up to so many days before a window still says what there was when it began."""
AMOUNTS = ("on_hand", "available", "inbound", "unit_cost", "value")


def counts(reading: Reading, days: Period | None = None) -> pl.DataFrame:
    """One row per counted day, location and SKU: on_hand, available, inbound, unit_cost, value, category.

    ``on_hand`` may be negative, ``value`` counts that as 0. No location is an empty text.
    """
    rows = reading.fact("stock_days")
    if days is not None:
        rows = rows.filter(nw.col("day") >= day_number(days.start), nw.col("day") <= day_number(days.end))
    found = collected(rows.select("day", "location_id", "sku_id", "category", *AMOUNTS))
    return found.with_columns(
        pl.col("location_id").fill_null(""), *(pl.col(name) / SCALE for name in AMOUNTS), pl.col("day").cast(pl.Int64)
    )


def last_counts(reading: Reading, until: Period) -> pl.DataFrame:
    """The rows of ``counts`` on the last counted day of each location, none after ``until``."""
    rows = reading.fact("stock_days").filter(nw.col("day") <= day_number(until.end))
    rows = rows.with_columns(location_id=nw.col("location_id").fill_null(""))
    newest = rows.group_by("location_id").agg(day=nw.col("day").max())
    found = collected(
        rows.join(newest, on=["location_id", "day"], how="inner").select(
            *("day", "location_id", "sku_id", "category"), *AMOUNTS
        )
    )
    return found.with_columns(*(pl.col(name) / SCALE for name in AMOUNTS), pl.col("day").cast(pl.Int64))


def counted_days(reading: Reading, *, until: Period | None = None) -> list[int]:
    """The numbers of the days on which stock was counted, in order; none after ``until``."""
    rows = reading.fact("stock_days").select("day")
    if until is not None:
        rows = rows.filter(nw.col("day") <= day_number(until.end))
    return sorted(int(day) for day in collected(rows.unique())["day"])


def sales(reading: Reading, days: Period) -> pl.DataFrame:
    """One row per SKU and day it sold on: qty, paid, cost, costed (paid of lines with a known cost), category."""
    rows = reading.fact("product_days")
    rows = rows.filter(
        nw.col("day") >= day_number(days.start), nw.col("day") <= day_number(days.end), nw.col("qty") > 0
    )
    names = ("qty", "paid", "cost", "costed")
    summed = rows.group_by("sku_id", "day").agg(
        *(nw.col(name).sum().cast(nw.Int64) for name in names), category=nw.col("category").max()
    )
    found = collected(summed).filter(pl.col("sku_id").is_not_null())
    return found.with_columns(*(pl.col(name) / SCALE for name in names), pl.col("day").cast(pl.Int64))


def receipts(reading: Reading, *, until: int | None = None) -> pl.DataFrame:
    """One row per received purchase line: sku_id, day, units (rejected ones left out), ordered, unit_cost."""
    rows = _purchases(reading).filter(pl.col("received").is_not_null())
    return rows if until is None else rows.filter(pl.col("received") <= until)


def _purchases(reading: Reading) -> pl.DataFrame:
    """One row per purchase line: sku_id, supplier_id, ordered, promised, received (day numbers), units, unit_cost."""
    found = collected(
        reading.table("purchase_orders").select(
            *("sku_id", "supplier_id", "ordered_at", "promised_at", "received_at", "qty", "rejected_qty", "unit_cost")
        )
    )
    days = {"ordered": "ordered_at", "promised": "promised_at", "received": "received_at"}
    return found.select(
        "sku_id",
        "supplier_id",
        *(pl.col(column).cast(pl.Int32).cast(pl.Int64).alias(name) for name, column in days.items()),
        units=(pl.col("qty") - pl.col("rejected_qty").fill_null(0)) / SCALE,
        unit_cost=pl.col("unit_cost") / SCALE,
    )


def purchases(reading: Reading, *, until: int) -> pl.DataFrame:
    """Purchase lines ordered by day ``until``; what was received later is still open then."""
    rows = _purchases(reading).filter(pl.col("ordered").is_null() | (pl.col("ordered") <= until))
    return rows.with_columns(received=pl.when(pl.col("received") <= until).then("received"))


def product_terms(reading: Reading) -> pl.DataFrame:
    """One row per SKU of the catalogue: name, category, unit_cost, list_price, launched (day number), supplier_id."""
    found = collected(
        reading.table("products").select(
            *(
                "sku_id",
                "name",
                "variant",
                "category_l1",
                "unit_cost",
                "list_price",
                "launched_at",
                "supplier_id",
                "kind",
            )
        )
    )
    return found.select(
        "sku_id",
        "supplier_id",
        "kind",
        name=pl.concat_str("name", "variant", separator=" ", ignore_nulls=True),
        category=pl.col("category_l1"),
        unit_cost=pl.col("unit_cost") / SCALE,
        list_price=pl.col("list_price") / SCALE,
        launched=pl.col("launched_at").cast(pl.Int32).cast(pl.Int64),
    )


def clipped(window: Period, data: Period) -> Period:
    """The days of ``window`` the data cover; ``window`` itself when they have none in common."""
    return window.clip(data) or window


def days_of(first: int, last: int) -> Period:
    """The period of two day numbers, both included."""
    return Period(day_of(first), day_of(last))
