"""What a single cell becomes in a text file: numbers stay numbers, and no text can start a formula."""

import math
import unicodedata
from datetime import date, datetime

Cell = str | int | float | bool | date | datetime | None

STARTERS = frozenset("=+-@")
CONTROLS = frozenset("\t\r\n")
INVISIBLE = " \u00a0\u200b\u200c\u200d\u2060\u3000\ufeff"
LARGEST_WHOLE = 1e15


def guarded(text: str) -> str:
    """``text`` with a leading apostrophe where a spreadsheet would run it as a formula, otherwise unchanged.

    Formulas start with = + - @ (also in full-width and small forms) or hide behind a tab, a line break or blanks.
    Source: OWASP, CSV Injection.
    """
    if text[:1] in CONTROLS:
        return f"'{text}"
    first = unicodedata.normalize("NFKC", text.lstrip(INVISIBLE)[:1])
    return f"'{text}" if first in STARTERS or first in CONTROLS else text


def plain(value: Cell) -> Cell:
    """``value`` with what a file cannot hold made empty (nan, infinity) and whole floats as whole numbers."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < LARGEST_WHOLE else round(value, 10)
    return value


def written(value: Cell) -> str:
    """A cell of a text file: empty for null, ISO for days and moments, full precision for numbers, guarded text."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else repr(value)
