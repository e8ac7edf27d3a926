"""Field frame → settlements, fees, returns, shipments."""

import narwhals as nw

from ecodash.ingest.shape.channels import channels, with_channel
from ecodash.ingest.shape.fees import FEE_COLUMNS, fees_of_columns
from ecodash.ingest.shape.pieces import ROW, Frame, Source, empty, grouped, typed

_SHIPMENT = {
    "order_id": "order_id",
    "warehouse": "from_location_id",
    "from_location_id": "from_location_id",
    "shipped_at": "shipped_at",
    "promised_at": "promised_at",
    "delivered_at": "delivered_at",
    "carrier": "carrier",
    "tracking_no": "tracking_no",
    "sku": "sku_id",
    "sku_id": "sku_id",
    "ordered_at": "ordered_at",
    "country": "ship_country",
    "ship_country": "ship_country",
}
_SHIPMENT_SUMS = {
    "quantity": "qty",
    "qty": "qty",
    "line_amount": "value_amount",
    "value_amount": "value_amount",
    "shipping_cost": "freight_cost",
    "freight_cost": "freight_cost",
    "duty_cost": "duty_cost",
}


def settlement_tables(source: Source) -> dict[str, Frame]:
    """settlements, platform_fees, channels."""
    source = with_channel(source)
    frame = source.frame.with_columns(
        txn_at=_moment(source, "txn_at", "settled_at", "txn_date", "bill_date", "ordered_at"),
        amount=_amount(source, "amount", "settlement_amount"),
        fee_type=source.any_of("fee_type", "fee_group"),
    )
    source = source.with_frame(frame, "txn_at", "amount", "fee_type")
    tables = {"settlements": typed(frame, "settlements"), "channels": channels(source)}
    return tables | _fees(source)


def _moment(source: Source, *fields: str) -> nw.Expr:
    found = [nw.col(name).cast(nw.Datetime("us")) for name in source.present(fields)]
    if not found:
        return empty(nw.Datetime("us"))
    return nw.coalesce(*found) if len(found) > 1 else found[0]


def _amount(source: Source, *fields: str) -> nw.Expr:
    found = source.present(fields)
    return (nw.coalesce(*found) if len(found) > 1 else nw.col(found[0])) if found else empty(nw.Int64())


def _fees(source: Source) -> dict[str, Frame]:
    """Fees as booked: rows that are fees, else fee columns of the rows."""
    if any(source.has(name) for name in FEE_COLUMNS):
        sign = -1 if source.platform == "amazon" else 1
        return fees_of_columns(source, id_fields=("txn_id",), day_fields=("txn_at",), sign=sign)
    if not source.has("fee_kind"):
        return {}
    rows = source.frame.filter(~nw.col("fee_kind").is_null())
    fees = rows.with_columns(
        fee_id=nw.col("txn_id"),
        type=nw.col("fee_kind"),
        amount=nw.col("amount") * -1,
        date=nw.col("txn_at").cast(nw.Date()),
    )
    return {"platform_fees": typed(fees, "platform_fees")}


def payment_tables(source: Source) -> dict[str, Frame]:
    """Payment transactions: settlements with refunds negative, and a return per refund that succeeded."""
    source = with_channel(source)
    back = nw.col("txn_type").str.to_lowercase() == "refund" if source.has("txn_type") else nw.lit(value=False)
    done = nw.col("status_class") == "valid" if source.has("status_class") else nw.lit(value=True)
    frame = source.frame.with_columns(back=back.fill_null(value=False), done=done.fill_null(value=False))
    money = frame.filter(nw.col("done")).with_columns(
        amount=nw.when(nw.col("back")).then(nw.col("amount").abs() * -1).otherwise(nw.col("amount"))
    )
    refunds = frame.filter(nw.col("done") & nw.col("back")).with_columns(
        return_id=nw.col("txn_id"),
        refund_amount=nw.col("amount").abs(),
        refunded_at=nw.col("txn_at"),
        accepted=nw.lit(value=True),
    )
    return {
        "settlements": typed(money, "settlements"),
        "returns": typed(refunds, "returns"),
        "channels": channels(source),
    }


def refund_tables(source: Source) -> dict[str, Frame]:
    """returns, channels."""
    source = with_channel(source)
    status = nw.col("status_class") if source.has("status_class") else empty(nw.String())
    yes = nw.when(status == "valid").then(nw.lit(value=True)).otherwise(empty(nw.Boolean()))
    frame = source.frame.with_columns(
        return_id=source.any_of("refund_id"),
        accepted=nw.when(status == "cancelled").then(nw.lit(value=False)).otherwise(yes),
        return_sku=source.any_of("sku", "sku_id", "product_id"),
        source_status=source.any_of("refund_status"),
        source_reason=source.any_of("refund_reason"),
        reason=source.any_of("reason_kind"),
    )
    frame = frame.drop(*source.present(("sku_id",))).rename({"return_sku": "sku_id"})
    names = {"refund_requested_at": "requested_at", "quantity": "qty", "refund_qty": "qty"}
    frame = frame.rename({field: column for field, column in names.items() if source.has(field)})
    return {"returns": typed(frame, "returns"), "channels": channels(source)}


def shipment_tables(source: Source) -> dict[str, Frame]:
    """shipments: one row per parcel; the SKU stays when the parcel holds one only."""
    key = source.any_of("shipment_id", "tracking_no", "order_id")
    names: dict[str, str] = {}
    for field, column in {**_SHIPMENT, **_SHIPMENT_SUMS}.items():
        if source.has(field) and column not in names.values():
            names[field] = column
    frame = source.frame.select(ROW, key.alias("shipment_id"), *(nw.col(f).alias(c) for f, c in names.items()))
    columns = set(names.values())
    skus = [nw.col("sku_id").n_unique().over("shipment_id").alias("skus")] if "sku_id" in columns else []
    frame = frame.filter(~nw.col("shipment_id").is_null())
    frame = frame.with_columns(*skus) if skus else frame
    late = [c for c in ("delivered_at",) if c in columns]
    sums = [c for c in dict.fromkeys(_SHIPMENT_SUMS.values()) if c in columns]
    early = [c for c in ("shipped_at", "promised_at", "ordered_at") if c in columns]
    same = [c for c in dict.fromkeys(_SHIPMENT.values()) if c in columns - set(early) - set(late)]
    one = grouped(frame, ["shipment_id"], sums=sums, lows=early, highs=[*late, *same, *(["skus"] if skus else [])])
    if skus:
        one = one.with_columns(sku_id=nw.when(nw.col("skus") == 1).then(nw.col("sku_id")).otherwise(empty(nw.String())))
    return {"shipments": typed(one, "shipments")}
