"""The eleven simulators: limits, directions, and worked examples."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.framework.simulators import SIMULATIONS
from ecodash.framework.simulators.advertising import second_price
from ecodash.framework.simulators.simulation import Simulation, curve, span, spread, start, values
from tests.framework.told import by_name, told

ALL = pytest.mark.parametrize("simulation", list(SIMULATIONS.values()), ids=list(SIMULATIONS))
BASE = {name: values(start(one, {})) for name, one in SIMULATIONS.items()}


def run(name: str, **changed: float) -> dict[str, float]:
    return dict(SIMULATIONS[name].run(BASE[name] | changed))


@ALL
def test_every_result_that_is_declared_comes_out_and_nothing_else(simulation: Simulation) -> None:
    starts = start(simulation, {})
    assert set(simulation.run(values(starts))) >= {one.id for one in simulation.card.results}
    assert simulation.card.sweep[0] in {one.id for one in simulation.card.assumptions}
    low, high = span(simulation, starts, simulation.card.sweep[1])
    assert low <= simulation.run(values(starts))[simulation.card.sweep[1]] <= high
    assert len(curve(simulation, starts)) == 41
    widths = [one.width for one in spread(simulation, starts, simulation.card.sweep[1])]
    assert widths == sorted(widths, reverse=True)


@ALL
def test_a_default_lies_inside_its_range_and_its_limits(simulation: Simulation) -> None:
    for one in simulation.card.assumptions:
        assert one.least <= one.low <= one.value <= one.high <= one.most, one.id


@ALL
def test_zero_everywhere_gives_numbers_and_no_crash(simulation: Simulation) -> None:
    found = simulation.run({one.id: max(one.least, 0.0) for one in simulation.card.assumptions})
    assert all(value == value for value in found.values())  # noqa: PLR0124 - nothing is not a number


def test_it_begins_with_the_users_own_numbers_and_says_so() -> None:
    simulation = SIMULATIONS["sim_inventory_release"]
    days, *others = start(simulation, by_name(told("inventory_turnover_days", 48.0, 6.0)))
    assert (days.value, days.low, days.high, days.measured) == (48.0, 42.0, 54.0, True)
    assert not any(one.measured for one in others)


# ------------------------------------------------------------------------------------------------ worked examples


def test_commission_by_hand() -> None:
    found = run("sim_commission", gmv=1000, orders=10, rate_now=0.05, rate_new=0.1, fixed_fee=1, elasticity=0)
    assert (found["income_now"], found["income_new"], found["gmv_new"]) == pytest.approx((60.0, 110.0, 1000.0))


def test_an_unchanged_rate_changes_nothing() -> None:
    found = run("sim_commission", rate_new=0.05, extra_rate=0, reputation_discount=0)
    assert found["change"] == pytest.approx(0)


def test_three_ways_of_billing_by_hand() -> None:
    found = run("sim_ad_billing", impressions=1000, ctr=0.1, cvr=0.05, aov=100, cpc=2, fixed_fee=150, commission=0.1)
    assert (found["income_click"], found["income_fixed"], found["income_sale"]) == (200, 150, pytest.approx(50))
    assert (found["return_click"], found["return_sale"]) == (2.5, pytest.approx(10))


def test_the_second_price_is_what_keeps_the_place() -> None:
    # scores 4, 3, 2: the first pays 3 / 2, the second 2 / 1, the third nothing
    found = second_price([2, 3, 4], [2, 1, 0.5], 3)
    assert [(slot.bidder, slot.price) for slot in found] == [(0, 1.5), (1, 2.0), (2, 0.0)]
    assert len(second_price([2, 3, 4], [2, 1, 0.5], 1)) == 1
    assert second_price([0, 0], [1, 1], 2) == ()


def test_loans_by_hand() -> None:
    found = run("sim_finance", principal=36500, rate=0.12, funding=0.02, days=10, default=0.001, loss_share=1)
    assert found["interest"] == pytest.approx(120)
    assert found["net"] == pytest.approx(100 - 36.5)


def test_logistics_by_hand_both_parties_share_the_saving() -> None:
    found = run("sim_logistics_service", parcels=100, cost_before=8, cost_after=6, fee=0.5, share=0.4)
    assert (found["income_fee"], found["income_share"]) == (50, 80)
    assert found["merchant_fee"] + found["income_fee"] == found["merchant_share"] + found["income_share"] == 200


def test_one_revenue_line_alone_carries_the_whole_shock() -> None:
    alone = run("sim_revenue_mix", commission=1, advertising=0, services=0, other=0, shock=-0.3)
    assert (alone["hhi"], alone["change"]) == (1.0, pytest.approx(-0.3))
    even = run("sim_revenue_mix", commission=0.25, advertising=0.25, services=0.25, other=0.25, shock=0)
    assert (even["hhi"], even["change"]) == (0.25, 0.0)


def test_stock_release_by_hand() -> None:
    found = run("sim_inventory_release", days_now=30, days_target=20, cogs_per_day=1000, capital_cost=0.06)
    assert (found["released"], found["saving"]) == (10_000, 600)


def test_group_buying_by_hand() -> None:
    found = run("sim_group_buy", solo_price=150, group_price=100, size=2, new_share=0.5, paid_cac=300)
    assert (found["cost_per_new"], found["ratio"]) == (100, pytest.approx(1 / 3))
    same = run("sim_group_buy", group_price=run("sim_group_buy")["break_even_price"])
    assert same["ratio"] == pytest.approx(1)


def test_shifting_nothing_gains_nothing() -> None:
    assert run("sim_private_shift", shift=0)["difference"] == pytest.approx(0)
    assert run("sim_private_shift", lift=0, shift=0.5)["difference"] < 0


def test_the_low_price_trap_wins_customers_first_and_loses_profit_later() -> None:
    assert run("sim_discount_trap", discount=0)["difference"] == pytest.approx(0)
    trap = run("sim_discount_trap", discount=0.1, pull=10, loyalty_loss=3, acquisition=0)
    assert trap["customers_with"] > trap["customers_without"]
    assert trap["first_month"] > 0 > trap["difference"]


# ------------------------------------------------------------------------------------------------ directions

FEW = settings(max_examples=25)
SHARES = st.floats(0, 1)


@FEW
@given(SHARES, SHARES, st.floats(-20, 0))
def test_a_higher_rate_never_brings_more_sales(a: float, b: float, elasticity: float) -> None:
    low, high = (run("sim_commission", rate_new=one, elasticity=elasticity) for one in sorted((a, b)))
    assert low["gmv_new"] >= high["gmv_new"]


@FEW
@given(st.floats(0, 400))
def test_no_price_earns_more_than_the_best_one_found(price: float) -> None:
    found = run("sim_vas_pricing", price_new=min(price, 480.0))
    assert found["best_margin"] >= found["margin_new"] * 0.99
    assert 0 <= found["attach_new"] <= 1


@FEW
@given(st.lists(st.floats(0.01, 10), min_size=1, max_size=6))
def test_nobody_pays_more_than_the_bid(bids: list[float]) -> None:
    for slot in second_price(bids, [1.0] * len(bids), len(bids)):
        assert slot.price <= bids[slot.bidder]


@FEW
@given(SHARES, SHARES)
def test_more_defaults_never_earn_more(a: float, b: float) -> None:
    low, high = (run("sim_finance", default=one)["net"] for one in sorted((a, b)))
    assert low >= high


@FEW
@given(st.floats(0, 100), st.floats(0, 100))
def test_a_lower_target_never_releases_less(a: float, b: float) -> None:
    low, high = (run("sim_inventory_release", days_target=one)["released"] for one in sorted((a, b)))
    assert low >= high


@FEW
@given(SHARES, SHARES, SHARES, SHARES, st.floats(-1, 0))
def test_concentration_lies_between_a_quarter_and_one_and_no_shock_is_larger_than_itself(
    a: float, b: float, c: float, d: float, shock: float
) -> None:
    found = run("sim_revenue_mix", commission=a + 0.01, advertising=b, services=c, other=d, shock=shock)
    assert 0.25 - 1e-9 <= found["hhi"] <= 1 + 1e-9
    assert found["change"] >= shock - 1e-9
