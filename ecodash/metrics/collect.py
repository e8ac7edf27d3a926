"""Where lazy becomes real: aggregates, and rows a reader asked to see."""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from ecodash.facts import Frame

_WIDENED = {pl.Int128, pl.UInt32, pl.UInt64, pl.Int32}


def collected(frame: Frame) -> pl.DataFrame:
    """The rows as a polars frame; whole numbers that an engine widened while adding come back as 64 bit."""
    result: pl.DataFrame = frame.collect("polars").to_native()
    wide = [name for name, kind in result.schema.items() if kind in _WIDENED or isinstance(kind, pl.Decimal)]
    return result.with_columns(pl.col(wide).cast(pl.Int64)) if wide else result


def total(column: str) -> nw.Expr:
    """Sum of a column of whole numbers, 0 over no rows."""
    return nw.col(column).sum().fill_null(0)


def named(*names: str) -> dict[str, nw.Expr]:
    """Columns under their own names, for a selection."""
    return {name: nw.col(name) for name in names}


def extended(frame: Frame, columns: Mapping[str, nw.Expr]) -> Frame:
    """The frame with more columns; unchanged when there are none to add."""
    return frame.with_columns(**columns) if columns else frame
