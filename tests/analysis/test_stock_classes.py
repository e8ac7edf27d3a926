"""Averages of counts, ABC and XYZ, ageing, transfers, purchase scale: tables checkable by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.analysis.abc_xyz import abc, intermittent, xyz
from ecodash.analysis.purchase_scale import scale_effect
from ecodash.analysis.rebalancing import match, transfers
from ecodash.analysis.stock_ageing import by_last_sale, by_receipts
from ecodash.analysis.stock_average import Rhythm, stock_average


@pytest.mark.parametrize(
    ("days", "values", "mean", "rhythm"),
    [
        ([5], [100], 100, Rhythm.SINGLE),
        ([1, 2, 3, 4, 5], [10, 20, 30, 20, 10], 18, Rhythm.DAILY),
        ([7, 14, 21], [30, 60, 30], 40, Rhythm.WEEKLY),
        ([31, 59, 90], [30, 60, 90], 60, Rhythm.MONTHLY),  # month ends: months count alike
        ([0, 1, 2, 30], [100, 100, 100, 10], 39, Rhythm.IRREGULAR),  # (100·1 + 100·1 + 100·14.5 + 10·28)/44.5
    ],
)
def test_the_average_of_counts(days: list[int], values: list[float], mean: float, rhythm: Rhythm) -> None:
    found = stock_average(np.array(days), np.array(values, dtype=float))
    assert found is not None
    assert found.rhythm is rhythm
    assert found.mean == pytest.approx(1930 / 44.5 if rhythm is Rhythm.IRREGULAR else mean)


def test_no_count_has_no_average() -> None:
    assert stock_average(np.array([], dtype=np.int64), np.array([])) is None


def test_abc_keeps_the_item_that_crosses_in_the_upper_class_and_settles_ties_by_key() -> None:
    value = np.array([50.0, 25, 10, 10, 5, 0])
    assert abc(list("abcdef"), value).tolist() == ["A", "A", "A", "B", "C", "C"]
    assert abc(["b", "a"], np.array([1.0, 1.0])).tolist() == ["A", "A"]
    assert abc(["a", "b"], np.zeros(2)).tolist() == ["C", "C"]
    assert abc([], np.zeros(0)).tolist() == []


def test_xyz_by_weekly_variation() -> None:
    weeks = 14
    even = np.repeat(np.tile([2.0, 3.0], weeks // 2), 7)
    wavy = np.repeat(np.tile([1.0, 5.0], weeks // 2), 7)  # mean 3, sd 2.08: 0.69
    rare = np.repeat(np.r_[20.0, np.zeros(weeks - 1)], 7)
    young = np.r_[np.full(7 * 6, np.nan), np.ones(7 * 8)]
    filled = np.stack([even, wavy, rare, young])
    assert xyz(filled).tolist() == ["X", "Y", "Z", "new"]
    assert intermittent(filled).tolist() == [False, False, True, False]


def test_stock_ages_first_in_first_out() -> None:
    receipts = (np.array([0, 0, 0]), np.array([0, 150, 190]), np.array([50.0, 20, 10]))
    found = by_receipts(np.array([45.0]), receipts, today=200)
    assert found.tolist() == [[10.0, 20.0, 0.0, 0.0, 15.0]]  # 10 days, 50 days, the rest of the oldest: 200 days
    more = by_receipts(np.array([100.0]), receipts, today=200)
    assert more.sum() == 100  # what no receipt explains is older than all of them
    assert more[0, -1] == 70
    assert by_receipts(np.array([-5.0]), receipts, today=200).sum() == 0


def test_without_receipts_stock_is_as_old_as_its_last_sale() -> None:
    found = by_last_sale(np.array([5.0, 7.0]), np.array([170.0, np.nan]), today=200)
    assert found.tolist() == [[5, 0, 0, 0, 0], [0, 0, 0, 0, 7]]


@pytest.mark.parametrize(
    ("stock", "demand", "expected"),
    [
        ([5, 5], [1, 1], 1.0),
        ([10, 0], [0, 3], 0.0),
        ([8, 2], [1, 1], 0.7),
        ([0, 0], [1, 1], None),
        ([1, 1], [0, 0], None),
    ],
)
def test_match_by_hand(stock: list[float], demand: list[float], expected: float | None) -> None:
    found = match(np.array(stock, dtype=float), np.array(demand, dtype=float))
    assert found == (None if expected is None else pytest.approx(expected))


def test_a_transfer_evens_out_the_days_of_cover() -> None:
    [move] = transfers(np.array([[90.0, 10.0]]), np.array([[5.0, 5.0]]))
    assert (move.source, move.target, move.units) == (0, 1, 40)
    assert transfers(np.array([[90.0, 60.0]]), np.array([[5.0, 5.0]])) == []  # the other lasts 12 days by itself


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 200), st.floats(0, 9)), min_size=2, max_size=5),
)
def test_nothing_is_moved_that_is_not_there(places: list[tuple[int, float]]) -> None:
    stock, demand = (np.array([[float(place[i]) for place in places]]) for i in range(2))
    left = stock[0].copy()
    for move in transfers(stock, demand):
        left[move.source] -= move.units
        assert move.units > 0
        assert move.source != move.target
    assert (left >= 0).all()


def test_the_slope_of_price_on_quantity_within_products() -> None:
    dice = np.random.default_rng(1)
    product = [str(i % 8) for i in range(160)]
    quantity = dice.normal(4, 1, 160)
    own = np.array([float(one) for one in product])
    price = own - 0.1 * quantity + dice.normal(0, 0.01, 160)
    found = scale_effect(product, quantity, price, dice.uniform(0, 700, 160))
    assert found is not None
    assert found.low < -0.1 < found.high
    assert found.slope == pytest.approx(-0.1, abs=0.01)
    assert scale_effect(["a", "b"], np.zeros(2), np.zeros(2), np.zeros(2)) is None
    assert scale_effect([], np.zeros(0), np.zeros(0), np.zeros(0)) is None
