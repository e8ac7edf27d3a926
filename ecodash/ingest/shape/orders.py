"""Field frame → orders, order lines, customers, channels and fees stated on orders."""

import narwhals as nw

from ecodash.ingest.conform.line_keys import CONTENT, WITHIN
from ecodash.ingest.shape.channels import channels, with_channel
from ecodash.ingest.shape.fees import fees_of_columns
from ecodash.ingest.shape.pieces import ROW, Frame, Source, empty, grouped, joined_text, numbered, typed

_STAGES = ("cancelled", "created", "refunded", "paid", "shipped", "completed")
_SUMS = {
    "paid_amount": "paid_amount",
    "order_amount": "order_amount",
    "goods_amount": "goods_amount",
    "discount": "discount_amount",
    "shipping": "shipping_amount",
    "tax": "tax_amount",
    "platform_discount": "platform_discount",
    "refund_amount": "refund_amount",
    "gift_card_amount": "gift_card_amount",
}
_EARLIEST = {
    "ordered_at": "created_at",
    "paid_at": "paid_at",
    "shipped_at": "shipped_at",
    "cancelled_at": "cancelled_at",
}
_LATEST = {
    "completed_at": "completed_at",
    "delivered_at": "delivered_at",
    "settled_at": "settled_at",
    "refunded_at": "refunded_at",
    "promised_at": "promised_at",
}
_SAME = {
    "customer_id": "customer_id",
    "channel_id": "channel_id",
    "platform": "platform",
    "store_id": "store_id",
    "store": "store_id",
    "payment_method": "payment_method",
    "city": "ship_city",
    "province": "ship_province",
    "country": "ship_country",
    "currency": "currency",
    "status": "source_status",
    "coupon": "coupon",
    "referrer_id": "referrer_id",
    "referrer": "referrer_id",
}
_LINE_SAME = {
    "line_no": "line_no",
    "line_id": "line_id",
    "product_id": "product_id",
    "product_name": "product_name",
    "variant": "variant",
    "category": "category_l1",
    "quantity": "qty",
    "unit_price": "unit_price",
    "list_price": "list_price",
    "paid_amount": "paid_amount",
    "cost_amount": "cost_amount",
    "returned_quantity": "returned_qty",
    "refund_amount": "refund_amount",
    "is_gift_card": "is_gift_card",
}


def order_tables(source: Source) -> dict[str, Frame]:
    """orders, order_items, customers, channels (and platform_fees where the rows state fees)."""
    source = with_channel(source)
    tables = {"orders": orders(source), "channels": channels(source)}
    if source.entity == "order_lines" or source.present(("sku", "product_id", "sku_id")):
        tables["order_items"] = order_items(source)
    if source.has("customer_id"):
        tables["customers"] = customers(source)
    return tables | fees_of_columns(source, id_fields=("order_id",), day_fields=("paid_at", "ordered_at"))


def orders(source: Source) -> Frame:
    """One row per order: amounts added up, the earliest creation and payment, the furthest status."""
    frame = source.frame
    ranked = source.has("order_status")
    if ranked:
        frame = frame.with_columns(stage=_rank(nw.col("order_status")))
    sums, lows, highs = source.present(_SUMS), source.present(_EARLIEST), source.present((*_LATEST, *_SAME))
    quantity = ["quantity"] if source.has("quantity") else []
    if quantity:
        frame = frame.with_columns(most=nw.col("quantity"))
    stated = ["paid_stated"] if source.has("paid_stated") else []
    rows = grouped(
        frame,
        ["order_id"],
        sums=[*sums, *quantity],
        lows=lows,
        highs=[*highs, *stated, *(["stage"] if ranked else []), *(["most"] if quantity else [])],
    )
    rows = rows.with_columns(document=_document(source))
    if stated and source.has("paid_amount"):
        own = nw.when(nw.col("paid_stated")).then(nw.col("paid_amount")).otherwise(empty(nw.Int64()))
        rows = rows.with_columns(paid_amount=own)
    if ranked:
        rows = rows.with_columns(order_status=_stage_name(nw.col("stage")))
    return typed(_renamed(rows, source, extra={"order_status": "status"} if ranked else {}), "orders")


def _rank(status: nw.Expr) -> nw.Expr:
    rank = empty(nw.Int64())
    for place, name in enumerate(_STAGES):
        rank = nw.when(status == name).then(nw.lit(place)).otherwise(rank)
    return rank.cast(nw.Int64)


def _stage_name(rank: nw.Expr) -> nw.Expr:
    name = empty(nw.String())
    for place, stage in enumerate(_STAGES):
        name = nw.when(rank == place).then(nw.lit(stage)).otherwise(name)
    return name


def _document(source: Source) -> nw.Expr:
    """sale, credit (by prefix, or nothing in it but returns) or adjustment (by prefix)."""
    options, order_id = source.options, nw.col("order_id")
    signs = [nw.lit(value=False)]
    if source.has("quantity"):
        signs.append((nw.col("quantity") < 0) & (nw.col("most") <= 0))
    if source.has("paid_amount"):
        signs.append(nw.col("paid_amount") < 0)
    credit = nw.any_horizontal(*(sign.fill_null(value=False) for sign in signs), ignore_nulls=True)
    if options.credit_prefix:
        credit = credit | order_id.str.starts_with(_prefix(source, options.credit_prefix))
    kind = nw.when(credit).then(nw.lit("credit")).otherwise(nw.lit("sale"))
    if not options.adjustment_prefix:
        return kind
    adjustment = order_id.str.starts_with(_prefix(source, options.adjustment_prefix))
    return nw.when(adjustment).then(nw.lit("adjustment")).otherwise(kind)


def _prefix(source: Source, prefix: str) -> str:
    return (source.options.id_namespace or "") + prefix


def _renamed(rows: Frame, source: Source, *, extra: dict[str, str]) -> Frame:
    """Canonical names; where two fields mean one column (shop id, shop name) the first filled wins."""
    names = {**_SUMS, **_EARLIEST, **_LATEST, **_SAME}
    columns: dict[str, list[str]] = {}
    for field, column in names.items():
        if source.has(field):
            columns.setdefault(column, []).append(field)
    columns |= {column: [field] for field, column in extra.items()}
    picked = [
        (nw.coalesce(*fields) if len(fields) > 1 else nw.col(fields[0])).alias(column)
        for column, fields in columns.items()
    ]
    return rows.select("order_id", ROW, "document", *picked)


def order_items(source: Source) -> Frame:
    """One row per line; ``line_key`` is the platform's line id, else made of the content of the line."""
    frame = source.frame
    if source.entity == "orders":
        frame = frame.filter(~source.any_of("sku", "product_id", "sku_id").is_null())
    frame = frame if source.has("line_key") else _keyed(frame, source)
    picked = [nw.col(field).alias(column) for field, column in _LINE_SAME.items() if source.has(field)]
    gross = _gross(source)
    sku = source.any_of("sku", "sku_id", "product_id").alias("sku_id")
    return typed(
        frame.select("order_id", "line_key", ROW, sku, *picked, *([gross] if gross is not None else [])), "order_items"
    )


def _gross(source: Source) -> nw.Expr | None:
    return nw.col("line_amount").alias("gross_amount") if source.has("line_amount") else None


def _keyed(frame: Frame, source: Source) -> Frame:
    """``line_key``: the line id where it names one line only; else product and a number among equal lines.

    The rule of ``conform.line_keys``, for frames that come without keys.
    """
    content = [nw.col(name) for name in source.present(CONTENT)]
    named = [nw.col("product_name")] if source.has("product_name") else []
    product = joined_text(*content) if content else nw.lit("")
    blank = nw.lit("|" * max(len(content) - 1, 0))
    text = nw.when(product == blank).then(joined_text(*named)).otherwise(product) if named else product
    frame = frame.with_columns(content=text)
    place = numbered(["order_id", "content"], [*source.present(WITHIN), ROW])
    made = nw.concat_str([nw.col("content"), place.cast(nw.String)], separator="#")
    if not source.has("line_id"):
        return frame.with_columns(line_key=made)
    twins = nw.col(ROW).count().over("order_id", "line_id")
    alone = (twins == 1) & ~nw.col("line_id").is_null()
    frame = frame.with_columns(alone=alone, made=made)
    return frame.with_columns(line_key=nw.when(nw.col("alone")).then(nw.col("line_id")).otherwise(nw.col("made")))


def customers(source: Source) -> Frame:
    """One row per identified buyer: the id and the platform. What he bought first is known to the facts."""
    rows = source.frame.filter(~nw.col("customer_id").is_null())
    return typed(grouped(rows, ["customer_id"], lows=["platform"]), "customers")
