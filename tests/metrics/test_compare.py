"""Changes: points, growth, new, and whether it is more than chance."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from ecodash.analysis.difference import difference
from ecodash.analysis.holm import holm
from ecodash.analysis.interval import Interval
from ecodash.analysis.wilson import wilson
from ecodash.core.estimate import Estimate, Status
from ecodash.core.unit import Unit
from ecodash.metrics.compare import Kind, Verdict, change, changes, paired


def money(value: float | None, metric: str = "gmv") -> Estimate:
    return Estimate(metric=metric, definition="x", unit=Unit.MONEY, status=Status.OK, value=value)


def rate(successes: int, n: int) -> Estimate:
    inside = wilson(successes, n)
    assert inside is not None
    return Estimate(
        metric="r", definition="x", unit=Unit.RATIO, status=Status.OK, value=successes / n, n=n,
        successes=successes, low=inside.low, high=inside.high,
    )  # fmt: skip


def test_money_grows_relative_to_what_was() -> None:
    found = change(money(150), money(120))
    assert (found.kind, found.difference, found.relative, found.verdict) == (Kind.RELATIVE, 30, 0.25, Verdict.NONE)


def test_growth_from_zero_is_new_and_never_zero_percent() -> None:
    # T16
    found = change(money(150), money(0))
    assert (found.kind, found.relative, found.difference) == (Kind.NEW, None, 150)
    assert change(money(0), money(0)).kind is Kind.SAME
    assert change(money(0), money(50)).relative == -1


def test_from_a_negative_number_there_is_no_growth_rate() -> None:
    found = change(money(10), money(-20))
    assert (found.kind, found.relative, found.difference) == (Kind.RELATIVE, None, 30)


def test_a_change_of_a_rate_is_in_points() -> None:
    found = change(rate(60, 100), rate(40, 100))
    assert found.kind is Kind.POINTS
    assert found.difference == pytest.approx(0.2)
    assert found.relative is None
    assert found.verdict is Verdict.HIGHER
    assert change(rate(40, 100), rate(60, 100)).verdict is Verdict.LOWER


def test_a_small_change_is_within_normal_variation() -> None:
    assert change(rate(52, 100), rate(48, 100)).verdict is Verdict.NORMAL


def test_a_difference_of_two_certain_numbers_is_certain() -> None:
    found = difference(0.5, Interval(low=0.5, high=0.5), 0.2, Interval(low=0.2, high=0.2))
    assert (found.p, found.interval.low) == (0, pytest.approx(0.3))


def test_without_a_value_nothing_is_said() -> None:
    assert change(money(None), money(5)).kind is Kind.UNKNOWN
    assert change(money(5), money(None)).difference is None


def test_two_metrics_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        change(money(1), money(1, "aov"))


@given(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
def test_the_interval_of_a_difference_of_rates_is_newcombes(one: tuple[int, int], two: tuple[int, int]) -> None:
    first, second = wilson(*one), wilson(*two)
    assert first is not None
    assert second is not None
    mine = difference(one[0] / one[1], first, two[0] / two[1], second).interval
    low, high = confint_proportions_2indep(*one, *two, method="newcomb", compare="diff")
    assert (mine.low, mine.high) == (pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9))


@given(
    st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
def test_the_verdict_agrees_with_the_interval(one: tuple[int, int], two: tuple[int, int]) -> None:
    found = change(rate(*one), rate(*two))
    assert found.low is not None
    assert found.high is not None
    outside = not found.low <= 0 <= found.high
    assert (found.verdict in {Verdict.HIGHER, Verdict.LOWER}) == outside


@settings(max_examples=8)  # each call of statsmodels collects garbage first
@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_equals_statsmodels(p_values: list[float]) -> None:
    expected = multipletests(p_values, method="holm")[1] if p_values else []
    assert holm(p_values) == pytest.approx(list(expected))


def test_a_page_without_any_change_rarely_says_that_something_changed() -> None:
    # M8: 12 comparisons on one page, no true change: a verdict anywhere on at most about 5 % of the pages
    generator = np.random.default_rng(5)
    alone = together = 0
    for _ in range(300):
        pairs = [(rate(int(a), 400), rate(int(b), 400)) for a, b in generator.binomial(400, 0.3, (12, 2))]
        together += any(c.verdict is not Verdict.NORMAL for c in changes(pairs))
        alone += any(change(*pair).verdict is not Verdict.NORMAL for pair in pairs)
    assert together / 300 <= 0.07
    assert alone / 300 > 0.3  # what a page would say that judges each cell by itself


def in_group(value: float | None, name: str, metric: str = "gmv") -> Estimate:
    return replace(money(value, metric), definition="placed", by={"channel": name})


def test_groups_are_paired_by_name_and_a_missing_one_was_nothing() -> None:
    now, before = [in_group(5, "a"), in_group(7, "new")], [in_group(3, "gone"), in_group(4, "a")]
    found = {pair[0].by["channel"]: (pair[0].value, pair[1].value) for pair in paired(now, before, by="channel")}
    assert found == {"a": (5, 4), "new": (7, 0), "gone": (0, 3)}


def test_a_ratio_of_a_group_that_is_missing_has_no_value() -> None:
    now = [replace(in_group(5, "a", "aov"), definition="paid")]
    [(_, before)] = paired(now, [], by="channel")
    assert (before.value, before.status) == (None, Status.EMPTY)
    assert change(now[0], before).kind is Kind.UNKNOWN


def test_calendar_groups_are_paired_in_order_as_far_as_both_go() -> None:
    now = [replace(money(i), definition="placed", by={"day": f"2025-05-0{i}"}) for i in (1, 2)]
    before = [replace(money(i), definition="placed", by={"day": f"2025-04-0{i}"}) for i in (1, 2, 3)]
    assert [(a.by["day"], b.by["day"]) for a, b in paired(now, before, by="day")] == [
        ("2025-05-01", "2025-04-01"),
        ("2025-05-02", "2025-04-02"),
    ]
