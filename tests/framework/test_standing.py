"""Indicators as they stand: what is known, what is missing, what was never built."""

from dataclasses import replace

import pytest

from ecodash.core.estimate import Estimate, Status
from ecodash.core.unit import Unit
from ecodash.framework.catalogue import INDICATORS
from ecodash.framework.entry import Op
from ecodash.framework.figure import Target
from ecodash.framework.standing import FAILED, NOT_BUILT, missing_tables, standings
from ecodash.framework.verdict import Verdict, benchmark


def told(metric: str, value: float | None, status: Status = Status.OK, **by: str) -> Estimate:
    return Estimate(metric=metric, definition="standard", unit=Unit.RATIO, status=status, value=value, by=by, n=40)


def test_all_243_stand_in_the_order_of_the_catalogue_even_without_a_single_number() -> None:
    found = standings([], {"orders"})
    assert list(found) == list(INDICATORS)
    assert {one.status for one in found.values()} == {NOT_BUILT}


@pytest.mark.parametrize(
    ("loaded", "missing"),
    [
        (set(), ("orders", "customers")),
        ({"orders"}, ("customers",)),
        ({"orders", "customers"}, ()),
    ],
)
def test_the_tables_that_are_missing_are_named(loaded: set[str], missing: tuple[str, ...]) -> None:
    assert set(missing_tables(INDICATORS["member_penetration"], loaded)) == set(missing)


def test_a_number_is_held_against_its_figure() -> None:
    one = standings([told("on_time_rate", 0.85)], {"shipments"}, only=["on_time_rate"])["on_time_rate"]
    assert (one.status, one.measured, one.verdict) == ("ok", True, Verdict.NEAR)
    said = one.to_json()
    assert (said["value"], said["verdict"], said["missing"], said["series"]) == (0.85, "near", [], [])
    assert said["verdicts"][0]["figure"] == "jd_618_on_time_rate"


def test_a_series_has_no_single_number_but_its_points() -> None:
    points = [told("anomaly_days", 1.0, month="2025-01"), told("anomaly_days", 2.0, month="2025-02")]
    one = standings(points, set(), only=["anomaly_days"])["anomaly_days"]
    assert (one.estimate, one.status) == (None, "ok")
    said = one.to_json()
    assert said["value"] is None
    assert [point["value"] for point in said["series"]] == [1.0, 2.0]


def test_the_operators_own_benchmark_comes_before_that_of_the_documents() -> None:
    document = benchmark("jd_618_on_time_rate")
    target = Target(indicator="on_time_rate", reading="own", op=Op.AT_LEAST, value=0.5)
    own = replace(document, id="own_on_time_rate", targets=(target,))
    one = standings([told("on_time_rate", 0.85)], set(), only=["on_time_rate"], own=[own])["on_time_rate"]
    assert one.verdict is Verdict.MET
    assert len(one.judgements) == 2


def test_a_broken_computation_is_no_missing_number() -> None:
    found = standings([], set(), only=["aov", "roas"], failed={"aov"})
    assert [one.status for one in found.values()] == [FAILED, NOT_BUILT]
    assert not found["aov"].measured
