"""Intervals: printed examples, another program, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from ecodash.analysis.bootstrap import bootstrap_interval
from ecodash.analysis.interval import Interval, normal_quantile, student_quantile
from ecodash.analysis.ratio_interval import ClusterSums, ratio, ratio_interval, standard_error
from ecodash.analysis.wilson import wilson


def sums(y: np.ndarray, x: np.ndarray) -> ClusterSums:
    return ClusterSums(n=len(y), y=y.sum(), x=x.sum(), yy=float(y @ y), xx=float(x @ x), xy=float(x @ y))


def test_wilson_gives_the_textbook_interval_for_81_of_263() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 0.2553 to 0.3662
    interval = wilson(81, 263)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)


def test_wilson_of_none_out_of_twenty_starts_at_zero_and_does_not_end_there() -> None:
    interval = wilson(0, 20)
    assert interval is not None
    assert interval.low == 0
    assert round(interval.high, 4) == 0.1611  # Newcombe (1998), table I


def test_wilson_of_nothing_is_no_interval() -> None:
    assert wilson(0, 0) is None


def test_more_successes_than_cases_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="3 successes out of 2"):
        wilson(3, 2)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_equals_statsmodels_and_holds_the_share(case: tuple[int, int]) -> None:
    successes, n = case
    interval = wilson(successes, n)
    low, high = proportion_confint(successes, n, method="wilson")
    assert interval is not None
    assert interval.low == pytest.approx(low, abs=1e-9)
    assert interval.high == pytest.approx(high, abs=1e-9)
    assert 0 <= interval.low <= successes / n <= interval.high <= 1


def test_quantiles_are_the_printed_ones() -> None:
    assert normal_quantile(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert student_quantile(0.95, 4) == pytest.approx(2.776445, abs=1e-6)


def test_an_interval_is_cut_to_what_is_possible() -> None:
    assert Interval(low=-0.2, high=1.3).clip(0, 1) == Interval(low=0, high=1)
    assert Interval(low=1.1, high=1.3).clip(0, 1) == Interval(low=1, high=1)
    assert Interval(low=0.2, high=0.3).contains(0.25)
    assert not Interval(low=0.2, high=0.3).contains(0.31)


def test_one_order_each_gives_the_interval_of_a_mean() -> None:
    # five customers, one order each: 10 20 30 40 50 → mean 30, s = 15.811, se = 7.071, t(4) = 2.776
    y = np.array([10.0, 20, 30, 40, 50])
    moments = sums(y, np.ones(5))
    assert ratio(moments) == 30
    assert standard_error(moments) == pytest.approx(7.0711, abs=1e-4)
    interval = ratio_interval(moments)
    assert interval is not None
    assert interval.low == pytest.approx(30 - 2.776445 * 7.071068)
    assert interval.high == pytest.approx(30 + 2.776445 * 7.071068)


def test_orders_of_one_customer_do_not_count_as_independent() -> None:
    # 20 customers with 10 equal orders each: the interval must be that of 20 values, not of 200
    values = np.arange(20.0)
    ten_each = standard_error(sums(values * 10, np.full(20, 10.0)))
    one_each = standard_error(sums(values, np.ones(20)))
    assert ten_each == pytest.approx(one_each)


def test_one_customer_or_nothing_below_the_line_has_no_interval() -> None:
    assert ratio_interval(ClusterSums(n=1, y=5, x=2, yy=25, xx=4, xy=10)) is None
    assert ratio_interval(ClusterSums(n=3, y=5, x=0, yy=25, xx=0, xy=0)) is None
    assert ratio(ClusterSums(n=0, y=0, x=0, yy=0, xx=0, xy=0)) is None


def test_the_delta_interval_agrees_with_drawing_customers_anew() -> None:
    generator = np.random.default_rng(7)
    orders = generator.geometric(0.4, 800).astype(float)
    spent = np.array([generator.lognormal(3, 1, int(k)).sum() for k in orders])
    delta = ratio_interval(sums(spent, orders))
    drawn = bootstrap_interval(np.stack([spent, orders], axis=1), lambda rows: rows[:, 0].sum() / rows[:, 1].sum())
    assert delta is not None
    assert drawn is not None
    assert delta.low == pytest.approx(drawn.low, rel=0.03)
    assert delta.high == pytest.approx(drawn.high, rel=0.03)


def test_the_delta_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    generator = np.random.default_rng(3)
    hits = 0
    for _ in range(400):
        orders = generator.geometric(0.5, 200).astype(float)
        spent = orders * generator.gamma(4, 10, 200)  # mean 40 per order, one taste per customer
        interval = ratio_interval(sums(spent, orders))
        hits += interval is not None and interval.contains(40)
    assert 0.92 <= hits / 400 <= 0.98


def test_drawing_anew_with_the_same_seed_gives_the_same_interval() -> None:
    clusters = np.arange(30.0).reshape(-1, 1)
    first = bootstrap_interval(clusters, lambda rows: float(rows.mean()), draws=50, seed=1)
    again = bootstrap_interval(clusters, lambda rows: float(rows.mean()), draws=50, seed=1)
    other = bootstrap_interval(clusters, lambda rows: float(rows.mean()), draws=50, seed=2)
    assert first == again != other
    assert bootstrap_interval(clusters[:1], lambda rows: float(rows.mean())) is None
