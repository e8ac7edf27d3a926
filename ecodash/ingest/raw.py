"""What a reader hands over: cells as text, nothing interpreted."""

from dataclasses import dataclass

import polars as pl

from ecodash.ingest.problem import Problem

ROW = "row_no"


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """One sheet, one member of an archive or one text file.

    ``file``
        the name as the user knows it: ``a.csv``, ``a.zip › b.csv``, ``x.xlsx › Sheet1``
    ``grid``
        one row per file row, all columns text (``c0`` … ``cN``), no header interpreted; a blank cell is null or "".
        Merged cells hold their text once, top left.
    ``first_row``
        file row of grid row 0; grid row i is file row ``first_row + i``. Rows are numbered from 1 as a spreadsheet
        numbers them: a quoted cell with line breaks is one row, an empty line is a row.
    ``encoding``, ``delimiter``
        of text: a Python codec name and the very character (``" "`` means any run of blanks); None for workbooks
    ``kind``
        csv, xlsx, xls, html, xml, parquet
    ``merged``
        merged ranges of a sheet as grid coordinates (top, left, bottom, right), all included
    ``complete``
        False when ``limit`` cut the table short
    """

    file: str
    grid: pl.DataFrame
    kind: str
    first_row: int = 1
    encoding: str | None = None
    delimiter: str | None = None
    merged: tuple[tuple[int, int, int, int], ...] = ()
    problems: tuple[Problem, ...] = ()
    complete: bool = True
