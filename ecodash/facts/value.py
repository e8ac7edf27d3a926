"""What a document is worth in its own currency, from the order itself or from its lines."""

import narwhals as nw

from ecodash.facts.fact import Frame


def valued(documents: Frame) -> Frame:
    """The documents with ``value``, ``lines_back``, ``gross_value`` and ``gift_value`` added, in their own currency.

    ``value`` is the amount paid: stated on the order, else Σ of its purchase lines, else the order total, else the
    goods total, else 0; for credits and adjustments Σ of all lines takes the place of the purchase lines.
    Return lines inside a sale are refunds (``lines_back``) when the value comes from the lines, or when the stated
    amount is exactly what remains after them; the value is then the one before them.
    """
    stated, paid, back = nw.col("paid_amount"), nw.col("line_paid"), nw.col("line_back")
    netted = (stated == nw.col("line_total")).fill_null(value=False) & (back > 0) & (paid > 0)
    from_lines = netted | (stated.is_null() & (nw.col("line_priced") > 0))
    only_back = stated.is_null() & (nw.col("line_priced") == 0) & (back > 0)
    booking = nw.col("document").is_in(("credit", "adjustment")).fill_null(value=False)
    all_lines = nw.when(booking).then(stated.is_null() & (nw.col("line_some") > 0)).otherwise(only_back)
    fallback = nw.coalesce("paid_amount", "order_amount", "goods_amount").fill_null(0)
    value = nw.when(all_lines).then(nw.col("line_total")).when(from_lines & ~booking).then(paid).otherwise(fallback)
    return documents.with_columns(
        value=value.cast(nw.Int64),
        lines_back=nw.when(from_lines & ~booking).then(back).otherwise(0).cast(nw.Int64),
        gross_value=nw.when(nw.col("line_some") > 0).then(nw.col("line_gross")).otherwise(nw.col("goods_amount")),
        gift_value=nw.coalesce("gift_card_amount", "line_gift"),
    )
