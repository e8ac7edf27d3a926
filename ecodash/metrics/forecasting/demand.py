"""Daily demand per key as a table of numbers: what a forecast is made from."""

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import polars as pl

from ecodash.analysis.demand_history import DayState
from ecodash.analysis.forecast.panel import Floats, Ints
from ecodash.core.decimals import SCALE
from ecodash.core.errors import MissingData
from ecodash.core.period import Period, day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.collect import collected
from ecodash.metrics.dimensions import UNKNOWN
from ecodash.metrics.forecasting.question import By, Measure
from ecodash.metrics.inventory.demand import known
from ecodash.metrics.reading import Reading
from ecodash.metrics.regions import region

LONGEST_HISTORY = 1200
REST_SHARE = 0.001


@dataclass(frozen=True, kw_only=True)
class Demand:
    """One row per key, one column per day from ``days.start``; missing before the first sale and while out of stock.

    ``groups``: number of the sibling group of each key. The key "(unknown)" holds what no key could be given.
    """

    keys: tuple[str, ...]
    values: Floats
    groups: Ints
    days: Period


def demand(reading: Reading, by: By, measure: Measure, days: Period) -> Demand:
    """Demand by day within ``days`` (at most the last 1,200). Raises MissingData naming the table that is missing."""
    kept = Period.last_days(days.end, min(days.days, LONGEST_HISTORY))
    rows = _sums(reading, by, measure, kept)
    sums = collected(rows.group_by("day", "key", "group").agg(qty=nw.col("qty").sum().cast(nw.Int64)))
    if sums.is_empty() or not sums["qty"].sum():
        raise MissingData(_NOTHING[measure])
    found = _table(sums, kept)
    return _without_stockouts(reading, found) if by is By.SKU else found


def sold(reading: Reading, by: By, measure: Measure, days: Period) -> Mapping[str, float]:
    """What was sold of every key within ``days``; keys that sold nothing are left out."""
    rows = _sums(reading, by, measure, days).group_by("key").agg(qty=nw.col("qty").sum().cast(nw.Int64))
    return {key: qty / SCALE for key, qty in collected(rows).select("key", "qty").rows()}


def _sums(reading: Reading, by: By, measure: Measure, days: Period) -> Frame:
    first, last = day_number(days.start), day_number(days.end)
    return _ROWS[by](reading, measure).filter(nw.col("day") >= first, nw.col("day") <= last)


def _table(sums: pl.DataFrame, days: Period) -> Demand:
    keys = sums.group_by("key").agg(pl.col("group").mode().sort().first(), pl.col("qty").sum()).sort("key")
    keys = keys.filter(pl.col("qty") > 0)
    names = keys["key"].to_list()
    place = pl.DataFrame({"key": names, "row": range(len(names))}, schema={"key": pl.String, "row": pl.Int64})
    cells = sums.join(place, on="key").group_by("row", "day").agg(pl.col("qty").sum())
    values = np.zeros((len(names), days.days))
    values[cells["row"].to_numpy(), cells["day"].to_numpy() - day_number(days.start)] = cells["qty"].to_numpy() / SCALE
    values = np.maximum(values, 0.0)
    started = np.maximum.accumulate(values > 0, axis=1)
    _, groups = np.unique(np.array(keys["group"].to_list(), dtype=str), return_inverse=True)
    return Demand(
        keys=tuple(names), values=np.where(started, values, np.nan), groups=groups.astype(np.int64), days=days
    )


def _without_stockouts(reading: Reading, found: Demand) -> Demand:
    """Days on which stock counts show that nothing could be bought are not watched, so they are no zeros."""
    if not reading.loaded(["inventory"]):
        return found
    stock = known(reading, found.days)
    if stock is None or not stock.counted.any():
        return found
    rows = {key: i for i, key in enumerate(stock.history.keys) if stock.counted[i]}
    length = min(stock.history.days, found.days.days)
    values = found.values.copy()
    closed = np.isin(stock.history.state[:, -length:], (DayState.OUT, DayState.CUT, DayState.UNKNOWN))
    for i, key in enumerate(found.keys):
        if key in rows:
            values[i, -length:] = np.where(closed[rows[key]], np.nan, values[i, -length:])
    return Demand(keys=found.keys, values=values, groups=found.groups, days=found.days)


def _of_days(reading: Reading, measure: Measure) -> Frame:
    column = {Measure.UNITS: "units", Measure.SALES: "paid"}[measure]
    return reading.fact("daily").select("day", "channel_id", qty=nw.col(column))


def _total(reading: Reading, measure: Measure) -> Frame:
    rows = _of_days(reading, measure)
    return rows.select("day", "qty", key=nw.lit("total"), group=nw.lit(UNKNOWN))


def _channel(reading: Reading, measure: Measure) -> Frame:
    rows = _of_days(reading, measure)
    return rows.select("day", "qty", key=nw.col("channel_id").fill_null(UNKNOWN), group=nw.lit(UNKNOWN))


def _products(reading: Reading, measure: Measure) -> Frame:
    if not reading.loaded(["order_items"]):
        raise MissingData(
            Text(
                "还没有商品明细，无法按类目或商品预测。", "There are no order lines, so no forecast by category or SKU."
            ),
            advice=Text("请导入带商品明细的订单导出。", "Load an order export that lists the products."),
        )
    column = {Measure.UNITS: "qty", Measure.SALES: "paid"}[measure]
    sku, category = (nw.col(name).fill_null(UNKNOWN) for name in ("sku_id", "category"))
    return reading.fact("product_days").select("day", qty=nw.col(column), sku=sku, category=category)


def _category(reading: Reading, measure: Measure) -> Frame:
    rows = _products(reading, measure)
    return rows.select("day", "qty", key=nw.col("category"), group=nw.lit(UNKNOWN))


def _sku(reading: Reading, measure: Measure) -> Frame:
    return _products(reading, measure).select("day", "qty", key=nw.col("sku"), group=nw.col("category"))


def _of_orders(reading: Reading, measure: Measure) -> Frame:
    column = {Measure.UNITS: "units", Measure.SALES: "paid"}[measure]
    sold = reading.fact("orders").filter(nw.col("is_sale"), ~nw.col("day").is_null())
    return sold.select("day", "order_id", "province", "country", qty=nw.col(column))


def _region(reading: Reading, measure: Measure) -> Frame:
    """Regions of China; for orders from elsewhere the province, else the country they name."""
    rows = _of_orders(reading, measure).with_columns(region=region("province"))
    abroad = nw.coalesce(nw.col("country"), nw.col("province"), nw.lit(UNKNOWN))
    known_one = ~nw.col("region").is_null() & (nw.col("region") != "elsewhere")
    key = nw.when(known_one).then(nw.col("region")).otherwise(abroad)
    return rows.select("day", "qty", key=key, group=nw.lit(UNKNOWN))


def _warehouse(reading: Reading, measure: Measure) -> Frame:
    """The place an order was first sent from; orders not sent yet have none."""
    if not reading.loaded(["shipments"]):
        raise MissingData(
            Text("还没有发货记录，无法按仓库预测。", "There are no shipments, so no forecast by warehouse."),
            advice=Text("请导入含发货仓的发货或出库导出。", "Load a shipment export that names the warehouse."),
        )
    sent = reading.table("shipments").filter(~nw.col("from_location_id").is_null())
    place = sent.group_by("order_id").agg(key=nw.col("from_location_id").min())
    rows = _of_orders(reading, measure).join(place, on="order_id", how="inner")
    return rows.select("day", "qty", "key", group=nw.lit(UNKNOWN))


_ROWS = {
    By.TOTAL: _total,
    By.CHANNEL: _channel,
    By.CATEGORY: _category,
    By.SKU: _sku,
    By.REGION: _region,
    By.WAREHOUSE: _warehouse,
}
_NOTHING: Mapping[Measure, Text] = {
    Measure.UNITS: Text(
        "订单里没有售出件数，请改按销售额预测。", "The orders tell no units sold; forecast sales instead."
    ),
    Measure.SALES: Text("订单里没有支付金额。", "The orders tell no amounts paid."),
}


def unit_price(reading: Reading, days: Period) -> float:
    """Mean amount paid per unit within ``days``, at least one hundredth; per order where units are not told."""
    inside = (nw.col("day") >= day_number(days.start)) & (nw.col("day") <= day_number(days.end))
    row = collected(
        reading.fact("daily")
        .filter(inside)
        .select(*(nw.col(n).sum().cast(nw.Int64) for n in ("paid", "units", "orders")))
    )
    paid, units, orders = row.row(0)
    below = units / SCALE if units else orders
    return max(paid / SCALE / below, 0.01) if below else 1.0
