"""Field frame → products, stock, locations; and customer exports."""

import narwhals as nw

from ecodash.ingest.shape.channels import channels, with_channel
from ecodash.ingest.shape.persons import with_persons
from ecodash.ingest.shape.pieces import ROW, Frame, Source, empty, grouped, joined_text, typed

_PRODUCT = {
    "product_name": "name",
    "category": "category_l1",
    "cost": "unit_cost",
    "product_id": "product_id",
    "variant": "variant",
    "brand": "brand",
    "barcode": "barcode",
    "list_price": "list_price",
    "price": "list_price",
    "unit_price": "list_price",
    "product_status": "source_status",
}
_STOCK = {
    "on_hand": "on_hand_qty",
    "available": "available_qty",
    "reserved": "reserved_qty",
    "inbound": "inbound_qty",
    "safety_stock": "safety_qty",
}
_PERSON = {
    "person_id": "person_id",
    "member_level": "member_level",
    "birth_year": "birth_year",
    "city": "city",
    "province": "province",
    "country": "country",
    "gender": "gender",
    "order_count": "order_count",
    "total_spent": "total_spent",
    "last_order_at": "last_order_at",
    "points": "points_balance",
    "stored_value": "stored_value",
    "is_member": "is_member",
    "platform": "platform",
    "channel_id": "first_channel_id",
}


def goods_tables(source: Source) -> dict[str, Frame]:
    """products; and inventory where the file states stock and the load says of which day."""
    tables = {"products": products(source)}
    if source.has("on_hand") and source.options.snapshot_date:
        tables |= stock_tables(source)
    return tables


def _sku(source: Source) -> nw.Expr:
    made = joined_text(source.any_of("product_id"), source.any_of("variant"), separator="/")
    named = source.present(("sku", "sku_id"))
    if not source.has("product_id"):
        return source.any_of("sku", "sku_id")
    with_product = nw.when(~nw.col("product_id").is_null()).then(made).otherwise(empty(nw.String()))
    if not source.has("variant"):
        with_product = nw.col("product_id")
    return nw.coalesce(*named, with_product) if named else with_product


def products(source: Source) -> Frame:
    """One row per SKU."""
    names: dict[str, str] = {}
    for field, column in _PRODUCT.items():
        if source.has(field) and column not in names.values():
            names[field] = column
    frame = source.frame.select(ROW, _sku(source).alias("sku"), *(nw.col(f).alias(c) for f, c in names.items()))
    frame = frame.filter(~nw.col("sku").is_null()).rename({"sku": "sku_id"})
    return typed(grouped(frame, ["sku_id"], highs=list(names.values())), "products")


def stock_tables(source: Source) -> dict[str, Frame]:
    """inventory, locations, products. Stock without a day takes the load's; untracked rows (no stock stated) are left out."""
    day = nw.col("date") if source.has("date") else empty(nw.Date())
    if source.options.snapshot_date:
        day = day.fill_null(nw.lit(source.options.snapshot_date))
    place = nw.coalesce(source.any_of("warehouse", "store"), nw.lit(source.platform))
    if not source.present(("warehouse", "store")):
        place = nw.lit(source.platform)
    rows = source.frame.with_columns(snapshot_date=day, location_id=place, stock_sku=_sku(source))
    rows = rows.filter(
        ~nw.col("stock_sku").is_null() & ~nw.col("snapshot_date").is_null() & ~nw.col("on_hand").is_null()
    )
    sums, costs = source.present(_STOCK), source.present(("cost",))
    one = grouped(rows, ["snapshot_date", "location_id", "stock_sku"], sums=sums, highs=costs)
    names = {
        **{f: c for f, c in _STOCK.items() if f in sums},
        "stock_sku": "sku_id",
        **({"cost": "unit_cost"} if costs else {}),
    }
    places = rows.group_by("location_id").agg(nw.col(ROW).min().alias(ROW))
    places = places.with_columns(name=nw.col("location_id"), kind=nw.lit("warehouse"))
    return {
        "inventory": typed(one.rename(names), "inventory"),
        "locations": typed(places, "locations"),
        "products": products(source),
    }


def customer_tables(source: Source) -> dict[str, Frame]:
    """Customers with all their attributes, channels."""
    source = with_channel(source)
    rows = source.frame.filter(~nw.col("customer_id").is_null())
    joined = nw.col("joined_at").cast(nw.Date()) if source.has("joined_at") else empty(nw.Date())
    first = nw.col("first_seen_at").cast(nw.Date()) if source.has("first_seen_at") else joined
    member = joined
    if source.has("is_member"):
        member = nw.when(nw.col("is_member").fill_null(value=True)).then(joined).otherwise(empty(nw.Date()))
    private = joined if source.platform == "wecom" else empty(nw.Date())
    if source.platform == "wecom":
        member = empty(nw.Date())
    rows = rows.with_columns(registered_at=first, member_since=member, private_joined_at=private)
    fields = [name for name in (*_PERSON, "channel_id", "platform") if source.has(name)]
    one = grouped(
        rows,
        ["customer_id"],
        lows=["registered_at", "member_since", "private_joined_at"],
        highs=list(dict.fromkeys(fields)),
    )
    renamed = one.rename({f: c for f, c in _PERSON.items() if f in fields and f != c})
    return {"customers": with_persons(typed(renamed, "customers")), "channels": channels(source)}
