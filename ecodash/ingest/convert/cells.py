"""Cleaning every cell needs: wrappers, tabs, apostrophes, full-width forms, and the words that mean "nothing"."""

from collections.abc import Collection

import polars as pl

BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
EMPTY_TEXT = frozenset({"", "-", "--", "—", "——", "null", "NULL"})
NULLS = EMPTY_TEXT | {
    "无",
    "无退款申请",
    "None",
    "none",
    "N/A",
    "n/a",
    "#N/A",
    "(not set)",
    "not stocked",
    "NaN",
    "nan",
}
_ODD_START = r"^[=`'’@]"
_WRAPPED = r'^="?([^"]*)"?$'


def blanks(cells: pl.Series) -> int:
    """How many cells are null or hold nothing at all."""
    return cells.null_count() + int((cells == "").sum())


def trimmed(cells: pl.Series) -> pl.Series:
    """Text without blanks, tabs and invisible characters around it; nothing else changed."""
    return cells.cast(pl.String).str.strip_chars(BLANKS)


def unwrapped(cells: pl.Series) -> pl.Series:
    """Text without ``="…"`` around it and without an apostrophe or backtick in front."""
    text = trimmed(cells)
    if not text.str.contains(_ODD_START).any():
        return text
    return text.str.replace(_WRAPPED, "$1").str.replace(r"^[`'’]+", "").str.strip_chars(BLANKS)


def without_nulls(cells: pl.Series, nulls: Collection[str]) -> pl.Series:
    """The cells, with the words of ``nulls`` as null."""
    words = pl.Series(sorted(nulls), dtype=pl.String)
    return pl.select(pl.when(cells.is_in(words.implode())).then(None).otherwise(cells)).to_series().alias(cells.name)


def cleaned(cells: pl.Series, nulls: Collection[str] = NULLS) -> pl.Series:
    """The cell's content, or null when there is none."""
    return without_nulls(unwrapped(cells), frozenset(nulls) | EMPTY_TEXT)


def half_width(cells: pl.Series) -> pl.Series:
    """Full-width digits, letters and brackets as ordinary ones (NFKC); costs nothing for plain ASCII."""
    if (cells.str.len_bytes() == cells.str.len_chars()).all():
        return cells
    return cells.str.normalize("NFKC")
