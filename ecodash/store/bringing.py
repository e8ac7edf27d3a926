"""One load from its first part to its facts, inside a transaction that commits or leaves nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb
import narwhals as nw
import polars as pl

from ecodash.core.period import Period
from ecodash.core.schema import TABLES, ColumnType, Table
from ecodash.store import history, loading
from ecodash.store.answers import count, first_row
from ecodash.store.bulk import Bulk, NotPlain, fetch_other
from ecodash.store.frames import Lazy
from ecodash.store.loading import Change
from ecodash.store.problems import explain
from ecodash.store.records import LoadResult, LoadSource, Part
from ecodash.store.tables import quoted


class ScatteredOrders(Exception):
    """Parts of a file that should hold whole orders do not; bring the rows of an order together and load again."""


@dataclass(frozen=True, kw_only=True)
class Others:
    """What a bulk load leaves to the rooms above.

    ``read`` makes a part of the rows that are not plain (text columns ``c0`` … and ``row_no``); ``beside`` makes the
    further tables out of the plain rows.
    """

    read: Callable[[pl.DataFrame], Part]
    beside: Callable[[Lazy], Mapping[str, Lazy]]


@dataclass(frozen=True, kw_only=True)
class Bringing:
    """What a load needs: the cursor of its transaction, where the rows come from, and what refreshes the facts."""

    cursor: duckdb.DuckDBPyConnection
    source: LoadSource
    refresh: Callable[[Sequence[Change]], None]

    def run(self, parts: Iterable[Part], *, whole_orders: bool) -> LoadResult:
        """Insert, merge, refresh. Raises ScatteredOrders with ``whole_orders`` when two parts share an order."""
        load_id = self._begin()
        source, tables, about = self._insert(parts, load_id)
        return self._finish(load_id, source, tables, about=about, whole_orders=whole_orders)

    def run_bulk(self, bulk: Bulk, others: Others) -> LoadResult:
        """Insert the plain rows of a file at once and the others as ``others`` reads them, then merge and refresh.

        Raises NotPlain when too many rows are not plain, or when the rows cannot be numbered as the file has them.
        """
        load_id = self._begin()
        table, cursor = TABLES[bulk.plan.table], self.cursor
        try:
            loading.insert(cursor, table, nw.from_native(cursor.sql(bulk.plain_rows())), load_id)
            plain = count(cursor, f"versions.{table.name} WHERE load_id = {load_id}")
            parts = [Part(tables=others.beside(self._rows_of(table, load_id)), read=plain, kept=plain)]
            if plain != bulk.rows:
                parts.append(others.read(fetch_other(cursor, bulk, plain=plain)))
        except duckdb.Error as error:  # a row with too many cells, quotes that are never closed …
            if explain(error, bulk.path.parent.parent) is not None:
                raise
            raise NotPlain from error
        source, tables, _ = self._insert(parts, load_id, main=table.name)
        period = self._period(table, load_id)
        tables = [t for t in TABLES.values() if t == table or t in tables]
        return self._finish(load_id, replace(source, period=period), tables, about=table.name, whole_orders=False)

    def _rows_of(self, table: Table, load_id: int) -> Lazy:
        """The rows of a load in one table, lazily: the columns of the table and ``row_no``."""
        columns = quoted(*table.column_names, "row_no")
        return nw.from_native(self.cursor.sql(f"SELECT {columns} FROM versions.{table.name} WHERE load_id = {load_id}"))

    def _period(self, table: Table, load_id: int) -> Period | None:
        """First and last day of the first date column of a table among the rows of a load."""
        name = next((c.name for c in table.columns if c.type in {ColumnType.TS, ColumnType.DATE}), None)
        if name is None:
            return None
        sql = f'SELECT min("{name}")::DATE, max("{name}")::DATE FROM versions.{table.name} WHERE load_id = {load_id}'
        first, last = first_row(self.cursor, sql) or (None, None)
        return Period(first, last) if isinstance(first, date) and isinstance(last, date) else None

    def _begin(self) -> int:
        load_id = history.next_number(self.cursor)
        loading.record(self.cursor, self.source, load_id)
        return load_id

    def _finish(
        self, load_id: int, source: LoadSource, tables: Sequence[Table], *, about: str | None, whole_orders: bool
    ) -> LoadResult:
        cursor, merged = self.cursor, {}
        for table in tables:
            merged[table.name] = loading.merge(cursor, table, load_id)
            if whole_orders and table.name == "orders" and merged["orders"][0].duplicates:
                raise ScatteredOrders
        by_table = {name: counts for name, (counts, _) in merged.items()}
        main = loading.finish(cursor, load_id, source=source, by_table=by_table, about=about)
        self.refresh([change for _, change in merged.values()])
        return LoadResult.of(source, load_id, main, by_table)

    def _insert(
        self, parts: Iterable[Part], load_id: int, *, main: str | None = None
    ) -> tuple[LoadSource, list[Table], str | None]:
        """Store the rows and rejects of every part: final counts, tables that got rows, what the file is about."""
        source, seen, staged = self.source, set[str](), set[str]()
        about: str | None = None
        for part in parts:
            about = about or _about(source, part)
            for table in loading.in_order(part.tables):
                seen.add(table.name)
                if table.name != main and _may_repeat(table, part.tables, main):
                    staged.add(table.name)
                    loading.stage(self.cursor, table, part.tables[table.name])
                else:
                    loading.insert(self.cursor, table, part.tables[table.name], load_id)
            if part.rejects is not None:
                loading.keep_rejects(self.cursor, part.rejects, load_id)
            source = replace(
                source,
                read=source.read + part.read,
                kept=source.kept + part.kept,
                rejected=source.rejected + part.rejected,
                period=_together(source.period, part.period),
            )
        for name in sorted(staged):
            loading.insert_staged(self.cursor, TABLES[name], load_id)
        return source, [table for name, table in TABLES.items() if name in seen], about


def _about(source: LoadSource, part: Part) -> str | None:
    """The table whose rows are the rows of the file: the first one, for a file of order lines the lines."""
    lines = "order_items"
    return lines if source.entity == "order_lines" and lines in part.tables else next(iter(part.tables), None)


def _may_repeat(table: Table, tables: Mapping[str, object], main: str | None) -> bool:
    """Whether several parts can bring the same row: what goes with orders does so, orders and their lines do not."""
    return (main is not None or len(tables) > 1) and "order_id" not in table.key


def _together(one: Period | None, other: Period | None) -> Period | None:
    """The days from the first to the last of both."""
    known = [period for period in (one, other) if period is not None]
    return Period(min(p.start for p in known), max(p.end for p in known)) if known else None
