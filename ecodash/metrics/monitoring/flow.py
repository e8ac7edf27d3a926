"""The way of an order step by step: how long each step takes, and how many never take it."""

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.parcels import minutes
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

STEPS: Mapping[str, tuple[str, str, Text]] = {
    "pay": ("created", "paid", Text("下单 → 付款", "ordered → paid")),
    "ship": ("paid", "shipped", Text("付款 → 出库", "paid → sent")),
    "deliver": ("shipped", "delivered", Text("出库 → 签收", "sent → delivered")),
    "complete": ("delivered", "completed", Text("签收 → 完成", "delivered → completed")),
    "refund": ("requested", "refunded", Text("申请退款 → 退款", "refund asked for → refunded")),
}
MOMENTS = ("created", "paid", "shipped", "delivered", "completed", "requested", "refunded")
WHOLE = ("created", "completed")
HOUR = 60


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. ``hours`` the median of those who took it (None: nobody did), ``lost`` the share who did not."""

    id: str
    began: int
    ended: int
    hours: float | None

    @property
    def lost(self) -> float | None:
        """The share that began and has not ended; None when nothing began."""
        return 1 - self.ended / self.began if self.began else None


def _moments(reading: Reading) -> Frame:
    """One row per order: minutes of every step, its load and the day it was placed."""
    orders = reading.table("orders")
    sent = reading.table("shipments").filter(~nw.col("order_id").is_null()).group_by("order_id")
    parcels = sent.agg(sent_at=nw.col("shipped_at").min(), come_at=nw.col("delivered_at").max())
    asked = reading.table("returns").filter(~nw.col("order_id").is_null()).group_by("order_id")
    returns = asked.agg(asked_at=nw.col("requested_at").min(), back_at=nw.col("refunded_at").max())
    mine = ("order_id", "load_id", "row_no", "created_at", "paid_at", "completed_at", "shipped_at", "delivered_at")
    rows = orders.select(*mine).join(parcels, on="order_id", how="left").join(returns, on="order_id", how="left")
    return rows.select(
        "order_id",
        "load_id",
        "row_no",
        day=day_number(nw.coalesce("created_at", "paid_at")),
        created=minutes(nw.col("created_at")),
        paid=minutes(nw.col("paid_at")),
        shipped=minutes(nw.coalesce("sent_at", "shipped_at")),
        delivered=minutes(nw.coalesce("come_at", "delivered_at")),
        completed=minutes(nw.col("completed_at")),
        requested=minutes(nw.col("asked_at")),
        refunded=minutes(nw.col("back_at")),
    )


def _frame(reading: Reading, window: Window) -> pl.DataFrame:
    return collected(_moments(reading).filter(inside(window.days, "day")))


def steps(reading: Reading, window: Window) -> list[Step]:
    """Every step over the orders placed in the window."""
    rows = _frame(reading, window)
    return [_step(rows, name, start, end) for name, (start, end, _) in STEPS.items()]


def _step(rows: pl.DataFrame, name: str, start: str, end: str) -> Step:
    began = rows.filter(pl.col(start).is_not_null())
    took = (began[end] - began[start]).drop_nulls()
    took = took.filter(took >= 0)
    middle = took.median()
    hours = float(middle) / HOUR if isinstance(middle, int | float) else None
    return Step(id=name, began=began.height, ended=len(took), hours=hours)


def _answered(one: Step) -> Answered:
    return Answered(value=one.hours, n=one.ended)


def whole_way(reading: Reading, window: Window) -> Answered:
    """Median hours from order to completion."""
    return _answered(_step(_frame(reading, window), "all", *WHOLE))


def by_step(reading: Reading, window: Window) -> Mapping[str, Answered]:
    """Median hours of every step."""
    return {one.id: _answered(one) for one in steps(reading, window)}


FLOW = Analysed(answer=whole_way, groups={"flow_step": by_step})
