"""The loads of a workspace: which there were, what they refused, where a row comes from."""

import json
from collections.abc import Collection

import duckdb
import polars as pl

from ecodash.core.errors import UnknownName
from ecodash.core.period import Period
from ecodash.core.schema import TABLES, Table
from ecodash.core.text import Text
from ecodash.store.answers import first_row, number
from ecodash.store.records import Load

_LOAD = Text("导入记录", "load")
_FIELDS = (
    "load_id, file, sha256, bytes, format, entity, settings, loaded_at, read, kept, rejected, duplicates, new, changed, "
    "unchanged, overlap, period_from, period_to, encoding, currency, zone, active"
)


def loads(cursor: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row per load in the order they were made; times are UTC."""
    return _frame(cursor.sql(f"SELECT {_FIELDS} FROM loads ORDER BY load_id"))


def find(cursor: duckdb.DuckDBPyConnection, sha256: str, options_key: str) -> Load | None:
    """The load of the same bytes with the same choices, active or taken back; None when there was none."""
    found = first_row(
        cursor,
        "SELECT load_id FROM loads WHERE sha256 = ? AND options_key = ? ORDER BY load_id LIMIT 1",
        [sha256, options_key],
    )
    return get(cursor, int(str(found[0]))) if found else None


def get(cursor: duckdb.DuckDBPyConnection, load_id: int) -> Load:
    """One load. Raises UnknownName when there is none with this number."""
    rows = cursor.sql(f"SELECT {_FIELDS} FROM loads WHERE load_id = $1", params=[load_id]).pl().to_dicts()
    if not rows:
        known = [str(number) for (number,) in cursor.execute("SELECT load_id FROM loads ORDER BY 1").fetchall()]
        raise UnknownName(_LOAD, str(load_id), known)
    row = rows[0]
    start, end = row.pop("period_from"), row.pop("period_to")
    settings = json.loads(row.pop("settings") or "{}")
    return Load(period=Period(start, end) if start and end else None, settings=settings, **row)


def tables_of(cursor: duckdb.DuckDBPyConnection, load_id: int) -> list[Table]:
    """The canonical tables a load brought rows for, in the order of the schema."""
    names = {n for (n,) in cursor.execute("SELECT name FROM load_tables WHERE load_id = ?", [load_id]).fetchall()}
    return [table for name, table in TABLES.items() if name in names]


def loaded_tables(cursor: duckdb.DuckDBPyConnection, as_of: int | None) -> set[str]:
    """Names of the canonical tables with at least one row, now or after the load ``as_of``."""
    found = cursor.execute(
        "SELECT DISTINCT t.name FROM load_tables t JOIN loads l USING (load_id) "
        "WHERE l.active AND t.rows > 0 AND l.load_id <= coalesce(?, l.load_id)",
        [as_of],
    ).fetchall()
    return {name for (name,) in found}


def newest_active(cursor: duckdb.DuckDBPyConnection) -> int:
    """Number of the newest active load; 0 when there is none."""
    return number(cursor, "SELECT coalesce(max(load_id), 0) FROM loads WHERE active")


def next_number(cursor: duckdb.DuckDBPyConnection) -> int:
    """The number the next load gets: loads count from 1."""
    return number(cursor, "SELECT coalesce(max(load_id), 0) + 1 FROM loads")


def rejects(cursor: duckdb.DuckDBPyConnection, load_id: int) -> pl.DataFrame:
    """The refused cells and rows of a load in the order of the file: file, row, column, raw text and reason."""
    rows = cursor.sql(
        'SELECT file, row_no, "column", field, raw, reason_code, reason_zh, reason_en, whole_row '
        'FROM rejects WHERE load_id = $1 ORDER BY row_no, "column", reason_code',
        params=[load_id],
    )
    return _frame(rows)


def origin(cursor: duckdb.DuckDBPyConnection, load_ids: Collection[int]) -> pl.DataFrame:
    """The files behind rows: load_id, file, sha256, loaded_at (UTC); one row per load that exists."""
    rows = cursor.sql(
        "SELECT load_id, file, sha256, loaded_at FROM loads WHERE load_id IN (SELECT unnest($1::BIGINT[])) ORDER BY 1",
        params=[sorted(load_ids)],
    )
    return _frame(rows)


def _frame(rows: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    frame: pl.DataFrame = rows.pl()
    return frame
