"""A table as it leaves the house: a frame, what its columns are called and mean, and the notes that go with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import polars as pl

from ecodash.core.period import Period
from ecodash.core.unit import Unit

Place = tuple[int, str]
"""A cell: row of the frame (from 0) and column name."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its name in the frame, its heading for readers, and the unit numbers are in (None for text, dates).

    Numbers are in base units as everywhere above the engine: money in the currency, a ratio between 0 and 1.
    """

    name: str
    heading: str
    unit: Unit | None = None


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What one metric of the table means, already in the reader's language."""

    name: str
    meaning: str
    formula: str
    identifier: str


@dataclass(frozen=True, kw_only=True)
class LoadedFile:
    """A file the numbers rest on: its name, the SHA-256 of its bytes, and when it was loaded (business zone)."""

    file: str
    sha256: str
    loaded: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Notes:
    """What a reader must know a year later: definitions, filters, window, coverage and the loads it rests on.

    ``as_of`` says in words as known when, where later loads are left out; ``loads`` are in the order they were made.
    """

    definitions: tuple[Definition, ...] = ()
    filters: tuple[str, ...] = ()
    window: Period | None = None
    as_of: str = ""
    coverage: float | None = None
    loads: tuple[LoadedFile, ...] = ()
    made: datetime | None = None
    remarks: tuple[str, ...] = ()

    @property
    def load_hash(self) -> str:
        """One SHA-256 for all loads in their order: two files with the same one rest on the same data. Empty without."""
        if not self.loads:
            return ""
        return sha256("\n".join(load.sha256 for load in self.loads).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A frame to export; ``columns`` gives order and headings, columns of the frame not named there are left out.

    ``words`` stand in cells that have no value ("not due yet"); ``starred`` cells rest on too few cases.
    """

    title: str
    frame: pl.DataFrame
    columns: Sequence[Column]
    notes: Notes = Notes()
    words: Mapping[Place, str] = field(default_factory=dict)
    starred: frozenset[Place] = frozenset()
