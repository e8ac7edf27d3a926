"""Orders worth a second look: each with the reasons, ranked by how many and how strong. A list to check, no verdict.

Every reason is directional (quicker, more alike, more often than honest orders are), because large honest orders are
unusual too and must not be listed for it. Points follow experiments on simulated bursts; an order is listed from
``LISTED`` points on, so never for one weak reason alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.collect import collected
from ecodash.metrics.parcels import minutes
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

LISTED = 2.0
MOST = 500
BURST_MINUTES, BURST_ORDERS = 15, 4
A_DAY = 1440
SOON_SECONDS = 15
AT_ONCE_MINUTES = 15
ALIKE_ORDERS = 3
USUAL = 0.8
NIGHT = 6


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A reason by its code: how many points, and what the reader is told."""

    points: float
    words: Text


REASONS: Mapping[str, Reason] = {
    "burst": Reason(
        points=1.5,
        words=Text(
            f"{BURST_MINUTES} 分钟内同款商品至少 {BURST_ORDERS} 单来自同一城市",
            f"at least {BURST_ORDERS} orders of one product from one city within {BURST_MINUTES} minutes",
        ),
    ),
    "again": Reason(
        points=1.0, words=Text("同一买家 24 小时内再次下单", "the same buyer ordered again within 24 hours")
    ),
    "alike": Reason(
        points=0.75,
        words=Text(
            f"该买家至少 {ALIKE_ORDERS} 单，且全是同一款",
            f"at least {ALIKE_ORDERS} orders by this buyer, all of one product",
        ),
    ),
    "at_once": Reason(
        points=1.0,
        words=Text(
            f"签收后 {AT_ONCE_MINUTES} 分钟内确认收货", f"confirmed within {AT_ONCE_MINUTES} minutes of delivery"
        ),
    ),
    "quick": Reason(
        points=0.5, words=Text(f"下单后 {SOON_SECONDS} 秒内付款", f"paid within {SOON_SECONDS} seconds of ordering")
    ),
    "night": Reason(points=0.5, words=Text("凌晨 0–6 点下单", "ordered between midnight and six")),
    "empty": Reason(
        points=0.75,
        words=Text("有发货却没有承运商或运单", "sent, but without a carrier or tracking number, unlike most parcels"),
    ),
    "first": Reason(points=0.25, words=Text("该买家唯一的一单", "the only order of this buyer")),
}
SCHEMA: dict[str, type[pl.DataType] | pl.DataType] = {
    "order_id": pl.String,
    "day": pl.Date,
    "minute": pl.Int64,
    "channel_id": pl.String,
    "customer_id": pl.String,
    "sku_id": pl.String,
    "city": pl.String,
    "amount": pl.Float64,
    "score": pl.Float64,
    "reasons": pl.List(pl.String),
}


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    """``orders`` one row per listed order (SCHEMA), the strongest first; ``looked_at`` how many were examined.

    ``silent`` names the reasons that could not be looked for, because the data do not say what they need.
    """

    orders: pl.DataFrame
    looked_at: int
    silent: tuple[str, ...]


def suspicious_orders(reading: Reading, window: Period) -> Suspicion:
    """The orders of a window that deserve a second look; sales only."""
    rows = _features(reading, window)
    signs = _signs(rows)
    told = {name: rows.select(sign.is_not_null().any()).item() for name, sign in signs.items()} if rows.height else {}
    marked = rows.with_columns(**{name: sign.fill_null(value=False) for name, sign in signs.items()})
    score = pl.sum_horizontal(pl.when(name).then(REASONS[name].points).otherwise(0.0) for name in signs)
    said = pl.concat_list(pl.when(name).then(pl.lit(name)) for name in signs).list.drop_nulls()
    listed = marked.with_columns(score=score, reasons=said).filter(pl.col("score") >= LISTED)
    listed = listed.sort("score", "amount", "order_id", descending=[True, True, False]).head(MOST)
    shown = listed.with_columns(pl.col("day").cast(pl.Int32).cast(pl.Date)).select(
        *(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    )
    return Suspicion(orders=shown, looked_at=rows.height, silent=tuple(n for n in REASONS if not told.get(n)))


def _features(reading: Reading, window: Period) -> pl.DataFrame:
    """One row per sale with what the reasons look at; null where the data do not say."""
    orders = reading.fact("orders").filter(nw.col("is_sale"), inside(window, "day"))
    sold = orders.select("order_id", "customer_id", "day", "hour", "at", "city", "channel_id", "paid", "fulfilment")
    stated = reading.table("orders").select(
        "order_id",
        "created_at",
        "paid_at",
        done=nw.col("completed_at"),
        came=nw.col("delivered_at"),
    )
    parcels = reading.table("shipments").filter(~nw.col("order_id").is_null())
    parcels = parcels.group_by("order_id").agg(
        arrived=nw.col("delivered_at").max(), carried=nw.coalesce("carrier", "tracking_no").max(), sent=nw.len()
    )
    lines = reading.fact("order_lines").filter(nw.col("is_sale"), inside(window, "day"))
    main = lines.group_by("order_id").agg(sku_id=nw.col("sku_id").min())
    rows = sold.join(stated, on="order_id", how="left").join(parcels, on="order_id", how="left")
    return _timed(rows.join(main, on="order_id", how="left"))


def _timed(rows: Frame) -> pl.DataFrame:
    arrived = nw.coalesce("arrived", "came")
    names = ("order_id", "customer_id", "day", "hour", "city", "channel_id", "sku_id", "carried", "sent", "fulfilment")
    found = collected(
        rows.select(
            *names,
            "created_at",
            "paid_at",
            minute=minutes(nw.col("at")),
            confirmed=minutes(nw.col("done")) - minutes(arrived),
            amount=nw.col("paid") / SCALE,
        )
    )
    paying = (pl.col("paid_at") - pl.col("created_at")).dt.total_seconds()
    return found.with_columns(paying=paying).unique("order_id", keep="any").sort("minute", "order_id")


def _signs(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    """Per reason whether it holds; null where the data cannot say."""
    carried = rows.filter(pl.col("sent").is_not_null())["carried"]
    usual = len(carried) > 0 and carried.is_not_null().mean() >= USUAL  # type: ignore[operator]
    known = pl.col("customer_id").is_not_null()
    by_buyer = pl.col("minute").diff().over("customer_id", order_by="minute")
    next_one = -pl.col("minute").diff(-1).over("customer_id", order_by="minute")
    of_buyer = pl.len().over("customer_id")
    kinds = pl.col("sku_id").n_unique().over("customer_id")
    timed = pl.col("minute") % A_DAY != 0  # a platform that gives days only says midnight
    far = pl.col("fulfilment").is_null() | (pl.col("fulfilment") == "delivery")  # at the counter all goes fast
    return {
        "burst": pl.when(pl.col("sku_id").is_not_null() & timed).then(_burst()),
        "again": pl.when(known & timed).then((by_buyer < A_DAY) | (next_one < A_DAY)),
        "alike": pl.when(known & pl.col("sku_id").is_not_null()).then((of_buyer >= ALIKE_ORDERS) & (kinds == 1)),
        "at_once": pl.when(far & pl.col("confirmed").is_not_null()).then(
            (pl.col("confirmed") > 0) & (pl.col("confirmed") <= AT_ONCE_MINUTES)
        ),
        "quick": pl.when(far & (pl.col("paying") > 0)).then(pl.col("paying") <= SOON_SECONDS),
        "night": pl.when(timed).then(pl.col("hour") < NIGHT),
        "empty": pl.when(pl.col("sent").is_not_null() & pl.lit(usual)).then(pl.col("carried").is_null()),
        "first": pl.when(known).then(of_buyer == 1),
    }


def _burst() -> pl.Expr:
    """As many orders of one product, channel and city around this one, counted in two grids half a step apart."""
    group = ("channel_id", "sku_id", pl.col("city").fill_null(""))
    grids = [pl.len().over(*group, (pl.col("minute") + shift) // BURST_MINUTES) for shift in (0, BURST_MINUTES // 2)]
    return pl.max_horizontal(*grids) >= BURST_ORDERS
