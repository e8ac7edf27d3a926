"""How much an archive really unpacks to, counted without believing what it says about itself."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ecodash.ingest import unreadable

MAX_FILES = 50
MAX_BYTES = 4 << 30
MAX_RATIO = 200
_FREE_BYTES = 1 << 20
_CHUNK = 1 << 18
_OVERLAP = 64
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
# What Python's reader raises on a damaged table of contents.
NO_ARCHIVE = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError, struct.error)


def allowance(packed: int) -> int:
    """The most bytes that ``packed`` bytes may unpack to."""
    return min(MAX_BYTES, MAX_RATIO * packed + _FREE_BYTES)


def unpack(stream: BinaryIO, member: zipfile.ZipInfo, *, file: str, most: int) -> Iterator[bytes]:
    """The content of one member in pieces; raises UnreadableFile as soon as it exceeds ``most`` bytes.

    Reads the packed bytes itself: the size an archive states is an attacker's to choose.
    """
    if member.flag_bits & _ENCRYPTED:
        raise unreadable.encrypted(file)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise unreadable.damaged(file, "ZIP", f"method {member.compress_type}")
    try:
        stream.seek(member.header_offset)
    except (ValueError, OSError) as error:
        raise unreadable.damaged(file, "ZIP", str(error)) from error
    header = stream.read(30)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise unreadable.damaged(file, "ZIP", "header")
    _, name_length, extra_length = _LOCAL_HEADER.unpack(header[: _LOCAL_HEADER.size])
    stream.seek(name_length + extra_length, 1)
    packed = _packed(stream, member.compress_size)
    pieces = packed if member.compress_type == zipfile.ZIP_STORED else _inflate(packed, file)
    yield from within(pieces, most=most, file=file)


def _packed(stream: BinaryIO, size: int) -> Iterator[bytes]:
    left = size
    while left > 0 and (piece := stream.read(min(_CHUNK, left))):
        left -= len(piece)
        yield piece


def _inflate(packed: Iterator[bytes], file: str) -> Iterator[bytes]:
    engine = zlib.decompressobj(-15)
    try:
        for piece in packed:
            waiting = piece
            while waiting:
                yield engine.decompress(waiting, _CHUNK)
                waiting = engine.unconsumed_tail
        yield engine.flush()
    except zlib.error as error:
        raise unreadable.damaged(file, "ZIP", str(error)) from error


def within(pieces: Iterator[bytes], *, most: int, file: str) -> Iterator[bytes]:
    """The same pieces; raises UnreadableFile once together they exceed ``most`` bytes."""
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > most:
            raise unreadable.too_large(file, f"{most:,} B")
        yield piece


def overlapping(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Every piece with the end of the one before, so that nothing short is cut in two."""
    tail = b""
    for piece in pieces:
        yield tail + piece
        tail = piece[-_OVERLAP:]


def watch(pieces: Iterator[bytes], see: Callable[[bytes], None]) -> int:
    """Hand every piece, with the end of the one before, to ``see``; keeps nothing and says how many bytes it were."""
    tail, total = b"", 0
    for piece in pieces:
        see(tail + piece)
        tail = piece[-_OVERLAP:]
        total += len(piece)
    return total
