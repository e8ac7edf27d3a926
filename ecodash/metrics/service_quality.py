"""Service around the order: complaints, perfect orders, services sold along, and like compared with like."""

import narwhals as nw
import polars as pl

from ecodash.analysis.stratified_difference import stratified_difference
from ecodash.core.estimate import Status
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.rows import Of, share
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.order_splits import order_splits
from ecodash.metrics.parcels import days_to_delivery
from ecodash.metrics.reading import Reading
from ecodash.metrics.returned import FAULTY
from ecodash.metrics.scope import inside
from ecodash.metrics.whole_orders import COMPLAINTS, KEPT, perfect


def _sales(reading: Reading) -> Frame:
    """Valid orders with what they can be split by."""
    sold = reading.fact("orders").filter(nw.col("is_sale")).select("order_id", "load_id", "row_no", "day", "city")
    return sold.join(order_splits(reading), on="order_id", how="left")


def complaints(reading: Reading) -> Frame:
    """Complaints (1 above the line, dated by their opening) and valid orders (1 below it, dated by payment)."""
    said = reading.table("tickets").filter(nw.col("category").is_in(COMPLAINTS), ~nw.col("opened_at").is_null())
    said = said.select("load_id", "row_no", "order_id", day=day_number(nw.col("opened_at")))
    said = said.join(order_splits(reading), on="order_id", how="left")
    above = said.select(*KEPT, "day", above=nw.lit(1), below=nw.lit(0))
    return nw.concat([above, _sales(reading).select(*KEPT, "day", above=nw.lit(0), below=nw.lit(1))])


def with_service(reading: Reading) -> Frame:
    """Valid orders; ``above`` 1 when one of their lines is a service such as installation."""
    service = reading.table("products").filter(nw.col("is_service_addon")).select("sku_id").unique()
    lines = reading.table("order_items").join(service, on="sku_id", how="inner").select("order_id").unique()
    rows = _sales(reading).join(lines.with_columns(service=nw.lit(1)), on="order_id", how="left")
    return rows.select(*KEPT, "day", above=nw.col("service").fill_null(0).cast(nw.Int64), below=nw.lit(1))


def _own_speed(reading: Reading, window: Window) -> Answered:
    """Days saved by own logistics: third party minus own, delivered parcels, city by city."""
    cities = _sales(reading).select("order_id", stratum=nw.col("city"))
    parcels = days_to_delivery(reading).filter(nw.col("done") == 1, ~nw.col("by_carrier_type").is_null())
    rows = parcels.filter(inside(window.days, "day")).join(cities, on="order_id", how="inner")
    rows = rows.filter(~nw.col("stratum").is_null())
    third = nw.col("by_carrier_type") == "third_party"
    found = stratified_difference(
        collected(rows.select("stratum", first=third, y=nw.col("above").cast(nw.Float64))), level=window.level
    )
    if found is None:
        reason = Text("没有一个城市既有自有物流又有第三方物流的签收包裹。",
                      "No city has delivered parcels of own and of third-party logistics.")  # fmt: skip
        return Answered(value=None, n=0, status=Status.EMPTY, reason=reason)
    return Answered(value=found.value, n=found.n, low=found.interval.low, high=found.interval.high)


def _quality_gap(reading: Reading, window: Window) -> Answered:
    """Lines returned as faulty or fake, third-party sellers minus own sales, category by category."""
    found = stratified_difference(_lines_by_seller(reading, window), level=window.level)
    if found is None:
        reason = Text("没有一个类目既有自营又有第三方的成交。", "No category has own and third-party sales.")
        return Answered(value=None, n=0, status=Status.EMPTY, reason=reason)
    return Answered(value=found.value, n=found.n, low=found.interval.low, high=found.interval.high)


def _lines_by_seller(reading: Reading, window: Window) -> pl.DataFrame:
    lines = reading.fact("order_lines").filter(nw.col("is_sale"), inside(window.days, "day"))
    sellers = reading.table("sellers").select("seller_id", "mode")
    rows = lines.select("order_id", "sku_id", "seller_id", stratum=nw.col("category").fill_null(""))
    rows = rows.join(sellers, on="seller_id", how="left")
    third = nw.col("mode") == "third_party"
    rows = rows.filter(nw.col("seller_id").is_null() | (nw.col("mode") == "self") | third)
    back = reading.table("returns").filter(nw.col("reason").is_in(FAULTY), nw.col("accepted").fill_null(value=True))
    marks = back.select("order_id", "sku_id").unique().with_columns(y=nw.lit(1.0))
    rows = rows.join(marks, on=["order_id", "sku_id"], how="left")
    return collected(rows.select("stratum", first=third.fill_null(value=False), y=nw.col("y").fill_null(0.0)))


SERVICE_QUALITY = (
    indicator("perfect_order_rate", Measured(rows=perfect, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("complaint_rate", Measured(rows=complaints, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("service_attach_rate", Measured(rows=with_service, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("verified_customer_share", share(Of(table="customers"), nw.col("verified"))),
    indicator("own_logistics_speed_gap", Analysed(answer=_own_speed)),
    indicator("self_vs_third_quality_gap", Analysed(answer=_quality_gap)),
)
