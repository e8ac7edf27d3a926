"""Lead-time quantiles, reorder points, budgets and the replay: by hand, and against simulated demand."""

from dataclasses import replace

import numpy as np
import pytest

from ecodash.analysis.censored_demand import Demand, demand
from ecodash.analysis.demand_history import DemandHistory
from ecodash.analysis.lead_time_demand import lead_demand, recent_level
from ecodash.analysis.reorder import Terms, Urgency, reorder, within_budget
from ecodash.analysis.reorder_replay import replay


def simulated(products: int, days: int, seed: int) -> tuple[Demand, np.ndarray]:
    """An estimate over all days but the last 30, and the demand of every day; the level drifts."""
    dice = np.random.default_rng(seed)
    mean, dispersion = np.exp(dice.uniform(np.log(0.3), np.log(8), products)), dice.uniform(0.1, 1, products)
    level = mean[:, None] * np.exp(np.cumsum(dice.normal(0, 0.02, (products, days)), axis=1))
    sold = dice.negative_binomial((1 / dispersion)[:, None], 1 / (1 + dispersion[:, None] * level)).astype(float)
    known = sold[:, : days - 30]
    keys = tuple(map(str, range(products)))
    plain = DemandHistory(keys=keys, first=0, sold=known, state=np.zeros(known.shape, dtype=np.int8))
    return demand(plain), sold


@pytest.mark.parametrize("wanted", [0.90, 0.95])
def test_the_promised_service_is_kept_on_demand_that_drifts_and_lead_times_that_vary(wanted: float) -> None:
    found, sold = simulated(300, 330, seed=1)
    leads = np.tile(np.array([10.0, 12, 14, 16, 18]), (300, 1))
    made = lead_demand(found, leads, np.full(300, wanted))
    assert made.pooled
    dice = np.random.default_rng(2)
    came = np.array([sold[i, 300 : 300 + int(dice.choice(leads[i]))].sum() for i in range(300)])
    assert abs((came <= made.quantile).mean() - wanted) < 0.05
    assert (made.quantile >= made.mean).mean() > 0.9


def test_a_higher_service_level_never_lowers_the_quantile() -> None:
    found, _ = simulated(60, 330, seed=4)
    leads = np.tile(np.array([7.0, 14.0]), (60, 1))
    low, high = (lead_demand(found, leads, np.full(60, level)).quantile for level in (0.8, 0.98))
    assert (low <= high).all()


def test_a_short_history_falls_back_to_a_negative_binomial_and_says_so() -> None:
    sold = np.tile(np.array([[1.0, 3.0]]), (2, 10))
    plain = DemandHistory(keys=("a", "b"), first=0, sold=sold, state=np.zeros(sold.shape, dtype=np.int8))
    made = lead_demand(demand(plain), np.full((2, 1), 10.0), np.full(2, 0.95))
    assert not made.pooled
    assert made.mean == pytest.approx([20.0, 20.0], rel=0.1)
    assert (made.quantile > 20).all()


def test_the_recent_level_passes_over_unknown_days() -> None:
    filled = np.array([[2.0, np.nan, 2.0, 2.0], [np.nan] * 4])
    assert recent_level(filled).tolist() == [2.0, 0.0]


def terms(position: float, **other: float) -> Terms:
    values = {"lead": 10.0, "cycle": 30.0, "minimum": 1.0, "pack": 1.0} | other
    return Terms(position=np.array([position]), review=7.0, **{k: np.array([v]) for k, v in values.items()})


@pytest.mark.parametrize(
    ("position", "other", "expected"),
    [
        (100, {}, (0, 30, Urgency.FINE)),  # (100 − 40) / 2 days until the last order date
        (50, {}, (50, 5, Urgency.NOW)),  # 40 + 2·30 − 50, before the next look in 7 days
        (30, {"pack": 24.0}, (72, -5, Urgency.NOW)),  # 70 in packs of 24
        (30, {"minimum": 200.0}, (200, -5, Urgency.NOW)),
        (
            15,
            {},
            (85, -10, Urgency.LATE),
        ),  # 12.5 days too late, said as a lead time; empty in 7.5 days, the order takes 10
    ],
)
def test_orders_by_hand_at_two_a_day_and_a_reorder_point_of_40(
    position: float, other: dict[str, float], expected: tuple[float, float, Urgency]
) -> None:
    made = reorder(np.array([2.0]), np.array([40.0]), terms(position, **other))
    assert (made.quantity[0], made.days_left[0], made.urgency[0]) == (expected[0], expected[1], expected[2].value)


def test_what_does_not_sell_and_what_is_not_counted_is_never_ordered() -> None:
    quiet = reorder(np.array([0.0]), np.array([0.0]), terms(15))
    assert (quiet.quantity[0], quiet.urgency[0]) == (0, Urgency.NO_DEMAND.value)
    unknown = reorder(np.array([2.0]), np.array([40.0]), terms(float("nan")))
    assert (unknown.quantity[0], unknown.urgency[0]) == (0, Urgency.UNKNOWN.value)


def test_a_budget_buys_the_most_margin_per_yuan_and_never_what_has_no_price() -> None:
    quantity, cost = np.array([10.0, 10, 10, 10]), np.array([10.0, 5, 1, np.nan])
    worth = np.array([100.0, 100, 5, 900])  # per yuan: 1, 2, 0.5, unknown
    assert within_budget(quantity, cost, worth, budget=60).tolist() == [0, 10, 10, 0]
    assert within_budget(quantity, cost, worth, budget=150).tolist() == [10, 10, 0, 0]


def test_the_replay_serves_more_when_it_holds_more_and_knows_no_future() -> None:
    found, _ = simulated(40, 330, seed=7)
    leads = np.full((40, 1), 14.0)
    low, high = (replay(found, leads, np.full(40, level), cost=None, quantiles=lead_demand) for level in (0.6, 0.98))
    assert low is not None
    assert high is not None
    assert low.ours.fill_rate < high.ours.fill_rate <= 1
    assert low.ours.held < high.ours.held
    assert low.plain == high.plain  # the plain rule knows no service level
    changed = found.filled.copy()
    changed[:, -1] += 1000  # the last day's demand changes what was served, not what was ordered before
    later = replay(replace(found, filled=changed), leads, np.full(40, 0.6), cost=None, quantiles=lead_demand)
    assert later is not None
    assert later.ours.held == pytest.approx(low.ours.held, rel=0.02)


def test_a_short_past_is_not_played() -> None:
    found, _ = simulated(5, 130, seed=9)
    assert replay(found, np.full((5, 1), 7.0), np.full(5, 0.9), cost=None, quantiles=lead_demand) is None
