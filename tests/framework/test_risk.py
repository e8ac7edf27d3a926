"""Lights, trends, money touched, and the list of actions."""

import pytest

from ecodash.core.estimate import Estimate, Status
from ecodash.framework.actions import actions, levers_of
from ecodash.framework.risk import Level, RiskState, Trend, risks, trend_of
from ecodash.framework.scorecard import score, scorecard, unlocks
from ecodash.framework.stake import touched
from ecodash.framework.standing import standings
from tests.framework.told import by_name, told


def state(risk: str, now: dict[str, Estimate], **thresholds: float) -> RiskState:
    own = {name.replace("__", "/"): value for name, value in thresholds.items()}
    return next(one for one in risks(now, {}, own, sales=1000.0) if one.entry.id == risk)


@pytest.mark.parametrize(
    ("value", "level", "money"),
    [(0.04, Level.GREEN, None), (0.05, Level.AMBER, 50.0), (0.15, Level.RED, 150.0), (None, Level.UNKNOWN, None)],
)
def test_a_stock_out_rate_turns_amber_and_red_and_touches_its_share_of_sales(
    value: float | None, level: Level, money: float | None
) -> None:
    status = Status.OK if value is not None else Status.MISSING
    found = state("risk_supply", by_name(told("stockout_rate", value, status=status)))
    signal = next(one for one in found.signals if one.alarm.indicator == "stockout_rate")
    assert (signal.level, signal.money, found.level) == (level, money, level)


def test_a_risk_is_as_grave_as_its_gravest_signal_and_unknown_is_not_green() -> None:
    now = by_name(told("on_time_rate", 0.95), told("stockout_rate", 0.06), told("late_shipment_share", 0.2))
    found = state("risk_supply", now)
    assert (found.level, found.measured) == (Level.RED, 3)
    assert state("risk_supply", {}).level is Level.UNKNOWN


def test_thresholds_of_ones_own_replace_the_defaults() -> None:
    now = by_name(told("stockout_rate", 0.06))
    assert state("risk_supply", now, risk_supply__stockout_rate__amber=0.1).level is Level.GREEN


def test_an_absolute_threshold_sees_both_directions() -> None:
    assert state("risk_legal", by_name(told("tax_declared_gap", -0.2))).level is Level.RED


@pytest.mark.parametrize(
    ("now", "before", "trend"),
    [
        (0.10, 0.20, Trend.BETTER),
        (0.20, 0.10, Trend.WORSE),
        (0.10, 0.11, Trend.STEADY),
    ],
)
def test_a_trend_is_named_only_beyond_chance(now: float, before: float, trend: Trend) -> None:
    assert trend_of(told("stockout_rate", now, 0.02), told("stockout_rate", before, 0.02)) is trend


def test_without_an_earlier_number_or_interval_there_is_no_trend() -> None:
    assert trend_of(told("stockout_rate", 0.1, 0.02), None) is Trend.UNKNOWN
    assert trend_of(told("stockout_rate", 0.1), told("stockout_rate", 0.2, 0.02)) is Trend.UNKNOWN
    assert trend_of(told("aov", 1.0, 0.1), told("b2b_gmv_share", 2.0, 0.1)) in set(Trend)


@pytest.mark.parametrize(
    ("indicator", "value", "target", "money"),
    [
        ("on_time_rate", 0.8, None, 200.0),
        ("on_time_rate", 0.8, 0.9, 100.0),
        ("on_time_rate", 0.95, 0.9, 0.0),
        ("complaint_rate", 20.0, None, 20.0),
        ("aov", 50.0, None, None),
    ],
)
def test_money_touched(indicator: str, value: float, target: float | None, money: float | None) -> None:
    assert touched(indicator, told(indicator, value), 1000.0, target=target) == (
        None if money is None else pytest.approx(money)
    )
    assert touched(indicator, told(indicator, value), None, target=target) is None


def test_actions_begin_with_what_is_surely_missed_and_touches_most_money() -> None:
    now = [
        told("on_time_rate", 0.7, 0.01),
        told("returns_7d_accept_rate", 0.5, 0.01),
        told("stockout_rate", 0.06, 0.02),
    ]
    found = actions(standings(now, set()), risks(by_name(*now), {}, {}, sales=1000.0), sales=1000.0)
    assert [one.indicator for one in found] == ["returns_7d_accept_rate", "on_time_rate", "stockout_rate"]
    first, _, last = found
    assert (first.sure, first.money) == (True, pytest.approx(480.0))
    assert (last.sure, last.judgement, last.risk.id if last.risk else "") == (False, None, "risk_supply")
    assert all(one.levers for one in found)


def test_a_number_without_an_interval_is_neither_sure_nor_chance() -> None:
    now = [told("leak_users", 310.0)]
    (found,) = actions(standings(now, set()), risks(by_name(*now), {}, {}, sales=None), sales=None)
    assert (found.indicator, found.sure) == ("leak_users", None)


def test_levers_of_a_figure_are_those_of_the_entry_that_states_it() -> None:
    assert {entry.id for entry, _ in levers_of("inventory_turnover_days")} >= {"ai_big_data"}


def test_levers_come_from_the_entries_that_name_the_indicator() -> None:
    assert ("private_domain", "pd_join") in {(entry.id, part.id) for entry, part in levers_of("private_join_rate")}
    assert {entry.id for entry, _ in levers_of("leak_users")} == {"risk_data_security", "risk_legal"}


def test_a_score_counts_only_what_is_measured() -> None:
    now = [told("on_time_rate", 0.95), told("event_on_time_rate", 0.85), told("cpc", None, status=Status.MISSING)]
    found = standings(now, {"orders", "shipments"})
    card = score("x", ("on_time_rate", "event_on_time_rate", "cpc", "aov"), found)
    assert (card.total, card.measured, card.met, card.near, card.below, card.judged) == (4, 2, 1, 1, 0, 2)
    assert card.missing == ("ad_spend",)
    assert card.share == 0.5


def test_the_whole_scorecard_has_every_entry_in_every_dimension() -> None:
    card = scorecard(standings([], set()))
    assert (len(card.entries), len(card.dimensions), len(card.cells)) == (71, 3, 213)
    assert (card.whole.total, card.whole.measured) == (243, 0)
    assert card.entries["outlook_missing"].share is None


def test_what_to_upload_next_begins_with_what_unlocks_most() -> None:
    first = unlocks(standings([], {"orders", "order_items", "customers", "products"}))
    assert first[0][1] >= first[1][1] >= first[2][1]
    assert "orders" not in dict(first)
