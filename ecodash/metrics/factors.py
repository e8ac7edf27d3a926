"""The change of a product by its factors: net sales = buyers × orders per buyer × amount per order.

A chain of sums a₀, a₁, … aₖ gives the factors a₀, a₁/a₀, … aₖ/aₖ₋₁, whose product is aₖ by construction; leaving out
a₀ it is the ratio aₖ/a₀. Only orders whose buyer is known have buyers; what the others add is a part of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import prod

from ecodash.analysis.decomposition import shapley
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics import caveats
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.change_asked import ChangeAsked, Piece, change_asked
from ecodash.metrics.decomposed import Decomposition, NotApplicable, PartKind, Way
from ecodash.metrics.exact_sums import scale_of
from ecodash.metrics.metric import Computation, Ratio, Sum
from ecodash.metrics.query import Query
from ecodash.metrics.segments import unit_per
from ecodash.metrics.source import Source

CHAINS = ("buyers", "orders", "items")
KNOWN, SOLD = ("new", "returning"), ("new", "returning", "anonymous")
ANONYMOUS = Text("未识别买家的订单", "orders without a known buyer")
OTHER = Text("未计为销售的单据（红字单、调整单等）", "documents that are no sale (credits, adjustments …)")
WORDS: dict[tuple[str, str], Text] = {
    ("buyers", "orders"): Text("人均订单数", "orders per buyer"),
    ("buyers", "known_orders"): Text("人均订单数", "orders per buyer"),
    ("orders", "units"): Text("每单件数", "items per order"),
    ("priced_orders", "units"): Text("每单件数", "items per order"),
}
RATIOS: dict[tuple[str, str], tuple[str, ...]] = {
    ("known_paid", "buyers"): ("buyers", "known_orders", "known_paid"),
    ("paid", "priced_orders"): ("priced_orders", "units", "paid"),
    ("net", "priced_orders"): ("priced_orders", "units", "net"),
}


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Sums before and now, in shown units, in the order of the factors. ``whole``: the first sum is a factor too."""

    names: tuple[str, ...]
    before: tuple[Fraction, ...]
    now: tuple[Fraction, ...]
    whole: bool

    def factors(self) -> tuple[list[Fraction], list[Fraction]] | None:
        """The factors before and now; None when they do not make the product (an amount without a single case)."""
        first = [_quotient(pair) for pair in pairwise(self.before)]
        second = [_quotient(pair) for pair in pairwise(self.now)]
        for i, (was, is_) in enumerate(zip(first, second, strict=True)):
            first[i], second[i] = (was if was is not None else is_), (is_ if is_ is not None else was)
        before, now = [f or Fraction(0) for f in first], [f or Fraction(0) for f in second]
        if self.whole:
            before, now = [self.before[0], *before], [self.now[0], *now]
        right = (prod(before), prod(now)) == (
            _target(self.before, whole=self.whole),
            _target(self.now, whole=self.whole),
        )
        return (before, now) if right else None


def by_factors(
    source: Source, metric_id: str, query: Query, before: Period, chain: str | None = None
) -> Decomposition | NotApplicable:
    """The change from ``before`` to ``query.window`` by factors (Shapley). Raises UnknownName.

    ``chain``: ``buyers`` (buyers × orders per buyer × amount per order), ``orders`` (orders × amount per order) or
    ``items`` (orders × items per order × amount per item); left out: by buyers where they are known, else by orders.
    """
    change = change_asked(source, metric_id, query, before)
    blocked = change.obstacle()
    if blocked:
        return blocked
    how = change.definition.how
    if isinstance(how, Ratio):
        return _of_ratio(change, how)
    for one in (chain,) if chain else ("buyers", "orders"):
        found = _of_sum(change, how, one)
        if isinstance(found, Decomposition):
            return found
    return found


def _of_ratio(change: ChangeAsked, how: Ratio) -> Decomposition | NotApplicable:
    names = RATIOS.get((how.top, how.bottom))
    whole = change.sums(names) if names else None
    if names is None or whole is None:
        return _no_product(change)
    return _made(change, _chain(names, whole, whole=False), ())


def _of_sum(change: ChangeAsked, how: Computation, chain: str) -> Decomposition | NotApplicable:
    names = _names(how, chain)
    if not isinstance(how, Sum) or names is None:
        return _no_product(change)
    counted = [name for name in names if name != "buyers"]
    groups = change.groups(counted, "new_returning")
    if groups is None or not all(one.additive for one in groups):
        return _no_product(change)
    inside = KNOWN if chain == "buyers" else SOLD
    sums = [_over(one.groups, inside, counted) for one in groups]
    if "buyers" in names:
        people = change.sums(["buyers"])
        if people is None or not (people[0]["buyers"] or people[1]["buyers"]):
            return NotApplicable(reason=caveats.no_buyers(change.metric))
        sums = [{**one, **two} for one, two in zip(sums, people, strict=True)]
    left = [
        _left(name, words, [_over(one.groups, codes, [how.amount])[how.amount] for one in groups], how.amount)
        for name, words, codes in (
            ("anonymous", ANONYMOUS, ("anonymous",) if chain == "buyers" else ()),
            ("other", OTHER, tuple({*groups[0].groups, *groups[1].groups} - {*SOLD})),
        )
    ]
    return _made(change, _chain(names, (sums[0], sums[1]), whole=True), left)


def _names(how: Computation, chain: str) -> tuple[str, ...] | None:
    """The chain of a sum; None when it has no such product."""
    begun = {"buyers": ("buyers", "orders"), "orders": ("orders",), "items": ("orders", "units")}.get(chain)
    if begun is None or not isinstance(how, Sum):
        return None
    if how.amount in begun:
        names = begun[: begun.index(how.amount) + 1]
        return names if len(names) > 1 else None
    return (*begun, how.amount) if AMOUNTS[how.amount].scaled else None


def _over(groups: Mapping[str, Mapping[str, int]], codes: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    return {name: sum(groups[code][name] for code in codes if code in groups) for name in names}


def _left(name: str, words: Text, sums: Sequence[int], amount: str) -> Piece:
    scale = scale_of(amount)
    return Piece(
        id=name,
        words=words,
        kind=PartKind.REST,
        value=Fraction(sums[1] - sums[0], scale),
        unit=AMOUNTS[amount].unit,
        was=sums[0] / scale,
        now=sums[1] / scale,
    )


def _chain(names: tuple[str, ...], sums: tuple[Mapping[str, int], Mapping[str, int]], *, whole: bool) -> Chain:
    before, now = (tuple(Fraction(one[name], scale_of(name)) for name in names) for one in sums)
    return Chain(names=names, before=before, now=now, whole=whole)


def _made(change: ChangeAsked, chain: Chain, left: Sequence[Piece]) -> Decomposition | NotApplicable:
    found = chain.factors()
    if found is None:
        return NotApplicable(reason=caveats.nothing_below(AMOUNTS[chain.names[-2]].name))
    before, now = found
    names = [(None, chain.names[0])] if chain.whole else []
    labels = [*names, *pairwise(chain.names)]
    pieces = [
        Piece(
            id=name if below is None else f"{name}_per_{below}",
            words=_words(below, name),
            kind=PartKind.FACTOR,
            value=value,
            unit=AMOUNTS[name].unit if below is None else unit_per(below, AMOUNTS[name].unit),
            was=float(was),
            now=float(is_),
        )
        for (below, name), value, was, is_ in zip(labels, shapley(before, now), before, now, strict=True)
    ]
    rest = [piece for piece in left if piece.was or piece.now]
    totals = _totals(change, chain)
    if totals is None:
        return _no_product(change)
    return change.composed([*pieces, *rest], totals, Way.FACTORS)


def _totals(change: ChangeAsked, chain: Chain) -> tuple[Fraction, Fraction] | None:
    """The metric as it is shown before and now, with what lies outside the chain."""
    if not chain.whole:
        return _target(chain.before, whole=False), _target(chain.now, whole=False)
    amount = chain.names[-1]
    found = change.sums([amount])
    return found and (Fraction(found[0][amount], scale_of(amount)), Fraction(found[1][amount], scale_of(amount)))


def _words(below: str | None, name: str) -> Text:
    if below is None:
        return AMOUNTS[name].name
    made = Text("每{below}{name}", "{name} per {below}").format(below=_one(below), name=AMOUNTS[name].name)
    return WORDS.get((below, name), made)


def _one(name: str) -> Text:
    """One case of an amount, for “per …”."""
    people, items = Text("人", "buyer"), Text("件", "item")
    return people if name == "buyers" else items if name == "units" else Text("单", "order")


def _quotient(pair: tuple[Fraction, Fraction]) -> Fraction | None:
    return pair[1] / pair[0] if pair[0] else None


def _target(sums: tuple[Fraction, ...], *, whole: bool) -> Fraction:
    if whole:
        return sums[-1]
    return sums[-1] / sums[0] if sums[0] else Fraction(0)


def _no_product(change: ChangeAsked) -> NotApplicable:
    return NotApplicable(
        reason=Text(
            f"“{change.metric.name.zh}”不是这样几个因素的乘积。",
            f"“{change.metric.name.en}” is no product of these factors.",
        )
    )
