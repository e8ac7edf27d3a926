"""Field frame → traffic, advertising, shop and product reports."""

import narwhals as nw

from ecodash.ingest.shape.channels import channels, with_channel
from ecodash.ingest.shape.pieces import ROW, Frame, Source, empty, grouped, joined_text, typed

PEOPLE = ("visitors", "product_viewers", "cart_users", "buyers", "new_customers", "add_to_cart_users")


def traffic_tables(source: Source) -> dict[str, Frame]:
    """traffic_daily: one row per day and channel. People of several rows cannot be added up and are left empty."""
    source = with_channel(_leaves(source))
    names = {
        "visitors": "visitors",
        "add_to_cart_users": "cart_users",
        "buyers": "buyers",
        "visits": "visits",
        "page_views": "page_views",
        "bounces": "bounces",
        "new_visits": "new_visits",
        "orders": "orders",
        "paid_amount": "amount",
    }
    rows = _daily(source, names, keys=["date", "channel_id"], same=("store",))
    rows = rows.rename({"store": "store_id"}) if source.has("store") else rows
    if source.has("visitor_id"):
        people = source.frame.group_by("date", "channel_id").agg(
            nw.col("visitor_id").n_unique().cast(nw.Int64).alias("visitors")
        )
        rows = rows.join(people, on=["date", "channel_id"], how="left")
    return {
        "traffic_daily": typed(rows.with_columns(segment=nw.lit("all")), "traffic_daily"),
        "channels": channels(source),
    }


def ad_tables(source: Source) -> dict[str, Frame]:
    """ad_spend: one row per day and campaign (with its ad group, ad, product and keyword where the report splits by them)."""
    source = with_channel(source)
    parts = source.present(
        ("campaign_id", "campaign", "adgroup", "ad_id", "ad", "product_id", "sku", "keyword", "audience")
    )
    frame = source.frame.with_columns(campaign_key=joined_text(nw.col("channel_id"), *(nw.col(name) for name in parts)))
    keyed = source.with_frame(frame, "campaign_key")
    names = {
        "impressions": "impressions",
        "clicks": "clicks",
        "spend": "spend",
        "conversions": "orders",
        "conversion_value": "gmv",
        "new_buyers": "new_customers",
    }
    rows = _daily(
        keyed,
        names,
        keys=["date", "campaign_key"],
        same=("channel_id", "platform", "campaign", "adgroup", "ad", "product_id", "sku"),
    )
    rows = rows.rename({"campaign_key": "campaign_id", **({"sku": "sku_id"} if source.has("sku") else {})})
    if source.has("conversions"):
        rows = rows.with_columns(orders=(nw.col("orders") + 5_000) // 10_000)
    return {"ad_spend": typed(rows.filter(~nw.col("spend").is_null()), "ad_spend"), "channels": channels(source)}


def shop_tables(source: Source) -> dict[str, Frame]:
    """shop_daily: one row per day, channel and shop."""
    source = with_channel(source)
    store = source.any_of("store_id", "store").alias("store_id")
    source = source.with_frame(source.frame.with_columns(store), "store_id")
    fields = (
        "visitors",
        "visits",
        "page_views",
        "add_to_cart_users",
        "buyers",
        "orders",
        "paid_amount",
        "refund_amount",
    )
    names = {name: name for name in fields}
    if source.has("total_sales") and not source.has("paid_amount"):
        names |= {"total_sales": "paid_amount"}
    rows = _daily(source, names, keys=["date", "channel_id", "store_id"])
    tables = {"shop_daily": typed(rows, "shop_daily"), "channels": channels(source)}
    if source.has("spend"):
        spent = source.frame.filter(nw.col("spend") > 0)
        tables["ad_spend"] = ad_tables(source.with_frame(spent))["ad_spend"]
    return tables


def product_tables(source: Source) -> dict[str, Frame]:
    """product_daily: one row per day (or period) and product."""
    source = with_channel(source)
    names = {
        "visitors": "visitors",
        "page_views": "page_views",
        "add_to_cart_users": "add_to_cart_users",
        "add_to_cart_qty": "add_to_cart_qty",
        "buyers": "buyers",
        "paid_qty": "paid_qty",
        "paid_amount": "paid_amount",
        "refund_amount": "refund_amount",
    }
    frame = source.frame.filter(~nw.col("product_id").is_null())
    same = ("period_end", "product_name", "sku", "currency")
    rows = _daily(source.with_frame(frame), names, keys=["date", "channel_id", "product_id"], same=same)
    rows = rows.rename({"sku": "sku_id"}) if source.has("sku") else rows
    return {"product_daily": typed(rows, "product_daily"), "channels": channels(source)}


def _leaves(source: Source) -> Source:
    """Rows that are no subtotal of others."""
    return source.with_frame(source.frame.filter(~nw.col("is_subtotal"))) if source.has("is_subtotal") else source


def _daily(source: Source, names: dict[str, str], *, keys: list[str], same: tuple[str, ...] = ()) -> Frame:
    """One row per key: measures added up; people only where one row says it."""
    fields = {field: column for field, column in names.items() if source.has(field)}
    frame = source.frame.filter(~nw.col("date").is_null())
    highs = [*source.present(same), *(["currency"] if source.has("currency") and "currency" not in same else [])]
    rows = grouped(frame, keys, sums=list(fields), highs=highs)
    rows = rows.select(*keys, *highs, ROW, "rows", *(nw.col(f).alias(c) for f, c in fields.items()))
    people = [c for c in fields.values() if c in PEOPLE]
    alone = [nw.when(nw.col("rows") == 1).then(nw.col(c)).otherwise(empty(nw.Int64())).alias(c) for c in people]
    return rows.with_columns(*alone) if alone else rows
