"""Kaplan–Meier, restricted mean and log-rank: by hand, against statsmodels, and on the CDNOW sample."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from ecodash.analysis.kaplan_meier import Survival, kaplan_meier, quantile, returned_by
from ecodash.analysis.log_rank import log_rank
from ecodash.analysis.restricted_mean import longest_horizon, restricted_mean
from tests.shared import SHARED, needs_shared

cases = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=60)


def counts(pairs: list[tuple[int, bool]], **more: list[str]) -> pl.DataFrame:
    return pl.DataFrame(
        {"t": [t for t, _ in pairs], "returned": [int(e) for _, e in pairs], "lost": [int(not e) for _, e in pairs]}
        | more,
        schema_overrides={"t": pl.Int64},
    )


def test_the_curve_of_six_customers_is_the_one_worked_by_hand() -> None:
    # back on day 1, 3, 3; lost from sight on day 2, 4, 4
    curve = kaplan_meier(counts([(1, True), (2, False), (3, True), (3, True), (4, False), (4, False)]))
    assert curve.day.tolist() == [1, 2, 3, 4]
    assert curve.at_risk.tolist() == [6, 5, 4, 2]
    assert curve.waiting.tolist() == pytest.approx([5 / 6, 5 / 6, 5 / 12, 5 / 12])
    assert curve.variance[-1] == pytest.approx(1 / (6 * 5) + 2 / (4 * 2))
    assert quantile(curve).day == 3
    assert curve.customers == 6


def test_nobody_watched_gives_an_empty_curve_and_no_numbers() -> None:
    curve = kaplan_meier(counts([]))
    assert curve.customers == 0
    assert returned_by(curve, 30).share is None
    assert quantile(curve).day is None
    assert longest_horizon(curve) == 0


def test_before_the_first_day_nobody_is_back_and_beyond_the_last_nothing_is_known() -> None:
    curve = kaplan_meier(counts([(5, True), (9, False)]))
    assert returned_by(curve, 4).share == 0
    assert returned_by(curve, 5).share == 0.5
    assert returned_by(curve, 9).at_risk == 1
    assert returned_by(curve, 10).share is None


def test_a_median_that_is_not_reached_is_none() -> None:
    curve = kaplan_meier(counts([(5, True), (9, False), (9, False)]))
    assert quantile(curve).day is None
    assert quantile(curve, 0.25).day == 5


def test_all_back_on_the_last_day_has_a_share_of_one_without_interval() -> None:
    last = returned_by(kaplan_meier(counts([(2, True), (3, True)])), 3)
    assert (last.share, last.interval) == (1, None)


@given(cases)
def test_the_curve_equals_statsmodels(pairs: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier(counts(pairs))
    if not any(event for _, event in pairs):  # statsmodels gives empty arrays without returns
        assert set(curve.waiting.tolist()) == {1.0}
        return
    other = SurvfuncRight([t + 1 for t, _ in pairs], [int(e) for _, e in pairs])
    for day, waiting, error, n in zip(other.surv_times, other.surv_prob, other.surv_prob_se, other.n_risk, strict=True):
        index = curve.day.tolist().index(day - 1)
        assert curve.waiting[index] == pytest.approx(waiting, abs=1e-12)
        assert curve.at_risk[index] == n
        if waiting > 0:
            assert curve.waiting[index] * np.sqrt(curve.variance[index]) == pytest.approx(error, abs=1e-12)


@given(cases)
def test_the_interval_holds_the_share_and_stays_within_zero_and_one(pairs: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier(counts(pairs))
    for day in curve.day:
        found = returned_by(curve, float(day))
        assert found.share is not None
        assert 0 <= found.share <= 1
        if found.interval:
            assert 0 <= found.interval.low <= found.share + 1e-12
            assert found.share - 1e-12 <= found.interval.high <= 1


@given(cases)
def test_the_median_and_its_ends_equal_statsmodels(pairs: list[tuple[int, bool]]) -> None:
    if not any(event for _, event in pairs):
        return
    curve = kaplan_meier(counts(pairs))
    if 0.5 in curve.waiting.tolist():  # half exactly: statsmodels wants more than half back, textbooks half
        return
    mine = quantile(curve)
    other = SurvfuncRight([t + 1 for t, _ in pairs], [int(e) for _, e in pairs])
    theirs = other.quantile(0.5)
    assert (mine.day is None) == bool(np.isnan(theirs))
    if mine.day is not None:
        assert mine.day == theirs - 1
        assert mine.low is None or mine.low <= mine.day
        assert mine.high is None or mine.high >= mine.day


def test_restricted_mean_of_four_customers_is_the_area_under_the_steps() -> None:
    # S = 1 to day 2, 0.75 to day 4, 0.5 to day 10 → 2 + 1.5 + 3 = 6.5
    curve = kaplan_meier(counts([(2, True), (4, True), (10, False), (10, False)]))
    mean = restricted_mean(curve, 10)
    assert mean.days == pytest.approx(6.5)
    # A = 4.5 and 3: 4.5² · 1/(4·3) + 3² · 1/(3·2)
    assert mean.error == pytest.approx(np.sqrt(4.5**2 / 12 + 9 / 6))
    assert mean.interval.low <= 6.5 <= mean.interval.high <= 10
    with pytest.raises(ValueError, match="beyond the last day"):
        restricted_mean(curve, 11)
    assert longest_horizon(curve, at_risk=3) == 4


@given(cases)
def test_without_losses_the_restricted_mean_is_the_plain_mean(pairs: list[tuple[int, bool]]) -> None:
    days = [t for t, _ in pairs]
    curve = kaplan_meier(counts([(t, True) for t in days]))
    assert restricted_mean(curve, max(days)).days == pytest.approx(np.mean(days))


@given(cases, cases)
def test_log_rank_equals_statsmodels(one: list[tuple[int, bool]], two: list[tuple[int, bool]]) -> None:
    pairs, group = one + two, ["a"] * len(one) + ["b"] * len(two)
    mine = log_rank(counts(pairs, group=group))
    try:
        chi_square, p = survdiff([t for t, _ in pairs], [int(e) for _, e in pairs], group)
    except np.linalg.LinAlgError:
        assert mine.chi_square is None
        return
    if mine.chi_square is None:
        assert np.isnan(chi_square) or not any(e for _, e in pairs)
        return
    assert mine.chi_square == pytest.approx(chi_square, abs=1e-8)
    assert mine.p == pytest.approx(p, abs=1e-8)
    assert sum(mine.observed.values()) == pytest.approx(sum(mine.expected.values()))


def test_stratified_log_rank_of_equal_strata_adds_up() -> None:
    pairs = [(1, True), (2, True), (3, False), (2, False), (4, True), (5, True)]
    group = ["a", "a", "a", "b", "b", "b"]
    alone = log_rank(counts(pairs, group=group))
    twice = log_rank(counts(pairs * 2, group=group * 2, stratum=["x"] * 6 + ["y"] * 6))
    assert alone.chi_square is not None
    assert twice.chi_square == pytest.approx(2 * alone.chi_square)


def test_one_group_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="two groups"):
        log_rank(counts([(1, True)], group=["a"]))


def cdnow_sample() -> pl.DataFrame:
    """Customer and day of every purchase."""
    lines = (SHARED / "data/cdnow_sample/CDNOW_sample.txt").read_text().split("\n")
    fields = [line.split() for line in lines if line.strip()]
    return pl.DataFrame(
        {"customer": [f[0] for f in fields], "day": [date.fromisoformat(f[2]) for f in fields]}
    ).unique()


def cdnow_curve() -> Survival:
    days = cdnow_sample().sort("day").group_by("customer").agg(pl.col("day").sort())
    end = date(1998, 6, 30)
    pairs = [((d[1] - d[0]).days, True) if len(d) > 1 else ((end - d[0]).days, False) for d in days["day"].to_list()]
    return kaplan_meier(counts(pairs))


@needs_shared
def test_the_cdnow_sample_gives_its_repurchase_truths() -> None:
    # Nobody is lost from sight within 180 days here, so the curve must give the plain D5 shares of TRUTHS.md.
    curve = cdnow_curve()
    for day, truth in ((30, 410), (60, 601), (90, 687), (180, 887)):
        assert returned_by(curve, day).share == pytest.approx(truth / 2357)


@needs_shared
def test_the_cdnow_sample_agrees_with_the_published_curve_of_the_full_file() -> None:
    # methods.md §3, 23,570 customers: .1746, .2515, .2922, .3745, .4586; the sample is a tenth of them
    curve = cdnow_curve()
    for day, full in ((30, 0.1746), (60, 0.2515), (90, 0.2922), (180, 0.3745), (365, 0.4586)):
        found = returned_by(curve, day)
        assert found.interval is not None
        assert found.interval.contains(full)
