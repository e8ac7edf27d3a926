"""Fact ``documents``: one row per order document; what it says by itself, before its customer's history is known."""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts import amounts, line_values, moments, persons, rates, returned, value, verdict
from ecodash.facts.buckets import bucket
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.order_columns import DOCUMENT_COLUMNS


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per canonical order, columns ``DOCUMENT_COLUMNS``; lines without an order are left out."""
    policy = settings.policy
    places = line_values.categories(frames["order_items"], frames["products"])
    lines = line_values.valued(frames["order_items"], frames["products"], policy).join(places, on="group", how="left")
    named = persons.named(frames["orders"], frames["customers"])
    heads = rates.priced(moments.dated(named, policy), frames["exchange_rates"], settings)
    channels = frames["channels"].select("channel_id", channel_domain=nw.col("domain"))
    rows = (
        heads.join(line_values.order_sums(lines, policy), on="order_id", how="left")
        .with_columns(nw.col(*line_values.SUMS).fill_null(0), place=line_values.best_place())
        .join(places.rename({"group": "category"}), on="place", how="left")
        .join(returned.per_order(frames["fact.placed_returns"]), on="order_id", how="left")
        .join(channels, on="channel_id", how="left")
    )
    judged = verdict.judged(value.valued(rows), policy)
    return _named(amounts.booked(judged, policy), settings)


def _domain(settings: Settings) -> nw.Expr:
    """Public or private, as the settings say of the channel, else as the channels table says, else null."""
    channel, domain = nw.col("channel_id"), nw.col("channel_domain")
    if settings.public_channels:
        domain = nw.when(channel.is_in(settings.public_channels)).then(nw.lit("public")).otherwise(domain)
    if settings.private_channels:
        domain = nw.when(channel.is_in(settings.private_channels)).then(nw.lit("private")).otherwise(domain)
    return domain


def _named(rows: Frame, settings: Settings) -> Frame:
    """The columns of the fact under their names."""
    counted = rows.with_columns(
        bucket=bucket("customer_id"),
        domain=_domain(settings),
        province=nw.col("ship_province"),
        city=nw.col("ship_city"),
        country=nw.col("ship_country"),
        paid_stated=~nw.col("paid_amount").is_null(),
        fx_missing=nw.col("rate").is_null(),
    )
    return counted.select(*(column.name for column in DOCUMENT_COLUMNS))


DOCUMENTS = Fact(
    name="documents",
    label=Text("单据", "Documents"),
    grain=Text(
        "每张单据一行（销售、红字、调整、未付款…）", "one row per order document (sale, credit, adjustment, unpaid …)"
    ),
    columns=DOCUMENT_COLUMNS,
    reads=(
        Read(name="orders", key="order_id"),
        Read(name="order_items", key="order_id"),
        Read(name="fact.placed_returns", key="order_id"),
        Read(name="channels", via="orders", column="channel_id"),
        Read(name="customers", via="orders", column="customer_id"),
        Read(name="products", via="order_items", column="sku_id"),
        Read(name="exchange_rates", via="orders", column="currency"),
    ),
    refresh_by="order_id",
    build=build,
)
