"""A large text file in parts, each with the header above it, so that every later step works on one part at a time.

Parts end between records and, where rows belong to orders, between orders: an order never lies in two parts, provided
the file keeps the rows of an order together. Rows are numbered as in the file (``Part.rows_before``).
"""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.conform.kinds import ORDER_ENTITIES
from ecodash.ingest.raw import RawTable
from ecodash.ingest.read_delimiter import BLANKS
from ecodash.ingest.read_encoding import NAMES
from ecodash.ingest.read_text import text_grid
from ecodash.ingest.recognition import CANONICAL, Recognition
from ecodash.ingest.switches import Switches

PART_BYTES = 32 << 20
_TAIL = 1 << 18
_LINES_TRIED = 1000
_SAMPLES = 8
_SAMPLE_BYTES = 1 << 19


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Some records of a file as UTF-8. ``is_head``: it begins at the first line of the file."""

    text: bytes
    is_head: bool


def can_be_cut(raw: RawTable, recognition: Recognition) -> bool:
    """Whether the rows of a file can be read part by part with the same result as at once.

    Tables with our own headers, and orders whose rows carry their order id. Not where rows far apart depend on each
    other: packs, people on several rows, tables below tables, rows that only together make an order.
    """
    mapping = recognition.mapping
    if raw.kind != "csv" or raw.delimiter in (None, BLANKS) or raw.encoding not in NAMES or mapping.options.unpivot:
        return False
    if (mapping.format or "").startswith(CANONICAL):
        return True
    export = FORMATS.get(mapping.format or "")
    rules = export.switches if export else Switches()
    far = rules.pack_prefix or rules.dedupe_people or rules.comment_prefix or rules.end_marker or rules.sections
    other = rules.description_row or rules.fill_merged or rules.statement_summary or rules.amount_components
    return mapping.entity in ORDER_ENTITIES and bool(mapping.columns.get("order_id")) and not far and not other


def slices(path: Path, raw: RawTable, recognition: Recognition) -> Iterator[Slice]:
    """The file from its first line to its last, cut about every ``PART_BYTES`` between records and between orders."""
    order = _order_place(recognition)
    rest, is_head = b"", True
    for piece in _pieces(path, raw.encoding or "", PART_BYTES):
        text = rest + piece
        cut = _between_records(text)
        cut = _between_orders(text[:cut], raw.delimiter or ",", order) if order is not None else cut
        rest = text[cut:]
        if cut:
            yield Slice(text=text[:cut], is_head=is_head)
            is_head = False
    if rest:
        yield Slice(text=rest, is_head=is_head)


def whole(path: Path, raw: RawTable) -> Slice:
    """The file as one slice, for files whose orders are scattered all over it."""
    text = b"".join(_pieces(path, raw.encoding or "", PART_BYTES))
    return Slice(text=text, is_head=True)


def _pieces(path: Path, encoding: str, size: int) -> Iterator[bytes]:
    """The bytes of the file as UTF-8; what its encoding does not know becomes U+FFFD."""
    codec = NAMES[encoding].codec
    decoder = None if codec in ("utf-8", "utf-8-sig") else codecs.getincrementaldecoder(codec)(errors="replace")
    with path.open("rb") as file:
        if decoder is None and file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            file.seek(0)
        while piece := file.read(size):
            yield piece if decoder is None else decoder.decode(piece).encode("utf-8", errors="replace")


def sample(path: Path, raw: RawTable) -> RawTable:
    """Rows from all over the file below its header: what is decided once for the file is decided on them."""
    size, codec = path.stat().st_size, NAMES[raw.encoding or ""].codec
    if codec.startswith("utf-16"):  # cannot be read from the middle
        return raw
    grids = [raw.grid]
    with path.open("rb") as file:
        for number in range(1, _SAMPLES + 1):
            file.seek(size * number // (_SAMPLES + 1))
            text = file.read(_SAMPLE_BYTES)
            lines = text[text.find(b"\n") + 1 : text.rfind(b"\n") + 1].decode(codec, errors="replace")
            grids += [text_grid(lines.encode(), raw.delimiter or ",")] if lines.strip() else []
    return _fitted(raw, pl.concat(grids, how="diagonal"))


def raw_part(part: Slice, raw: RawTable, recognition: Recognition) -> tuple[RawTable, int]:
    """A slice as a raw table with the rows of the file down to the header above it, and how many rows those are.

    ``raw`` is the beginning of the file.
    """
    grid = text_grid(part.text, raw.delimiter or ",")
    if part.is_head:
        return _fitted(raw, grid), 0
    above = raw.grid.head(max(recognition.header_row - raw.first_row + 1, 0))
    return _fitted(raw, pl.concat([above, grid], how="diagonal")), above.height


def _fitted(raw: RawTable, grid: pl.DataFrame) -> RawTable:
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in raw.grid.columns if name not in grid.columns]
    return replace(raw, grid=grid.with_columns(missing), complete=True)


def _order_place(recognition: Recognition) -> int | None:
    """Place of the order id among the columns, where several rows may belong to one order."""
    headers = recognition.mapping.columns.get("order_id")
    if recognition.mapping.entity not in ORDER_ENTITIES or not headers:
        return None
    return recognition.names.index(headers[0])


def _between_records(text: bytes) -> int:
    """Where the last whole record of ``text`` ends: after a line end that lies outside quotes."""
    cut = found = text.rfind(b"\n") + 1
    quotes = text.count(b'"', 0, cut)
    for _ in range(_LINES_TRIED):
        if quotes % 2 == 0 or found == 0:
            return found
        before = text.rfind(b"\n", 0, found - 1) + 1
        quotes -= text.count(b'"', before, found)
        found = before
    return cut


def _between_orders(text: bytes, delimiter: str, place: int) -> int:
    """Where the last order of ``text`` begins; the end of ``text`` when that cannot be seen nearby."""
    start = text.find(b"\n", len(text) - _TAIL) + 1 if len(text) > _TAIL else 0
    lines = text[start:].split(b"\n")
    reader = csv.reader((line.decode("utf-8", errors="replace") + "\n" for line in lines), delimiter=delimiter)
    begins, last, line = 0, None, 0
    for record in reader:
        known = record[place].strip() if len(record) > place else ""
        if known and known != last:
            begins, last = line, known
        line = reader.line_num
    return start + sum(len(line) + 1 for line in lines[:begins]) if begins else len(text)
