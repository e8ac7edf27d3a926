"""Scores by hand, choice of the method, and whether intervals hold what they promise."""

import numpy as np
import pytest

from ecodash.analysis.forecast import Method, Setting, Track, Whole, forecast_level, sum_quantiles
from ecodash.analysis.forecast.backtest import backtest, origins_of
from ecodash.analysis.forecast.conformal import step_bands, sum_bands
from ecodash.analysis.forecast.elasticity import Elasticity, elasticity
from ecodash.analysis.forecast.forecaster import choose
from ecodash.analysis.forecast.panel import Floats
from ecodash.analysis.forecast.scores import Scales, Score, pinball, score
from ecodash.analysis.refused import Refused
from tests.analysis.test_forecast_methods import WEEKDAYS, panel


def test_the_scores_of_four_days() -> None:
    """y = 2, 4, 0, 6; f = 3, 3, 1, 3: |e| = 1, 1, 1, 3; sums 12 against 10."""
    actual, path = np.array([[[2.0, 4, 0, 6]]]), np.array([[[3.0, 3, 1, 3]]])
    scale = Scales(cycle=np.array([2.0]), step=np.array([4.0]), weight=np.array([1.0]))
    found = score(actual, path, scale)
    assert found.wape == pytest.approx(6 / 12)
    assert found.wape_sum == pytest.approx(2 / 12)
    assert found.bias == pytest.approx(-2 / 12)
    assert found.mase == pytest.approx(1.5 / 2)
    assert found.rmsse == pytest.approx(np.sqrt(3 / 4))
    assert found.criterion == pytest.approx(np.sqrt(3 / 4) + 2 / 12 + 2 / 12)


def test_days_out_of_stock_are_not_scored() -> None:
    actual, path = np.array([[[2.0, np.nan]]]), np.array([[[3.0, 50.0]]])
    scale = Scales(cycle=np.ones(1), step=np.ones(1), weight=np.ones(1))
    assert score(actual, path, scale).wape == pytest.approx(1 / 2)


def test_pinball_by_hand() -> None:
    """y = 10, q = 8 at 0.9: 0.9·2 = 1.8; y = 5, q = 8: 0.1·3 = 0.3; ÷ Σy = 15."""
    assert pinball(np.array([[10.0, 5.0]]), np.array([[8.0, 8.0]]), 0.9) == pytest.approx(2.1 / 15)


def _score(wrmsse: float, error: float = 0.2) -> Score:
    return Score(wape=0.5, wape_sum=error, bias=0.0, mase=1.0, rmsse=1.0, wrmsse=wrmsse)


@pytest.mark.parametrize(
    ("own", "events", "expected"),
    [
        ((0.8, 0.2), (0.9, 0.2), Method.LEVEL),
        ((0.8, 0.2), (0.81, 0.2), Method.LEVEL_EVENTS),  # within 2 %: the calendar is kept
        ((1.2, 0.3), (1.3, 0.3), Method.MOVING_AVERAGE),  # nothing beats naive: naive is used
        ((0.99, 0.5), (1.3, 0.5), Method.LEVEL),  # worse by the criterion, better by weighted RMSSE
    ],
)
def test_the_choice_of_a_method(own: tuple[float, float], events: tuple[float, float], expected: Method) -> None:
    found = {
        Method.SEASONAL_NAIVE: _score(1.1),
        Method.MOVING_AVERAGE: _score(1.0),
        Method.LEVEL: _score(*own),
        Method.LEVEL_EVENTS: _score(*events),
    }
    assert choose(found) is expected


def test_a_backtest_knows_nothing_after_its_origin() -> None:
    values = np.random.default_rng(0).poisson(8, (3, 200)).astype(float)
    here = panel(values)
    first = backtest(here, (Method.LEVEL,))
    oldest = first.origins[-1]
    changed = values.copy()
    changed[:, oldest:] = 999.0
    second = backtest(panel(changed), (Method.LEVEL,))
    assert first.origins == second.origins == origins_of(here)
    assert first.paths[Method.LEVEL][-1].tolist() == second.paths[Method.LEVEL][-1].tolist()
    assert first.actual[0].tolist() == values[:, 193:].tolist()


def _shop(seed: int, series: int = 120, days: int = 290) -> Floats:
    """Over-dispersed counts, from a few a month to dozens a day, with levels that wander."""
    draw = np.random.default_rng(seed)
    level = np.exp(draw.normal(0.3, 1.3, (series, 1)) + 0.03 * np.cumsum(draw.normal(size=(series, days)), axis=1))
    mean = level * WEEKDAYS[np.arange(days) % 7]
    return draw.poisson(draw.gamma(2.0, mean / 2.0)).astype(float)


def test_intervals_of_days_and_of_sums_hold_what_they_promise() -> None:
    inside: dict[str, list[float]] = {"days 80": [], "days 95": [], "sums 80": [], "sums 95": []}
    for seed in range(3):
        sold = _shop(seed)
        found = forecast_level(panel(sold[:, :260], 30))
        came = sold[:, 260:]
        for kind, bands, truth in (("days", found.steps, came), ("sums", found.sums, came.sum(axis=1))):
            for band in bands:
                held = (truth >= band.low - 1e-9) & (truth <= band.high + 1e-9)
                inside[f"{kind} {band.level:.0%}"[:-1]].append(float(held.mean()))
    means = {name: float(np.mean(shares)) for name, shares in inside.items()}
    assert 0.75 <= means["days 80"] <= 0.86
    assert 0.75 <= means["sums 80"] <= 0.87
    assert means["days 95"] >= 0.92
    assert means["sums 95"] >= 0.9


def test_adding_up_days_as_if_independent_would_not_hold() -> None:
    """The reason sums are calibrated as sums: demand that wanders makes days go wrong together."""
    draw = np.random.default_rng(5)
    origins, series, days = 10, 60, 30
    path = np.full((origins, series, days), 5.0)
    moved = draw.gamma(4.0, 1 / 4.0, (origins, series, 1))
    track = Track(actual=draw.poisson(path * moved).astype(float), path=path)
    came = draw.poisson(5.0 * draw.gamma(4.0, 1 / 4.0, (series, 1)) * np.ones((series, days))).sum(axis=1)
    (band,) = sum_bands(track, path[0], [0.8])
    independent = 1.2816 * np.sqrt(150.0)
    assert np.mean((came >= band.low) & (came <= band.high)) == pytest.approx(0.8, abs=0.12)
    assert np.mean(np.abs(came - 150) <= independent) < 0.4


def test_bands_are_nested_around_the_forecast_and_never_below_zero() -> None:
    track = Track(actual=_shop(9)[None, :, :30], path=np.full((1, 120, 30), 2.0))
    narrow, wide = step_bands(track, track.path[0], (0.8, 0.95))
    assert (wide.low <= narrow.low).all()
    assert (wide.high >= narrow.high).all()
    assert (narrow.low >= 0).all()
    assert (narrow.low <= 2.0).all()
    assert (narrow.high >= 2.0).all()


def test_quantiles_of_a_lead_time_rise_and_hold_the_service_level() -> None:
    sold = _shop(11)
    found = forecast_level(panel(sold[:, :260], 14))
    assert found.track is not None
    levels = (0.5, 0.8, 0.95)
    edges = sum_quantiles(found.track, found.path, levels)
    came = sold[:, 260:274].sum(axis=1)
    assert (np.diff(edges, axis=1) >= 0).all()
    assert np.mean(came <= edges[:, 2]) == pytest.approx(0.95, abs=0.06)


def test_parts_add_up_to_the_total_and_say_how_they_were_made() -> None:
    sold = _shop(2, series=20)
    parts = panel(sold[:, :260], 30)
    total = forecast_level(parts.summed("total"))
    found = forecast_level(parts, Setting(whole=Whole(above=total, belongs=np.zeros(20, dtype=np.int64))))
    assert found.path.sum(axis=0) == pytest.approx(total.path[0])
    assert Method.EXPONENTIAL in total.records
    assert Method.EXPONENTIAL not in found.records
    assert {Method.SEASONAL_NAIVE, Method.MOVING_AVERAGE, Method.LEVEL} <= set(found.records)
    assert set(found.records[found.method].steps) == {0.8, 0.95}


@pytest.mark.parametrize("days", [1, 13, 20, 40])
def test_a_history_too_short_for_a_backtest_gives_a_mean_without_interval(days: int) -> None:
    found = forecast_level(panel(np.full((2, days), 3.0), 30))
    assert found.path == pytest.approx(np.full((2, 30), 3.0))
    assert (found.steps, found.sums, found.track) == ((), (), None)
    assert not found.beats_naive


def test_under_ninety_days_only_naive_rules_compete() -> None:
    found = forecast_level(panel(_shop(1, series=5)[:, :85], 14))
    assert set(found.records) == {Method.SEASONAL_NAIVE, Method.MOVING_AVERAGE}


def _prices(seed: int, *, answer: float, moved: float = 0.15) -> tuple[Floats, Floats]:
    draw = np.random.default_rng(seed)
    price = np.exp(draw.normal(3, 0.5, (30, 1)) + np.repeat(draw.normal(0, moved, (30, 6)), 13, axis=1))
    season = np.exp(draw.normal(0, 0.2, 78))
    units = draw.poisson(np.exp(draw.normal(2, 0.7, (30, 1))) * (price / price.mean()) ** answer * season)
    return units.astype(float), units * price


def test_the_answer_to_price_is_found_within_its_interval_and_refused_without_movement() -> None:
    held = 0
    for seed in range(10):
        found = elasticity(*_prices(seed, answer=-2.0))
        assert isinstance(found, Elasticity)
        held += found.interval.contains(-2.0)
    assert held >= 6
    assert abs(found.value + 2) < 0.3
    assert isinstance(elasticity(*_prices(1, answer=-2.0, moved=0.0)), Refused)
