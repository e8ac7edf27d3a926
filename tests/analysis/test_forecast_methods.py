"""Forecasting methods on demand small enough to work out by hand, and on demand with a planted truth."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.analysis.forecast.boosting import gradient_boosting
from ecodash.analysis.forecast.exponential import exponential_smoothing
from ecodash.analysis.forecast.kinds import Kind, kinds_of, with_kinds
from ecodash.analysis.forecast.level import level_forecast
from ecodash.analysis.forecast.naive import moving_average, seasonal_naive
from ecodash.analysis.forecast.panel import DAILY, WEEKLY, Floats, Panel
from ecodash.analysis.forecast.profile import profile
from ecodash.analysis.forecast.reconcile import reconciled
from ecodash.analysis.forecast.season import has_years, season
from ecodash.analysis.forecast.uplift import uplift

WEEKDAYS = np.array([1.0, 1.0, 1.0, 1.0, 1.2, 1.4, 0.4])
MONDAY = 4  # 5 January 1970


def panel(values: Floats, horizon: int = 7, *, phases: dict[int, int] | None = None, kinds: int = 1) -> Panel:
    """Series from a Monday on; ``phases`` gives the code of single steps."""
    codes = np.zeros(values.shape[1] + horizon, dtype=np.int64)
    for step, code in (phases or {}).items():
        codes[step] = code
    keys = tuple(f"s{i}" for i in range(len(values)))
    groups = np.zeros(len(values), dtype=np.int64)
    return Panel(keys=keys, values=values, phases=codes, groups=groups, first=MONDAY, kinds=kinds)


def test_the_naive_rules_repeat_the_last_week_and_average_the_last_four() -> None:
    here = panel(np.arange(1.0, 36.0)[None, :], horizon=9)
    assert seasonal_naive(here)[0].tolist() == [29, 30, 31, 32, 33, 34, 35, 29, 30]
    assert moving_average(here)[0].tolist() == [21.5] * 9


def test_a_day_out_of_stock_is_not_a_zero_for_the_naive_rules() -> None:
    values = np.full((1, 28), 4.0)
    values[0, -3:] = np.nan
    assert seasonal_naive(panel(values)).tolist() == [[4.0] * 7]
    assert moving_average(panel(values)).tolist() == [[4.0] * 7]


def test_demand_that_only_has_weekdays_is_forecast_exactly() -> None:
    values = (10 * np.tile(WEEKDAYS, 40))[None, :]
    assert level_forecast(panel(values, 14))[0] == pytest.approx(10 * np.tile(WEEKDAYS, 2), rel=1e-6)


def test_the_profile_has_mean_one_and_follows_the_weekdays() -> None:
    values = (10 * np.tile(WEEKDAYS, 40))[None, :]
    found = profile(values, panel(values).slots[:280], DAILY)
    assert found.mean() == pytest.approx(1)
    assert found[0] == pytest.approx(WEEKDAYS / WEEKDAYS.mean())


def test_a_series_too_short_for_its_own_weekdays_takes_those_of_the_others() -> None:
    values = np.vstack([10 * np.tile(WEEKDAYS, 40), np.r_[np.full(266, np.nan), np.full(14, 5.0)]])
    found = profile(values, panel(values).slots[:280], DAILY)
    assert found[1] == pytest.approx(found[0], rel=0.05)


def test_days_out_of_stock_leave_the_level_where_it_was() -> None:
    values = (10 * np.tile(WEEKDAYS, 40))[None, :]
    closed = values.copy()
    closed[0, -10:] = np.nan
    assert level_forecast(panel(closed)) == pytest.approx(level_forecast(panel(values)), rel=0.02)


@given(st.integers(0, 10_000), st.floats(0.1, 50))
@settings(max_examples=15)
def test_demand_in_another_unit_gives_the_forecast_in_that_unit(seed: int, scale: float) -> None:
    values = np.random.default_rng(seed).poisson(5, (3, 120)).astype(float)
    assert level_forecast(panel(values * scale)) == pytest.approx(scale * level_forecast(panel(values)), rel=1e-6)


def test_nothing_sold_gives_nothing_and_never_no_number() -> None:
    found = level_forecast(panel(np.zeros((2, 100))))
    assert found.tolist() == np.zeros((2, 7)).tolist()


def _planted(seed: int = 1) -> tuple[Panel, Floats]:
    """Ten series, 400 days, a phase of two days four times as strong every hundred days, and one that does nothing."""
    draw = np.random.default_rng(seed)
    phases = {step: 1 for start in (60, 160, 260, 360) for step in (start, start + 1)}
    phases |= dict.fromkeys((30, 130, 230, 330), 2) | dict.fromkeys((401, 402), 1)
    times = np.ones(407)
    for step, code in phases.items():
        times[step] = 4.0 if code == 1 else 1.0
    mean = np.linspace(3, 30, 10)[:, None] * WEEKDAYS[np.arange(407) % 7] * times
    sold = draw.poisson(mean).astype(float)
    return panel(sold[:, :400], phases=phases, kinds=4), mean[:, 400:]


def test_a_planted_event_is_found_and_one_without_effect_is_not() -> None:
    found = uplift(_planted()[0])
    low, high = found.bounds(1)
    assert low <= 4.0 <= high
    assert found.pooled[2] == pytest.approx(1.0, abs=0.1)
    assert (found.pooled[3], found.days[3]) == (1.0, 0)
    assert found.days[1] == 8
    assert found.each[:, 1] == pytest.approx(np.full(10, 4.0), rel=0.25)


def test_the_event_ahead_is_forecast_and_missed_without_the_calendar() -> None:
    here, mean = _planted()
    knowing, ignorant = level_forecast(here), level_forecast(here, events=False)
    off = [float(np.abs(path.sum(axis=0) - mean.sum(axis=0)).sum() / mean.sum()) for path in (knowing, ignorant)]
    assert off[0] < 0.12
    assert off[1] > 0.3


def test_an_event_is_learnt_from_the_past_only() -> None:
    here, _ = _planted()
    early = here.until(150)
    later = replace(here, values=np.where(np.arange(400) >= 150, 1000.0, here.values)).until(150)
    assert uplift(early).pooled.tolist() == uplift(later).pooled.tolist()
    assert level_forecast(early).tolist() == level_forecast(later).tolist()


def test_the_season_of_last_year_is_believed_by_half() -> None:
    """Twice the usual a year ago in the horizon, so half of twice more: 1.5."""
    values = np.full((1, 760), 10.0)
    origin = 760 - DAILY.year
    values[0, origin - 3 : origin + 11] = 20.0
    here = panel(values)
    assert has_years(here)
    assert not has_years(here.until(700))
    assert season(here)[0, 3] == pytest.approx(1 + 0.5 * (20 / ((53 * 10 + 3 * 20) / 56) - 1))


def test_every_series_has_its_own_honest_path() -> None:
    regular = np.full(200, 5.0)
    intermittent = np.where(np.arange(200) % 4 == 0, 2.0, 0.0)
    dead = np.where(np.arange(200) < 60, 3.0, 0.0)
    stockout = np.where(np.arange(200) > 190, np.nan, 5.0)
    short = np.where(np.arange(200) < 170, np.nan, 5.0)
    new = np.where(np.arange(200) < 195, np.nan, 8.0)
    here = panel(np.vstack([regular, intermittent, dead, stockout, short, new]))
    assert kinds_of(here) == (
        Kind.REGULAR, Kind.INTERMITTENT, Kind.DEAD, Kind.STOCKOUT, Kind.SHORT, Kind.NEW,
    )  # fmt: skip
    paths = with_kinds(here, np.full((6, 7), 9.0))
    assert paths[2].tolist() == [0.0] * 7
    assert paths[[0, 1, 3, 4]].tolist() == np.full((4, 7), 9.0).tolist()


def test_a_new_product_starts_like_its_siblings_did() -> None:
    """Siblings sold 6 a day at that age; five own days of 8 count 5 / (5 + 14)."""
    launch = np.r_[np.full(40, np.nan), np.full(160, 6.0)]
    new = np.r_[np.full(195, np.nan), np.full(5, 8.0)]
    paths = with_kinds(panel(np.vstack([launch, launch, new])), np.zeros((3, 7)))
    assert paths[2] == pytest.approx(np.full(7, 8 * 5 / 19 + 6 * 14 / 19))


def test_exponential_smoothing_finds_the_weekdays() -> None:
    mean = 60 * WEEKDAYS[np.arange(371) % 7]
    values = np.random.default_rng(3).poisson(mean[:364]).astype(float)[None, :]
    assert exponential_smoothing(panel(values))[0] == pytest.approx(mean[364:], rel=0.15)


def test_without_a_season_the_smoothing_is_the_one_that_errs_least() -> None:
    """A level that jumps once and stays asks for the last value; pure noise around 10 asks for a long mean."""
    jump = np.r_[np.full(30, 10.0), np.full(30, 20.0)]
    noise = 10 + np.where(np.arange(60) % 2 == 0, 3.0, -3.0)
    late = np.r_[np.full(55, np.nan), np.full(5, 7.0)]
    weekly = replace(panel(np.vstack([jump, noise, late]), 4), rhythm=WEEKLY)
    found = exponential_smoothing(weekly)
    assert found[0] == pytest.approx(np.full(4, 20.0))
    assert found[1] == pytest.approx(np.full(4, 10.0), abs=0.3)
    assert found[2] == pytest.approx(np.full(4, 7.0))


def test_boosting_learns_the_weekdays_and_needs_an_origin() -> None:
    mean = 60 * WEEKDAYS[np.arange(119) % 7]
    many = np.random.default_rng(3).poisson(mean[:112], (6, 112)).astype(float)
    assert gradient_boosting(panel(many)).mean(axis=0) == pytest.approx(mean[112:], rel=0.6)
    assert gradient_boosting(panel(many[:, :40])).shape == (6, 7)
    assert gradient_boosting(panel(np.tile(many, 7)[:, :760])).shape == (6, 7)  # two years, oldest origins without


def test_weekly_data_have_no_weekdays() -> None:
    weekly = replace(panel(np.full((2, 60), 12.0), 4), rhythm=WEEKLY)
    assert level_forecast(weekly) == pytest.approx(np.full((2, 4), 12.0))


@given(st.integers(0, 1000))
@settings(max_examples=25)
def test_parts_add_up_to_their_whole_on_every_day(seed: int) -> None:
    draw = np.random.default_rng(seed)
    parts = draw.poisson(1.0, (3, 7, 5)).astype(float)
    whole = draw.uniform(0, 20, (3, 2, 5))
    belongs = np.array([0, 0, 1, 1, 1, 0, 1])
    found = reconciled(parts, whole, belongs)
    for one in (0, 1):
        assert found[:, belongs == one].sum(axis=1) == pytest.approx(whole[:, one])
    assert (found >= 0).all()


def test_shares_of_the_parts_are_kept() -> None:
    found = reconciled(np.array([[1.0], [3.0]]), np.array([[8.0]]), np.array([0, 0]))
    assert found.tolist() == [[2.0], [6.0]]
