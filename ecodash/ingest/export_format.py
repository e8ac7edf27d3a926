"""One known export, as declared in the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ecodash.ingest.switches import Switches


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How the file is written: kinds, delimiters and encodings in order of likelihood; rows above the header."""

    kinds: tuple[str, ...]
    delimiters: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ()
    preamble_rows: int = 0
    sheets: tuple[str, ...] = ()
    filename_pattern: str | None = None


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """How numbers are written. ``percent``: ``sign`` (3.33%), ``fraction`` (0.0333), ``points`` (3.33) or None.

    ``decimal_comma``: some files of the format use a decimal comma; decide per column.
    """

    thousands: str = ","
    decimal: str = "."
    strip: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ("",)
    percent: str | None = None
    decimal_comma: bool = False


@dataclass(frozen=True, kw_only=True)
class Statuses:
    """Status words of the platform by class, and the headers they stand in.

    ``match``: ``exact`` (after full-width punctuation is unified), ``prefix``, or ``slug`` (lower case, blanks and
    hyphens equal, an optional ``wc-`` in front).
    """

    column: str | None = None
    refund_column: str | None = None
    match: str = "exact"
    pending: tuple[str, ...] = ()
    valid: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    refunded: tuple[str, ...] = ()
    fulfilment: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Format:
    """One export layout of one platform.

    ``headers`` are the column names in export order, ``alt_headers`` names other versions of the export have.
    A file is this format when all of ``signature`` and none of ``signature_exclude`` are among its headers.
    ``columns``: canonical field → headers in order of preference; an empty tuple says the file has no such column.
    ``order_level_repeated``: fields that hold the order's value on every line. ``derived``: field → rule in words.
    ``personal`` and ``id_columns`` are headers. ``timezone`` is an IANA name or None, ``currency`` an ISO code or None.
    ``report`` is the platform's own name of the export.
    """

    id: str
    platform: str
    report: str
    entity: str
    grain: str
    layout: Layout
    headers: tuple[str, ...]
    headers_order: str
    signature: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    alt_headers: tuple[str, ...] = ()
    signature_exclude: tuple[str, ...] = ()
    order_level_repeated: tuple[str, ...] = ()
    derived: Mapping[str, str] = field(default_factory=dict)
    personal: tuple[str, ...] = ()
    id_columns: tuple[str, ...] = ()
    date_formats: tuple[str, ...] = ()
    timezone: str | None = None
    currency: str | None = None
    numbers: Numbers = field(default_factory=Numbers)
    statuses: Statuses = field(default_factory=Statuses)
    switches: Switches = field(default_factory=Switches)
    confidence: str = ""
