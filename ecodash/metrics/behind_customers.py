"""Rows behind metrics about customers: the orders that make each of them count."""

import narwhals as nw

from ecodash.facts import Frame
from ecodash.metrics import cohort_share, following, sequence, triangle, waiting
from ecodash.metrics.answers import Asked
from ecodash.metrics.calendar import month_of
from ecodash.metrics.cohort_scope import members
from ecodash.metrics.dimensions import DimensionKind
from ecodash.metrics.metric import Gaps, Next, Sequence, Triangle, Until, Waiting, Within
from ecodash.metrics.scope import Scope

SECOND = 2
COLUMNS = ("load_id", "row_no", "order_id", "customer_id", "day", "channel_id", "platform", "kind")
Found = tuple[Frame, dict[str, str]]


def lazily(asked: Asked) -> Found:
    """The rows, and which of their extra columns stand for which group."""
    match asked.definition.how:
        case Within() as how:
            return _within(asked.scope, how), {}
        case Next():
            return _following(asked.scope)
        case Waiting() | Gaps() as how:
            return _waiting(asked.scope, how), {}
        case Triangle() as how:
            return _triangle(asked.scope, how), {"cohort": "first_month", "offset": "offset"}
        case Sequence() as how:
            return _sequence(asked.scope, how), {"step": "step"}
        case how:
            raise TypeError(how)


def _orders(scope: Scope, people: Frame, *columns: str) -> Frame:
    """Sale orders of some customers, with columns of theirs."""
    orders = scope.fact("orders").filter(nw.col("is_sale"), ~nw.col("customer_id").is_null())
    kept = orders.select(*COLUMNS, "seq", "day_seq", "opens_day")
    return kept.join(people.select("customer_id", *scope.groups, *columns), on="customer_id", how="inner")


def _zero_or_one(condition: nw.Expr, value: str) -> nw.Expr:
    return nw.when(condition).then(nw.col(value)).otherwise(nw.lit(0)).cast(nw.Int64)


def _within(scope: Scope, how: Within) -> Frame:
    """First orders below the line, the second order or purchase day above it."""
    if how.curve:
        return _until(scope, members(scope, opening_days=how.opening_days), same_day=how.same_day)
    below, above = ("watched", "back") if how.watched else ("members", "back_anyway")
    people = cohort_share.marked(scope, how).filter(nw.col(below) == 1)
    found = _orders(scope, people, below, above, "last_day")
    second = nw.col("seq") == SECOND if how.same_day else (nw.col("day_seq") == SECOND) & nw.col("opens_day")
    if how.until is Until.AFTER:
        second = (nw.col("day") == nw.col("last_day")) & nw.col("opens_day")
    found = found.with_columns(
        denominator=_zero_or_one(nw.col("seq") == 1, below), numerator=_zero_or_one(second, above)
    )
    return found.filter((nw.col("denominator") != 0) | (nw.col("numerator") != 0))


def _until(scope: Scope, people: Frame, *, same_day: bool = False) -> Frame:
    """The first order of each customer with the days until the second, or until the end of the data."""
    second = "second_order_day" if same_day else "second_day"
    end = nw.lit(cohort_share.last_day(scope))
    came = ~nw.col(second).is_null()
    days = nw.coalesce(nw.col(second).cast(nw.Int64), end) - nw.col("first_day").cast(nw.Int64)
    timed = people.with_columns(days=days, returned=came.cast(nw.Int64))
    return _orders(scope, timed, "days", "returned").filter(nw.col("seq") == 1)


def _following(scope: Scope) -> Found:
    """Buyers of each period below the line; their first order of the next period above it, under the first period."""
    rows = following.marked(scope)
    time = next(
        (group for group, dim in zip(scope.groups, scope.by, strict=True) if dim.kind is DimensionKind.TIME), "t"
    )
    names = [name for name in rows.collect_schema().names() if name in {*COLUMNS, *scope.groups}]
    below = rows.filter(nw.col("buyer") == 1).with_columns(numerator=nw.lit(0), denominator=nw.lit(1))
    above = rows.filter(nw.col("back") == 1).with_columns(t=nw.col("t") - 1, numerator=nw.lit(1), denominator=nw.lit(0))
    both = nw.concat(
        [
            part.select(*(n for n in names if n != time), "numerator", "denominator", **{time: nw.col("t")})
            for part in (below, above)
        ]
    )
    first, last = following.numbers(scope)
    return both.filter((nw.col(time) >= first) & (nw.col(time) <= last)), {}


def _waiting(scope: Scope, how: Waiting | Gaps) -> Frame:
    if isinstance(how, Gaps):
        return waiting.gaps(scope).with_columns(days=nw.col("gap"), returned=nw.lit(1))
    if not how.every:
        return _until(scope, members(scope))
    ended, still = waiting.waits_of_all(scope)
    came = ended.select(*COLUMNS, *scope.groups, days=nw.col("t"), returned=nw.lit(1))
    last = _orders(scope, still, "t", "last_day").filter(nw.col("opens_day"), nw.col("day") == nw.col("last_day"))
    return nw.concat([came, last.select(*COLUMNS, *scope.groups, days=nw.col("t"), returned=nw.lit(0))])


def _triangle(scope: Scope, how: Triangle) -> Frame:
    """The first order of every cohort member below the line (offset −1), what he did later above it."""
    people = members(scope).with_columns(cohort=month_of(nw.col("first_day")), second=nw.col("second_day"))
    first = _orders(scope, people, "cohort").filter(nw.col("seq") == 1)
    below = first.with_columns(offset=nw.lit(-1), numerator=nw.lit(0), denominator=nw.lit(1))
    rows = triangle.active(scope, how).filter(nw.col("adds") == 1)
    if how.cumulative:
        placed = rows.select("customer_id", *scope.groups, "cohort", "offset")
        rows = _second_days(scope, placed)
    above = rows.with_columns(numerator=nw.lit(1), denominator=nw.lit(0))
    names = (*COLUMNS, *scope.groups, "cohort", "numerator", "denominator")
    return nw.concat([part.select(*names, offset=nw.col("offset").cast(nw.Int64)) for part in (below, above)])


def _second_days(scope: Scope, placed: Frame) -> Frame:
    orders = scope.fact("orders").filter(
        (nw.col("day_seq") == SECOND).fill_null(False), nw.col("opens_day").fill_null(False)
    )
    return orders.select(*COLUMNS).join(placed, on="customer_id", how="inner")


def _sequence(scope: Scope, how: Sequence) -> Frame:
    made, followed = sequence.steps(scope, how)
    below = made.filter(nw.col("watched") == 1).with_columns(numerator=nw.lit(0), denominator=nw.lit(1))
    above = followed.with_columns(numerator=nw.lit(1), denominator=nw.lit(0))
    names = (*COLUMNS, *scope.groups, "step", "numerator", "denominator")
    return nw.concat([below.select(*names), above.select(*names)])
