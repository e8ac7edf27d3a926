"""Exact splits of a change into parts: nothing left over, and no part depends on the order in which they are looked at.

All arithmetic is on fractions of whole numbers, so the parts add up to the change before anything is rounded.

**Shapley value of factors.** A product x₁·x₂·…·xₙ moves from before to now. The part of factor i is the average, over
all orders in which the factors could have moved one after the other, of what moving i changed. Source: L. Shapley,
A value for n-person games (1953); for indices: A. Shorrocks, Decomposition procedures for distributional analysis,
Journal of Economic Inequality 11 (2013).

**Mix and rate.** A rate R = Σ wᵍ·rᵍ over segments with shares wᵍ and rates rᵍ: the rate effect is w̄ᵍ·Δrᵍ, the mix
effect Δwᵍ·(r̄ᵍ − R̄), a bar meaning the middle of before and now (Marshall–Edgeworth). As Σ Δwᵍ = 0 they sum to ΔR. A
segment without cases on one side has no rate there; it is given the rate of the other side, so that all it does is mix.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial, prod

Number = int | Fraction
ZERO = Fraction(0)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Sums above and below the line of one segment, before and now."""

    top_before: int
    bottom_before: int
    top_now: int
    bottom_now: int

    @property
    def rates(self) -> tuple[Fraction, Fraction] | None:
        """Rate before and now, one standing for the other where there are no cases; None without cases on both sides."""
        before = Fraction(self.top_before, self.bottom_before) if self.bottom_before else None
        now = Fraction(self.top_now, self.bottom_now) if self.bottom_now else None
        first, second = before if before is not None else now, now if now is not None else before
        return None if first is None or second is None else (first, second)


@dataclass(frozen=True, kw_only=True)
class MixRate:
    """What a segment contributes to the change of a rate: by its share, and by its own rate."""

    mix: Fraction
    rate: Fraction


def shapley(before: Sequence[Number], now: Sequence[Number]) -> list[Fraction]:
    """The part of each factor in the change of their product; sums to Π now − Π before exactly."""
    count = len(before)
    parts = []
    for i in range(count):
        others = [j for j in range(count) if j != i]
        part = ZERO
        for size in range(count):
            weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
            for moved in combinations(others, size):
                part += weight * prod(Fraction(now[j] if j in moved else before[j]) for j in others)
        parts.append(part * (Fraction(now[i]) - Fraction(before[i])))
    return parts


def mix_and_rate(segments: Mapping[str, Segment]) -> dict[str, MixRate] | None:
    """Mix and rate effect per segment; sums to the change of the whole rate. None without cases before or now."""
    below = (sum(s.bottom_before for s in segments.values()), sum(s.bottom_now for s in segments.values()))
    if not all(below):
        return None
    above = (sum(s.top_before for s in segments.values()), sum(s.top_now for s in segments.values()))
    middle = (Fraction(above[0], below[0]) + Fraction(above[1], below[1])) / 2
    found = {}
    for name, one in segments.items():
        rates = one.rates
        if rates is None:  # sums above the line without a case below it: no share, no rate
            change = Fraction(one.top_now, below[1]) - Fraction(one.top_before, below[0])
            found[name] = MixRate(mix=ZERO, rate=change)
            continue
        shares = Fraction(one.bottom_before, below[0]), Fraction(one.bottom_now, below[1])
        mix = (shares[1] - shares[0]) * ((rates[0] + rates[1]) / 2 - middle)
        rate = (shares[0] + shares[1]) / 2 * (rates[1] - rates[0])
        found[name] = MixRate(mix=mix, rate=rate + _stray(one, below))
    return found


def _stray(one: Segment, below: tuple[int, int]) -> Fraction:
    """Sums above the line on the side that has no case below it (a refund of last month's only order)."""
    before = Fraction(one.top_before, below[0]) if not one.bottom_before else ZERO
    now = Fraction(one.top_now, below[1]) if not one.bottom_now else ZERO
    return now - before


@dataclass(frozen=True, kw_only=True)
class VolumeMixRate:
    """The change of a total: by how many cases there are in all, and per segment by its share and by its rate."""

    volume: Fraction
    segments: Mapping[str, MixRate]


def volume_mix_rate(segments: Mapping[str, Segment]) -> VolumeMixRate | None:
    """The change of Σ top as volume × share × rate (Shapley per segment); None without cases before or now.

    The mix of a segment is measured against the average rate: a share moving to a segment below it lowers the total.
    """
    below = (sum(s.bottom_before for s in segments.values()), sum(s.bottom_now for s in segments.values()))
    if not all(below):
        return None
    above = (sum(s.top_before for s in segments.values()), sum(s.top_now for s in segments.values()))
    middle = (Fraction(above[0], below[0]) + Fraction(above[1], below[1])) / 2 * Fraction(below[0] + below[1], 2)
    volume, found = ZERO, {}
    for name, one in segments.items():
        rates = one.rates
        if rates is None:
            found[name] = MixRate(mix=ZERO, rate=Fraction(one.top_now - one.top_before))
            continue
        shares = Fraction(one.bottom_before, below[0]), Fraction(one.bottom_now, below[1])
        by_volume, by_share, by_rate = shapley((below[0], shares[0], rates[0]), (below[1], shares[1], rates[1]))
        volume += by_volume
        stray = (one.top_now if not one.bottom_now else 0) - (one.top_before if not one.bottom_before else 0)
        found[name] = MixRate(mix=by_share - middle * (shares[1] - shares[0]), rate=by_rate + stray)
    return VolumeMixRate(volume=volume, segments=found)


def against_every_segment(segments: Mapping[str, Segment]) -> bool:
    """Whether the rate of the whole moves one way and the rate of every segment that moves the other (Simpson).

    Needs two segments with cases on both sides whose rates move.
    """
    below = (sum(s.bottom_before for s in segments.values()), sum(s.bottom_now for s in segments.values()))
    if not all(below):
        return False
    above = (sum(s.top_before for s in segments.values()), sum(s.top_now for s in segments.values()))
    whole = Fraction(above[1], below[1]) - Fraction(above[0], below[0])
    both = [s for s in segments.values() if s.bottom_before and s.bottom_now]
    moves = [s.rates[1] - s.rates[0] for s in both if s.rates]
    told = [move for move in moves if move]
    return whole != 0 and len(told) > 1 and all((move > 0) != (whole > 0) for move in told)


def rounded(parts: Sequence[Fraction], scale: int) -> list[int]:
    """Whole numbers of 1/``scale`` that add up to the rounded sum of ``parts`` (largest remainder).

    No part is off by a whole unit or more. Ties go to the earlier part; the sum is rounded half up.
    """
    exact = [part * scale for part in parts]
    floors = [part.numerator // part.denominator for part in exact]
    whole = sum(exact, ZERO) + Fraction(1, 2)
    missing = whole.numerator // whole.denominator - sum(floors)
    by_rest = sorted(range(len(parts)), key=lambda i: (floors[i] - exact[i], i))
    for i in by_rest[:missing]:
        floors[i] += 1
    return floors
