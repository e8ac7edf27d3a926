"""Which models, types and forms a business resembles."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.core.estimate import Status
from ecodash.framework.catalogue import entry
from ecodash.framework.classifier import resemblance, resemblances
from tests.framework.told import by_name, told


def test_likeness_is_a_half_at_the_threshold_and_follows_the_logistic() -> None:
    for value, likeness in ((0.5, 0.5), (0.6, 1 / (1 + exp(-1))), (0.0, 1 / (1 + exp(5)))):
        found = resemblance(entry("b2b"), by_name(told("b2b_gmv_share", value)), {})
        assert found.likeness == pytest.approx(likeness)


@pytest.mark.parametrize(
    ("numbers", "resembles"),
    [
        # B2C: own goods at least half, and company buyers below half
        ({"self_operated_gmv_share": 0.9, "b2b_gmv_share": 0.1}, True),
        ({"self_operated_gmv_share": 0.9, "b2b_gmv_share": 0.9}, False),
        ({"self_operated_gmv_share": 0.1}, False),  # one that fails settles "all"
        ({"self_operated_gmv_share": 0.9}, None),  # the other one may fail still
        ({}, None),
    ],
)
def test_all_conditions_must_hold_and_what_is_not_known_is_not_guessed(
    numbers: dict[str, float], resembles: object
) -> None:
    found = resemblance(entry("b2c"), by_name(*(told(*pair) for pair in numbers.items())), {})
    assert found.resembles is resembles
    assert (found.likeness is None) is (resembles is None)


@pytest.mark.parametrize(
    ("numbers", "resembles"),
    [
        ({"top_category_share": 0.8}, True),  # one that holds settles "any"
        ({"top_category_share": 0.2}, None),
        ({"top_category_share": 0.2, "category_hhi": 0.2}, False),
    ],
)
def test_any_condition_is_enough(numbers: dict[str, float], resembles: object) -> None:
    found = resemblance(entry("vertical"), by_name(*(told(*pair) for pair in numbers.items())), {})
    assert found.resembles is resembles


def test_a_threshold_of_ones_own_replaces_the_default_and_too_few_is_no_number() -> None:
    numbers = by_name(told("b2b_gmv_share", 0.4))
    assert resemblance(entry("b2b"), numbers, {}).resembles is False
    assert resemblance(entry("b2b"), numbers, {"b2b/b2b_gmv_share": 0.3}).resembles is True
    few = by_name(told("b2b_gmv_share", 0.9, status=Status.TOO_FEW))
    assert resemblance(entry("b2b"), few, {}).resembles is None


def test_an_interval_around_the_threshold_leaves_the_evidence_open() -> None:
    found = resemblance(entry("b2b"), by_name(told("b2b_gmv_share", 0.52, 0.05)), {})
    assert found.evidence[0].open
    assert not resemblance(entry("b2b"), by_name(told("b2b_gmv_share", 0.9, 0.05)), {}).evidence[0].open


def test_a_wholesale_shop_and_a_flea_market_are_told_apart() -> None:
    """Company buyers on own goods; persons selling to persons."""
    wholesale = by_name(
        *(
            told(*p)
            for p in (("b2b_gmv_share", 0.85), ("self_operated_gmv_share", 1.0), ("individual_seller_share", 0.0))
        ),
        *(told(*p) for p in (("third_party_gmv_share", 0.0), ("category_hhi", 0.6), ("top_category_share", 0.75))),
    )
    market = by_name(
        *(
            told(*p)
            for p in (("b2b_gmv_share", 0.02), ("self_operated_gmv_share", 0.0), ("individual_seller_share", 0.9))
        ),
        *(told(*p) for p in (("third_party_gmv_share", 1.0), ("category_entropy", 0.9), ("top_category_share", 0.15))),
    )

    def alike(numbers: dict[str, object]) -> set[str]:
        return {one.entry.id for one in resemblances(numbers, {}) if one.resembles}  # type: ignore[arg-type]

    assert alike(wholesale) == {"b2b", "vertical", "self_operated"}
    assert alike(market) == {"c2c", "comprehensive", "third_party"}


def test_every_entry_with_a_rule_is_answered() -> None:
    assert len(resemblances({}, {})) == 10 + 6 + 4
    assert resemblance(entry("green"), {}, {}).resembles is None


@given(st.floats(-1, 2), st.floats(0.01, 1))
def test_more_of_what_a_rule_asks_for_never_makes_less_alike(value: float, step: float) -> None:
    less, more = (
        resemblance(entry("c2c"), by_name(told("individual_seller_share", one)), {}).likeness
        for one in (value, value + step)
    )
    assert 0 <= less <= more <= 1  # type: ignore[operator]
