"""Groups as segments with something above and something below the line, and their mix and rate effects as pieces."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ecodash.analysis.decomposition import MixRate, Segment
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.change_asked import Piece
from ecodash.metrics.decomposed import PartKind
from ecodash.metrics.exact_sums import GroupSums

MIX = Text("{group}：占比变化", "{group}: share moved")
RATE = Text("{group}：自身变化", "{group}: own rate moved")


@dataclass(frozen=True, kw_only=True)
class RateShown:
    """How a segment's rate is shown: top ÷ bottom times ``size``, in ``unit``."""

    size: Fraction
    unit: Unit


def unit_per(below: str, above: Unit) -> Unit:
    """The unit of an amount per case of another: money per order, items per order, orders per buyer."""
    if above is Unit.ORDERS:
        return Unit.ORDERS_PER_BUYER
    if above is Unit.ITEMS:
        return Unit.ITEMS_PER_ORDER
    money = {"buyers": Unit.MONEY_PER_BUYER, "units": Unit.MONEY_PER_ITEM}
    return money.get(below, Unit.MONEY_PER_ORDER) if above is Unit.MONEY else Unit.COUNT


def segments_of(found: tuple[GroupSums, GroupSums], top: str, bottom: str) -> dict[str, Segment]:
    """One segment per group with anything above or below the line, before or now."""
    nothing = {top: 0, bottom: 0}
    before, now = found[0].groups, found[1].groups
    pairs = {name: (before.get(name, nothing), now.get(name, nothing)) for name in sorted({*before, *now})}
    return {
        name: Segment(
            top_before=first[top], bottom_before=first[bottom], top_now=second[top], bottom_now=second[bottom]
        )
        for name, (first, second) in pairs.items()
        if any((first[top], first[bottom], second[top], second[bottom]))
    }


def mix_pieces(
    segments: Mapping[str, Segment], found: Mapping[str, MixRate], *, size: Fraction, shown: RateShown
) -> list[Piece]:
    """Two pieces per segment; one for a segment there was not before, or is not now.

    ``size`` turns an effect into the metric's unit.
    """
    shares = _shares(segments)
    pieces = []
    for name, effect in found.items():
        one = segments[name]
        kind = PartKind.NEW if not one.bottom_before else PartKind.GONE if not one.bottom_now else PartKind.MIX
        pieces.append(
            Piece(
                id=f"{name}:mix",
                words=MIX.format(group=name),
                kind=kind,
                value=effect.mix * size,
                unit=Unit.RATIO,
                group=name,
                was=shares[name][0],
                now=shares[name][1],
            )
        )
        if kind is PartKind.MIX or effect.rate:
            pieces.append(_rate(name, one, effect.rate * size, shown))
    return pieces


def _rate(name: str, one: Segment, value: Fraction, shown: RateShown) -> Piece:
    was = Fraction(one.top_before, one.bottom_before) * shown.size if one.bottom_before else None
    now = Fraction(one.top_now, one.bottom_now) * shown.size if one.bottom_now else None
    return Piece(
        id=f"{name}:rate",
        words=RATE.format(group=name),
        kind=PartKind.RATE,
        value=value,
        unit=shown.unit,
        group=name,
        was=None if was is None else float(was),
        now=None if now is None else float(now),
    )


def _shares(segments: Mapping[str, Segment]) -> dict[str, tuple[float, float]]:
    before = sum(one.bottom_before for one in segments.values()) or 1
    now = sum(one.bottom_now for one in segments.values()) or 1
    return {name: (one.bottom_before / before, one.bottom_now / now) for name, one in segments.items()}
