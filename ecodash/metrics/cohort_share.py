"""N-day repurchase of first-time buyers, each watched for N days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import narwhals as nw
import polars as pl

from ecodash.analysis.kaplan_meier import Survival, kaplan_meier, returned_by
from ecodash.core.estimate import Caveat, Estimate, Status
from ecodash.core.period import Period, day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics import caveats
from ecodash.metrics.answers import Asked
from ecodash.metrics.calendar import month_of, month_start
from ecodash.metrics.cohort_scope import members, remarks
from ecodash.metrics.collect import collected, total
from ecodash.metrics.dimensions import DimensionKind
from ecodash.metrics.groups import Code, codes_between
from ecodash.metrics.metric import Until, Within
from ecodash.metrics.scope import Scope

COUNTS = ("members", "watched", "back", "back_anyway")


def marked(scope: Scope, how: Within) -> Frame:
    """Members with four 0/1 columns: member, watched for N days, back within N days of those, back among all."""
    back, watched = returned(scope, how).fill_null(False), observed(scope, how)
    return members(scope, opening_days=how.opening_days).select(
        "customer_id",
        "first_day",
        "last_day",
        *scope.groups,
        members=nw.lit(1).cast(nw.Int64),
        watched=watched.cast(nw.Int64),
        back=(watched & back).cast(nw.Int64),
        back_anyway=back.cast(nw.Int64),
    )


def returned(scope: Scope, how: Within) -> nw.Expr:
    """Whether a customer is back by the deadline of the reading; null for one who never came back."""
    first, second = nw.col("first_day"), nw.col("second_order_day" if how.same_day else "second_day")
    if how.until is Until.MONTH:
        return second < month_start(month_of(first) + 1 + how.months)
    if how.until is Until.WINDOW:
        return second <= day_number(scope.window.end)
    if how.until is Until.EVER:
        return ~second.is_null()
    if how.until is Until.AFTER:
        return nw.col("last_day") >= month_start(month_of(first) + how.months)
    return (second - first) <= how.days


def observed(scope: Scope, how: Within) -> nw.Expr:
    """Whether a customer was watched up to the deadline."""
    end, first = day_number(scope.span.end), nw.col("first_day")
    if how.until is Until.MONTH:
        return month_start(month_of(first) + 1 + how.months) <= end + 1
    return first <= end - how.days


def answer(asked: Asked, how: Within) -> list[Estimate]:
    """One estimate per group of first purchases; calendar groups without any are ``empty``."""
    scope, groups = asked.scope, asked.scope.groups
    rows, sums = marked(scope, how), {name: total(name) for name in COUNTS}
    found = collected(rows.group_by(*groups).agg(**sums) if groups else rows.select(**sums)).fill_null(0)
    if groups:
        found = found.sort(groups)
    counts = {tuple(row[g] for g in groups): row for row in found.iter_rows(named=True)}
    curves = survival(scope, how) if how.curve else {}
    if not counts or (not groups and counts[()]["members"] == 0):
        return [asked.nothing(more=remarks(scope))]
    nobody = dict.fromkeys(COUNTS, 0)
    return [_one(asked, how, codes, counts.get(codes, nobody), curves.get(codes)) for codes in _codes(scope, counts)]


def _codes(scope: Scope, found: dict[tuple[Code, ...], dict[str, int]]) -> Sequence[tuple[Code, ...]]:
    inside = scope.window.clip(scope.span)
    if len(scope.by) == 1 and scope.by[0].kind is DimensionKind.TIME and inside:
        return [(code,) for code in codes_between(scope.by[0], inside)]
    return list(found)


def _one(
    asked: Asked, how: Within, codes: tuple[Code, ...], counts: dict[str, int], curve: Survival | None
) -> Estimate:
    more: list[Caveat] = remarks(asked.scope)
    if counts["members"] == 0:
        estimate = asked.blank(Status.EMPTY, asked.nobody(), codes)
    elif how.curve:
        estimate = _read(asked, how, codes, curve)
    elif not how.watched:
        estimate = asked.share(counts["back_anyway"], counts["members"], codes)
    elif counts["watched"] == 0 or _open(asked, how, codes):
        estimate = _immature(asked, how, codes, counts)
    else:
        estimate = asked.share(counts["back"], counts["watched"], codes)
        if counts["members"] > counts["watched"]:
            more.append(caveats.not_watched(counts["members"] - counts["watched"], how.days))
    return asked.warned(estimate, codes, more=more)


def _open(asked: Asked, how: Within, codes: tuple[Code, ...]) -> bool:
    """Whether a calendar group holds, or may still get, members not watched for N days."""
    timed = any(asked.calendar(dim) for dim in asked.scope.by)
    return timed and _ready(asked, how, codes) > asked.scope.span.end


def _ready(asked: Asked, how: Within, codes: tuple[Code, ...]) -> date:
    """The day the data must reach for everybody in the group to be watched up to the deadline."""
    last = asked.days(codes).end
    if how.until is not Until.MONTH:
        return last + timedelta(days=how.days)
    months = last.year * 12 + last.month - 1 + how.months
    return Period.month(months // 12, months % 12 + 1).end


def _immature(asked: Asked, how: Within, codes: tuple[Code, ...], counts: dict[str, int]) -> Estimate:
    ready = _ready(asked, how, codes)
    words = Text(f"数据到 {ready} 才满 {how.days} 天。", f"complete once the data reach {ready}.")
    blank = asked.blank(Status.IMMATURE, caveats.immature(words), codes)
    return replace(blank, n=counts["watched"], successes=counts["back"])


def last_day(scope: Scope) -> int:
    """Number of the last day of the data."""
    return day_number(scope.span.end)


def survival(scope: Scope, how: Within) -> dict[tuple[Code, ...], Survival]:
    """The curve of time to the second purchase per group of first purchases."""
    second = "second_order_day" if how.same_day else "second_day"
    table = waits(members(scope, opening_days=how.opening_days), scope, second)
    parts = table.partition_by(scope.groups, as_dict=True) if scope.groups else {(): table}
    return {tuple(codes): kaplan_meier(part) for codes, part in parts.items()}


def waits(rows: Frame, scope: Scope, second: str) -> pl.DataFrame:
    """How many customers came back, or were lost from sight, after ``t`` days: per group and t."""
    end = nw.lit(day_number(scope.span.end)).cast(nw.Int64)
    came = ~nw.col(second).is_null()
    t = nw.coalesce(nw.col(second).cast(nw.Int64), end) - nw.col("first_day").cast(nw.Int64)
    marks = rows.with_columns(t=t, returned=came.cast(nw.Int64), lost=(~came).cast(nw.Int64))
    return collected(marks.group_by(*scope.groups, "t").agg(returned=total("returned"), lost=total("lost")))


def _read(asked: Asked, how: Within, codes: tuple[Code, ...], curve: Survival | None) -> Estimate:
    """The share read off the curve at N days; nothing beyond the longest time anybody was watched."""
    found = returned_by(curve, how.days, level=asked.scope.query.level) if curve else None
    if curve is None or found is None or found.share is None:
        words = Text(f"还没有客户被观察满 {how.days} 天。", f"nobody has been watched for {how.days} days yet.")
        return asked.blank(Status.IMMATURE, caveats.immature(words), codes)
    return asked.judged(asked.number(found.share, codes, n=found.at_risk), found.interval)
