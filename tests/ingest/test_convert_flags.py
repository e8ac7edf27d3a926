"""Text → ids, booleans, texts."""

import polars as pl
import pytest

from ecodash.ingest.convert import to_bool, to_id, to_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('="123456789012345678"', "123456789012345678"),
        ("\t6920000000000000001", "6920000000000000001"),
        ("260501-100000000000001\t", "260501-100000000000001"),
        ("'7210000000001", "7210000000001"),
        ("`4712", "4712"),
        ("@YT8800678902", "YT8800678902"),
        ("900000000000001.0", "900000000000001"),
        ("17850.0", "17850"),
        ("00042", "00042"),
        ("TS-W-L", "TS-W-L"),
        ("１２３", "123"),
        ("5E10", "5E10"),
        ("-", None),
        ("", None),
    ],
)
def test_an_id_is_text_without_its_wrappers(text: str, value: str | None) -> None:
    assert to_id(pl.Series([text])).values.to_list() == [value]


def test_an_id_in_scientific_notation_has_lost_digits_and_is_never_a_value() -> None:
    done = to_id(pl.Series(["1.23457E+17", "123456789012345678", "2.6E+18"]))
    assert done.values.to_list() == [None, "123456789012345678", None]
    assert done.bad["reason"].to_list() == ["lost_digits", "lost_digits"]
    assert [(note.code, len(note.at)) for note in done.notes] == [("lost_digits", 2)]


def test_long_ids_that_all_end_in_zeros_were_rounded_by_a_spreadsheet() -> None:
    rounded = [f"2026050112345{i:02d}0000" for i in range(6)]
    assert to_id(pl.Series(rounded)).values.null_count() == 6
    honest = [*rounded[:2], *(f"20260501123456789{i}" for i in range(6))]
    assert to_id(pl.Series(honest)).values.null_count() == 0


@pytest.mark.parametrize("text", ["是", "Y", "yes", "YES", "true", "1", "Sí", "sim"])
def test_yes(text: str) -> None:
    assert to_bool(pl.Series([text])).values.to_list() == [True]


@pytest.mark.parametrize("text", ["否", "N", "no", "false", "0", "não"])
def test_no(text: str) -> None:
    assert to_bool(pl.Series([text])).values.to_list() == [False]


def test_neither_yes_nor_no_is_a_reject() -> None:
    done = to_bool(pl.Series(["maybe", "", None]))
    assert done.values.to_list() == [None, None, None]
    assert done.bad.rows() == [(0, "maybe", "not_yes_or_no")]


def test_text_keeps_its_words_and_loses_its_line_breaks() -> None:
    assert to_text(pl.Series(["Tea tin, large\n(250 g)", " N/A ", "", None])).to_list() == [
        "Tea tin, large (250 g)",
        "N/A",
        None,
        None,
    ]
