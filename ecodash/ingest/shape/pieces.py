"""The few moves every table is shaped with. All of them are lazy and run on polars and on DuckDB alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import narwhals as nw
from narwhals.typing import IntoLazyFrame

from ecodash.core.schema import TABLES, ColumnType
from ecodash.ingest.mapping import LoadOptions

Frame: TypeAlias = nw.LazyFrame[IntoLazyFrame]
ROW = "row_no"

_TYPES: dict[ColumnType, nw.dtypes.DType] = {
    ColumnType.STR: nw.String(),
    ColumnType.ENUM: nw.String(),
    ColumnType.INT: nw.Int64(),
    ColumnType.DEC: nw.Int64(),
    ColumnType.FLOAT: nw.Float64(),
    ColumnType.TS: nw.Datetime("us"),
    ColumnType.DATE: nw.Date(),
    ColumnType.BOOL: nw.Boolean(),
}


@dataclass(frozen=True, kw_only=True)
class Source:
    """The field frame of one file, and what is known about it besides."""

    frame: Frame
    names: frozenset[str]
    entity: str
    platform: str
    options: LoadOptions

    def has(self, *fields: str) -> bool:
        """Whether all ``fields`` are columns."""
        return self.names.issuperset(fields)

    def present(self, fields: Iterable[str]) -> list[str]:
        """The ``fields`` that are columns, in the order given."""
        return [name for name in fields if name in self.names]

    def any_of(self, *fields: str) -> nw.Expr:
        """The first filled of the ``fields``; null text when none is a column."""
        found = self.present(fields)
        if not found:
            return empty(nw.String())
        return nw.coalesce(*found) if len(found) > 1 else nw.col(found[0])

    def with_frame(self, frame: Frame, *added: str) -> "Source":
        """The same file with another frame that has the columns ``added`` besides."""
        return Source(
            frame=frame, names=self.names | set(added), entity=self.entity, platform=self.platform, options=self.options
        )


def empty(dtype: nw.dtypes.DType) -> nw.Expr:
    """A null of one type."""
    return nw.lit(None).cast(dtype)


def typed(frame: Frame, table: str) -> Frame:
    """The columns of ``table`` the frame has, in its order and types, with ``row_no``."""
    have = set(frame.collect_schema().names())
    columns = [c for c in TABLES[table].columns if c.name in have]
    return frame.select(*(nw.col(c.name).cast(_TYPES[c.type]) for c in columns), nw.col(ROW).cast(nw.Int64))


def grouped(
    frame: Frame, by: Sequence[str], *, sums: Sequence[str] = (), lows: Sequence[str] = (), highs: Sequence[str] = ()
) -> Frame:
    """One row per ``by``: exact sums (null where nothing was stated), lowest and highest values, first file row."""
    added = [nw.col(n).sum().cast(nw.Int64).alias(n) for n in sums] + [
        nw.col(n).count().cast(nw.Int64).alias(f"n·{n}") for n in sums
    ]
    bounds = [nw.col(n).min().alias(n) for n in lows] + [nw.col(n).max().alias(n) for n in highs]
    done = frame.group_by(*by).agg(*added, *bounds, nw.col(ROW).min().alias(ROW), nw.len().cast(nw.Int64).alias("rows"))
    stated = [nw.when(nw.col(f"n·{n}") > 0).then(nw.col(n)).otherwise(empty(nw.Int64())).alias(n) for n in sums]
    return done.with_columns(*stated).drop(*(f"n·{n}" for n in sums)) if sums else done


def numbered(by: Sequence[str], order: Sequence[str]) -> nw.Expr:
    """1, 2, 3 … within ``by``, in the order of the content of ``order``."""
    return nw.col(ROW).cum_count().over(*by, order_by=[*order]).cast(nw.Int64)


def joined_text(*parts: nw.Expr, separator: str = "|") -> nw.Expr:
    """The parts as one text; a null part is blank."""
    return nw.concat_str([part.cast(nw.String).fill_null("") for part in parts], separator=separator)
