"""Exact ten-thousandths."""

from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.core.decimals import from_scaled, to_scaled


@pytest.mark.parametrize(
    ("written", "scaled"),
    [
        ("0", 0),
        ("1", 10_000),
        ("19.99", 199_900),
        ("-0.01", -100),
        ("0.00005", 1),  # half goes up
        ("0.00004", 0),
        ("-0.00005", -1),  # away from zero, as in a shop
        ("1E+3", 10_000_000),
        ("922337203685477.5807", 2**63 - 1),
    ],
)
def test_written_numbers_become_ten_thousandths(written: str, scaled: int) -> None:
    assert to_scaled(written) == scaled


def test_a_tenth_added_three_times_is_three_tenths() -> None:
    assert sum(to_scaled("0.1") for _ in range(3)) == to_scaled("0.3")


def test_words_are_no_numbers() -> None:
    with pytest.raises(InvalidOperation):
        to_scaled("twelve")


@given(st.integers(-(2**63), 2**63 - 1))
def test_scaled_numbers_go_there_and_back(scaled: int) -> None:
    assert to_scaled(from_scaled(scaled)) == scaled


@given(st.decimals(-10_000_000, 10_000_000, places=4))
def test_four_places_are_kept_exactly(value: Decimal) -> None:
    assert from_scaled(to_scaled(value)) == value
