"""Headers made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.ingest.headers import clean_header, header_key, header_set, split_unit, unique_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\ufeff订单编号", "订单编号"),
        ("收货地址 ", "收货地址"),
        ("订单\n编号", "订单 编号"),
        ("收入金额（+元）", "收入金额(+元)"),
        ("入帐日期", "入账日期"),
        ("Units Ordered \u2013 B2B", "units ordered - b2b"),
        ('="订单编号"', "订单编号"),
        ("ＳＫＵ", "sku"),
        ("Pseudo de l\u2019acheteur", "Pseudo de l'acheteur"),
        ("a\u200bb", "ab"),
        ("订单\u3000编号", "订单 编号"),
        ("\t订单编号\t", "订单编号"),
    ],
)
def test_spellings_of_one_header_are_equal(one: str, other: str) -> None:
    assert header_key(one) == header_key(other)


@pytest.mark.parametrize("pair", [("订单编号", "主订单编号"), ("date", "data"), ("花费", "花费(元)"), ("", "a")])
def test_different_headers_stay_different(pair: tuple[str, str]) -> None:
    assert header_key(pair[0]) != header_key(pair[1])


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("花费(元)", ("花费", "元")),
        ("amount spent (usd)", ("amount spent", "usd")),
        ("点击率(%)", ("点击率", "%")),
        ("商品编码(平台)", ("商品编码(平台)", None)),
        ("available (not editable)", ("available (not editable)", None)),
        ("(child) asin", ("(child) asin", None)),
        ("(元)", ("(元)", None)),
    ],
)
def test_only_a_unit_or_currency_in_brackets_is_taken_off(key: str, parts: tuple[str, str | None]) -> None:
    assert split_unit(key) == parts


def test_repeated_names_are_numbered_and_unnamed_ones_stay_unnamed() -> None:
    assert unique_names(["a", "A ", "", None, "a", "b"]) == ("a", "A.1", "", "", "a.2", "b")


def test_a_header_set_does_not_depend_on_order_repetition_or_unnamed_columns() -> None:
    assert header_set(["B", "a", "", "a.1", "column_7"]) == header_set(["a", "b", "A"]) == ("a", "b")


@given(text=st.text(max_size=20))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert header_key(header_key(text)) == header_key(text)
    assert clean_header(clean_header(text)) == clean_header(text)
