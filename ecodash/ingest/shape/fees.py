"""Fees of the platform: amounts in columns of their own, as rows of ``platform_fees``. A fee paid is positive."""

from collections.abc import Sequence

import narwhals as nw

from ecodash.ingest.shape.pieces import ROW, Frame, Source, empty, grouped, typed

FEE_COLUMNS = {
    "platform_fee": "commission_base",
    "affiliate_cost": "commission_extra",
    "fulfilment_fee": "logistics",
    "payment_fee": "payment",
    "other_fee": "other",
}


def fees_of_columns(
    source: Source, *, id_fields: Sequence[str], day_fields: Sequence[str], sign: int = 1
) -> dict[str, Frame]:
    """``platform_fees`` with one row per fee column and id, {} when the file has no such column.

    ``sign`` is −1 where the export writes a fee paid as a negative amount.
    """
    fields = [name for name in FEE_COLUMNS if source.has(name)]
    days = source.present(day_fields)
    if not fields or not source.has(*id_fields):
        return {}
    day = nw.coalesce(*days) if len(days) > 1 else (nw.col(days[0]) if days else empty(nw.Date()))
    frame = source.frame.with_columns(date=day.cast(nw.Date()))
    order = nw.col("order_id") if source.has("order_id") else empty(nw.String())
    currency = nw.col("currency") if source.has("currency") else empty(nw.String())
    parts = []
    for field in fields:
        rows = frame.filter(~nw.col(field).is_null() & (nw.col(field) != 0))
        rows = rows.with_columns(
            fee_id=nw.concat_str([*(nw.col(n) for n in id_fields), nw.lit(FEE_COLUMNS[field])], separator="|"),
            amount=nw.col(field) * sign,
            type=nw.lit(FEE_COLUMNS[field]),
            fee_order=order,
            fee_currency=currency,
        )
        parts.append(rows.select("fee_id", "amount", "type", "fee_order", "fee_currency", "date", ROW))
    every = nw.concat(parts) if len(parts) > 1 else parts[0]
    one = grouped(every, ["fee_id"], sums=["amount"], lows=["date"], highs=["type", "fee_order", "fee_currency"])
    return {"platform_fees": typed(one.rename({"fee_order": "order_id", "fee_currency": "currency"}), "platform_fees")}
