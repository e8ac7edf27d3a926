"""The doubly robust difference and its parts: by hand, against scikit-learn, and on data with a known answer."""

import numpy as np
import polars as pl
import pytest
from sklearn.linear_model import LogisticRegression, Ridge

from ecodash.analysis import cross_fitting, regression
from ecodash.analysis.balance import balance
from ecodash.analysis.covariates import covariates
from ecodash.analysis.cross_fitting import Learner, Predictions, cut, deal, expected_outcomes, status_chances
from ecodash.analysis.doubly_robust import Population, doubly_robust
from ecodash.analysis.e_value import e_value, e_values
from ecodash.analysis.interval import Interval
from ecodash.analysis.overlap import effective_number, overlap, overlap_weights
from ecodash.analysis.regression import linear_without_each, logistic, logistic_without_each

STATUS = np.array([1, 1, 0, 0])
OUTCOME = np.array([1.0, 0.0, 1.0, 0.0])
HALVES = Predictions(status=np.full(4, 0.5), without=np.full(4, 0.25), having=np.full(4, 0.75))


def blocks(n: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(1)
    x = dice.normal(size=(n, 3)).astype(np.float32)
    return x, (dice.random(n) < 1 / (1 + np.exp(1 - x @ [1.0, -0.5, 0.0]))).astype(float)


def test_with_even_chances_every_population_gives_the_plain_difference() -> None:
    # means of the outcome are ½ and ½, whatever the models say
    for population in (Population.OVERLAP, Population.EVERYONE, Population.HAVING):
        found = doubly_robust(STATUS, OUTCOME, HALVES, population=population)
        assert (found.having, found.without, found.difference) == pytest.approx((0.5, 0.5, 0.0))
        assert found.lift == pytest.approx(0)


def test_four_customers_with_uneven_chances_by_hand() -> None:
    # chances .2 and .8; everyone: m₁ + a(y−m₁)/e with m₁ = m₀ = 0 → (1/.2)/4 = 1.25 and 1/(1−.2)/4 = .3125
    uneven = Predictions(status=np.array([0.2, 0.8, 0.2, 0.8]), without=np.zeros(4), having=np.zeros(4))
    found = doubly_robust(STATUS, OUTCOME, uneven, population=Population.EVERYONE)
    assert (found.having, found.without) == pytest.approx((1.25, 0.3125))
    # overlap: Σa(1−e)y = .8, Σ(1−a)ey = .2; Σc = 4·.16 + .6·(.8−.2) − .6·(.2−.8) = .64 + .36 + .36 … by row
    c = sum(0.16 + (1 - 2 * e) * (a - e) for e, a in zip([0.2, 0.8, 0.2, 0.8], [1, 1, 0, 0], strict=True))
    found = doubly_robust(STATUS, OUTCOME, uneven)
    assert (found.having, found.without) == pytest.approx((0.8 / c, 0.2 / c))


def test_rows_of_one_customer_count_as_one() -> None:
    twice = [np.concatenate([part, part]) for part in (STATUS, OUTCOME)]
    double = Predictions(status=np.full(8, 0.5), without=np.full(8, 0.25), having=np.full(8, 0.75))
    once = doubly_robust(STATUS, OUTCOME, HALVES)
    paired = doubly_robust(twice[0], twice[1], double, cluster=np.arange(8) % 4)
    assert paired.n == 4
    assert paired.error == pytest.approx(once.error)


def test_nothing_varies_gives_an_interval_of_no_width() -> None:
    sure = Predictions(status=np.full(4, 0.5), without=np.zeros(4), having=np.zeros(4))
    found = doubly_robust(STATUS, np.zeros(4), sure)
    assert (found.difference, found.error, found.p, found.lift) == (0, 0, 1, None)


def test_logistic_equals_scikit_learn_in_blocks_and_from_any_start() -> None:
    x, y = blocks()
    other = LogisticRegression(C=1.0, tol=1e-10, max_iter=1000).fit(x.astype(float), y)
    expected = [*other.intercept_, *other.coef_[0]]
    mine = logistic([(x[:1000], y[:1000]), (x[1000:], y[1000:])])
    assert mine.tolist() == pytest.approx(expected, abs=1e-5)
    assert logistic([(x, y)], start=np.array([8.0, -8.0, 8.0, 8.0])).tolist() == pytest.approx(expected, abs=1e-5)


def test_logistic_survives_an_outcome_that_never_happens_and_one_that_is_told_by_a_column() -> None:
    x, _ = blocks(200)
    assert np.isfinite(logistic([(x, np.zeros(200))])).all()
    assert np.isfinite(logistic([(x, (x[:, 0] > 0).astype(float))])).all()


def test_each_fold_left_out_gives_the_fit_to_all_the_others() -> None:
    x, y = blocks()
    cuts = [[(x[i::3][:7], y[i::3][:7]), (x[i::3][7:], y[i::3][7:])] for i in range(3)]
    for k, (odds, mean) in enumerate(zip(logistic_without_each(cuts), linear_without_each(cuts), strict=True)):
        others = np.arange(len(y)) % 3 != k
        for mine, model in ((odds, LogisticRegression(C=1.0, tol=1e-10, max_iter=1000)), (mean, Ridge(1.0))):
            other = model.fit(x[others].astype(float), y[others])
            assert mine.tolist() == pytest.approx([*np.atleast_1d(other.intercept_), *np.ravel(other.coef_)], abs=1e-4)


def test_a_fold_unlike_the_others_is_fitted_all_the_same() -> None:
    x, y = blocks(60)
    cuts = [[(x[:20], np.ones(20))], [(x[20:40], np.zeros(20))], [(x[40:], y[40:])]]
    other = LogisticRegression(C=1.0, tol=1e-10, max_iter=1000).fit(x[20:].astype(float), [0.0] * 20 + y[40:].tolist())
    expected = [*other.intercept_, *other.coef_[0]]
    assert logistic_without_each(cuts)[0].tolist() == pytest.approx(expected, abs=1e-3)


def test_steps_that_lead_away_give_way_to_newtons_method() -> None:
    x, y = blocks()
    far = regression._refine([(x, y)], np.zeros(4), np.eye(4))  # a curvature thousands of times too small
    assert far.tolist() == pytest.approx(logistic([(x, y)]).tolist(), abs=1e-4)


def test_a_fit_that_never_has_enough_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = blocks(500)
    expected = logistic([(x, y)])
    monkeypatch.setattr(regression, "ENOUGH", -1.0)
    assert logistic([(x, y)]).tolist() == pytest.approx(expected.tolist(), abs=1e-6)


def test_trees_learn_amounts_and_an_outcome_that_never_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross_fitting, "TREES", 5)
    dice = np.random.default_rng(5)
    matrix, status = dice.normal(size=(400, 2)).astype(np.float32), np.tile([0, 1], 200)
    amount = 10.0 * (matrix[:, 0] > 0) + 1.5
    folds = cut(matrix, status, deal(status, amount, folds=2, seed=0), learner=Learner.TREES)
    without, _ = expected_outcomes(folds, amount)
    assert np.corrcoef(without, amount)[0, 1] > 0.9
    never, always = expected_outcomes(folds, status.astype(float))
    assert (set(never), set(always)) == ({0.0}, {1.0})


def test_folds_hold_equal_shares_of_both_arms_and_keep_a_customer_together() -> None:
    status, outcome = np.repeat([0, 1], [70, 30]), np.tile([0.0, 1.0], 50)
    fold = deal(status, outcome, folds=5, seed=3)
    assert {int(status[fold == k].sum()) for k in range(5)} == {6}
    assert {int((fold == k).sum()) for k in range(5)} == {20}
    cluster = np.repeat(np.arange(20), 5)
    whole = deal(status, outcome, folds=5, seed=3, cluster=cluster)
    assert all(len(set(whole[cluster == one])) == 1 for one in range(20))


@pytest.mark.parametrize("learner", list(Learner))
def test_a_prediction_comes_from_models_that_have_not_seen_the_customer(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cross_fitting, "TREES", 5)
    # The outcome is pure chance: a model that had seen it could follow it, one that has not cannot.
    dice = np.random.default_rng(5)
    matrix, status = dice.normal(size=(600, 30)).astype(np.float32), dice.integers(0, 2, 600)
    outcome = dice.integers(0, 2, 600).astype(float)
    folds = cut(matrix, status, deal(status, outcome, folds=3, seed=0), learner=learner)
    chance, (without, having) = status_chances(folds), expected_outcomes(folds, outcome)
    assert abs(np.corrcoef(without, outcome)[0, 1]) < 0.12
    assert abs(np.corrcoef(chance, status)[0, 1]) < 0.12
    assert having.min() >= 0


def test_weighting_balances_what_the_model_knows() -> None:
    dice = np.random.default_rng(7)
    lively = dice.normal(size=4000)
    status = (dice.random(4000) < 1 / (1 + np.exp(-1.2 * lively))).astype(int)
    known = covariates(pl.DataFrame({"lively": lively, "luck": dice.normal(size=4000)}), ["lively", "luck"])
    chance = status_chances(cut(known.matrix, status, deal(status, lively, folds=5, seed=0)))
    rows = {row.covariate: row for row in balance(known, status, overlap_weights(status, chance))}
    assert list(rows) == ["lively", "luck"]
    assert rows["lively"].before > 0.8
    assert not rows["lively"].unbalanced
    assert abs(rows["luck"].before) < 0.1


def test_balance_by_hand() -> None:
    # means 3 and 1, both variances 1 → d = 2; weights that leave only the 2 and the 2 → 0
    known = covariates(pl.DataFrame({"x": [2.0, 4.0, 0.0, 2.0]}), ["x"])
    row = balance(known, STATUS, np.array([1.0, 0.0, 0.0, 1.0]))[0]
    assert (row.before, row.after) == pytest.approx((2.0, 0.0), abs=0.02)  # the ends are held at the 99.5th percentile


def test_overlap_of_alike_and_of_separate_groups() -> None:
    status = np.tile([0, 1], 100)
    alike = overlap(status, np.repeat(np.linspace(0.2, 0.8, 100), 2))
    assert alike.coefficient == pytest.approx(1)
    assert alike.outside == 0
    apart = overlap(status, np.where(status == 1, 0.99, 0.01))
    assert (apart.coefficient, apart.outside) == (0, 1)
    assert (sum(apart.with_status), apart.with_status[-1], apart.without_status[0]) == (100, 100, 100)


def test_effective_number_of_equal_weights_is_their_count() -> None:
    assert effective_number(np.full(7, 0.3)) == pytest.approx(7)
    assert effective_number(np.array([1.0, 0.0, 0.0])) == 1
    assert effective_number(np.zeros(3)) == 0


def test_covariates_bend_count_and_name_their_levels() -> None:
    table = pl.DataFrame(
        {
            "spend": [float(i) for i in range(200)],
            "orders": [1] * 120 + [2] * 50 + [3] * 30,
            "channel": ["jd"] * 150 + ["tmall"] * 48 + ["rare"] + [None],
            "same": [4] * 200,
            "sparse": [None] * 100 + [1.5] * 50 + [2.5] * 50,
        }
    )
    columns = covariates(table, ["spend", "orders", "channel", "same", "sparse"]).columns
    assert [(c.covariate, c.level) for c in columns if c.shown] == [
        ("spend", None),
        ("orders", None),
        ("channel", "jd"),
        ("channel", "tmall"),
        ("channel", "other"),
        ("sparse", "missing"),
        ("sparse", None),
    ]
    assert [(c.covariate, c.level) for c in columns if not c.shown and c.covariate != "spend"] == [
        ("orders", "2"),
        ("sparse", "2"),
    ]
    assert sum(c.covariate == "spend" for c in columns) == 5


def test_a_covariate_nobody_has_is_left_out() -> None:
    nothing = pl.DataFrame({"x": [None, None], "y": [1.0, 2.0]}, schema={"x": pl.Float64, "y": pl.Float64})
    assert [column.covariate for column in covariates(nothing, ["x", "y"]).columns] == ["y"]


def test_no_rows_and_no_covariates_give_an_empty_matrix() -> None:
    assert covariates(pl.DataFrame({"x": [1.0, 2.0]}), []).matrix.shape == (2, 0)


@pytest.mark.parametrize(("ratio", "expected"), [(1.3, 1.92), (0.8, 1.81), (1.1, 1.43), (3.9, 7.26), (1.0, 1.0)])
def test_e_values_are_the_published_ones(ratio: float, expected: float) -> None:
    assert e_value(ratio) == pytest.approx(expected, abs=0.005)


def test_the_e_value_of_an_interval_is_that_of_the_end_nearer_to_one() -> None:
    # VanderWeele and Ding's example: RR 3.9 (1.8 to 8.7) → 7.26 and 3.0
    assert e_values(3.9, Interval(low=1.8, high=8.7)).limit == pytest.approx(3.0, abs=0.005)
    assert e_values(0.8, Interval(low=0.7, high=0.9)).limit == e_value(0.9)
    assert e_values(1.2, Interval(low=0.9, high=1.6)).limit == 1
    with pytest.raises(ValueError, match="above 0"):
        e_value(0)
