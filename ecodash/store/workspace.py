"""A workspace: one folder that keeps what was loaded and hands it out as lazy frames."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl

from ecodash.core.errors import WorkspaceError
from ecodash.core.schema import TABLES
from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.store import history, identity, loading, opening, preferences, preview, problems
from ecodash.store.bringing import Bringing, Others
from ecodash.store.bulk import Bulk, BulkPlan
from ecodash.store.database import Database, Limits
from ecodash.store.folder import Folder
from ecodash.store.frames import FactSpec, Lazy, Rows
from ecodash.store.notebook import NotebookTables
from ecodash.store.reading import Reader
from ecodash.store.records import Load, LoadResult, LoadSource, Part
from ecodash.store.space import require_space
from ecodash.store.upkeep import Upkeep


class Workspace:
    """An open workspace. Use ``create`` or ``open``, and ``with`` or ``close`` when done.

    All methods may be called from any thread. A load, undo or redo is one transaction: it happens whole or not at all,
    one at a time; readers see the state before it until it is done. Lazy frames belong to the thread that asked for
    them: they can be joined with each other there, and are collected there. Everything raises WorkspaceError when the
    disk is full, the folder read-only or the file in use elsewhere.
    """

    def __init__(self, database: Database, facts: Sequence[FactSpec]) -> None:
        self._database = database
        self._reader, self._upkeep = Reader(database, facts), Upkeep(database, tuple(facts))
        self._settings = preferences.from_text(preferences.read(database.cursor(), "settings") or "{}")

    @classmethod
    def create(
        cls,
        path: Path,
        settings: Settings | None = None,
        *,
        facts: Sequence[FactSpec] = (),
        limits: Limits | None = None,
    ) -> Self:
        """A new, empty workspace at ``path``. Raises WorkspaceError when there already is one."""
        folder = Folder.at(path)
        with problems.explained(folder.root):
            folder.make()
        database = Database.open(folder, read_only=False, limits=limits or Limits())
        try:
            with problems.explained(folder.root):
                opening.initialise(database, settings or Settings(), facts)
            return cls(database, facts)
        except BaseException:
            database.close()
            raise

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, facts: Sequence[FactSpec] = (), limits: Limits | None = None
    ) -> Self:
        """The workspace at ``path``. Raises WorkspaceError when there is none or it cannot be used.

        Opened for writing, it is brought to the present schema first, and facts of an older version are built anew.
        """
        folder = Folder.at(path)
        if not folder.database.is_file():
            raise problems.absent(folder.root)
        if not read_only:
            with problems.explained(folder.root):
                folder.make()
        database = Database.open(folder, read_only=read_only, limits=limits or Limits())
        try:
            with problems.explained(folder.root):
                opening.check(database)
                if not database.read_only and not read_only:
                    opening.modernise(database, facts)
                return cls(database, facts)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Let go of the file. Lazy frames of this workspace can no longer be collected if it was the last user."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Folder:
        """Where its parts lie (``recipes``, ``uploads`` …)."""
        return self._database.folder

    @property
    def edition(self) -> int:
        """Grows with every change made in this process; what was asked at one edition holds until the next."""
        return self._database.edition

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    @property
    def notebook(self) -> NotebookTables:
        """Goals and notes."""
        return NotebookTables(self._database)

    def change_settings(self, settings: Settings) -> None:
        """Put other settings in force and rebuild the facts. Raises WorkspaceError for a new zone once data are there."""
        with self._database.transaction() as cursor:
            if settings.business_zone != self._settings.business_zone and history.newest_active(cursor):
                raise WorkspaceError(
                    Text("已有数据，不能再更改业务时区。", "The business zone cannot change once data are loaded."),
                    advice=Text("请用新的时区新建一个工作区。", "Create a new workspace with the other zone."),
                )
            preferences.write(cursor, "settings", preferences.to_text(settings))
            self._upkeep.whole(cursor, settings)
        self._settings = settings
        self._reader.forget_earlier()

    def rebuild_facts(self) -> None:
        """Build every fact whole; the result is what they already hold, unless the program that built them changed."""
        with self._database.transaction() as cursor:
            self._upkeep.whole(cursor, self._settings)

    def hash_id(self, values: pl.Series) -> pl.Series:
        """Keyed hashes of ``values`` (32 hex digits), the same in every load of this workspace; null stays null."""
        return identity.hash_values(self._database.cursor(), values, self.folder.salt())

    def find_load(self, sha256: str, options_key: str) -> Load | None:
        """The load of the same bytes with the same choices; it may have been taken back. None when there was none."""
        return history.find(self._database.cursor(), sha256, options_key)

    def overlap(self, tables: Mapping[str, Rows]) -> dict[str, int]:
        """How many merge keys of each table are in the workspace already; nothing is kept."""
        return {name: preview.known_keys(self._database.cursor(), TABLES[name], rows) for name, rows in tables.items()}

    def load(self, source: LoadSource, tables: Mapping[str, Rows], rejects: pl.DataFrame | None = None) -> LoadResult:
        """Load canonical rows (columns of the table and ``row_no``) in one transaction, facts included.

        The same source again changes nothing; if it had been taken back, it is brought back. Raises InputError when
        order ids collide with those of another platform, WorkspaceError when the disk is too small.
        """
        return self.load_parts(source, [Part(tables=tables, rejects=rejects)])

    def load_parts(self, source: LoadSource, parts: Iterable[Part], *, whole_orders: bool = False) -> LoadResult:
        """Load a large file part by part, still in one transaction; the row counts of the parts add up to the load's.

        The parts are asked for one by one, so only one needs to be in memory. With ``whole_orders`` all rows of an
        order must be in one part: raises ScatteredOrders, with nothing loaded, when they are not. Else as ``load``.
        """
        return self._bring(source, lambda bringing: bringing.run(parts, whole_orders=whole_orders))

    def load_bulk(self, source: LoadSource, path: Path, plan: BulkPlan, *, others: Others) -> LoadResult:
        """Load a large UTF-8 file that holds a canonical table, still in one transaction.

        Raises NotPlain, with nothing loaded, when the file is to be read part by part instead. Else as ``load``.
        """
        with self.folder.borrowed(path) as inside:
            bulk = Bulk(plan=plan, path=inside, salt=self.folder.salt())
            return self._bring(source, lambda bringing: bringing.run_bulk(bulk, others))

    def _bring(self, source: LoadSource, run: Callable[[Bringing], LoadResult]) -> LoadResult:
        """Run a load in a transaction, unless its file was loaded before."""
        known = self.find_load(source.sha256, source.options_key)
        if known is not None:
            self.redo(known.load_id)
            return LoadResult.repeated(known)
        require_space(self.folder, source.bytes)
        with self._database.transaction() as cursor:
            refresh = partial(self._upkeep.after, cursor, settings=self._settings)
            return run(Bringing(cursor=cursor, source=source, refresh=refresh))

    def together(self) -> AbstractContextManager[None]:
        """What this thread loads inside is one transaction with one refresh of the facts: kept whole or not at all."""
        return self._upkeep.together(self._settings)

    def undo(self, load_id: int) -> None:
        """Take a load back, unless it is: everything is as if it had never been made. Raises UnknownName."""
        self._switch(load_id, active=False)

    def redo(self, load_id: int) -> None:
        """Bring a load back to its old place in the order of loads, unless it is there. Raises UnknownName."""
        self._switch(load_id, active=True)

    def loads(self) -> pl.DataFrame:
        """One row per load in the order they were made, those taken back included (``active`` is false)."""
        return history.loads(self._database.cursor())

    def get_load(self, load_id: int) -> Load:
        """One load. Raises UnknownName when there is none with this number."""
        return history.get(self._database.cursor(), load_id)

    def rejects(self, load_id: int) -> pl.DataFrame:
        """What a load refused, one row per cell or row: file, row_no, column, field, raw, reason. Empty when nothing."""
        history.get(self._database.cursor(), load_id)
        return history.rejects(self._database.cursor(), load_id)

    def origin(self, load_ids: Collection[int]) -> pl.DataFrame:
        """The files behind rows: load_id, file, sha256, loaded_at. With ``row_no`` of a row it gives file and line."""
        return history.origin(self._database.cursor(), load_ids)

    def loaded_tables(self, *, as_of: int | None = None) -> set[str]:
        """Names of the canonical tables that hold at least one row."""
        return history.loaded_tables(self._database.cursor(), as_of)

    def table(self, name: str, *, as_of: int | None = None) -> Lazy:
        """A canonical table with ``load_id`` and ``row_no``, one row per merge key; now, or as known after a load.

        Raises UnknownName for an unknown table or load. Amounts are ten-thousandths.
        """
        return self._reader.table(name, as_of=as_of)

    def fact(self, name: str, *, as_of: int | None = None) -> Lazy:
        """A fact; now, or as known after a load. Raises UnknownName for an unknown fact or load."""
        return self._reader.fact(name, settings=self._settings, as_of=as_of)

    def held(self, frame: Lazy) -> Lazy:
        """A frame as it is now, computed once and kept in memory while anything reads it."""
        return self._reader.held(frame)

    def snapshot(self) -> AbstractContextManager[None]:
        """Inside, this thread sees one state of the workspace, whatever other threads load meanwhile."""
        return self._reader.snapshot()

    def _switch(self, load_id: int, *, active: bool) -> None:
        with self._database.transaction() as cursor:
            if history.get(cursor, load_id).active == active:
                return
            cursor.execute("UPDATE loads SET active = ? WHERE load_id = ?", [active, load_id])
            tables = history.tables_of(cursor, load_id)
            changes = [loading.switch(cursor, table, load_id, active=active) for table in tables]
            self._upkeep.after(cursor, changes, self._settings)
        self._reader.forget_earlier()
