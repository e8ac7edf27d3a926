"""Tables that are loaded but say next to nothing: every metric answers, with a number or the reason why there is none."""

from datetime import date

import pytest

from ecodash.core.schema import TABLES, ColumnType
from ecodash.core.schema.table import Column
from ecodash.metrics.computing import compute
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from tests.facts.canonical import Row
from tests.metrics.indicators.small import Small, sold

ORDERS = sold(
    "", ("1", "a", "2025-01-01 10:00", 10), ("2", "b", "2026-01-03 10:00", 20), ("3", None, "2026-01-05 10:00", 5)
)
VALUES = {ColumnType.DATE: "2026-01-01", ColumnType.TS: "2026-01-01 10:00", ColumnType.INT: 1, ColumnType.DEC: 1}


class Loaded(Small):
    """A shop whose newest file was loaded on 10 January 2026."""

    def last_load(self, *, as_of: int | None = None) -> date | None:
        assert as_of is None
        return date(2026, 1, 10)


def bare(name: str) -> list[Row]:
    """One row of a table with nothing but its key."""
    columns: tuple[Column, ...] = tuple(TABLES[name].column(key) for key in TABLES[name].key)
    return [{column.name: VALUES.get(column.type, "x") for column in columns}]


BARE = {name: bare(name) for name in TABLES if name != "orders"}
SHOPS = {"only orders": {"orders": ORDERS}, "bare rows": {**BARE, "orders": ORDERS}, "no orders": BARE, "nothing": {}}


@pytest.mark.parametrize("kind", SHOPS)
def test_every_metric_answers_whatever_the_tables_hold(kind: str) -> None:
    for estimate in compute(Loaded(SHOPS[kind]), list(METRICS), Query()):
        assert estimate.value is not None or estimate.reason is not None, estimate.metric
