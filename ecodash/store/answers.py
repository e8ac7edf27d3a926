"""Small answers, fetched whole: a DuckDB cursor is busy until the last row of a result has been fetched."""

from collections.abc import Sequence

import duckdb

Row = tuple[object, ...]


def first_row(cursor: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> Row | None:
    """The first row of the answer; None when there is none."""
    rows: list[Row] = cursor.execute(sql, list(values)).fetchall()
    return rows[0] if rows else None


def numbers(cursor: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> tuple[int, ...]:
    """The integers of the only row of the answer."""
    row = first_row(cursor, sql, values)
    return tuple(int(str(value)) for value in row or ())


def number(cursor: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> int:
    """The integer that is the whole answer."""
    return numbers(cursor, sql, values)[0]


def count(cursor: duckdb.DuckDBPyConnection, source: str) -> int:
    """How many rows ``source`` (a table, a view, or SQL in brackets) has."""
    return number(cursor, f"SELECT count(*) FROM {source}")
