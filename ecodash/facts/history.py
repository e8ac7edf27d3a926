"""A customer's purchases in order: numbers and earlier days, using only what lies before each order.

Purchases of a customer are ordered by moment, then by order id. Two grains: *orders* (two on one day are two) and
*purchase days* (they are one).
"""

import narwhals as nw

from ecodash.facts.fact import Frame

ORDER = ("at", "order_id")


def numbered(documents: Frame) -> Frame:
    """The documents with the history columns added; all null unless a sale of an identified customer.

    ``seq``, ``day_seq``, ``opens_day``, ``first_day``, ``prev_order_day``, ``prev2_order_day``, ``prev_day``,
    ``prev2_day``, ``prev_channel_day``.
    """
    counts = nw.col("is_sale") & ~nw.col("customer_id").is_null()
    mine = documents.filter(counts)
    rows = _days(_orders(mine))
    history = rows.select("order_id", *HISTORY)
    return documents.join(history, on="order_id", how="left")


HISTORY = (
    "seq",
    "day_seq",
    "opens_day",
    "first_day",
    "prev_order_day",
    "prev2_order_day",
    "prev_day",
    "prev2_day",
    "prev_channel_day",
)


def _orders(purchases: Frame) -> Frame:
    """Order grain: position and the days of the one and the two orders before."""
    day, one = nw.col("day"), nw.lit(1)
    rows = purchases.select("order_id", "customer_id", "channel_id", "at", "day").with_columns(one=one)
    return rows.with_columns(
        seq=nw.col("one").cum_sum().over("customer_id", order_by=ORDER).cast(nw.Int32),
        first_day=day.cum_min().over("customer_id", order_by=ORDER),
        prev_order_day=day.shift(1).over("customer_id", order_by=ORDER),
        prev2_order_day=day.shift(2).over("customer_id", order_by=ORDER),
        prev_channel_day=day.shift(1).over("customer_id", "channel_id", order_by=ORDER),
    )


def _days(rows: Frame) -> Frame:
    """Day grain: the first order of a day opens it; the others share its numbers."""
    opens = nw.col("prev_order_day").is_null() | (nw.col("prev_order_day") != nw.col("day"))
    days = rows.with_columns(opens_day=opens)
    opened = days.filter(nw.col("opens_day")).select(
        "customer_id",
        "day",
        day_seq=nw.col("one").cum_sum().over("customer_id", order_by="day").cast(nw.Int32),
        prev_day=nw.col("day").shift(1).over("customer_id", order_by="day"),
        prev2_day=nw.col("day").shift(2).over("customer_id", order_by="day"),
    )
    return days.join(opened, on=["customer_id", "day"], how="inner")
