"""Demand behind stock-outs: days marked by hand, moments against plain sums, and coverage on simulated truncated demand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from ecodash.analysis.censored_demand import _beyond, demand
from ecodash.analysis.demand_history import DayState, DemandHistory, history_of, weekday_profile
from ecodash.analysis.stock_spells import inferred, recorded

SIGNS = {"o": DayState.OPEN, "c": DayState.CUT, "x": DayState.OUT, "?": DayState.UNKNOWN, "-": DayState.UNBORN}


def history(*lines: str) -> DemandHistory:
    """Units per day, one sign a day."""
    sold = np.array([[float(sign) for sign in line] for line in lines])
    keys = tuple(str(i) for i in range(len(lines)))
    return DemandHistory(keys=keys, first=0, sold=sold, state=np.zeros(sold.shape, dtype=np.int8))


def marked(sales: str, counts: dict[int, float]) -> str:
    """The states after stock was counted as {day: units}."""
    day = np.array(list(counts), dtype=np.int64)
    found = recorded(history(sales), (np.zeros(len(day), dtype=np.int64), day, np.array(list(counts.values()))))
    return "".join(next(sign for sign, state in SIGNS.items() if state == one) for one in found.state[0])


@pytest.mark.parametrize(
    ("sales", "counts", "expected"),
    [
        ("21203", {0: 5, 4: 2}, "ooooo"),  # never at zero: a day without a sale is no demand
        ("21000", {0: 5, 1: 0, 2: 0, 3: 0, 4: 9}, "ocxxo"),  # the second day took the last piece
        ("21000", {1: 3, 4: 0}, "oo??x"),  # stock left some other way, nobody knows when
        ("23000", {0: 3, 4: 0}, "ocxxx"),  # the last sale took the last piece, long before the count
        ("11112000", {0: 9, 7: 0}, "oooocxxx"),
        ("1110011111", {2: 0, 6: 4}, "oocxx?oooo"),  # sold again: back by then, and that day was chosen because it sold
        ("0021", {}, "oooo"),
    ],
)
def test_days_are_marked_as_counts_show(sales: str, counts: dict[int, float], expected: str) -> None:
    assert marked(sales, counts) == expected


def test_a_long_silence_between_sales_is_inferred_and_chance_is_not() -> None:
    busy = "1" * 40 + "0" * 12 + "1" * 40
    calm = "100" * 30
    found = inferred(history(busy, (calm + "11")[:92]))
    assert (found.state[0] == DayState.OUT).sum() == 12
    assert (found.state[1] == DayState.OUT).sum() == 0


def test_in_demand_without_stock_outs_few_products_are_suspected() -> None:
    dice = np.random.default_rng(3)
    sold = dice.poisson(np.exp(dice.uniform(np.log(0.1), np.log(5), 300))[:, None], (300, 200)).astype(float)
    plain = DemandHistory(keys=("",) * 300, first=0, sold=sold, state=np.zeros(sold.shape, dtype=np.int8))
    assert (inferred(plain).state == DayState.OUT).any(axis=1).mean() <= 0.05


def test_without_stock_outs_the_mean_is_what_sold_per_day() -> None:
    found = demand(history("1" * 28, "02" * 14))
    assert found.mean == pytest.approx([1.0, 1.0])
    assert found.lost == pytest.approx([0.0, 0.0])
    assert (found.low <= found.mean).all()
    assert (found.mean <= found.high).all()


def test_a_product_that_never_sold_may_still_have_some_demand() -> None:
    found = demand(history("0" * 30))
    assert (found.mean[0], found.low[0]) == (0.0, 0.0)
    assert found.high[0] == pytest.approx(3 / 30)


def test_days_without_stock_are_neither_demand_nor_days() -> None:
    here = history("22000222")
    state = here.state.copy()
    state[0, 2:5] = DayState.OUT
    found = demand(DemandHistory(keys=here.keys, first=0, sold=here.sold, state=state), shares=np.ones((1, 8)))
    assert found.mean[0] == pytest.approx(2.0)
    assert found.plain[0] == pytest.approx(10 / 8)
    assert found.lost[0] == pytest.approx(6.0)


@given(st.floats(0.2, 20), st.floats(0.05, 3), st.integers(0, 25))
def test_what_lies_beyond_a_cut_day_equals_the_plain_sum(mean: float, dispersion: float, at_least: int) -> None:
    r, p = 1 / dispersion, 1 / (1 + dispersion * mean)
    units = np.arange(at_least, 6000)
    weight = nbinom.pmf(units, r, p)
    if weight.sum() < 1e-9:
        return
    first, second = _beyond(np.array([mean]), np.array([dispersion]), np.array([float(at_least)]))
    assert first[0] == pytest.approx((units * weight).sum() / weight.sum(), rel=1e-5)
    assert second[0] == pytest.approx((units**2 * weight).sum() / weight.sum(), rel=1e-5)


@pytest.mark.parametrize("every", [1, 7])
def test_on_truncated_demand_the_corrected_mean_and_the_lost_sales_lie_in_their_intervals(every: int) -> None:
    mean, wanted, found = simulated(products=250, days=140, every=every, seed=5)
    inside = (found.low <= mean) & (mean <= found.high)
    assert inside.mean() >= 0.90
    assert abs(np.mean(found.mean / mean) - 1) < 0.05
    assert np.mean(found.plain / mean) < 0.85  # what the shop sold says far too little
    missed = wanted - found.plain * 140
    assert ((found.lost_low <= missed) & (missed <= found.lost_high)).mean() >= 0.85


def simulated(*, products: int, days: int, every: int, seed: int):  # noqa: ANN201
    """True means, units wanted, and the estimate from what sold and stock counted every so many days."""
    dice = np.random.default_rng(seed)
    mean, dispersion = np.exp(dice.uniform(np.log(0.3), np.log(8), products)), dice.uniform(0.1, 1, products)
    wanted = dice.negative_binomial((1 / dispersion)[:, None], (1 / (1 + dispersion * mean))[:, None], (products, days))
    stock, sold, level = np.ceil(mean * 15), np.zeros(wanted.shape), np.zeros(wanted.shape)
    for day in range(days):
        stock = np.maximum(stock, np.ceil(mean * 16)) if day and day % 21 == 0 else stock
        sold[:, day] = np.minimum(stock, wanted[:, day])
        stock = stock - sold[:, day]
        level[:, day] = stock
    plain = DemandHistory(
        keys=tuple(map(str, range(products))), first=0, sold=sold, state=np.zeros(sold.shape, dtype=np.int8)
    )
    row, day = (part.ravel() for part in np.indices(level.shape))
    counted = day % every == every - 1
    marked = recorded(plain, (row[counted], day[counted], level[row[counted], day[counted]]))
    return mean, wanted.sum(axis=1), demand(marked)


def test_a_history_begins_with_the_first_sale_or_when_it_is_told() -> None:
    sales = (np.array([0, 0, 1]), np.array([12, 14, 11]), np.array([2.0, 1.0, 5.0]))
    found = history_of(sales, keys=("a", "b"), first=10, days=5)
    assert found.sold.tolist() == [[0, 0, 2, 0, 1], [0, 5, 0, 0, 0]]
    assert (found.state[0] == DayState.UNBORN).tolist() == [True, True, False, False, False]
    told = history_of(sales, keys=("a", "b"), first=10, days=5, born=np.array([11, 13]))
    assert (told.state == DayState.UNBORN).tolist() == [[True] + [False] * 4, [True] + [False] * 4]
    assert told.last(2).sold.tolist() == [[0, 1], [0, 0]]
    assert told.until(3).days == 3


def test_a_weekday_profile_has_mean_one_and_finds_the_busy_day() -> None:
    weeks = 40
    sold = np.tile(np.array([[1.0, 1, 1, 1, 1, 8, 1]]), (1, weeks))
    found = weekday_profile(DemandHistory(keys=("a",), first=4, sold=sold, state=np.zeros(sold.shape, dtype=np.int8)))
    assert found.mean() == pytest.approx(1.0)
    assert found[0].argmax() == (4 + 5 + 3) % 7  # day number 0 is a Thursday
