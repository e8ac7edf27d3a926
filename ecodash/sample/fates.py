"""What becomes of an order: paid or not, sent, delivered, returned. Whatever lies after the last day is not known yet."""

from datetime import datetime, time, timedelta

import numpy as np
import polars as pl

from ecodash.sample.brand import PLATFORMS, PRODUCTS
from ecodash.sample.parcels import routed
from ecodash.sample.plan import UNPAID, Plan

CHANGED_MIND = 0.02  # refunded in full before dispatch
RETURNED = 0.03  # of the lines, after delivery
RETURNED_IN_WAVE = 0.6  # of the faulty tees
DAY = 86_400
STEPS = {"paid_at": "paying", "sent_at": "handling", "delivered_at": "transit", "done_at": "done"}
FREE_FROM, SHIPPING = 9_900, 800  # at home, in fen
FREE_FROM_ABROAD, SHIPPING_ABROAD = 5_000, 600  # in cents


def settle(plan: Plan, orders: pl.DataFrame, lines: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Orders with their times, money and ``fate``; lines with ``refund``.

    ``fate`` is one of pending, unpaid, paid, sent, done, cancelled (refunded before dispatch), returned (in full) and
    part_returned. ``paid`` is null when nothing was paid; ``due`` is what was or would have been paid.
    """
    dice = plan.dice(3)
    timed = _timed(plan, orders, dice)
    lines = lines.with_columns(returned=_returned(plan, timed, lines, dice))
    timed = _with_money(timed, lines)
    timed = _with_refunds(plan, timed, dice)
    full = pl.col("fate").is_in(["cancelled", "returned"])
    of_order = timed.select("order", "fate")
    lines = lines.join(of_order, on="order", maintain_order="left").with_columns(
        refund=pl.when(full | (pl.col("returned") & (pl.col("fate") == "part_returned"))).then("due").otherwise(0)
    )
    return timed, lines.drop("returned", "fate")


def _timed(plan: Plan, orders: pl.DataFrame, dice: np.random.Generator) -> pl.DataFrame:
    """Adds order number, created, paid_at, sent_at, promised_at, delivered_at and done_at; null when it has not happened."""
    n, cutoff = orders.height, plan.last_moment
    sure = ((pl.col("cause") == "brushing") | (pl.col("fulfilment") == "instore")).fill_null(value=False)
    wait = pl.Series(np.minimum(8 + dice.exponential(70, n), 1500))
    rows = routed(plan, orders).with_columns(
        order=pl.int_range(0, pl.len()),
        created=pl.lit(datetime.combine(plan.period.start, time()))
        + pl.duration(days=pl.col("day"), seconds=pl.col("second")),
        paying=pl.when(sure).then(pl.lit(wait) / 10).when(pl.Series(dice.random(n) >= UNPAID)).then(pl.lit(wait)),
    )
    before = "created"
    for name, seconds in STEPS.items():
        when = pl.col(before) + pl.duration(seconds=pl.col(seconds).floor().cast(pl.Int64))
        rows = rows.with_columns(pl.when(when <= cutoff).then(when).alias(name))
        before = name
    promised = pl.col("sent_at") + pl.duration(seconds=pl.col("promise").floor().cast(pl.Int64))
    changed = pl.Series(dice.random(n) < CHANGED_MIND) & ~rows.select(sure).to_series()
    return rows.with_columns(changed=changed & rows["paid_at"].is_not_null(), promised_at=promised).drop(
        "paying", *[seconds for seconds in STEPS.values() if seconds != "paying"], "promise"
    )


def _returned(plan: Plan, timed: pl.DataFrame, lines: pl.DataFrame, dice: np.random.Generator) -> pl.Series:
    """For each line, whether it comes back after delivery."""
    faulty = [i for i, p in enumerate(PRODUCTS) if p.sku in plan.wave_skus]
    paid_day = lines.select(pl.lit(timed["paid_at"]).gather(pl.col("order")).dt.date().alias("day"))["day"]
    wave = lines["product"].is_in(faulty) & paid_day.is_between(plan.wave.start, plan.wave.end).fill_null(value=False)
    chance = np.where(wave.to_numpy(), RETURNED_IN_WAVE, RETURNED)
    faked = lines.select(pl.lit(timed["cause"] == "brushing").gather(pl.col("order"))).to_series()
    chance = np.where(faked.to_numpy(), 0.0, chance)
    return pl.Series(dice.random(lines.height) < chance)


def _with_money(timed: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Adds goods, discount, platform_discount, shipping, due, and what of it comes back, from the lines."""
    money = lines.group_by("order", maintain_order=True).agg(
        pl.col("gross", "discount", "platform_discount", "qty").sum(),
        goods_due=pl.col("due").sum(),
        returning=pl.col("due").filter(pl.col("returned")).sum(),
        lines=pl.len(),
    )
    overseas = pl.col("platform").is_in([p.name for p in PLATFORMS if p.overseas])
    free = pl.col("platform").is_in([p.name for p in PLATFORMS if p.free_shipping])
    abroad = pl.when(pl.col("goods_due") < FREE_FROM_ABROAD).then(SHIPPING_ABROAD).otherwise(0)
    home = pl.when(pl.col("goods_due") < FREE_FROM).then(SHIPPING).otherwise(0)
    return (
        timed.join(money, on="order", maintain_order="left")
        .with_columns(shipping=pl.when(free).then(0).when(overseas).then(abroad).otherwise(home).cast(pl.Int64))
        .with_columns(due=pl.col("goods_due") + pl.col("shipping"))
    )


def _with_refunds(plan: Plan, timed: pl.DataFrame, dice: np.random.Generator) -> pl.DataFrame:
    """Adds requested_at, refunded_at, refund, paid and fate."""
    n, cutoff = timed.height, plan.last_moment
    asked = pl.lit(pl.Series(dice.uniform(0.3, 5.0, n) * DAY).cast(pl.Int64))
    wait = pl.lit(pl.Series(dice.uniform(0.1, 2.5, n) * DAY).cast(pl.Int64))
    shown = pl.col("platform").is_in([p.name for p in PLATFORMS if p.refunds_shown])
    early = pl.col("created") + pl.duration(seconds=900) + pl.duration(seconds=asked // 40)
    late = pl.col("delivered_at") + pl.duration(seconds=asked)
    recent = pl.col("created") > cutoff - timedelta(days=1)
    timed = (
        timed.with_columns(
            requested_at=pl.when("changed").then(early).when(shown & (pl.col("returning") > 0)).then(late)
        )
        .with_columns(refunded_at=pl.col("requested_at") + pl.duration(seconds=wait))
        .with_columns(refunded_at=pl.when(pl.col("refunded_at") <= cutoff).then("refunded_at"))
        .with_columns(fate=_fate(recent))
    )
    gone = pl.col("fate") == "cancelled"
    refund = pl.when(pl.col("fate").is_in(["cancelled", "returned"])).then("due")
    return timed.with_columns(
        pl.when(~gone).then(pl.col("sent_at", "promised_at", "delivered_at", "done_at")),
        paid=pl.when(pl.col("paid_at").is_not_null()).then("due"),
        refund=refund.when(pl.col("fate") == "part_returned").then("returning").otherwise(0),
    ).drop("changed", "returning")


def _fate(recent: pl.Expr) -> pl.Expr:
    """One word for where the order stands on the last day."""
    back = pl.col("refunded_at").is_not_null()
    word = pl.lit
    return (
        pl.when(pl.col("paid_at").is_null())
        .then(pl.when(recent).then(word("pending")).otherwise(word("unpaid")))
        .when(back & pl.col("changed"))
        .then(word("cancelled"))
        .when(back & (pl.col("returning") == pl.col("goods_due")))
        .then(word("returned"))
        .when(back)
        .then(word("part_returned"))
        .when(pl.col("done_at").is_not_null())
        .then(word("done"))
        .when(pl.col("sent_at").is_not_null())
        .then(word("sent"))
        .otherwise(word("paid"))
    )
