"""Where loyalty points are spent: in another kind of channel than where they were earned, first earned first spent."""

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.reading import Reading


def _spent(reading: Reading) -> Frame:
    """Uses of points whose earning is known; ``above`` the points of another kind of channel, ``below`` all of them."""
    kinds = reading.table("channels").select("channel_id", channel_kind=nw.col("kind"))
    rows = reading.table("points_ledger").join(kinds, on="channel_id", how="left")
    moved = rows.filter(~nw.col("at").is_null(), nw.col("points") != 0)
    names = ("load_id", "row_no", "customer_id", "at", "points", "channel_kind", "channel_id")
    found = matched(collected(moved.select(*names, day=day_number(nw.col("at")))))
    return nw.from_native(found.lazy())


def matched(ledger: pl.DataFrame) -> pl.DataFrame:
    """One row per use and earning it draws on, points Int64: uses take the oldest points first.

    What a customer spends beyond what he is known to have earned (a balance from before the data) is left out.
    """
    moves = ledger.sort("customer_id", "at", "row_no").with_columns(
        balance=pl.col("points").cum_sum().over("customer_id")
    )
    debt = pl.min_horizontal(pl.col("balance").cum_min().over("customer_id"), 0)
    grown = debt.shift(1).over("customer_id").fill_null(0) - debt
    moves = moves.with_columns(spent=-pl.col("points") - pl.when(pl.col("points") < 0).then(grown).otherwise(0))
    earned = _spans(moves.filter(pl.col("points") > 0), pl.col("points"))
    used = _spans(moves.filter(pl.col("spent") > 0), pl.col("spent"))
    cuts = pl.concat([earned.select("customer_id", "upto"), used.select("customer_id", "upto")]).unique()
    cuts = cuts.sort("customer_id", "upto").with_columns(start=pl.col("upto").shift(1).over("customer_id").fill_null(0))
    parts = cuts.sort("upto").join_asof(used, on="upto", by="customer_id", strategy="forward", check_sortedness=False)
    parts = parts.join_asof(
        earned.select("customer_id", "upto", from_kind="kind"),
        on="upto",
        by="customer_id",
        strategy="forward",
        check_sortedness=False,
    )
    known = parts.filter(pl.col("kind").is_not_null(), pl.col("from_kind").is_not_null())
    taken = pl.col("upto") - pl.col("start")
    other = pl.when(pl.col("kind") != pl.col("from_kind")).then(taken).otherwise(0)
    cluster = pl.col("customer_id")
    return known.select("load_id", "row_no", "day", "by_channel", above=other, below=taken, cluster=cluster)


def _spans(moves: pl.DataFrame, points: pl.Expr) -> pl.DataFrame:
    """The moves with ``upto``, the running total of the customer up to and with each of them, sorted by it."""
    names = {"kind": pl.col("channel_kind"), "by_channel": pl.col("channel_id")}
    total = points.cum_sum().over("customer_id")
    return moves.select("load_id", "row_no", "customer_id", "day", upto=total, **names).sort("upto")


POINTS = (
    indicator(
        "points_cross_use_share",
        Measured(rows=_spent, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE)),
    ),
)
