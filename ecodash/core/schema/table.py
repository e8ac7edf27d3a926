"""How a canonical table is declared.

A canonical table is the one shape every export is brought into. Physical representation of the types, the same
in DuckDB, polars and Arrow:

===========  ==========================================================================================
``STR``      text; ids are always text
``INT``      64-bit integer
``DEC``      64-bit integer, ten-thousandths (``ecodash.core.decimals``), so that sums are exact
``FLOAT``    64-bit float, only for coordinates and rates
``TS``       timestamp without zone, in the business zone of the workspace, microseconds
``DATE``     calendar day in the business zone
``BOOL``     true, false or null
``ENUM``     text, one of ``values``
===========  ==========================================================================================
"""

from dataclasses import dataclass
from enum import StrEnum

from ecodash.core.text import Text


class ColumnType(StrEnum):
    """The logical type of a canonical column; the module docstring says how each is stored."""

    STR = "str"
    INT = "int"
    DEC = "dec"
    FLOAT = "float"
    TS = "ts"
    DATE = "date"
    BOOL = "bool"
    ENUM = "enum"


@dataclass(frozen=True)
class Column:
    """One column of a canonical table: ``required`` cells must be filled, ``personal`` ones are hashed on load."""

    name: str
    type: ColumnType
    meaning: Text
    values: tuple[str, ...] = ()
    required: bool = False
    ref: str | None = None
    personal: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """One canonical table.

    ``key`` is the merge key: a later load replaces the row with the same key. ``level`` is ``core``,
    ``recommended`` or ``optional``.
    """

    name: str
    label: Text
    grain: Text
    level: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names in declaration order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column called ``name``; raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")
