"""A file → its raw tables. The content decides what it is, never the suffix."""

import io
import zipfile
from pathlib import Path

import polars as pl

from ecodash.ingest import unreadable
from ecodash.ingest.mapping import LoadOptions
from ecodash.ingest.markup import read_markup
from ecodash.ingest.panics import panics_as_damage
from ecodash.ingest.raw import RawTable
from ecodash.ingest.read_text import read_text
from ecodash.ingest.sniff import HEAD_BYTES, Kind, refused_name, sniff
from ecodash.ingest.workbook import read_xls, read_xlsx
from ecodash.ingest.zip_guard import NO_ARCHIVE
from ecodash.ingest.zip_members import gzip_member, is_workbook, zip_members

_BYTES_PER_ROW = 8_000
_LEAST_HEAD = 1 << 20


def read(
    path: Path, *, name: str | None = None, limit: int | None = None, options: LoadOptions | None = None
) -> list[RawTable]:
    """Every table of a file: one of a text, one per filled sheet, those of every file in an archive.

    ``name`` is what the user calls the file; ``limit`` reads only so many rows of each table, and of a text only its
    head, so that a file of any size is recognised at once. ``options`` fix encoding, delimiter or sheet.
    Raises UnreadableFile when no reader can open it: damaged, encrypted, hostile, empty, or no table at all.
    """
    file = name or path.name
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    kind = sniff(head)
    if kind is Kind.ZIP and not _holds_workbook(path, file):
        tables = _read_archive(path, file, limit=limit, options=options)
    elif kind is Kind.GZIP:
        member = gzip_member(path, file, limit=_head_bytes(limit))
        tables = _read_bytes(member.data, file, limit=limit, options=options, complete=member.complete)
    else:
        most = _head_bytes(limit) if kind is Kind.TEXT else None
        with path.open("rb") as stream:
            data = stream.read(-1 if most is None else most)
            complete = not stream.read(1)
        tables = _read_bytes(data, file, limit=limit, options=options, complete=complete)
    return _chosen(tables, options, file)


def _head_bytes(limit: int | None) -> int | None:
    return None if limit is None else max(_LEAST_HEAD, limit * _BYTES_PER_ROW)


def _holds_workbook(path: Path, file: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return is_workbook(archive)
    except NO_ARCHIVE as error:
        raise unreadable.damaged(file, "ZIP", str(error)) from error


def _read_archive(path: Path, file: str, *, limit: int | None, options: LoadOptions | None) -> list[RawTable]:
    tables: list[RawTable] = []
    for member in zip_members(path, file):
        kind = sniff(member.data[:HEAD_BYTES])
        nested = kind is Kind.GZIP or (kind is Kind.ZIP and not _is_xlsx(member.data))
        if kind in (Kind.EMPTY, Kind.OTHER) or nested:
            continue
        tables += _read_bytes(member.data, f"{file} › {member.name}", limit=limit, options=options)
    if not tables:
        raise unreadable.no_table(file)
    return tables


def _is_xlsx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return is_workbook(archive)
    except NO_ARCHIVE:
        return False


def _read_bytes(
    data: bytes, file: str, *, limit: int | None, options: LoadOptions | None, complete: bool = True
) -> list[RawTable]:
    match sniff(data[:HEAD_BYTES]):
        case Kind.EMPTY:
            raise unreadable.empty(file)
        case Kind.TEXT:
            return [read_text(data, file, options=options, limit=limit, complete=complete)]
        case Kind.ZIP if _is_xlsx(data):
            return read_xlsx(data, file, limit=limit)
        case Kind.OLE:
            return read_xls(data, file, limit=limit)
        case Kind.HTML | Kind.XML as kind:
            return read_markup(data, file, kind.value)
        case Kind.PARQUET:
            return [_read_parquet(data, file, limit)]
        case _:
            raise unreadable.other_kind(file, refused_name(data[:16]) or "ZIP")


def _read_parquet(data: bytes, file: str, limit: int | None) -> RawTable:
    """Column names become file row 1; nested values are written as JSON, times as ISO text."""
    try:
        with panics_as_damage(file, "Parquet"):
            frame = pl.read_parquet(io.BytesIO(data), n_rows=limit)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise unreadable.damaged(file, "Parquet", str(error).splitlines()[0][:120]) from error
    if not frame.width:
        raise unreadable.no_table(file)
    cells = frame.select(_as_text(frame[name]) for name in frame.columns)
    names = pl.DataFrame({name: [name] for name in frame.columns}, schema=cells.schema)
    grid = pl.concat([names, cells])
    grid = grid.rename({name: f"c{i}" for i, name in enumerate(grid.columns)})
    return RawTable(file=file, grid=grid, kind="parquet", complete=limit is None)


def _as_text(column: pl.Series) -> pl.Series:
    if column.dtype.is_nested():
        whole = pl.DataFrame({"cell": column}).select(pl.struct("cell").struct.json_encode()).to_series()
        words = whole.str.strip_prefix('{"cell":').str.strip_suffix("}")
        return words.set(column.is_null(), None).alias(column.name)
    if isinstance(column.dtype, pl.Datetime):
        return column.dt.replace_time_zone(None).dt.to_string("%Y-%m-%d %H:%M:%S")
    return column.cast(pl.String, strict=False)


def _chosen(tables: list[RawTable], options: LoadOptions | None, file: str) -> list[RawTable]:
    """Only the sheet or member asked for, when one was."""
    if not tables:
        raise unreadable.no_table(file)
    if options is None or options.sheet is None:
        return tables
    return [table for table in tables if table.file.split(" › ")[-1] == options.sheet] or tables
