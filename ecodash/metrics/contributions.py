"""Why did it change: the change of a metric between two windows, taken apart so that the parts add up to it exactly.

``by_dimension``: a sum by its groups; a ratio by the share (mix) and the rate of each group. ``by_factors``: a product
such as buyers × orders per buyer × amount per order. ``volume_mix_rate``: a sum by how many cases there are, how they
are spread over groups, and what each is worth.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from ecodash.analysis.decomposition import Segment, against_every_segment, mix_and_rate
from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics import caveats
from ecodash.metrics.change_asked import ChangeAsked, Piece, change_asked
from ecodash.metrics.decomposed import Decomposition, NotApplicable, PartKind, Way
from ecodash.metrics.dimensions import Dimension, DimensionKind, dimension
from ecodash.metrics.exact_sums import GroupSums, not_additive, scale_of
from ecodash.metrics.factors import by_factors
from ecodash.metrics.metric import Ratio, Sum
from ecodash.metrics.query import Query
from ecodash.metrics.segments import RateShown, mix_pieces, segments_of
from ecodash.metrics.source import Source
from ecodash.metrics.volume import volume_mix_rate

__all__ = ["by_dimension", "by_factors", "volume_mix_rate"]

NEW_AND_OLD = {"new": "new_buyers", "returning": "old_buyers"}  # each buyer of a window is one or the other


def by_dimension(
    source: Source, metric_id: str, query: Query, before: Period, by: str
) -> Decomposition | NotApplicable:
    """The change from ``before`` to ``query.window`` by the groups of ``by``. Raises UnknownName.

    NotApplicable where groups do not add up (buyers by channel), or there is no number to begin with.
    """
    change, split = change_asked(source, metric_id, query, before), dimension(by)
    if split.kind is DimensionKind.TIME:
        return NotApplicable(
            reason=Text("两个时段没有共同的日期，不能按时间拆分。", "Two windows have no day in common to split by.")
        )
    blocked = change.obstacle()
    if blocked:
        return blocked
    match change.definition.how:
        case Sum(amount=amount):
            return _of_sum(change, amount, split)
        case Ratio() as how:
            return _of_ratio(change, how, split)
        case _:
            return _of_cases(change, split)


def _of_sum(change: ChangeAsked, amount: str, split: Dimension) -> Decomposition | NotApplicable:
    if amount == "buyers" and split.id == "new_returning":
        return _new_and_old(change)
    found, whole = change.groups([amount], split.id), change.sums([amount])
    if found is None or whole is None:
        return NotApplicable(reason=caveats.no_split(change.metric, split))
    if not all(one.additive for one in found):
        return NotApplicable(reason=not_additive(change.metric, split))
    pieces = _changes(found, amount, change.metric.unit)
    totals = (Fraction(whole[0][amount], scale_of(amount)), Fraction(whole[1][amount], scale_of(amount)))
    rest = Text("没有商品明细的部分（运费、无明细订单等）", "not on any line (shipping, orders without lines …)")
    made = change.composed(pieces, totals, Way.SEGMENTS, rest=rest)
    return replace(made, dimension=split.id)


def _changes(found: tuple[GroupSums, GroupSums], amount: str, unit: Unit) -> list[Piece]:
    """One piece per group that changed, appeared or went."""
    before, now = ({name: sums[amount] for name, sums in one.groups.items()} for one in found)
    scale = scale_of(amount)
    return [
        Piece(
            id=name,
            words=Text(name, name),
            kind=PartKind.NEW if name not in before else PartKind.GONE if name not in now else PartKind.CHANGED,
            value=Fraction(now.get(name, 0) - before.get(name, 0), scale),
            unit=unit,
            group=name,
            was=before.get(name, 0) / scale,
            now=now.get(name, 0) / scale,
        )
        for name in sorted({*before, *now})
        if before.get(name, 0) or now.get(name, 0)
    ]


def _new_and_old(change: ChangeAsked) -> Decomposition | NotApplicable:
    """Buyers by whether the window held their first purchase: the one way in which order groups of buyers add up."""
    whole = change.sums([*NEW_AND_OLD.values(), "buyers"])
    if whole is None:
        return NotApplicable(reason=caveats.no_split(change.metric, dimension("new_returning")))
    before, now = (
        GroupSums(groups={name: {"buyers": sums[amount]} for name, amount in NEW_AND_OLD.items()}, additive=True)
        for sums in whole
    )
    totals = (Fraction(whole[0]["buyers"]), Fraction(whole[1]["buyers"]))
    made = change.composed(_changes((before, now), "buyers", change.metric.unit), totals, Way.SEGMENTS)
    return replace(made, dimension="new_returning")


def _of_ratio(change: ChangeAsked, how: Ratio, split: Dimension) -> Decomposition | NotApplicable:
    names = [how.top, how.bottom]
    found, whole = change.groups(names, split.id), change.sums(names)
    if found is None or whole is None:
        return NotApplicable(reason=caveats.no_split(change.metric, split))
    if not all(one.additive for one in found):
        return NotApplicable(reason=not_additive(change.metric, split))
    size = Fraction(scale_of(how.bottom), scale_of(how.top))
    rates = [Fraction(sums[how.top], sums[how.bottom]) * size if sums[how.bottom] else None for sums in whole]
    if rates[0] is None or rates[1] is None:
        return NotApplicable(reason=Text("其中一个时段的分母为零。", "Nothing below the line in one of the windows."))
    return _mixed(change, segments_of(found, how.top, how.bottom), (rates[0], rates[1]), size, split)


def _of_cases(change: ChangeAsked, split: Dimension) -> Decomposition | NotApplicable:
    """Shares of cases that a method counted: customers watched and customers back."""
    whole = [found[0] for found in change.estimates()]
    if any(one.successes is None or not one.n for one in whole):
        return NotApplicable(
            reason=Text(f"“{change.metric.name.zh}”不是个案的占比，不能这样拆分。",
                        f"“{change.metric.name.en}” is no share of cases and cannot be split like this.")
        )  # fmt: skip
    groups = [{e.by[split.id]: e for e in found if split.id in e.by} for found in change.estimates(by=split.id)]
    if not all(groups):
        return NotApplicable(reason=caveats.no_split(change.metric, split))
    counted = [_counted(found) for found in groups]
    for one, sums in zip(whole, counted, strict=True):
        if (sum(s for s, _ in sums.values()), sum(n for _, n in sums.values())) != (one.successes, one.n):
            return NotApplicable(reason=not_additive(change.metric, split))
    before, now = counted
    nobody = (0, 0)
    segments = {
        name: Segment(
            top_before=before.get(name, nobody)[0],
            bottom_before=before.get(name, nobody)[1],
            top_now=now.get(name, nobody)[0],
            bottom_now=now.get(name, nobody)[1],
        )
        for name in sorted({*before, *now})
    }
    first, second = (Fraction(one.successes or 0, one.n) for one in whole)
    return _mixed(change, segments, (first, second), Fraction(1), split)


def _counted(found: Mapping[str, Estimate]) -> dict[str, tuple[int, int]]:
    return {name: (one.successes or 0, one.n) for name, one in found.items()}


def _mixed(
    change: ChangeAsked,
    segments: Mapping[str, Segment],
    totals: tuple[Fraction, Fraction],
    size: Fraction,
    split: Dimension,
) -> Decomposition | NotApplicable:
    found = mix_and_rate(segments)
    if found is None:
        return NotApplicable(reason=caveats.no_split(change.metric, split))
    rest = Text("明细与整单口径之差", "difference between lines and whole orders")
    made = change.composed(
        mix_pieces(segments, found, size=size, shown=RateShown(size=size, unit=change.metric.unit)),
        totals,
        Way.MIX_RATE,
        rest=rest,
    )
    return replace(made, dimension=split.id, against_every_segment=against_every_segment(segments))
