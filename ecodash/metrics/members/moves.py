"""Who moved up and who moved down: changes of level from a history of levels, month by month."""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.core.period import day_number
from ecodash.facts.calendar import day_number as day_of_column
from ecodash.metrics.collect import collected
from ecodash.metrics.members.level_rank import ranked
from ecodash.metrics.members.levels import HISTORY
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import Scope

MONTHS: dict[str, type[pl.DataType]] = {"start": pl.Date, "up": pl.Int64, "down": pl.Int64}
STEPS: dict[str, type[pl.DataType]] = {"before": pl.String, "after": pl.String, "n": pl.Int64}


@dataclass(frozen=True, kw_only=True)
class Moves:
    """``months``: one row per month with how many moved ``up`` and ``down``; ``steps``: one per level before and after.

    The first level of a member is no move; a lost level is not counted. Levels without an order are no move either.
    """

    months: pl.DataFrame
    steps: pl.DataFrame


def moves(scope: Scope) -> Moves | None:
    """Changes within the window; None where no history of levels was uploaded or its names have no order."""
    reading = Reading(source=scope.source, as_of=scope.query.as_of)
    if not reading.loaded([HISTORY]):
        return None
    rows = reading.table(HISTORY).select("customer_id", "member_level", day=day_of_column(nw.col("level_from")))
    changes = (
        collected(rows)
        .sort("customer_id", "day")
        .with_columns(before=pl.col("member_level").shift(1).over("customer_id"))
    )
    known = changes.filter(pl.col("before").is_not_null(), pl.col("member_level").is_not_null())
    order = ranked([*known["before"], *known["member_level"]])
    if order is None:
        return None
    rank = dict(zip(order, range(len(order)), strict=True))
    first, last = day_number(scope.window.start), day_number(scope.window.end)
    climbed = (pl.col(name).replace_strict(rank, return_dtype=pl.Int64) for name in ("member_level", "before"))
    step = next(climbed) - next(climbed)
    moved = known.filter(pl.col("day").is_between(first, last)).with_columns(step=step).filter(pl.col("step") != 0)
    month = pl.col("day").cast(pl.Int32).cast(pl.Date).dt.truncate("1mo")
    months = moved.group_by(start=month).agg(up=(pl.col("step") > 0).sum(), down=(pl.col("step") < 0).sum())
    steps = moved.group_by("before", after="member_level").agg(n=pl.len())
    return Moves(
        months=months.sort("start").cast(MONTHS),  # type: ignore[arg-type]
        steps=steps.sort("n", "before", "after", descending=[True, False, False]).cast(STEPS),  # type: ignore[arg-type]
    )
