"""Cohort matrices: customers by month of their first purchase, followed over calendar months or spans of days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import narwhals as nw
import polars as pl

from ecodash.analysis.cohort_matrix import accumulate, cohort_cells, summary
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import day_number, day_of
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import whole
from ecodash.metrics import caveats
from ecodash.metrics.answers import Asked
from ecodash.metrics.calendar import first_day_of_month, month_number, month_of
from ecodash.metrics.cohort_scope import members, remarks
from ecodash.metrics.collect import collected, total
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.groups import Code, label
from ecodash.metrics.metric import Triangle
from ecodash.metrics.scope import Scope

COLUMNS = ("load_id", "row_no", "order_id", "customer_id", "day", "channel_id", "platform", "kind")
ALL = "all"
BIRTH = {"month", "first_month"}
VALUES = {"buyers": "buyers", "orders": "orders", "paid": "paid", "net": "net", "units": "units"}


def others(scope: Scope) -> tuple[str, ...]:
    """Group columns besides the month of the first purchase."""
    return tuple(f"g{i}" for i, dim in enumerate(scope.by) if dim.id not in BIRTH)


def active(scope: Scope, how: Triangle, value: str = "buyers") -> Frame:
    """One row per order (or second purchase) of cohort members, with ``cohort``, ``offset`` and what it adds.

    ``buyers`` counts each customer once per offset; cumulative counts him once, at his second purchase day.
    """
    people = members(scope)
    if how.cumulative and value == "buyers":
        rows = people.filter(~nw.col("second_day").is_null()).with_columns(day=nw.col("second_day"), adds=nw.lit(1))
        return _placed(rows, how)
    kept = people.select("customer_id", *(g for g in scope.groups), "first_day")
    named = ("is_sale", "opens_day", "prev_day", *(() if value in {"buyers", "orders"} else (value,)))
    orders = scope.fact("orders").filter(~nw.col("customer_id").is_null()).select(*COLUMNS, *named)
    rows = orders.join(kept, on="customer_id", how="inner")
    if value != "buyers":
        adds = nw.col("is_sale").cast(nw.Int64) if value == "orders" else nw.col(value)
        return _placed(rows.with_columns(adds=adds), how)
    rows = _placed(rows.filter(nw.col("opens_day").fill_null(False)), how)
    before = nw.col("prev_day")
    fresh = before.is_null() | (_offset(how, before) < nw.col("offset")).fill_null(True)
    return rows.with_columns(adds=fresh.cast(nw.Int64))


def whole_months(scope: Scope, how: Triangle) -> bool:
    """Whether the months of each customer suffice: calendar periods, whole cohorts, nothing filtered or split."""
    window, data = scope.window, scope.span
    starts = window.start.day == 1 or window.start <= data.start
    ends = (window.end + timedelta(days=1)).day == 1 or window.end >= data.end
    plain = not (scope.filters or others(scope) or scope.query.opening_days)
    return starts and ends and plain and not how.bin_days and not how.cumulative


def by_month(scope: Scope, value: str) -> Frame:
    """The same as ``active`` from one row per customer and month."""
    first, last = (month_number(day_number(day)) for day in (scope.window.start, scope.window.end))
    months = scope.fact("customer_months").filter((nw.col("first_month") >= first) & (nw.col("first_month") <= last))
    adds = (nw.col("orders") > 0).cast(nw.Int64) if value == "buyers" else nw.col(value)
    return months.select(cohort=nw.col("first_month").cast(nw.Int64), offset=nw.col("age").cast(nw.Int64), adds=adds)


def _placed(rows: Frame, how: Triangle) -> Frame:
    return rows.with_columns(cohort=month_of(nw.col("first_day")), offset=_offset(how, nw.col("day")))


def _offset(how: Triangle, day: nw.Expr) -> nw.Expr:
    """Number of the period a day lies in, counted from the first purchase."""
    if how.bin_days:
        return whole(day.cast(nw.Int64) - nw.col("first_day").cast(nw.Int64), how.bin_days)
    return month_of(day) - month_of(nw.col("first_day"))


def cells(scope: Scope, how: Triangle, value: str = "buyers") -> pl.DataFrame:
    """The matrix as rows: group columns, cohort (month number), offset, value, size, mature, share.

    ``value`` is one of ``VALUES``; amounts are ten-thousandths. With other groups there is one matrix per group.
    """
    groups = others(scope)
    births = members(scope).select(*groups, cohort=nw.col("first_month").cast(nw.Int64), one=nw.lit(1))
    sizes = collected(births.group_by(*groups, "cohort").agg(size=total("one"))).sort(*groups, "cohort")
    if sizes.is_empty():
        return sizes
    rows = by_month(scope, value) if whole_months(scope, how) else active(scope, how, value)
    sums = collected(rows.group_by(*groups, "cohort", "offset").agg(value=total("adds")))
    frames = []
    for key, part in (
        sizes.partition_by(groups, as_dict=True, maintain_order=True).items() if groups else {(): sizes}.items()
    ):
        wanted = [pl.col(g) == code for g, code in zip(groups, key, strict=True)]
        mine = sums.filter(*wanted) if wanted else sums
        found = cohort_cells(_extent(part, scope, how), mine.select("cohort", "offset", "value"))
        found = accumulate(found) if how.cumulative else found
        frames.append(found.with_columns(**{g: pl.lit(code) for g, code in zip(groups, key, strict=True)}))
    return pl.concat(frames)


def _extent(sizes: pl.DataFrame, scope: Scope, how: Triangle) -> pl.DataFrame:
    """How far each cohort can be followed (``reach``), and how far all of its members were (``mature``)."""
    end = day_number(scope.span.end)
    rows = []
    for cohort, size in sizes.select("cohort", "size").iter_rows():
        start, last = first_day_of_month(cohort), first_day_of_month(cohort + 1) - 1
        if how.bin_days:
            reach, mature = (end - start) // how.bin_days, (end - last + 1) // how.bin_days - 1
        else:
            reach = month_number(end) - cohort
            complete = month_number(end) if day_of(end + 1).day == 1 else month_number(end) - 1
            mature = complete - cohort
        rows.append((cohort, size, reach, max(mature, -1) if last <= end else -1))
    return pl.DataFrame(rows, schema=["cohort", "size", "reach", "mature"], orient="row")


def answer(asked: Asked, how: Triangle) -> list[Estimate]:
    """One estimate per cell, then the weighted summary (``first_month`` = all); by another property only summaries."""
    found = cells(asked.scope, how)
    if found.is_empty():
        return [asked.nothing()]
    groups = others(asked.scope)
    answers = [] if groups else [_cell(asked, how, row) for row in found.iter_rows(named=True)]
    for key, part in (
        found.partition_by(groups, as_dict=True, maintain_order=True).items() if groups else {(): found}.items()
    ):
        answers += [_summary(asked, tuple(key), row) for row in summary(part).iter_rows(named=True)]
    return answers


def _cell(asked: Asked, how: Triangle, row: dict[str, int]) -> Estimate:
    month = label(DIMENSIONS["first_month"], row["cohort"])
    by = {"first_month": month, "offset": str(row["offset"])}
    if not row["mature"]:
        ready = _ready(how, row["cohort"], row["offset"])
        words = Text(f"数据到 {ready} 才完整。", f"complete once the data reach {ready}.")
        blank = asked.blank(Status.IMMATURE, caveats.immature(words))
        estimate = replace(blank, n=row["size"], successes=row["value"])
    else:
        estimate = asked.share(row["value"], row["size"])
    return replace(asked.warned(estimate, more=remarks(asked.scope)), by=by)


def _ready(how: Triangle, cohort: int, offset: int) -> str:
    """The day the data must reach for a cell to be complete."""
    if how.bin_days:
        return day_of(first_day_of_month(cohort + 1) - 1 + how.bin_days * (offset + 1) - 1).isoformat()
    return day_of(first_day_of_month(cohort + offset + 1) - 1).isoformat()


def _summary(asked: Asked, key: Sequence[Code], row: dict[str, int]) -> Estimate:
    estimate = asked.warned(asked.share(row["value"], row["size"]), more=remarks(asked.scope))
    named = [dim for dim in asked.scope.by if dim.id not in BIRTH]
    by = {dim.id: label(dim, code) for dim, code in zip(named, key, strict=True)} or {"first_month": ALL}
    return replace(estimate, by=by | {"offset": str(row["offset"])})
