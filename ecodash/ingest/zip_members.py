"""The tables inside an archive: names decoded, paths ignored, nested archives left alone."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ecodash.ingest import unreadable
from ecodash.ingest.zip_guard import MAX_FILES, allowance, unpack, within

_UTF8_NAME = 0x800
_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file of an archive: its bare name and its content (the first ``limit`` bytes when a limit was given)."""

    name: str
    data: bytes
    complete: bool


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is a workbook (xlsx, xlsb, ods) rather than a folder of files."""
    names = set(archive.namelist())
    return "[Content_Types].xml" in names or ("mimetype" in names and "content.xml" in names)


def member_name(info: zipfile.ZipInfo) -> str:
    """The bare name of a member; names of Chinese Windows programs are GBK without saying so."""
    name = info.filename if info.flag_bits & _UTF8_NAME else _redecoded(info.orig_filename)
    return PurePosixPath(name.replace("\\", "/")).name


def _redecoded(name: str) -> str:
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return name


def table_members(archive: zipfile.ZipFile, file: str) -> list[zipfile.ZipInfo]:
    """The members that may hold tables: no folders, no hidden or system files. More than 50 are refused."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_FILES:
        raise unreadable.too_many(file, MAX_FILES)
    return [
        info for info in infos if not info.filename.startswith("__MACOSX/") and member_name(info)[:1] not in (".", "")
    ]


def zip_members(path: Path, file: str, *, limit: int | None = None) -> Iterator[Member]:
    """Every file of a ZIP, in archive order; together they may not exceed the allowance of the archive."""
    left = allowance(path.stat().st_size)
    with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
        for info in table_members(archive, file):
            with path.open("rb") as own:
                data, complete = _collect(unpack(own, info, file=file, most=left), limit)
            left -= len(data)
            yield Member(name=member_name(info), data=data, complete=complete)


def gzip_member(path: Path, file: str, *, limit: int | None = None) -> Member:
    """The one file inside a ``.gz``; it has the name of the archive."""
    try:
        with gzip.open(path, "rb") as stream:
            pieces = within(_pieces(stream), most=allowance(path.stat().st_size), file=file)
            data, complete = _collect(pieces, limit)
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable.damaged(file, "GZIP", str(error)) from error
    return Member(name=file, data=data, complete=complete)


def _pieces(stream: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece


def _collect(pieces: Iterator[bytes], limit: int | None) -> tuple[bytes, bool]:
    """The pieces joined; stops after ``limit`` bytes and says whether that was all."""
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if limit is not None and size > limit:
            return b"".join(kept)[:limit], False
    return b"".join(kept), True
