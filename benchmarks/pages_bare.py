"""What a page needs at the least, by hand: the same aggregates from the same facts in bare DuckDB and bare polars.

Counts, sums and the sums per customer group that intervals need; no intervals, no checks, no words.
"""

from collections.abc import Mapping

import duckdb
import polars as pl

FACTS = ("orders", "customers", "customer_months", "daily")
Frames = Mapping[str, pl.DataFrame]

_SALES = "sum(net), sum(paid), sum(orders), sum(refund)"
_OVERVIEW = (
    "SELECT {sales} FROM daily, w WHERE day BETWEEN a AND b",
    "SELECT {sales} FROM daily, w WHERE day BETWEEN a - (b - a + 1) AND a - 1",
    "SELECT {step}, {sales} FROM daily, w WHERE day BETWEEN a AND b GROUP BY ALL",
    "SELECT channel_id, {sales} FROM daily, w WHERE day BETWEEN a AND b GROUP BY ALL",
    (
        "SELECT bucket, count(*), sum(paid), sum(net), count_if(prev_order_day IS NULL OR prev_order_day < a) FROM orders, w"
        " WHERE seq IS NOT NULL AND day BETWEEN a AND b GROUP BY ALL"
    ),
    (
        "SELECT channel_id, bucket, count(*), sum(paid), count_if(prev_channel_day IS NULL OR prev_channel_day < a)"
        " FROM orders, w WHERE seq IS NOT NULL AND day BETWEEN a AND b GROUP BY ALL"
    ),
    "SELECT first_month, count(*), count_if(second_day - first_day <= 90) FROM customers GROUP BY ALL",
)
_REPURCHASE = (
    "SELECT first_month, count(*), count_if(second_day - first_day <= 90) FROM customers GROUP BY ALL",
    "SELECT first_month, age, count_if(orders > 0), sum(net) FROM customer_months GROUP BY ALL",
    "SELECT second_day - first_day, count(*) FROM customers GROUP BY ALL",
    "SELECT days, count(*) FROM customers GROUP BY ALL",
    "SELECT day - prev_day, count(*) FROM orders, w WHERE opens_day AND day BETWEEN a AND b GROUP BY ALL",
    (
        "SELECT count_if(prev_order_day IS NULL OR prev_order_day < a),"
        " count_if(prev_order_day >= a AND (prev2_order_day IS NULL OR prev2_order_day < a)), count_if(seq > 1), count(*)"
        " FROM orders, w WHERE seq IS NOT NULL AND day BETWEEN a AND b"
    ),
)
_WINDOW = "WITH w AS (SELECT max(day) - {days} + 1 AS a, max(day) AS b FROM daily WHERE orders > 0) "
PAGES = {
    "overview 30 d": (_OVERVIEW, 30, "day"),
    "overview 1 y": (_OVERVIEW, 365, "month"),
    "repurchase": (_REPURCHASE, 365, "month"),
}


def on_duckdb(connection: duckdb.DuckDBPyConnection, page: str) -> None:
    """The aggregates of one page in hand-written SQL."""
    statements, days, step = PAGES[page]
    for statement in statements:
        connection.execute(_WINDOW.format(days=days) + statement.format(sales=_SALES, step=step)).fetchall()


def on_polars(frames: Frames, page: str) -> None:
    """The aggregates of one page with polars on frames that lie in memory."""
    _, days, step = PAGES[page]
    daily = frames["daily"].lazy()
    end = frames["daily"].filter(pl.col("orders") > 0)["day"].max()
    start = end - days + 1
    rates = frames["customers"].lazy().group_by("first_month").agg(pl.len(), _within(90))
    if page == "repurchase":
        pl.collect_all([rates, *_repurchase(frames, start, end)])
        return
    sums = pl.col("net", "paid", "orders", "refund").sum()
    now = daily.filter(pl.col("day").is_between(start, end))
    before = daily.filter(pl.col("day").is_between(start - days, start - 1))
    bought = _bought(frames, start, end)
    pl.collect_all(
        [
            now.select(sums),
            before.select(sums),
            now.group_by(step).agg(sums),
            now.group_by("channel_id").agg(sums),
            bought.group_by("bucket").agg(pl.len(), pl.col("paid", "net").sum(), _new("prev_order_day", start)),
            bought.group_by("channel_id", "bucket").agg(
                pl.len(), pl.col("paid").sum(), _new("prev_channel_day", start)
            ),
            rates,
        ]
    )


def _repurchase(frames: Frames, start: int, end: int) -> list[pl.LazyFrame]:
    customers, bought = frames["customers"].lazy(), _bought(frames, start, end)
    again = (pl.col("prev_order_day") >= start) & ~(pl.col("prev2_order_day") >= start).fill_null(value=False)
    return [
        frames["customer_months"]
        .lazy()
        .group_by("first_month", "age")
        .agg((pl.col("orders") > 0).sum(), pl.col("net").sum()),
        customers.group_by(pl.col("second_day") - pl.col("first_day")).len(),
        customers.group_by("days").len(),
        bought.filter(pl.col("opens_day")).group_by(pl.col("day") - pl.col("prev_day")).len(),
        bought.select(_new("prev_order_day", start), again.sum().alias("again"), (pl.col("seq") > 1).sum(), pl.len()),
    ]


def _bought(frames: Frames, start: int, end: int) -> pl.LazyFrame:
    return frames["orders"].lazy().filter(pl.col("seq").is_not_null(), pl.col("day").is_between(start, end))


def _within(days: int) -> pl.Expr:
    return (pl.col("second_day") - pl.col("first_day") <= days).sum().alias("again")


def _new(previous: str, start: int) -> pl.Expr:
    return (pl.col(previous).is_null() | (pl.col(previous) < start)).sum().alias("new")
