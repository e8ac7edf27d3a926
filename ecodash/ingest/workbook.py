"""Workbooks (XLSX, XLSB, ODS, binary XLS) → raw tables, one per sheet that has cells."""

import io
import zipfile
from collections.abc import Sequence

import fastexcel
import polars as pl
import python_calamine

from ecodash.ingest import unreadable
from ecodash.ingest.panics import panics_as_damage
from ecodash.ingest.raw import RawTable
from ecodash.ingest.workbook_guard import check_binary
from ecodash.ingest.workbook_size import Contents, check_reach
from ecodash.ingest.zip_guard import MAX_BYTES, NO_ARCHIVE, allowance, overlapping, unpack, watch

_ENCRYPTED_MARKS = tuple(mark.encode("utf-16-le") for mark in ("EncryptedPackage", "EncryptionInfo"))
_DAY_ZERO = r"^(?:1899-12-3[01]|1904-01-01) (\d\d:\d\d:\d\d)$"
_EXACT = 10**15


def read_xlsx(data: bytes, file: str, *, limit: int | None = None) -> list[RawTable]:
    """Every sheet of a zipped workbook; raises UnreadableFile when it is damaged or unpacks to too much."""
    contents = Contents()
    left = allowance(len(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
        for part in parts:
            left -= watch(unpack(io.BytesIO(data), part, file=file, most=left), contents.see)
    except NO_ARCHIVE as error:
        raise unreadable.damaged(file, "XLSX", str(error)) from error
    for part in parts if contents.may_be_sparse else []:
        check_reach(overlapping(unpack(io.BytesIO(data), part, file=file, most=MAX_BYTES)), file)
    return _sheets(data, file, "xlsx", contents=contents, limit=limit)


def read_xls(data: bytes, file: str, *, limit: int | None = None) -> list[RawTable]:
    """Every sheet of a binary workbook; an encrypted one is refused."""
    if any(mark in data for mark in _ENCRYPTED_MARKS):
        raise unreadable.encrypted(file)
    check_binary(data, file)
    return _sheets(data, file, "xls", contents=Contents(merged=True, long_numbers=True), limit=limit)


def _sheets(data: bytes, file: str, kind: str, *, contents: Contents, limit: int | None) -> list[RawTable]:
    try:
        with panics_as_damage(file, kind.upper()):
            return _filled_sheets(data, file, kind, contents=contents, limit=limit)
    except (fastexcel.FastExcelError, python_calamine.CalamineError) as error:
        word = str(error)
        if "password" in word.lower() or "encrypt" in word.lower():
            raise unreadable.encrypted(file) from error
        raise unreadable.damaged(file, kind.upper(), word.splitlines()[0][:120]) from error


def _filled_sheets(data: bytes, file: str, kind: str, *, contents: Contents, limit: int | None) -> list[RawTable]:
    book = fastexcel.read_excel(data)
    second = python_calamine.load_workbook(io.BytesIO(data)) if contents.merged or contents.long_numbers else None
    grids = {name: _grid(book, name, limit) for name in book.sheet_names}
    filled = [name for name, grid in grids.items() if grid.width and grid.height]
    return [
        _table(grids[name], second, sheet=name, kind=kind, file=file if len(filled) == 1 else f"{file} › {name}")
        for name in filled
    ]


def _grid(book: fastexcel.ExcelReader, name: str, limit: int | None) -> pl.DataFrame:
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, n_rows=limit, dtypes="string")
    frame = sheet.to_polars()
    frame = frame.rename({column: f"c{i}" for i, column in enumerate(frame.columns)})
    if frame.width == 0:
        return frame
    times = frame.select((pl.all().str.starts_with("1899-12-3") | pl.all().str.starts_with("1904-01-01")).any()).row(0)
    timed = [name for name, some in zip(frame.columns, times, strict=True) if some]
    return frame.with_columns(pl.col(timed).str.replace(_DAY_ZERO, "$1")) if timed else frame


def _table(
    grid: pl.DataFrame, second: python_calamine.CalamineWorkbook | None, *, sheet: str, kind: str, file: str
) -> RawTable:
    if second is None:
        return RawTable(file=file, grid=grid, kind=kind)
    other = second.get_sheet_by_name(sheet)
    left = other.start[1] if other.start else 0
    merged = [(top, start - left, bottom, end - left) for (top, start), (bottom, end) in other.merged_cell_ranges or ()]
    exact = _mark_long_numbers(grid, other.to_python(skip_empty_area=False), left)
    return RawTable(file=file, grid=exact, kind=kind, merged=tuple(sorted(merged)))


def _mark_long_numbers(grid: pl.DataFrame, cells: Sequence[Sequence[object]], left: int) -> pl.DataFrame:
    """Numbers beyond 15 digits have lost the rest: written as 2.02605011234567E+17 so that nobody takes them for ids."""
    found: dict[str, dict[int, str]] = {}
    for row, line in enumerate(cells[: grid.height]):
        for column, cell in enumerate(line[left : left + grid.width]):
            if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= _EXACT:
                found.setdefault(f"c{column}", {})[row] = f"{cell:.14E}"
    return grid.with_columns(
        pl.Series(name, [marks.get(row, text) for row, text in enumerate(grid[name])], dtype=pl.String)
        for name, marks in found.items()
    )
