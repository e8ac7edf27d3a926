"""What a daily number should be, worked out by hand and on simulated days; how often a page cries wolf."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.analysis.alarms import alarms, false_alarms_a_month, page, tail
from ecodash.analysis.expected_course import Kind, at_distance, course, distance

WEEK = (1.0, 1.0, 1.0, 0.9, 1.1, 1.3, 1.2)


def days(values: Sequence[float | None], n: Sequence[float] | None = None, phases: Sequence[str | None] | None = None) -> pl.DataFrame:  # fmt: skip
    count = len(values)
    return pl.DataFrame(
        {
            "value": pl.Series(values, dtype=pl.Float64),
            "n": pl.Series(n if n is not None else [v or 0.0 for v in values], dtype=pl.Float64),
            "weekday": [i % 7 + 1 for i in range(count)],
            "phase": pl.Series(phases or [None] * count, dtype=pl.String),
        }
    )


def poisson(rng: np.random.Generator, count: int = 300, base: float = 40) -> list[float]:
    return [float(x) for x in rng.poisson([base * WEEK[i % 7] for i in range(count)])]


@given(
    kind=st.sampled_from(list(Kind)),
    expected=st.floats(0.05, 0.95),
    far=st.floats(-1.0, 3.0),
    n=st.integers(4, 500),
)
def test_a_value_lies_as_far_out_as_it_was_put(kind: Kind, expected: float, far: float, n: int) -> None:
    scale = 40.0 if kind in {Kind.COUNT, Kind.MONEY} else 1.0
    value = at_distance(kind, expected * scale, far, n=n)
    if kind is Kind.SHARE and not 0 < value < 1:
        return  # a share ends at 0 and 1
    assert distance(kind, value, expected * scale, n=n) == pytest.approx(far, abs=1e-6)


def test_an_even_course_is_expected_to_go_on_and_no_day_is_out_of_line() -> None:
    made = course(days([20.0] * 120), Kind.COUNT)
    assert made["expected"].tail(40).to_list() == pytest.approx([20.0] * 40)
    assert made["z"].tail(39).to_list() == pytest.approx([0.0] * 39, abs=1e-9)
    assert made["state"].head(80).unique().to_list() == ["learning"]


def test_weekdays_are_learnt() -> None:
    values = [100 * WEEK[i % 7] for i in range(400)]
    made = course(days(values), Kind.COUNT)
    expected = made["expected"].tail(7).to_list()
    assert expected == pytest.approx(values[-7:], rel=0.06)  # drawn a little towards the level


def test_an_outage_rings_and_does_not_drag_the_expectation_down() -> None:
    values = poisson(np.random.default_rng(3), 200)
    values[150] = 3.0
    made = course(days(values), Kind.COUNT)
    assert made["z"][150] < -5
    before, after = made["expected"][143], made["expected"][157]
    assert after == pytest.approx(before, rel=0.12)


def test_nothing_after_a_day_changes_what_was_expected_of_it() -> None:
    values = poisson(np.random.default_rng(4), 160)
    whole, part = course(days(values), Kind.COUNT), course(days(values[:130]), Kind.COUNT)
    assert whole.head(130).equals(part)


def test_an_event_seen_before_is_expected_and_one_never_seen_is_not_judged() -> None:
    values, phases = [50.0] * 300, [None] * 300
    for start in (100, 200):
        for i in range(start, start + 4):
            values[i], phases[i] = 150.0, "618:peak"  # type: ignore[call-overload]
    made = course(days(values, phases=phases), Kind.COUNT)
    assert made["state"][100] == "new_event"
    assert made["z"][100] is None
    assert (made["state"][200], made["expected"][200]) == ("event", pytest.approx(150.0))
    assert abs(made["z"][200]) < 1e-9


def test_alarms_within_a_week_ring_once_unless_it_gets_worse() -> None:
    z = [0.0, 4.0, 0.0, 3.8, 0.0, -5.0, 0.0, *[0.0] * 7, 2.7, 2.8]
    found = alarms(z, 3.5)
    assert [(one.place, one.drift) for one in found] == [(1, False), (5, False), (15, True)]


def test_the_tail_is_never_lighter_than_a_normal_law_and_falls_with_the_threshold() -> None:
    past = np.random.default_rng(5).standard_normal(365).tolist()
    chances = [false_alarms_a_month(past, threshold) for threshold in (2.5, 3.0, 3.5, 4.0, 5.0)]
    assert chances == sorted(chances, reverse=True)
    assert tail(past, 3.5) >= 0.000465
    assert tail([one * 3 for one in past], 3.5) > 0.1


def simulated_page(rng: np.random.Generator, count: int = 320) -> list[list[float | None]]:
    """Orders, sales, buyers, order value, a share and a rare share of a shop in which nothing changes."""
    orders = np.maximum(np.array(poisson(rng, count)), 1)
    money = np.array([rng.lognormal(4, 1, int(k)).sum() for k in orders])
    common, rare = (rng.binomial(orders.astype(int), p) / orders for p in (0.3, 0.05))
    columns = [(orders, Kind.COUNT), (money, Kind.MONEY), (rng.binomial(orders.astype(int), 0.9), Kind.COUNT),
               (money / orders, Kind.MEAN), (common, Kind.SHARE), (rare, Kind.SHARE)]  # fmt: skip
    return [course(days(values.astype(float).tolist(), orders.tolist()), kind)["z"].to_list() for values, kind in columns]  # fmt: skip


def test_a_page_without_any_change_rarely_says_changed() -> None:
    """5 % allowed; of 60 pages at most 7 (with 5 % true, more than that in 1 of 100 runs). In full in the benchmarks."""
    rng = np.random.default_rng(6)
    pages = [simulated_page(rng) for _ in range(60)]
    for shown in (1, 7):
        assert sum(any(one.changed for one in page(courses, shown)) for courses in pages) <= 7


def test_a_page_finds_a_week_a_quarter_down_and_nothing_else() -> None:
    rng = np.random.default_rng(7)
    values = poisson(rng, 320)
    values[-7:] = [0.7 * one for one in values[-7:]]
    quiet = simulated_page(rng)
    found = page([course(days(values), Kind.COUNT)["z"].to_list(), *quiet], 7)
    assert [one.changed for one in found] == [True, *[False] * len(quiet)]
    assert (found[0].score or 0) < 0


def test_a_short_history_is_not_judged() -> None:
    assert page([[None] * 80 + [0.1] * 10], 7)[0].p is None
