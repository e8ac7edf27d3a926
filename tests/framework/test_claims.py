"""The 48 claims on the user's data: direction, interval, and honesty about how many were tested."""

import pytest

from ecodash.core.estimate import Estimate
from ecodash.framework import claims
from ecodash.framework.catalogue import CLAIMS
from ecodash.framework.claims import Outcome, over_time
from tests.framework.told import by_name, told


def outcome(claim: str, now: dict[str, Estimate], before: dict[str, Estimate] | None = None) -> Outcome:
    return next(one.outcome for one in claims.tested(now, before or {}) if one.claim.id == claim)


@pytest.mark.parametrize(
    ("claim", "indicator", "value", "half", "expected"),
    [
        ("c_vas_sticky", "vas_retention_gap", 0.10, 0.05, Outcome.CONFIRMED),
        ("c_vas_sticky", "vas_retention_gap", -0.10, 0.05, Outcome.AGAINST),
        ("c_vas_sticky", "vas_retention_gap", 0.02, 0.05, Outcome.OPEN),
        ("c_vas_sticky", "vas_retention_gap", 0.10, None, Outcome.DIRECTION),
        ("c_overseas_stock", "overseas_vs_direct_days_ratio", 0.4, 0.1, Outcome.CONFIRMED),
        ("c_overseas_stock", "overseas_vs_direct_days_ratio", 1.4, 0.1, Outcome.AGAINST),
        ("c_region_differs", "tier_growth_gap", -0.4, 0.1, Outcome.CONFIRMED),
    ],
)
def test_a_claim_is_held_against_its_side(
    claim: str, indicator: str, value: float, half: float | None, expected: Outcome
) -> None:
    assert outcome(claim, by_name(told(indicator, value, half))) is expected


def test_without_data_or_without_a_single_number_nothing_is_decided() -> None:
    assert outcome("c_vas_sticky", {}) is Outcome.NO_DATA
    assert outcome("c_no_audit", {}) is Outcome.TABLE


def test_what_should_fall_is_compared_with_the_time_before() -> None:
    now, before = by_name(told("revenue_hhi", 0.4, 0.02)), by_name(told("revenue_hhi", 0.6, 0.02))
    assert outcome("c_single_revenue", now, before) is Outcome.CONFIRMED
    assert outcome("c_single_revenue", before, now) is Outcome.AGAINST
    assert outcome("c_single_revenue", now) is Outcome.NO_DATA
    assert "revenue_hhi" in over_time()


def test_of_two_expectations_one_that_fails_outweighs_one_that_holds() -> None:
    now = by_name(told("b2b_aov_ratio", 3.0, 0.5), told("b2b_frequency_ratio", 2.0, 0.2))
    assert outcome("c_b2b_big_rare", now) is Outcome.AGAINST


def test_a_claim_is_supported_only_when_every_expectation_with_data_is() -> None:
    large = told("b2b_aov_ratio", 3.0, 0.5)
    assert outcome("c_b2b_big_rare", by_name(large)) is Outcome.CONFIRMED
    assert outcome("c_b2b_big_rare", by_name(large, told("b2b_frequency_ratio", 0.9, 0.5))) is Outcome.OPEN


def test_the_more_is_tested_the_stronger_the_evidence_must_be() -> None:
    """p = 0.03 is enough alone; beside others tested it is not (Holm)."""
    weak = told("vas_retention_gap", 0.10, 0.0903)  # z = 2.17
    assert outcome("c_vas_sticky", by_name(weak)) is Outcome.CONFIRMED
    others = [
        told(name, 0.0, 1.0) for name in ("origin_freight_saving", "own_logistics_speed_gap", "targeted_ctr_lift")
    ]
    assert outcome("c_vas_sticky", by_name(weak, *others)) is Outcome.OPEN


def test_every_claim_is_answered() -> None:
    assert [one.claim.id for one in claims.tested({}, {})] == list(CLAIMS)
    assert all(one.outcome.label.zh for one in claims.tested({}, {}))
