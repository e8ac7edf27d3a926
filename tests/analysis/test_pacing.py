"""Pace of a month: weights of days, where it ends, and how far off that has been."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ecodash.analysis.pacing import PacedDay, PastMonth, ending, profile

WEEK = [PacedDay(weekday=d) for d in range(1, 8)]
SALES = [1.0, 1.0, 1.0, 1.0, 1.0, 3.0, 6.0]  # mean 2: a Sunday weighs 3, a Monday 0.5


def test_a_weekday_weighs_its_share_of_the_level() -> None:
    found = profile(SALES * 12, WEEK * 12)
    assert not found.flat
    assert found.weight(WEEK[6]) == pytest.approx(3, rel=0.05)
    assert found.weight(WEEK[0]) == pytest.approx(0.5, rel=0.05)
    assert found.share(WEEK, 5) == pytest.approx(5 / 14, rel=0.02)


def test_growth_is_no_weekday() -> None:
    growing = [value * 1.01**i for i, value in enumerate(SALES * 20)]
    found = profile(growing, WEEK * 20)
    assert found.weight(WEEK[6]) / found.weight(WEEK[0]) == pytest.approx(6, rel=0.1)


def test_below_eight_weeks_of_ordinary_days_every_day_weighs_the_same() -> None:
    found = profile(SALES * 7, WEEK * 7)
    assert found.flat
    assert found.share(WEEK, 3) == pytest.approx(3 / 7)


def test_a_promotion_weighs_as_it_did_and_leaves_weekdays_alone() -> None:
    days, values = WEEK * 20, SALES * 20
    peak = [*days[:70], PacedDay(weekday=1, phase="618:peak"), *days[71:]]
    found = profile([*values[:70], 10.0, *values[71:]], peak)
    assert found.weight(PacedDay(weekday=1, phase="618:peak")) == pytest.approx(10 / 2, rel=0.1)
    assert found.weight(WEEK[6]) == pytest.approx(3, rel=0.05)
    assert found.weight(PacedDay(weekday=7, phase="never:seen")) == found.weight(WEEK[6])


def test_the_month_ends_where_the_share_says() -> None:
    found = ending(50, 0.25, [])
    assert found is not None
    assert (found.value, found.interval) == (200, None)


def test_nothing_expected_yet_says_nothing() -> None:
    assert ending(50, 0.0, []) is None


def test_a_finished_month_ends_where_it_is() -> None:
    found = ending(50, 1.0, [PastMonth(so_far=1, total=1, share=1.0)] * 6)
    assert found is not None
    assert (found.value, found.interval) == (50, None)


def test_the_interval_comes_from_what_earlier_months_missed_by() -> None:
    # Half expected by now; what still came was 2, ½ and 1 times what was expected.
    past = [PastMonth(so_far=10, total=total, share=0.5) for total in (30, 15, 20)]
    found = ending(100, 0.5, past)
    assert found is not None
    assert found.interval is not None
    spread = (2 * log(2) ** 2 / 3) ** 0.5 * (1 + 1 / 3) ** 0.5 * stats.t.ppf(0.9, 3)
    assert found.value == 200
    assert found.interval.low == pytest.approx(100 + 100 * exp(-spread))
    assert found.interval.high == pytest.approx(100 + 100 * exp(spread))


def test_two_months_are_too_few_for_an_interval() -> None:
    found = ending(100, 0.5, [PastMonth(so_far=10, total=20, share=0.5)] * 2)
    assert found is not None
    assert found.interval is None


@given(
    st.floats(0.01, 1e9),
    st.floats(0.01, 0.99),
    st.lists(st.tuples(st.floats(0.1, 1e6), st.floats(0.1, 1e6), st.floats(0.05, 0.95)), max_size=12),
)
def test_a_month_never_ends_below_what_it_has(
    so_far: float, share: float, past: list[tuple[float, float, float]]
) -> None:
    found = ending(so_far, share, [PastMonth(so_far=a, total=a + b, share=s) for a, b, s in past])
    assert found is not None
    assert found.value >= so_far
    if found.interval:
        assert so_far <= found.interval.low <= found.value <= found.interval.high


def test_eight_of_ten_intervals_hold_the_month_that_came() -> None:
    # 300 shops with weekly rhythm and noise of their own; thirteen months of 28 days, judged on day 10.
    dice = np.random.default_rng(7)
    held = 0
    for _ in range(300):
        weekdays = dice.gamma(4, 0.25, 7)
        noise = np.exp(dice.normal(0, 0.4, 13 * 28) + np.repeat(dice.normal(0, 0.1, 13), 28))
        values = (1000 * np.tile(weekdays, 52) * noise).tolist()
        past = []
        for month in range(2, 12):
            begin = month * 28
            share = profile(values[:begin], WEEK * (begin // 7)).share(WEEK * 4, 10)
            came = values[begin : begin + 28]
            past.append(PastMonth(so_far=sum(came[:10]), total=sum(came), share=share))
        share = profile(values[:336], WEEK * 48).share(WEEK * 4, 10)
        found = ending(sum(values[336:346]), share, past)
        assert found is not None
        assert found.interval is not None
        held += found.interval.low <= sum(values[336:]) <= found.interval.high
    assert 0.74 <= held / 300 <= 0.86
