"""Rows of plain indicators: a column over a column of one canonical table, row by row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.core.schema import TABLES, ColumnType
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.facts.rates import priced
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.parcels import waited
from ecodash.metrics.reading import Reading

ONE = "1"
Rows = Callable[[Reading], Frame]


@dataclass(frozen=True, kw_only=True)
class Of:
    """Rows of ``table`` dated by ``day`` that pass ``only``; ``by`` maps dimensions to columns of the table.

    ``money`` names columns that are turned into the base currency by the row's own; without a rate they are unknown.
    """

    table: str
    day: str | None = None
    only: tuple[nw.Expr, ...] = ()
    by: Mapping[str, str] = field(default_factory=dict)
    money: tuple[str, ...] = ()

    def rows(self, reading: Reading, **numbers: nw.Expr) -> Frame:
        """The rows with ``numbers`` beside what they are split by; rows where a number is unknown are left out."""
        rows = reading.table(self.table)
        rows = rows.filter(*self.only) if self.only else rows
        rows = self._converted(rows, reading) if self.money and self.day else rows
        dated = {"day": day_number(nw.col(self.day))} if self.day else {}
        split = {f"by_{name}": nw.col(column).cast(nw.String) for name, column in self.by.items()}
        found = rows.select("load_id", "row_no", **dated, **split, **numbers)
        return found.filter(*(~nw.col(name).is_null() for name in (*dated, *numbers)))

    def _converted(self, rows: Frame, reading: Reading) -> Frame:
        dated = rows.with_columns(day=day_number(nw.col(self.day or "")))
        known = priced(dated, reading.table("exchange_rates"), reading.settings)
        rate = nw.col("rate")
        return known.with_columns((nw.col(name).cast(nw.Float64) * rate).round().cast(nw.Int64) for name in self.money)


def ratio(of: Of, top: str, bottom: str, *, cases: bool = False) -> Measured:
    """Σ ``top`` / Σ ``bottom`` of two columns; ``cases``: every unit of the bottom succeeds or not."""

    def rows(reading: Reading) -> Frame:
        return of.rows(reading, above=nw.col(top), below=nw.col(bottom)).filter(nw.col("below") > 0)

    spread = Spread.CASES if cases else Spread.CUSTOMERS
    scale = (_scale(of.table, top), _scale(of.table, bottom))
    return Measured(rows=rows, summary=Summary.RATIO, spread=spread, scale=scale)


def share(of: Of, which: nw.Expr) -> Measured:
    """The share of rows for which ``which`` holds; rows for which it is unknown are left out."""

    def rows(reading: Reading) -> Frame:
        return of.rows(reading, above=which.cast(nw.Int64), below=nw.lit(1))

    return Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CASES)


def mean(of: Of, value: str) -> Measured:
    """The mean of a column over rows that have it."""

    def rows(reading: Reading) -> Frame:
        return of.rows(reading, above=nw.col(value))

    return Measured(rows=rows, summary=Summary.MEAN, scale=(_scale(of.table, value), 1))


def median_wait(
    of: Of, start: str, end: str, *, unit_minutes: int, latest: Callable[[Reading], int | None]
) -> Measured:
    """Median time from ``start`` to ``end`` in units of so many minutes; what has no end yet waits until ``latest``."""

    def rows(reading: Reading) -> Frame:
        took = waited(nw.col(start), nw.col(end), latest(reading))
        found = of.rows(reading, above=took, done=(~nw.col(end).is_null()).cast(nw.Int64))
        return found.filter(nw.col("above") >= 0)

    return Measured(rows=rows, summary=Summary.WAIT_MEDIAN, scale=(unit_minutes, 1))


def total(of: Of, value: str) -> Measured:
    """Σ of a column."""

    def rows(reading: Reading) -> Frame:
        return of.rows(reading, above=nw.col(value))

    return Measured(rows=rows, summary=Summary.TOTAL, scale=(_scale(of.table, value), 1))


def count(of: Of) -> Measured:
    """The number of rows."""

    def rows(reading: Reading) -> Frame:
        return of.rows(reading, above=nw.lit(1))

    return Measured(rows=rows, summary=Summary.TOTAL)


def _scale(table: str, column: str) -> int:
    return SCALE if TABLES[table].column(column).type is ColumnType.DEC else 1
