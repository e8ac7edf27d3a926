"""Bring the rows of one load into the canonical tables and count what they changed. Runs inside a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import narwhals as nw
import polars as pl

from ecodash.core.errors import InputError, Place
from ecodash.core.schema import TABLES, Table
from ecodash.core.text import Text
from ecodash.store.answers import first_row, numbers
from ecodash.store.frames import Rows
from ecodash.store.merging import fold_duplicates, settle, shared_keys
from ecodash.store.records import Counts, LoadSource
from ecodash.store.tables import SQL_TYPES, matching, quoted


@dataclass(frozen=True, kw_only=True)
class Change:
    """The rows of one table that a load touched, before and after: names of temporary tables."""

    table: Table
    before: str
    after: str


def insert(cursor: duckdb.DuckDBPyConnection, table: Table, rows: Rows, load_id: int) -> None:
    """Append rows of one load to the versions of ``table``.

    Columns that ``rows`` lacks become null; raises ValueError for a column the table does not have.
    """
    _conformed(cursor, table, rows).query(
        "rows",
        f"INSERT INTO versions.{table.name} BY NAME SELECT *, {load_id}::BIGINT AS load_id, true AS live FROM rows",
    )


def stage(cursor: duckdb.DuckDBPyConnection, table: Table, rows: Rows) -> None:
    """Put rows of one part aside: rows that several parts repeat become one in ``insert_staged``."""
    columns = ", ".join(f'"{c.name}" {SQL_TYPES[c.type]}' for c in table.columns)
    cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS staged_{table.name} ({columns}, row_no BIGINT)")
    _conformed(cursor, table, rows).query("rows", f"INSERT INTO staged_{table.name} BY NAME FROM rows")


def insert_staged(cursor: duckdb.DuckDBPyConnection, table: Table, load_id: int) -> None:
    """Append the staged rows, each content once, with the first row of the file that has it."""
    columns = quoted(*table.column_names)
    cursor.execute(
        f"INSERT INTO versions.{table.name} BY NAME SELECT {columns}, {load_id}::BIGINT AS load_id, "
        f"min(row_no) AS row_no, true AS live FROM staged_{table.name} GROUP BY {columns}"
    )
    cursor.execute(f"DROP TABLE staged_{table.name}")


def _conformed(cursor: duckdb.DuckDBPyConnection, table: Table, rows: Rows) -> duckdb.DuckDBPyRelation:
    """The rows with exactly the columns of ``table`` and ``row_no``, in their types."""
    relation = as_relation(cursor, rows)
    there = set(relation.columns)
    surplus = there - set(table.column_names) - {"row_no"}
    if surplus:
        raise ValueError(f"{table.name} has no column {', '.join(sorted(surplus))}")
    columns = [
        f'CAST({quoted(c.name) if c.name in there else "NULL"} AS {SQL_TYPES[c.type]}) AS "{c.name}"'
        for c in table.columns
    ]
    row_no = f"CAST({'row_no' if 'row_no' in there else 'NULL'} AS BIGINT) AS row_no"
    return relation.project(f"{', '.join(columns)}, {row_no}")


def merge(cursor: duckdb.DuckDBPyConnection, table: Table, load_id: int) -> tuple[Counts, Change]:
    """Fold the inserted rows of a load into the current rows of ``table``."""
    duplicates, conflicts = fold_duplicates(cursor, table, load_id)
    keys = shared_keys(cursor, table, load_id, alone=_is_alone(cursor, table, load_id))
    before = _snapshot(cursor, table, keys, load_id, but=load_id)
    if table.name == "orders":
        _refuse_collisions(cursor, before, load_id)
    settle(cursor, table, keys)
    after = f"after_{table.name}_{load_id}"
    cursor.execute(
        f"CREATE OR REPLACE TEMP VIEW {after} AS SELECT * FROM current.{table.name} WHERE load_id = {load_id}"
    )
    rows, overlap, unchanged = _compare(cursor, table, before, load_id)
    counts = Counts(
        rows=rows,
        new=rows - overlap,
        changed=overlap - unchanged,
        unchanged=unchanged,
        duplicates=duplicates,
        conflicts=conflicts,
    )
    return counts, Change(table=table, before=before, after=after)


def _is_alone(cursor: duckdb.DuckDBPyConnection, table: Table, load_id: int) -> bool:
    """Whether no other load ever brought rows of ``table``."""
    sql = "SELECT 1 FROM load_tables WHERE name = ? AND load_id <> ? AND rows > 0 LIMIT 1"
    return first_row(cursor, sql, [table.name, load_id]) is None


def switch(cursor: duckdb.DuckDBPyConnection, table: Table, load_id: int, *, active: bool) -> Change:
    """Take the rows of a load out of the current rows of ``table``, or bring them back. ``loads`` says which already."""
    keys = f"keys_{table.name}_{load_id}"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {keys} AS SELECT {quoted(*table.key)} FROM versions.{table.name} "
        f"WHERE load_id = {load_id}"
    )
    before = _snapshot(cursor, table, keys, load_id)
    shared = shared_keys(cursor, table, load_id, alone=_is_alone(cursor, table, load_id))
    cursor.execute(f"UPDATE versions.{table.name} SET live = {str(active).lower()} WHERE load_id = {load_id}")
    settle(cursor, table, shared)
    after = f"after_{table.name}_{load_id}"
    cursor.execute(
        f"CREATE OR REPLACE TEMP VIEW {after} AS SELECT c.* FROM current.{table.name} c "
        f"SEMI JOIN {keys} k ON {matching(table, 'c', 'k')}"
    )
    return Change(table=table, before=before, after=after)


def keep_rejects(cursor: duckdb.DuckDBPyConnection, rejects: pl.DataFrame, load_id: int) -> None:
    """Store the refused cells and rows of a load; columns that ``rejects`` lacks become null."""
    if rejects.is_empty():
        return
    wanted = ("file", "row_no", "column", "field", "raw", "reason_code", "reason_zh", "reason_en", "whole_row")
    there = [name for name in wanted if name in rejects.columns]
    arrow_relation(cursor, rejects.select(there)).query(
        "refused", f"INSERT INTO rejects BY NAME SELECT {load_id}::BIGINT AS load_id, {quoted(*there)} FROM refused"
    )


def record(cursor: duckdb.DuckDBPyConnection, source: LoadSource, load_id: int) -> None:
    """Open the history entry of a load; ``finish`` fills in the counts."""
    period = (source.period.start, source.period.end) if source.period else (None, None)
    cursor.execute(
        "INSERT INTO loads BY NAME SELECT ? AS load_id, ? AS file, ? AS sha256, ? AS bytes, ? AS format, ? AS entity, "
        "? AS settings, ? AS options_key, (now() AT TIME ZONE 'UTC')::TIMESTAMP AS loaded_at, ? AS read, ? AS kept, "
        "? AS rejected, ?::DATE AS period_from, ?::DATE AS period_to, ? AS encoding, ? AS currency, ? AS zone, "
        "true AS active",
        [
            *(load_id, source.file, source.sha256, source.bytes, source.format, source.entity),
            *(source.settings_json, source.options_key, source.read, source.kept, source.rejected),
            *(*period, source.encoding, source.currency, source.zone),
        ],
    )


def finish(
    cursor: duckdb.DuckDBPyConnection,
    load_id: int,
    *,
    source: LoadSource,
    by_table: Mapping[str, Counts],
    about: str | None,
) -> Counts:
    """Write what the load did into its history entry; returns the counts of the table ``about``."""
    for name, counts in by_table.items():
        cursor.execute("INSERT INTO load_tables VALUES (?, ?, ?)", [load_id, name, counts.rows])
    main = by_table.get(about or "", Counts())
    done: dict[str, object] = {
        "read": source.read,
        "kept": source.kept,
        "rejected": source.rejected,
        "duplicates": main.duplicates,
    }
    if source.period is not None:
        done |= {"period_from": source.period.start, "period_to": source.period.end}
    done |= {"new": main.new, "changed": main.changed, "unchanged": main.unchanged, "overlap": main.overlap}
    assignments = ", ".join(f"{name} = ?" for name in done)
    cursor.execute(f"UPDATE loads SET {assignments} WHERE load_id = ?", [*done.values(), load_id])
    return main


def in_order(names: Mapping[str, object]) -> list[Table]:
    """The named tables in the order of the schema. Raises ValueError when there is no such table."""
    unknown = set(names) - set(TABLES)
    if unknown:
        raise ValueError(f"no such canonical table: {', '.join(sorted(unknown))}")
    return [table for name, table in TABLES.items() if name in names]


def as_relation(cursor: duckdb.DuckDBPyConnection, rows: Rows) -> duckdb.DuckDBPyRelation:
    """The rows as a relation of ``cursor``, whatever engine holds them."""
    native = nw.to_native(rows) if isinstance(rows, nw.LazyFrame | nw.DataFrame) else rows
    if isinstance(native, duckdb.DuckDBPyRelation):
        return native
    frame = native.collect() if isinstance(native, pl.LazyFrame) else native
    if not isinstance(frame, pl.DataFrame):
        raise TypeError(f"rows of type {type(frame).__name__} cannot be loaded")
    return arrow_relation(cursor, frame)


def arrow_relation(cursor: duckdb.DuckDBPyConnection, frame: pl.DataFrame) -> duckdb.DuckDBPyRelation:
    """A frame in memory as a relation. It is never registered: a transaction would hold on to it until its end."""
    return cursor.from_arrow(frame.to_arrow(compat_level=pl.CompatLevel.newest()))


def _snapshot(
    cursor: duckdb.DuckDBPyConnection, table: Table, keys: str, load_id: int, *, but: int | None = None
) -> str:
    """The current rows with the merge keys in ``keys``, as a temporary table, without those of the load ``but``."""
    name = f"before_{table.name}_{load_id}"
    where = "" if but is None else f" WHERE c.load_id <> {but}"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT c.* FROM current.{table.name} c "
        f"SEMI JOIN {keys} k ON {matching(table, 'c', 'k')}{where}"
    )
    return name


def _compare(cursor: duckdb.DuckDBPyConnection, table: Table, before: str, load_id: int) -> tuple[int, int, int]:
    """Merge keys of the load, those that were there before, and those of them whose current row is the same."""
    same = " AND ".join(f'b."{name}" IS NOT DISTINCT FROM c."{name}"' for name in table.column_names)
    rows, overlap, unchanged = numbers(
        cursor,
        f"SELECT (SELECT count(*) FROM versions.{table.name} WHERE load_id = {load_id}), "
        f"(SELECT count(*) FROM {before}), "
        f"(SELECT count(*) FROM {before} b JOIN merged.{table.name} c ON {matching(table, 'b', 'c')} WHERE {same})",
    )
    return rows, overlap, unchanged


def _refuse_collisions(cursor: duckdb.DuckDBPyConnection, before: str, load_id: int) -> None:
    """Two shops may use the same order number: refuse to mix them up.

    An order keeps its moment of creation in every export of its shop. Raises InputError when orders of this load carry
    a number that an order created more than two days earlier or later already has.
    """
    found = first_row(
        cursor,
        "SELECT count(*), min(n.order_id), any_value(n.platform), any_value(b.platform), any_value(l.file), "
        f"min(n.row_no) FROM versions.orders n JOIN {before} b USING (order_id) JOIN loads l ON l.load_id = n.load_id "
        f"WHERE n.load_id = {load_id} AND abs(epoch_us(n.created_at) - epoch_us(b.created_at)) > 2 * 86400000000",
    )
    if not found or not found[0]:
        return
    many, order, new, old, file, row = found
    raise InputError(
        Text(
            f"有 {many} 个订单号（例如 {order}）已被另一笔订单使用（平台 {old}），与本文件（平台 {new}）的下单时间相差超过两天。",
            f"{many} order ids (for example {order}) already belong to other orders (platform {old}), "
            f"created more than two days apart from these (platform {new}).",
        ),
        advice=Text(
            "请用 --set id_namespace=… 给这份文件的订单号加前缀，再重新导入；本次没有导入任何数据。",
            "Load the file again with --set id_namespace=… to keep the two apart; nothing was loaded.",
        ),
        place=Place(file=str(file), row=int(str(row)) if row is not None else None),
    )
