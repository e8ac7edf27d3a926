"""Rules of the watch of a workspace: one small table beside the loads, which no load, undo or redo touches."""

import json

from ecodash.core.errors import UnknownName
from ecodash.core.text import Text
from ecodash.core.watch import WatchRule, Where
from ecodash.store.database import Database

_TABLE = "CREATE TABLE IF NOT EXISTS watch_rules (metric VARCHAR, filters VARCHAR, threshold DOUBLE, owner VARCHAR)"
_THERE = "SELECT 1 FROM duckdb_tables() WHERE table_name = ? AND schema_name = 'main' AND NOT temporary"


class WatchTable:
    """The table, made when the first rule is kept. Writing raises WorkspaceError when it cannot be done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rules(self) -> list[WatchRule]:
        """Every kept rule, by metric and filter."""
        cursor = self._database.cursor()
        if not cursor.execute(_THERE, ["watch_rules"]).fetchall():
            return []
        rows = cursor.execute("SELECT metric, filters, threshold, owner FROM watch_rules ORDER BY 1, 2").fetchall()
        return [
            WatchRule(metric=metric, where=_where(filters), threshold=threshold, owner=owner, own=True)
            for metric, filters, threshold, owner in rows
        ]

    def keep(self, rule: WatchRule) -> None:
        """Keep a rule, in place of an earlier one for the same metric and filter."""
        with self._database.transaction() as cursor:
            cursor.execute(_TABLE)
            key = [rule.metric, _text(rule.where)]
            cursor.execute("DELETE FROM watch_rules WHERE metric = ? AND filters = ?", key)
            cursor.execute("INSERT INTO watch_rules VALUES (?, ?, ?, ?)", [*key, rule.threshold, rule.owner])

    def remove(self, metric: str, where: Where = ()) -> None:
        """Take a kept rule away. Raises UnknownName when there is none like it."""
        known = [one.metric for one in self.rules()]
        if (metric, where) not in {(one.metric, one.where) for one in self.rules()}:
            raise UnknownName(Text("监控规则", "watch rule"), metric, known)
        with self._database.transaction() as cursor:
            cursor.execute("DELETE FROM watch_rules WHERE metric = ? AND filters = ?", [metric, _text(where)])


def _text(where: Where) -> str:
    return json.dumps([[name, list(values)] for name, values in sorted(where)], ensure_ascii=False)


def _where(text: str) -> Where:
    return tuple((str(name), tuple(str(value) for value in values)) for name, values in json.loads(text))
