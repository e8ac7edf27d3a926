"""Fact ``refunds``: one row per order and day on which money went back; never more than was paid."""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.calendar import day_number, with_month
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T
from ecodash.facts.money import converted, smaller
from ecodash.facts.returned import accepted

COLUMNS = (
    C("order_id", T.ID, Text("订单号（红字单为其单号）", "order id (of the credit itself for a credit)")),
    C("customer_id", T.ID, Text("客户编号", "customer id")),
    C("day", T.DAY, Text("退款日；未知时取订单口径日", "day of the refund; day of the order when unknown")),
    C("month", T.MONTH, Text("退款月", "month of the refund")),
    C("dated", T.FLAG, Text("退款日是否已知", "whether the day is known")),
    C("order_day", T.DAY, Text("订单口径日", "day of the order")),
    C("channel_id", T.TEXT, Text("渠道", "channel")),
    C("platform", T.TEXT, Text("平台", "platform")),
    C("domain", T.TEXT, Text("公私域", "domain")),
    C("store_id", T.TEXT, Text("门店", "store")),
    C("province", T.TEXT, Text("省份", "province")),
    C("country", T.TEXT, Text("国家", "country")),
    C("buyer", T.TEXT, Text("订单当时的买家类型", "kind of buyer as of the order")),
    C("kind", T.TEXT, Text("sale 订单退款；credit 红字单", "sale: refund of an order; credit: credit document")),
    C("refund", T.MONEY, Text("退款", "refund")),
    C("net_refund", T.MONEY, Text("其中冲减净销售额的部分", "part of it that lowers net sales")),
)


KEPT = ("customer_id", "channel_id", "platform", "domain", "store_id", "province", "country", "buyer", "kind")


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per document and refund day, columns ``COLUMNS``; Σ refund and Σ net_refund equal those of the orders."""
    del settings
    given = frames["fact.orders"].filter(nw.col("refund") > 0)
    steps = _stepped(_events(given, frames["fact.placed_returns"]))
    summed = steps.group_by("order_id", "event_day").agg(
        *(nw.col(name).sum().cast(nw.Int64) for name in ("step", "net_step", "known"))
    )
    told = given.select("order_id", *KEPT, "day")
    rows = summed.filter(nw.col("step") > 0).join(told, on="order_id", how="inner")
    named = rows.select(
        *("order_id", *KEPT),
        day=nw.col("event_day"),
        dated=nw.col("known") > 0,
        order_day=nw.col("day"),
        refund=nw.col("step"),
        net_refund=nw.col("net_step"),
    )
    return with_month(named).select(*(column.name for column in COLUMNS))


def _events(given: Frame, returns: Frame) -> Frame:
    """Refund events of each document: its accepted returns, then (``last``) whatever the document itself states."""
    left_out = nw.when(nw.col("kind") == "credit").then(nw.col("refund")).otherwise(nw.col("base") - nw.col("net"))
    caps = given.select(
        *("order_id", "rate", "refund", "refund_day"), net_cap=left_out.cast(nw.Int64), order_day=nw.col("day")
    )
    own = caps.with_columns(amount=nw.col("refund"), return_id=nw.lit(""), last=nw.lit(1), event=nw.col("refund_day"))
    back = accepted(returns).select("order_id", "return_id", "refund_amount", event=day_number(nw.col("refunded_at")))
    theirs = back.join(caps, on="order_id", how="inner").with_columns(amount=converted("refund_amount"), last=nw.lit(0))
    columns = ("order_id", "amount", "return_id", "last", "event", "refund", "refund_day", "net_cap", "order_day")
    events = nw.concat([own.select(*columns), theirs.select(*columns)])
    return events.with_columns(event_day=nw.coalesce("event", "refund_day", "order_day"))


def _stepped(events: Frame) -> Frame:
    """Each event with what it adds, so that the sum never passes the refund of the document (partial, then full)."""
    running = nw.col("amount").cum_sum().over("order_id", order_by=("last", "event_day", "return_id"))
    rows = events.with_columns(upto=running.cast(nw.Int64))
    before = nw.col("upto") - nw.col("amount")
    known = ~nw.coalesce("event", "refund_day").is_null()
    return rows.with_columns(
        step=smaller(nw.col("upto"), nw.col("refund")) - smaller(before, nw.col("refund")),
        net_step=smaller(nw.col("upto"), nw.col("net_cap")) - smaller(before, nw.col("net_cap")),
        known=known.cast(nw.Int64),
    )


REFUNDS = Fact(
    name="refunds",
    label=Text("退款", "Refunds"),
    grain=Text("每张单据每个退款日一行", "one row per document and refund day"),
    columns=COLUMNS,
    reads=(Read(name="fact.orders", key="order_id"), Read(name="fact.placed_returns", key="order_id")),
    refresh_by="order_id",
    build=build,
)
