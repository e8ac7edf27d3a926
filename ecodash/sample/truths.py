"""What was planted, counted straight from the imagined shop before any file is written."""

from datetime import timedelta

import polars as pl

from ecodash.sample.brand import COLUMN, PLATFORMS
from ecodash.sample.places import CARRIERS
from ecodash.sample.shop import Shop
from ecodash.sample.warehouse import RATES

NAMELESS = tuple(p.name for p in PLATFORMS if p.identity is None)
ORDER = pl.DataFrame({"platform": [p.name for p in PLATFORMS]})


def totals(shop: Shop) -> pl.DataFrame:
    """One row per platform: documents, paid orders, paid and refund (hundredths of its currency), buyers who paid.

    A document is an order of any status. A paid order is one for which money came in, also when it went back.
    """
    paid = pl.col("paid").is_not_null()
    found = shop.orders.group_by("platform").agg(
        documents=pl.len(),
        paid_orders=paid.sum(),
        paid=pl.col("paid").sum(),
        refund=pl.col("refund").sum(),
        buyers=pl.col("buyer").filter(paid).drop_nulls().n_unique(),
    )
    return ORDER.join(found, on="platform", how="left", maintain_order="left").fill_null(0)


def purchase_days(shop: Shop) -> pl.DataFrame:
    """One row per paid order of a buyer who can be known: identity, buyer, platform, day, cause, paid.

    Buyers of platforms that share an identity are the same people.
    """
    identity = {p.name: p.identity for p in PLATFORMS}
    known = shop.orders.filter(pl.col("paid_at").is_not_null(), pl.col("buyer").is_not_null())
    rows = known.with_columns(identity=pl.col("platform").replace_strict(identity, return_dtype=pl.String))
    return rows.filter(pl.col("identity").is_not_null()).select(
        "identity", "buyer", "platform", "paid_at", "cause", "paid", day=pl.col("paid_at").dt.date()
    )


def repurchase(shop: Shop, days: int) -> pl.DataFrame:
    """One row per platform of the first purchase: ``eligible`` buyers, and those who bought ``again`` within ``days`` days.

    Only paid orders count, on the day they were paid. Eligible is who had ``days`` days before the shop's last day;
    a second order on the first day does not count.
    """
    by = ["identity", "buyer"]
    bought = purchase_days(shop)
    first = bought.sort("paid_at").group_by(by).agg(first=pl.col("day").first(), home=pl.col("platform").first())
    later = bought.join(first, on=by).filter(pl.col("day") > pl.col("first"))
    second = later.group_by(by).agg(second=pl.col("day").min())
    people = first.filter(pl.col("first") <= shop.plan.end - timedelta(days=days)).join(second, on=by, how="left")
    again = (pl.col("second") - pl.col("first")).dt.total_days() <= days
    found = people.group_by(platform=pl.col("home")).agg(eligible=pl.len(), again=again.sum())
    return ORDER.join(found, on="platform", how="left", maintain_order="left").fill_null(0)


def wave(shop: Shop) -> tuple[int, int]:
    """Paid lines of the faulty tees within the wave, and how many of them came back."""
    faulty = [COLUMN[sku] for sku in shop.plan.wave_skus]
    days = shop.orders.select("order", pl.col("paid_at").dt.date().alias("day"))
    lines = shop.lines.filter(pl.col("product").is_in(faulty)).join(days, on="order")
    lines = lines.filter(pl.col("day").is_between(shop.plan.wave.start, shop.plan.wave.end))
    return lines.height, int((lines["refund"] > 0).sum())


def order_values(shop: Shop) -> pl.DataFrame:
    """Value of an order (yuan) in the two last years: platform (null is the whole), before, after."""
    start = shop.plan.period.start.year
    rate = pl.lit(pl.Series(RATES)).gather((pl.col("day").dt.year() - start).clip(0, len(RATES) - 1))
    paid = shop.orders.filter(pl.col("paid").is_not_null()).with_columns(day=pl.col("paid_at").dt.date())
    abroad = pl.col("platform") == "shopify"
    yuan = pl.when(abroad).then(pl.col("paid") * rate).otherwise(pl.col("paid")) / 100
    before, after = shop.plan.years
    means = [
        yuan.filter(pl.col("day").is_between(year.start, year.end)).mean().alias(name)
        for name, year in (("before", before), ("after", after))
    ]
    parts = ORDER.join(paid.group_by("platform").agg(means), on="platform", how="left", maintain_order="left")
    return pl.concat([parts, paid.select(means)], how="diagonal")


def lateness(shop: Shop) -> pl.DataFrame:
    """One row per carrier at home: parcels that have come, and how many of them after the promised moment."""
    parcels = shop.orders.filter(pl.col("carrier").is_in(CARRIERS), pl.col("delivered_at").is_not_null())
    late = (pl.col("delivered_at") > pl.col("promised_at")).sum()
    return parcels.group_by("carrier").agg(parcels=pl.len(), late=late).sort("carrier")


def sold(shop: Shop, skus: tuple[str, ...]) -> pl.DataFrame:
    """Pieces of ``skus`` by platform and day (number from the first day): product, platform, day, qty."""
    days = shop.orders.select("order", "day")
    rows = shop.lines.filter(pl.col("product").is_in([COLUMN[sku] for sku in skus])).join(days, on="order")
    return rows.group_by("product", "platform", "day").agg(pl.col("qty").sum()).sort("day", "platform", "product")


def brushing(shop: Shop) -> pl.DataFrame:
    """The orders that only look bought."""
    return shop.orders.filter(pl.col("cause") == "brushing")
