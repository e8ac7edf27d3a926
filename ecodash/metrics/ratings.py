"""What buyers say in stars: the mean of the last 90 days, its course, and who lies below 4."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import narwhals as nw
import polars as pl

from ecodash.analysis.interval import normal_quantile
from ecodash.analysis.stratified_difference import mean_difference
from ecodash.analysis.wilson import wilson
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

RECENT_DAYS = 90
PRIOR = 10  # reviews the mean of all counts for, beside a seller's own; also the fewest that are judged
FLOOR = 4.0
RATED = {"store": "store_id", "seller": "seller_id", "sku": "sku_id"}


def _reviews(reading: Reading, days: Period) -> Frame:
    rows = reading.table("reviews").filter(~nw.col("rating").is_null(), ~nw.col("reviewed_at").is_null())
    kept = rows.select("load_id", "row_no", "rating", *RATED.values(), day=day_number(nw.col("reviewed_at")))
    return kept.filter(inside(days, "day"))


def _recent(end: Period, *, before: int = 0) -> Period:
    """The 90 days up to the last one of a window, or ``before`` times 90 days earlier."""
    last = end.end - timedelta(days=before * RECENT_DAYS)
    return Period(last - timedelta(days=RECENT_DAYS - 1), last)


def _stars(reading: Reading, days: Period) -> pl.DataFrame:
    found = collected(_reviews(reading, days))
    return found.with_columns(rating=pl.col("rating") / SCALE)


def _mean(stars: pl.Series, level: float, *, towards: float | None = None) -> Answered:
    """The mean with its interval; drawn ``towards`` the mean of all as if 10 more reviews said that."""
    n, own = len(stars), stars.mean()
    if not isinstance(own, float):
        return Answered(value=None, n=0)
    prior = PRIOR if towards is not None else 0
    value = (own * n + (towards or 0.0) * prior) / (n + prior)
    spread = stars.std()
    half = normal_quantile(level) * (spread if isinstance(spread, float) else 0.0) * n**0.5 / (n + prior)
    known = n > 1
    return Answered(value=value, n=n, low=value - half if known else None, high=value + half if known else None)


def _average(reading: Reading, window: Window) -> Answered:
    return _mean(_stars(reading, _recent(window.days))["rating"], window.level)


def _average_by(column: str) -> Callable[[Reading, Window], Mapping[str, Answered]]:
    def groups(reading: Reading, window: Window) -> Mapping[str, Answered]:
        found = _stars(reading, _recent(window.days)).filter(pl.col(column).is_not_null())
        every = found["rating"].mean()
        towards = every if isinstance(every, float) else None
        parts = found.sort(column).partition_by(column, as_dict=True, maintain_order=True)
        return {str(key[0]): _mean(part["rating"], window.level, towards=towards) for key, part in parts.items()}

    return groups


def _below_floor(reading: Reading, window: Window) -> Answered:
    """Of stores, sellers and SKUs with at least 10 reviews, those whose drawn-in mean lies below 4."""
    stars = _stars(reading, window.days)
    every = stars["rating"].mean()
    if not isinstance(every, float):
        return Answered(value=None, n=0)
    judged = low = 0
    for column in RATED.values():
        rated = stars.filter(pl.col(column).is_not_null()).group_by(column).agg(n=pl.len(), sum=pl.col("rating").sum())
        enough = rated.filter(pl.col("n") >= PRIOR)
        judged += enough.height
        low += enough.filter((pl.col("sum") + every * PRIOR) / (pl.col("n") + PRIOR) < FLOOR).height
    if not judged:
        reason = Text("没有哪家店、卖家或商品有 10 条评价。", "No store, seller or product has 10 reviews.")
        return Answered(value=None, n=0, status=Status.EMPTY, reason=reason)
    band = wilson(low, judged, level=window.level)
    low_end, high_end = (band.low, band.high) if band else (None, None)
    return Answered(value=low / judged, n=judged, low=low_end, high=high_end, successes=low)


def _trend(reading: Reading, window: Window) -> Answered:
    now, then = (_stars(reading, _recent(window.days, before=k))["rating"].to_list() for k in (0, 1))
    found = mean_difference(now, then, level=window.level)
    if found is None:
        reason = Text("近 90 天或再前 90 天没有评价。", "No review in the last 90 days or in the 90 before.")
        return Answered(value=None, n=len(now), status=Status.EMPTY, reason=reason)
    return Answered(value=found.value, n=found.n, low=found.interval.low, high=found.interval.high)


def _rows(spans: int) -> Callable[[Reading, Window], Frame]:
    def rows(reading: Reading, window: Window) -> Frame:
        first, last = _recent(window.days, before=spans - 1).start, window.days.end
        found = _reviews(reading, Period(first, last) if spans else window.days)
        return found.with_columns(numerator=nw.col("rating") / SCALE, denominator=nw.lit(1))

    return rows


RATINGS = (
    indicator(
        "avg_rating",
        Analysed(answer=_average, rows=_rows(1), groups={name: _average_by(column) for name, column in RATED.items()}),
    ),
    indicator("low_rating_share", Analysed(answer=_below_floor, rows=_rows(0))),
    indicator("rating_trend", Analysed(answer=_trend, rows=_rows(2))),
)
