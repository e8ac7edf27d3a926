"""Member levels: how many members, how they come back, what they buy, and who moves up or down.

The level is that of a day, ``back`` days before the end of the data, where a history of levels was uploaded; only what
follows that day is counted. Without a history only the level of today is known, and it was earned by past purchases:
the gradient is then true by construction in part, and that is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import narwhals as nw
import polars as pl

from ecodash.analysis.rank_correlation import spearman
from ecodash.core.estimate import Caveat, Estimate
from ecodash.core.period import day_number, day_of
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number as day_of_column
from ecodash.metrics.collect import collected
from ecodash.metrics.comparable.contrast import Contrast
from ecodash.metrics.members.level_rank import ranked
from ecodash.metrics.reading import Reading

HISTORY = "level_history"
CIRCULAR = Caveat(
    "level_of_today",
    Text(
        "只有当前等级：等级本来就是靠以前的消费升上来的，所以等级越高复购越高，有一部分是必然的。"
        "上传“会员等级变更记录”（customer_id、level_from、member_level）后，按当时的等级计算。",
        "Only the level of today is known, and it was earned by past purchases, so part of the gradient is by construction. "
        "Upload the history of levels (customer_id, level_from, member_level) to use the level of the time.",
    ),
)
UNRANKED = Text(
    "看不出等级的高低顺序，所以没有梯度；等级名请带数字（如 V1、V2）或常用名（银卡、金卡）。",
    "The names do not say which level is higher, so there is no gradient; number them (V1, V2) or use common names.",
)


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level: its members on the day, how many bought in the days watched, and their share of members' sales in them."""

    name: str
    members: int
    again: Estimate
    sales: float


@dataclass(frozen=True, kw_only=True)
class Levels:
    """Levels from low to high on ``day``, watched for ``days`` days; ``gradient`` None where there is no order.

    ``as_of`` tells whether the level is that of ``day`` (a history was uploaded) or that of today.
    """

    day: date
    days: int
    as_of: bool
    levels: tuple[Level, ...]
    gradient: float | None
    caveats: tuple[Caveat, ...]


def levels(contrast: Contrast, *, days: int) -> Levels:
    """The levels of customers first seen by the day; no levels where none is known."""
    scope = contrast.scope
    end = day_number(scope.span.end)
    day = end - days
    reading = Reading(source=scope.source, as_of=scope.query.as_of)
    as_of = reading.loaded([HISTORY])
    people = contrast.exposure.people(scope).filter(nw.col("first_day") <= day)
    held = _held_on(reading, day) if as_of else people.select("customer_id", level="member_level")
    held = held.filter(~nw.col("level").is_null(), nw.col("level") != "")
    orders = scope.fact("orders").filter(nw.col("is_sale"), ~nw.col("seq").is_null(), nw.col("day") > day)
    bought = orders.group_by("customer_id").agg(nw.col("paid").sum())
    rows = (
        people.select("customer_id")
        .join(held, on="customer_id", how="inner")
        .join(bought, on="customer_id", how="left")
    )
    sums = rows.group_by("level").agg(
        n=nw.len(), again=(~nw.col("paid").is_null()).cast(nw.Int64).sum(), paid=nw.col("paid").sum()
    )
    table = collected(sums).with_columns(pl.col("paid").fill_null(0))
    order = ranked(table["level"].to_list())
    return Levels(
        day=day_of(day),
        days=days,
        as_of=as_of,
        levels=_levels(contrast, table, order),
        gradient=None if order is None else _gradient(table, order),
        caveats=() if as_of or table.is_empty() else (CIRCULAR,),
    )


def _held_on(reading: Reading, day: int) -> Frame:
    """customer_id and the level he had on the day: that of the last change up to it."""
    changes = reading.table(HISTORY).select("customer_id", "member_level", since=day_of_column(nw.col("level_from")))
    known = changes.filter(nw.col("since") <= day)
    last = known.group_by("customer_id").agg(nw.col("since").max())
    held = known.join(last, on=["customer_id", "since"], how="inner")
    return held.group_by("customer_id").agg(nw.col("member_level").max().alias("level"))


def _levels(contrast: Contrast, table: pl.DataFrame, order: Sequence[str] | None) -> tuple[Level, ...]:
    whole = float(table["paid"].sum() or 0)
    by_name = {row["level"]: row for row in table.sort("n", "level", descending=[True, False]).to_dicts()}
    return tuple(
        Level(
            name=name,
            members=int(by_name[name]["n"]),
            again=contrast.rate((int(by_name[name]["again"]), int(by_name[name]["n"])), "level"),
            sales=by_name[name]["paid"] / whole if whole else 0.0,
        )
        for name in (order or by_name)
    )


def _gradient(table: pl.DataFrame, order: Sequence[str]) -> float | None:
    share = {row["level"]: row["again"] / row["n"] for row in table.to_dicts()}
    return spearman(list(range(len(order))), [share[name] for name in order])
