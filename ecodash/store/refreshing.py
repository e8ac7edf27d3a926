"""Keep the fact tables equal to what their pipelines give on the current rows. Runs inside the load's transaction.

After a small load only the touched keys are rebuilt (``ecodash.facts.fact`` states the rule); after a large one, or when
a changed input leads to no keys, a fact is built whole. Both ways give the same rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import narwhals as nw

from ecodash import __version__
from ecodash.core.settings import Settings
from ecodash.store.answers import first_row, numbers
from ecodash.store.frames import FactSpec, Lazy, ReadSpec
from ecodash.store.loading import Change
from ecodash.store.tables import PROVENANCE, quoted, stored_type

FACT = "fact."
_LARGE_SHARE, _LARGE_ROWS = 0.3, 50_000
_QUERIES: dict[tuple[FactSpec, Settings, str | None], str] = {}
_COLUMNS: dict[tuple[FactSpec, Settings], str] = {}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What happened to one input: its touched rows before and after (temporary tables); ``whole``: rebuilt."""

    before: str = ""
    after: str = ""
    whole: bool = False

    def sql(self, *, provenance: bool) -> str:
        """SQL: rows that are on one side only, with or without regard to where they were read."""
        columns = "*" if provenance else f"* EXCLUDE ({quoted(*PROVENANCE)})"
        old, new = f"SELECT {columns} FROM {self.before}", f"SELECT {columns} FROM {self.after}"
        return f"(({old}) EXCEPT ({new})) UNION ALL (({new}) EXCEPT ({old}))"


def place_of(name: str) -> str:
    """The table in DuckDB that holds the input ``name``."""
    return f"facts.{name.removeprefix(FACT)}" if name.startswith(FACT) else f"current.{name}"


def build_all(cursor: duckdb.DuckDBPyConnection, facts: Sequence[FactSpec], settings: Settings) -> None:
    """Build every fact whole, in order."""
    cursor.execute("DELETE FROM fact_state")
    for fact in facts:
        _build_whole(cursor, fact, settings)
        cursor.execute("INSERT INTO fact_state VALUES (?, ?)", [fact.name, version(fact)])


def current(cursor: duckdb.DuckDBPyConnection, facts: Sequence[FactSpec]) -> bool:
    """Whether the fact tables in the file are those of this version of ecodash."""
    stored = cursor.execute("SELECT name, version FROM fact_state").fetchall()
    return sorted(stored) == sorted((fact.name, version(fact)) for fact in facts)


def version(fact: FactSpec) -> str:
    """Changes when the stored rows of a fact can no longer be trusted."""
    reads = ",".join(f"{read.name}:{read.key}" for read in fact.reads)
    return f"{__version__}|{fact.refresh_by}|{reads}"


def refresh(
    cursor: duckdb.DuckDBPyConnection, facts: Sequence[FactSpec], settings: Settings, changes: Sequence[Change]
) -> None:
    """Bring every fact up to date after ``changes`` of canonical tables."""
    if any(_is_large(cursor, change) for change in changes):
        build_all(cursor, facts, settings)
        return
    differences = {c.table.name: Difference(before=c.before, after=c.after) for c in changes}
    for fact in facts:
        difference = _refresh_one(cursor, fact, settings, differences)
        if difference is not None:
            differences[FACT + fact.name] = difference


def fitted(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The relation with 128-bit sums of 64-bit integers back in 64 bits. DuckDB raises when one does not fit."""
    columns = zip(relation.columns, relation.types, strict=True)
    return relation.project(
        ", ".join(f'CAST("{n}" AS BIGINT) AS "{n}"' if str(t) == "HUGEINT" else f'"{n}"' for n, t in columns)
    )


def native(frame: Lazy) -> duckdb.DuckDBPyRelation:
    """The DuckDB relation behind a lazy frame. Raises TypeError when another engine holds it."""
    relation = nw.to_native(frame)
    if not isinstance(relation, duckdb.DuckDBPyRelation):
        raise TypeError(f"a fact must stay lazy on DuckDB, this one is a {type(relation).__name__}")
    return relation


def _refresh_one(
    cursor: duckdb.DuckDBPyConnection, fact: FactSpec, settings: Settings, differences: Mapping[str, Difference]
) -> Difference | None:
    """Refresh one fact; what changed in it, or None when none of its inputs did."""
    relevant = [read for read in fact.reads if read.name in differences]
    if not relevant:
        return None
    touched = None if fact.refresh_by == "all" else _touched_keys(cursor, fact, differences)
    if touched is None:
        _build_whole(cursor, fact, settings)
        return Difference(whole=True)
    return _rebuild_keys(cursor, fact, settings, touched)


def _touched_keys(
    cursor: duckdb.DuckDBPyConnection, fact: FactSpec, differences: Mapping[str, Difference]
) -> str | None:
    """Temporary table with the keys of ``fact`` to rebuild; None when it must be built whole."""
    sources = []
    for read in fact.reads:
        difference = differences.get(read.name)
        if difference is None:
            continue
        if difference.whole:
            return None
        if read.key is not None:
            sources.append(f'SELECT "{read.key}" AS key FROM ({difference.sql(provenance=True)})')
        elif read.via is not None:
            sources.append(_keys_via(fact, read, difference))
        elif first_row(cursor, f"SELECT 1 FROM ({difference.sql(provenance=False)}) LIMIT 1"):
            return None
    union = " UNION ALL ".join(sources) or "SELECT NULL AS key WHERE false"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT key FROM ({union})")
    return "touched"


def _keys_via(fact: FactSpec, read: ReadSpec, difference: Difference) -> str:
    """SQL: keys that the changed rows of an input without key lead to, through another input."""
    through = next(other for other in fact.reads if other.name == read.via)
    return (
        f'SELECT v."{through.key}" AS key FROM {place_of(through.name)} v WHERE v."{read.column}" IN '
        f'(SELECT "{read.column}" FROM ({difference.sql(provenance=False)}))'
    )


def _build_whole(cursor: duckdb.DuckDBPyConnection, fact: FactSpec, settings: Settings) -> None:
    query = _query(cursor, fact, settings)
    columns = _COLUMNS.get((fact, settings))
    if columns is None:
        described = cursor.execute(f"DESCRIBE {query}").fetchall()
        columns = ", ".join(f'"{name}" {stored_type(name, kind)}' for name, kind, *_ in described)
        _COLUMNS[fact, settings] = columns
    cursor.execute(f"CREATE OR REPLACE TABLE facts.{fact.name} ({columns})")
    cursor.execute(f"INSERT INTO facts.{fact.name} {query}")


def _rebuild_keys(cursor: duckdb.DuckDBPyConnection, fact: FactSpec, settings: Settings, touched: str) -> Difference:
    """Build the rows of the touched keys anew and write only those that differ.

    Touching a customer builds all his orders again, but a later order leaves the earlier ones as they were.
    """
    place, gone, came = f"facts.{fact.name}", f"gone_fact_{fact.name}", f"came_fact_{fact.name}"
    mine = f'f."{fact.refresh_by}" IS NOT DISTINCT FROM k.key'
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE built AS {_query(cursor, fact, settings, touched)}")
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE held AS SELECT f.rowid AS place, f.* FROM {place} f SEMI JOIN {touched} k ON {mine}"
    )
    names = [name for (name, *_) in cursor.execute("DESCRIBE built").fetchall()]
    same = " AND ".join(f'h."{name}" IS NOT DISTINCT FROM b."{name}"' for name in names)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {gone} AS SELECT * FROM held h ANTI JOIN built b ON {same}")
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {came} AS SELECT * FROM built b ANTI JOIN held h ON {same}")
    cursor.execute(f"DELETE FROM {place} WHERE rowid IN (SELECT place FROM {gone})")
    cursor.execute(f"ALTER TABLE {gone} DROP COLUMN place")
    cursor.execute(f"INSERT INTO {place} BY NAME FROM {came}")
    return Difference(before=gone, after=came)


def _query(cursor: duckdb.DuckDBPyConnection, fact: FactSpec, settings: Settings, touched: str | None = None) -> str:
    """SQL of a fact's pipeline over all rows of its inputs, or over those of the ``touched`` keys.

    Writing it takes narwhals far longer than running it on a small shop, and it depends on nothing but its arguments.
    """
    known = _QUERIES.get((fact, settings, touched))
    if known is None:
        inputs = {}
        for read in fact.reads:
            only = (
                f' i SEMI JOIN {touched} k ON i."{read.key}" IS NOT DISTINCT FROM k.key' if touched and read.key else ""
            )
            inputs[read.name] = nw.from_native(cursor.sql(f"SELECT * FROM {place_of(read.name)}{only}"))
        known = fitted(native(fact.build(inputs, settings))).sql_query()
        _QUERIES[fact, settings, touched] = known
    return known


def _is_large(cursor: duckdb.DuckDBPyConnection, change: Change) -> bool:
    """Whether so much of a table changed that building whole is quicker."""
    touched, total = numbers(
        cursor,
        f"SELECT (SELECT count(*) FROM {change.before}) + (SELECT count(*) FROM {change.after}), "
        f"(SELECT count(*) FROM current.{change.table.name})",
    )
    return touched > _LARGE_ROWS and touched > _LARGE_SHARE * total
