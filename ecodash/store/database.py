"""One DuckDB file, opened hardened and shared by all threads of this process.

Nothing that comes from a file of a user can make DuckDB read or write outside the workspace, load an extension or
attach another database: paths are limited to the folder and the configuration is locked before the first statement.
Each thread has one cursor of its own, so relations made in one thread can be joined with each other; a cursor sees
what was committed before its statement began, so readers never wait for a load.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakKeyDictionary

import duckdb

from ecodash.store import problems
from ecodash.store.folder import Folder

SCRATCH = "scratch"
"""Name of the attached in-memory database: facts as of earlier loads are built there."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much of the machine DuckDB may take. ``memory`` and ``spill`` are sizes such as ``1GB``."""

    memory: str = field(default_factory=lambda: os.environ.get("ECODASH_MEMORY", "1GB"))
    spill: str = "100GB"
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)


class Database:
    """An open database file. Use ``Database.open``: one file is opened once per process, whoever asks."""

    def __init__(self, folder: Folder, *, read_only: bool, limits: Limits) -> None:
        self.folder, self.read_only, self.limits = folder, read_only, limits
        self.writing = threading.RLock()
        self.users = self.edition = 0
        self._within = False  # whether the thread that holds ``writing`` is inside a transaction
        self._guard = threading.Lock()
        self._cursors: WeakKeyDictionary[threading.Thread, duckdb.DuckDBPyConnection] = WeakKeyDictionary()
        self._root = _connect(folder, read_only=read_only, limits=limits)

    @classmethod
    def open(cls, folder: Folder, *, read_only: bool, limits: Limits) -> "Database":
        """The database of ``folder``, shared with everyone in this process who has it open.

        Raises WorkspaceError when another process has it open, or when this process has it open for reading only and
        it is wanted for writing.
        """
        with _OPENING:
            shared = _OPEN.get(folder.database)
            if shared is None:
                with problems.explained(folder.root):
                    shared = _OPEN[folder.database] = cls(folder, read_only=read_only, limits=limits)
            elif shared.read_only and not read_only:
                raise problems.locked(folder.root)
            shared.users += 1
            return shared

    def close(self) -> None:
        """Let go of the database; the file is free for others when the last user has closed it."""
        with _OPENING:
            self.users -= 1
            if self.users == 0:
                _OPEN.pop(self.folder.database, None)
                self._close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """The cursor of this thread. Fetch a result before the next statement."""
        thread = threading.current_thread()
        with self._guard:
            cursor = self._cursors.get(thread)
            if cursor is None:
                cursor = self._cursors[thread] = self._root.cursor()
            return cursor

    @contextmanager
    def another_cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor beside that of this thread, outside of whatever transaction that one is in."""
        with self._guard:
            cursor = self._root.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction of the only writer: committed when the block ends well, rolled back when it raises.

        Temporary tables made inside are dropped. A transaction inside another one of its thread is a part of that.
        Raises WorkspaceError for what an operator can act on.
        """
        if self.read_only:
            raise problems.read_only(self.folder.root)
        with self.writing, problems.explained(self.folder.root):
            cursor = self.cursor()
            if self._within:
                yield cursor
                return
            cursor.execute("BEGIN TRANSACTION")
            self._within = True
            try:
                yield cursor
                _drop_temporary(cursor)
                cursor.execute("COMMIT")
                self.edition += 1
            except BaseException:
                self._roll_back(cursor)
                raise
            finally:
                self._within = False

    def _roll_back(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Roll back, and open the file again when DuckDB has given up on it (a failed write on a full disk)."""
        with suppress(duckdb.Error):
            cursor.execute("ROLLBACK")
        try:
            self.cursor().execute("SELECT 1").fetchall()
        except duckdb.Error:
            self._close()
            self._root = _connect(self.folder, read_only=self.read_only, limits=self.limits)

    def _close(self) -> None:
        with self._guard:
            for cursor in list(self._cursors.values()):
                cursor.close()
            self._cursors.clear()
            self._root.close()


_OPENING = threading.Lock()
_OPEN: dict[Path, Database] = {}


def _connect(folder: Folder, *, read_only: bool, limits: Limits) -> duckdb.DuckDBPyConnection:
    """A hardened connection: no reading or writing outside the workspace, no extensions, configuration locked."""
    connection = duckdb.connect(
        str(folder.database),
        read_only=read_only,
        config={
            "memory_limit": limits.memory,
            "threads": limits.threads,
            "temp_directory": str(folder.temporary),
            "max_temp_directory_size": limits.spill,
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "python_enable_replacements": False,
        },
    )
    root = str(folder.root).replace("'", "''")
    for statement in (
        f"ATTACH ':memory:' AS {SCRATCH} (READ_WRITE)",
        f"SET allowed_directories = ['{root}']",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(statement)
    return connection


def _drop_temporary(cursor: duckdb.DuckDBPyConnection) -> None:
    """Drop the views and tables that live with the cursor: they would keep their memory until the thread ends."""
    views = "SELECT 'VIEW', view_name FROM duckdb_views() WHERE temporary AND NOT internal"
    tables = "SELECT 'TABLE', table_name FROM duckdb_tables() WHERE temporary"
    for kind, name in cursor.execute(f"{views} UNION ALL {tables}").fetchall():
        cursor.execute(f'DROP {kind} IF EXISTS temp."{name}"')
