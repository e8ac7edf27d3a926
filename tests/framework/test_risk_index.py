"""The risk index: the mean of the lights that are known."""

import pytest

from ecodash.core.estimate import Estimate, Status
from ecodash.framework.risk_index import alarmed, risk_index
from ecodash.metrics.registry import METRICS
from tests.framework.told import by_name, told

CALM = by_name(told("stockout_rate", 0.0), told("late_shipment_share", 0.0), told("gmv_growth_yoy", 0.2))


def index(now: dict[str, Estimate], *, logged: bool = True, **thresholds: float) -> Estimate:
    own = {name.replace("__", "/"): value for name, value in thresholds.items()}
    return risk_index(now, own, logged=logged, window=None)


@pytest.mark.parametrize(
    ("stockout", "growth", "expected"),
    [(0.0, 0.2, 0.0), (0.06, 0.2, 0.25), (0.2, 0.2, 0.5), (0.2, -0.05, 0.75), (0.2, -0.2, 1.0)],
)
def test_red_is_one_amber_a_half_green_nothing(stockout: float, growth: float, expected: float) -> None:
    found = index(by_name(told("stockout_rate", stockout), told("gmv_growth_yoy", growth)))
    assert (found.value, found.n, found.status) == (expected, 2, Status.OK)


def test_risks_without_data_are_left_out_and_named() -> None:
    found = index(CALM)
    assert (found.value, found.n) == (0.0, 2)
    [left] = found.warnings
    assert left.code == "left_out"
    assert len(left.text.en.split(",")) - 1 == 6


def test_without_a_log_of_incidents_or_any_known_risk_it_is_missing() -> None:
    for found in (index(CALM, logged=False), index({})):
        assert (found.value, found.status) == (None, Status.MISSING)
        assert found.reason is not None


def test_thresholds_of_ones_own_count() -> None:
    now = by_name(told("stockout_rate", 0.06))
    assert index(now).value == 0.5
    assert index(now, risk_supply__stockout_rate__amber=0.1).value == 0.0


def test_every_alarm_listens_to_an_indicator_that_is_computed() -> None:
    assert set(alarmed()) <= set(METRICS)
