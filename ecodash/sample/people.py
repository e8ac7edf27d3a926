"""The buyers of the mini-program and the stores: the loyalty programme they join, the guide who adds them.

The programme changes nothing. Who has just paid for the first, second or a later time joins with the chance
``plan.JOINS`` says, whatever he will do afterwards: keen buyers pay more often, so more of them join. Given how often a
customer has bought so far, joining is a coin; everything that makes members look better lies in their history.
"""

import polars as pl

from ecodash.sample.plan import JOINS, Plan

FAMILY = ("youzan", "store")
LEVELS = ((1_000_00, "V4"), (600_00, "V3"), (250_00, "V2"), (0, "V1"))
GUIDES = (("小示", "xiaoshi", "门店一部"), ("小例", "xiaoli", "门店二部"), ("小样", "xiaoyang", "线上客服部"))


def people(plan: Plan, orders: pl.DataFrame) -> pl.DataFrame:
    """One row per buyer of the mini-program.

    buyer, first, bought, spent, refund, refunds, last, place, joined, met, level, guide: times are null where it never
    happened, ``level`` is null for who has not joined.
    """
    own = orders.filter(pl.col("platform") == FAMILY[0]).sort("buyer", "created", "order")
    rows = own.group_by("buyer", maintain_order=True).agg(
        first=pl.col("created").min(),
        bought=pl.col("paid").is_not_null().sum(),
        spent=pl.col("paid").sum(),
        refund=pl.col("refund").sum(),
        refunds=(pl.col("refund") > 0).sum(),
        last=pl.col("paid_at").max(),
        place=pl.col("place").first(),
        met=pl.col("met").first(),
    )
    known = rows.join(_joined(plan, own), on="buyer", how="left", maintain_order="left")
    start = pl.lit(plan.period.start).cast(pl.Datetime("us"))
    kept = pl.col("spent") - pl.col("refund")
    grades = [pl.when(kept >= least).then(pl.lit(name)) for least, name in LEVELS]
    clock = 36_000 + pl.col("buyer") * 7_919 % 36_000
    return known.with_columns(
        level=pl.when(pl.col("joined").is_not_null()).then(pl.coalesce(grades)),
        met=start + pl.duration(days=pl.col("met"), seconds=clock),
        guide=pl.Series(plan.dice(5).integers(0, len(GUIDES), rows.height)),
    )


def _joined(plan: Plan, orders: pl.DataFrame) -> pl.DataFrame:
    """Buyer and joined, for those who join: minutes after the payment at which the coin fell so."""
    dice = plan.dice(4)
    paid = orders.filter(pl.col("paid_at").is_not_null()).sort("buyer", "paid_at", "order")
    times = pl.int_range(pl.len()).over("buyer").clip(0, len(JOINS) - 1)
    joins = pl.lit(pl.Series(JOINS)).gather(times)
    rows = paid.with_columns(lucky=pl.Series(dice.random(paid.height)) < joins)
    wait = pl.lit(pl.Series(dice.integers(30, 600, paid.height)))
    midnight = pl.col("paid_at").dt.truncate("1d") + pl.duration(seconds=86_399)
    at = pl.min_horizontal(pl.col("paid_at") + pl.duration(seconds=wait), midnight)
    rows = rows.with_columns(joined=at).filter("lucky", pl.col("joined") <= plan.last_moment)
    return rows.group_by("buyer", maintain_order=True).agg(pl.col("joined").min())
