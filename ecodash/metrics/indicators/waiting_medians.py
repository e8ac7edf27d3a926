"""Median waits of two groups inside equal strata, with what is still open counted as waiting."""

import narwhals as nw
import polars as pl

from ecodash.analysis.interval import normal_quantile
from ecodash.analysis.kaplan_meier import kaplan_meier, quantile
from ecodash.analysis.matched_strata import Stratum
from ecodash.facts import Frame
from ecodash.metrics.collect import collected


def strata(rows: Frame, *, level: float) -> tuple[list[Stratum], int]:
    """A stratum for every ``stratum`` in which both groups reach their median, and how many cases these hold.

    ``rows``: ``stratum``, ``first`` (1 for the first group, 0 for the second), ``above`` the wait, ``done`` 1 or 0.
    The weight is the number of cases of the first group.
    """
    counts = collected(rows.group_by("stratum", "first", "above", "done").agg(cases=nw.len()))
    found, cases = [], 0
    for part in counts.partition_by("stratum", maintain_order=True):
        first, second = (median(part.filter(pl.col("first") == side), level) for side in (1, 0))
        if first is None or second is None:
            continue
        weight = float(part.filter(pl.col("first") == 1)["cases"].sum())
        cases += int(part["cases"].sum())
        found.append(
            Stratum(weight=weight, first=first[0], second=second[0], first_error=first[1], second_error=second[1])
        )
    return found, cases


def median(part: pl.DataFrame, level: float) -> tuple[float, float | None] | None:
    """Median of ``above`` over ``cases`` and its error (from the interval); None when fewer than half are done."""
    done = pl.col("cases") * pl.col("done").cast(pl.Int64)
    curve = kaplan_meier(part.select(t="above", returned=done, lost=pl.col("cases") - done))
    if not curve.customers:
        return None
    found = quantile(curve, 0.5, level=level)
    if found.day is None:
        return None
    if found.low is None or found.high is None or found.high == float("inf"):
        return found.day, None
    return found.day, (found.high - found.low) / (2 * normal_quantile(level))
