"""The middle of measured values, and the value 90 % stay below; cases still open are waited for, never left out."""

from math import ceil

import narwhals as nw
import polars as pl

from ecodash.analysis.interval import Interval, normal_quantile
from ecodash.analysis.kaplan_meier import kaplan_meier, quantile
from ecodash.core.estimate import Estimate, Status
from ecodash.facts import Frame
from ecodash.metrics import caveats
from ecodash.metrics.answers import Asked
from ecodash.metrics.collect import collected
from ecodash.metrics.groups import Code
from ecodash.metrics.metric import Measured, Summary

QUANTILES = {Summary.MEDIAN: 0.5, Summary.P90: 0.9, Summary.WAIT_MEDIAN: 0.5, Summary.WAIT_P90: 0.9}
WAITS = {Summary.WAIT_MEDIAN, Summary.WAIT_P90}


def quantiles(asked: Asked, how: Measured, rows: Frame) -> list[Estimate]:
    """One estimate per group of rows; no rows give none."""
    names, waits = asked.scope.groups, how.summary in WAITS
    keys = [*names, "above", *(["done"] if waits else [])]
    table = collected(rows.group_by(*keys).agg(count=nw.len())).sort(keys)
    parts = table.partition_by(names, as_dict=True, maintain_order=True) if names else {(): table}
    read = _wait if waits else _value
    return [read(asked, how, part, codes) for codes, part in parts.items() if part.height]


def _value(asked: Asked, how: Measured, part: pl.DataFrame, codes: tuple[Code, ...]) -> Estimate:
    """The quantile of the values, between two the mean of both, with the interval from the ranks.

    The number of values below a quantile follows a binomial law. Source: W. J. Conover, Practical Nonparametric
    Statistics, 3rd ed. (1999), §3.2.
    """
    share, scale, level = QUANTILES[how.summary], how.scale[0], asked.scope.query.level
    values = part.select(pl.col("above").repeat_by("count").explode())["above"]
    n, place = len(values), share * len(values)
    half = normal_quantile(level) * (n * share * (1 - share)) ** 0.5
    first, last = max(int(place - half), 1), min(ceil(place + half + 1), n)
    inside = Interval(low=values[first - 1] / scale, high=values[last - 1] / scale, level=level)
    found = asked.number(middle(values, share) / scale, codes, n=n)
    return asked.judged(found, inside if n > 1 else None)


def middle(values: pl.Series, share: float) -> float:
    """The quantile of at least one sorted value, between two the mean of both."""
    n, place = len(values), share * len(values)
    low, high = max(ceil(place), 1), min(int(place) + 1, n)
    return float(values[low - 1] + values[high - 1]) / 2


def _wait(asked: Asked, how: Measured, part: pl.DataFrame, codes: tuple[Code, ...]) -> Estimate:
    """The time by which a share of the cases is done; ``immature`` when the share is not reached yet."""
    scale, share, done = how.scale[0], QUANTILES[how.summary], pl.col("done").cast(pl.Int64)
    counts = part.select(t="above", returned=pl.col("count") * done, lost=pl.col("count") * (1 - done))
    curve = kaplan_meier(counts)
    found = quantile(curve, share, level=asked.scope.query.level)
    if found.day is None:
        return asked.blank(Status.IMMATURE, caveats.not_reached(share), codes)
    high = None if found.high is None or found.high == float("inf") else found.high
    inside = None
    if found.low is not None and high is not None:
        inside = Interval(low=found.low / scale, high=high / scale, level=found.level)
    return asked.judged(asked.number(found.day / scale, codes, n=curve.customers), inside)
