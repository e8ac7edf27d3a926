"""Tables as XLSX: a sheet of numbers with their formats, and a sheet that says what they mean."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ecodash import __version__
from ecodash.core.unit import Unit
from ecodash.export.cell import Cell, plain
from ecodash.export.table import Column, Table
from ecodash.export.text import rows
from ecodash.i18n import Reader, moment_text, period_text, ratio, t, unit_text

MOST_ROWS = 1_048_575
LONGEST_SHEET_NAME = 31
LONGEST_TEXT = 32_767
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
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Book:
    """The workbook being written and its cell formats, each made once."""

    def __init__(self, target: io.BytesIO, made: datetime) -> None:
        self.book = xlsxwriter.Workbook(target, OPTIONS)
        self.book.set_properties({"created": made})
        self.formats: dict[str, Format] = {}

    def look(self, code: str) -> Format:
        """The format of a number format ``code``; "head", "wrap" and "words" are those of texts."""
        if code not in self.formats:
            texts = {
                "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
                "wrap": {"text_wrap": True, "valign": "top"},
                "words": {"font_color": "#5F6F6C", "align": "right"},
            }
            self.formats[code] = self.book.add_format(texts.get(code, {"num_format": code}))
        return self.formats[code]


def xlsx_bytes(table: Table, reader: Reader) -> bytes:
    """A sheet with the table and a sheet with its definitions; numbers are numbers, no text can become a formula.

    The same table gives the same bytes. A sheet holds 1,048,575 rows; where there are more, the notes say so.
    """
    target = io.BytesIO()
    book = _Book(target, table.notes.made or EPOCH)
    _numbers(book, table)
    _definitions(book, table, reader)
    book.book.close()
    return target.getvalue()


def sheet_name(title: str) -> str:
    """``title`` as a sheet may be called: no brackets, colons, stars or slashes; at most 31 UTF-16 units, as Excel counts."""
    plain_title = re.sub(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]", " ", title).strip("' ")
    fitting = plain_title.encode("utf-16-le")[: 2 * LONGEST_SHEET_NAME].decode("utf-16-le", "ignore").strip("' ")
    return fitting if fitting and fitting.lower() != RESERVED else "ecodash"


def _code(column: Column, *, star: bool) -> str:
    code = MONEY_FORMAT if column.unit is None else NUMBER_FORMATS.get(column.unit, MONEY_FORMAT)
    return ";".join(f'{part}"*"' for part in code.split(";")) if star else code


def _write(book: _Book, sheet: Worksheet, at: tuple[int, int], value: Cell, code: str) -> None:
    value = plain(value)
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, int | float):
        sheet.write_number(*at, value, book.look(code))
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, book.look(MOMENT_FORMAT if isinstance(value, datetime) else DAY_FORMAT))
    elif value is not None:
        sheet.write_string(*at, value[:LONGEST_TEXT])


def _numbers(book: _Book, table: Table) -> None:
    sheet = book.book.add_worksheet(sheet_name(table.title))
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.heading, book.look("head"))
    for index, row in enumerate(rows(table)):
        if index == MOST_ROWS:
            break
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            cell = (index, column.name)
            if cell in table.words:
                sheet.write_string(index + 1, place, table.words[cell], book.look("words"))
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


def _lines(table: Table, reader: Reader) -> Iterator[tuple[str, str]]:
    notes, language = table.notes, reader.language
    yield t("export.title", language), table.title
    if notes.window is not None:
        yield t("export.window", language), period_text(notes.window)
    yield t("export.filters", language), "\n".join(notes.filters) or t("export.no_filters", language)
    if notes.coverage is not None:
        yield t("export.coverage", language), ratio(notes.coverage, language)
    if notes.loads:
        yield t("export.loads", language), ", ".join(notes.loads)
    if table.frame.height > MOST_ROWS:
        yield t("export.rows", language), t("export.cut", language, kept=MOST_ROWS, all=table.frame.height)
    for remark in notes.remarks:
        yield t("export.remark", language), remark
    if notes.made is not None:
        yield t("export.made", language), moment_text(notes.made)
    yield t("export.program", language), f"ecodash {__version__}"


def _definitions(book: _Book, table: Table, reader: Reader) -> None:
    name = t("export.definitions", reader.language)
    sheet = book.book.add_worksheet(name if name.lower() != sheet_name(table.title).lower() else f"{name} 2")
    wrap, head = book.look("wrap"), book.look("head")
    lines = list(_lines(table, reader))
    for row, (label, text) in enumerate(lines):
        sheet.write_string(row, 0, label, head)
        sheet.write_string(row, 1, text, wrap)
    start = len(lines) + 1
    titles = ("export.metric", "export.meaning", "export.formula", "export.identifier")
    for place, key in enumerate(titles):
        sheet.write_string(start, place, t(key, reader.language), head)
    for row, item in enumerate(table.notes.definitions, start + 1):
        for place, text in enumerate((item.name, item.meaning, item.formula, item.identifier)):
            sheet.write_string(row, place, text, wrap)
    start += len(table.notes.definitions) + 2
    sheet.write_string(start, 0, t("export.column", reader.language), head)
    sheet.write_string(start, 1, t("export.unit", reader.language), head)
    for row, column in enumerate(table.columns, start + 1):
        unit = "" if column.unit is None else unit_text(column.unit, reader.language, reader.currency)
        sheet.write_string(row, 0, column.heading, wrap)
        sheet.write_string(row, 1, unit, wrap)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 2, 56)
    sheet.set_column(3, 3, 28)
