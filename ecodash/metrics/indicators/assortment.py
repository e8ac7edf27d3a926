"""What a marketplace offers: how far prices spread, how long the tail is, what third parties add."""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from ecodash.facts import Frame
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.gmv_shares import MONEY, product_kind
from ecodash.metrics.indicators.one_row import one_row
from ecodash.metrics.indicators.sellers import leading
from ecodash.metrics.indicators.sold import LINE_ORIGIN, lines
from ecodash.metrics.indicators.third_party import with_seller
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import OfWindow, Summary
from ecodash.metrics.reading import Reading

HEAD = 0.2
"""The fifth of SKUs that sells most units is the head; the rest is the tail."""
LEAST = 2
"""One price cannot spread."""


def _priced(reading: Reading, window: Window) -> Frame:
    """Sold lines with a category, a SKU and a list price."""
    prices = reading.table("order_items").select("order_id", "line_key", "list_price").filter(nw.col("list_price") > 0)
    rows = lines(reading, window).filter(~nw.col("category").is_null(), ~nw.col("sku_id").is_null())
    return rows.join(prices, on=["order_id", "line_key"], how="inner")


def _spreads(reading: Reading, window: Window) -> pl.DataFrame:
    """One row per category with at least two SKUs: interquartile range ÷ median of their mean list prices, and sales."""
    rows = _priced(reading, window).group_by("category", "sku_id")
    skus = collected(rows.agg(price=nw.col("list_price").mean(), paid=nw.col("paid").sum()))
    price = pl.col("price")
    width = price.quantile(0.75, interpolation="linear") - price.quantile(0.25, interpolation="linear")
    made = skus.group_by("category").agg(skus=pl.len(), spread=width / price.median(), paid=pl.col("paid").sum())
    return made.filter(pl.col("skus") >= LEAST).sort("category")


def _dispersion(reading: Reading, window: Window) -> Answered:
    found = _spreads(reading, window)
    weight = float(found["paid"].sum())
    if not weight:
        return Answered(value=None, n=0)
    return Answered(value=float((found["spread"] * found["paid"]).sum()) / weight, n=int(found["skus"].sum()))


def _dispersions(reading: Reading, window: Window) -> Mapping[str, Answered]:
    found = _spreads(reading, window).select("category", "spread", "skus")
    return {name: Answered(value=spread, n=skus) for name, spread, skus in found.iter_rows()}


def _prices(reading: Reading, window: Window) -> Frame:
    return _priced(reading, window).select(*LINE_ORIGIN)


def _skus(reading: Reading, window: Window) -> Frame:
    return lines(reading, window).filter(~nw.col("sku_id").is_null())


def _tail(reading: Reading, window: Window) -> Frame:
    """Sales per SKU; above those outside the head."""
    sums = {"units": nw.col("qty").sum().cast(nw.Int64), "gmv": nw.col("paid").sum().cast(nw.Int64)}
    rows = leading(one_row(_skus(reading, window), "sku_id", **sums), "sku_id", by="units", share=HEAD)
    above = nw.when(nw.col("leads")).then(0).otherwise(nw.col("gmv"))
    return rows.select("load_id", "row_no", "day", by_sku=nw.col("sku_id"), above=above, below=nw.col("gmv"))


def _added(reading: Reading, window: Window) -> Frame:
    """SKUs sold; above 1 when every line was a third party's."""
    rows = with_seller(_skus(reading, window), reading)
    theirs = (nw.col("seller_mode") == "third_party").fill_null(value=False).cast(nw.Int64)
    found = one_row(
        rows.with_columns(theirs=theirs), "sku_id", theirs=nw.col("theirs").min(), by_category=nw.col("category").min()
    )
    return found.select("load_id", "row_no", "day", "by_category", above=nw.col("theirs"), below=nw.lit(1))


ASSORTMENT = (
    indicator("price_dispersion", Analysed(answer=_dispersion, rows=_prices, groups={"category": _dispersions})),
    indicator("long_tail_share", OfWindow(rows=_tail, summary=Summary.RATIO, scale=MONEY)),
    indicator("niche_kind_share", product_kind("second_hand", "handmade")),
    indicator("third_party_variety_gain", OfWindow(rows=_added, summary=Summary.RATIO)),
)
