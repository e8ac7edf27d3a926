"""Tables and facts of an open workspace as lazy frames, now or as they were known after an earlier load."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import narwhals as nw

from ecodash.core.errors import UnknownName
from ecodash.core.schema import TABLES
from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.store import history, problems
from ecodash.store.database import Database
from ecodash.store.earlier import EarlierFacts
from ecodash.store.frames import FactSpec, Lazy
from ecodash.store.merging import as_of_sql


class Reader:
    """Hands out lazy frames on the cursor of the thread that asks. Facts of earlier loads are built when asked for."""

    def __init__(self, database: Database, facts: Sequence[FactSpec]) -> None:
        self._database, self._facts = database, {fact.name: fact for fact in facts}
        self._earlier = EarlierFacts(facts)

    def table(self, name: str, *, as_of: int | None) -> Lazy:
        """The rows of a canonical table. Raises UnknownName for an unknown table or load."""
        if name not in TABLES:
            raise UnknownName(Text("数据表", "table"), name, list(TABLES))
        sql = f"FROM current.{name}" if self._is_now(as_of) else as_of_sql(TABLES[name], as_of or 0)
        return nw.from_native(self._database.cursor().sql(sql))

    def fact(self, name: str, *, settings: Settings, as_of: int | None) -> Lazy:
        """The rows of a fact under ``settings``. Raises UnknownName for an unknown fact or load."""
        if name not in self._facts:
            raise UnknownName(Text("事实表", "fact"), name, list(self._facts))
        place = f"facts.{name}"
        if not self._is_now(as_of):
            with problems.explained(self._database.folder.root), self._database.another_cursor() as cursor:
                place = self._earlier.table(cursor, name, as_of or 0, settings)
        return nw.from_native(self._database.cursor().sql(f"FROM {place}"))

    def held(self, frame: Lazy) -> Lazy:
        """The rows of a frame, computed now; they stay in memory while a frame made of them lives."""
        return nw.from_native(self._database.cursor().from_arrow(frame.collect("pyarrow").to_native()))

    def forget_earlier(self) -> None:
        """Facts of earlier loads are no longer what they were: a load was taken back, or the settings changed."""
        with self._database.another_cursor() as cursor:
            self._earlier.forget(cursor)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Inside, the cursor of this thread sees one state of the database."""
        cursor = self._database.cursor()
        cursor.execute("BEGIN TRANSACTION READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")

    def _is_now(self, as_of: int | None) -> bool:
        """Whether the state after ``as_of`` is the present one. Raises UnknownName when there is no such load."""
        if as_of is None:
            return True
        cursor = self._database.cursor()
        history.get(cursor, as_of)
        return as_of >= history.newest_active(cursor)
