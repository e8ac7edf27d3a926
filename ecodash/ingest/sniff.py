"""What a file is, decided by its first bytes; the suffix is never believed."""

import re
from dataclasses import dataclass
from enum import StrEnum

HEAD_BYTES = 64 * 1024

_HTML = re.compile(rb"<(!doctype html|html|table|head|meta|body|div|style)\b", re.IGNORECASE)
_SPREADSHEET_ML = re.compile(
    rb"<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet|<workbook\b", re.IGNORECASE
)
_JSON = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]\d])")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    """Kinds of content a reader exists for, and those that are refused by name."""

    TEXT = "text"
    ZIP = "zip"
    OLE = "ole"
    HTML = "html"
    XML = "xml"
    PARQUET = "parquet"
    GZIP = "gzip"
    EMPTY = "empty"
    OTHER = "other"


@dataclass(frozen=True)
class Refused:
    """A kind of file that is recognised only to be refused with a helpful word."""

    magic: bytes
    name: str


REFUSED: tuple[Refused, ...] = (
    Refused(b"%PDF", "PDF"),
    Refused(b"Rar!\x1a\x07", "RAR"),
    Refused(b"7z\xbc\xaf\x27\x1c", "7z"),
    Refused(b"\x89PNG", "PNG"),
    Refused(b"\xff\xd8\xff", "JPEG"),
    Refused(b"GIF8", "GIF"),
    Refused(b"MZ", "EXE"),
    Refused(b"\x7fELF", "ELF"),
    Refused(b"SQLite format 3\x00", "SQLite"),
    Refused(b"BZh", "bzip2"),
    Refused(b"\xfd7zXZ\x00", "xz"),
    Refused(b"\x28\xb5\x2f\xfd", "zstd"),
    Refused(b"{\\rtf", "RTF"),
)


def sniff(head: bytes) -> Kind:
    """The kind of a file from its first ``HEAD_BYTES`` bytes."""
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Kind.EMPTY
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return Kind.ZIP
    for magic, kind in ((_OLE, Kind.OLE), (b"PAR1", Kind.PARQUET), (b"\x1f\x8b", Kind.GZIP)):
        if head.startswith(magic):
            return kind
    if refused_name(head) is not None:
        return Kind.OTHER
    return _sniff_markup(head)


def _sniff_markup(head: bytes) -> Kind:
    plain = head[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not plain.startswith(b"<"):
        return Kind.TEXT
    if _SPREADSHEET_ML.search(plain):
        return Kind.XML
    if _HTML.search(plain):
        return Kind.HTML
    return Kind.XML if plain.startswith(b"<?xml") else Kind.TEXT


def refused_name(head: bytes) -> str | None:
    """The name of a kind that is never read (PDF, RAR …), None for anything else."""
    name = next((refused.name for refused in REFUSED if head.startswith(refused.magic)), None)
    return name or ("JSON" if _JSON.match(head) else None)
