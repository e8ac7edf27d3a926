"""How a fact is declared: its columns, what it reads, how it is built and how it is refreshed.

A fact is a small, typed, pre-joined table at a stated grain that pages and metrics read instead of raw lines.
``build`` is a lazy pipeline in narwhals' polars-style API, so polars, DuckDB and Spark run the very same function.

How a store refreshes a fact after a load (incremental and full rebuild give the same rows):

1. *Changed rows* of an input are the rows deleted, inserted or replaced in it, in their old and their new version.
   The changed rows of a fact are known once it has been refreshed itself (facts come in build order).
2. The touched keys are the values of ``Read.key`` in the changed rows of every input that has one.
   An input with ``via`` has no key of its own: its changed rows name values of ``Read.column``, and the rows of
   the input ``via`` that carry one of these values lead to keys. Any other change asks for a full rebuild.
3. The keyed inputs are restricted to the touched keys, the others are handed over whole; ``build`` gives the new rows.
   The rows of the fact with a touched key in ``refresh_by`` are deleted and the new rows are inserted.

No pipeline gives a row without a value in ``refresh_by``, so a touched key of null may be ignored.
Every input is handed over, with its declared columns plus ``load_id`` and ``row_no`` (of an input with
``Read.columns`` perhaps only those); a table never loaded is empty.
``refresh_by = "all"`` means that the fact is always built whole (small cubes over other facts).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import narwhals as nw
from narwhals.typing import IntoLazyFrame

from ecodash.core.settings import Settings
from ecodash.core.text import Text

Frame: TypeAlias = nw.LazyFrame[IntoLazyFrame]
Frames: TypeAlias = Mapping[str, Frame]
Build: TypeAlias = Callable[[Frames, Settings], Frame]


class FactType(StrEnum):
    """What a fact column holds. ``DTYPES`` says how it is stored."""

    ID = "id"
    TEXT = "text"
    DAY = "day"
    MONTH = "month"
    TIME = "time"
    SMALL = "small"
    COUNT = "count"
    MONEY = "money"
    QUANTITY = "quantity"
    FLAG = "flag"
    RATE = "rate"


DTYPES: dict[FactType, type[nw.dtypes.DType] | nw.dtypes.DType] = {
    FactType.ID: nw.String,
    FactType.TEXT: nw.String,
    FactType.DAY: nw.Int32,
    FactType.MONTH: nw.Int32,
    FactType.TIME: nw.Datetime("us"),
    FactType.SMALL: nw.Int32,
    FactType.COUNT: nw.Int64,
    FactType.MONEY: nw.Int64,
    FactType.QUANTITY: nw.Int64,
    FactType.FLAG: nw.Boolean,
    FactType.RATE: nw.Float64,
}


@dataclass(frozen=True)
class FactColumn:
    """One column of a fact.

    Days are numbers since 1970-01-01, months are ``year * 12 + month - 1``; money and quantities are ten-thousandths,
    money in the base currency.
    """

    name: str
    type: FactType
    meaning: Text


@dataclass(frozen=True, kw_only=True)
class Read:
    """One input of a fact: a canonical table (``orders``) or an earlier fact (``fact.orders``).

    The name is also the key under which ``build`` finds the frame. ``key`` is the column that holds the refresh key
    (None: read whole). ``via`` and ``column`` say through which other input, and by which column, a change of this
    table reaches refresh keys; ``via_column`` is what that column is called there, where the names differ. ``columns`` are the only ones ``build`` uses (empty: any): facts that read the same
    input by the same key then share one look at it.
    """

    name: str
    key: str | None = None
    via: str | None = None
    column: str | None = None
    via_column: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact: the module docstring says how it is refreshed; ``grain`` says one row per what."""

    name: str
    label: Text
    grain: Text
    columns: tuple[FactColumn, ...]
    reads: tuple[Read, ...]
    refresh_by: str
    build: Build

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the canonical tables and earlier facts that ``build`` reads."""
        return tuple(read.name for read in self.reads)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names in declaration order; ``build`` gives exactly these."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> FactColumn:
        """The column called ``name``; raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")
