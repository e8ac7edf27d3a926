"""Which keys of a fact a change touches, and the rows of its inputs that carry them. All inside one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from ecodash.store.answers import first_row
from ecodash.store.frames import FactSpec, ReadSpec
from ecodash.store.loading import Change
from ecodash.store.tables import PROVENANCE, quoted

FACT = "fact."
TOUCHED = "touched"
"""Temporary table of the keys of the fact that is being refreshed, one column ``key``, never null."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What happened to one input: its touched rows before and after (tables, or SQL in brackets); ``whole``: rebuilt."""

    before: str = ""
    after: str = ""
    whole: bool = False

    def keys(self, column: str) -> str:
        """SQL: the values of ``column`` on either side. A row read anew counts as touched, whatever it says."""
        return f'SELECT "{column}" AS key FROM {self.before} UNION ALL SELECT "{column}" AS key FROM {self.after}'

    def content(self) -> str:
        """SQL: rows that are on one side only, without regard to where they were read."""
        columns = f"* EXCLUDE ({quoted(*PROVENANCE)})"
        old, new = f"SELECT {columns} FROM {self.before}", f"SELECT {columns} FROM {self.after}"
        return f"(({old}) EXCEPT ({new})) UNION ALL (({new}) EXCEPT ({old}))"


def by_table(changes: Sequence[Change]) -> dict[str, Difference]:
    """Canonical table → what all changes together did to it. Rows between two changes count as touched too."""
    found: dict[str, Difference] = {}
    for change in changes:
        name, before, after = change.table.name, change.before, change.after
        if name in found:
            before, after = _both(found[name].before, before), _both(found[name].after, after)
        found[name] = Difference(before=before, after=after)
    return found


def _both(one: str, other: str) -> str:
    return f"(SELECT * FROM {one} UNION ALL SELECT * FROM {other})"


def place_of(name: str) -> str:
    """The table in DuckDB that holds the input ``name``."""
    return f"facts.{name.removeprefix(FACT)}" if name.startswith(FACT) else f"current.{name}"


def find_touched(cursor: duckdb.DuckDBPyConnection, fact: FactSpec, differences: Mapping[str, Difference]) -> bool:
    """Fill ``TOUCHED`` with the keys of ``fact`` to rebuild; False when it must be built whole."""
    sources = []
    for read in fact.reads:
        difference = differences.get(read.name)
        if difference is None:
            continue
        if difference.whole:
            return False
        if read.key is not None:
            sources.append(difference.keys(read.key))
        elif read.via is not None:
            sources.append(_keys_via(fact, read, difference))
        elif first_row(cursor, f"SELECT 1 FROM ({difference.content()}) LIMIT 1"):
            return False
    union = " UNION ALL ".join(sources) or "SELECT NULL AS key WHERE false"
    keys = f"SELECT DISTINCT key FROM ({union}) WHERE key IS NOT NULL"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {TOUCHED} AS {keys}")
    return True


def _keys_via(fact: FactSpec, read: ReadSpec, difference: Difference) -> str:
    """SQL: keys that the changed rows of an input without key lead to, through another input."""
    through = next(other for other in fact.reads if other.name == read.via)
    return (
        f'SELECT v."{through.key}" AS key FROM {place_of(through.name)} v WHERE v."{read.via_column or read.column}" IN '
        f'(SELECT "{read.column}" FROM ({difference.content()}))'
    )


@dataclass
class SharedRows:
    """Rows of large inputs with touched keys, fetched once for all facts that ask for the same keys.

    Looking up the orders of fifty thousand customers means reading a column of ids from end to end. ``Read.columns``
    marks the inputs for which that is shared.
    """

    cursor: duckdb.DuckDBPyConnection
    facts: Sequence[FactSpec]
    fetched: set[str] = field(default_factory=set)

    def fetch(self, fact: FactSpec) -> None:
        """Have the rows of ``TOUCHED`` ready for every such input of ``fact``."""
        for read in fact.reads:
            if read.columns and not self._has(shared_name(read)):
                self._fetch(read)

    def _has(self, name: str) -> bool:
        """Whether the rows fetched before are those of all touched keys."""
        missing = f"SELECT 1 FROM {TOUCHED} ANTI JOIN keys_of_{name} USING (key) LIMIT 1"
        return name in self.fetched and first_row(self.cursor, missing) is None

    def _fetch(self, read: ReadSpec) -> None:
        name = shared_name(read)
        alike = [r for fact in self.facts for r in fact.reads if (r.name, r.key) == (read.name, read.key)]
        columns = dict.fromkeys(column for r in alike for column in r.columns)
        self.cursor.execute(f"CREATE OR REPLACE TEMP TABLE keys_of_{name} AS FROM {TOUCHED}")
        self.cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {quoted(*columns)} FROM {place_of(read.name)} i "
            f'SEMI JOIN {TOUCHED} k ON i."{read.key}" = k.key'
        )
        self.fetched.add(name)


def shared_name(read: ReadSpec) -> str:
    """The temporary table with the shared rows of an input."""
    return f"rows_{read.name.removeprefix(FACT)}_by_{read.key}"


def touched_rows(read: ReadSpec) -> str:
    """SQL: the rows of an input that ``build`` is handed for the touched keys."""
    place = shared_name(read) if read.columns else place_of(read.name)
    return f'SELECT * FROM {place} i SEMI JOIN {TOUCHED} k ON i."{read.key}" = k.key'
