"""Comparing inside strata: by hand, and against the mistake it prevents."""

from math import exp, log, sqrt

import pytest

from ecodash.analysis.interval import normal_quantile
from ecodash.analysis.matched_strata import Stratum, difference, ratio

TWO = [
    Stratum(weight=1, first=30, second=20, first_error=3, second_error=2),
    Stratum(weight=3, first=10, second=8, first_error=1, second_error=1),
]


def test_ratio_by_hand() -> None:
    found = ratio(TWO)
    assert found is not None
    assert found.value == pytest.approx(60 / 44)
    half = normal_quantile(0.95) * sqrt((9 + 9) / 60**2 + (4 + 9) / 44**2)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (
        pytest.approx(exp(log(60 / 44) - half)),
        pytest.approx(exp(log(60 / 44) + half)),
    )


def test_difference_by_hand() -> None:
    found = difference(TWO)
    assert found is not None
    assert found.value == pytest.approx((10 * 1 + 2 * 3) / 4)
    assert found.interval is not None
    assert found.interval.high - found.value == pytest.approx(normal_quantile(0.95) * sqrt(9 + 9 + 4 + 9) / 4)


def test_who_buys_more_often_does_not_make_a_difference() -> None:
    """Both groups spend alike at every number of purchases, the first merely buys more often."""
    often = Stratum(weight=90, first=50, second=50)
    seldom = Stratum(weight=10, first=20, second=20)
    found = ratio([often, seldom])
    assert found is not None
    assert (found.value, found.interval) == (1, None)


def test_nothing_to_compare() -> None:
    assert ratio([]) is None
    assert difference([]) is None
    assert ratio([Stratum(weight=1, first=1, second=0)]) is None
