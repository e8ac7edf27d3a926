"""A shop of a few rows for tests of indicators: facts are built only when asked for, and only once."""

from functools import cached_property

import narwhals as nw

from ecodash.core.estimate import Estimate
from ecodash.core.period import Period, day_of
from ecodash.core.settings import Settings
from ecodash.facts import Frame
from ecodash.metrics import analysed, measuring
from ecodash.metrics.metric import Analysed, Metric
from ecodash.metrics.query import Query
from tests.facts.canonical import Row, Rows, facts, table, tables

Cells = str | float | bool | None


class Small:
    """A source in memory over canonical ``rows``."""

    def __init__(self, rows: Rows, *, settings: Settings | None = None) -> None:
        self.rows = rows
        self.settings = settings or Settings(minimum_sample=1)
        self.tables = tables(rows)
        self.built = dict[str, Frame]()

    def without(self, name: str) -> "Small":
        """The same shop without one of its tables."""
        return Small({key: rows for key, rows in self.rows.items() if key != name}, settings=self.settings)

    def fact(self, name: str, *, as_of: int | None = None) -> Frame:
        assert as_of is None
        if name not in self.built:
            found = facts(self.tables, self.settings, only=(name,))
            self.built |= {key: nw.from_native(frame.lazy()) for key, frame in found.items()}
        return self.built[name]

    def table(self, name: str, *, as_of: int | None = None) -> Frame:
        assert as_of is None
        frame = self.tables[name] if name in self.tables else table(name, ())
        return nw.from_native(frame.lazy())

    def held(self, frame: Frame) -> Frame:
        return frame

    def loaded_tables(self, *, as_of: int | None = None) -> set[str]:
        assert as_of is None
        return {name for name, frame in self.tables.items() if frame.height}

    @cached_property
    def _span(self) -> Period | None:
        if not self.rows.get("orders"):
            return None
        days = self.fact("orders").select("day").collect().to_native()["day"].drop_nulls()
        return Period(day_of(int(days.min())), day_of(int(days.max())))  # type: ignore[arg-type]

    def data_end(self, *, as_of: int | None = None) -> Period | None:
        assert as_of is None
        return self._span


def ask(here: Small, metric: Metric, definition: str | None = None, **question: object) -> list[Estimate]:
    """Estimates of one metric by one definition, the default for None."""
    chosen = next(one for one in metric.definitions if definition in (None, one.id))
    way = analysed if isinstance(chosen.how, Analysed) else measuring
    return way.answer(here, metric, chosen, Query(**question))  # type: ignore[arg-type]


def sheet(names: str, *lines: tuple[Cells, ...]) -> list[Row]:
    """Rows of a table from tuples; ``names`` are the columns, separated by blanks. None is empty."""
    return [dict(zip(names.split(), line, strict=True)) for line in lines]


def sold(names: str, *lines: tuple[Cells, ...]) -> list[Row]:
    """Completed orders: ``order_id customer_id paid_at paid_amount`` and what ``names`` adds."""
    return [
        {"status": "completed", "created_at": row["paid_at"]} | row
        for row in sheet(f"order_id customer_id paid_at paid_amount {names}", *lines)
    ]


def line(*lines: tuple[Cells, ...], more: str = "") -> list[Row]:
    """Order lines: ``order_id sku_id qty paid_amount`` and what ``more`` adds."""
    found = sheet(f"order_id sku_id qty paid_amount {more}", *lines)
    return [{"line_key": str(i)} | row for i, row in enumerate(found)]
