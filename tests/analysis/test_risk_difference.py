"""Randomised holdouts: published intervals, scipy as second opinion, and the edges."""

import numpy as np
import pytest
from scipy import stats

from ecodash.analysis.risk_difference import Arm, mean_difference, risk_difference


def arm(values: list[float]) -> Arm:
    return Arm(n=len(values), total=sum(values), squares=sum(v * v for v in values))


@pytest.mark.parametrize(
    ("treated", "held_out", "low", "high"),
    [  # Newcombe (1998), table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_shares_have_newcombes_published_interval(
    treated: tuple[int, int], held_out: tuple[int, int], low: float, high: float
) -> None:
    arms = [Arm(n=n, total=hit, squares=hit) for hit, n in (treated, held_out)]
    found = risk_difference(*arms)
    assert found is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=5e-5)


def test_means_equal_welch() -> None:
    dice = np.random.default_rng(0)
    first, second = dice.exponential(3, 40).tolist(), dice.exponential(2, 25).tolist()
    found = mean_difference(arm(first), arm(second))
    other = stats.ttest_ind(first, second, equal_var=False)
    assert found is not None
    assert found.p == pytest.approx(other.pvalue)
    around = other.confidence_interval()
    assert (found.interval.low, found.interval.high) == pytest.approx((around.low, around.high))


def test_nobody_held_out_gives_no_number() -> None:
    assert risk_difference(arm([1.0]), arm([])) is None
    assert mean_difference(arm([1.0, 2.0]), arm([1.0])) is None
    assert arm([]).mean == 0


def test_means_that_do_not_vary_have_an_interval_of_no_width() -> None:
    found = mean_difference(arm([2.0, 2.0]), arm([1.0, 1.0]))
    assert found is not None
    assert (found.value, found.interval.low, found.interval.high, found.p) == (1, 1, 1, 0)
