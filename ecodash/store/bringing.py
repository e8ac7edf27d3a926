"""One load from its first part to its facts, inside a transaction that commits or leaves nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from ecodash.core.period import Period
from ecodash.core.schema import TABLES, Table
from ecodash.core.settings import Settings
from ecodash.store import history, loading, refreshing
from ecodash.store.frames import FactSpec
from ecodash.store.records import LoadResult, LoadSource, Part


class ScatteredOrders(Exception):
    """Parts of a file that should hold whole orders do not; bring the rows of an order together and load again."""


@dataclass(frozen=True, kw_only=True)
class Bringing:
    """What a load needs: the cursor of its transaction, where the rows come from, and the facts to refresh."""

    cursor: duckdb.DuckDBPyConnection
    source: LoadSource
    facts: Sequence[FactSpec]
    settings: Settings

    def run(self, parts: Iterable[Part], *, whole_orders: bool) -> LoadResult:
        """Insert, merge, refresh. Raises ScatteredOrders with ``whole_orders`` when two parts share an order."""
        cursor = self.cursor
        load_id = history.next_number(cursor)
        loading.record(cursor, self.source, load_id)
        source, tables = self._insert(parts, load_id)
        merged = {}
        for table in tables:
            merged[table.name] = loading.merge(cursor, table, load_id)
            if whole_orders and table.name == "orders" and merged["orders"][0].duplicates:
                raise ScatteredOrders
        by_table = {name: counts for name, (counts, _) in merged.items()}
        main = loading.finish(cursor, load_id, source=source, by_table=by_table)
        refreshing.refresh(cursor, self.facts, self.settings, [change for _, change in merged.values()])
        return LoadResult.of(source, load_id, main, by_table)

    def _insert(self, parts: Iterable[Part], load_id: int) -> tuple[LoadSource, list[Table]]:
        """Store the rows and rejects of every part; the source with its final counts, and the tables that got rows."""
        source, seen, staged = self.source, set[str](), set[str]()
        for part in parts:
            for table in loading.in_order(part.tables):
                seen.add(table.name)
                if _may_repeat(table, part.tables):
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
        return source, [table for name, table in TABLES.items() if name in seen]


def _may_repeat(table: Table, tables: Mapping[str, object]) -> bool:
    """Whether several parts can bring the same row: what goes with orders does so, orders and their lines do not."""
    return len(tables) > 1 and "order_id" not in table.key


def _together(one: Period | None, other: Period | None) -> Period | None:
    """The days from the first to the last of both."""
    known = [period for period in (one, other) if period is not None]
    return Period(min(p.start for p in known), max(p.end for p in known)) if known else None
