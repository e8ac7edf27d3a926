"""Rows and answers of the indicators of purchasing: suppliers, their times and shares, freight of origin warehouses."""

import narwhals as nw
import numpy as np
import polars as pl

from ecodash.analysis.purchase_scale import scale_effect
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.period import day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number as day_of_date
from ecodash.facts.calendar import with_month
from ecodash.facts.money import times
from ecodash.metrics.answered import Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.parcels import parcels
from ecodash.metrics.reading import Reading

LEAST_LINES = 30
ORIGIN = "origin_warehouse"


def _lines(reading: Reading) -> Frame:
    """Purchase lines with their day numbers and ``spent`` (ten-thousandths)."""
    rows = reading.table("purchase_orders")
    days = {name: day_of_date(nw.col(f"{name}_at")) for name in ("ordered", "promised", "received")}
    return rows.with_columns(**days, spent=times("unit_cost", "qty"))


def _end(reading: Reading) -> int:
    """The last day anything is known of: orders, or purchases themselves."""
    orders = reading.source.data_end(as_of=reading.as_of)
    if orders is not None:
        return day_number(orders.end)
    last = collected(_lines(reading).select(a=nw.col("ordered").max(), b=nw.col("received").max())).row(0)
    return max((int(day) for day in last if day is not None), default=0)


def on_time(reading: Reading) -> Frame:
    """Lines whose promise has come due; ``above`` 1 when received by it; open lines are late."""
    rows = _lines(reading).filter(nw.col("promised") <= _end(reading))
    on_time = (nw.col("received") <= nw.col("promised")).fill_null(value=False).cast(nw.Int64)
    return rows.select("load_id", "row_no", day="promised", above=on_time, below=nw.lit(1))


def lead(reading: Reading) -> Frame:
    """Days from order to receipt of received lines."""
    took = (nw.col("received") - nw.col("ordered")).cast(nw.Int64)
    return _lines(reading).select("load_id", "row_no", day="ordered", above=took).filter(
        nw.col("above") >= 0
    )  # fmt: skip


def lead_waiting(reading: Reading) -> Frame:
    """The same with lines still open, which have waited until the last day of the data."""
    until = nw.coalesce(nw.col("received"), nw.lit(_end(reading)))
    rows = _lines(reading).select(
        *("load_id", "row_no"),
        day="ordered",
        above=(until - nw.col("ordered")).cast(nw.Int64),
        done=(~nw.col("received").is_null()).cast(nw.Int64),
    )
    return rows.filter(nw.col("above") >= 0)


def certified(reading: Reading) -> Frame:
    """Money spent on lines whose supplier is known to be certified or not; ``above`` where it is."""
    rows = _lines(reading).join(reading.table("suppliers").select("supplier_id", "certified"), on="supplier_id")
    known = rows.filter(~nw.col("certified").is_null(), nw.col("spent") > 0)
    sure = nw.when(nw.col("certified")).then(nw.col("spent")).otherwise(0)
    return known.select("load_id", "row_no", day="ordered", above=sure, below="spent")


def rejected(reading: Reading) -> Frame:
    """Received lines: units rejected over units ordered."""
    rows = _lines(reading).filter(~nw.col("received").is_null(), nw.col("qty") > 0)
    return rows.select("load_id", "row_no", day="received", above=nw.col("rejected_qty").fill_null(0), below="qty")


def tenure(reading: Reading) -> Frame:
    """Years of cooperation on the day of the order, weighted by what was spent; in days × money."""
    suppliers = reading.table("suppliers").select("supplier_id", since=day_of_date(nw.col("since")))
    rows = _lines(reading).join(suppliers, on="supplier_id").filter(nw.col("spent") > 0, ~nw.col("since").is_null())
    years = (nw.col("ordered") - nw.col("since")).cast(nw.Float64) / 365.25
    worth = (years * nw.col("spent").cast(nw.Float64)).round(0).cast(nw.Int64)
    return rows.select("load_id", "row_no", day="ordered", above=worth, below="spent").filter(nw.col("above") >= 0)


def _inside(column: str, window: Window) -> nw.Expr:
    """Whether a day lies in the window; every day does when nothing was asked for."""
    if window.days == window.data:
        return nw.col(column).is_null() | (nw.col(column) >= 0)
    return nw.col(column).is_between(day_number(window.days.start), day_number(window.days.end))


def _bought(reading: Reading, window: Window) -> pl.DataFrame:
    rows = (
        _lines(reading)
        .filter(_inside("ordered", window))
        .select("sku_id", "supplier_id", "ordered", "qty", "unit_cost", "spent")
    )
    return collected(rows)


def concentration(reading: Reading, window: Window) -> Answered:
    """Σ of squared shares of what was spent; lines without supplier or price are left out."""
    rows = _bought(reading, window).filter(pl.col("spent") > 0, pl.col("supplier_id").is_not_null())
    spent = rows.group_by("supplier_id").agg(pl.col("spent").sum())["spent"].to_numpy()
    if not len(spent):
        return Answered(value=None, n=0)
    return Answered(value=float(((spent / spent.sum()) ** 2).sum()), n=rows.height, status=Status.OK)


def scale(reading: Reading, window: Window) -> Answered:
    """The slope of log price on log quantity within products, days held constant."""
    rows = _bought(reading, window).filter(pl.col("qty") > 0, pl.col("unit_cost") > 0)
    found = scale_effect(
        rows["sku_id"].to_list(),
        np.log(rows["qty"].to_numpy() / SCALE),
        np.log(rows["unit_cost"].to_numpy() / SCALE),
        rows["ordered"].cast(pl.Float64).to_numpy(),
        level=window.level,
    )
    if found is None or rows.height < LEAST_LINES:
        few = Text(
            f"至少需要 {LEAST_LINES} 行采购、同一商品有不同的采购量和单价。",
            f"Needs {LEAST_LINES} purchase lines or more, with quantities and prices that differ within products.",
        )
        return Answered(value=None, n=rows.height, status=Status.TOO_FEW, reason=few)
    return Answered(value=found.slope, low=found.low, high=found.high, n=rows.height, status=Status.OK)


def purchase_gap(reading: Reading, window: Window) -> Answered:
    """Σ |received − sold| ÷ Σ sold by SKU and whole month of the window that data cover from beginning to end."""
    months = [m for m in window.days.months() if window.days.contains(m.start) and window.days.contains(m.end)]
    if not months:
        words = Text("需要至少一个完整的月份。", "Needs at least one whole month.")
        return Answered(value=None, n=0, status=Status.IMMATURE, reason=words)
    keys = [one.start.year * 12 + one.start.month - 1 for one in months]
    came = with_month(_lines(reading).filter(~nw.col("received").is_null()).with_columns(day=nw.col("received")))
    received = collected(came.group_by("sku_id", "month").agg(came=nw.col("qty").sum().cast(nw.Int64)))
    sales = reading.fact("product_days").filter(nw.col("qty") > 0)
    sold = collected(sales.group_by("sku_id", "month").agg(sold=nw.col("qty").sum().cast(nw.Int64)))
    months_of = pl.col("month").cast(pl.Int64)
    bought = set(collected(_lines(reading).select("sku_id").unique())["sku_id"])
    both = received.with_columns(months_of).join(
        sold.with_columns(months_of), on=["sku_id", "month"], how="full", coalesce=True
    )
    inside = both.filter(pl.col("month").is_in(keys), pl.col("sku_id").is_in(sorted(bought))).fill_null(0)
    total = int(inside["sold"].sum())
    gap = int((inside["came"] - inside["sold"]).abs().sum())
    return Answered(value=gap / total if total else None, n=inside.height, status=Status.OK if total else None)


def freight_saving(reading: Reading, window: Window) -> Answered:
    """1 − freight of origin warehouses ÷ what the same parcels would cost from elsewhere (same category, same province)."""
    rows = _freight_rows(reading, window)
    cells = rows.group_by("category", "province", "origin").agg(n=pl.len(), mean=pl.col("freight").mean())
    pairs = cells.filter("origin").join(cells.filter(~pl.col("origin")), on=["category", "province"], suffix="_other")
    usual = float((pairs["n"] * pairs["mean_other"]).sum())
    if usual <= 0:
        words = Text(
            "同类目、同目的省里没有产地仓与其他仓都发过的包裹，无法比较。",
            "No category and province received parcels from both an origin warehouse and another one.",
        )
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=words)
    paid = float((pairs["n"] * pairs["mean"]).sum())
    return Answered(value=1 - paid / usual, n=int(pairs["n"].sum()), status=Status.OK)


def _freight_rows(reading: Reading, window: Window) -> pl.DataFrame:
    """One row per parcel with a freight: category, province, origin, freight."""
    sent = (
        parcels(reading).filter(~nw.col("freight_cost").is_null()).with_columns(day=day_of_date(nw.col("shipped_at")))
    )
    inside = sent.filter(_inside("day", window))
    kinds = reading.table("locations").select("location_id", "kind")
    orders = reading.fact("orders").select("order_id", "province", "category")
    rows = inside.join(orders, on="order_id").join(kinds, left_on="from_location_id", right_on="location_id")
    found = collected(rows.select("category", "province", "kind", "freight_cost"))
    known = found.drop_nulls(["province", "kind"])
    return known.select(
        pl.col("category").fill_null(""),
        "province",
        origin=pl.col("kind") == ORIGIN,
        freight=pl.col("freight_cost") / SCALE,
    )


def local(reading: Reading) -> Frame:
    """Parcels whose warehouse and destination have a known province; ``above`` 1 when it is the same."""
    cities = reading.table("cities").select("city", here="province")
    places = reading.table("locations").select("location_id", "city").join(cities, on="city")
    orders = reading.fact("orders").select("order_id", "province", order_day="day")
    sent = reading.table("shipments").select("load_id", "row_no", "order_id", "from_location_id")
    rows = sent.join(orders, on="order_id").join(
        places.select("location_id", "here"), left_on="from_location_id", right_on="location_id"
    )
    known = rows.filter(~nw.col("province").is_null(), ~nw.col("here").is_null(), ~nw.col("order_day").is_null())
    same = nw.col("province").str.slice(0, 2) == nw.col("here").str.slice(0, 2)
    return known.select(
        "load_id",
        "row_no",
        day="order_day",
        by_warehouse="from_location_id",
        above=same.cast(nw.Int64),
        below=nw.lit(1),
    )
