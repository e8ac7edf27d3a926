"""Tables saved as HTML or SpreadsheetML with an ``.xls`` suffix → raw tables."""

import re
from itertools import zip_longest

import polars as pl
from lxml import etree, html

from ecodash.ingest import unreadable
from ecodash.ingest.raw import RawTable
from ecodash.ingest.read_encoding import NAMES, SAMPLE_BYTES, Encoding, choose_encoding
from ecodash.ingest.workbook_size import FREE_CELLS, check_size

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?[\w-]+|encoding\s*=\s*[\"'][\w-]+[\"']", re.IGNORECASE)
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_SPAN_LIMIT = 1_000
_MOST_ROWS = 1_048_576
_LEAST_CELL = 4
_MOST_COLUMNS = 16_384


class _Room:
    """How many more cells the tables of a file may take: spans could ask for any number."""

    def __init__(self, cells: int, file: str) -> None:
        self.left, self.file = cells, file

    def taking(self, cells: list[str | None]) -> list[str | None]:
        """The cells, when there is room for them; raises UnreadableFile when there is none."""
        self.left -= len(cells)
        if self.left < 0:
            raise unreadable.too_large(self.file, "cells")
        return cells


def read_markup(data: bytes, file: str, kind: str) -> list[RawTable]:
    """Every table with cells; the stated charset is not believed, the letters are."""
    encoding = choose_encoding(data[:SAMPLE_BYTES])
    text = data.decode(encoding.codec, errors="replace").removeprefix("\ufeff")
    text = _CHARSET.sub("", text[:4096]) + text[4096:]
    room = _Room(FREE_CELLS + len(text), file)
    rows = _spreadsheet_rows(text, room) if kind == "xml" else _html_rows(text, room)
    tables = [(name, cells) for name, cells in rows if any(any(line) for line in cells)]
    for _, cells in tables:
        check_size(len(cells), max(map(len, cells)), cells=len(text) // _LEAST_CELL, file=file)
    if not tables:
        raise unreadable.no_table(file)
    return [
        RawTable(file=file if len(tables) == 1 else f"{file} › {name}", grid=_frame(cells), kind=kind,
                 encoding=_plain(encoding).name)
        for name, cells in tables
    ]  # fmt: skip


def _plain(encoding: Encoding) -> Encoding:
    return NAMES["utf-8"] if encoding.name == "utf-8-sig" else encoding


def _frame(rows: list[list[str | None]]) -> pl.DataFrame:
    columns = list(zip_longest(*rows))
    return pl.DataFrame({f"c{i}": pl.Series(column, dtype=pl.String) for i, column in enumerate(columns)})


def _html_rows(text: str, room: _Room) -> list[tuple[str, list[list[str | None]]]]:
    try:
        document = html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise unreadable.damaged(room.file, "HTML", str(error)) from error
    tables = [table for table in document.iter("table") if table.find(".//table") is None]
    return [(f"table {number}", _table_rows(table, room)) for number, table in enumerate(tables, start=1)]


def _table_rows(table: html.HtmlElement, room: _Room) -> list[list[str | None]]:
    rows: list[list[str | None]] = []
    pending: dict[int, int] = {}
    for line in table.iter("tr"):
        cells: list[str | None] = []
        for cell in line.iterchildren("td", "th"):
            _skip_spanned(cells, pending)
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for offset in range(min(width, _MOST_COLUMNS - len(cells))):
                if height > 1:
                    pending[len(cells)] = height - 1
                cells.append(_words(cell) if offset == 0 else None)
        _skip_spanned(cells, pending)
        rows.append(room.taking(cells))
    return rows


def _skip_spanned(cells: list[str | None], pending: dict[int, int]) -> None:
    """Leave blanks where a cell of a row above reaches down."""
    while pending.get(len(cells), 0) > 0:
        pending[len(cells)] -= 1
        cells.append(None)


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _SPAN_LIMIT) if value.isascii() and value.isdigit() else 1


def _words(cell: html.HtmlElement) -> str:
    for line_break in cell.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return _BREAK.sub("\n", str(cell.text_content()).replace("\xa0", " ")).strip()


def _spreadsheet_rows(text: str, room: _Room) -> list[tuple[str, list[list[str | None]]]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode(), parser=parser)
    if root is None:
        raise unreadable.damaged(room.file, "XML", "no root")
    return [(str(sheet.get(f"{_SS}Name", "sheet")), _sheet_rows(sheet, room)) for sheet in root.iter(f"{_SS}Worksheet")]


def _sheet_rows(sheet: etree._Element, room: _Room) -> list[list[str | None]]:
    rows: list[list[str | None]] = []
    for line in sheet.iter(f"{_SS}Row"):
        index = _place(line, "Index", len(rows) + 1)
        rows.extend([] for _ in range(min(index - 1, _MOST_ROWS) - len(rows)))
        cells: list[str | None] = []
        for cell in line.iterchildren(f"{_SS}Cell"):
            column = _place(cell, "Index", len(cells) + 1)
            cells.extend([None] * (min(column - 1, _MOST_COLUMNS) - len(cells)))
            data = cell.find(f"{_SS}Data")
            cells.append("".join(str(word) for word in data.itertext()) if data is not None else None)
            cells.extend([None] * min(_place(cell, "MergeAcross", 0), _MOST_COLUMNS - len(cells)))
        rows.append(room.taking(cells))
    return rows


def _place(element: etree._Element, name: str, usual: int) -> int:
    """A number among the attributes; the usual one when it is none."""
    word = str(element.get(f"{_SS}{name}", ""))
    return int(word) if word.isascii() and word.isdigit() else usual
