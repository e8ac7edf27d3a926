"""A source for the time of one question: what several metrics read alike is prepared once."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import TypeVar, cast

from ecodash.core.period import Period
from ecodash.core.settings import Settings
from ecodash.facts import Frame
from ecodash.metrics.source import Source

T = TypeVar("T")
MANY = 4


class Shared:
    """Another source, each of whose answers is kept. Not for longer than one question, nor for several threads."""

    def __init__(self, source: Source, *, questions: int) -> None:
        self._source, self._questions = source, questions
        self._held: dict[Hashable, object] = {}

    @property
    def original(self) -> Source:
        """The source itself."""
        return self._source

    def once(self, key: Hashable, build: Callable[[], T]) -> T:
        """What ``build`` gives, built when first asked for under ``key``."""
        if key not in self._held:
            self._held[key] = build()
        return cast("T", self._held[key])

    @property
    def settings(self) -> Settings:
        """The settings of the workspace."""
        return self.once("settings", lambda: self._source.settings)

    def fact(self, name: str, *, as_of: int | None = None) -> Frame:
        """A fact by name, lazily."""
        return self.once(("fact", name, as_of), lambda: self._source.fact(name, as_of=as_of))

    def table(self, name: str, *, as_of: int | None = None) -> Frame:
        """A canonical table by name, lazily."""
        return self.once(("table", name, as_of), lambda: self._source.table(name, as_of=as_of))

    def held(self, frame: Frame) -> Frame:
        """A frame computed now, where so many metrics are asked for that it pays; otherwise as lazy as it came."""
        return self._source.held(frame) if self._questions >= MANY else frame

    def loaded_tables(self, *, as_of: int | None = None) -> set[str]:
        """Names of the canonical tables that hold at least one row."""
        return self.once(("loaded", as_of), lambda: self._source.loaded_tables(as_of=as_of))

    def data_end(self, *, as_of: int | None = None) -> Period | None:
        """First and last calendar day the loaded orders cover; None when nothing is loaded."""
        return self.once(("data_end", as_of), lambda: self._source.data_end(as_of=as_of))

    def last_load(self, *, as_of: int | None = None) -> date | None:
        """The day (UTC) of the newest load that counts; None when nothing is loaded."""
        return self.once(("last_load", as_of), lambda: self._source.last_load(as_of=as_of))


def shared(source: Source, *, questions: int) -> Shared:
    """The source as one that keeps its answers, for so many metrics at once."""
    return source if isinstance(source, Shared) else Shared(source, questions=questions)
