"""Which rows of a raw table are data: preamble, description, total, summary and footer rows are set aside, counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.catalogue import conventions
from ecodash.ingest.headers import clean_header, header_key, unique_names
from ecodash.ingest.problem import ROWS_KEPT, Problem
from ecodash.ingest.raw import ROW, RawTable
from ecodash.ingest.switches import Switches

_FIRST = "\0first"
_STRIPPED = " \t\r\n\u3000\ufeff"

WORDS: dict[str, Text] = {
    "preamble": Text("表头上方的 {n} 行说明文字已跳过。", "{n} rows above the header were skipped."),
    "description_row": Text("表头下方的字段说明行已跳过。", "The row that explains the columns was skipped."),
    "total_row": Text("{n} 行合计或汇总已剔除，不计入数据。", "{n} total or summary rows were left out of the data."),
    "footer": Text("表尾的 {n} 行说明已跳过。", "{n} rows after the data were skipped."),
    "repeated_header": Text("{n} 行重复的表头已跳过。", "{n} repeated header rows were skipped."),
    "other_section": Text(
        "文件里还有另外的表（{n} 行），没有读取。", "The file holds further tables ({n} rows) that were not read."
    ),
    "extra_cells": Text(
        "{n} 行的单元格比表头多，多出的内容保留在 column_N 列。",
        "{n} rows have more cells than the header; the extra ones are kept as column_N.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Body:
    """The data rows of a raw table: ``frame`` with one text column per name and the file row in ``row_no``."""

    frame: pl.DataFrame
    names: tuple[str, ...]
    problems: tuple[Problem, ...]


def column_names(raw: RawTable, header_index: int | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headers as in the file and their unique names, one per column of the grid.

    An unnamed column is "" when it is empty and ``column_<n>`` when it holds something; without a header
    (``header_index`` None) every column is ``column_<n>``, counted from 1.
    """
    width = raw.grid.width
    if header_index is None:
        numbered = tuple(f"column_{i + 1}" for i in range(width))
        return numbered, numbered
    cells = raw.grid.row(header_index)
    names = unique_names(cells)
    unnamed = [f"c{i}" for i, name in enumerate(names) if not name]
    below = raw.grid.slice(header_index + 1)
    used = set(unnamed) and {column for column in unnamed if below.select(_filled(column).any()).item()}
    named = tuple(name or (f"column_{i + 1}" if f"c{i}" in used else "") for i, name in enumerate(names))
    return tuple(clean_header(cell) for cell in cells), named


def body(raw: RawTable, *, header_index: int | None, names: Sequence[str], switches: Switches | None = None) -> Body:
    """The data rows below the header, and what was set aside."""
    rules = switches or Switches()
    start = 0 if header_index is None else header_index + 1
    grid = raw.grid.with_row_index(ROW, offset=raw.first_row).with_columns(pl.col(ROW).cast(pl.Int64))
    if rules.fill_merged:
        grid = _fill_merged(grid, raw)
    aside = [("preamble", _filled_rows(grid.head(max(start - 1, 0))))]
    rest, after = _cut_end(grid.slice(start), rules)
    aside += _after_end(after, rules)
    rest = rest.rename({f"c{i}": name for i, name in enumerate(names) if name}).select(*[n for n in names if n], ROW)
    rest = rest.with_columns(_first_text(rest).alias(_FIRST)).filter(pl.col(_FIRST).is_not_null())
    for code, mask in _masks(rest, rules, header=None if header_index is None else raw.grid.row(header_index)):
        flagged = rest.select(mask.fill_null(value=False)).to_series()
        if flagged.any():
            aside.append((code, rest.filter(flagged)[ROW]))
            rest = rest.filter(~flagged)
    rest = rest.drop(_FIRST)
    problems = [_problem(code, rows) for code, rows in aside if len(rows)]
    problems += _extra_cells(rest, raw, header_index, names)
    return Body(frame=rest, names=tuple(names), problems=tuple(problems))


def _filled(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars(_STRIPPED).fill_null("") != ""


def _texts(frame: pl.DataFrame) -> list[str]:
    return [name for name in frame.columns if name not in (ROW, _FIRST)]


def _any_filled(frame: pl.DataFrame) -> pl.Expr:
    return pl.any_horizontal([_filled(name) for name in _texts(frame)])


def _filled_rows(frame: pl.DataFrame) -> pl.Series:
    return frame.filter(_any_filled(frame))[ROW]


def _first_text(frame: pl.DataFrame) -> pl.Expr:
    """The first filled cell of a row."""
    stripped = [pl.col(name).str.strip_chars(_STRIPPED) for name in _texts(frame)]
    return pl.coalesce(pl.when(cell != "").then(cell) for cell in stripped)


def _cut_end(rest: pl.DataFrame, rules: Switches) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Data and what follows the first comment or end marker."""
    marks = [mark for mark in (rules.comment_prefix, rules.end_marker) if mark]
    if not marks or rest.is_empty():
        return rest, rest.clear()
    first = pl.col(_texts(rest)[0]).str.strip_chars(_STRIPPED)
    ends = rest.select(pl.any_horizontal(first.str.starts_with(mark) for mark in marks)).to_series().arg_true()
    if ends.is_empty():
        return rest, rest.clear()
    return rest.head(ends[0]), rest.slice(ends[0])


def _after_end(after: pl.DataFrame, rules: Switches) -> list[tuple[str, pl.Series]]:
    if after.is_empty():
        return []
    comment = pl.col(_texts(after)[0]).str.starts_with(rules.comment_prefix or "\0").fill_null(value=False)
    other = _filled_rows(after.filter(~comment))
    if rules.sections and len(other) > 1:
        return [("other_section", other.slice(1))]
    return [("footer", _filled_rows(after))]


def _masks(rest: pl.DataFrame, rules: Switches, *, header: Sequence[str | None] | None) -> list[tuple[str, pl.Expr]]:
    """Conditions for rows that are no data, in the order they are applied."""
    masks: list[tuple[str, pl.Expr]] = []
    columns = _texts(rest)
    if not columns:
        return masks
    if header is not None:
        masks.append(("repeated_header", _repeats(rest, header)))
    if rules.description_row and rest.height:
        masks.append(("description_row", (pl.col(ROW) == rest[ROW][0]) & ~pl.col(columns[0]).str.contains(r"\d")))
    first = pl.col(_FIRST)
    words = [header_key(word) for word in conventions().total_words]
    total = first.str.to_lowercase().str.strip_chars_end(" :：").is_in(words) | first.str.contains(
        r"(?i)^total\s*[:：]"
    )
    masks.append(("total_row", total))
    blank = [name for name in columns if header_key(name) in {header_key(h) for h in rules.summary_if_blank}]
    if blank:
        masks.append(("total_row", pl.all_horizontal([~_filled(name) for name in blank])))
    if rules.footer_words:
        cells = [pl.col(name).str.strip_chars(_STRIPPED) for name in columns[:3]]
        named = [cell.str.contains(rf"^(?i:{word})\s*(?:[:：].*)?$") for cell in cells for word in _escaped(rules)]
        masks.append(("footer", pl.any_horizontal(named)))
    return masks


def _escaped(rules: Switches) -> list[str]:
    return [word.replace("(", r"\(").replace(")", r"\)") for word in rules.footer_words]


def _repeats(rest: pl.DataFrame, header: Sequence[str | None]) -> pl.Expr:
    """Rows that say the header again (files pasted together)."""
    named = [(name, cell) for name, cell in zip(_texts(rest), header, strict=False) if cell and clean_header(cell)]
    if len(named) < 2:  # noqa: PLR2004
        return pl.lit(value=False)
    return pl.all_horizontal(pl.col(name) == cell for name, cell in named)


def _fill_merged(grid: pl.DataFrame, raw: RawTable) -> pl.DataFrame:
    """Cells of a merged range repeat their text downwards."""
    columns = {name: grid[name].to_list() for name in grid.columns if name != ROW}
    for top, left, bottom, _ in raw.merged:
        name = f"c{left}"
        for row in range(top + 1, min(bottom + 1, grid.height)):
            if name in columns and columns[name][row] is None:
                columns[name][row] = columns[name][top]
    return grid.with_columns(pl.Series(name, cells, dtype=pl.String) for name, cells in columns.items())


def _extra_cells(rest: pl.DataFrame, raw: RawTable, index: int | None, names: Sequence[str]) -> list[Problem]:
    if index is None:
        return []
    header = raw.grid.row(index)
    extra = [name for i, name in enumerate(names) if name and not clean_header(header[i])]
    last = max((i for i, cell in enumerate(header) if clean_header(cell)), default=0)
    extra = [name for name in extra if names.index(name) > last]
    if not extra:
        return []
    rows = rest.filter(pl.any_horizontal([_filled(name) for name in extra]))[ROW]
    return [_problem("extra_cells", rows)] if len(rows) else []


def _problem(code: str, rows: pl.Series) -> Problem:
    return Problem(
        code=code, text=WORDS[code].format(n=len(rows)), count=len(rows), rows=tuple(rows.head(ROWS_KEPT).to_list())
    )
