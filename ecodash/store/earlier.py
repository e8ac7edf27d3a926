"""Facts as they were after an earlier load: built when asked for, kept in memory, never written to the file."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import duckdb
import narwhals as nw

from ecodash.core.schema import TABLES
from ecodash.core.settings import Settings
from ecodash.store.database import SCRATCH
from ecodash.store.frames import FactSpec
from ecodash.store.merging import as_of_sql
from ecodash.store.refreshing import fitted, native
from ecodash.store.touching import FACT

_KEPT = 3


class EarlierFacts:
    """The facts as of a few earlier loads. A later load changes none of them; taking a load back forgets them all."""

    def __init__(self, facts: Sequence[FactSpec]) -> None:
        self._facts = facts
        self._built: OrderedDict[int, str] = OrderedDict()
        self._serial = 0
        self._lock = threading.Lock()

    def table(self, cursor: duckdb.DuckDBPyConnection, name: str, load_id: int, settings: Settings) -> str:
        """The table that holds the fact ``name`` as it was after ``load_id``."""
        with self._lock:
            schema = self._built.get(load_id)
            if schema is None:
                self._serial += 1
                schema = self._built[load_id] = f"{SCRATCH}.as_of_{self._serial}"
                self._build(cursor, schema, load_id, settings)
            self._built.move_to_end(load_id)
            while len(self._built) > _KEPT:
                cursor.execute(f"DROP SCHEMA {self._built.popitem(last=False)[1]} CASCADE")
        return f"{schema}.{name}"

    def forget(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Drop everything that was built."""
        with self._lock:
            while self._built:
                cursor.execute(f"DROP SCHEMA IF EXISTS {self._built.popitem()[1]} CASCADE")

    def _build(self, cursor: duckdb.DuckDBPyConnection, schema: str, load_id: int, settings: Settings) -> None:
        try:
            cursor.execute(f"CREATE SCHEMA {schema}")
            for fact in self._facts:
                inputs = {r.name: nw.from_native(cursor.sql(_input_sql(r.name, schema, load_id))) for r in fact.reads}
                rows = fitted(native(fact.build(inputs, settings)))
                cursor.execute(f"CREATE TABLE {schema}.{fact.name} AS {rows.sql_query()}")
        except BaseException:
            del self._built[load_id]
            raise


def _input_sql(name: str, schema: str, load_id: int) -> str:
    if name.startswith(FACT):
        return f"FROM {schema}.{name.removeprefix(FACT)}"
    return as_of_sql(TABLES[name], load_id)
