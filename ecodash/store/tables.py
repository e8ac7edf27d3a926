"""How the canonical tables lie in DuckDB.

=====================  ===========================================================================================
``versions.<table>``   every row of every load: the canonical columns, ``load_id``, ``row_no`` (row of the file) and
                       ``live``; one row per load and merge key
``merged.<table>``     one row per merge key that two or more active loads brought: merged column by column
``current.<table>``    view: live versions and merged rows, one row per merge key
``facts.<fact>``       one table per fact
``loads`` ``rejects``  history and refused cells
``meta``               settings, schema version, print of the salt
=====================  ===========================================================================================

``live`` is true for a row whose key no other active load has, so a load that overlaps nothing is written once.
"""

import duckdb

from ecodash.core.schema import TABLES, ColumnType, Table

SCHEMA_VERSION = 1

SQL_TYPES: dict[ColumnType, str] = {
    ColumnType.STR: "VARCHAR",
    ColumnType.ENUM: "VARCHAR",
    ColumnType.INT: "BIGINT",
    ColumnType.DEC: "BIGINT",
    ColumnType.FLOAT: "DOUBLE",
    ColumnType.TS: "TIMESTAMP",
    ColumnType.DATE: "DATE",
    ColumnType.BOOL: "BOOLEAN",
}

PROVENANCE = ("load_id", "row_no")

_UNIQUE_TEXT = frozenset(
    {"order_id", "line_key", "line_id", "owner", "first_order_id", "return_id", "shipment_id", "tracking_no", "txn_id"}
)
"""Text columns with nearly as many values as rows: a dictionary of them is dear to make and saves nothing."""


def stored_type(name: str, sql_type: str) -> str:
    """The SQL type of a stored column, with the compression that suits it where DuckDB would choose badly."""
    return f"{sql_type} USING COMPRESSION zstd" if sql_type == "VARCHAR" and name in _UNIQUE_TEXT else sql_type


_FIXED = (
    "CREATE SCHEMA IF NOT EXISTS versions",
    "CREATE SCHEMA IF NOT EXISTS merged",
    "CREATE SCHEMA IF NOT EXISTS current",
    "CREATE SCHEMA IF NOT EXISTS facts",
    "CREATE TABLE IF NOT EXISTS meta (name VARCHAR, value VARCHAR)",
    """CREATE TABLE IF NOT EXISTS loads (
        load_id BIGINT, file VARCHAR, sha256 VARCHAR, bytes BIGINT, format VARCHAR, entity VARCHAR,
        settings VARCHAR, options_key VARCHAR, loaded_at TIMESTAMP, read BIGINT, kept BIGINT, rejected BIGINT,
        duplicates BIGINT, new BIGINT, changed BIGINT, unchanged BIGINT, overlap BIGINT,
        period_from DATE, period_to DATE, encoding VARCHAR, currency VARCHAR, zone VARCHAR, active BOOLEAN)""",
    "CREATE TABLE IF NOT EXISTS load_tables (load_id BIGINT, name VARCHAR, rows BIGINT)",
    """CREATE TABLE IF NOT EXISTS rejects (
        load_id BIGINT, file VARCHAR, row_no BIGINT, "column" VARCHAR, field VARCHAR, raw VARCHAR,
        reason_code VARCHAR, reason_zh VARCHAR, reason_en VARCHAR, whole_row BOOLEAN)""",
    "CREATE TABLE IF NOT EXISTS fact_state (name VARCHAR, version VARCHAR)",
)


def quoted(*names: str) -> str:
    """Column names as SQL, comma-separated."""
    return ", ".join(f'"{name}"' for name in names)


def matching(table: Table, left: str, right: str) -> str:
    """SQL: the two rows have the same merge key. Only parts that may be empty pay for null-safe comparison."""
    return " AND ".join(
        f'{left}."{name}" {"=" if table.column(name).required else "IS NOT DISTINCT FROM"} {right}."{name}"'
        for name in table.key
    )


def create(cursor: duckdb.DuckDBPyConnection) -> None:
    """Create whatever is missing: new tables, and new columns of tables that exist (additive migration)."""
    for statement in _FIXED:
        cursor.execute(statement)
    existing = _existing(cursor)
    for table in TABLES.values():
        for schema in ("versions", "merged"):
            _create_or_widen(cursor, schema, table, existing.get((schema, table.name)))
        columns = quoted(*table.column_names, *PROVENANCE)
        cursor.execute(
            f"CREATE OR REPLACE VIEW current.{table.name} AS "
            f"SELECT {columns} FROM versions.{table.name} WHERE live "
            f"UNION ALL SELECT {columns} FROM merged.{table.name}"
        )


def outdated(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether a table or column that the schema declares is not in the file yet."""
    existing = _existing(cursor)
    return any(
        not set(table.column_names) <= existing.get((schema, table.name), set())
        for table in TABLES.values()
        for schema in ("versions", "merged")
    )


def _existing(cursor: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], set[str]]:
    """Columns of every table there is, by schema and name."""
    found: dict[tuple[str, str], set[str]] = {}
    for schema, name, column in cursor.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
        "WHERE schema_name IN ('versions', 'merged') AND database_name = current_database()"
    ).fetchall():
        found.setdefault((schema, name), set()).add(column)
    return found


def _create_or_widen(cursor: duckdb.DuckDBPyConnection, schema: str, table: Table, existing: set[str] | None) -> None:
    """``schema.table`` with all declared columns; columns that are no longer declared stay where they are."""
    if existing is None:
        columns = [f'"{c.name}" {stored_type(c.name, SQL_TYPES[c.type])}' for c in table.columns]
        columns += ["load_id BIGINT", "row_no BIGINT"] + (["live BOOLEAN"] if schema == "versions" else [])
        cursor.execute(f"CREATE TABLE {schema}.{table.name} ({', '.join(columns)})")
        return
    for column in table.columns:
        if column.name not in existing:
            cursor.execute(f'ALTER TABLE {schema}.{table.name} ADD COLUMN "{column.name}" {SQL_TYPES[column.type]}')
