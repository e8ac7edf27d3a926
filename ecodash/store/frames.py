"""The types this room shares with the rooms above it: lazy frames, and what it must know of a fact to refresh it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import narwhals as nw
import polars as pl

from ecodash.core.settings import Settings

Lazy = nw.LazyFrame[Any]
"""A lazy frame of whatever engine holds the data."""

Rows = Lazy | pl.DataFrame | pl.LazyFrame
"""Rows to be loaded."""


class ReadSpec(Protocol):
    """One input of a fact: which one, and how a change in it leads to the keys to refresh."""

    @property
    def name(self) -> str:
        """A canonical table, or ``fact.<name>`` for an earlier fact."""
        ...

    @property
    def key(self) -> str | None:
        """The column that holds the refresh key; None when the input is read whole."""
        ...

    @property
    def via(self) -> str | None:
        """For an input without key: the other input whose rows lead from ``column`` to keys."""
        ...

    @property
    def column(self) -> str | None:
        """The column that the changed rows share with ``via``."""
        ...

    @property
    def via_column(self) -> str | None:
        """What that column is called in ``via``; None: the same."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns ``build`` reads, where that is said; empty: any."""
        ...


class FactSpec(Protocol):
    """What the store must know of a fact: its inputs, by which column it is refreshed, and how it is built."""

    @property
    def name(self) -> str:
        """Name of the fact; its table is ``facts.<name>``."""
        ...

    @property
    def reads(self) -> Sequence[ReadSpec]:
        """The inputs, canonical tables and earlier facts."""
        ...

    @property
    def refresh_by(self) -> str:
        """Column whose touched values are rebuilt, or ``all``."""
        ...

    @property
    def build(self) -> Callable[[Mapping[str, Lazy], Settings], Lazy]:
        """Inputs by name and the settings → the rows of the fact."""
        ...
