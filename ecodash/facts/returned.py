"""What the returns table says about an order. A return that was refused does not count; one not yet decided does."""

import narwhals as nw

from ecodash.facts.calendar import day_number
from ecodash.facts.fact import Frame


def accepted(returns: Frame) -> Frame:
    """The returns that count: ``accepted`` is true or not stated, of a known order, with a refund above zero."""
    refused = (nw.col("accepted") == nw.lit(value=False)).fill_null(value=False)
    return returns.filter(~refused, ~nw.col("order_id").is_null(), nw.col("refund_amount") > 0)


def per_order(returns: Frame) -> Frame:
    """One row per order with an accepted return: ``back_refund`` (its currency) and ``back_day`` of the latest."""
    rows = accepted(returns).select("order_id", "refund_amount", back_day=day_number(nw.col("refunded_at")))
    return rows.group_by("order_id").agg(
        nw.col("refund_amount").sum().cast(nw.Int64).alias("back_refund"), nw.col("back_day").max().cast(nw.Int32)
    )
