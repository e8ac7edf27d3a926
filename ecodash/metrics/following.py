"""Cross-window repurchase (回购率): of one period's buyers, who buys in the period right after it."""

from dataclasses import replace
from datetime import timedelta

import narwhals as nw

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period, day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics import caveats
from ecodash.metrics.answers import Asked
from ecodash.metrics.collect import collected, named, total
from ecodash.metrics.dimensions import Dimension, DimensionKind, span_start
from ecodash.metrics.groups import Code, codes_between, span
from ecodash.metrics.scope import Scope, code, rows_of, splits

COLUMNS = (
    *("load_id", "row_no", "order_id", "customer_id", "day", "month", "channel_id", "platform"),
    *("kind", "seq", "prev_order_day"),
)


def following(window: Period) -> Period:
    """The period right after: whole months are followed by as many whole months, else by as many days."""
    start = window.end + timedelta(days=1)
    months = list(window.months())
    if months[0].start == window.start and months[-1].end == window.end:
        end = start
        for _ in months:
            end = Period.month(end.year, end.month).end + timedelta(days=1)
        return Period(start, end - timedelta(days=1))
    return Period(start, start + timedelta(days=window.days - 1))


def timing(scope: Scope) -> Dimension | None:
    """The calendar dimension the periods come from; None when the window itself is the period."""
    return next((dim for dim in scope.by if dim.kind is DimensionKind.TIME), None)


def reach(scope: Scope) -> Period:
    """The window and the period after it, or after its last calendar group."""
    dimension = timing(scope)
    if dimension is None:
        return Period(scope.window.start, following(scope.window).end)
    last = span(dimension, codes_between(dimension, scope.window)[-1] + 1)
    return Period(scope.window.start, last.end if last else scope.window.end)


def numbers(scope: Scope) -> tuple[int, int]:
    """First and last number of the periods asked for."""
    dimension, seen = timing(scope), scope.window.clip(scope.span)
    if dimension is None or seen is None:
        return 0, 0
    codes = codes_between(dimension, seen)
    return codes[0], codes[-1]


def other_groups(scope: Scope) -> tuple[str, ...]:
    """Group columns of the dimensions that are no calendar."""
    return tuple(g for g, dim in zip(scope.groups, scope.by, strict=True) if dim.kind is not DimensionKind.TIME)


def marked(scope: Scope) -> Frame:
    """Sale orders of known buyers in the window and after it, with ``t`` (period) and two 0/1 columns.

    ``buyer``: first order of the customer in period t. ``back``: the same, and he also bought in period t − 1.
    """
    wide = replace(scope, window=reach(scope), by=tuple(d for d in scope.by if d.kind is not DimensionKind.TIME))
    rows = rows_of(wide, "orders", (), keep=named(*COLUMNS)).filter(~nw.col("seq").is_null())
    before = nw.col("prev_order_day")
    if splits(wide):
        rows = rows.with_columns(_before=nw.col("day").shift(1).over(*wide.groups, "customer_id", order_by="seq"))
        before = nw.col("_before")
    rows = rows.rename(dict(zip(wide.groups, other_groups(scope), strict=True)) if wide.groups else {})
    t, start, earlier = _periods(scope)
    fresh = before.is_null() | (before < start)
    return rows.with_columns(
        t=t, buyer=fresh.cast(nw.Int64), back=(fresh & (before >= earlier).fill_null(False)).cast(nw.Int64)
    )


def _periods(scope: Scope) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """Number of the period a row lies in, its first day, and the first day of the period before."""
    opening = nw.lit(day_number(scope.window.start))
    dimension = timing(scope)
    if dimension is None:
        second = nw.lit(day_number(scope.window.end) + 1)
        late = nw.col("day") >= second
        return late.cast(nw.Int64), nw.when(late).then(second).otherwise(opening), opening
    t = code(dimension, "orders")
    return (
        t,
        nw.max_horizontal(span_start(dimension, t), opening),
        nw.max_horizontal(span_start(dimension, t - 1), opening),
    )


def answer(asked: Asked) -> list[Estimate]:
    """One estimate per period: ``immature`` while the period after it is not over."""
    scope = asked.scope
    groups = other_groups(scope)
    rows = marked(scope).group_by(*groups, "t").agg(buyer=total("buyer"), back=total("back"))
    found: dict[tuple[Code, ...], tuple[int, int]] = {
        (*(row[g] for g in groups), row["t"]): (row["buyer"], row["back"])
        for row in collected(rows).iter_rows(named=True)
    }
    answers = [_one(asked, others, t, found) for others, t in _periods_asked(scope, found)]
    if answers:
        return answers
    return [asked.nothing()]


def _periods_asked(scope: Scope, found: dict[tuple[Code, ...], tuple[int, int]]) -> list[tuple[tuple[Code, ...], int]]:
    others = sorted({key[:-1] for key, (buyers, _) in found.items() if buyers}, key=str)
    dimension, inside = timing(scope), scope.window.clip(scope.span)
    if dimension is None:
        return [(other, 0) for other in others]
    return [(other, t) for other in others for t in (codes_between(dimension, inside) if inside else ())]


def _one(asked: Asked, others: tuple[Code, ...], t: int, found: dict[tuple[Code, ...], tuple[int, int]]) -> Estimate:
    scope, dimension = asked.scope, timing(asked.scope)
    left = iter(others)
    codes = tuple(t if dim is dimension else next(left) for dim in scope.by)
    buyers, _ = found.get((*others, t), (0, 0))
    _, back = found.get((*others, t + 1), (0, 0))
    after = span(dimension, t + 1) if dimension else following(scope.window)
    if buyers == 0:
        return asked.warned(asked.blank(Status.EMPTY, asked.nobody(), codes), codes)
    if after and after.end > scope.span.end:
        words = Text(f"下一期到 {after.end} 才结束。", f"the next period ends on {after.end}.")
        blank = asked.blank(Status.IMMATURE, caveats.immature(words), codes)
        return asked.warned(replace(blank, n=buyers, successes=back), codes)
    return asked.warned(asked.share(back, buyers, codes), codes)


def unsupported(scope: Scope) -> Dimension | None:
    """A dimension this metric cannot be split by: what is bought, and two calendars at once."""
    times = [dim for dim in scope.by if dim.kind is DimensionKind.TIME]
    lines = [dim for dim in scope.dimensions if dim.kind is DimensionKind.LINE]
    return next(iter((*lines, *times[1:])), None)
