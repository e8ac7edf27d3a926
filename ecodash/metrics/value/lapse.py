"""After how long a silence a customer of this shop has lapsed, and how many are active, at risk and lapsed."""

from dataclasses import dataclass
from datetime import date

import narwhals as nw
import polars as pl

from ecodash.analysis import lapse
from ecodash.analysis.kaplan_meier import kaplan_meier
from ecodash.analysis.lapse import LapsePoint
from ecodash.analysis.refused import Refused
from ecodash.core.period import day_number
from ecodash.metrics.collect import collected, total
from ecodash.metrics.scope import Scope
from ecodash.metrics.value.purchases import customers
from ecodash.metrics.waiting import waits_of_all

STANDINGS = ("active", "at_risk", "lapsed")
SCHEMA = {
    "standing": pl.String,
    "customers": pl.Int64,
    "money": pl.Float64,
    "customer_share": pl.Float64,
    "money_share": pl.Float64,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Standings:
    """The lapse point (or why there is none) and, as of a day, one row per standing; no rows without a point."""

    as_of: date
    point: LapsePoint | Refused
    table: pl.DataFrame


def point(here: Scope) -> LapsePoint | Refused:
    """From the waits after every purchase day in the window; the interval leaves out one bucket of customers at a time."""
    ended, still = waits_of_all(here)
    came = collected(ended.with_columns(one=nw.lit(1)).group_by("bucket", "t").agg(returned=total("one")))
    open_ = collected(still.with_columns(one=nw.lit(1)).group_by("bucket", "t").agg(lost=total("one")))
    table = pl.concat([came, open_], how="diagonal").with_columns(pl.col("returned", "lost").fill_null(0))
    buckets = table["bucket"].unique().sort().to_list()
    without = [kaplan_meier(table.filter(pl.col("bucket") != bucket)) for bucket in buckets]
    return lapse.lapse_point(kaplan_meier(table), without)


def standings(here: Scope) -> Standings:
    """Customers up to the last day of the window by how long they have been silent."""
    found = point(here)
    if isinstance(found, Refused):
        return Standings(as_of=here.window.end, point=found, table=pl.DataFrame(schema=SCHEMA))
    table = standing_of(customers(here), found, day_number(here.window.end))
    counted = table.group_by("standing").agg(customers=pl.len().cast(pl.Int64), money=pl.col("spend").sum())
    every = pl.DataFrame({"standing": STANDINGS}).join(counted, on="standing", how="left", maintain_order="left")
    filled = every.with_columns(pl.col("customers").fill_null(0), pl.col("money").fill_null(0.0))
    shares = filled.with_columns(
        customer_share=pl.col("customers") / pl.col("customers").sum(),
        money_share=pl.when(pl.col("money").sum() > 0).then(pl.col("money") / pl.col("money").sum()),
    )
    return Standings(as_of=here.window.end, point=found, table=shares.select(list(SCHEMA)))


def standing_of(table: pl.DataFrame, found: LapsePoint, today: int) -> pl.DataFrame:
    """``table`` (with ``last_day``) with ``standing`` on the evening of ``today``."""
    silence = today - pl.col("last_day").cast(pl.Int64)
    return table.with_columns(standing=lapse.standing(silence, found))
