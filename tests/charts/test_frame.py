"""Estimates become rows; nothing is calculated on the way."""

from datetime import date

import polars as pl
import pytest

from ecodash import charts
from ecodash.analysis.kaplan_meier import kaplan_meier
from ecodash.charts.frame import CELLS, CURVE, GROUPS, POINTS, start_of
from ecodash.core.estimate import Estimate, Status
from ecodash.core.unit import Unit


def rate(by: dict[str, str], value: float | None = 0.2, status: Status = Status.OK) -> Estimate:
    return Estimate(
        metric="m", definition="d", unit=Unit.RATIO, status=status, value=value, low=0.1, high=0.3, n=50, by=by
    )


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("2024", date(2024, 1, 1)),
        ("2024-Q3", date(2024, 7, 1)),
        ("2024-03", date(2024, 3, 1)),
        ("2024-W01", date(2024, 1, 1)),
        ("2020-W53", date(2020, 12, 28)),
        ("2024-03-15", date(2024, 3, 15)),
    ],
)
def test_a_period_code_begins_on_its_first_day(code: str, day: date) -> None:
    assert start_of(code) == day


def test_a_code_that_is_no_period_is_refused() -> None:
    with pytest.raises(ValueError, match="spring"):
        start_of("spring")


def test_points_are_in_order_and_open_ones_unfinished() -> None:
    frame = charts.points(
        [rate({"month": "2024-03"}), rate({"month": "2024-01"}, None, Status.EMPTY), rate({"month": "2024-02"})],
        by="month",
        open_from=date(2024, 3, 1),
    )
    assert frame.schema == pl.Schema(POINTS)
    assert frame["start"].to_list() == [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]
    assert frame["value"].to_list() == [None, 0.2, 0.2]
    assert frame["partial"].to_list() == [False, False, True]
    assert frame["status"].to_list() == ["empty", "ok", "ok"]


def test_what_has_no_date_has_no_place_on_a_time_axis() -> None:
    assert charts.points([rate({"month": "(unknown)"})], by="month").height == 0


def test_groups_keep_the_order_they_come_in() -> None:
    frame = charts.groups([rate({"channel": "b"}), rate({"channel": "a"})], by="channel")
    assert frame.schema == pl.Schema(GROUPS)
    assert frame["name"].to_list() == ["b", "a"]


def test_cells_over_all_cohorts_are_the_summary() -> None:
    frame = charts.cells(
        [
            rate({"first_month": "all", "offset": "1"}),
            rate({"first_month": "2024-01", "offset": "0"}),
            rate({}, None, Status.EMPTY),
        ]
    )
    assert frame.schema == pl.Schema(CELLS)
    assert frame.select("cohort", "month").rows() == [(date(2024, 1, 1), 0), (None, 1)]


def test_answers_that_belong_to_no_group_are_no_mark() -> None:
    nothing = [rate({}, None, Status.MISSING)]
    assert charts.points(nothing).height == charts.groups(nothing, by="channel").height == 0


def test_a_waiting_curve_is_turned_into_the_share_who_are_back() -> None:
    """Ten customers: two back on day 5, one lost from sight, three back on day 9 (7 at risk): 1 - 0.8 * 4/7."""
    counts = pl.DataFrame({"t": [5, 7, 9], "returned": [2, 0, 3], "lost": [0, 1, 4]})
    frame = charts.curve(kaplan_meier(counts))
    assert frame.schema == pl.Schema(CURVE)
    assert frame["day"].to_list() == [0, 5, 7, 9]
    assert frame["at_risk"].to_list() == [10, 10, 8, 7]
    assert frame["value"].to_list() == pytest.approx([0, 0.2, 0.2, 1 - 0.8 * 4 / 7])
    assert frame["low"].null_count() == 1
    assert (
        frame.drop_nulls("low")
        .select((pl.col("low") <= pl.col("value")) & (pl.col("value") <= pl.col("high")))
        .to_series()
        .all()
    )


def test_a_curve_of_nobody_has_no_rows() -> None:
    assert (
        charts.curve(kaplan_meier(pl.DataFrame(schema={"t": pl.Int64, "returned": pl.Int64, "lost": pl.Int64}))).height
        == 0
    )


@pytest.mark.parametrize("frame", [charts.points([]), charts.groups([], by="x"), charts.cells([])])
def test_no_estimates_give_a_frame_of_the_same_shape(frame: pl.DataFrame) -> None:
    assert frame.height == 0
    assert "status" in frame.columns
