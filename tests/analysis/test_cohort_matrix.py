"""The cohort triangle: blank, zero and immature are three things."""

import polars as pl
import pytest

from ecodash.analysis.cohort_matrix import accumulate, cohort_cells, summary

# Months are numbered; the data end inside month 12, so month 11 is the last whole one.
COHORTS = pl.DataFrame({"cohort": [10, 11, 12], "size": [4, 2, 5], "reach": [2, 1, 0], "mature": [1, 0, -1]})
ACTIVITY = pl.DataFrame({"cohort": [10, 10, 11, 12], "offset": [0, 2, 0, 0], "value": [4, 1, 2, 5]})


def test_every_cohort_has_its_cells_and_no_others() -> None:
    cells = cohort_cells(COHORTS, ACTIVITY)
    assert cells.select("cohort", "offset").rows() == [(10, 0), (10, 1), (10, 2), (11, 0), (11, 1), (12, 0)]


def test_nobody_active_is_zero_and_an_open_month_has_no_share() -> None:
    cells = cohort_cells(COHORTS, ACTIVITY)
    assert cells["value"].to_list() == [4, 0, 1, 2, 0, 5]
    assert cells["mature"].to_list() == [True, True, False, True, False, False]
    assert cells["share"].to_list() == [1, 0, None, 1, None, None]


def test_the_summary_row_weighs_cohorts_by_size_and_uses_mature_cells_only() -> None:
    cells = cohort_cells(
        pl.DataFrame({"cohort": [1, 2, 3], "size": [100, 10, 50], "reach": [1, 1, 1], "mature": [1, 1, 0]}),
        pl.DataFrame({"cohort": [1, 2, 3], "offset": [1, 1, 1], "value": [10, 9, 50]}),
    )
    row = summary(cells).filter(pl.col("offset") == 1)
    assert row["cohorts"].item() == 2
    assert row["share"].item() == pytest.approx(19 / 110)  # not the mean of 0.1 and 0.9, and without the open cell


def test_running_totals_stay_within_their_cohort() -> None:
    running = accumulate(cohort_cells(COHORTS, ACTIVITY))
    assert running["value"].to_list() == [4, 4, 5, 2, 2, 5]
    assert running["share"].to_list() == [1, 1, None, 1, None, None]


def test_no_cohorts_give_no_cells() -> None:
    assert cohort_cells(COHORTS.clear(), ACTIVITY.clear()).height == 0
    assert summary(cohort_cells(COHORTS.clear(), ACTIVITY.clear())).height == 0
