"""How soon customers with and without a status come back: a curve each, from the landmark day on, and a test.

The status is that of the landmark day, so the curves compare groups that were fixed before anybody came back. The test
is made within months of first purchase and added up.
"""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.analysis.difference import Difference, difference
from ecodash.analysis.kaplan_meier import Survival, kaplan_meier
from ecodash.analysis.log_rank import LogRank, log_rank
from ecodash.analysis.restricted_mean import RestrictedMean, longest_horizon, restricted_mean
from ecodash.core.period import day_number
from ecodash.metrics.collect import collected
from ecodash.metrics.comparable.contrast import Contrast
from ecodash.metrics.comparable.readings import after

LONGEST = 365
HELD, NOT_HELD = "1", "0"


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Curves with and without the status; the other parts None where a group is empty or too short.

    ``fewer_days``: mean days spent waiting within ``horizon`` without the status minus with it.
    """

    having: Survival
    without: Survival
    test: LogRank | None
    horizon: int
    means: tuple[RestrictedMean, RestrictedMean] | None
    fewer_days: Difference | None


def waits(contrast: Contrast, *, landmark: int) -> Waits:
    """The curves of everybody whose landmark day lies within the data."""
    counts = _counts(contrast, landmark)
    having, without = (kaplan_meier(counts.filter(pl.col("group") == group)) for group in (HELD, NOT_HELD))
    both = having.customers > 0 and without.customers > 0
    horizon = int(min(longest_horizon(having), longest_horizon(without), LONGEST)) if both else 0
    means = (restricted_mean(having, horizon), restricted_mean(without, horizon)) if horizon > 0 else None
    fewer = None
    if means is not None:
        first, second = means
        fewer = difference(second.days, second.interval, first.days, first.interval)
    return Waits(
        having=having,
        without=without,
        test=log_rank(counts) if both else None,
        horizon=horizon,
        means=means,
        fewer_days=fewer,
    )


def _counts(contrast: Contrast, landmark: int) -> pl.DataFrame:
    """group, stratum (month of the first purchase), t, returned, lost."""
    scope = contrast.scope
    end = day_number(scope.span.end)
    people = after(scope, contrast.exposure.standing(scope, landmark=landmark), landmark=landmark)
    start = nw.col("first_day") + landmark
    came = ~nw.col("second_day").is_null()
    until = nw.when(came).then(nw.col("second_day")).otherwise(nw.lit(end))
    rows = people.filter(start <= end).select(
        group=nw.col("held").cast(nw.String),
        stratum="first_month",
        t=(until - start).cast(nw.Int64),
        returned=came.cast(nw.Int64),
        lost=(~came).cast(nw.Int64),
    )
    keys = ("group", "stratum", "t")
    return collected(rows.group_by(*keys).agg(nw.col("returned").sum(), nw.col("lost").sum())).sort(*keys)
