"""Where the engine gets its facts: the whole of what metrics know about the store."""

from datetime import date
from typing import Protocol

from ecodash.core.period import Period
from ecodash.core.settings import Settings
from ecodash.facts import Frame

Lazy = Frame  # a lazy frame of whatever engine holds the data


class Source(Protocol):
    """A workspace as the engine sees it. ``as_of`` means: as known after that load; None means now."""

    @property
    def settings(self) -> Settings:
        """The settings of the workspace."""
        ...

    def fact(self, name: str, *, as_of: int | None = None) -> Frame:
        """A fact by name, lazily; its columns are declared in ``ecodash.facts``."""
        ...

    def table(self, name: str, *, as_of: int | None = None) -> Frame:
        """A canonical table by name, lazily."""
        ...

    def held(self, frame: Frame) -> Frame:
        """A frame of this source computed now, for many questions about the same rows."""
        ...

    def loaded_tables(self, *, as_of: int | None = None) -> set[str]:
        """Names of the canonical tables that hold at least one row."""
        ...

    def data_end(self, *, as_of: int | None = None) -> Period | None:
        """First and last calendar day the loaded orders cover; None when nothing is loaded."""
        ...

    def last_load(self, *, as_of: int | None = None) -> date | None:
        """The day (UTC) of the newest load that counts; None when nothing is loaded."""
        ...
