"""Small files written for a test: delimited text, workbooks, archives."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.export_format import Format
from ecodash.ingest.raw import RawTable

Row = Sequence[str | None]


def csv_bytes(rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as delimited text."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def csv_file(path: Path, rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A text file."""
    path.write_bytes(csv_bytes(rows, delimiter=delimiter, encoding=encoding))
    return path


def xlsx_file(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook; None leaves a cell empty."""
    with xlsxwriter.Workbook(str(path)) as book:
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    if hasattr(cell, "year"):
                        sheet.write_datetime(i, j, cell, moment)
                    elif isinstance(cell, str):
                        sheet.write_string(i, j, cell)
                    elif cell is not None:
                        sheet.write(i, j, cell)
    return path


def zip_file(path: Path, members: Mapping[str, bytes]) -> Path:
    """An archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def grid(*rows: Row) -> pl.DataFrame:
    """Rows as the grid of a raw table."""
    width = max(len(row) for row in rows)
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    return pl.DataFrame(padded, schema={f"c{i}": pl.String for i in range(width)}, orient="row")


def raw(*rows: Row, file: str = "a.csv") -> RawTable:
    """A raw table of these rows."""
    return RawTable(file=file, grid=grid(*rows), kind="csv", encoding="utf-8", delimiter=",")


def own_rows(export: Format, headers: Sequence[str] | None = None) -> list[list[str]]:
    """The layout of a format with its preamble and one row of data in which every cell is filled."""
    names = list(headers if headers is not None else export.headers)
    above = [["导出说明"] for _ in range(export.layout.preamble_rows)]
    return [*above, names, [f"{number}1" for number in range(len(names))]]


def own_file(folder: Path, format_id: str) -> Path:
    """A file in the layout of a format: its kind, delimiter and encoding."""
    export = FORMATS[format_id]
    if export.layout.encodings:
        delimiter = (*export.layout.delimiters, ",")[0]
        encoding = export.layout.encodings[0]
        return csv_file(folder / f"{format_id}.csv", own_rows(export), delimiter=delimiter, encoding=encoding)
    return xlsx_file(folder / f"{format_id}.xlsx", {"Sheet1": own_rows(export)})
