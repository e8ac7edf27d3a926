"""What a command prints: JSON for programs, aligned tables for people, complaints on standard error."""

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence

from ecodash.core.errors import EcodashError, UnknownFormat
from ecodash.core.text import Language

Cell = str | int | float | bool | None


def print_json(value: object) -> None:
    """One JSON document on standard output; dates as ISO text."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def print_table(rows: Sequence[Mapping[str, Cell]], *, empty: str) -> None:
    """Rows as an aligned table (wide characters count double); ``empty`` is said when there are none."""
    if not rows:
        print(empty)
        return
    headers = list(rows[0])
    cells = [headers, *[["" if row[h] is None else str(row[h]) for h in headers] for row in rows]]
    widths = [max(_width(line[i]) for line in cells) for i in range(len(headers))]
    for line in cells:
        print("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip())


def complain(error: EcodashError, language: Language, *, as_json: bool) -> None:
    """Say what is wrong on standard error; with ``--json`` also as a document on standard output."""
    if as_json:
        document: dict[str, object] = {"error": {"zh": error.message.zh, "en": error.message.en}}
        if isinstance(error, UnknownFormat):
            document["nearest"] = error.nearest
        print_json(document)
    sys.stderr.write(error.message.to(language) + "\n")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
