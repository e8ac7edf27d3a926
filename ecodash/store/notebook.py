"""Goals and notes of a workspace: two small tables beside the loads, which no load, undo or redo touches."""

from collections.abc import Sequence
from datetime import date

import duckdb

from ecodash.core.decimals import from_scaled, to_scaled
from ecodash.core.errors import UnknownName
from ecodash.core.notebook import Goal, Note
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.store.database import Database
from ecodash.store.watch import WatchTable

_TABLES = (
    "CREATE TABLE IF NOT EXISTS goals (month DATE, metric VARCHAR, owner VARCHAR, value BIGINT)",
    """CREATE TABLE IF NOT EXISTS notes (
        note_id BIGINT, start_day DATE, end_day DATE, text VARCHAR, owner VARCHAR, scope VARCHAR)""",
)


class NotebookTables:
    """The two tables, made when the first thing is written. Writing raises WorkspaceError when it cannot be done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def watch(self) -> WatchTable:
        """Rules of the watch, in a table of their own."""
        return WatchTable(self._database)

    def goals(self) -> list[Goal]:
        """Every goal, by month, metric and owner."""
        if not self._has("goals"):
            return []
        statement = "SELECT month, metric, owner, value FROM goals ORDER BY month, metric, owner"
        rows = self._database.cursor().execute(statement).fetchall()
        return [
            Goal(month=month, metric=metric, owner=owner, value=from_scaled(value))
            for month, metric, owner, value in rows
        ]

    def set_goal(self, goal: Goal) -> None:
        """Keep a goal, in place of an earlier one for the same month, metric and owner."""
        with self._database.transaction() as cursor:
            _create(cursor)
            self._drop_goal(cursor, goal.month, goal.metric, goal.owner)
            row = [goal.month, goal.metric, goal.owner, to_scaled(goal.value)]
            cursor.execute("INSERT INTO goals VALUES (?, ?, ?, ?)", row)

    def remove_goal(self, month: date, metric: str, owner: str) -> None:
        """Take a goal away. Raises UnknownName when there is none like it."""
        known = [one for one in self.goals() if (one.month, one.metric, one.owner) == (month, metric, owner)]
        if not known:
            name = f"{month:%Y-%m} {metric} {owner}".strip()
            raise UnknownName(
                Text("目标", "goal"), name, [f"{g.month:%Y-%m} {g.metric} {g.owner}".strip() for g in self.goals()]
            )
        with self._database.transaction() as cursor:
            self._drop_goal(cursor, month, metric, owner)

    def notes(self) -> list[Note]:
        """Every note, by first day."""
        if not self._has("notes"):
            return []
        columns = "note_id, start_day, end_day, text, owner, scope"
        statement = f"SELECT {columns} FROM notes ORDER BY start_day, end_day, note_id"
        rows = self._database.cursor().execute(statement).fetchall()
        return [
            Note(id=number, days=Period(start, end), text=text, owner=owner, scope=scope)
            for number, start, end, text, owner, scope in rows
        ]

    def add_notes(self, notes: Sequence[Note]) -> list[Note]:
        """Keep notes, all or none; gives them back with their numbers."""
        with self._database.transaction() as cursor:
            _create(cursor)
            [(last,)] = cursor.execute("SELECT coalesce(max(note_id), 0) FROM notes").fetchall()
            kept = []
            for number, note in enumerate(notes, start=last + 1):
                cursor.execute("INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?)", [number, *_cells(note)])
                kept.append(Note(id=number, days=note.days, text=note.text, owner=note.owner, scope=note.scope))
            return kept

    def edit_note(self, note: Note) -> None:
        """Put ``note`` in place of the one with its number. Raises UnknownName when there is none."""
        self._require(note.id)
        with self._database.transaction() as cursor:
            cursor.execute(
                "UPDATE notes SET start_day = ?, end_day = ?, text = ?, owner = ?, scope = ? WHERE note_id = ?",
                [*_cells(note), note.id],
            )

    def remove_note(self, number: int) -> None:
        """Take a note away. Raises UnknownName when there is none with this number."""
        self._require(number)
        with self._database.transaction() as cursor:
            cursor.execute("DELETE FROM notes WHERE note_id = ?", [number])

    def _require(self, number: int) -> None:
        known = [str(note.id) for note in self.notes()]
        if str(number) not in known:
            raise UnknownName(Text("批注", "note"), str(number), known)

    def _has(self, table: str) -> bool:
        there = "SELECT 1 FROM duckdb_tables() WHERE table_name = ? AND schema_name = 'main' AND NOT temporary"
        return bool(self._database.cursor().execute(there, [table]).fetchall())

    @staticmethod
    def _drop_goal(cursor: duckdb.DuckDBPyConnection, month: date, metric: str, owner: str) -> None:
        cursor.execute("DELETE FROM goals WHERE month = ? AND metric = ? AND owner = ?", [month, metric, owner])


def _create(cursor: duckdb.DuckDBPyConnection) -> None:
    for statement in _TABLES:
        cursor.execute(statement)


def _cells(note: Note) -> list[object]:
    return [note.days.start, note.days.end, note.text, note.owner, note.scope]
