"""The ledger of decisions: what can be seen, and what came out."""

from datetime import date
from math import sqrt
from statistics import NormalDist

import pytest

from ecodash.analysis.detectable import smallest_detectable
from ecodash.analysis.interval import Interval
from ecodash.core.estimate import Estimate, Status
from ecodash.core.unit import Unit
from ecodash.framework.decision import Decision, Result, review


def decided(expected: float, **more: object) -> Decision:
    known = {"value": 0.20, "low": 0.18, "high": 0.22} | more
    return Decision(
        hypothesis="x", indicator="aov", expected=expected, made=date(2025, 1, 1), review=date(2025, 4, 1), **known
    )


def told(value: float | None, half: float = 0.02, status: Status = Status.OK) -> Estimate:
    low, high = (None, None) if value is None else (value - half, value + half)
    return Estimate(
        metric="aov", definition="standard", unit=Unit.RATIO, status=status, value=value, low=low, high=high
    )


def test_the_smallest_effect_is_two_point_eight_standard_errors_of_a_difference() -> None:
    # half-width 1.96 se: se = 1; (1.96 + 0.84) · √2 = 3.96
    assert smallest_detectable(Interval(low=-1.959964, high=1.959964)) == pytest.approx(3.962, abs=1e-3)


def test_a_simulation_finds_that_effect_four_times_out_of_five() -> None:
    dice, effect = NormalDist(0, 1).samples(20_000, seed=1), 2.801585 * sqrt(2)
    found = sum(abs(a - b + effect) > 1.959964 * sqrt(2) for a, b in zip(dice[::2], dice[1::2], strict=True))
    assert found / 10_000 == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize(("expected", "powered"), [(0.05, True), (-0.05, True), (0.03, False)])
def test_a_decision_that_cannot_be_seen_says_so_at_once(expected: float, powered: object) -> None:
    # se = 0.02 / 1.96 = 0.0102; 0.0102 · 3.962 = 0.0404
    assert decided(expected).detectable == pytest.approx(0.0404, abs=1e-4)
    assert decided(expected).powered is powered
    assert decided(expected, low=None, high=None).powered is None


@pytest.mark.parametrize(
    ("today", "now", "result"),
    [
        (date(2025, 3, 31), told(0.5), Result.WAITING),
        (date(2025, 4, 1), told(0.30), Result.AS_EXPECTED),
        (date(2025, 4, 1), told(0.10), Result.AGAINST),
        (date(2025, 4, 1), told(0.21), Result.OPEN),
        (date(2025, 4, 1), told(None, status=Status.MISSING), Result.UNKNOWN),
        (date(2025, 4, 1), told(0.30, status=Status.TOO_FEW), Result.UNKNOWN),
        (date(2025, 4, 1), None, Result.UNKNOWN),
    ],
)
def test_a_decision_is_opened_again_with_its_result(today: date, now: Estimate | None, result: Result) -> None:
    assert review(decided(0.05), now, today).result is result


def test_a_number_without_an_interval_then_gives_no_result_now() -> None:
    assert review(decided(0.05, low=None), told(0.3), date(2025, 5, 1)).result is Result.UNKNOWN
