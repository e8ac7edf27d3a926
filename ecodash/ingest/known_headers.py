"""Every header word the catalogue knows: how the encoding and the delimiter of a text are chosen."""

import csv
from collections.abc import Iterable, Sequence
from functools import cache

from ecodash.core.schema import TABLES
from ecodash.ingest.catalogue import FORMATS, SYNONYMS
from ecodash.ingest.headers import header_key

HEADER_SCAN_ROWS = 20
_CELLS_JUDGED = 1_000


@cache
def known_keys() -> frozenset[str]:
    """Normalised headers of all formats, all synonyms and all canonical columns."""
    words: set[str] = {column.name for table in TABLES.values() for column in table.columns}
    for export in FORMATS.values():
        words.update(export.headers, export.alt_headers)
    for synonyms in SYNONYMS.values():
        words.update(synonyms)
    return frozenset(header_key(word) for word in words) - {""}


def known_hits(rows: Iterable[Sequence[str]]) -> int:
    """The largest number of known headers in any one row."""
    keys = known_keys()
    return max((sum(1 for cell in row[:_CELLS_JUDGED] if header_key(cell) in keys) for row in rows), default=0)


def split_rows(text: str, delimiter: str, rows: int = HEADER_SCAN_ROWS) -> list[list[str]]:
    """The first ``rows`` records of a text; a record that cannot be parsed is split at every delimiter."""
    lines = text.splitlines(keepends=True)
    try:
        reader = csv.reader(lines, delimiter=delimiter)
        return [row for row, _ in zip(reader, range(rows), strict=False)]
    except csv.Error:
        return [line.rstrip("\r\n").split(delimiter) for line in lines[:rows]]
