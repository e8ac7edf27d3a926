"""The rows of a fact a question is about: window, filters and groups applied, amounts as columns.

Who belongs to a cohort, who is new and who returns is a matter of the facts and is settled before any filter here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from types import MappingProxyType

import narwhals as nw

from ecodash.core.errors import UnknownName
from ecodash.core.period import Period, day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics import ledger, places
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.collect import named
from ecodash.metrics.dimensions import Dimension, DimensionKind, span_start
from ecodash.metrics.groups import code_of
from ecodash.metrics.query import Query
from ecodash.metrics.source import Source

NOTHING: Mapping[str, nw.Expr] = MappingProxyType({})
LINE_ORDER = ("day", "order_id", "line_key")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """A question resolved against the data: ``span`` is what the data cover, ``window`` what is asked for."""

    source: Source
    query: Query
    span: Period
    window: Period
    by: tuple[Dimension, ...]
    filters: tuple[tuple[Dimension, tuple[str, ...]], ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the group columns, one per dimension."""
        return tuple(f"g{i}" for i in range(len(self.by)))

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Every dimension the question touches, split or filtered."""
        return (*self.by, *(dim for dim, _ in self.filters))

    def fact(self, name: str) -> Frame:
        """A fact as of the load asked for."""
        return self.source.fact(name, as_of=self.query.as_of)


def scope(source: Source, query: Query, span: Period) -> Scope:
    """Resolve names; raises UnknownName for a dimension and InputError for a value that cannot be one."""
    for dimension, values in query.filters:
        for value in values:
            code_of(dimension, value)
    return Scope(
        source=source, query=query, span=span, window=query.window or span, by=query.dimensions, filters=query.filters
    )


def supports(fact: str, dimension: Dimension) -> bool:
    """Whether rows of ``fact`` carry the dimension, by themselves or through the order or customer they belong to."""
    if fact in dimension.columns or dimension.kind is DimensionKind.LINE:
        return fact in dimension.columns
    if fact in {"orders", "order_lines", "refunds"}:
        return "customers" in dimension.columns or (fact != "orders" and "orders" in dimension.columns)
    return False


def rows_of(scope: Scope, fact: str, needed: tuple[str, ...], *, keep: Mapping[str, nw.Expr] = NOTHING) -> Frame:
    """Rows of a fact in scope: the columns ``keep``, one per group (``g0`` …) and one per amount (``a_…``).

    One narrow selection wherever possible: wide intermediate results cost more than the arithmetic.
    """
    rows = _filtered(scope, fact, dated_refunds="net" in needed)
    wanted = {place for name in needed for place in AMOUNTS[name].needs(fact)}
    if "ever_twice" in wanted:
        twice = scope.fact("customers").select("customer_id", ever_twice=nw.col("orders") > 1)
        rows = rows.join(twice, on="customer_id", how="left")
    groups = {f"g{i}": code(dim, fact) for i, dim in enumerate(scope.by)}
    by_channel = fact == "orders" and wanted == {"first"} and by_channel_only(scope)
    if wanted and not by_channel and (fact == "order_lines" or splits(scope)):
        return _anew(scope, rows, fact, needed, keep=keep)
    read = places.from_channel if by_channel else places.from_history
    found = read(_start(scope, fact)) if wanted else {}
    amounts = {f"a_{name}": AMOUNTS[name].of(fact, found) for name in needed}
    return rows.select(**keep, **groups, **amounts)


def _anew(scope: Scope, rows: Frame, fact: str, needed: tuple[str, ...], *, keep: Mapping[str, nw.Expr]) -> Frame:
    """The same where the place of each order has to be worked out over the rows that are left."""
    groups = {f"g{i}": code(dim, fact) for i, dim in enumerate(scope.by)}
    later = [name for name in needed if AMOUNTS[name].needs(fact)]
    history = any(place != "order_first" for name in later for place in AMOUNTS[name].needs(fact))
    plain = {f"a_{name}": AMOUNTS[name].of(fact, {}) for name in needed if name not in later}
    lines = fact == "order_lines"
    if lines and history:
        of_order = scope.fact("orders").select("order_id", "seq", "day_seq", "is_first")
        rows = rows.join(of_order, on="order_id", how="left")
    twice = ("ever_twice",) if any("ever_twice" in AMOUNTS[name].places for name in later) else ()
    sources = (*(places.SOURCES if history or not lines else ("order_id", "is_sale")), *twice)
    columns = {**named(*sources, *(("line_key",) if lines else ())), **keep}
    rows = rows.select(**columns, **groups, **plain)
    if lines:
        rows = places.order_first(rows, scope.groups)
    if history:
        rows = places.anew(rows, scope.groups, LINE_ORDER if lines else ("seq",), lines=lines)
    found = places.as_columns(*places.HISTORY, "order_first", "ever_twice")
    amounts = {f"a_{name}": AMOUNTS[name].of(fact, found) for name in later}
    return rows.select(*keep, *groups, *plain, **amounts)


def _filtered(scope: Scope, fact: str, *, dated_refunds: bool) -> Frame:
    """Window and filters applied, properties fetched from the order or customer where the fact lacks them."""
    rows = scope.fact(fact)
    if fact == "orders" and dated_refunds and ledger.wanted(scope.source.settings):
        rows = ledger.ledger(rows, scope.fact("refunds"))
    if fact == "refunds":
        rows = rows.join(scope.fact("orders").select("order_id", "load_id", "row_no"), on="order_id", how="left")
    rows = _joined(scope, rows.filter(inside(scope.window, "day")), fact)
    wanted = [matches(dimension, code(dimension, fact), values) for dimension, values in scope.filters]
    return rows.filter(*wanted) if wanted else rows


def inside(window: Period, column: str) -> nw.Expr:
    """Whether the day number in ``column`` lies in the window."""
    return (nw.col(column) >= day_number(window.start)) & (nw.col(column) <= day_number(window.end))


def code(dimension: Dimension, fact: str) -> nw.Expr:
    """The code of a dimension on ``fact``, or of the joined column that stands for it."""
    if fact in dimension.columns:
        return dimension.code(fact)
    return nw.col(f"j_{dimension.id}")


def _joined(scope: Scope, rows: Frame, fact: str) -> Frame:
    """Fetch dimensions the fact does not carry from the order or the customer of each row."""
    absent = [dim for dim in dict.fromkeys(scope.dimensions) if fact not in dim.columns]
    for holder, key in (("orders", "order_id"), ("customers", "customer_id")):
        found = [dim for dim in absent if holder in dim.columns and holder != fact]
        if not found or (holder == "orders" and fact not in {"order_lines", "refunds"}):
            continue
        absent = [dim for dim in absent if dim not in found]
        columns = {f"j_{dim.id}": dim.code(holder) for dim in found}
        unknown = {f"j_{dim.id}": nw.col(f"j_{dim.id}").fill_null(-1 if dim.numeric else "") for dim in found}
        rows = rows.join(scope.fact(holder).select(key, **columns), on=key, how="left").with_columns(**unknown)
    if absent:
        raise UnknownName(Text("维度", "dimension"), absent[0].id, [])
    return rows


def matches(dimension: Dimension, expression: nw.Expr, values: tuple[str, ...]) -> nw.Expr:
    """Whether a code is one of ``values``."""
    return reduce(or_, (expression == code_of(dimension, value) for value in values))


def splits(scope: Scope) -> bool:
    """Whether a filter, or groups other than one calendar, can tear the orders of one buyer apart."""
    times = sum(dim.kind is DimensionKind.TIME for dim in scope.by)
    filtered = any(dim.kind is DimensionKind.TIME for dim, _ in scope.filters)
    return times > 1 or filtered or any(dim.splits_customers for dim in scope.dimensions)


def by_channel_only(scope: Scope) -> bool:
    """Whether what tears orders apart is the channel alone: every group lies within one channel."""
    torn = {dim.id for dim in scope.dimensions if dim.splits_customers}
    calendars = [dim for dim in scope.by if dim.kind is DimensionKind.TIME]
    filtered = any(dim.kind is DimensionKind.TIME for dim, _ in scope.filters)
    one = any(dim.id == "channel" for dim in scope.by) or all(len(values) == 1 for _, values in scope.filters)
    return torn == {"channel"} and len(calendars) <= 1 and not filtered and one


def _start(scope: Scope, fact: str) -> nw.Expr:
    """First day of the group a row lies in: of its calendar span, or of the window."""
    opening = nw.lit(day_number(scope.window.start))
    spans = [span_start(dim, dim.code(fact)) for dim in scope.by if dim.kind is DimensionKind.TIME]
    return nw.max_horizontal(*spans, opening) if spans else opening
