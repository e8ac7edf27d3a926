"""Text → exact ten-thousandths."""

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.ingest.convert import NumberStyle, comma_is_decimal, to_decimal, to_integer, to_ratio

POINT, COMMA = NumberStyle(), NumberStyle(decimal=",")


def one(text: str, style: NumberStyle = POINT) -> int | None:
    return to_decimal(pl.Series([text]), style).values[0]


def why(text: str, style: NumberStyle = POINT) -> str:
    return str(to_decimal(pl.Series([text]), style).bad["reason"][0])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        (" 12.50\t", "12.5"),
        ("-3.2", "-3.2"),
        ("+3.2", "3.2"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1,234.50", "1234.5"),
        ("1,234,567", "1234567"),
        ("12,34,567.00", "1234567"),
        ("1 234.5", "1234.5"),
        ("1'234.50", "1234.5"),
        ("¥29.90", "29.9"),
        ("￥1,299", "1299"),
        ("$1,090.00", "1090"),
        ("AU $3.50", "3.5"),
        ("US$ 3.50", "3.5"),
        ("R$ 10.20", "10.2"),
        ("NT$120", "120"),
        ("HK$7.5", "7.5"),
        ("Rp 85", "85"),
        ("EUR 12.30", "12.3"),
        ("12.30 USD", "12.3"),
        ("฿99", "99"),
        ("0元", "0"),
        ("(12.00)", "-12"),
        ("($12.00)", "-12"),
        ("12.00-", "-12"),
        ("−5", "-5"),
        ("-$0.40", "-0.4"),
        ("$-0.40", "-0.4"),
        ('="12.30"', "12.3"),
        ("'12.30", "12.3"),
        ("1.2万", "12000"),
        ("3亿", "300000000"),
        ("1.2万元", "12000"),
        ("1.5K", "1500"),
        ("2M", "2000000"),
        ("１２３．４", "123.4"),
        ("&#36;1,250.50", "1250.5"),
        ("1E+3", "1000"),
        ("4.94%", "0.0494"),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, value: str) -> None:
    assert one(text) == int(Decimal(value) * 10_000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("85.000", 85000),
        ("1.150.000", 1150000),
        ("10.000,50", 10000.5),
        ("12,5", 12.5),
        ("15000.5", 15000.5),
        ("Rp1.000", 1000),
    ],
)
def test_dot_thousands_and_decimal_comma(text: str, value: float) -> None:
    assert one(text, COMMA) == round(value * 10_000)


@pytest.mark.parametrize(
    "text", ["", "-", "--", "—", "——", "无", "null", "NULL", "None", "N/A", "#N/A", "(not set)", "not stocked", "\t"]
)
def test_words_for_nothing_are_null_and_no_reject(text: str) -> None:
    done = to_decimal(pl.Series([text]), POINT)
    assert done.values.to_list() == [None]
    assert done.bad.is_empty()


@pytest.mark.parametrize(
    ("text", "style", "reason"),
    [
        ("Freight Included in Commodity Cost", POINT, "not_a_number"),
        ("12abc", POINT, "not_a_number"),
        ("12,5", POINT, "number_separator"),
        ("1,23", POINT, "number_separator"),
        ("1,234.50", COMMA, "number_separator"),
        ("99999999999999999999", POINT, "number_too_large"),
        ("1.2.3", POINT, "number_separator"),
        ("0x10", POINT, "not_a_number"),
        ("inf", POINT, "not_a_number"),
    ],
)
def test_what_cannot_be_read_is_a_reject_with_its_text_and_never_a_guess(
    text: str, style: NumberStyle, reason: str
) -> None:
    done = to_decimal(pl.Series(["1", text]), style)
    assert done.values.to_list() == [10_000, None]
    assert done.bad.rows() == [(1, text, reason)]


def test_the_fifth_decimal_rounds_half_up_and_away_from_zero() -> None:
    texts = ["0.00005", "-0.00005", "0.00004999999999999996", "22358.3466666667", "79.60000000000001", "1.00015"]
    assert [one(text) for text in texts] == [1, -1, 0, 223583467, 796000, 10002]


@given(st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=6))
def test_any_decimal_text_is_exact(value: Decimal) -> None:
    expected = int((value * 10_000).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert one(f"{value:f}") == expected
    assert one(f"{value:,f}") == expected
    swapped = f"{value:,f}".translate(str.maketrans(",.", ".,"))
    assert one(swapped, COMMA) == expected


@given(st.lists(st.text(alphabet="0123456789.,-+() 万%$Kabc", max_size=8), min_size=1, max_size=30))
def test_every_cell_ends_as_a_value_a_null_or_a_reject(texts: list[str]) -> None:
    done = to_decimal(pl.Series(texts, dtype=pl.String), POINT)
    rejected = set(done.bad["at"])
    for place, (text, value) in enumerate(zip(texts, done.values, strict=True)):
        empty = text.strip() in {"", "-", "--"}
        assert (value is None) == (empty or place in rejected)


def test_money_in_micros_is_divided_once() -> None:
    done = to_decimal(pl.Series(["8984000", "40290000", None, "1"]), NumberStyle(divisor=1_000_000))
    assert done.values.to_list() == [89_840, 402_900, None, 0]


def test_whole_numbers_with_units_and_no_fractions() -> None:
    done = to_integer(pl.Series(["1,234", "1.2万", "3.5", "12.0", "-"]), POINT)
    assert done.values.to_list() == [1234, 12000, None, 12, None]
    assert done.bad["reason"].to_list() == ["not_whole"]


@pytest.mark.parametrize(
    ("text", "percent", "value"),
    [
        ("3.33%", "sign", 333),
        ("0.0333", "fraction", 333),
        ("3.33", "points", 333),
        ("3.33%", "fraction", 333),
        ("0", "sign", 0),
        ("< 10%", "sign", 1000),
    ],
)
def test_each_percent_style_gives_the_same_share(text: str, percent: str, value: int) -> None:
    assert to_ratio(pl.Series([text]), NumberStyle(percent=percent, strip=("<", ">"))).values[0] == value


def test_a_share_without_sign_where_a_sign_is_due_is_not_guessed() -> None:
    assert to_ratio(pl.Series(["3.33"]), NumberStyle(percent="sign")).bad["reason"].to_list() == ["percent_style"]


@pytest.mark.parametrize(
    ("texts", "comma"),
    [
        (["1.234,50", "12,00", "7"], True),
        (["1.150.000", "85.000", "1.200.000"], True),
        (["1,234.50", "12.00"], False),
        (["1,234", "5,678"], False),
        (["12.5", "7"], False),
    ],
)
def test_the_decimal_sign_of_an_unknown_column_is_read_off_most_of_its_cells(texts: list[str], *, comma: bool) -> None:
    assert comma_is_decimal(pl.Series(texts)) is comma


def test_zero_rows_stay_zero_rows() -> None:
    done = to_decimal(pl.Series([], dtype=pl.String), POINT)
    assert done.values.dtype == pl.Int64
    assert len(done.values) == 0


def test_a_bad_cell_says_where_it_was_and_what_it_said() -> None:
    assert why("12,5") == "number_separator"
