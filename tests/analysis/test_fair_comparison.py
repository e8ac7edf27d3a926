"""The whole comparison on simulated programmes whose effect is known, and its refusals."""

import numpy as np
import polars as pl
import pytest

from ecodash.analysis import cross_fitting
from ecodash.analysis.cross_fitting import Learner
from ecodash.analysis.fair_comparison import Comparison, Design, compare, plain_difference
from ecodash.analysis.landmark import landmark_table
from ecodash.analysis.landmark_curve import Watch, landmark_curve
from ecodash.analysis.refused import Reason, Refused
from ecodash.analysis.shuffled_status import shuffled_comparison
from tests.analysis.programme import DESIGN, LANDMARK, LAST_DAY, WINDOW, Programme, programme

RUNS, CUSTOMERS = 20, 6000


def table_of(shop: Programme) -> pl.DataFrame:
    return landmark_table(shop.customers, shop.purchases, landmark=LANDMARK, window=WINDOW, last_day=LAST_DAY)


@pytest.fixture(scope="module")
def small() -> pl.DataFrame:
    return table_of(programme(3000, effect=0.05, seed=77))


@pytest.mark.parametrize("effect", [0.0, 0.05])
def test_the_interval_holds_the_effect_where_the_naive_gap_is_above_20_points(effect: float) -> None:
    held, estimates = 0, []
    for seed in range(RUNS):
        shop = programme(CUSTOMERS, effect=effect, seed=seed)
        assert shop.naive_gap() > 0.2
        found = compare(table_of(shop), DESIGN)
        assert isinstance(found, Comparison)
        held += found.effect.interval.contains(effect)
        estimates.append(found.effect.difference)
    assert held >= RUNS - 4  # with true coverage of 95 %, fewer are seen once in 400; the full count is a benchmark
    assert np.mean(estimates) == pytest.approx(effect, abs=3 * 0.0163 / np.sqrt(RUNS))


def test_the_plain_landmark_difference_is_still_too_large(small: pl.DataFrame) -> None:
    found = compare(small, DESIGN)
    assert isinstance(found, Comparison)
    assert found.plain.value > found.effect.difference + 0.04
    assert found.with_status + found.without_status == small.height
    assert found.effect.lift == pytest.approx(found.effect.having / found.effect.without - 1)
    assert {row.covariate for row in found.balance} == set(DESIGN.covariates)
    assert found.e_values is not None
    assert found.e_values.point >= found.e_values.limit >= 1


def test_the_placebo_outcome_and_the_shuffled_status_show_nothing(small: pl.DataFrame) -> None:
    found, shuffled = compare(small, DESIGN), shuffled_comparison(small, DESIGN)
    assert isinstance(found, Comparison)
    assert isinstance(shuffled, Comparison)
    assert found.placebo is not None
    assert found.placebo.interval.contains(0)
    assert abs(shuffled.effect.difference) < 3 * shuffled.effect.error
    assert shuffled.with_status == found.with_status


def test_the_order_in_which_rows_were_loaded_changes_nothing() -> None:
    shop = programme(1500, effect=0.05, seed=9)
    mixed = Programme(
        customers=shop.customers.sample(fraction=1, shuffle=True, seed=1),
        purchases=shop.purchases.sample(fraction=1, shuffle=True, seed=2),
    )
    first, second = compare(table_of(shop), DESIGN), compare(table_of(mixed), DESIGN)
    assert isinstance(first, Comparison)
    assert isinstance(second, Comparison)
    assert first.effect.difference == pytest.approx(second.effect.difference, rel=1e-6)
    assert first.effect.error == pytest.approx(second.effect.error, rel=1e-6)


def test_the_same_seed_gives_the_same_numbers_and_progress_ends_at_one(small: pl.DataFrame) -> None:
    seen: list[float] = []
    assert compare(small, DESIGN) == compare(small, DESIGN, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1


def test_an_amount_can_be_the_outcome(small: pl.DataFrame) -> None:
    found = compare(small, Design(covariates=DESIGN.covariates, outcome="spend_after"))
    assert isinstance(found, Comparison)
    assert found.e_values is None
    assert found.effect.interval.low < found.effect.difference < found.effect.interval.high


def test_a_cause_nobody_wrote_down_makes_the_placebo_speak(small: pl.DataFrame) -> None:
    dice = np.random.default_rng(2)
    told = (dice.random(small.height) < 0.3 + 0.4 * small["status"].to_numpy()).astype(int)
    found = compare(small.with_columns(told=told), Design(covariates=("channel",), placebo="told"))
    assert isinstance(found, Comparison)
    assert "placebo" in [caveat.code for caveat in found.caveats]


def test_few_customers_are_said() -> None:
    found = compare(table_of(programme(700, effect=0.0, seed=3)), DESIGN)
    assert isinstance(found, Comparison)
    assert "few_customers" in [caveat.code for caveat in found.caveats]


def test_it_refuses_without_customers_without_outcomes_and_without_overlap(small: pl.DataFrame) -> None:
    few = compare(small.filter((pl.col("status") == 0) | (pl.col("customer") < 300)), DESIGN)
    assert isinstance(few, Refused)
    assert few.reason is Reason.TOO_FEW_CUSTOMERS
    assert "100" in few.text.en
    all_back = compare(small.with_columns(returned=pl.lit(1)), DESIGN)
    assert isinstance(all_back, Refused)
    assert all_back.reason is Reason.TOO_FEW_OUTCOMES
    apart = compare(small.with_columns(status=(pl.col("channel") == "jd").cast(pl.Int64)), DESIGN)
    assert isinstance(apart, Refused)
    assert apart.reason is Reason.NO_OVERLAP
    assert "重叠" in apart.text.zh
    assert isinstance(shuffled_comparison(small.with_columns(status=pl.lit(0)), DESIGN), Refused)


def test_a_plain_difference_needs_two_arms_and_a_curve_needs_no_listener() -> None:
    with pytest.raises(ValueError, match="an arm without customers"):
        plain_difference(np.array([1, 1]), np.array([0.0, 1.0]))
    shop = programme(200, effect=0.0, seed=1)
    watch = Watch(customers=shop.customers, purchases=shop.purchases, window=WINDOW, last_day=LAST_DAY)
    assert isinstance(landmark_curve(watch, DESIGN, (30,))[0].found, Refused)


def test_a_missing_status_is_an_error_and_not_a_no(small: pl.DataFrame) -> None:
    holes = small.with_columns(status=pl.when(pl.col("customer") > 5).then("status"))
    with pytest.raises(ValueError, match="missing values"):
        compare(holes, DESIGN)


def test_the_curve_has_one_answer_per_landmark_and_says_why_where_there_is_none() -> None:
    shop = programme(3000, effect=0.0, seed=5)
    watch = Watch(customers=shop.customers, purchases=shop.purchases, window=WINDOW, last_day=LAST_DAY)
    seen: list[float] = []
    curve = landmark_curve(watch, DESIGN, (14, 60, 990), progress=seen.append)
    assert [at.landmark for at in curve] == [14, 60, 990]
    assert all(isinstance(at.found, Comparison) and at.found.effect.interval.contains(0) for at in curve[:2])
    assert isinstance(curve[2].found, Refused)
    assert seen == pytest.approx([1 / 3, 2 / 3, 1])


def test_trees_agree_with_regression(small: pl.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross_fitting, "TREES", 20)  # enough for this, and quick

    trees = compare(small, Design(covariates=DESIGN.covariates, learner=Learner.TREES, folds=2))
    regression = compare(small, DESIGN)
    assert isinstance(trees, Comparison)
    assert isinstance(regression, Comparison)
    assert abs(trees.effect.difference - regression.effect.difference) < 1.5 * regression.effect.error
