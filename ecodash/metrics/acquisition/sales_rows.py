"""Rows of indicators about where orders come from: referrals, group buying, content channels, payment, first orders."""

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.core.period import day_number as number_of
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Window
from ecodash.metrics.indicators.cells import CLUSTER
from ecodash.metrics.indicators.gmv_shares import orders_that, said
from ecodash.metrics.indicators.sold import ORIGIN, SPLITS, buyers, sales, with_kind
from ecodash.metrics.metric import Measured, OfWindow, Spread, Summary
from ecodash.metrics.parcels import minutes
from ecodash.metrics.reading import Reading

CONTENT = ("live", "social")
"""Kinds of channels where people come for the content. Source: framework, ``content_gmv_share``."""
FIRST_ORDER_DAYS = 30
COMPLETED = "completed"


def referred(reading: Reading) -> Frame:
    """One row per order that a share or invite led to: order_id, via."""
    rows = reading.table("referrals").filter(~nw.col("order_id").is_null())
    return rows.group_by("order_id").agg(via=nw.col("via").min())


def _marked(rows: Frame, marks: Frame) -> Frame:
    """Orders with ``above`` 1 where ``marks`` names them, ``below`` 1."""
    found = rows.join(marks.select("order_id", above=nw.lit(1)), on="order_id", how="left")
    return found.select(*ORIGIN, *SPLITS, above=nw.col("above").fill_null(0), below=nw.lit(1))


def _referral_orders(reading: Reading) -> Frame:
    return _marked(sales(reading), referred(reading))


def _media_orders(reading: Reading) -> Frame:
    done = sales(reading).filter(nw.col("status") == COMPLETED)
    shown = reading.table("reviews").filter(nw.col("has_media"), ~nw.col("order_id").is_null())
    return _marked(done, shown.select("order_id").unique())


def _group_orders(reading: Reading) -> Frame:
    of_group = reading.table("orders").select("order_id", "group_id")
    rows = sales(reading).join(of_group, on="order_id", how="left")
    known = ~nw.col("group_id").is_null()
    together = (nw.col("order_type") == "group").fill_null(value=False) | known
    return rows.select(*ORIGIN, *SPLITS, above=together.cast(nw.Int64), below=nw.lit(1))


def _content(reading: Reading, rows: Frame) -> Frame:
    return with_kind(rows, reading).with_columns(belongs=nw.col("channel_kind").is_in(CONTENT))


def _sharers(reading: Reading, window: Window) -> Frame:
    """Buyers of the window; ``above`` 1 for those who had shared by the end of it."""
    shared = reading.table("referrals").with_columns(day=day_number(nw.col("shared_at")))
    shared = shared.filter(nw.col("day") <= number_of(window.days.end), ~nw.col("referrer_id").is_null())
    marks = shared.select(customer_id=nw.col("referrer_id"), above=nw.lit(1)).unique()
    rows = buyers(sales(reading, window), window, orders=nw.len()).join(marks, on="customer_id", how="left")
    return rows.select(*ORIGIN, above=nw.col("above").fill_null(0), below=nw.lit(1))


def _cycle(reading: Reading) -> Frame:
    """Minutes from the share to the payment of the order it led to."""
    paid = reading.table("orders").select("order_id", "paid_at")
    rows = reading.table("referrals").join(paid, on="order_id", how="inner")
    took = minutes(nw.col("paid_at")) - minutes(nw.col("shared_at"))
    day = day_number(nw.col("shared_at"))
    found = rows.select("load_id", "row_no", day=day, by_via=nw.col("via"), above=took)
    return found.filter(nw.col("above") >= 0)


def _saving(reading: Reading) -> Frame:
    """Solo price less group price of groups that came about."""
    rows = reading.table("groups").filter(nw.col("succeeded"))
    size, day = nw.col("required_size").cast(nw.String), day_number(nw.col("opened_at"))
    saved = nw.col("solo_price") - nw.col("group_price")
    found = rows.select("load_id", "row_no", day=day, by_group_size=size, above=saved)
    return found.filter(~nw.col("above").is_null(), ~nw.col("day").is_null())


def _paid(reading: Reading) -> Frame:
    """Orders created; ``above`` 1 where they were paid."""
    rows = reading.table("orders").filter(~nw.col("created_at").is_null())
    return rows.select(
        *("load_id", "row_no"),
        day=day_number(nw.col("created_at")),
        by_payment=nw.col("payment_method"),
        by_country=nw.col("ship_country"),
        by_channel=nw.col("channel_id"),
        above=(~nw.col("paid_at").is_null()).cast(nw.Int64),
        below=nw.lit(1),
    )


def _signed_up(reading: Reading) -> Frame:
    """Customers registered 30 days or more ago; ``above`` 1 when the first order came within 30 days of that.

    Who had bought before registering had no first order left to make and is left out.
    """
    span = reading.source.data_end(as_of=reading.as_of)
    end = number_of(span.end) if span else 0
    first = reading.fact("customers").select("customer_id", "first_day")
    rows = reading.table("customers").filter(~nw.col("registered_at").is_null())
    rows = rows.with_columns(customer_id=nw.coalesce("person_id", "customer_id"))
    found = rows.join(first, on="customer_id", how="left").with_columns(day=day_number(nw.col("registered_at")))
    wait = nw.col("first_day") - nw.col("day")
    old = found.filter(nw.col("day") + FIRST_ORDER_DAYS <= end, wait.is_null() | (wait >= 0))
    soon = (wait <= FIRST_ORDER_DAYS).fill_null(value=False)
    return old.select(
        "load_id", "row_no", "day", by_channel=nw.col("first_channel_id"), above=soon.cast(nw.Int64), below=nw.lit(1)
    )


def by_source(reading: Reading, window: Window) -> Frame:
    """Sales of the window by where they came from: the way of sharing, else the channel."""
    rows = sales(reading, window).join(referred(reading), on="order_id", how="left")
    via = nw.concat_str(nw.lit("referral:"), nw.col("via").fill_null("share"))
    cell = nw.when(~nw.col("via").is_null()).then(via).otherwise(nw.col("channel_id").fill_null(""))
    return rows.select(*ORIGIN, cell=cell, amount=nw.col("paid"), **CLUSTER)


def by_payment(reading: Reading, window: Window) -> Frame:
    """Sales of the window by method of payment; orders that do not say it are left out."""
    rows = sales(reading, window).filter(~nw.col("payment_method").is_null())
    return rows.select(*ORIGIN, cell=nw.col("payment_method"), amount=nw.lit(SCALE), **CLUSTER)


REFERRAL_ORDERS = Measured(rows=_referral_orders, summary=Summary.RATIO, spread=Spread.CASES)
MEDIA_ORDERS = Measured(rows=_media_orders, summary=Summary.RATIO, spread=Spread.CASES)
GROUP_ORDERS = Measured(rows=_group_orders, summary=Summary.RATIO, spread=Spread.CASES)
CONTENT_SALES = orders_that(_content, said("channels", "kind"))
SHARERS = OfWindow(rows=_sharers, summary=Summary.RATIO, spread=Spread.CASES)
CYCLE = Measured(rows=_cycle, summary=Summary.MEDIAN, scale=(60, 1))
SAVING = Measured(rows=_saving, summary=Summary.MEDIAN, scale=(SCALE, 1))
PAID = Measured(rows=_paid, summary=Summary.RATIO, spread=Spread.CASES)
SIGNED_UP = Measured(rows=_signed_up, summary=Summary.RATIO, spread=Spread.CASES)
