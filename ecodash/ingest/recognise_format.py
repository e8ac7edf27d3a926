"""Which known export a set of headers is, and which one it nearly is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ecodash.core.schema import TABLES
from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.export_format import Format
from ecodash.ingest.headers import header_key, split_unit, unique_names

_DOUBT = 0.3
_NEAR = 0.5


@dataclass(frozen=True, kw_only=True)
class Match:
    """One format held against a header row: signature headers that are missing, share of the row it knows (0 … 1)."""

    format: Format
    missing: tuple[str, ...]
    coverage: float

    @property
    def rank(self) -> tuple[int, float]:
        """The longest signature first, then the larger share of known headers."""
        return len(self.format.signature), self.coverage


@cache
def _keys(format_id: str) -> frozenset[str]:
    export = FORMATS[format_id]
    names = (*unique_names(export.headers), *export.headers, *export.alt_headers)
    return frozenset(_bare(header_key(name)) for name in names)


def _bare(key: str) -> str:
    return split_unit(key)[0]


def find_format(headers: Sequence[str | None]) -> Match | None:
    """The known export with these headers; None when there is none or another one is clearly closer but damaged.

    A short signature (campaign, ad group, impressions) can be met by the damaged file of another format: a match
    that knows far fewer of the headers than a near miss does is no match.
    """
    matches = _held_against(headers)
    full = [match for match in matches if not match.missing]
    if not full:
        return None
    best = max(full, key=lambda match: match.rank)
    doubtful = any(len(m.missing) == 1 and m.coverage > best.coverage + _DOUBT for m in matches)
    return None if doubtful else best


def nearest_format(rows: Iterable[Sequence[str | None]]) -> Match | None:
    """The known export that comes closest in any of the rows: at least half of its signature is there."""
    matches = [match for row in rows for match in _held_against(row)]
    near = [m for m in matches if len(m.missing) <= len(m.format.signature) * _NEAR]
    return max(near, key=lambda m: (m.coverage - len(m.missing) / len(m.format.signature), m.rank), default=None)


def hold_against(format_id: str, headers: Sequence[str | None]) -> Match:
    """One given format held against the headers; raises KeyError for an unknown id."""
    return _match(FORMATS[format_id], frozenset(_bare(header_key(name)) for name in headers) - {""})


def _held_against(headers: Sequence[str | None]) -> list[Match]:
    keys = frozenset(_bare(header_key(name)) for name in headers) - {""}
    if not keys:
        return []
    found = [_match(export, keys) for export in FORMATS.values() if not _excluded(export, keys)]
    return [match for match in found if len(match.missing) < len(match.format.signature)]


def _excluded(export: Format, keys: frozenset[str]) -> bool:
    return any(_bare(header_key(name)) in keys for name in export.signature_exclude)


def _match(export: Format, keys: frozenset[str]) -> Match:
    missing = tuple(name for name in export.signature if _bare(header_key(name)) not in keys)
    return Match(format=export, missing=missing, coverage=len(keys & _keys(export.id)) / max(len(keys), 1))


def format_columns(export: Format, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Canonical field → names of this file, in the format's order of preference; absent columns are left out."""
    exact = {header_key(name): name for name in reversed(names) if name}
    bare = {_bare(header_key(name)): name for name in reversed(names) if name}
    columns: dict[str, tuple[str, ...]] = {}
    for field, headers in export.columns.items():
        found = (exact.get(header_key(h)) or bare.get(_bare(header_key(h))) for h in headers)
        present = tuple(dict.fromkeys(name for name in found if name is not None))
        if present:
            columns[field] = present
    return columns


def canonical_table(headers: Sequence[str | None]) -> str | None:
    """The canonical table whose own column names these headers are; its required ones must be there.

    Names are compared as they are: this is our own layout, not somebody's export. Among several tables the one that
    is most complete.
    """
    names = {(name or "").strip().lstrip("\ufeff") for name in headers} - {""}
    fitting: Mapping[str, float] = {
        table.name: len(names) / len(table.columns)
        for table in TABLES.values()
        if len(names) > 1
        and names <= set(table.column_names)
        and {column.name for column in table.columns if column.required} | {table.key[0]} <= names
    }
    return max(fitting, key=lambda name: fitting[name], default=None)
