"""When the facts of an open workspace are brought up to date: after every change, or once after several."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from ecodash.core.settings import Settings
from ecodash.store import refreshing
from ecodash.store.database import Database
from ecodash.store.frames import FactSpec
from ecodash.store.loading import Change


class Upkeep:
    """The facts of one workspace. All of it happens inside the transaction of the change."""

    def __init__(self, database: Database, facts: Sequence[FactSpec]) -> None:
        self._database, self._facts = database, facts
        self._gathered: list[Change] | None = None

    def after(self, cursor: duckdb.DuckDBPyConnection, changes: Sequence[Change], settings: Settings) -> None:
        """Bring the facts up to date after ``changes``, now or at the end of ``together``."""
        if self._gathered is None:
            refreshing.refresh(cursor, self._facts, settings, changes)
        else:
            self._gathered += changes

    def whole(self, cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
        """Build every fact whole."""
        refreshing.build_all(cursor, self._facts, settings)

    @contextmanager
    def together(self, settings: Settings) -> Iterator[None]:
        """One transaction around several changes, with one refresh at its end. An error inside undoes all of them."""
        with self._database.transaction() as cursor:
            self._gathered = gathered = list[Change]()
            try:
                yield
            finally:
                self._gathered = None
            self.after(cursor, gathered, settings)
