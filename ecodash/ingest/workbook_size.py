"""How far the cells of a workbook reach, counted before a reader makes room for all cells in between.

A file of a few bytes can hold a cell in the last row and the last column; readers would make room for billions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ecodash.ingest import unreadable

FREE_CELLS = 5_000_000
MOST_BLANKS = 100

_REFERENCE = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"')
_WIDTHS = (26, 702, 16_384)
_MOST_DIGITS = 7
_LONG_NUMBER = re.compile(rb"<v>-?(?:\d{16,}|\d\.?\d*E\+(?:1[5-9]|[2-9]\d))")
_MERGED = b"mergeCell "


@cache
def _further(wide: int, tall: int) -> re.Pattern[bytes]:
    """A cell in a column of more than ``wide + 1`` letters or a row of more than ``tall`` digits."""
    letters = b"[A-Z]{%d}" % (wide + 2) if wide + 1 < len(_WIDTHS) else b"(?!)"
    digits = rb"[A-Z]{1,3}\d{%d}" % (tall + 1) if tall < _MOST_DIGITS else b"(?!)"
    return re.compile(b' r="(?:(' + letters + b")|" + digits + b")")


@dataclass
class Contents:
    """What the parts of a zipped workbook hold, found while they are counted piece by piece."""

    merged: bool = False
    long_numbers: bool = False
    references: int = 0
    wide: int = 0
    tall: int = 0

    def see(self, piece: bytes) -> None:
        """Look at one more piece."""
        self.merged = self.merged or _MERGED in piece
        self.long_numbers = self.long_numbers or _LONG_NUMBER.search(piece) is not None
        self.references += piece.count(b' r="')
        while (found := _further(self.wide, self.tall).search(piece)) is not None:
            if found[1]:
                self.wide += 1
            else:
                self.tall += 1

    @property
    def may_be_sparse(self) -> bool:
        """Whether the cells could lie so far apart that they must be looked at one by one."""
        return int(10**self.tall) * _WIDTHS[self.wide] > self.references * MOST_BLANKS + FREE_CELLS


def check_reach(pieces: Iterator[bytes], file: str) -> None:
    """Raises UnreadableFile when the cells of a sheet, seen piece by piece, reach too far for their number."""
    row = column = cells = 0
    for piece in pieces:
        for found in _REFERENCE.finditer(piece):
            row = max(row, int(found[2]))
            column = max(column, _column_number(found[1]))
            cells += 1
    check_size(row, column, cells=cells, file=file)


def check_size(rows: int, columns: int, *, cells: int, file: str) -> None:
    """Raises UnreadableFile when ``cells`` cells are spread over far more places."""
    if rows * columns > cells * MOST_BLANKS + FREE_CELLS:
        raise unreadable.too_sparse(file, rows, columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
