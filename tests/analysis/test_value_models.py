"""Models of repeat buying: the published figures, closed forms and loops as second opinion, and the edges."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import gammaln, hyp2f1

from ecodash.analysis import buy_till_you_die, customer_value, gamma_gamma, pareto_nbd
from ecodash.analysis.bg_nbd import BG_NBD
from ecodash.analysis.buy_till_you_die import Fit, Model, expected_purchases, fit
from ecodash.analysis.gamma_gamma import GammaGamma
from ecodash.analysis.maximum_likelihood import Maximum, maximise
from ecodash.analysis.mbg_nbd import MBG_NBD
from ecodash.analysis.pareto_nbd import PARETO_NBD
from ecodash.analysis.purchase_history import Histories, grouped, purchase_histories
from ecodash.analysis.refused import Reason, Refused
from ecodash.core.text import Text
from tests.analysis.shops import CDNOW_CALIBRATION, cdnow, online_retail, pareto_purchases
from tests.shared import needs_shared

MODELS = (PARETO_NBD, MBG_NBD, BG_NBD)


def one(x: float, t_x: float, T: float) -> Histories:  # noqa: N803
    return Histories(x=np.array([x]), t_x=np.array([t_x]), T=np.array([T]), customers=np.ones(1))


def fitted(model: Model, histories: Histories) -> Fit:
    found = fit(model, histories)
    assert isinstance(found, Fit)
    return found


def test_histories_by_hand() -> None:
    # anna: day 3 twice, 10 and 24 (31 is beyond the end); ben once, on the last day
    purchases = pl.DataFrame(
        {
            "customer": ["anna", "anna", "anna", "anna", "anna", "ben"],
            "day": [3, 3, 10, 24, 31, 30],
            "value": [5.0, 1.0, 20.0, 40.0, 99.0, 7.0],
        }
    )
    found = purchase_histories(purchases, last_day=30)
    assert found.rows() == [("anna", 3, 2, 21, 27, 30.0), ("ben", 30, 0, 0, 0, None)]
    known = grouped(pl.concat([found, found]))
    assert (known.total, known.repeaters, known.customers.tolist()) == (4, 2, [2, 2])
    assert known.t_x.tolist() == [0, 3]


def test_a_sample_has_the_size_asked_for_and_only_known_histories() -> None:
    known = grouped(purchase_histories(pareto_purchases(2000, seed=1), last_day=400))
    some = known.sample(500, seed=0)
    assert some.total == 500
    assert known.sample(5000, seed=0) is known
    everything = set(zip(known.x, known.t_x, known.T, strict=True))
    assert set(zip(some.x, some.t_x, some.T, strict=True)) <= everything


@needs_shared
@pytest.mark.parametrize(
    ("model", "published", "log_likelihood"),
    [
        (PARETO_NBD, (0.553, 10.578, 0.606, 11.669), -9595.0),
        (BG_NBD, (0.243, 4.414, 0.793, 2.426), -9582.4),
        (MBG_NBD, (0.525, 6.183, 0.891, 1.614), -9582.1),
    ],
)
def test_cdnow_gives_the_published_parameters_and_likelihood(
    model: Model, published: tuple[float, ...], log_likelihood: float
) -> None:
    known = grouped(purchase_histories(cdnow(), last_day=CDNOW_CALIBRATION))
    assert (known.total, known.repeaters) == (2357, 946)
    found = fitted(model, known)
    assert found.values.tolist() == pytest.approx(published, abs=0.0006)
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=0.05)
    assert found.dropout_found
    assert found.intervals is not None
    assert all(ends.contains(value) for ends, value in zip(found.intervals, found.values, strict=True))


@needs_shared
def test_cdnow_forecasts_are_those_measured_and_the_interval_holds_them() -> None:
    known = grouped(purchase_histories(cdnow(), last_day=CDNOW_CALIBRATION))
    total = expected_purchases(fitted(PARETO_NBD, known), known, 39)
    assert total.purchases == pytest.approx(1882 * (1 - 0.115), abs=1)
    assert total.interval is not None
    assert total.interval.low < total.purchases < total.interval.high


@needs_shared
def test_cdnow_gives_the_published_gamma_gamma() -> None:
    table = purchase_histories(cdnow(), last_day=CDNOW_CALIBRATION)
    found = gamma_gamma.fit(table["x"].cast(pl.Float64).to_numpy(), table["repeat_value"].to_numpy())
    assert isinstance(found, GammaGamma)
    assert (found.p, found.q, found.gamma) == pytest.approx((6.25, 3.74, 15.44), abs=0.006)
    assert found.customers == 946
    assert found.correlation == pytest.approx(0.11, abs=0.005)
    assert not found.dependent
    assert found.mean == pytest.approx(35.17, abs=0.01)


def test_published_examples_of_single_customers() -> None:
    # Fader, Hardie and Lee's spreadsheet, customer 0001; the BTYD package's walkthrough, customer 1516
    bg = BG_NBD.expected(np.array([0.243, 4.414, 0.793, 2.426]), one(2, 30.43, 38.86), [39.0])
    assert bg[0, 0] == pytest.approx(1.226, abs=0.0005)
    parameters, customer = np.array([0.5533971, 10.5801985, 0.6060625, 11.6562237]), one(26, 30.86, 31)
    assert PARETO_NBD.expected(parameters, customer, [52.0])[0, 0] == pytest.approx(25.46, abs=0.005)
    assert pareto_nbd.p_alive(parameters, customer)[0] == pytest.approx(0.9979, abs=0.00005)


positive = st.floats(0.05, 30)
seen = st.tuples(st.integers(0, 40), st.floats(0, 1), st.floats(0.2, 100))


def history(drawn: tuple[int, float, float]) -> Histories:
    x, share, weeks = drawn
    return one(x, share * weeks if x else 0.0, weeks)


def by_hypergeometric(values: np.ndarray, h: Histories) -> float:
    """Fader and Hardie (2005), in logarithms."""
    r, alpha, s, beta = values
    x, t_x, T = float(h.x[0]), float(h.t_x[0]), float(h.T[0])  # noqa: N806
    high, low = max(alpha, beta), min(alpha, beta)
    k, b = r + s + x, s + 1 if alpha >= beta else r + x

    def term(t: float) -> float:  # (1 − z)^(1−b) · F(1, k+1−b; k+1; z): the same function without overflow
        z = (high - low) / (high + t)
        return np.log(hyp2f1(1, k + 1 - b, k + 1, z)) + (1 - b) * np.log((low + t) / (high + t)) - k * np.log(high + t)

    stopped = np.log(s / k) + term(t_x) + np.log1p(-np.exp(min(term(T) - term(t_x), -1e-300)))
    alive = -(r + x) * np.log(alpha + T) - s * np.log(beta + T)
    return float(gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + np.logaddexp(alive, stopped))


@settings(max_examples=60, deadline=None)
@given(st.tuples(positive, positive, positive, positive), seen)
def test_pareto_equals_the_hypergeometric_form(values: tuple[float, ...], drawn: tuple[int, float, float]) -> None:
    parameters, h = np.array(values), history(drawn)
    mine, _ = pareto_nbd.log_likelihood(parameters, h)
    assert mine[0] == pytest.approx(by_hypergeometric(parameters, h), rel=1e-8, abs=1e-8)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(MODELS), st.tuples(positive, positive, positive, positive), seen)
def test_gradients_equal_differences(model: Model, values: tuple[float, ...], drawn: tuple[int, float, float]) -> None:
    parameters, h = np.array(values), history(drawn)
    _, gradient = model.log_likelihood(parameters, h)
    for index, value in enumerate(parameters):
        step = np.zeros(4)
        step[index] = value * 1e-5
        up, down = (model.log_likelihood(parameters + sign * step, h)[0][0] for sign in (1, -1))
        assert gradient[index, 0] == pytest.approx((up - down) / (2e-5 * value), rel=1e-3, abs=1e-4)


@pytest.mark.parametrize("model", MODELS)
def test_likelihoods_of_all_counts_add_up_to_one(model: Model) -> None:
    # Given T, the chances of every x and every t_x: the density of x purchases with the last at t_x is L·t^(x−1)/(x−1)!
    parameters, T = np.array([0.8, 6.0, 0.9, 5.0]), 8.0  # noqa: N806
    total = float(np.exp(model.log_likelihood(parameters, one(0, 0, T))[0][0]))
    for x in range(1, 60):
        total += quad(
            lambda t, x=x: np.exp(
                model.log_likelihood(parameters, one(x, t, T))[0][0] + (x - 1) * np.log(t) - gammaln(x)
            ),
            1e-12,
            T,
            epsabs=1e-9,
        )[0]
    assert total == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("model", MODELS)
def test_ten_thousand_purchases_and_none_give_finite_numbers(model: Model) -> None:
    parameters = np.array([0.55, 10.6, 0.6, 11.7])
    for h in (one(10_000, 300.0, 310.0), one(10_000, 310.0, 310.0), one(0, 0.0, 0.0), one(0, 0.0, 500.0)):
        value, gradient = model.log_likelihood(parameters, h)
        assert np.isfinite(value).all()
        assert np.isfinite(gradient).all()
        ahead = model.expected(parameters, h, [13.0, 52.0])
        assert np.isfinite(ahead).all()
        assert 0 <= ahead[0, 0] <= ahead[1, 0]
        if model.p_alive is not None:
            assert 0 <= model.p_alive(parameters, h)[0] <= 1


def test_a_long_silence_after_many_purchases_means_gone() -> None:
    parameters = np.array([0.55, 10.6, 0.6, 11.7])
    chances = [pareto_nbd.p_alive(parameters, one(20, 50.0, weeks))[0] for weeks in (50.0, 55.0, 70.0, 100.0)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.95
    assert chances[-1] < 0.001


def test_bg_nbd_shows_no_chance_of_being_alive() -> None:
    assert BG_NBD.p_alive is None


def test_known_parameters_are_found_again_within_their_intervals() -> None:
    known = grouped(purchase_histories(pareto_purchases(20_000, seed=4, days=600), last_day=600))
    found = fitted(PARETO_NBD, known)
    assert found.customers == 20_000
    assert found.intervals is not None
    assert found.dropout_found
    assert found.values[0] / found.values[1] == pytest.approx(0.55 / 10.6, rel=0.1)


def test_a_shop_nobody_leaves_is_found_and_said() -> None:
    purchases = pareto_purchases(3000, seed=2, dropout=False, days=500)
    table = purchase_histories(purchases, last_day=500)
    assert not fitted(MBG_NBD, grouped(table)).dropout_found
    model = customer_value.fit_value(table)
    assert not isinstance(model, Refused)
    assert not model.purchases.dropout_found
    scored = customer_value.score(table, model, days=90)
    assert scored["p_alive"].null_count() == 3000
    assert scored["expected_purchases"].null_count() == 0


@needs_shared
@pytest.mark.parametrize("model", [PARETO_NBD, MBG_NBD])
def test_nine_months_of_a_growing_shop_show_no_dropout(model: Model) -> None:
    purchases = online_retail()
    last_day = int(purchases["day"].max()) - 95
    assert not fitted(model, grouped(purchase_histories(purchases, last_day=last_day))).dropout_found


def test_it_refuses_few_customers_and_a_short_time() -> None:
    few = fit(PARETO_NBD, grouped(purchase_histories(pareto_purchases(150, seed=1), last_day=400)))
    assert isinstance(few, Refused)
    assert few.reason is Reason.TOO_FEW_CUSTOMERS
    short = Histories(
        x=np.array([0.0, 1.0]), t_x=np.array([0.0, 3.0]), T=np.array([4.0, 4.0]), customers=np.array([300.0, 100.0])
    )
    refused = fit(PARETO_NBD, short)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.TOO_SHORT
    assert "3" in refused.text.zh
    assert isinstance(customer_value.fit_value(purchase_histories(pareto_purchases(10, seed=1), last_day=400)), Refused)


def gives_up(_likelihood: object, starts: list[np.ndarray]) -> Maximum:
    """A search that ends nowhere."""
    return Maximum(log_parameters=starts[0], value=0.0, covariance=None, converged=False, at_bound=False)


def test_a_model_that_does_not_converge_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    known = grouped(purchase_histories(pareto_purchases(1000, seed=6), last_day=400))
    monkeypatch.setattr(buy_till_you_die, "maximise", gives_up)
    monkeypatch.setattr(gamma_gamma, "maximise", gives_up)
    for refused in (fit(PARETO_NBD, known), gamma_gamma.fit(np.ones(100), np.ones(100))):
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.NOT_CONVERGED


def test_mbg_nbd_takes_over_where_pareto_nbd_does_not_converge(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_mbg(model: Model, known: Histories, *, seed: int) -> Fit | Refused:
        refused = Refused(Reason.NOT_CONVERGED, Text("没有收敛", "did not converge"))
        return refused if model is PARETO_NBD else fit(model, known, seed=seed)

    monkeypatch.setattr(customer_value, "fit", only_mbg)
    table = purchase_histories(pareto_purchases(1000, seed=6), last_day=400)
    model = customer_value.fit_value(table)
    assert not isinstance(model, Refused)
    assert model.purchases.model is MBG_NBD
    assert customer_value.score(table, model, days=90)["p_alive"].null_count() == 0


def test_a_forecast_of_unknown_certainty_has_no_interval() -> None:
    known = grouped(purchase_histories(pareto_purchases(1000, seed=6), last_day=400))
    found = fitted(PARETO_NBD, known)
    unsure = expected_purchases(replace(found, covariance=None), known, 13)
    assert unsure.interval is None
    assert unsure.purchases == expected_purchases(found, known, 13).purchases


def test_scores_of_customers_are_those_of_their_histories() -> None:
    table = purchase_histories(pareto_purchases(1500, seed=6), last_day=400)
    model = customer_value.fit_value(table)
    assert not isinstance(model, Refused)
    assert isinstance(model.value, GammaGamma)
    scored = customer_value.score(table, model, days=91)
    assert scored["customer"].to_list() == table["customer"].to_list()
    for row in scored.sample(5, seed=1).iter_rows(named=True):
        h = one(row["x"], row["t_x"] / 7, row["T"] / 7)
        ahead = PARETO_NBD.expected(model.purchases.values, h, [13.0])[0, 0]
        assert row["expected_purchases"] == pytest.approx(ahead)
        assert row["expected_spend"] == pytest.approx(ahead * row["expected_value"])
        assert row["p_alive"] == pytest.approx(pareto_nbd.p_alive(model.purchases.values, h)[0])
    discounted = customer_value.score(table, model, days=91, discount=0.1)
    share = discounted["expected_spend"].sum() / scored["expected_spend"].sum()
    assert 1 / 1.1**0.25 < share < 1
    assert customer_value.score(table.clear(), model, days=91).height == 0


def test_gamma_gamma_finds_known_parameters_and_pulls_towards_the_mean() -> None:
    dice = np.random.default_rng(3)
    x = dice.integers(1, 8, 60_000).astype(float)
    rate = dice.gamma(3.75, 1 / 15.4, len(x))
    found = gamma_gamma.fit(x, dice.gamma(6.25 * x, 1 / (rate * x)))
    assert isinstance(found, GammaGamma)
    assert found.customers == 50_000
    assert (found.p, found.q, found.gamma) == pytest.approx((6.25, 3.75, 15.4), rel=0.05)
    assert found.errors is not None
    assert found.mean is not None
    worth = gamma_gamma.expected_value(found, np.array([0.0, 1.0, 50.0]), np.array([np.nan, 100.0, 100.0]))
    assert worth[0] == pytest.approx(found.mean)
    assert found.mean < worth[1] < worth[2] < 100


def test_gamma_gamma_refuses_few_and_says_when_frequent_buyers_spend_differently() -> None:
    refused = gamma_gamma.fit(np.array([1.0, 2.0, 0.0]), np.array([5.0, 0.0, np.nan]))
    assert isinstance(refused, Refused)
    x = np.tile([1.0, 2.0, 3.0, 4.0], 100)
    dependent = gamma_gamma.fit(x, x * np.random.default_rng(0).uniform(8, 12, 400))
    assert isinstance(dependent, GammaGamma)
    assert dependent.dependent


def test_without_a_value_the_purchases_are_forecast_all_the_same() -> None:
    table = purchase_histories(pareto_purchases(1500, seed=6), last_day=400)
    free = table.with_columns(repeat_value=pl.lit(0.0))
    model = customer_value.fit_value(free)
    assert not isinstance(model, Refused)
    assert isinstance(model.value, Refused)
    scored = customer_value.score(free, model, days=30)
    assert scored["expected_spend"].null_count() == 1500
    assert scored["expected_purchases"].null_count() == 0


def test_a_flat_top_has_no_covariance() -> None:
    top = maximise(
        lambda p: (-((np.log(p[0]) - 1) ** 2), np.array([-2 * (np.log(p[0]) - 1) / p[0], 0.0])), [np.zeros(2)]
    )
    assert top.log_parameters[0] == pytest.approx(1, abs=1e-4)
    assert top.covariance is None
