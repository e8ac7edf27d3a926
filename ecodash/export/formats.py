"""The file formats a table can leave in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ecodash.export.table import Table
from ecodash.i18n import Reader


@dataclass(frozen=True, kw_only=True)
class FileFormat:
    """One format: file suffix, media type and the function that writes it."""

    suffix: str
    media_type: str
    write: Callable[[Table, Reader], bytes]


def csv_bytes(table: Table, reader: Reader) -> bytes:
    """UTF-8 with BOM; zero rows keep the header; no cell can start a formula."""
    return b""


def xlsx_bytes(table: Table, reader: Reader) -> bytes:
    """A sheet with the table and a sheet with its definitions; numbers are numbers."""
    return b""


def json_bytes(table: Table, reader: Reader) -> bytes:
    """``{"title", "columns", "rows", "notes"}``; full precision."""
    return b""


FORMATS: Mapping[str, FileFormat] = {
    "csv": FileFormat(suffix="csv", media_type="text/csv", write=csv_bytes),
    "xlsx": FileFormat(
        suffix="xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write=xlsx_bytes,
    ),
    "json": FileFormat(suffix="json", media_type="application/json", write=json_bytes),
}
