"""Whether a binary workbook can be given to a reader: its sector chains end, its cells do not reach too far.

A chain that runs in a circle would be followed for ever. Source of the layout: [MS-CFB] and [MS-XLS].
"""

import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecodash.ingest import unreadable
from ecodash.ingest.workbook_size import check_size

_HEADER = 512
_TABLES_IN_HEADER = 109
_SECTOR_SHIFTS = (9, 12)
_LAST_REGULAR = 0xFFFFFFFA
_ENTRY = 128
_STREAMS = ("Workbook", "Book")
_MINI_SECTOR, _MINI_STREAM_BELOW = 64, 4096
_CELL_RECORDS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
_SEVERAL_CELLS = frozenset({0x00BD, 0x00BE})
_MOST_COLUMNS = 256

Sectors = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class _Container:
    """An OLE file with the table that names, for every sector, the one after it."""

    data: bytes
    size: int
    table: Sectors

    def sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def chain(self, start: int) -> bytes:
        """The sectors from ``start`` on; ends where the table ends."""
        parts: list[bytes] = []
        while start < len(self.table) and len(parts) <= len(self.table):
            parts.append(self.sector(start))
            start = int(self.table[start])
        return b"".join(parts)


def check_binary(data: bytes, file: str) -> None:
    """Raises UnreadableFile when the container is damaged, runs in circles, or its cells reach too far."""
    try:
        container = _container(data)
        mini = _numbers(container.chain(struct.unpack_from("<L", data, 60)[0]))
        if _has_circle(container.table) or _has_circle(mini):
            raise unreadable.damaged(file, "XLS", "circular sector chain")
        rows, columns, cells = _reach(_stream(container, mini))
    except (struct.error, ValueError, IndexError) as error:
        raise unreadable.damaged(file, "XLS", str(error)) from error
    if columns > _MOST_COLUMNS:
        raise unreadable.damaged(file, "XLS", f"column {columns}")
    check_size(rows, columns, cells=cells, file=file)


def _numbers(piece: bytes) -> Sectors:
    return np.frombuffer(piece[: len(piece) // 4 * 4], dtype="<u4")


def _container(data: bytes) -> _Container:
    (shift,) = struct.unpack_from("<H", data, 30)
    if len(data) < _HEADER or shift not in _SECTOR_SHIFTS:
        raise ValueError("header")
    bare = _Container(data, 1 << shift, _numbers(b""))
    places = list(struct.unpack_from(f"<{_TABLES_IN_HEADER}L", data, 76))
    (further,) = struct.unpack_from("<L", data, 68)
    seen: set[int] = set()
    while further < _LAST_REGULAR:
        if further in seen:
            raise ValueError("circular table of tables")
        seen.add(further)
        piece = _numbers(bare.sector(further)).tolist()
        places += piece[:-1]
        further = piece[-1]
    table = b"".join(bare.sector(place) for place in places if place < _LAST_REGULAR)
    return _Container(data, bare.size, _numbers(table))


def _has_circle(table: Sectors) -> bool:
    """Whether any walk through the table never leaves it: steps are doubled until all walks must have ended."""
    end = len(table)
    steps = np.append(np.minimum(table.astype(np.int64), end), end)
    for _ in range(max(end, 1).bit_length() + 1):
        steps = steps[steps]
    return bool(np.any(steps != end))


def _stream(container: _Container, mini: Sectors) -> bytes:
    """The bytes of the workbook inside the container; none when there is no such stream."""
    directory = container.chain(struct.unpack_from("<L", container.data, 48)[0])
    places: dict[str, tuple[int, int]] = {}
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        name = directory[at : at + 64].decode("utf-16-le", errors="replace").split("\0")[0]
        places.setdefault("" if at == 0 else name, struct.unpack_from("<LL", directory, at + 116))
    start, size = next((places[name] for name in _STREAMS if name in places), (_LAST_REGULAR, 0))
    if size >= _MINI_STREAM_BELOW:
        return container.chain(start)[:size]
    small = container.chain(places.get("", (_LAST_REGULAR, 0))[0])
    parts: list[bytes] = []
    while start < len(mini) and len(parts) <= len(mini):
        parts.append(small[start * _MINI_SECTOR : (start + 1) * _MINI_SECTOR])
        start = int(mini[start])
    return b"".join(parts)[:size]


def _reach(stream: bytes) -> tuple[int, int, int]:
    """Rows, columns and cells of all sheets together."""
    at = rows = columns = cells = 0
    end = len(stream) - 4
    while at <= end:
        kind, length = stream[at] | stream[at + 1] << 8, stream[at + 2] | stream[at + 3] << 8
        if kind in _CELL_RECORDS and length >= 6 and at + 8 <= len(stream):  # noqa: PLR2004
            row, column = struct.unpack_from("<HH", stream, at + 4)
            if kind in _SEVERAL_CELLS and at + 4 + length <= len(stream):
                (column,) = struct.unpack_from("<H", stream, at + 2 + length)
            rows, columns, cells = max(rows, row + 1), max(columns, column + 1), cells + 1
        at += 4 + length
    return rows, columns, cells
