"""Delimited text → one raw table. No cell is lost: ragged rows widen the table, damaged quotes are kept as written."""

import codecs
import csv
import io
from collections.abc import Sequence
from itertools import zip_longest

import numpy as np
import polars as pl

from ecodash.core.text import Text
from ecodash.ingest import unreadable
from ecodash.ingest.mapping import LoadOptions
from ecodash.ingest.problem import ROWS_KEPT, Problem
from ecodash.ingest.raw import RawTable
from ecodash.ingest.read_delimiter import BLANKS, choose_delimiter
from ecodash.ingest.read_encoding import NAMES, SAMPLE_BYTES, Encoding, choose_encoding
from ecodash.ingest.workbook_size import check_size

_WIDEST_FAST = 2_000
_MOST_COLUMNS = 16_384
_CELL_LIMIT = 1 << 24
_REPLACED = "\ufffd"


def read_text(
    data: bytes, file: str, *, options: LoadOptions | None = None, limit: int | None = None, complete: bool = True
) -> RawTable:
    """The table in ``data``; with ``limit`` only its first rows. ``complete`` False says ``data`` is a file's head."""
    options = options or LoadOptions()
    given = NAMES.get(options.encoding or "")
    text, encoding = decoded(data if complete else _whole_lines(data), given)
    if not text.strip():
        raise unreadable.empty(file)
    delimiter = options.delimiter or choose_delimiter(text[:SAMPLE_BYTES].decode("utf-8", errors="ignore"))
    grid = text_grid(text, delimiter, file=file)
    cut = limit is not None and grid.height > limit
    return RawTable(
        file=file,
        grid=grid.head(limit) if limit is not None else grid,
        kind="csv",
        encoding=encoding.name,
        delimiter=delimiter,
        problems=_replaced(grid) if _REPLACED.encode() in text else (),
        complete=complete and not cut,
    )


def _whole_lines(data: bytes) -> bytes:
    """The head of a file without the line it was cut in; pairs of bytes stay together."""
    end = data.rfind(b"\n") + 1
    return data[: end + end % 2 if b"\x00" in data[:4000] else end] or data


def decoded(data: bytes, given: Encoding | None = None) -> tuple[bytes, Encoding]:
    """The same text in UTF-8 with usual line ends, and the encoding it was written in.

    A byte the encoding does not know becomes U+FFFD, never nothing.
    """
    encoding = given or choose_encoding(data[:SAMPLE_BYTES])
    text = _strict(data, encoding)
    if text is None and given is None and data[:SAMPLE_BYTES].isascii():
        encoding = choose_encoding(_around_first_letter(data))
        text = _strict(data, encoding)
    if text is None:
        text = data.decode(encoding.codec, errors="replace").removeprefix("\ufeff").encode()
    if b"\n" not in text and b"\r" in text:
        text = text.replace(b"\r", b"\n")
    return text, encoding


def _strict(data: bytes, encoding: Encoding) -> bytes | None:
    try:
        text = data.decode(encoding.codec)
    except UnicodeDecodeError:
        return None
    if encoding.codec in ("utf-8", "utf-8-sig"):
        return data.removeprefix(codecs.BOM_UTF8)
    return text.removeprefix("\ufeff").encode("utf-8", errors="replace")


def _around_first_letter(data: bytes) -> bytes:
    """The lines around the first byte that is not ASCII."""
    try:
        data.decode("ascii")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        return data[start : start + SAMPLE_BYTES]
    return data[:SAMPLE_BYTES]


def _replaced(grid: pl.DataFrame) -> tuple[Problem, ...]:
    hit = grid.select(pl.any_horizontal(pl.all().str.contains(_REPLACED, literal=True)).alias("hit"))["hit"]
    rows = (hit.arg_true() + 1).to_list()
    text = Text("有单元格含无法解码的字节，原样保留为 �。", "Cells hold bytes that cannot be decoded; shown as �.")
    return (Problem(code="undecodable", text=text, count=len(rows), rows=tuple(rows[:ROWS_KEPT])),) if rows else ()


def text_grid(text: bytes, delimiter: str, *, file: str = "") -> pl.DataFrame:
    """All cells of a UTF-8 text, one row per record: the fast reader when quotes are regular, else the patient one.

    Raises UnreadableFile when a row has more cells than a spreadsheet can have columns.
    """
    if delimiter == BLANKS:
        return _from_rows([line.split() for line in text.decode().splitlines()], file)
    fast = None if _has_loose_quotes(text, delimiter) else _fast_grid(text, delimiter, file)
    return fast if fast is not None else _from_rows(_patient_rows(text.decode(), delimiter), file)


def _has_loose_quotes(data: bytes, delimiter: str) -> bool:
    """Whether a lone quotation mark stands inside a cell (12" ruler), where readers disagree."""
    if b'"' not in data:
        return False
    letters = np.frombuffer(b"\n" + data + b"\n", dtype=np.uint8)
    quotes = np.flatnonzero(letters == ord('"'))
    opens = np.flatnonzero(np.diff(quotes, prepend=-2) > 1)
    starts, ends = quotes[opens], quotes[np.append(opens[1:] - 1, len(quotes) - 1)]
    edges = np.frombuffer(b"\r\n" + delimiter.encode(), dtype=np.uint8)
    inside = ~np.isin(letters[starts - 1], edges) & ~np.isin(letters[ends + 1], edges)
    return bool(np.any(inside & ((ends - starts) % 2 == 0)))


def _fast_grid(data: bytes, delimiter: str, file: str) -> pl.DataFrame | None:
    width, height = _extent(data, delimiter)
    _check_extent(width, height, cells=len(data), file=file)
    if width > _WIDEST_FAST:
        return None
    names = [f"c{i}" for i in range(width)]
    head = (delimiter.join(names) + "\n").encode()
    try:
        grid = pl.read_csv(
            io.BytesIO(head + data),
            separator=delimiter,
            quote_char='"' if b'"' in data else None,
            infer_schema=False,
        )
    except pl.exceptions.PolarsError:
        return None
    return _narrow(grid)


def _extent(data: bytes, delimiter: str) -> tuple[int, int]:
    """The most cells of any record, and the number of records; what stands in quotes does not count."""
    letters = np.frombuffer(data, dtype=np.uint8)
    ends, places = (np.flatnonzero(letters == ord(letter)) for letter in ("\n", delimiter))
    if b'"' in data:
        quotes = np.flatnonzero(letters == ord('"'))
        ends, places = (at[np.searchsorted(quotes, at) % 2 == 0] for at in (ends, places))
    widths = np.diff(np.searchsorted(places, np.append(ends, len(letters))), prepend=0)
    return int(widths.max()) + 1, len(ends) + 1


def _check_extent(width: int, height: int, *, cells: int, file: str) -> None:
    """A few wide rows among many short ones would take up all memory."""
    if width > _MOST_COLUMNS:
        raise unreadable.too_wide(file, _MOST_COLUMNS)
    check_size(height, width, cells=cells, file=file)


def _narrow(grid: pl.DataFrame) -> pl.DataFrame:
    """Without columns on the right that no row reaches."""
    filled = grid.select(pl.all().is_not_null().any()).row(0)
    width = max((i + 1 for i, some in enumerate(filled) if some), default=1)
    return grid.select(grid.columns[:width])


def _patient_rows(text: str, delimiter: str) -> list[list[str]]:
    """Records of a text with damaged quotes.

    When every line has as many delimiters as the first, lines are records and quotes are letters unless they wrap a
    whole cell. Otherwise the usual CSV rules apply, and a quote that is never closed does not swallow the file.
    """
    lines = text.split("\n")
    lines = [line.removesuffix("\r") for line in (lines[:-1] if lines[-1] == "" else lines)]
    counts = {line.count(delimiter) for line in lines if line.strip()}
    plain = [[_unwrapped(cell) for cell in line.split(delimiter)] if line else [] for line in lines]
    if len(counts) == 1:
        return plain
    previous = csv.field_size_limit(_CELL_LIMIT)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return plain
    finally:
        csv.field_size_limit(previous)
    return plain if _swallowed(rows) else rows


def _unwrapped(cell: str) -> str:
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"') and '"' not in cell[1:-1].replace('""', ""):
        return cell[1:-1].replace('""', '"')
    return cell


def _swallowed(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the last cell of the file holds many lines: an opening quote without a closing one."""
    return bool(rows and rows[-1]) and rows[-1][-1].count("\n") > 1


def _from_rows(rows: Sequence[Sequence[str]], file: str) -> pl.DataFrame:
    _check_extent(max((len(row) for row in rows), default=0), len(rows), cells=sum(map(len, rows)), file=file)
    columns = list(zip_longest(*rows)) or [()]
    return pl.DataFrame({f"c{i}": pl.Series(column, dtype=pl.String) for i, column in enumerate(columns)})
