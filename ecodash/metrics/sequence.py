"""The funnel of the first, second, third … purchase, each given the same number of days."""

from dataclasses import replace

import narwhals as nw
import polars as pl

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics import caveats
from ecodash.metrics.answers import Asked
from ecodash.metrics.collect import collected, named, total
from ecodash.metrics.metric import Sequence
from ecodash.metrics.scope import Scope, inside, rows_of

COLUMNS = ("load_id", "row_no", "order_id", "customer_id", "day", "channel_id", "platform", "kind")


def steps(scope: Scope, how: Sequence) -> tuple[Frame, Frame]:
    """Purchases that could be followed, and those that follow one in time; both with ``step`` (k of k → k + 1).

    The first: k-th purchases in the window watched for the horizon. The second: (k+1)-th purchases at most the
    horizon after such a k-th purchase.
    """
    end, horizon = day_number(scope.span.end), scope.query.horizon
    wide = replace(scope, window=replace(scope.window, end=max(scope.span.end, scope.window.end)))
    number, before = ("day_seq", "prev_day") if how.grain == "day" else ("seq", "prev_order_day")
    rows = rows_of(wide, "orders", (), keep=named(*COLUMNS, number, before, "opens_day"))
    rows = rows.filter(nw.col(number) <= scope.query.steps + 1)
    if how.grain == "day":
        rows = rows.filter(nw.col("opens_day").fill_null(False))
    made = rows.filter(inside(scope.window, "day"), nw.col(number) <= scope.query.steps)
    watched = (nw.col("day") <= end - horizon).cast(nw.Int64)
    ready = nw.col(before) <= end - horizon
    followed = rows.filter(inside(scope.window, before), ready, nw.col("day") - nw.col(before) <= horizon)
    return (
        made.with_columns(step=nw.col(number).cast(nw.Int64), watched=watched, made=nw.lit(1)),
        followed.with_columns(step=nw.col(number).cast(nw.Int64) - 1, followed=nw.lit(1)),
    )


def counts(scope: Scope, how: Sequence) -> pl.DataFrame:
    """Per group and step: purchases ``made``, ``watched`` for the horizon and ``followed`` in time; one pass."""
    first, last = day_number(scope.window.start), day_number(scope.window.end)
    end, horizon = day_number(scope.span.end), scope.query.horizon
    wide = replace(scope, window=replace(scope.window, end=max(scope.span.end, scope.window.end)))
    number, before = ("day_seq", "prev_day") if how.grain == "day" else ("seq", "prev_order_day")
    rows = rows_of(wide, "orders", (), keep=named("day", number, before, "opens_day"))
    rows = rows.filter(nw.col(number) <= scope.query.steps + 1)
    if how.grain == "day":
        rows = rows.filter(nw.col("opens_day"))
    day, earlier, latest = nw.col("day"), nw.col(before), min(end - horizon, last)
    followed = (earlier <= latest) & (day - earlier <= horizon)  # unknown where there is none before: not counted
    if first > day_number(scope.span.start):
        followed = followed & (earlier >= first)
    marks = rows.select(
        *scope.groups,
        step=nw.col(number),
        made=(day <= last).cast(nw.Int32),
        watched=(day <= latest).cast(nw.Int32),
        followed=followed.cast(nw.Int32),
    )
    key = (*scope.groups, "step")
    table = collected(marks.group_by(*key).agg(**{name: total(name) for name in ("made", "watched", "followed")}))
    after = table.select(*scope.groups, pl.col("step") - 1, "followed")
    shown = table.drop("followed").filter(pl.col("made") > 0, pl.col("step") <= scope.query.steps)
    return shown.join(after, on=key, how="left").fill_null(0).sort(key)


def answer(asked: Asked, how: Sequence) -> list[Estimate]:
    """One estimate per step and group, ``by["step"]`` = k; steps nobody could yet be watched for are ``immature``."""
    scope = asked.scope
    table = counts(scope, how)
    if table.is_empty():
        return [asked.nothing()]
    return [_step(asked, row) for row in table.iter_rows(named=True)]


def _step(asked: Asked, row: dict[str, int]) -> Estimate:
    scope, days = asked.scope, asked.scope.query.horizon
    codes = tuple(row[g] for g in scope.groups)
    left = row["made"] - row["watched"]
    if row["watched"]:
        estimate = asked.share(row["followed"], row["watched"], codes)
    else:
        step = row["step"]
        words = Text(f"还没有满 {days} 天的第 {step} 次购买。", f"no purchase number {step} is {days} days old yet.")
        estimate = asked.blank(Status.IMMATURE, caveats.immature(words), codes)
    warned = asked.warned(estimate, codes, more=[caveats.not_watched(left, days)] if left else [])
    return replace(warned, by={**warned.by, "step": str(row["step"])})
