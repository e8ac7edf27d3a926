"""What moved in a span of days: sell-through, the share of products that sold, and how often they could not be had."""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.analysis.interval import Interval
from ecodash.analysis.ratio_interval import ClusterSums, ratio, ratio_interval
from ecodash.core.period import Period, day_number
from ecodash.metrics.collect import collected
from ecodash.metrics.inventory import ledgers
from ecodash.metrics.reading import Reading

OPENING_WITHIN = 7
"""A count up to so many days after the beginning still stands for the opening stock."""
ACTIVE_DAYS = 90


@dataclass(frozen=True, kw_only=True)
class SellThrough:
    """Units sold ÷ (opening + received). ``received`` None: no purchase orders, so opening and sold stand alone.

    ``by_closing`` is sold ÷ (sold + closing stock), another definition, for when receipts are not known.
    """

    sold: float
    opening: float
    received: float | None
    closing: float

    @property
    def rate(self) -> float | None:
        """The share sold of what there was to sell; None without receipts or when there was nothing."""
        if self.received is None or self.opening + self.received <= 0:
            return None
        return self.sold / (self.opening + self.received)

    @property
    def by_closing(self) -> float | None:
        """The share sold by the closing stock; None when nothing sold and nothing is left."""
        return self.sold / (self.sold + self.closing) if self.sold + self.closing > 0 else None


@dataclass(frozen=True, kw_only=True)
class ActiveShare:
    """Products with a sale ÷ products on sale and in stock at any count of the span (or sold)."""

    sold: int
    offered: int

    @property
    def rate(self) -> float | None:
        """The share; None when nothing was offered."""
        return self.sold / self.offered if self.offered else None


@dataclass(frozen=True, kw_only=True)
class StockOut:
    """Share of counts of active products that found nothing to sell; ``value`` None without any such count.

    ``interval`` takes the counts of one product together. ``n`` counts, ``out`` of them empty, ``products``.
    """

    value: float | None
    interval: Interval | None
    n: int
    out: int
    products: int


def sell_through(reading: Reading, window: Period) -> SellThrough | None:
    """The sell-through of products that are counted; None without a count at the beginning of the window."""
    first, last = day_number(window.start), day_number(window.end)
    days = ledgers.counted_days(reading, until=window)
    begins = [day for day in days if first - 1 - ledgers.HELD <= day <= first + OPENING_WITHIN - 1]
    if not begins:
        return None
    start = max((day for day in begins if day < first), default=min(begins))
    opening = ledgers.last_counts(reading, ledgers.days_of(start, start))
    closing = ledgers.last_counts(reading, window)
    goods = {*opening["sku_id"], *closing["sku_id"]}
    inside = pl.col("sku_id").is_in(sorted(goods))
    sold = float(ledgers.sales(reading, window).filter(inside)["qty"].sum())
    received = None
    if reading.loaded(["purchase_orders"]):
        came = ledgers.receipts(reading, until=last).filter(pl.col("received") >= max(first, start + 1), inside)
        received = float(came["units"].sum())
    held = (float(rows["on_hand"].clip(lower_bound=0).sum()) for rows in (opening, closing))
    return SellThrough(sold=sold, opening=next(held), received=received, closing=next(held))


def active_share(reading: Reading, window: Period) -> ActiveShare | None:
    """The share of products on sale and in stock that sold; None when no stock was counted in the window."""
    found = ledgers.counts(reading, window)
    if found.is_empty():
        return None
    held = set(found.filter(pl.col("on_hand") > 0)["sku_id"])
    sold = set(ledgers.sales(reading, window)["sku_id"]) & set(found["sku_id"])
    return ActiveShare(sold=len(sold), offered=len(held | sold))


def stock_out(reading: Reading, window: Period, *, level: float = 0.95, weighted: bool = False) -> StockOut | None:
    """The stock-out rate of products that sold in the 90 days up to each count; None when nothing was counted.

    A row is a product in a place on a counted day. ``weighted`` by the mean daily units of the product in the window.
    """
    rows = active_counts(reading, window)
    if rows is None:
        return None
    if weighted:
        sold = ledgers.sales(reading, window).group_by("sku_id").agg(weight=pl.col("qty").sum())
        rows = rows.join(sold, on="sku_id", how="left").with_columns(pl.col("weight").fill_null(0.0))
    else:
        rows = rows.with_columns(weight=pl.lit(1.0))
    parts = rows.group_by("sku_id").agg(y=(pl.col("out") * pl.col("weight")).sum(), x=pl.col("weight").sum())
    y, x = parts["y"], parts["x"]
    sums = ClusterSums(
        n=parts.height,
        y=float(y.sum()),
        x=float(x.sum()),
        yy=float((y * y).sum()),
        xx=float((x * x).sum()),
        xy=float((x * y).sum()),
    )
    inside = ratio_interval(sums, level=level)
    return StockOut(
        value=ratio(sums),
        interval=inside.clip(0.0, 1.0) if inside else None,
        n=rows.height,
        out=int(rows["out"].sum()),
        products=parts.height,
    )


def active_counts(reading: Reading, window: Period) -> pl.DataFrame | None:
    """One row per counted day, place and active product: sku_id, location_id, day, out; None without any count."""
    found = ledgers.counts(reading, window)
    if found.is_empty():
        return None
    before = ledgers.days_of(day_number(window.start) - ACTIVE_DAYS, day_number(window.end))
    sold = ledgers.sales(reading, before).select("sku_id", "day").sort("day").with_columns(sold_on=pl.col("day"))
    rows = found.select("sku_id", "location_id", "day", out=pl.col("available") <= 0).sort("day")
    joined = rows.join_asof(sold, on="day", by="sku_id", strategy="backward", check_sortedness=False)
    return joined.filter(pl.col("day") - pl.col("sold_on") <= ACTIVE_DAYS).drop("sold_on")


def stock_by_day(reading: Reading, window: Period) -> pl.DataFrame:
    """One row per counted day: stock at cost and units of all places, each with its last count by then."""
    found = ledgers.counts(reading, window)
    places = found.group_by("day", "location_id").agg(
        value=pl.col("value").sum(), units=pl.col("on_hand").clip(lower_bound=0).sum()
    )
    axes = places.select("day").unique().join(places.select("location_id").unique(), how="cross")
    carried = (
        axes.join(places, on=["day", "location_id"], how="left")
        .sort("location_id", "day")
        .with_columns(pl.col("value", "units").forward_fill().over("location_id"))
    )
    return carried.group_by("day").agg(pl.col("value", "units").sum()).sort("day")


def last_known_day(reading: Reading) -> int | None:
    """The last day with an order or a count."""
    days = [
        collected(reading.fact(name).select(day=nw.col("day").max())).item() for name in ("stock_days", "product_days")
    ]
    return max((int(day) for day in days if day is not None), default=None)
