"""What a metric over canonical tables may read: the tables and facts as of the load asked for, and the settings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from ecodash.core.settings import Settings
from ecodash.facts import Frame
from ecodash.metrics.shared import Shared
from ecodash.metrics.source import Source

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A workspace at one moment; everything is lazy."""

    source: Source
    as_of: int | None = None

    @property
    def settings(self) -> Settings:
        """The settings of the workspace."""
        return self.source.settings

    def table(self, name: str) -> Frame:
        """A canonical table; no rows when it was never loaded."""
        return self.source.table(name, as_of=self.as_of)

    def fact(self, name: str) -> Frame:
        """A fact."""
        return self.source.fact(name, as_of=self.as_of)

    def once(self, name: str, build: Callable[["Reading"], T]) -> T:
        """What ``build`` makes of this reading; made once for all metrics of a question."""
        if isinstance(self.source, Shared):
            return self.source.once((name, self.as_of), lambda: build(self))
        return build(self)

    def held(self, name: str, build: Callable[["Reading"], Frame]) -> Frame:
        """Rows that many metrics of a question read, computed once for all of them."""
        return self.once(
            name, lambda one: self.source.held(build(one)) if isinstance(self.source, Shared) else build(one)
        )

    def loaded(self, names: Iterable[str]) -> bool:
        """Whether every one of the tables holds rows."""
        return set(names) <= self.source.loaded_tables(as_of=self.as_of)
