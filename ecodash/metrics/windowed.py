"""Metrics that look at the rows of a window: sums, and ratios of sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ecodash.analysis.ratio_interval import ClusterSums
from ecodash.core.estimate import Caveat, Estimate, Status
from ecodash.core.unit import Unit
from ecodash.metrics import caveats
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.answers import Asked
from ecodash.metrics.dimensions import Dimension, DimensionKind
from ecodash.metrics.ground import Ground
from ecodash.metrics.groups import codes_between
from ecodash.metrics.metric import Ratio, Spread, Sum
from ecodash.metrics.scope import Scope, rows_of, supports
from ecodash.metrics.tally import EXACT, Cluster, Pair, Tally, clustered, key, tally

REFUND_DAYS = 30
CUBES = ("daily", "product_days")


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a metric adds up, and on which fact; ``fact`` None when no fact can split it as asked."""

    asked: Asked
    how: Sum | Ratio
    amounts: tuple[str, ...]
    pair: Pair | None
    fact: str | None


def part(asked: Asked, how: Sum | Ratio) -> Part:
    """The smallest fact that holds the amounts and dimensions of a metric."""
    pair: Pair | None = None
    if isinstance(how, Ratio):
        amounts = tuple(dict.fromkeys((how.top, how.bottom, *((how.n,) if how.n else ()))))
        if how.spread is Spread.CUSTOMERS and asked.scope.query.intervals:
            pair = (how.top, how.bottom)
    else:
        amounts = (how.amount,)
    fact = fact_for(asked.scope, amounts, rows=pair is not None)
    return Part(asked=asked, how=how, amounts=amounts, pair=pair, fact=fact)


def fact_for(scope: Scope, amounts: Sequence[str], *, rows: bool) -> str | None:
    """The fact to read: a cube where it suffices, else orders or lines (``rows``: never a cube)."""
    lines = any(dim.kind is DimensionKind.LINE for dim in scope.dimensions)
    for fact in ("product_days", "order_lines") if lines else ("daily", "refunds", "orders"):
        if rows and fact in CUBES:
            continue
        held = all(fact in AMOUNTS[name].columns for name in amounts)
        if held and all(supports(fact, dim) for dim in scope.dimensions):
            return fact
    return None


def answer(scope: Scope, asked: Sequence[tuple[Asked, Sum | Ratio]]) -> list[list[Estimate]]:
    """Estimates per metric, each a list over its groups, in the order asked; one pass per fact."""
    parts = [part(one, how) for one, how in asked]
    found: dict[str, list[Tally]] = {}
    for fact in dict.fromkeys(p.fact for p in parts if p.fact):
        found[fact] = _pass(scope, fact, [p for p in parts if p.fact == fact])
    return [_estimates(p, found[p.fact]) if p.fact else [_unable(p.asked)] for p in parts]


def _pass(scope: Scope, fact: str, parts: Sequence[Part]) -> list[Tally]:
    """One pass over a fact for everything asked of it, with what coverage and warnings need."""
    beside = ("orders", "known_orders", *(("fx_missing", "paid") if any(map(_of_money, parts)) else ()))
    extra = [name for name in beside if fact in AMOUNTS[name].columns and fact != "order_lines"]
    amounts = list(dict.fromkeys([*(name for p in parts for name in p.amounts), *extra]))
    pairs = list(dict.fromkeys(p.pair for p in parts if p.pair))
    if not pairs:
        rows = rows_of(scope, fact, tuple(amounts))
        return _every_group(scope, tally(rows, scope.groups, amounts), amounts, ())
    by = cluster(parts[0].asked.ground, fact)
    rows = rows_of(scope, fact, tuple(amounts), keep=key(by))
    return _every_group(scope, clustered(rows, scope.groups, amounts, pairs=pairs), amounts, pairs)


def cluster(ground: Ground, fact: str) -> Cluster:
    """Customers one by one while there are few documents, buckets of customers beyond."""
    return Cluster.BUCKET if fact == "orders" and ground.documents > EXACT else Cluster.OWNER


def _every_group(scope: Scope, found: list[Tally], amounts: Iterable[str], pairs: Iterable[Pair]) -> list[Tally]:
    """Calendar groups without a row are groups of nothing, not missing ones."""
    inside = scope.window.clip(scope.span)
    if len(scope.by) != 1 or scope.by[0].kind is not DimensionKind.TIME or inside is None or not found:
        return found
    known = {t.codes[0]: t for t in found}
    zeros = dict.fromkeys(amounts, 0.0)
    nothing = {pair: ClusterSums(n=0, y=0, x=0, yy=0, xx=0, xy=0) for pair in pairs}
    return [
        known.get(code) or Tally(codes=(code,), rows=0, sums=zeros, clusters=nothing)
        for code in codes_between(scope.by[0], inside)
    ]


def culprit(scope: Scope) -> Dimension:
    """The dimension to name when no fact carries what is asked: what is bought, else the first."""
    return next((dim for dim in scope.dimensions if dim.kind is DimensionKind.LINE), scope.dimensions[0])


def _unable(asked: Asked) -> Estimate:
    return asked.blank(Status.NOT_APPLICABLE, caveats.no_split(asked.metric, culprit(asked.scope)))


def _estimates(one: Part, found: Sequence[Tally]) -> list[Estimate]:
    asked, scope = one.asked, one.asked.scope
    if asked.metric.of_customers and not any(t.sums.get("known_orders") for t in found) and not asked.ground.identified:
        return [asked.blank(Status.NOT_APPLICABLE, caveats.no_buyers(asked.metric))]
    if not found or (not scope.by and found[0].rows == 0):
        return [asked.nothing()]
    return [
        asked.warned(_estimate(one, group), group.codes, more=_warnings(one, group), coverage=_coverage(group))
        for group in found
    ]


def _estimate(one: Part, group: Tally) -> Estimate:
    how, asked = one.how, one.asked
    if _unpriced(one, group):
        return asked.blank(Status.MISSING, caveats.no_amounts(int(group.sums["orders"])), group.codes)
    if isinstance(how, Sum):
        value = group.sums[how.amount]
        people = AMOUNTS[how.amount].unit is Unit.BUYERS
        return asked.number(value, group.codes, n=int(value if people else group.sums.get("orders", group.rows)))
    below = group.sums[how.bottom]
    if below == 0:
        return asked.blank(Status.EMPTY, caveats.nothing_below(AMOUNTS[how.bottom].name), group.codes)
    n = int(group.sums[how.n or how.bottom])
    if how.spread is Spread.CASES:
        return asked.share(int(group.sums[how.top]), n, group.codes)
    sums = group.clusters.get((how.top, how.bottom))
    if sums is None:
        return asked.judged(asked.number(group.sums[how.top] / below, group.codes, n=n), None)
    return asked.mean(sums, n, group.codes)


def _coverage(group: Tally) -> float | None:
    orders = group.sums.get("orders", 0)
    return group.sums["known_orders"] / orders if orders and "known_orders" in group.sums else None


def _of_money(one: Part) -> bool:
    return any(AMOUNTS[name].unit is Unit.MONEY for name in one.amounts)


def _unpriced(one: Part, group: Tally) -> bool:
    """Whether money is asked of orders none of which states an amount: unknown, not 0."""
    free = one.asked.scope.source.settings.policy.include_zero_amount
    money = [group.sums[name] for name in one.amounts if AMOUNTS[name].unit is Unit.MONEY]
    silent = bool(money) and not any(money) and group.sums.get("paid") == 0 and not group.sums.get("fx_missing")
    return silent and not free and group.sums.get("orders", 0) > 0


def _warnings(one: Part, group: Tally) -> list[Caveat]:
    found = []
    if group.sums.get("fx_missing", 0) and _of_money(one):
        found.append(caveats.fx_missing(int(group.sums["fx_missing"])))
    scope = one.asked.scope
    recent = one.asked.days(group.codes).end > scope.span.end - timedelta(days=REFUND_DAYS)
    if recent and {"refund", "refunded_orders", "net"} & set(one.amounts):
        found.append(caveats.refunds_open())
    return found
