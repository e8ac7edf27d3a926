"""Text → booleans and ids."""

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.convert.cells import BLANKS, NULLS, cleaned, half_width, unwrapped, without_nulls
from ecodash.ingest.convert.column import Converted, Note, by_distinct_text, marked_bad

YES = frozenset(
    {
        "是",
        "y",
        "yes",
        "true",
        "t",
        "1",
        "1.0",
        "有",
        "对",
        "已",
        "on",
        "sí",
        "si",
        "sim",
        "ya",
        "oui",
        "√",
        "✓",
        "會員",
        "会员",
    }
)
NO = frozenset(
    {
        "否",
        "n",
        "no",
        "false",
        "f",
        "0",
        "0.0",
        "无",
        "無",
        "错",
        "未",
        "off",
        "não",
        "nao",
        "tidak",
        "non",
        "×",
        "非会员",
        "非會員",
    }
)
ID_NULLS = NULLS - {"None", "none", "NaN", "nan"}
_LOST = r"^\d(\.\d+)?[eE]\+\d+$|^\d\.\d+[eE]\d+$"
_PLAIN = r"^[A-Za-z0-9#][A-Za-z0-9_\-]*$"
_FLOAT_TAIL = r"^(-?\d+)\.0+$"
_SPREADSHEET_DIGITS = 15
_LOST_DIGITS = Text(
    "有 {count} 个编号的末尾数字已被表格软件丢掉，不会用来匹配；请用文本格式重新导出。",
    "{count} ids have lost their last digits in a spreadsheet and are never joined on; export them again as text.",
)
_ENOUGH = 5
_NEARLY_ALL = 0.95


def to_bool(cells: pl.Series, nulls: frozenset[str] = NULLS) -> Converted:
    """是/否, yes/no, Y/N, 1/0, true/false and their like in other languages; anything else is a bad cell."""
    text = half_width(cleaned(cells, nulls - NO)).str.to_lowercase()

    def parse(cell: str) -> tuple[bool | None, str | None]:
        if cell in YES:
            return True, None
        return (False, None) if cell in NO else (None, "not_yes_or_no")

    values = pl.Series(cells.name, [None] * len(text), dtype=pl.Boolean)
    return by_distinct_text(values, text, cells, parse)


def to_text(cells: pl.Series, nulls: frozenset[str] = frozenset()) -> pl.Series:
    """Text without wrappers and blanks around it; blank is null. Line breaks inside become spaces."""
    text = without_nulls(unwrapped(cells), frozenset(nulls) | {""})
    if text.str.contains(r"[\r\n]").any():
        text = text.str.replace_all(r"\s*[\r\n]+\s*", " ")
    return text.alias(cells.name)


def to_id(cells: pl.Series, nulls: frozenset[str] = ID_NULLS) -> Converted:
    """Ids as text. ``.0`` tails go; an id a spreadsheet turned into 1.23457E+17 is a bad cell, never a value."""
    if _is_plain(cells, nulls):
        return Converted(values=cells)
    text = half_width(cleaned(cells, nulls)).str.strip_chars(BLANKS + "@")
    text = without_nulls(text, {""})
    if text.str.contains(_FLOAT_TAIL).any():
        text = text.str.replace(_FLOAT_TAIL, "$1")
    lost = text.str.contains(_LOST).fill_null(False) | _rounded(text)
    values = pl.select(pl.when(lost).then(None).otherwise(text)).to_series() if lost.any() else text
    return Converted(values=values.alias(cells.name), bad=marked_bad(cells, lost, "lost_digits"), notes=_notes(lost))


def _is_plain(cells: pl.Series, nulls: frozenset[str]) -> bool:
    """Whether all cells are ids already: letters, digits, hyphens; no word for nothing, no lost digits."""
    if cells.dtype != pl.String or not cells.str.contains(_PLAIN).fill_null(True).all():
        return False
    return not cells.is_in(pl.Series(sorted(nulls)).implode()).any() and not _rounded(cells).any()


def _rounded(text: pl.Series) -> pl.Series:
    """Ids of 17 and more digits whose digits after the 15th are all zero, when that holds for nearly all of them."""
    long = text.str.contains(r"^\d{17,}$").fill_null(False)
    none = pl.Series([False]).new_from_index(0, len(text))
    if not long.any():
        return none
    zeros = long & text.str.slice(_SPREADSHEET_DIGITS).str.contains(r"^0+$").fill_null(False)
    distinct, rounded = text.filter(long).n_unique(), text.filter(zeros).n_unique()
    return zeros if rounded >= _ENOUGH and rounded >= _NEARLY_ALL * distinct else none


def _notes(lost: pl.Series) -> tuple[Note, ...]:
    return (Note(code="lost_digits", text=_LOST_DIGITS, at=lost.arg_true()),) if lost.any() else ()
