"""What a load would meet, before it is made."""

import duckdb

from ecodash.core.schema import Table
from ecodash.store.answers import count
from ecodash.store.frames import Rows
from ecodash.store.loading import as_relation
from ecodash.store.tables import matching, quoted


def known_keys(cursor: duckdb.DuckDBPyConnection, table: Table, rows: Rows) -> int:
    """How many merge keys of ``rows`` the current rows of ``table`` have already; 0 for rows without the key."""
    relation = as_relation(cursor, rows)
    if not set(table.key) <= set(relation.columns):
        return 0
    incoming = f"(SELECT DISTINCT {quoted(*table.key)} FROM ({relation.sql_query()}))"
    return count(cursor, f"{incoming} i SEMI JOIN current.{table.name} c ON {matching(table, 'i', 'c')}")
