"""The data themselves: how fresh and how complete they are, and whether personal data are left in clear."""

from collections.abc import Mapping

import narwhals as nw

from ecodash.core.period import day_number as as_number
from ecodash.core.schema import TABLES, ColumnType
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.reading import Reading

CLEAR = r"^\+?(86)?-?1[3-9]\d{9}$|^\d{17}[\dXx]$|^[^@\s]+@[^@\s]+\.[^@\s]+$"
"""A mobile number, an identity number or an e-mail address that fills the cell."""
NOT_PAID = ("created", "cancelled")
KEYS = (
    ("orders", "customer_id", "customers"),
    ("orders", "channel_id", "channels"),
    ("order_items", "sku_id", "products"),
)
"""Tables, their column, and the table it must be found in under the same name."""
_DATED = {ColumnType.DATE, ColumnType.TS}


def _clear(reading: Reading) -> Frame:
    """Rows of customers and orders; above 1 when the customer id is written in clear."""
    parts = []
    for table in ("customers", "orders"):
        rows = reading.table(table)
        found = nw.col("customer_id").str.contains(CLEAR).fill_null(value=False)
        parts.append(
            rows.select("load_id", "row_no", by_table=nw.lit(table), above=found.cast(nw.Int64), below=nw.lit(1))
        )
    return nw.concat(parts)


def _age(reading: Reading, table: str, columns: tuple[str, ...]) -> Answered:
    """Days from the last day in any of the columns to the newest load; the clock of files may run ahead, never below 0."""
    loaded = reading.source.last_load(as_of=reading.as_of)
    latest = [day_number(nw.col(name)).max().alias(name) for name in columns]
    row = collected(reading.table(table).select(*latest, _rows=nw.len())).row(0)
    known = [int(day) for day in row[:-1] if day is not None]
    if loaded is None or not known:
        return Answered(value=None, n=0)
    return Answered(value=float(max(as_number(loaded) - max(known), 0)), n=int(row[-1]))


def _freshness(reading: Reading, window: Window) -> Answered:
    del window
    return _age(reading, "orders", ("created_at", "paid_at"))


def _by_table(reading: Reading, window: Window) -> Mapping[str, Answered]:
    """The same for every loaded table that has dates."""
    del window
    found = {}
    for name, table in TABLES.items():
        moments = tuple(column.name for column in table.columns if column.type in _DATED)
        if moments and reading.loaded([name]):
            found[name] = _age(reading, name, moments)
    return {name: one for name, one in found.items() if one.value is not None}


def _filled(reading: Reading) -> list[float]:
    """Share of filled cells per column that every order needs; a payment day only of orders that were paid."""
    due = ~nw.col("status").is_in(NOT_PAID).fill_null(value=False)
    there = {
        name: (~nw.col(name).is_null()).cast(nw.Int64) for name in ("order_id", "customer_id", "paid_amount", "status")
    }
    paid = (~nw.col("paid_at").is_null() & due).cast(nw.Int64)
    rows = reading.table("orders").select(**there, paid=paid, due=due.cast(nw.Int64))
    sums = collected(rows.select(*(nw.col(name).sum() for name in (*there, "paid", "due")), rows=nw.len())).row(
        0, named=True
    )
    shares = [sums[name] / sums["rows"] for name in there]
    return [*shares, sums["paid"] / sums["due"]] if sums["due"] else shares


def _matched(reading: Reading) -> list[float]:
    """Share of keys found in the table they point to, per key whose tables are both loaded.

    Lines whose order is known are the lines of the fact.
    """
    found = []
    lines = _count(reading.table("order_items"))
    if lines:
        found.append(_count(reading.fact("order_lines")) / lines)
    for table, key, other in KEYS:
        if not reading.loaded((table, other)):
            continue
        keys = reading.table(table).filter(~nw.col(key).is_null()).select(key)
        known = reading.table(other).select(key, known=nw.lit(1)).unique()
        counted = keys.join(known, on=key, how="left").select(known=nw.col("known").fill_null(0).sum(), all=nw.len())
        matched, everything = collected(counted).row(0)
        if everything:
            found.append(matched / everything)
    return found


def _completeness(reading: Reading, window: Window) -> Answered:
    """Mean of the shares of filled columns and of keys that match."""
    del window
    shares = [*_filled(reading), *_matched(reading)]
    return Answered(value=sum(shares) / len(shares), n=_count(reading.table("orders")))


def _count(rows: Frame) -> int:
    return int(collected(rows.select(n=nw.len())).item())


INTAKE = (
    indicator("pii_unmasked_share", Measured(rows=_clear, summary=Summary.RATIO, spread=Spread.NONE)),
    indicator("data_freshness_days", Analysed(answer=_freshness, groups={"table": _by_table})),
    indicator("data_completeness", Analysed(answer=_completeness)),
)
