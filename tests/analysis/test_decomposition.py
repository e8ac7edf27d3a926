"""Exact splits: they add up, they do not depend on order, and they agree with tables worked by hand."""

from fractions import Fraction
from itertools import permutations
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from ecodash.analysis.decomposition import (
    Segment,
    against_every_segment,
    mix_and_rate,
    rounded,
    shapley,
    volume_mix_rate,
)

SUMS = st.integers(0, 10**9)
SEGMENT = st.builds(Segment, top_before=SUMS, bottom_before=SUMS, top_now=SUMS, bottom_now=SUMS)
SEGMENTS = st.dictionaries(st.sampled_from("abcdefg"), SEGMENT, min_size=1)


def segment(before: str, now: str) -> Segment:
    """Written as top/bottom before and now."""
    (a, b), (c, d) = (text.split("/") for text in (before, now))
    return Segment(top_before=int(a), bottom_before=int(b), top_now=int(c), bottom_now=int(d))


def by_walking(before: list[int], now: list[int]) -> list[Fraction]:
    """The definition of the Shapley value, order by order."""
    parts, orders = [Fraction(0)] * len(before), list(permutations(range(len(before))))
    for order in orders:
        here = list(before)
        for i in order:
            was = prod(here)
            here[i] = now[i]
            parts[i] += Fraction(prod(here) - was, len(orders))
    return parts


def test_two_factors_worked_by_hand() -> None:
    # 10 buyers × 5 → 12 × 6: 22 more; buyers 2 × 5.5 = 11, amount 1 × 11 = 11.
    assert shapley([10, 5], [12, 6]) == [11, 11]


@given(st.lists(st.tuples(SUMS, SUMS), min_size=1, max_size=4))
def test_factors_add_up_and_equal_the_average_over_all_orders(pairs: list[tuple[int, int]]) -> None:
    before, now = [a for a, _ in pairs], [b for _, b in pairs]
    found = shapley(before, now)
    assert sum(found) == prod(now) - prod(before)
    assert found == by_walking(before, now)


def test_mix_and_rate_worked_by_hand() -> None:
    # A: 10 of 100 → 30 of 200; B: 60 of 100 → 30 of 50. Whole 70/200 = 35 % → 60/250 = 24 %.
    found = mix_and_rate({"A": segment("10/100", "30/200"), "B": segment("60/100", "30/50")})
    assert found is not None
    middle = (Fraction(35, 100) + Fraction(24, 100)) / 2
    assert found["A"].rate == (Fraction(1, 2) + Fraction(4, 5)) / 2 * Fraction(5, 100)
    assert found["A"].mix == Fraction(3, 10) * (Fraction(125, 1000) - middle)
    assert found["B"].rate == 0
    assert found["B"].mix == Fraction(-3, 10) * (Fraction(60, 100) - middle)
    assert sum(one.mix + one.rate for one in found.values()) == Fraction(-11, 100)


@given(SEGMENTS)
def test_mix_and_rate_add_up_to_the_change_of_the_whole(segments: dict[str, Segment]) -> None:
    found = mix_and_rate(segments)
    below = [sum(s.bottom_before for s in segments.values()), sum(s.bottom_now for s in segments.values())]
    if not all(below):
        assert found is None
        return
    assert found is not None
    above = [sum(s.top_before for s in segments.values()), sum(s.top_now for s in segments.values())]
    assert sum(one.mix + one.rate for one in found.values()) == Fraction(above[1], below[1]) - Fraction(
        above[0], below[0]
    )


def test_a_segment_that_is_new_only_shifts_the_mix() -> None:
    found = mix_and_rate({"old": segment("10/100", "10/100"), "new": segment("0/0", "50/100")})
    assert found is not None
    assert found["old"].rate == found["new"].rate == 0
    assert found["new"].mix > 0


def test_volume_mix_and_rate_worked_by_hand() -> None:
    # One segment: 10 orders at 5 → 12 at 6 has no mix; 11 by volume, 11 by rate.
    found = volume_mix_rate({"A": segment("50/10", "72/12")})
    assert found is not None
    assert (found.volume, found.segments["A"].mix, found.segments["A"].rate) == (11, 0, 11)


@given(SEGMENTS)
def test_volume_mix_and_rate_add_up_to_the_change_of_the_sum(segments: dict[str, Segment]) -> None:
    found = volume_mix_rate(segments)
    if found is not None:
        change = sum(s.top_now - s.top_before for s in segments.values())
        assert found.volume + sum(one.mix + one.rate for one in found.segments.values()) == change


def test_twice_as_many_orders_of_the_same_kind_is_all_volume() -> None:
    found = volume_mix_rate({"A": segment("50/10", "100/20"), "B": segment("30/10", "60/20")})
    assert found is not None
    assert found.volume == 80
    assert all(one.mix == one.rate == 0 for one in found.segments.values())


def test_a_total_against_every_segment_is_told() -> None:
    # Both rates rise (10 → 12 %, 60 → 62 %) while the whole falls from 35 % to 22 %.
    assert against_every_segment({"A": segment("10/100", "96/800"), "B": segment("60/100", "124/200")})


def test_a_total_that_moves_with_a_segment_is_not() -> None:
    assert not against_every_segment({"A": segment("10/100", "96/800"), "B": segment("60/100", "118/200")})
    assert not against_every_segment({"A": segment("10/100", "20/100")})


@given(st.lists(st.fractions(-1000, 1000), min_size=1, max_size=12), st.sampled_from([1, 100, 10_000]))
def test_rounded_parts_add_up_and_none_is_off_by_a_unit(parts: list[Fraction], scale: int) -> None:
    found = rounded(parts, scale)
    whole = sum(parts) * scale + Fraction(1, 2)
    assert sum(found) == whole.numerator // whole.denominator
    assert all(abs(number - part * scale) <= 1 for number, part in zip(found, parts, strict=True))
