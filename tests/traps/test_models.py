"""Traps of models, each planted and each avoided: T4 leaking labels, T5 broken ties, T6 fixed advice, T7 fixed intervals."""

import numpy as np
import polars as pl
import pytest

from ecodash.analysis.forecast.forecaster import forecast_level
from ecodash.analysis.forecast.panel import Panel
from ecodash.core.period import Period
from ecodash.framework.actions import actions
from ecodash.framework.risk import risks
from ecodash.framework.standing import standings
from ecodash.metrics.query import Query
from ecodash.metrics.scope import scope
from ecodash.metrics.value.segments import scored
from tests.framework.told import by_name, told
from tests.metrics.shop import Purchase, Shop, day, purchases

EARLY = Period(day(0), day(179))


def churning(*later: Purchase) -> Shop:
    """Four customers of the first 90 days: two just before their end, two long before; one of each is back later."""
    return purchases(
        [("late", 88), ("late2", 89), ("soon", 0), ("soon2", 2), ("late", 120), ("soon", 170), ("x", 179), *later]
    )


def test_t4_churn_is_what_happened_afterwards_and_not_how_long_ago_somebody_bought() -> None:
    """Recency at day 89 parts {late, late2} from {soon, soon2}; who left is {late2, soon2}."""
    [estimate] = churning().ask("churn_rate_90d")
    assert (estimate.value, estimate.n) == (0.5, 4)


def test_t4_where_nobody_leaves_churn_is_nothing_whatever_the_recency() -> None:
    assert churning(("late2", 150), ("soon2", 100)).value("churn_rate_90d") == 0


def test_t4_what_comes_after_the_window_moves_nothing_inside_it() -> None:
    later = churning(("late2", 200), ("soon2", 250))
    assert later.value("churn_rate_90d", window=EARLY) == churning().value("churn_rate_90d", window=EARLY)


def scores(here: Shop) -> dict[str, tuple[int, int, int]]:
    span = here.data_end()
    assert span is not None
    return {row["customer"]: (row["r"], row["f"], row["m"]) for row in scored(scope(here, Query(), span)).to_dicts()}


@pytest.mark.parametrize("order", [1, -1])
def test_t5_customers_who_are_alike_get_the_same_scores_in_any_order(order: int) -> None:
    once = [(f"once{i:02}", 10) for i in range(12)]
    twice = [(f"twice{i}", day) for i in range(6) for day in (1, 10)]
    found = scores(purchases([*once, *twice][::order]))
    assert len({score for name, score in found.items() if name.startswith("once")}) == 1
    assert len({score for name, score in found.items() if name.startswith("twice")}) == 1


def test_t5_customers_who_differ_are_told_apart() -> None:
    found = scores(purchases([(f"c{n}", day) for n in range(1, 6) for day in range(10 - n, 10)]))
    assert [found[f"c{n}"][1] for n in range(1, 6)] == [1, 2, 3, 4, 5]


def advice(late: float, stockout: float) -> set[str]:
    now = [told("late_shipment_share", late, 0.001), told("stockout_rate", stockout, 0.001)]
    states = risks(by_name(*now), {}, {}, sales=1000.0)
    return {one.indicator for one in actions(standings(now, set()), states, sales=1000.0)}


def test_t6_advice_follows_the_data() -> None:
    assert advice(late=0.5, stockout=0.0) == {"late_shipment_share"}
    assert advice(late=0.0, stockout=0.3) == {"stockout_rate"}


def test_t6_where_all_is_well_there_is_no_advice() -> None:
    assert advice(late=0.0, stockout=0.0) == set()


def half_width(customers: int) -> float:
    """Half the width of the interval of a repurchase rate of 40 %, relative to the rate."""
    back = [(f"c{i}", 5) for i in range(customers * 2 // 5)]
    [estimate] = purchases([*((f"c{i}", 0) for i in range(customers)), *back], end=60).ask("repurchase_30d")
    assert estimate.value == pytest.approx(0.4)
    assert estimate.low is not None
    assert estimate.high is not None
    return (estimate.high - estimate.low) / 2 / 0.4


def test_t7_an_interval_narrows_with_the_sample_and_is_no_fixed_share_of_the_number() -> None:
    few, many = half_width(50), half_width(1250)
    assert few > 0.3
    assert many < 0.08
    assert few / many == pytest.approx(5, rel=0.1)


def spread(noise: float) -> float:
    """Width of the 80 % interval of the next four weeks, relative to the forecast, of a steady series with noise."""
    draw, past, ahead = np.random.default_rng(3), 140, 28
    values = np.maximum(100 + noise * draw.standard_normal((1, past)), 0)
    panel = Panel(keys=("all",), values=values, phases=np.zeros(past + ahead, dtype=int), groups=np.zeros(1, dtype=int))
    found = forecast_level(panel)
    band = next(one for one in found.sums if one.level == 0.8)
    return float((band.high[0] - band.low[0]) / found.totals[0])


def test_t7_a_forecast_is_as_sure_as_the_past_was_steady() -> None:
    calm, wild = spread(1), spread(30)
    assert wild > 5 * calm
    assert pl.Series([calm, wild]).is_between(0.19, 0.21).sum() == 0  # not ±10 % of the number
