"""What a window is compared with: by days, by weekday, to date, by promotion, by lunar new year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.core.period import Period
from ecodash.metrics.comparison import Against, NoComparison, compared, default_against, explained, unit_of
from ecodash.metrics.events import built_in, merged

WHOLE = Period(date(2022, 1, 1), date(2025, 12, 31))
CALENDAR = built_in()


def span(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("against", "unit", "window", "before", "done"),
    [
        ("previous", None, ("2025-03-01", "2025-03-14"), ("2025-02-15", "2025-02-28"), "previous"),
        ("previous", "month", ("2025-03-01", "2025-03-31"), ("2025-02-01", "2025-02-28"), "previous"),
        ("to_date", "month", ("2025-03-01", "2025-03-14"), ("2025-02-01", "2025-02-14"), "to_date"),
        ("to_date", "month", ("2025-03-01", "2025-03-30"), ("2025-02-01", "2025-02-28"), "to_date"),
        ("to_date", "quarter", ("2025-04-01", "2025-05-15"), ("2025-01-01", "2025-02-14"), "to_date"),
        ("to_date", "year", ("2024-01-01", "2024-02-29"), ("2023-01-01", "2023-02-28"), "to_date"),
        ("to_date", None, ("2025-03-01", "2025-03-14"), ("2025-02-15", "2025-02-28"), "previous"),
        ("year_ago", None, ("2025-03-03", "2025-03-09"), ("2024-03-04", "2024-03-10"), "year_ago"),
        ("year_ago", "year", ("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31"), "year_ago"),
        # January and February go by lunar new year: 29 January 2025 on 10 February 2024.
        ("year_ago", None, ("2025-01-09", "2025-01-28"), ("2024-01-21", "2024-02-09"), "lunar"),
        ("lunar", None, ("2025-12-20", "2025-12-29"), ("2024-12-01", "2024-12-10"), "lunar"),
        ("lunar", None, ("2024-02-10", "2024-02-10"), ("2023-01-22", "2023-01-22"), "lunar"),
        ("promotion", None, ("2025-11-01", "2025-11-11"), ("2024-11-01", "2024-11-11"), "promotion"),
        ("promotion", None, ("2025-05-25", "2025-05-31"), ("2024-05-25", "2024-05-31"), "promotion"),
    ],
)
def test_the_days_of_comparison(
    against: str, unit: str | None, window: tuple[str, str], before: tuple[str, str], done: str
) -> None:
    found = compared(span(*window), against=against, whole=WHOLE, calendar=CALENDAR, unit=unit)
    assert found is not None
    assert (found.before, found.against) == (span(*before), done)
    assert found.shift_days == (span(*window).start - span(*before).start).days
    assert found.words.zh
    assert found.words.en


def test_twenty_days_before_new_year_are_compared_with_the_same_twenty_days_and_it_is_said() -> None:
    found = compared(span("2025-01-09", "2025-01-28"), against="year_ago", whole=WHOLE, calendar=CALENDAR)
    assert found is not None
    assert "春节前 20 天" in found.words.zh
    assert "day -20 to -1" in found.words.en


def test_a_shop_that_does_not_go_by_the_lunar_year_keeps_weekdays_in_january() -> None:
    abroad = built_in(china=False)
    found = compared(span("2025-01-06", "2025-01-12"), against="year_ago", whole=WHOLE, calendar=abroad)
    assert found is not None
    assert (found.against, found.shift_days) == (Against.YEAR_AGO, 364)
    refused = explained(span("2025-01-06", "2025-01-12"), against="lunar", whole=WHOLE, calendar=abroad)
    assert isinstance(refused, NoComparison)


def test_a_promotion_that_moved_is_compared_by_its_own_day() -> None:
    calendar = merged(
        CALENDAR,
        [("anniversary_2024", "店庆", date(2024, 4, 8), date(2024, 4, 10)),
         ("anniversary_2025", "店庆", date(2025, 4, 21), date(2025, 4, 23))],
    )  # fmt: skip
    found = compared(span("2025-04-19", "2025-04-25"), against="promotion", whole=WHOLE, calendar=calendar)
    assert found is not None
    assert found.before == span("2024-04-06", "2024-04-12")


def test_without_a_promotion_the_reason_is_said() -> None:
    refused = explained(span("2025-04-10", "2025-04-16"), against="promotion", whole=WHOLE, calendar=CALENDAR)
    assert isinstance(refused, NoComparison)
    assert refused.reason.zh


@pytest.mark.parametrize(
    ("against", "custom"),
    [("off", None), ("custom", None), ("custom", span("2021-12-31", "2022-01-10")), ("previous", None)],
)
def test_no_comparison_has_a_reason(against: str, custom: Period | None) -> None:
    window = span("2022-01-05", "2022-01-20")
    refused = explained(window, against=against, whole=WHOLE, calendar=CALENDAR, custom=custom)
    assert isinstance(refused, NoComparison)
    assert refused.reason.zh
    assert refused.reason.en


def test_days_of_choice_are_taken_as_they_are() -> None:
    found = compared(
        span("2025-03-01", "2025-03-10"), against="custom", whole=WHOLE, calendar=CALENDAR,
        custom=span("2023-05-01", "2023-05-03"),
    )  # fmt: skip
    assert found is not None
    assert found.before == span("2023-05-01", "2023-05-03")


@pytest.mark.parametrize(
    ("window", "unit", "expected"),
    [
        (("2025-03-01", "2025-03-14"), "month", Against.TO_DATE),
        (("2025-03-01", "2025-03-31"), "month", Against.PREVIOUS),
        (("2025-01-01", "2025-03-14"), "quarter", Against.TO_DATE),
        (("2025-01-01", "2025-12-31"), "year", Against.PREVIOUS),
        (("2025-03-01", "2025-03-14"), None, Against.PREVIOUS),
    ],
)
def test_an_unfinished_period_is_compared_to_date_unless_somebody_chose(
    window: tuple[str, str], unit: str | None, expected: Against
) -> None:
    assert default_against(span(*window), unit) is expected


@given(
    st.sampled_from([a for a in Against if a is not Against.CUSTOM]),
    st.dates(date(2022, 1, 1), date(2025, 12, 31)),
    st.integers(0, 500),
)
def test_a_comparison_lies_in_the_data_before_its_window_and_is_as_long(
    against: Against, start: date, length: int
) -> None:
    window = Period(start, min(start + timedelta(days=length), WHOLE.end))
    found = compared(window, against=against, whole=WHOLE, calendar=CALENDAR)
    if found is not None:
        assert found.before.clip(WHOLE) == found.before
        assert found.before.end < window.end
        assert abs(found.before.days - window.days) <= 1
        if found.against is Against.YEAR_AGO and window.days <= 364:
            assert found.before.start.weekday() == window.start.weekday()


@pytest.mark.parametrize(
    ("window", "unit"),
    [
        (("2025-03-01", "2025-03-14"), "month"),
        (("2025-03-01", "2025-03-31"), "month"),
        (("2025-03-01", "2025-04-02"), None),
        (("2025-04-01", "2025-05-02"), "quarter"),
        (("2025-01-01", "2025-05-02"), "year"),
        (("2025-03-02", "2025-03-31"), None),
    ],
)
def test_a_window_may_be_the_beginning_of_a_month_a_quarter_or_a_year(
    window: tuple[str, str], unit: str | None
) -> None:
    assert unit_of(span(*window)) == unit
