"""Large delimited text straight into a canonical table, for the cells that are plainly what they should be.

DuckDB reads the file as text and casts it. A row with a single cell that is not *plain* (a number with a thousands
separator, a word where a number should be, a wrapped id …) is not judged here: it is handed out as text, so that the
rules for hard cells have one home. The tests hold that both ways give the same rows for every plain cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import duckdb
import polars as pl

from ecodash.store.identity import hash_sql

ROW = "row_no"
MOST_OTHERS = 100_000
_BLANKS = " \\t\\r\\n\\x{0b}\\x{0c}\\x{a0}\\x{3000}\\x{200b}\\x{200c}\\x{200d}\\x{2060}\\x{feff}"
_SEPARATOR = "\x1f"


class Plain(StrEnum):
    """What the cells of a column are."""

    ID = "id"
    ACCOUNT = "account"
    TEXT = "text"
    WORD = "word"
    DECIMAL = "decimal"
    WHOLE = "whole"
    NUMBER = "number"
    MOMENT = "moment"
    DAY = "day"
    FLAG = "flag"


@dataclass(frozen=True, kw_only=True)
class BulkColumn:
    """One canonical column and the column of the file it comes from.

    ``nulls`` are cells that mean nothing. ``words`` are the values allowed for a WORD, and those that mean yes for a
    FLAG, ``other_words`` those that mean no. An ACCOUNT is hashed with ``prefix`` in front; ``words`` identify nobody.
    """

    name: str
    source: str
    kind: Plain
    nulls: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    other_words: frozenset[str] = frozenset()
    prefix: str = ""
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class BulkPlan:
    """How a file becomes rows of ``table``: all headers in order, the row of the header, the delimiter.

    ``odd_first`` are words that make a row suspect when they stand in the first column (totals, a repeated header).
    """

    table: str
    headers: tuple[str, ...]
    header_row: int
    delimiter: str
    columns: tuple[BulkColumn, ...]
    odd_first: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """A plan for one file, as SQL."""

    plan: BulkPlan
    path: Path
    salt: str

    @cached_property
    def rows(self) -> int:
        """Number of lines below the header; a last line needs no line end."""
        lines, last = 0, b"\n"
        with self.path.open("rb", buffering=0) as file:
            while chunk := file.read(8 << 20):
                lines += chunk.count(b"\n")
                last = chunk[-1:]
        return lines + (last != b"\n") - self.plan.header_row

    def plain_rows(self) -> str:
        """SQL: the typed rows all of whose cells are plain, with ``row_no``."""
        values = ", ".join(f'{self._value(c)} AS "{c.name}"' for c in self.plan.columns)
        return f"SELECT {values}, {ROW} FROM ({self._cast()}) WHERE NOT ({self._odd()})"

    def other_rows(self) -> str:
        """SQL: the text of all other rows, with ``row_no``."""
        names = ", ".join(f'"c{i}"' for i in range(len(self.plan.headers)))
        return f"SELECT {names}, {ROW} FROM ({self._cast()}) WHERE {self._odd()}"

    def _raw(self) -> str:
        """SQL: the file as text, columns ``c0`` …, with the row of the file."""
        names = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(self.plan.headers)))
        options = (
            f"auto_detect = false, header = true, skip = {self.plan.header_row - 1}, strict_mode = true, "
            f"delim = {_text(self.plan.delimiter)}, quote = '\"', escape = '\"', columns = {{{names}}}"
        )
        numbered = f"row_number() OVER () + {self.plan.header_row} AS {ROW}"
        return f"SELECT *, {numbered} FROM read_csv({_text(str(self.path))}, {options})"

    def _cast(self) -> str:
        casts = [
            f'{_CASTS[c.kind].format(c=self._cell(c))} AS "v·{c.name}"' for c in self.plan.columns if c.kind in _CASTS
        ]
        return f"SELECT *{''.join(', ' + cast for cast in casts)} FROM ({self._raw()})"

    def _cell(self, column: BulkColumn) -> str:
        return f'"c{self.plan.headers.index(column.source)}"'

    def _value(self, column: BulkColumn) -> str:
        """SQL: the typed value of a plain cell; null when it means nothing."""
        cell = self._cell(column)
        if column.kind in _CASTS:
            value = _VALUES.get(column.kind, "{v}").format(v=f'"v·{column.name}"')
        elif column.kind is Plain.FLAG:
            value = f"lower({cell}) IN ({_texts(column.words)})"
        elif column.kind is Plain.ACCOUNT:
            value = hash_sql(f"({_text(column.prefix)} || {cell})", self.salt)
        else:
            value = f"lower({cell})" if column.kind is Plain.WORD else cell
        return f"CASE WHEN {self._is_blank(column)} THEN NULL ELSE {value} END"

    def _is_blank(self, column: BulkColumn) -> str:
        cell = self._cell(column)
        return f"({cell} IS NULL OR {cell} IN ({_texts(column.nulls | {''})}))"

    def _odd(self) -> str:
        """SQL: the row has a cell that is not plain."""
        first = f"coalesce(lower(c0), '') IN ({_texts(self.plan.odd_first)}) OR starts_with(lower(c0), 'total')"
        tests = [first, *self._odd_ids(), *self._odd_texts()]
        for column in self.plan.columns:
            odd = self._odd_cell(column)
            if odd:
                tests.append(f"(NOT {self._is_blank(column)} AND ({odd}))")
            if column.required:
                tests.append(self._is_blank(column))
        return "coalesce(" + " OR ".join(tests) + ", true)"

    def _odd_cell(self, column: BulkColumn) -> str:
        cell, value = self._cell(column), f'"v·{column.name}"'
        words = column.words | column.other_words
        match column.kind:
            case Plain.DECIMAL | Plain.NUMBER | Plain.WHOLE | Plain.DAY:
                return _ODD[column.kind].format(c=cell, v=value)
            case Plain.MOMENT:
                return _ODD[Plain.MOMENT].format(c=cell, v=value)
            case Plain.WORD | Plain.FLAG:
                return f"lower({cell}) NOT IN ({_texts(words)})"
            case Plain.ACCOUNT:
                return f"lower({cell}) IN ({_texts(words)}) OR contains(lower({cell}), 'xxxx')"
            case _:
                return ""

    def _odd_ids(self) -> Sequence[str]:
        """Ids are plain when made of letters, digits, _ and -, unless they look like numbers a spreadsheet spoilt."""
        cells = [self._cell(c) for c in self.plan.columns if c.kind in (Plain.ID, Plain.ACCOUNT)]
        if not cells:
            return []
        joined = f"concat_ws('|', {', '.join(cells)})"
        spoilt = r"(^|[|])([0-9]{15}0{2,}|[0-9][eE][0-9]+)([|]|$)"
        return [f"NOT regexp_full_match({joined}, '[A-Za-z0-9|_-]*')", f"regexp_matches({joined}, '{spoilt}')"]

    def _odd_texts(self) -> Sequence[str]:
        """Texts are plain without blanks or wrappers around them and line ends in them."""
        cells = [self._cell(c) for c in self.plan.columns if c.kind is Plain.TEXT]
        if not cells:
            return []
        odd = f"(^|{_SEPARATOR})[{_BLANKS}=`''’@]|[{_BLANKS}]({_SEPARATOR}|$)|[\\r\\n]"
        return [f"regexp_matches(concat_ws('{_SEPARATOR}', {', '.join(cells)}), '{odd}')"]


_CASTS = {
    Plain.DECIMAL: "TRY_CAST({c} AS DECIMAL(18, 4))",
    Plain.WHOLE: "TRY_CAST({c} AS BIGINT)",
    Plain.NUMBER: "TRY_CAST({c} AS DOUBLE)",
    Plain.MOMENT: "TRY_CAST({c} AS TIMESTAMP)",
    Plain.DAY: "TRY_CAST({c} AS DATE)",
}
_VALUES = {Plain.DECIMAL: "({v} * 10000)::BIGINT"}
_DIGITS = "NOT regexp_full_match({c}, '-?[0-9]{{1,13}}([.][0-9]{{1,4}})?')"
_ODD = {
    Plain.DECIMAL: "{v} IS NULL OR " + _DIGITS,
    Plain.NUMBER: "{v} IS NULL OR " + _DIGITS,
    Plain.WHOLE: "{v} IS NULL OR NOT regexp_full_match({c}, '-?[0-9]{{1,15}}')",
    Plain.DAY: "{v} IS NULL OR {c} NOT LIKE '____-__-__' OR year({v}) NOT BETWEEN 1971 AND 2100",
    Plain.MOMENT: "{v} IS NULL OR NOT ({c} LIKE '____-__-__ __:__:__' OR {c} LIKE '____-__-__' "
    "OR {c} LIKE '____-__-__ __:__') OR year({v}) NOT BETWEEN 1971 AND 2100",
}


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _texts(values: frozenset[str]) -> str:
    return ", ".join(_text(value) for value in sorted(values)) or "''"


class NotPlain(Exception):
    """A file that is not plain enough for a bulk load; nothing was loaded, read it part by part."""


def fetch_other(cursor: duckdb.DuckDBPyConnection, bulk: Bulk, *, plain: int) -> pl.DataFrame:
    """The rows that are not plain, in the order of the file.

    Raises NotPlain when they are many, or when they and the ``plain`` ones are not all lines of the file: blank lines
    and line ends inside cells would shift the row numbers.
    """
    rows: pl.DataFrame = cursor.sql(f"{bulk.other_rows()} ORDER BY {ROW} LIMIT {MOST_OTHERS + 1}").pl()
    if rows.height > MOST_OTHERS or plain + rows.height != bulk.rows:
        raise NotPlain
    return rows
