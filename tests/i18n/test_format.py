"""Numbers as people of either language write them. Every expectation can be checked by hand."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.core.period import Period
from ecodash.core.text import LANGUAGES, Language
from ecodash.core.unit import Unit
from ecodash.i18n import (
    compact,
    count,
    currency_symbol,
    day_text,
    days,
    moment_text,
    money,
    month_text,
    number,
    period_text,
    points,
    ratio,
    span_text,
    tick_text,
    unit_text,
    value_text,
)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234, "1,234", "1,234"),
        (9999, "9,999", "9,999"),
        (9999.5, "1.0万", "10.0K"),
        (10_000, "1.0万", "10.0K"),
        (12_345, "1.2万", "12.3K"),
        (99_949, "10.0万", "99.9K"),
        (999_949, "100.0万", "999.9K"),
        (999_950, "100.0万", "1.00M"),
        (1_234_567, "123.5万", "1.23M"),
        (99_994_999, "9,999.5万", "99.99M"),
        (99_999_999, "1.00亿", "100.00M"),
        (123_456_789, "1.23亿", "123.46M"),
        (999_999_999, "10.00亿", "1.00B"),
        (2_500_000_000, "25.00亿", "2.50B"),
        (3_200_000_000_000, "3.20万亿", "3.20T"),
        (-12_345, "-1.2万", "-12.3K"),
        (-0.2, "0", "0"),
    ],
)
def test_large_numbers_are_shortened_in_the_steps_of_each_language(value: float, zh: str, en: str) -> None:
    assert (compact(value, "zh"), compact(value, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("value", "currency", "zh", "en"),
    [
        (0, "CNY", "¥0.00", "¥0.00"),
        (85.3, "CNY", "¥85.30", "¥85.30"),
        (999.994, "CNY", "¥999.99", "¥999.99"),
        (999.996, "CNY", "¥1,000", "¥1,000"),
        (1234.5, "CNY", "¥1,235", "¥1,235"),
        (12_345.6, "CNY", "¥1.2万", "¥12.3K"),
        (-12_345.6, "CNY", "-¥1.2万", "-¥12.3K"),
        (12_345.6, "USD", "US$1.2万", "$12.3K"),
        (850, "JPY", "JP¥850", "JP¥850"),
        (85.3, "EUR", "€85.30", "€85.30"),
    ],
)
def test_money_keeps_cents_only_where_they_matter(value: float, currency: str, zh: str, en: str) -> None:
    assert (money(value, "zh", currency), money(value, "en", currency)) == (zh, en)


def test_exact_money_shows_every_digit() -> None:
    assert money(Decimal("1234567.891"), "zh", exact=True) == "¥1,234,567.89"
    assert money(-1234567.895, "en", "USD", exact=True) == "-$1,234,567.90"


def test_a_currency_without_a_sign_is_shown_by_its_code() -> None:
    assert currency_symbol("XYZ", "en") == "XYZ"
    assert money(5, "en", "XYZ") == "XYZ5.00"


def test_half_is_rounded_up_as_people_do() -> None:
    assert [number(value, "en", 1) for value in (0.25, 0.35, -0.25)] == ["0.3", "0.4", "-0.3"]


def test_ratios_points_and_days() -> None:
    assert (ratio(0.271, "zh"), ratio(0.27125, "en", 2), ratio(1, "en"), ratio(0, "zh")) == (
        "27.1%",
        "27.13%",
        "100.0%",
        "0.0%",
    )
    assert (points(0.021, "zh"), points(-0.021, "en"), points(0, "en")) == ("+2.1 个百分点", "-2.1 pp", "0.0 pp")
    assert (points(-0.0001, "en"), points(0.0004, "en")) == ("0.0 pp", "0.0 pp")
    assert (days(34, "zh"), days(1, "en"), days(34, "en"), days(34.5, "en")) == (
        "34 天",
        "1 day",
        "34 days",
        "34.5 days",
    )


def test_counts_are_exact_when_asked() -> None:
    assert (count(123_456, "zh"), count(123_456, "zh", exact=True)) == ("12.3万", "123,456")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", list(Unit))
def test_every_unit_has_a_way_to_be_written(unit: Unit, language: Language) -> None:
    assert value_text(0.5, unit, language)
    assert unit_text(unit, language)
    assert tick_text(0.5, unit, language)


def test_units_name_currency_and_denominator() -> None:
    assert unit_text(Unit.MONEY, "zh") == "元"
    assert unit_text(Unit.MONEY_PER_BUYER, "zh") == "元/人"
    assert unit_text(Unit.MONEY_PER_ORDER, "en", "USD") == "USD per order"
    assert unit_text(Unit.MONEY, "zh", "USD") == "美元"
    assert unit_text(Unit.RATIO, "en") == "%"


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (0, Unit.MONEY, "0", "0"),
        (5000, Unit.MONEY, "5,000", "5K"),
        (15_000, Unit.MONEY, "1.5万", "15K"),
        (20_000_000, Unit.BUYERS, "2,000万", "20M"),
        (0.025, Unit.RATIO, "2.5%", "2.5%"),
        (0.2, Unit.RATIO, "20%", "20%"),
        (-2500, Unit.MONEY, "-2,500", "-2.5K"),
        (0.5, Unit.ITEMS_PER_ORDER, "0.5", "0.5"),
    ],
)
def test_axis_ticks_are_as_short_as_they_can_be(value: float, unit: Unit, zh: str, en: str) -> None:
    assert (tick_text(value, unit, "zh"), tick_text(value, unit, "en")) == (zh, en)


def test_dates_and_periods_in_words() -> None:
    march = Period(date(2024, 3, 1), date(2024, 3, 31))
    assert day_text(date(2024, 3, 1)) == "2024-03-01"
    assert moment_text(datetime(2024, 3, 1, 9, 5)) == "2024-03-01 09:05"
    assert period_text(march) == "2024-03-01 → 2024-03-31"
    assert (month_text(date(2024, 3, 9), "zh"), month_text(date(2024, 3, 9), "en")) == ("2024年3月", "Mar 2024")
    assert (span_text(march, "zh"), span_text(march, "en")) == ("2024年3月", "Mar 2024")
    year = Period(date(2024, 1, 1), date(2024, 12, 31))
    assert (span_text(year, "zh"), span_text(year, "en")) == ("2024年", "2024")
    assert span_text(Period(date(2024, 3, 1), date(2024, 3, 1)), "zh") == "2024-03-01"
    assert span_text(Period(date(2024, 3, 1), date(2024, 4, 2)), "en") == "2024-03-01 → 2024-04-02"


STEPS: dict[str, int] = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "T": 10**12, "B": 10**9, "M": 10**6, "K": 10**3}


def read_back(shown: str) -> tuple[float, float]:
    """The number a reader understands, and the step of its last digit."""
    suffix = next((suffix for suffix in STEPS if shown.endswith(suffix)), "")
    digits = shown.removesuffix(suffix).replace(",", "")
    size = STEPS.get(suffix, 1)
    return float(digits) * size, size * 10.0 ** -len(digits.partition(".")[2])


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.floats(-1e14, 1e14))
def test_a_short_number_is_within_half_its_last_digit_of_the_truth(language: Language, value: float) -> None:
    said, digit = read_back(compact(value, language))
    assert abs(said - value) <= digit / 2 * (1 + 1e-6) + 1e-9


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.floats(0, 9e15))
def test_a_short_number_never_outgrows_its_step(language: Language, value: float) -> None:
    """10000.0万 is 1.00亿, and 1000.0K is 1.00M."""
    shown = compact(value, language)
    suffix = next((suffix for suffix in STEPS if shown.endswith(suffix)), "")
    digits = float(shown.removesuffix(suffix).replace(",", ""))
    limits = {
        "zh": {"": 1e4, "万": 1e4, "亿": 1e4, "万亿": 1e4},
        "en": {"": 1e4, "K": 1e3, "M": 1e3, "B": 1e3, "T": 1e4},
    }
    assert digits < limits[language][suffix]


@given(value=st.floats(-1e12, 1e12))
def test_nothing_is_ever_minus_zero(value: float) -> None:
    for shown in (number(value, "en"), ratio(value, "zh"), compact(value, "zh")):
        assert not shown.startswith("-") or any(digit in shown for digit in "123456789")
