"""Where a lot decided who gets something: the difference in repurchase is the effect, no adjustment is needed."""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.analysis.difference import Difference
from ecodash.analysis.risk_difference import Arm, mean_difference, risk_difference
from ecodash.core.decimals import SCALE
from ecodash.core.period import day_number
from ecodash.core.text import Text
from ecodash.facts.calendar import day_number as day_of_column
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import Scope

TABLE = "experiments"
UPLOAD = Text(
    "要知道会员或私域本身带来了多少，需要随机对照：随机留出一部分顾客不给权益或不加好友，再上传“随机对照名单”"
    "（experiment_id、customer_id、arm = treated / held_out、assigned_at）。",
    "To know what the programme itself brings takes a randomised holdout: keep some customers out by lot, then upload the "
    "list (experiment_id, customer_id, arm = treated / held_out, assigned_at).",
)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One experiment: customers of either arm, the effect on the share who bought within ``days``, and on what they spent.

    None where an arm is empty. Customers who did not buy count as 0.
    """

    experiment: str
    days: int
    treated: int
    held_out: int
    share: Difference | None
    spend: Difference | None


def effects(scope: Scope, *, days: int) -> tuple[Effect, ...]:
    """One per experiment, over customers drawn at least ``days`` days before the end of the data; empty without a list."""
    reading = Reading(source=scope.source, as_of=scope.query.as_of)
    if not reading.loaded([TABLE]):
        return ()
    drawn = reading.table(TABLE).with_columns(drawn=day_of_column(nw.col("assigned_at")))
    end = day_number(scope.span.end)
    drawn = drawn.filter(nw.col("drawn") + days <= end).select("experiment_id", "customer_id", "arm", "drawn")
    orders = scope.fact("orders").filter(nw.col("is_sale"), ~nw.col("seq").is_null())
    since = nw.col("day") - nw.col("drawn")
    met = orders.join(drawn, on="customer_id", how="inner").filter(since > 0, since <= days)
    keys = ("experiment_id", "customer_id")
    spent = collected(met.group_by(*keys).agg(nw.col("paid").sum()))
    people = collected(drawn).join(spent, on=list(keys), how="left")
    table = people.select(
        "experiment_id", "arm", y=pl.col("paid").is_not_null().cast(pl.Int64), paid=pl.col("paid").fill_null(0) / SCALE
    )
    return tuple(_effect(part, days) for part in table.sort("experiment_id").partition_by("experiment_id"))


def _effect(part: pl.DataFrame, days: int) -> Effect:
    arms = {name: part.filter(pl.col("arm") == name) for name in ("treated", "held_out")}
    shares, money = ([_arm(rows[column]) for rows in arms.values()] for column in ("y", "paid"))
    return Effect(
        experiment=part["experiment_id"][0],
        days=days,
        treated=arms["treated"].height,
        held_out=arms["held_out"].height,
        share=risk_difference(*shares),
        spend=mean_difference(*money),
    )


def _arm(values: pl.Series) -> Arm:
    known = values.cast(pl.Float64)
    return Arm(n=len(known), total=float(known.sum()), squares=float((known * known).sum()))
