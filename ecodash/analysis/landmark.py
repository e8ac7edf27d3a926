"""The landmark table: status frozen on a day, what came before it, and what came after it.

"Members come back more often" is true by construction when whoever joined *at any time* counts as a member: to join at
the third order one must first have come back twice (immortal time). The landmark design breaks the circle: L days after
the first purchase the status is frozen, everything up to L is history, and only purchases in (L, L + W] are outcome.

Assumption: days are whole numbers. Only customers watched through L + W are in the table, so nobody's outcome is cut
off. Somebody who gets the status after L counts as without it, as he was on the day of the comparison. Source:
J. R. Anderson, K. C. Cain, R. D. Gelber, Analysis of survival by tumor response, J. Clinical Oncology 1 (1983).
"""

import polars as pl

LANDMARKS = (14, 30, 60)
"""Usual landmark days."""

BEFORE = ("orders_before", "spend_before", "recency_before")
"""What was known at the landmark: orders so far, their value, and days from the last of them to the landmark."""

AFTER = ("returned", "orders_after", "spend_after")
"""The outcome: whether there was any order in (L, L + W] (0 or 1), how many, and their value."""


def landmark_table(
    customers: pl.DataFrame, purchases: pl.DataFrame, *, landmark: int, window: int, last_day: int
) -> pl.DataFrame:
    """One row per customer watched through ``landmark + window``: columns of ``customers``, status, BEFORE and AFTER.

    Sorted by customer, so that the order in which rows were loaded changes nothing further on.

    ``customers``: one row each with customer, first_day, status_day (day the status began, before the first purchase
    or null if never) and any covariates known at the landmark; with a column status_end (day from which the status was
    gone again, null if never) whoever had lost it by the landmark counts as without. ``purchases``: customer, day, value, one row per order.
    All days are day numbers; ``last_day`` is the last whole day of the data. ``status`` is 1 with the status by the
    landmark. Raises ValueError unless 0 ≤ landmark and 0 < window.
    """
    if landmark < 0 or window <= 0:
        raise ValueError(f"landmark {landmark} and window {window} do not make a comparison")
    watched = customers.lazy().filter(pl.col("first_day") + (landmark + window) <= last_day)
    has = (pl.col("status_day") - pl.col("first_day") <= landmark).fill_null(False)
    if "status_end" in customers.columns:
        has &= (pl.col("status_end") - pl.col("first_day") > landmark).fill_null(True)
    sums = _before_and_after(watched, purchases.lazy(), landmark=landmark, window=window)
    return (
        watched.join(sums, on="customer", how="left")
        .with_columns(
            pl.col("orders_before", "orders_after").fill_null(0),
            pl.col("spend_before", "spend_after").fill_null(0.0),
            status=has.cast(pl.Int64),
            recency_before=landmark - pl.col("last_before").fill_null(0).cast(pl.Int64),
            returned=(pl.col("orders_after").fill_null(0) > 0).cast(pl.Int64),
        )
        .drop("last_before")
        .sort("customer")
        .collect()
    )


def _before_and_after(watched: pl.LazyFrame, purchases: pl.LazyFrame, *, landmark: int, window: int) -> pl.LazyFrame:
    """One row per customer with an order up to the end of the window."""
    since, early, value = pl.col("day") - pl.col("first_day"), pl.col("since") <= landmark, pl.col("value")
    return (
        purchases.select("customer", "day", "value")
        .join(watched.select("customer", "first_day"), on="customer")
        .select("customer", "value", since=since)
        .filter(pl.col("since").is_between(0, landmark + window))
        .select(
            "customer",
            orders_before=early.cast(pl.Int64),
            spend_before=pl.when(early).then(value).otherwise(0.0),
            last_before=pl.when(early).then("since"),
            orders_after=(~early).cast(pl.Int64),
            spend_after=pl.when(early).then(0.0).otherwise(value),
        )
        .group_by("customer")
        .agg(pl.all().exclude("last_before").sum(), pl.col("last_before").max())
    )
