from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.core.period import Period
from ecodash.metrics.comparison import compared
from ecodash.metrics.events import built_in
from ecodash.ui import periods

WHOLE = Period(date(2023, 1, 1), date(2024, 3, 14))
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def comparison(code: str, preset: str, period: Period, whole: Period) -> Period | None:
    """The days a page compares with."""
    found = compared(period, against=code, whole=whole, calendar=built_in(), unit=periods.UNIT_OF.get(preset))
    return found.before if found else None


def span(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("7d", span("2024-03-08", "2024-03-14")),
        ("30d", span("2024-02-14", "2024-03-14")),
        ("month", span("2024-03-01", "2024-03-14")),
        ("last_month", span("2024-02-01", "2024-02-29")),
        ("quarter", span("2024-01-01", "2024-03-14")),
        ("last_quarter", span("2023-10-01", "2023-12-31")),
        ("year", span("2024-01-01", "2024-03-14")),
        ("all", WHOLE),
        ("nonsense", WHOLE),
    ],
)
def test_a_preset_ends_where_the_data_end(code: str, expected: Period) -> None:
    assert periods.resolve(code, WHOLE) == expected


@pytest.mark.parametrize(
    ("code", "preset", "expected"),
    [
        ("previous", "30d", span("2024-01-15", "2024-02-13")),
        ("previous", "month", span("2024-02-01", "2024-02-14")),
        ("previous", "last_month", span("2024-01-01", "2024-01-31")),
        ("previous", "year", span("2023-01-01", "2023-03-14")),
        ("year_ago", "30d", span("2023-02-15", "2023-03-16")),
        ("year_ago", "last_month", span("2023-01-13", "2023-02-10")),  # February goes by lunar new year
        ("previous", "quarter", span("2023-10-01", "2023-12-13")),
        ("previous", "last_quarter", span("2023-07-01", "2023-09-30")),
        ("off", "30d", None),
        ("previous", "all", None),
    ],
)
def test_a_period_is_compared_with_as_much_of_another(code: str, preset: str, expected: Period | None) -> None:
    assert comparison(code, preset, periods.resolve(preset, WHOLE), WHOLE) == expected


def test_a_comparison_the_data_do_not_cover_is_not_made() -> None:
    short = span("2024-02-20", "2024-03-14")
    assert comparison("previous", "30d", periods.resolve("30d", short), short) is None


def test_to_date_in_march_never_asks_for_a_thirtieth_of_february() -> None:
    whole = span("2022-01-01", "2023-03-31")
    assert comparison("previous", "month", periods.resolve("month", whole), whole) == span("2023-02-01", "2023-02-28")


@given(st.sampled_from(periods.PRESETS), DAYS, st.integers(0, 900))
def test_a_resolved_period_lies_in_the_data(code: str, start: date, length: int) -> None:
    whole = Period(start, start + timedelta(days=length))
    found = periods.resolve(code, whole)
    assert found.clip(whole) == found or (code in {"last_month", "last_quarter"} and found.end < whole.start)


@given(st.sampled_from(periods.PRESETS), st.sampled_from(periods.COMPARISONS), DAYS, st.integers(0, 900))
def test_a_comparison_ends_before_its_period_and_is_never_longer(
    code: str, against: str, start: date, length: int
) -> None:
    whole = Period(start, start + timedelta(days=length))
    found = periods.resolve(code, whole)
    other = comparison(against, code, found, whole)
    assert other is None or (other.end < found.end and other.days <= found.days + 3)  # January before February


@pytest.mark.parametrize(
    ("start", "end"), [("", ""), ("2024-13-01", "2024-12-01"), ("2024-02-01", "2024-01-01"), ("x", "2024-01-01")]
)
def test_a_damaged_custom_period_is_no_period(start: str, end: str) -> None:
    assert periods.custom_from(start, end) is None


@pytest.mark.parametrize(
    ("end", "step", "expected"),
    [
        ("2024-03-14", "month", "2024-03-01"),
        ("2024-03-31", "month", "2024-04-01"),
        ("2024-03-14", "week", "2024-03-11"),
        ("2024-03-17", "week", "2024-03-18"),
        ("2024-03-14", "day", "2024-03-15"),
    ],
)
def test_the_unfinished_week_or_month_is_known(end: str, step: str, expected: str) -> None:
    assert periods.closes(span("2024-01-01", end), step) == date.fromisoformat(expected)
