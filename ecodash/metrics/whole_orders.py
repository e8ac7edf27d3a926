"""Rows of metrics about whole orders: what arrived of all parcels of an order together, and what became of it."""

from functools import reduce
from operator import and_

import narwhals as nw

from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.order_splits import OF_ORDER, order_splits
from ecodash.metrics.parcels import Rows, last_day
from ecodash.metrics.reading import Reading

KEPT = ("load_id", "row_no", "order_id", *(f"by_{name}" for name in OF_ORDER))
COMPLAINTS = ("complaint", "fake", "fraud", "privacy", "refund")
"""Categories of tickets that are complaints. Source: framework, ``complaint_rate``."""


def on_time_in_full(what: str) -> Rows:
    """Orders that can be judged; ``above`` 1 when on time and in full (``otif``), or one of the two alone.

    In full: at least as many units arrived as were ordered. An order is judged once its last promised day has passed
    or everything ordered has arrived; orders whose parcels do not say units or promise are left out.
    """

    def rows(reading: Reading) -> Frame:
        found = _promised_orders(reading)
        ordered = reading.table("order_items").group_by("order_id").agg(ordered=nw.col("qty").sum())
        orders = found.join(ordered.filter(nw.col("ordered") > 0), on="order_id", how="inner")
        met = {"on_time": nw.col("late") == 0, "in_full": nw.col("arrived") >= nw.col("ordered")}
        wanted = [met[what]] if what in met else [nw.col("in_time") >= nw.col("ordered")]
        judged = orders.filter((nw.col("due") == 1) | met["in_full"])
        return _of_orders(reading, judged, reduce(and_, wanted))

    return rows


def _promised_orders(reading: Reading) -> Frame:
    """One row per order with parcels that all say units and promise: units ``arrived``, ``in_time``, parcels ``late``."""
    sent = reading.table("shipments").filter(~nw.col("order_id").is_null())
    end = last_day(sent, "shipped_at", "delivered_at") or 0
    promise, arrived = day_number(nw.col("promised_at")), day_number(nw.col("delivered_at"))
    here, in_time = ~arrived.is_null(), (arrived <= promise).fill_null(value=False)
    none = nw.lit(0, dtype=nw.Int64)
    late = ~in_time & (here | (promise <= end))
    marked = sent.select(
        "order_id",
        dumb=(nw.col("promised_at").is_null() | nw.col("qty").is_null()).cast(nw.Int64),
        arrived=nw.when(here).then(nw.col("qty")).otherwise(none),
        in_time=nw.when(in_time).then(nw.col("qty")).otherwise(none),
        late=late.fill_null(value=False).cast(nw.Int64),
        due=(promise <= end).fill_null(value=False).cast(nw.Int64),
    )
    orders = marked.group_by("order_id").agg(
        nw.col("arrived", "in_time", "late", "dumb").sum(), due=nw.col("due").min()
    )
    return orders.filter(nw.col("dumb") == 0)


def perfect(reading: Reading) -> Frame:
    """Delivered orders with a promise; ``above`` 1 when on time, without a return and without a complaint."""
    sent = reading.table("shipments").filter(~nw.col("order_id").is_null())
    arrived, promise = day_number(nw.col("delivered_at")), day_number(nw.col("promised_at"))
    marked = sent.select(
        "order_id",
        open=nw.col("delivered_at").is_null().cast(nw.Int64),
        dumb=nw.col("promised_at").is_null().cast(nw.Int64),
        late=(arrived > promise).fill_null(value=False).cast(nw.Int64),
    )
    orders = marked.group_by("order_id").agg(nw.col("open", "dumb", "late").sum())
    orders = orders.filter(nw.col("open") == 0, nw.col("dumb") == 0)
    tickets = reading.table("tickets").filter(nw.col("category").is_in(COMPLAINTS))
    back = reading.table("returns").filter(nw.col("accepted").fill_null(value=True))
    for name, table in (("returned", back), ("complained", tickets)):
        marks = table.filter(~nw.col("order_id").is_null()).select("order_id").unique()
        orders = orders.join(marks.with_columns(**{name: nw.lit(1)}), on="order_id", how="left")
    calm = nw.col("returned").is_null() & nw.col("complained").is_null()
    return _of_orders(reading, orders, (nw.col("late") == 0) & calm)


def _of_orders(reading: Reading, orders: Frame, met: nw.Expr) -> Frame:
    """The orders with the day they were paid; ``above`` 1 where ``met``."""
    moments = reading.table("orders").select("order_id", "load_id", "row_no", "paid_at", "created_at")
    rows = orders.join(moments, on="order_id", how="inner").join(order_splits(reading), on="order_id", how="left")
    day = day_number(nw.coalesce("paid_at", "created_at"))
    dated = rows.select(*KEPT, day=day, above=met.cast(nw.Int64), below=nw.lit(1))
    return dated.filter(~nw.col("day").is_null())
