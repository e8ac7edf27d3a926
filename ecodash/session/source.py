"""A workspace as the metrics see it."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar, cast

import narwhals as nw
import polars as pl

from ecodash.core.period import Period, day_of
from ecodash.core.settings import Settings
from ecodash.metrics.source import Lazy
from ecodash.store import Workspace

Answer = TypeVar("Answer")


class WorkspaceSource:
    """Facts and tables of one workspace, with the days its orders cover; ``moment``: all of it as known after a load."""

    def __init__(self, workspace: Workspace, *, moment: int | None = None) -> None:
        self._workspace, self._moment = workspace, moment
        self._known: dict[tuple[int, str, int | None], object] = {}

    @property
    def settings(self) -> Settings:
        """The settings of the workspace."""
        return self._workspace.settings

    @property
    def edition(self) -> int:
        """Grows with every change of the data or settings; what was asked at one edition holds until the next."""
        return self._workspace.edition

    def fact(self, name: str, *, as_of: int | None = None) -> Lazy:
        """A fact, now or as known after a load."""
        return self._workspace.fact(name, as_of=self._then(as_of))

    def table(self, name: str, *, as_of: int | None = None) -> Lazy:
        """A canonical table, now or as known after a load."""
        return self._workspace.table(name, as_of=self._then(as_of))

    def held(self, frame: Lazy) -> Lazy:
        """A frame computed now, for many questions about the same rows."""
        return self._workspace.held(frame)

    def loaded_tables(self, *, as_of: int | None = None) -> set[str]:
        """Names of the canonical tables that hold rows."""
        load = self._then(as_of)
        return set(self._once("tables", load, lambda: self._workspace.loaded_tables(as_of=load)))

    def data_end(self, *, as_of: int | None = None) -> Period | None:
        """First and last day of the loaded orders, whatever became of them; None without orders."""
        return self._once("days", self._then(as_of), lambda: self._days(as_of))

    def last_load(self, *, as_of: int | None = None) -> date | None:
        """The day (UTC) of the newest load that counts; None when nothing is loaded."""
        return self._once("load", self._then(as_of), lambda: self._last_load(as_of))

    def _last_load(self, as_of: int | None) -> date | None:
        load, rows = self._then(as_of), self._workspace.loads().filter(pl.col("active"))
        known = rows if load is None else rows.filter(pl.col("load_id") <= load)
        return max((moment.date() for moment in known["loaded_at"]), default=None)

    def _days(self, as_of: int | None) -> Period | None:
        days = self.fact("daily", as_of=as_of).filter(nw.col("documents") > 0)
        first, last = days.select(first=nw.col("day").min(), last=nw.col("day").max()).collect("polars").row(0)
        return None if first is None else Period(day_of(int(first)), day_of(int(last)))

    def _once(self, what: str, load: int | None, ask: Callable[[], Answer]) -> Answer:
        """What every question needs to know of the data as a whole: asked for once until they change."""
        key = (self._workspace.edition, what, load)
        if key in self._known:
            return cast("Answer", self._known[key])
        answer = ask()
        self._known = {known: held for known, held in self._known.items() if known[0] == key[0]} | {key: answer}
        return answer

    def _then(self, as_of: int | None) -> int | None:
        """The earlier of the load asked for and the load this source stops at; None is now."""
        known = [load for load in (as_of, self._moment) if load is not None]
        return min(known) if known else None
