"""Keep the fact tables equal to what their pipelines give on the current rows. Runs inside the load's transaction.

After a small load only the touched keys are rebuilt (``ecodash.facts.fact`` states the rule); after a large one, or when
a changed input leads to no keys, a fact is built whole. Both ways give the same rows.
"""

from collections.abc import Sequence

import duckdb
import narwhals as nw

from ecodash import __version__
from ecodash.core.settings import Settings
from ecodash.store.answers import count
from ecodash.store.frames import FactSpec, Lazy
from ecodash.store.loading import Change
from ecodash.store.tables import stored_type
from ecodash.store.touching import FACT, TOUCHED, Difference, SharedRows, by_table, find_touched, place_of, touched_rows

_LARGE_SHARE, _LARGE_ROWS = 0.3, 50_000
_QUERIES: dict[tuple[FactSpec, Settings, bool], str] = {}
_COLUMNS: dict[tuple[FactSpec, Settings], str] = {}


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
    differences = by_table(changes)
    if any(_is_large(cursor, name, difference) for name, difference in differences.items()):
        build_all(cursor, facts, settings)
        return
    shared = SharedRows(cursor=cursor, facts=facts)
    for fact in facts:
        if not any(read.name in differences for read in fact.reads):
            continue
        if fact.refresh_by != "all" and find_touched(cursor, fact, differences):
            shared.fetch(fact)
            differences[FACT + fact.name] = _rebuild_keys(cursor, fact, settings)
        else:
            _build_whole(cursor, fact, settings)
            differences[FACT + fact.name] = Difference(whole=True)


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


def _build_whole(cursor: duckdb.DuckDBPyConnection, fact: FactSpec, settings: Settings) -> None:
    query = _query(cursor, fact, settings)
    columns = _COLUMNS.get((fact, settings))
    if columns is None:
        described = cursor.execute(f"DESCRIBE {query}").fetchall()
        columns = ", ".join(f'"{name}" {stored_type(name, kind)}' for name, kind, *_ in described)
        _COLUMNS[fact, settings] = columns
    cursor.execute(f"CREATE OR REPLACE TABLE facts.{fact.name} ({columns})")
    cursor.execute(f"INSERT INTO facts.{fact.name} {query}")


def _rebuild_keys(cursor: duckdb.DuckDBPyConnection, fact: FactSpec, settings: Settings) -> Difference:
    """Build the rows of the touched keys anew and write only those that differ.

    Touching a customer builds all his orders again, but a later order leaves the earlier ones as they were.
    """
    place, gone, came = f"facts.{fact.name}", f"gone_fact_{fact.name}", f"came_fact_{fact.name}"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE built AS {_query(cursor, fact, settings, only_touched=True)}")
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE held AS SELECT f.rowid AS place, f.* FROM {place} f "
        f'SEMI JOIN {TOUCHED} k ON f."{fact.refresh_by}" = k.key'
    )
    if count(cursor, "held"):
        names = [name for (name, *_) in cursor.execute("DESCRIBE built").fetchall()]
        same = " AND ".join(f'h."{name}" IS NOT DISTINCT FROM b."{name}"' for name in names)
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE {gone} AS SELECT * FROM held h ANTI JOIN built b ON {same}")
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE {came} AS SELECT * FROM built b ANTI JOIN held h ON {same}")
        cursor.execute(f"DELETE FROM {place} WHERE rowid IN (SELECT place FROM {gone})")
    else:
        cursor.execute(f"ALTER TABLE held RENAME TO {gone}")
        cursor.execute(f"ALTER TABLE built RENAME TO {came}")
    cursor.execute(f"ALTER TABLE {gone} DROP COLUMN place")
    cursor.execute(f"INSERT INTO {place} BY NAME FROM {came}")
    return Difference(before=gone, after=came)


def _query(cursor: duckdb.DuckDBPyConnection, fact: FactSpec, settings: Settings, *, only_touched: bool = False) -> str:
    """SQL of a fact's pipeline over all rows of its inputs, or over those of the touched keys.

    Writing it takes narwhals far longer than running it on a small shop, and it depends on nothing but its arguments.
    """
    known = _QUERIES.get((fact, settings, only_touched))
    if known is None:
        inputs = {}
        for read in fact.reads:
            rows = touched_rows(read) if only_touched and read.key else f"SELECT * FROM {place_of(read.name)}"
            inputs[read.name] = nw.from_native(cursor.sql(rows))
        known = fitted(native(fact.build(inputs, settings))).sql_query()
        _QUERIES[fact, settings, only_touched] = known
    return known


def _is_large(cursor: duckdb.DuckDBPyConnection, table: str, difference: Difference) -> bool:
    """Whether so much of a table changed that building whole is quicker."""
    touched = count(cursor, difference.before) + count(cursor, difference.after)
    return touched > _LARGE_ROWS and touched > _LARGE_SHARE * count(cursor, f"versions.{table}")
