"""The file formats a table can leave in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ecodash.export.table import Table
from ecodash.export.text import csv_bytes, json_bytes
from ecodash.export.workbook import xlsx_bytes
from ecodash.i18n import Reader


@dataclass(frozen=True, kw_only=True)
class FileFormat:
    """One format: file suffix, media type and the function that writes it."""

    suffix: str
    media_type: str
    write: Callable[[Table, Reader], bytes]


FORMATS: Mapping[str, FileFormat] = {
    "csv": FileFormat(suffix="csv", media_type="text/csv", write=csv_bytes),
    "xlsx": FileFormat(
        suffix="xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write=xlsx_bytes,
    ),
    "json": FileFormat(suffix="json", media_type="application/json", write=json_bytes),
}
