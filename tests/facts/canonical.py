"""Small canonical tables for tests: rows as dictionaries in, typed frames of either engine out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import duckdb
import narwhals as nw
import polars as pl

from ecodash.core.decimals import to_scaled
from ecodash.core.schema import TABLES, ColumnType
from ecodash.core.settings import Settings
from ecodash.facts import FACTS
from ecodash.facts.fact import Fact, Frame

Cell = str | int | float | bool | date | datetime | Decimal | None
Row = Mapping[str, Cell]
Rows = Mapping[str, Sequence[Row]]
Tables = dict[str, pl.DataFrame]

POLARS_TYPES: dict[ColumnType, pl.DataType] = {
    ColumnType.STR: pl.String(),
    ColumnType.ENUM: pl.String(),
    ColumnType.INT: pl.Int64(),
    ColumnType.DEC: pl.Int64(),
    ColumnType.FLOAT: pl.Float64(),
    ColumnType.TS: pl.Datetime("us"),
    ColumnType.DATE: pl.Date(),
    ColumnType.BOOL: pl.Boolean(),
}
INPUTS = tuple(dict.fromkeys(name for fact in FACTS for name in fact.inputs if not name.startswith("fact.")))


def tables(rows: Rows) -> Tables:
    """The canonical tables that facts read and those given; amounts as plain numbers, the rest is null or empty."""
    return {name: table(name, rows.get(name, ())) for name in dict.fromkeys((*INPUTS, *rows))}


def table(name: str, rows: Sequence[Row]) -> pl.DataFrame:
    """One canonical table with ``load_id`` 1 and ``row_no`` counting from 1."""
    declared = TABLES[name]
    known = {*declared.column_names, "load_id", "row_no"}
    for row in rows:
        assert set(row) <= known, f"{name}: {set(row) - known}"
    data = {
        column.name: pl.Series(
            column.name, [_cell(row.get(column.name), column.type) for row in rows], POLARS_TYPES[column.type]
        )
        for column in declared.columns
    }
    data["load_id"] = pl.Series([row.get("load_id", 1) for row in rows], dtype=pl.Int64)
    data["row_no"] = pl.Series([row.get("row_no", i + 1) for i, row in enumerate(rows)], dtype=pl.Int64)
    return pl.DataFrame(data)


def _cell(value: Cell, kind: ColumnType) -> Cell:
    if value is None:
        return None
    if kind is ColumnType.DEC:
        return to_scaled(str(value))
    if kind is ColumnType.TS and isinstance(value, str):
        return datetime.fromisoformat(value)
    if kind is ColumnType.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def facts(
    canonical: Tables, settings: Settings | None = None, *, only: Iterable[str] = (), engine: str = "polars"
) -> Tables:
    """Every fact (or the named ones and what they need) built from ``canonical``, sorted, as polars frames."""
    wanted = _needed(tuple(only) or tuple(fact.name for fact in FACTS))
    hand_over = _polars if engine == "polars" else DuckDB()
    frames = {name: hand_over(name, frame) for name, frame in canonical.items()}
    built: Tables = {}
    for fact in FACTS:
        if fact.name in wanted:
            built[fact.name] = collected(fact, frames, settings or Settings())
            frames[f"fact.{fact.name}"] = hand_over(f"fact_{fact.name}", built[fact.name])
    return built


def collected(fact: Fact, frames: Mapping[str, Frame], settings: Settings) -> pl.DataFrame:
    """The rows of one fact, sorted by all its columns."""
    inputs = {name: frames[name] for name in fact.inputs}
    rows = fact.build(inputs, settings).collect(backend="polars").to_native()
    assert isinstance(rows, pl.DataFrame)
    return rows.sort(*rows.columns, nulls_last=True)


def _needed(names: tuple[str, ...]) -> set[str]:
    by_name = {fact.name: fact for fact in FACTS}
    needed = set(names)
    for fact in reversed(FACTS):
        if fact.name in needed:
            needed |= {n.removeprefix("fact.") for n in by_name[fact.name].inputs if n.startswith("fact.")}
    return needed


def _polars(name: str, frame: pl.DataFrame) -> Frame:
    del name
    return nw.from_native(frame.lazy())


class DuckDB:
    """Hands frames over as relations of one DuckDB connection."""

    def __init__(self) -> None:
        self.connection = duckdb.connect(config={"threads": 1})

    def __call__(self, name: str, frame: pl.DataFrame) -> Frame:
        self.connection.register("handed", frame.to_arrow())
        self.connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS FROM handed')
        self.connection.unregister("handed")
        return nw.from_native(self.connection.table(name))


def on_engine(frame: pl.DataFrame, engine: str) -> Frame:
    """One frame, lazily, on ``polars`` or ``duckdb``."""
    return _polars("one", frame) if engine == "polars" else DuckDB()("one", frame)
