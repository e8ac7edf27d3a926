"""Verdicts, by tables a reader can check by hand."""

import pytest

from ecodash.core.errors import UnknownName
from ecodash.core.estimate import Estimate, Status
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.framework import Side, Verdict, benchmark, benchmark_of, judge, judge_all
from ecodash.framework.catalogue import FIGURES
from ecodash.framework.entry import Op


def told(metric: str, value: float | None, status: Status = Status.OK, **more: object) -> Estimate:
    return Estimate(metric=metric, definition="standard", unit=Unit.RATIO, status=status, value=value, **more)


@pytest.mark.parametrize(
    ("figure", "indicator", "value", "verdict"),
    [
        # at least 0.30; near from 0.27
        ("jd_member_repurchase_lift", "member_repurchase_lift_rel", 0.30, Verdict.MET),
        ("jd_member_repurchase_lift", "member_repurchase_lift_rel", 0.27, Verdict.NEAR),
        ("jd_member_repurchase_lift", "member_repurchase_lift_rel", 0.26, Verdict.BELOW),
        ("jd_member_repurchase_lift", "member_repurchase_lift_rel", 0.0, Verdict.BELOW),
        # the same figure read as points: a quarter more of 40 % is 10 points, far from 30
        ("jd_member_repurchase_lift", "member_repurchase_lift_pts", 0.10, Verdict.BELOW),
        # at most 20 days; near up to 22
        ("jd_inventory_turnover_days", "inventory_turnover_days", 20, Verdict.MET),
        ("jd_inventory_turnover_days", "inventory_turnover_days", 22, Verdict.NEAR),
        ("jd_inventory_turnover_days", "inventory_turnover_days", 22.1, Verdict.BELOW),
        # a fall by a third; near from -0.29997 on
        ("jd_inventory_turnover_days", "inventory_turnover_days_change", -0.34, Verdict.MET),
        ("jd_inventory_turnover_days", "inventory_turnover_days_change", -0.31, Verdict.NEAR),
        ("jd_inventory_turnover_days", "inventory_turnover_days_change", -0.29, Verdict.BELOW),
        # at most nobody below four stars: towards zero nothing is near
        ("meituan_rating_floor", "low_rating_share", 0.0, Verdict.MET),
        ("meituan_rating_floor", "low_rating_share", 0.001, Verdict.BELOW),
        ("jd_7day_returns", "returns_7d_accept_rate", 0.985, Verdict.MET),
    ],
)
def test_a_target_is_met_near_or_below(figure: str, indicator: str, value: float, verdict: Verdict) -> None:
    (found,) = judge(told(indicator, value), benchmark(figure))
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("figure", "indicator", "value", "side"),
    [
        ("taobao_cpc_rise", "cpc", 4.0, Side.BETTER),
        ("taobao_cpc_rise", "cpc", 6.0, Side.WORSE),
        ("taobao_cpc_rise", "cpc", 5.0, Side.ON),
        ("taobao_ad_sales_uplift", "ad_sales_uplift", 12.0, Side.BETTER),
        ("jd_618_ac_uplift", "event_uplift", 0.2, Side.UNDER),
        ("jd_forecast_horizon", "forecast_wape_30d", 0.2, None),  # 30 days are no share: there is no line
        ("pdd_group_size", "group_success_rate", 0.8, None),
        ("pdd_years_to_second", "gmv_growth_yoy", 0.8, None),
    ],
)
def test_an_anecdote_only_tells_the_side_of_its_line(
    figure: str, indicator: str, value: float, side: Side | None
) -> None:
    (found,) = judge(told(indicator, value), benchmark(figure))
    assert (found.verdict, found.side) == (Verdict.REFERENCE, side)
    assert (found.line is None) is (side is None)


@pytest.mark.parametrize(
    ("low", "high", "certain"), [(0.31, 0.5, True), (0.2, 0.6, False), (None, None, None), (0.3, 0.3, True)]
)
def test_a_verdict_is_certain_when_the_whole_interval_agrees(
    low: float | None, high: float | None, certain: object
) -> None:
    (found,) = judge(
        told("member_repurchase_lift_rel", 0.4, low=low, high=high), benchmark("jd_member_repurchase_lift")
    )
    assert found.certain is certain


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (Status.TOO_FEW, Verdict.NOT_ENOUGH),
        (Status.IMMATURE, Verdict.NOT_ENOUGH),
        (Status.EMPTY, Verdict.NOT_ENOUGH),
        (Status.MISSING, Verdict.NOT_MEASURABLE),
        (Status.NOT_APPLICABLE, Verdict.NOT_MEASURABLE),
    ],
)
def test_no_number_gets_no_verdict_but_its_reason(status: Status, verdict: Verdict) -> None:
    reason = Text("上传会员表", "upload members")
    value = 0.9 if status is Status.TOO_FEW else None
    (found,) = judge(
        told("member_repurchase_lift_rel", value, status, reason=reason), FIGURES["jd_member_repurchase_lift"]
    )
    assert (found.verdict, found.reason, found.verdict.passed) == (verdict, reason, False)


def test_every_reading_of_a_figure_is_listed_and_what_nobody_computed_is_not_measurable() -> None:
    figure = benchmark("jd_member_repurchase_lift")
    found = judge_all([told("member_repurchase_lift_rel", 0.5), told("member_repurchase_lift_pts", 0.1)], figure)
    assert [(one.target.reading, one.verdict) for one in found] == [
        ("default", Verdict.MET),
        ("alternative", Verdict.BELOW),
        ("adjusted", Verdict.NOT_MEASURABLE),
    ]
    assert all(one.reading.zh and one.verdict.label.en for one in found)


def test_a_true_zero_is_judged() -> None:
    (found,) = judge(told("seller_entry_cost", 0.0), benchmark("taobao_free_shop"))
    assert found.verdict is Verdict.MET


def test_an_estimate_of_another_indicator_answers_nothing() -> None:
    assert judge(told("orders", 3), benchmark("taobao_cpc_rise")) == ()
    assert benchmark_of("orders") is None
    assert benchmark_of("cpc") is FIGURES["taobao_cpc_rise"]


def test_an_unknown_figure_is_named() -> None:
    with pytest.raises(UnknownName, match="taobao_cpc_rise"):
        benchmark("taobao_cpc_rises")


def test_an_absolute_target_looks_at_the_size_only() -> None:
    assert Op.ABSOLUTE.holds(-0.2, 0.1)
    assert not Op.ABSOLUTE.holds(-0.05, 0.1)
