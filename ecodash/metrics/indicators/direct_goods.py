"""Goods straight from the factory: custom orders, small batches, new products, prices against rivals."""

import narwhals as nw

from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Window
from ecodash.metrics.indicators.gmv_shares import MONEY, lines_that, order_type, said
from ecodash.metrics.indicators.one_row import one_row
from ecodash.metrics.indicators.sold import lines, with_product
from ecodash.metrics.indicators.third_party import with_seller
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, OfWindow, Spread, Summary
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

BEFORE, SMALL, NEW = 28, 7, 90
"""Sales per day are those of the 28 days before the purchase; a small batch lasts 7 days; a product is new for 90."""


def _factory(reading: Reading, rows: Frame) -> Frame:
    """Lines of products whose main supplier is a factory, or sold by a factory."""
    suppliers = reading.table("suppliers").select("supplier_id", supplier_kind=nw.col("kind"))
    named = with_product(with_seller(rows, reading), reading, "supplier_id").join(
        suppliers, on="supplier_id", how="left"
    )
    made, sold = (nw.col(name) == "factory" for name in ("supplier_kind", "seller_kind"))
    return named.with_columns(belongs=made.fill_null(value=False) | sold.fill_null(value=False))


def _new(reading: Reading, rows: Frame) -> Frame:
    named = with_product(rows, reading, "launched_at")
    launched = day_number(nw.col("launched_at"))
    return named.with_columns(belongs=nw.col("day") - launched <= NEW)


def _batches(reading: Reading) -> Frame:
    """Purchase lines of goods that sold in the 28 days before; above 1 when the batch lasts 7 days of that or less."""
    bought = reading.table("purchase_orders").filter(~nw.col("ordered_at").is_null(), nw.col("qty") > 0)
    rows = bought.select(
        "load_id", "row_no", "po_id", "sku_id", "supplier_id", "qty", day=day_number(nw.col("ordered_at"))
    )
    sold = reading.fact("product_days").select("sku_id", sold_on=nw.col("day"), units=nw.col("qty"))
    near = rows.join(sold, on="sku_id", how="inner").filter(
        nw.col("sold_on") < nw.col("day"), nw.col("sold_on") >= nw.col("day") - BEFORE
    )
    rate = near.group_by("po_id", "sku_id").agg(sold=nw.col("units").sum().cast(nw.Int64))
    known = rows.join(rate, on=["po_id", "sku_id"], how="inner").filter(nw.col("sold") > 0)
    small = (nw.col("qty") * BEFORE <= nw.col("sold") * SMALL).cast(nw.Int64)
    return known.select("load_id", "row_no", "day", by_sku=nw.col("sku_id"), above=small, below=nw.lit(1))


def _gaps(reading: Reading, window: Window) -> Frame:
    """Sales per SKU with rival prices in the window, above times (own price ÷ mean rival price − 1)."""
    rivals = reading.table("rival_prices").filter(nw.col("price") > 0).with_columns(day=day_number(nw.col("date")))
    theirs = rivals.filter(inside(window.days, "day")).group_by("sku_id").agg(price=nw.col("price").mean())
    sums = {"gmv": nw.col("paid").sum().cast(nw.Int64), "units": nw.col("qty").sum().cast(nw.Int64)}
    own = one_row(
        lines(reading, window).filter(nw.col("qty") > 0), "sku_id", by_category=nw.col("category").min(), **sums
    )
    rows = own.join(theirs, on="sku_id", how="inner").filter(nw.col("gmv") > 0)
    gmv = nw.col("gmv").cast(nw.Float64)
    price = gmv / nw.col("units").cast(nw.Float64) * MONEY[0]
    above = (gmv * (price / nw.col("price") - 1)).round(0).cast(nw.Int64)
    return rows.select(
        "load_id", "row_no", "day", "by_category", by_sku=nw.col("sku_id"), above=above, below=nw.col("gmv")
    )


DIRECT_GOODS = (
    indicator("custom_order_share", order_type("custom")),
    indicator("small_batch_share", Measured(rows=_batches, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("factory_gmv_share", lines_that(_factory, said("suppliers", "kind"))),
    indicator("price_gap_vs_rival", OfWindow(rows=_gaps, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=MONEY)),
    indicator("new_sku_gmv_share", lines_that(_new, said("products", "launched_at"))),
)
