"""What a load is, before and after: its source, its counts, its place in the history."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from ecodash.core.period import Period
from ecodash.store.frames import Rows


@dataclass(frozen=True, kw_only=True)
class LoadSource:
    """Where the rows of a load come from and what was made of them.

    ``settings`` are the choices that decide what is read out of the file (mapping, zone, sheet or member …): the same
    bytes with the same ``format``, ``entity`` and ``settings`` are the same load. ``read``, ``kept`` and ``rejected``
    count rows of the file; ``period`` is in the business zone.
    """

    file: str
    sha256: str
    bytes: int
    entity: str
    format: str | None = None
    settings: Mapping[str, object] = field(default_factory=dict)
    read: int = 0
    kept: int = 0
    rejected: int = 0
    period: Period | None = None
    encoding: str | None = None
    currency: str | None = None
    zone: str | None = None

    @property
    def settings_json(self) -> str:
        """The settings as JSON with sorted keys."""
        return json.dumps(dict(self.settings), sort_keys=True, ensure_ascii=False, default=str)

    @property
    def options_key(self) -> str:
        """Short print of format, entity and settings; with the SHA-256 of the file it identifies a load."""
        return options_key(format=self.format, entity=self.entity, settings=self.settings)


def options_key(*, format: str | None, entity: str, settings: Mapping[str, object]) -> str:
    """The ``options_key`` that a source with these choices has."""
    words = json.dumps([format, entity, dict(settings)], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Part:
    """The canonical rows that one part of a file brought, and how its own rows fared.

    ``tables`` hold columns of the canonical tables and ``row_no`` (row of the file); ``read``, ``kept`` and ``rejected``
    count rows of the file, ``rejects`` has one row per refused cell or row, ``period`` its first and last day.
    """

    tables: Mapping[str, Rows]
    rejects: pl.DataFrame | None = None
    period: Period | None = None
    read: int = 0
    kept: int = 0
    rejected: int = 0


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What a load did to one canonical table, in rows.

    ``rows`` merge keys came in: ``new`` ones, ``changed`` ones (at least one value differs now) and ``unchanged`` ones.
    ``duplicates`` further rows of the load repeated a key; ``conflicts`` keys were repeated with different values.
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    conflicts: int = 0

    @property
    def overlap(self) -> int:
        """Keys that were there before."""
        return self.changed + self.unchanged


@dataclass(frozen=True, kw_only=True)
class Load:
    """One load of the history. ``active`` is False while it is taken back. ``loaded_at`` is UTC."""

    load_id: int
    file: str
    sha256: str
    bytes: int
    format: str | None
    entity: str
    settings: Mapping[str, object]
    loaded_at: datetime
    read: int
    kept: int
    rejected: int
    duplicates: int
    new: int
    changed: int
    unchanged: int
    overlap: int
    period: Period | None
    encoding: str | None
    currency: str | None
    zone: str | None
    active: bool


@dataclass(frozen=True, kw_only=True)
class LoadResult:
    """What a load did. ``already_loaded``: the same file was loaded before and nothing was done now.

    ``new``, ``changed``, ``unchanged``, ``overlap`` and ``duplicates`` are those of the table the file is about;
    ``by_table`` has them for every canonical table.
    """

    load_id: int
    already_loaded: bool
    kept: int
    rejected: int
    new: int
    changed: int
    unchanged: int
    overlap: int
    duplicates: int
    by_table: Mapping[str, Counts] = field(default_factory=dict)

    @classmethod
    def of(cls, source: LoadSource, load_id: int, main: Counts, by_table: Mapping[str, Counts]) -> "LoadResult":
        """The result of a load that was just made; ``main`` are the counts of the table it is about."""
        return cls(
            load_id=load_id,
            already_loaded=False,
            kept=source.kept,
            rejected=source.rejected,
            new=main.new,
            changed=main.changed,
            unchanged=main.unchanged,
            overlap=main.overlap,
            duplicates=main.duplicates,
            by_table=by_table,
        )

    @classmethod
    def repeated(cls, load: Load) -> "LoadResult":
        """The result of loading a file again: everything is there, nothing changes."""
        rows = load.new + load.changed + load.unchanged
        return cls(
            load_id=load.load_id,
            already_loaded=True,
            kept=load.kept,
            rejected=load.rejected,
            new=0,
            changed=0,
            unchanged=rows,
            overlap=rows,
            duplicates=load.duplicates,
        )
