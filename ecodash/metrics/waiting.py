"""How long until the next purchase: Kaplan–Meier from the first or from every purchase day, and gaps that happened."""

from dataclasses import replace

import narwhals as nw
import polars as pl

from ecodash.analysis import clustered_survival
from ecodash.analysis.clustered_quantile import histogram, median, quantile_interval
from ecodash.analysis.interval import Interval
from ecodash.analysis.kaplan_meier import Survival, kaplan_meier, quantile
from ecodash.analysis.ratio_interval import ClusterSums
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.metrics import caveats
from ecodash.metrics.answers import Asked
from ecodash.metrics.cohort_scope import members, remarks
from ecodash.metrics.cohort_share import waits
from ecodash.metrics.collect import collected, named, total
from ecodash.metrics.groups import Code
from ecodash.metrics.metric import Gaps, Waiting
from ecodash.metrics.scope import Scope, inside, rows_of

COLUMNS = (
    *("load_id", "row_no", "order_id", "customer_id", "day", "channel_id", "platform"),
    *("kind", "bucket", "opens_day", "prev_day"),
)
Groups = dict[tuple[Code, ...], pl.DataFrame]


def parts(table: pl.DataFrame, groups: tuple[str, ...]) -> Groups:
    """The rows per group, sorted by group; without groups everything under the empty key. No rows have no groups."""
    if not groups:
        return {(): table} if table.height else {}
    return {tuple(key): part for key, part in table.sort(groups).partition_by(groups, as_dict=True).items()}


def answer(asked: Asked, how: Waiting | Gaps) -> list[Estimate]:
    """One estimate per group: a quantile of waiting times, or the median of gaps that happened."""
    if isinstance(how, Gaps):
        return happened(asked)
    return every(asked) if how.every else second(asked)


def curves(scope: Scope) -> dict[tuple[Code, ...], Survival]:
    """The curve of time to the second purchase day per group of first purchases; pages draw it."""
    table = waits(members(scope), scope, "second_day")
    return {codes: kaplan_meier(part) for codes, part in parts(table, scope.groups).items()}


def second(asked: Asked) -> list[Estimate]:
    """Quantile of the time to the second purchase day; ``immature`` where the curve does not get there."""
    more = remarks(asked.scope)
    found = curves(asked.scope)
    return [asked.warned(_read(asked, codes, curve), codes, more=more) for codes, curve in found.items()] or [
        asked.nothing(more=more)
    ]


def _read(asked: Asked, codes: tuple[Code, ...], curve: Survival, limits: Interval | None = None) -> Estimate:
    query = asked.scope.query
    found = quantile(curve, query.share, level=query.level)
    back = int(curve.returned.sum())
    if found.day is None:
        blank = asked.blank(Status.IMMATURE, caveats.not_reached(query.share), codes)
        return replace(blank, n=curve.customers, successes=back)
    low, high = (limits.low, limits.high) if limits else (found.low, found.high)
    judged = asked.judged(asked.number(found.day, codes, n=curve.customers), None)
    return replace(judged, low=low, high=None if high == float("inf") else high, successes=back)


def gaps(scope: Scope) -> Frame:
    """One row per gap that ended in the window: the first order of the later purchase day, with ``gap`` in days."""
    rows = rows_of(scope, "orders", (), keep=named(*COLUMNS)).filter(nw.col("opens_day"), ~nw.col("prev_day").is_null())
    return rows.with_columns(gap=nw.col("day") - nw.col("prev_day"))


def happened(asked: Asked) -> list[Estimate]:
    """Median gap with Woodruff's interval, customers (in buckets) as clusters."""
    scope = asked.scope
    table = collected(gaps(scope).group_by(*scope.groups, "bucket", "gap").agg(count=nw.len()))
    found = [_gap(asked, codes, part) for codes, part in parts(table, scope.groups).items()]
    return found or [asked.nothing()]


def _gap(asked: Asked, codes: tuple[Code, ...], part: pl.DataFrame) -> Estimate:
    shape = histogram(part.select(value="gap", count="count"))
    middle = median(shape)
    if middle is None:
        raise ValueError("a group without gaps")
    limits = quantile_interval(shape, _below(part, middle), level=asked.scope.query.level)
    return asked.warned(asked.judged(asked.number(middle, codes, n=shape.total), limits), codes)


def _below(part: pl.DataFrame, middle: float) -> ClusterSums:
    """Per bucket of customers: gaps up to the median above the line, all gaps below it."""
    sums = part.group_by("bucket").agg(
        y=pl.col("count").filter(pl.col("gap") <= middle).sum().cast(pl.Float64),
        x=pl.col("count").sum().cast(pl.Float64),
    )
    y, x = sums["y"].to_numpy(), sums["x"].to_numpy()
    return ClusterSums(
        n=sums.height, y=float(y.sum()), x=float(x.sum()), yy=float(y @ y), xx=float(x @ x), xy=float(x @ y)
    )


def waits_of_all(scope: Scope) -> tuple[Frame, Frame]:
    """Waits that began in the window: those that ended (orders opening a day), and the open one of each customer."""
    wide = replace(scope, window=replace(scope.window, end=max(scope.span.end, scope.window.end)))
    ended = rows_of(wide, "orders", (), keep=named(*COLUMNS)).filter(
        nw.col("opens_day").fill_null(False), ~nw.col("prev_day").is_null(), inside(scope.window, "prev_day")
    )
    everybody = replace(scope, window=replace(scope.span, start=min(scope.span.start, scope.window.start)))
    still = members(everybody).filter(inside(scope.window, "last_day"))
    end = nw.lit(day_number(scope.span.end))
    return (
        ended.with_columns(t=nw.col("day").cast(nw.Int64) - nw.col("prev_day").cast(nw.Int64)),
        still.with_columns(t=end.cast(nw.Int64) - nw.col("last_day").cast(nw.Int64)),
    )


def every(asked: Asked) -> list[Estimate]:
    """Kaplan–Meier quantile over all waits; the interval comes from leaving out one bucket of customers at a time."""
    scope = asked.scope
    key = (*scope.groups, "bucket", "t")
    ended, still = waits_of_all(scope)
    came = collected(ended.with_columns(one=nw.lit(1)).group_by(*key).agg(returned=total("one")))
    open_ = collected(still.with_columns(one=nw.lit(1)).group_by(*key).agg(lost=total("one")))
    table = pl.concat([came, open_], how="diagonal").with_columns(pl.col("returned", "lost").fill_null(0))
    share, level = scope.query.share, scope.query.level
    found = [
        asked.warned(
            _read(asked, codes, kaplan_meier(part), jackknife(part, share, level=level)), codes, more=remarks(scope)
        )
        for codes, part in parts(table, scope.groups).items()
    ]
    return found or [asked.nothing()]


def jackknife(part: pl.DataFrame, share: float, *, level: float) -> Interval | None:
    """Interval of the quantile: spread of the curve at the quantile between buckets, read back off the curve.

    None when the quantile is not reached or there are fewer than two buckets.
    """
    buckets = part["bucket"].unique().to_list()
    whole = kaplan_meier(part)
    without = [kaplan_meier(part.filter(pl.col("bucket") != bucket)) for bucket in buckets]
    return clustered_survival.quantile_interval(whole, without, share, level=level)
