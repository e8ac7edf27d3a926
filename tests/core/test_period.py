"""Spans of days, against calendars anybody can check."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.core.period import Period, day_number, day_of

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
PERIODS = st.builds(lambda start, length: Period(start, start + timedelta(days=length)), DAYS, st.integers(0, 900))


def test_a_single_day_is_one_day_long() -> None:
    assert Period(date(2026, 2, 28), date(2026, 2, 28)).days == 1


def test_the_end_must_not_lie_before_the_start() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2026, 3, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [(2024, 2, 29), (2025, 2, 28), (2025, 12, 31), (2026, 4, 30), (2100, 2, 28)],
)
def test_a_month_ends_on_its_last_day(year: int, month: int, last: int) -> None:
    assert Period.month(year, month) == Period(date(year, month, 1), date(year, month, last))


def test_the_last_thirty_days_include_the_last_one() -> None:
    assert Period.last_days(date(2026, 3, 30), 30) == Period(date(2026, 3, 1), date(2026, 3, 30))


def test_the_previous_period_of_march_is_as_long_as_march() -> None:
    assert Period.month(2026, 3).previous() == Period(date(2026, 1, 29), date(2026, 2, 28))


def test_months_are_whole_and_cross_the_year() -> None:
    months = list(Period(date(2025, 11, 20), date(2026, 1, 3)).months())
    assert months == [Period.month(2025, 11), Period.month(2025, 12), Period.month(2026, 1)]


def test_clipping_keeps_the_common_days_only() -> None:
    january, around = Period.month(2026, 1), Period(date(2026, 1, 30), date(2026, 2, 5))
    assert january.clip(around) == Period(date(2026, 1, 30), date(2026, 1, 31))
    assert january.clip(Period.month(2026, 2)) is None


def test_the_first_day_of_1970_has_number_zero() -> None:
    assert day_number(date(1970, 1, 1)) == 0
    assert day_of(20_000) == date(2024, 10, 4)


@given(DAYS)
def test_day_numbers_go_there_and_back(day: date) -> None:
    assert day_of(day_number(day)) == day


@given(PERIODS)
def test_the_previous_period_touches_and_is_as_long(period: Period) -> None:
    before = period.previous()
    assert before.days == period.days
    assert before.end + timedelta(days=1) == period.start


@given(PERIODS)
def test_months_cover_every_day_once(period: Period) -> None:
    parts = [part for month in period.months() if (part := month.clip(period)) is not None]
    assert sum(part.days for part in parts) == period.days


@given(PERIODS, PERIODS)
def test_clipping_is_the_same_from_both_sides(one: Period, other: Period) -> None:
    assert one.clip(other) == other.clip(one)


@given(PERIODS, DAYS)
def test_containing_a_day_is_clipping_to_it(period: Period, day: date) -> None:
    assert period.contains(day) == (period.clip(Period(day, day)) is not None)
