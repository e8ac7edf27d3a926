"""The change of a sum as volume × mix × rate: how many cases in all, how they are spread, what each is worth."""

from dataclasses import replace
from fractions import Fraction

from ecodash.analysis.decomposition import against_every_segment
from ecodash.analysis.decomposition import volume_mix_rate as split_volume
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics import caveats
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.change_asked import ChangeAsked, Piece, change_asked
from ecodash.metrics.decomposed import Decomposition, NotApplicable, PartKind, Way
from ecodash.metrics.dimensions import Dimension, DimensionKind, dimension
from ecodash.metrics.exact_sums import not_additive, scale_of
from ecodash.metrics.metric import Sum
from ecodash.metrics.query import Query
from ecodash.metrics.segments import RateShown, mix_pieces, segments_of, unit_per
from ecodash.metrics.source import Source


def volume_mix_rate(
    source: Source, metric_id: str, query: Query, before: Period, by: str
) -> Decomposition | NotApplicable:
    """The change of a sum from ``before`` to ``query.window``: one part for volume, two per group. Raises UnknownName.

    Volume is orders; where an order can lie in several groups (what is bought), units. NotApplicable for ratios.
    """
    change, split = change_asked(source, metric_id, query, before), dimension(by)
    how = change.definition.how
    if not isinstance(how, Sum):
        words = Text("只有合计类指标能拆成量、结构和单价。", "Only sums split into volume, mix and rate.")
        return NotApplicable(reason=words)
    blocked = change.obstacle()
    if blocked:
        return blocked
    volume = "units" if split.kind is DimensionKind.LINE else "orders"
    if split.kind is DimensionKind.TIME or how.amount == volume:
        return NotApplicable(reason=caveats.no_split(change.metric, split))
    return _split(change, how.amount, volume, split)


def _split(change: ChangeAsked, amount: str, volume: str, split: Dimension) -> Decomposition | NotApplicable:
    found, whole = change.groups([amount, volume], split.id), change.sums([amount])
    if found is None or whole is None:
        return NotApplicable(reason=caveats.no_split(change.metric, split))
    if not all(one.additive for one in found):
        return NotApplicable(reason=not_additive(change.metric, split))
    segments = segments_of(found, amount, volume)
    effects = split_volume(segments)
    if effects is None:
        return NotApplicable(reason=caveats.nothing_below(AMOUNTS[volume].name))
    cases = [sum(sums[volume] for sums in one.groups.values()) / scale_of(volume) for one in found]
    size = Fraction(1, scale_of(amount))
    each = RateShown(size=size * scale_of(volume), unit=unit_per(volume, AMOUNTS[amount].unit))
    pieces = [
        Piece(
            id="volume",
            words=AMOUNTS[volume].name,
            kind=PartKind.VOLUME,
            value=effects.volume * size,
            unit=AMOUNTS[volume].unit,
            was=cases[0],
            now=cases[1],
        ),
        *mix_pieces(segments, effects.segments, size=size, shown=each),
    ]
    totals = (Fraction(whole[0][amount], scale_of(amount)), Fraction(whole[1][amount], scale_of(amount)))
    rest = Text("没有商品明细的部分（运费、无明细订单等）", "not on any line (shipping, orders without lines …)")
    made = change.composed(pieces, totals, Way.VOLUME_MIX_RATE, rest=rest)
    return replace(made, dimension=split.id, against_every_segment=against_every_segment(segments))
