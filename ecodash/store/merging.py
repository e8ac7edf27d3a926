"""What is current: one row per merge key out of the versions that the active loads brought.

A column of the current row has the value of the newest active load that brought one: a later, poorer export (an item
list that lacks the buyer) fills and changes what it knows and never erases what a richer one brought. The row's
``load_id`` and ``row_no`` are those of the newest version.
"""

import duckdb

from ecodash.core.schema import Table
from ecodash.store.answers import count
from ecodash.store.tables import PROVENANCE, matching, quoted

ACTIVE = "(SELECT load_id FROM loads WHERE active)"


def merged_sql(table: Table, source: str, *, newest: str = "load_id") -> str:
    """SQL: one row per merge key of ``source``, column by column the non-null value with the greatest ``newest``."""
    values = [
        f'arg_max("{name}", {newest}) FILTER (WHERE "{name}" IS NOT NULL) AS "{name}"'
        for name in table.column_names
        if name not in table.key
    ]
    parts = [quoted(*table.key), *values, f"max(load_id) AS load_id, arg_max(row_no, {newest}) AS row_no"]
    by_name = f"SELECT {', '.join(parts)} FROM {source} GROUP BY {quoted(*table.key)}"
    return f"SELECT {quoted(*table.column_names, *PROVENANCE)} FROM ({by_name})"


def shared_keys(cursor: duckdb.DuckDBPyConnection, table: Table, load_id: int, *, alone: bool) -> str:
    """The merge keys of a load that other loads, active or not, have as well: name of a temporary table.

    ``alone`` says that no other load has rows of ``table``, which spares the look.
    """
    name = f"shared_{table.name}"
    mine = f"SELECT {quoted(*table.key)} FROM versions.{table.name} WHERE load_id = {load_id}"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE mine AS {mine}{' LIMIT 0' if alone else ''}")
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT DISTINCT {quoted(*table.key)} FROM versions.{table.name} other "
        f"SEMI JOIN mine ON {matching(table, 'other', 'mine')} WHERE load_id <> {load_id}"
    )
    return name


def settle(cursor: duckdb.DuckDBPyConnection, table: Table, keys: str) -> None:
    """Derive ``live`` and the merged rows anew for the merge keys in the temporary table ``keys``."""
    if not count(cursor, keys):
        return
    versions, merged = f"versions.{table.name}", f"merged.{table.name}"
    cursor.execute(f"DELETE FROM {merged} m USING {keys} k WHERE {matching(table, 'm', 'k')}")
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE active_versions AS SELECT v.* FROM {versions} v, {keys} k "
        f"WHERE {matching(table, 'v', 'k')} AND v.load_id IN {ACTIVE}"
    )
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE lone AS SELECT {quoted(*table.key)}, max(load_id) AS load_id "
        f"FROM active_versions GROUP BY {quoted(*table.key)} HAVING count(*) = 1"
    )
    cursor.execute(f"UPDATE {versions} v SET live = false FROM {keys} k WHERE {matching(table, 'v', 'k')} AND v.live")
    cursor.execute(
        f"UPDATE {versions} v SET live = true FROM lone k WHERE {matching(table, 'v', 'k')} AND v.load_id = k.load_id"
    )
    several = f"(SELECT * FROM active_versions v ANTI JOIN lone k ON {matching(table, 'v', 'k')})"
    cursor.execute(f"INSERT INTO {merged} BY NAME {merged_sql(table, several)}")


def as_of_sql(table: Table, load_id: int) -> str:
    """SQL: the rows of ``table`` as they stood after ``load_id``, out of the loads that are active today."""
    columns = quoted(*table.column_names, *PROVENANCE)
    earlier = (
        f"(SELECT v.* FROM versions.{table.name} v SEMI JOIN merged.{table.name} m ON {matching(table, 'v', 'm')} "
        f"WHERE v.load_id <= {load_id} AND v.load_id IN {ACTIVE})"
    )
    return (
        f"SELECT {columns} FROM versions.{table.name} WHERE live AND load_id <= {load_id} "
        f"UNION ALL {merged_sql(table, earlier)}"
    )


def fold_duplicates(cursor: duckdb.DuckDBPyConnection, table: Table, load_id: int) -> tuple[int, int]:
    """One row per merge key within a load; the answer never depends on the order of the rows in the file.

    Rows that repeat a key are ordered by their content, the latest times first; each column takes its first non-null
    value. Rows that said something else are kept among the rejects. Returns the rows folded away and how many keys
    were repeated with different values.
    """
    versions = f"versions.{table.name}"
    key = quoted(*table.key)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE twice AS SELECT hash({key}) AS h FROM {versions} "
        f"WHERE load_id = {load_id} GROUP BY h HAVING count(*) > 1"
    )
    if not count(cursor, "twice"):
        return 0, 0
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE ranked AS SELECT *, -row_number() OVER ("
        f"PARTITION BY {key} ORDER BY {_content_order(table)}, row_no) AS newest, count(*) OVER (PARTITION BY {key}) AS n "
        f"FROM {versions} WHERE load_id = {load_id} AND hash({key}) IN (SELECT h FROM twice)"
    )
    cursor.execute("DELETE FROM ranked WHERE n = 1")
    cursor.execute(
        f"DELETE FROM {versions} v USING ranked r WHERE v.load_id = {load_id} AND {matching(table, 'v', 'r')}"
    )
    cursor.execute(
        f"INSERT INTO {versions} BY NAME SELECT *, true AS live FROM ({merged_sql(table, 'ranked', newest='newest')})"
    )
    conflicts = _keep_conflicts(cursor, table)
    return count(cursor, "ranked WHERE newest < -1"), conflicts


def _keep_conflicts(cursor: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Write the duplicates that contradict the winner of their key to the rejects; number of such keys."""
    values = [name for name in table.column_names if name not in table.key]
    differs = " OR ".join(f'(r."{c}" IS NOT NULL AND r."{c}" IS DISTINCT FROM w."{c}")' for c in values) or "false"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE conflicting AS SELECT r.* FROM ranked r JOIN versions.{table.name} w "
        f"ON {matching(table, 'r', 'w')} AND r.load_id = w.load_id WHERE {differs}"
    )
    cursor.execute(
        "INSERT INTO rejects SELECT c.load_id, l.file, c.row_no, NULL, ?, concat_ws(' · ', "
        + ", ".join(f'c."{name}"' for name in table.key)
        + "), 'duplicate_key', '同一主键出现多次且内容不同，已按时间最新的内容合并', "
        "'the key occurs more than once with different values; the latest content was kept', true "
        "FROM conflicting c JOIN loads l USING (load_id)",
        [table.key[-1]],
    )
    return count(cursor, f"(SELECT DISTINCT {quoted(*table.key)} FROM conflicting)")


def _content_order(table: Table) -> str:
    """SQL: latest times first, then the other columns as declared, greatest first, nulls last."""
    times = [c.name for c in table.columns if c.type in {"ts", "date"} and c.name not in table.key]
    others = [c.name for c in table.columns if c.name not in times and c.name not in table.key]
    return ", ".join(f'"{name}" DESC NULLS LAST' for name in [*times, *others]) or "load_id"
