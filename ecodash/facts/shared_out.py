"""What is known per order only, shared out over its lines: payments that no line states, and refunds."""

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.facts.fact import Frame
from ecodash.facts.money import at_least_zero, converted, largest, shares, smaller
from ecodash.facts.returned import accepted


def payments(lines: Frame) -> Frame:
    """``order_id, line_key, share_paid``: what orders with a stated payment paid for lines that state none.

    The payment less shipping, tax and the lines that do state theirs is split over the others by value before
    discounts, or by quantity when none is known. Only silent sold lines of such sales appear.
    """
    told = lines.filter(nw.col("paid_stated") & (nw.col("kind") == "sale") & nw.col("sold"))
    silent = nw.col("paid_amount").is_null()
    rows = told.join(told.filter(silent).select("order_id").unique(), on="order_id", how="semi").with_columns(
        stated=nw.when(silent).then(0).otherwise(nw.col("line_paid")),
        known=nw.when(silent).then(at_least_zero(nw.col("line_gross"))).otherwise(0),
        units=nw.when(silent).then(nw.col("qty").fill_null(SCALE)).otherwise(0),
    )
    stated, known = (nw.col(name).sum().over("order_id").cast(nw.Int64) for name in ("stated", "known"))
    rows = rows.with_columns(
        rest=at_least_zero(nw.col("order_goods") - stated),
        weight=nw.when(known > 0).then(nw.col("known")).otherwise(nw.col("units")).cast(nw.Int64),
    )
    return (
        rows.with_columns(share_paid=shares("rest", "weight"))
        .filter(silent)
        .select("order_id", "line_key", "share_paid")
    )


def refunds(lines: Frame, returns: Frame) -> Frame:
    """``order_id, line_key, share_refund``: the refund of a sale shared out over its sold and return lines.

    First by what is stated of a line (return lines, refunds on the line, returns of its ``line_id`` or SKU), the rest
    by what remains paid. A sold line never gets back more than it paid. Only orders with a refund appear.
    """
    rows = lines.filter((nw.col("sold") | nw.col("back")) & (nw.col("kind") == "sale") & (nw.col("order_refund") > 0))
    by_line, by_sku = _claims(returns)
    rows = rows.join(by_line, on=["order_id", "line_id"], how="left").join(
        by_sku, on=["order_id", "sku_id"], how="left"
    )
    claim = largest(nw.col("line_refund"), converted("line_claim"), converted("sku_claim"))
    own = nw.when(nw.col("back")).then(nw.col("line_paid").abs()).otherwise(smaller(claim, nw.col("line_paid")))
    rows = rows.with_columns(claim=own.cast(nw.Int64))
    rows = rows.with_columns(left=nw.when(nw.col("back")).then(0).otherwise(nw.col("line_paid") - nw.col("claim")))
    claimed, left = (nw.col(name).sum().over("order_id").cast(nw.Int64) for name in ("claim", "left"))
    rows = rows.with_columns(
        by_claim=smaller(claimed, nw.col("order_refund")),
        by_rest=smaller(left, at_least_zero(nw.col("order_refund") - claimed)),
    )
    both = shares("by_claim", "claim") + shares("by_rest", "left")
    return rows.select("order_id", "line_key", share_refund=both)


def _claims(returns: Frame) -> tuple[Frame, Frame]:
    """Accepted returns per platform line and, where they name no line, per SKU; in the currency of the document."""
    rows = accepted(returns)
    by_line = rows.filter(~nw.col("line_id").is_null()).group_by("order_id", "line_id")
    by_sku = rows.filter(nw.col("line_id").is_null(), ~nw.col("sku_id").is_null()).group_by("order_id", "sku_id")
    total = nw.col("refund_amount").sum().cast(nw.Int64)
    return by_line.agg(total.alias("line_claim")), by_sku.agg(total.alias("sku_claim"))
