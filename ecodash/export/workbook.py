"""Tables as XLSX: a sheet of numbers with their formats, and a sheet that says what they mean."""

import io
import re
from datetime import date, datetime

from xlsxwriter.worksheet import Worksheet

from ecodash.core.unit import Unit
from ecodash.export import definitions_sheet
from ecodash.export.book import Book
from ecodash.export.cell import Cell, guarded, plain
from ecodash.export.table import Column, Table
from ecodash.export.text import rows
from ecodash.i18n import Reader, t

MOST_ROWS = 1_048_575
LONGEST_SHEET_NAME = 31
RESERVED = "history"
NARROWEST, WIDEST = 8, 48
SAMPLED = 200
LAST_NARROW = 0x2E7F
EPOCH = datetime(2000, 1, 1)
NUMBER_FORMATS: dict[Unit, str] = {
    **dict.fromkeys((Unit.ORDERS, Unit.BUYERS, Unit.ITEMS, Unit.ROWS, Unit.COUNT), "#,##0"),
    Unit.RATIO: "0.0%",
    Unit.POINTS: "+0.0%;-0.0%;0.0%",
    Unit.DAYS: "0.0",
    Unit.HOURS: "0.0",
}
MONEY_FORMAT = "#,##0.00"
DAY_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


def xlsx_bytes(table: Table, reader: Reader) -> bytes:
    """A sheet with the table and a sheet with its definitions; numbers are numbers, no text can become a formula.

    The same table gives the same bytes. A sheet holds 1,048,575 rows; where there are more, the notes say so.
    """
    target = io.BytesIO()
    book = Book(target, table.notes.made or EPOCH)
    _numbers(book, table)
    name = t("export.definitions", reader.language)
    taken = name.lower() == sheet_name(table.title).lower()
    sheet = book.book.add_worksheet(f"{name} 2" if taken else name)
    definitions_sheet.write(book, sheet, table, reader, most_rows=MOST_ROWS)
    book.book.close()
    return target.getvalue()


def sheet_name(title: str) -> str:
    """``title`` as a sheet may be called: no brackets, colons, stars or slashes; at most 31 UTF-16 units, as Excel counts.

    It does not begin like a formula either; the definitions sheet has the title in full.
    """
    plain_title = re.sub(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]", " ", title).strip("' ")
    while guarded(plain_title) != plain_title:
        plain_title = plain_title[1:].strip("' ")
    fitting = plain_title.encode("utf-16-le")[: 2 * LONGEST_SHEET_NAME].decode("utf-16-le", "ignore").strip("' ")
    return fitting if fitting and fitting.lower() != RESERVED else "ecodash"


def _code(column: Column, *, star: bool) -> str:
    code = MONEY_FORMAT if column.unit is None else NUMBER_FORMATS.get(column.unit, MONEY_FORMAT)
    return ";".join(f'{part}"*"' for part in code.split(";")) if star else code


def _write(book: Book, sheet: Worksheet, at: tuple[int, int], value: Cell, code: str) -> None:
    value = plain(value)
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, int | float):
        sheet.write_number(*at, value, book.look(code))
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, book.look(MOMENT_FORMAT if isinstance(value, datetime) else DAY_FORMAT))
    elif value is not None:
        book.text(sheet, at, value)


def _numbers(book: Book, table: Table) -> None:
    sheet = book.book.add_worksheet(sheet_name(table.title))
    for place, column in enumerate(table.columns):
        book.text(sheet, (0, place), column.heading, "head")
    for index, row in enumerate(rows(table)):
        if index == MOST_ROWS:
            break
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            cell = (index, column.name)
            if cell in table.words:
                book.text(sheet, (index + 1, place), table.words[cell], "words")
            elif column.unit is None and isinstance(value, int | float):
                _write(book, sheet, (index + 1, place), value, "General")
            else:
                _write(book, sheet, (index + 1, place), value, _code(column, star=cell in table.starred))
    sheet.freeze_panes(1, 1)
    if table.columns:
        sheet.autofilter(0, 0, min(table.frame.height, MOST_ROWS), len(table.columns) - 1)
    _widths(sheet, table)


def _width(text: str) -> int:
    return sum(1 + (ord(sign) > LAST_NARROW) for sign in text)


def _widths(sheet: Worksheet, table: Table) -> None:
    for place, column in enumerate(table.columns):
        shown = [str(value) for value in table.frame[column.name].head(SAMPLED).drop_nulls() if isinstance(value, str)]
        widest = max([_width(column.heading) + 2, 12 if column.unit else 0, *map(_width, shown)])
        sheet.set_column(place, place, min(max(widest, NARROWEST), WIDEST))
