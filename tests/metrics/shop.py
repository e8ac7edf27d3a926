"""Small shops for tests: orders as short tuples in, a source over the real facts out, on either engine."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import duckdb
import narwhals as nw
import polars as pl

from ecodash.core.estimate import Estimate
from ecodash.core.period import Period, day_of
from ecodash.core.settings import Settings
from ecodash.facts import Frame
from ecodash.metrics.engine import compute
from ecodash.metrics.query import Query
from tests.facts.canonical import Rows, Tables, facts, table, tables

START = date(2026, 1, 1)


def day(offset: int) -> date:
    """The day ``offset`` days after 1 January 2026 (a Thursday)."""
    return START + timedelta(days=offset)


@dataclass
class Shop:
    """A source in memory. ``engine`` is polars or duckdb; ``end`` overrides the last day the data cover."""

    tables: Tables
    settings: Settings = field(default_factory=Settings)
    engine: str = "polars"
    end: date | None = None
    loaded: date | None = None

    def __post_init__(self) -> None:
        self.facts = facts(self.tables, self.settings)
        self.connection = duckdb.connect() if self.engine == "duckdb" else None
        if self.connection:
            for name, frame in self.facts.items():
                self.connection.register("handed", frame.to_arrow())
                self.connection.execute(f'CREATE TABLE "{name}" AS FROM handed')

    def fact(self, name: str, *, as_of: int | None = None) -> Frame:
        assert as_of is None
        if self.connection:
            return nw.from_native(self.connection.table(name))
        return nw.from_native(self.facts[name].lazy())

    def table(self, name: str, *, as_of: int | None = None) -> Frame:
        assert as_of is None
        frame = self.tables[name] if name in self.tables else table(name, ())
        if self.connection:
            self.connection.register("handed", frame.to_arrow())
            self.connection.execute(f'CREATE TABLE IF NOT EXISTS "canonical_{name}" AS FROM handed')
            return nw.from_native(self.connection.table(f"canonical_{name}"))
        return nw.from_native(frame.lazy())

    def held(self, frame: Frame) -> Frame:
        return frame

    def loaded_tables(self, *, as_of: int | None = None) -> set[str]:
        assert as_of is None
        return {name for name, frame in self.tables.items() if frame.height}

    def data_end(self, *, as_of: int | None = None) -> Period | None:
        assert as_of is None
        days = self.facts["orders"]["day"].drop_nulls()
        if days.is_empty():
            return None
        return Period(day_of(int(days.min())), self.end or day_of(int(days.max())))  # type: ignore[arg-type]

    def last_load(self, *, as_of: int | None = None) -> date | None:
        assert as_of is None
        return self.loaded

    def ask(self, *ids: str, **question: object) -> list[Estimate]:
        """Estimates for a question given as keywords of ``Query``."""
        return compute(self, ids, Query(**question))  # type: ignore[arg-type]

    def value(self, metric: str, **question: object) -> float | None:
        """The one value of a question that is not split."""
        [estimate] = self.ask(metric, **question)
        return estimate.value

    def by(self, metric: str, by: str, **question: object) -> dict[str, float | None]:
        """Value per group."""
        return {estimate.by[by]: estimate.value for estimate in self.ask(metric, by=by, **question)}


def shop(rows: Rows, *, engine: str = "polars", end: date | None = None, settings: Settings | None = None) -> Shop:
    """A shop from canonical rows."""
    return Shop(tables=tables(rows), engine=engine, end=end, settings=settings or Settings(minimum_sample=1))


Purchase = tuple[str | None, int] | tuple[str | None, int, float]


def purchases(bought: Iterable[Purchase], *, engine: str = "polars", end: int | None = None, minimum: int = 1) -> Shop:
    """A shop from (customer, day offset[, paid]) tuples, 10 each by default; one order per tuple, ids in order."""
    orders = [
        {
            "order_id": f"o{i:06}",
            "customer_id": one[0],
            "created_at": f"{day(one[1])}T10:00:{i % 60:02}",
            "paid_at": f"{day(one[1])}T10:00:{i % 60:02}",
            "status": "completed",
            "paid_amount": one[2] if len(one) > 2 else 10,
            "order_amount": one[2] if len(one) > 2 else 10,
            "platform": "taobao",
            "channel_id": "taobao",
        }
        for i, one in enumerate(bought)
    ]
    return shop(
        {"orders": orders},
        engine=engine,
        end=None if end is None else day(end),
        settings=Settings(minimum_sample=minimum),
    )


def frame_of(estimates: list[Estimate]) -> pl.DataFrame:
    """Estimates as a table, for reading while testing."""
    return pl.DataFrame([estimate.to_json() for estimate in estimates], infer_schema_length=None)
