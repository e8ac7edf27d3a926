"""One table of text on its way into a file: headers of the platform, cells as the platform writes them."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import polars as pl
import xlsxwriter

from ecodash.sample.headers import HEADERS

SLICE = 50_000
SHEET_LIMIT = 6_000  # a workbook beyond this takes longer than it is worth; platforms offer CSV then
Columns = Mapping[str, pl.Expr | str]  # header → what its cells say, or the one word that stands in all of them
FIXED = datetime(2024, 1, 1)  # creation time written into workbooks and archives, so that bytes repeat


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Headers and cells (``c0`` … ``cN``, text, null when blank); one row per row of the file."""

    headers: tuple[str, ...]
    cells: pl.DataFrame


def sheet(form: str, rows: pl.DataFrame, columns: Columns) -> Sheet:
    """The export ``form`` of ``rows``: each named header gets its expression or constant, all others stay blank.

    Raises KeyError for a header the export does not have.
    """
    headers = HEADERS[form]
    unknown = set(columns) - set(headers)
    if unknown:
        raise KeyError(f"{form} has no columns {sorted(unknown)}")
    cells = [_cell(columns.get(header) if headers.index(header) == i else None) for i, header in enumerate(headers)]
    return Sheet(headers=headers, cells=rows.select(cell.alias(f"c{i}") for i, cell in enumerate(cells)))


def plain(rows: pl.DataFrame, columns: Columns) -> Sheet:
    """A list the operator keeps by hand, under the canonical column names."""
    cells = [_cell(value).cast(pl.String) for value in columns.values()]
    return Sheet(headers=tuple(columns), cells=rows.select(cell.alias(f"c{i}") for i, cell in enumerate(cells)))


def put_plain(path: Path, rows: pl.DataFrame, columns: Columns) -> Path:
    """Writes such a list as a CSV file, or packed when ``path`` ends in .zip."""
    table = plain(rows, columns)
    if path.suffix == ".zip":
        return put_zip(path, f"{path.stem}.csv", table, encoding="utf-8")
    return put_csv(path, table, encoding="utf-8-sig")


def _cell(value: pl.Expr | str | None) -> pl.Expr:
    return value if isinstance(value, pl.Expr) else pl.lit(value, dtype=pl.String)


def put_csv(
    path: Path, table: Sheet, *, encoding: str, quote: Literal["necessary", "always"] = "necessary", end: str = "\n"
) -> Path:
    """Writes a delimited file, slice by slice."""
    with path.open("wb") as file:
        for text in _text(table, quote=quote, end=end):
            file.write(text.encode(encoding if file.tell() == 0 else encoding.removesuffix("-sig")))
    return path


def _text(table: Sheet, *, quote: Literal["necessary", "always"], end: str) -> Iterator[str]:
    """The header line, then the rows."""
    first = ",".join(f'"{h}"' if quote == "always" or "," in h else h for h in table.headers)
    yield first + end
    cells = table.cells.with_columns(pl.all().fill_null("")) if quote == "always" else table.cells
    for part in cells.iter_slices(SLICE):
        yield part.write_csv(include_header=False, quote_style=quote, line_terminator=end)


def put_workbook(path: Path, table: Sheet, *, name: str) -> Path:
    """Writes an XLSX file with one sheet of text cells."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": FIXED})
        page = book.add_worksheet(name)
        for at, row in enumerate([table.headers, *table.cells.rows()]):
            for column, value in enumerate(row):
                if value is not None:
                    page.write_string(at, column, value)
    return path


def put_table(path: Path, table: Sheet, *, name: str) -> Path:
    """A workbook, or beyond its limit the CSV in GB18030 that the platform offers instead."""
    if table.cells.height <= SHEET_LIMIT:
        return put_workbook(path.with_suffix(".xlsx"), table, name=name)
    return put_csv(path.with_suffix(".csv"), table, encoding="gb18030")


def put_zip(path: Path, member: str, table: Sheet, *, encoding: str) -> Path:
    """A ZIP with one CSV in it."""
    packed = io.BytesIO()
    for text in _text(table, quote="necessary", end="\n"):
        packed.write(text.encode(encoding))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(member, FIXED.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, packed.getvalue())
    return path
