"""Median gap with customers as clusters."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.analysis.bootstrap import bootstrap_interval
from ecodash.analysis.clustered_quantile import Histogram, histogram, median, quantile_interval, value_at
from ecodash.analysis.ratio_interval import ClusterSums


def of(values: list[int]) -> Histogram:
    return histogram(
        pl.DataFrame({"value": values, "count": [1] * len(values)}, schema={"value": pl.Int64, "count": pl.Int64})
    )


def test_the_median_of_four_gaps_lies_between_the_middle_two() -> None:
    assert median(of([3, 10, 20, 90])) == 15
    assert median(of([3, 10, 90])) == 10


def test_no_gaps_have_no_median() -> None:
    assert median(of([])) is None
    assert value_at(of([]), 0.5) is None


def test_equal_values_and_nulls_are_put_together() -> None:
    table = histogram(pl.DataFrame({"value": [5, 5, None, 2], "count": [2, 1, 9, 4]}))
    assert table == Histogram(values=(2, 5), counts=(4, 3))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=80))
def test_the_median_equals_numpy(values: list[int]) -> None:
    assert median(of(values)) == np.median(values)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=80), st.floats(0.01, 1))
def test_a_quantile_has_that_share_at_or_below_it(values: list[int], share: float) -> None:
    found = value_at(of(values), share)
    assert found is not None
    assert sum(v <= found for v in values) >= share * len(values) - 1e-6
    assert sum(v < found for v in values) < share * len(values) + 1e-6


def test_the_interval_agrees_with_drawing_customers_anew() -> None:
    generator = np.random.default_rng(11)
    per_customer = [
        generator.geometric(p, k)
        for p, k in zip(generator.uniform(0.01, 0.1, 400), generator.integers(1, 9, 400), strict=True)
    ]
    table = of([int(v) for gaps in per_customer for v in gaps])
    middle = median(table)
    assert middle is not None
    y = np.array([(gaps <= middle).sum() for gaps in per_customer], dtype=float)
    x = np.array([len(gaps) for gaps in per_customer], dtype=float)
    sums = ClusterSums(n=400, y=y.sum(), x=x.sum(), yy=float(y @ y), xx=float(x @ x), xy=float(x @ y))
    interval = quantile_interval(table, sums)
    drawn = bootstrap_interval(
        np.arange(400.0).reshape(-1, 1),
        lambda rows: float(np.median(np.concatenate([per_customer[int(i)] for i in rows[:, 0]]))),
        draws=300,
    )
    assert interval is not None
    assert drawn is not None
    assert interval.low <= middle <= interval.high
    assert interval.low == pytest.approx(drawn.low, abs=1.5)
    assert interval.high == pytest.approx(drawn.high, abs=1.5)
    assert quantile_interval(table, ClusterSums(n=1, y=1, x=1, yy=1, xx=1, xy=1)) is None


def test_the_interval_holds_the_median_even_when_every_customer_has_half_below() -> None:
    # two customers with gaps 10 and 20 each: no spread between customers, the median lies between the two values
    interval = quantile_interval(of([10, 20, 10, 20]), ClusterSums(n=2, y=2, x=4, yy=2, xx=8, xy=4))
    assert interval is not None
    assert (interval.low, interval.high) == (10, 20)
