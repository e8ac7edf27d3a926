"""Customers and purchases as the landmark table takes them, read from the facts with what was known of each customer.

Customers are numbered, because a million names take longer to match than a million numbers.
"""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.analysis.landmark_curve import Watch
from ecodash.core.decimals import SCALE
from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.metrics.collect import collected
from ecodash.metrics.comparable.contrast import Contrast
from ecodash.metrics.comparable.exposure import BEGAN, ENDED
from ecodash.metrics.regions import region

KNOWN = ("first_value", "discount", "first_channel", "first_category", "month", "region")
"""What was known of a customer at the first purchase."""
EARLY_WEEK = "early_week"
"""Placebo: whether the first purchase fell on Monday to Wednesday, which no later status can have moved."""
LEAST_SHARE = 0.01
ORDER = ("first_day", "first_paid", "first_channel", "first_category", "region", BEGAN, "customer_id")
"""Customers by what they are; their ids, hashed anew in every workspace, decide between equals only."""
_MONDAY, _WEEK, _FIRST_DAYS = 3, 7, 3
_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Watched:
    """``watch`` holds the customers who could be compared; ``left_out`` came through channels without either group."""

    watch: Watch
    left_out: int
    channels: tuple[str, ...]


def count_watched(contrast: Contrast, *, landmark: int, window: int) -> int:
    """How many customers there are to compare."""
    end = day_number(contrast.scope.span.end)
    people = contrast.exposure.people(contrast.scope).filter(nw.col("first_day") <= end - landmark - window)
    return int(collected(people.select(n=nw.len())).item())


def watched(
    contrast: Contrast, *, landmark: int, window: int, buckets: int | None = None, reach: int | None = None
) -> Watched:
    """Customers first seen at least ``landmark + window`` days before the end of the data, and their purchases so far.

    ``buckets``: only customers of so many of the 64 buckets, a random part of all. ``reach``: a later landmark up to
    which purchases are wanted too.
    """
    end = day_number(contrast.scope.span.end)
    people = _people(contrast, latest=end - landmark - window)
    people = people.filter(nw.col("bucket") < buckets) if buckets is not None else people
    customers = collected(people).sort(*ORDER, nulls_last=True).with_row_index("customer").with_columns(_covariates())
    kept, gone = _with_both(customers, landmark)
    numbers = kept.select("customer_id", "customer")
    bought = collected(_purchases(contrast, people, reach=max(landmark, reach or 0) + window)).join(
        numbers, on="customer_id"
    )
    discount = bought.filter(pl.col("seq") == 1).select("customer", discount=_discount())
    kept = kept.join(discount, on="customer", how="left").drop("customer_id", "bucket")
    purchases = bought.select("customer", "day", value=pl.col("paid") / SCALE)
    watch = Watch(customers=kept, purchases=purchases, window=window, last_day=end)
    return Watched(watch=watch, left_out=customers.height - kept.height, channels=gone)


def _people(contrast: Contrast, *, latest: int) -> Frame:
    names = ("customer_id", "bucket", "first_day", BEGAN, ENDED, "first_channel", "first_category", "first_paid")
    rows = contrast.exposure.people(contrast.scope).filter(nw.col("first_day") <= latest)
    return rows.select(*names, *contrast.exposure.more, region=region("first_province"), month="first_month")


def _purchases(contrast: Contrast, people: Frame, *, reach: int) -> Frame:
    orders = contrast.scope.fact("orders").filter(nw.col("is_sale"), ~nw.col("seq").is_null())
    near = orders.filter(nw.col("day") - nw.col("first_day") <= reach)
    return near.select("customer_id", "day", "seq", "paid", "discount").join(
        people.select("customer_id"), on="customer_id", how="semi"
    )


def _covariates() -> list[pl.Expr]:
    month = pl.col("month")
    return [
        (pl.col("first_paid") / SCALE).log1p().alias("first_value"),
        pl.format("{}-{}", month // _MONTHS, month % _MONTHS + 1).alias("month"),
        ((pl.col("first_day") + _MONDAY) % _WEEK < _FIRST_DAYS).cast(pl.Int64).alias(EARLY_WEEK),
    ]


def _discount() -> pl.Expr:
    listed = pl.col("discount") + pl.col("paid")
    return pl.when(listed > 0).then(pl.col("discount") / listed).otherwise(0.0)


def _with_both(customers: pl.DataFrame, landmark: int) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Customers of channels where both groups exist: at least one in a hundred with the status, and without it.

    Where nobody can get the status there is nobody to compare with; such customers would only blur the answer.
    """
    held = (pl.col(BEGAN) - pl.col("first_day") <= landmark).fill_null(value=False)
    share = customers.group_by("first_channel").agg(share=held.mean(), n=pl.len())
    one_sided = share.filter(~pl.col("share").is_between(LEAST_SHARE, 1 - LEAST_SHARE))
    if one_sided.height == share.height:
        return customers, ()
    gone = one_sided.sort("n", descending=True)["first_channel"]
    kept = customers.join(one_sided.select("first_channel"), on="first_channel", how="anti", nulls_equal=True)
    return kept, tuple(str(name or "") for name in gone)
