"""The workbook being written: its options and the looks of its cells."""

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ecodash.export.cell import guarded

LONGEST_TEXT = 32_767
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
TEXTS: dict[str, dict[str, object]] = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "words": {"font_color": "#5F6F6C", "align": "right"},
    "text": {},
}


class Book:
    """The workbook being written and its cell formats, each made once."""

    def __init__(self, target: io.BytesIO, made: datetime) -> None:
        self.book = xlsxwriter.Workbook(target, OPTIONS)
        self.book.set_properties({"created": made})
        self.formats: dict[tuple[str, bool], Format] = {}

    def look(self, code: str, *, quoted: bool = False) -> Format:
        """The format of a number format ``code``, or of a text: one of TEXTS.

        A ``quoted`` text stays text when somebody edits the cell, although it begins like a formula.
        """
        if (code, quoted) not in self.formats:
            options = {**TEXTS.get(code, {"num_format": code}), **({"quote_prefix": True} if quoted else {})}
            self.formats[code, quoted] = self.book.add_format(options)
        return self.formats[code, quoted]

    def text(self, sheet: Worksheet, at: tuple[int, int], text: str, look: str = "text") -> None:
        """Writes ``text`` as text, whatever it begins with, cut to what a cell can hold."""
        form = self.look(look, quoted=True) if guarded(text) != text else self.look(look)
        sheet.write_string(*at, text[:LONGEST_TEXT], form)
