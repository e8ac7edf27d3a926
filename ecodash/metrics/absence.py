"""What is not there: the table a metric lacks, the estimate that says so, and the days of tables without orders."""

import narwhals as nw

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period, day_of
from ecodash.core.schema import TABLES, ColumnType
from ecodash.core.text import Text
from ecodash.facts.calendar import day_number
from ecodash.metrics import caveats
from ecodash.metrics.collect import collected
from ecodash.metrics.metric import Definition, Metric
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading

_TIMES = {ColumnType.DATE, ColumnType.TS}


def absent(metric: Metric, reading: Reading) -> str | None:
    """The first table that is needed and was never loaded; one of ``or_tables`` can stand for the first."""
    instead = any(reading.loaded([table]) for table in metric.or_tables)
    needed = [table for table, _ in metric.requires][1 if instead else 0 :]
    return next((table for table in needed if not reading.loaded([table])), None)


def missing(metric: Metric, definition: Definition, query: Query, reason: Text) -> Estimate:
    """The estimate of what cannot be measured, with what to upload as its reason."""
    return Estimate(
        metric=metric.id,
        definition=definition.id,
        unit=metric.unit,
        status=Status.MISSING,
        level=query.level,
        window=query.window,
        reason=reason,
    )


def missing_table(metric: Metric, definition: Definition, query: Query, reading: Reading) -> Estimate | None:
    """The same for the first table that is absent; None when all are there."""
    table = absent(metric, reading)
    return None if table is None else missing(metric, definition, query, caveats.missing_table(table))


def extent(metric: Metric, reading: Reading) -> Period | None:
    """The days the orders cover; without orders those of the required tables; None when nothing has a date."""
    orders = reading.source.data_end(as_of=reading.as_of)
    if orders is not None:
        return orders
    found = [days for table, columns in metric.requires if (days := _days(reading, table, columns))]
    return Period(day_of(min(first for first, _ in found)), day_of(max(last for _, last in found))) if found else None


def moments_of(table: str, columns: tuple[str, ...]) -> list[str]:
    """The dates and times among the columns, all those of the table when there are none."""
    dated = [column.name for column in TABLES[table].columns if column.type in _TIMES]
    return [name for name in columns if name in dated] or dated


def _days(reading: Reading, table: str, columns: tuple[str, ...]) -> tuple[int, int] | None:
    moments = moments_of(table, columns)
    if not moments:
        return None
    day = [day_number(nw.col(name)) for name in moments]
    rows = reading.table(table).select(first=nw.min_horizontal(*day), last=nw.max_horizontal(*day))
    first, last = collected(rows.select(first=nw.col("first").min(), last=nw.col("last").max())).row(0)
    return None if first is None else (int(first), int(last))
