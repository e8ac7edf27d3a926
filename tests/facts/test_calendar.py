"""Day and month numbers against Python's calendar."""

from datetime import date, datetime, timedelta

import narwhals as nw
import polars as pl
import pytest

from ecodash.facts.calendar import day_number, month_number, whole, with_month
from tests.facts.canonical import on_engine

EVERY_DAY = [date(1969, 12, 31) + timedelta(days=n) for n in range(40_000)]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_every_day_of_a_century_has_its_number_and_month(engine: str) -> None:
    rows = on_engine(pl.DataFrame({"at": EVERY_DAY}), engine)
    named = rows.with_columns(day=day_number(nw.col("at")), direct=month_number(nw.col("at")))
    built = with_month(named).collect("polars").to_native()
    assert isinstance(built, pl.DataFrame)
    assert sorted(built["day"]) == list(range(-1, 39_999))
    assert built.filter(pl.col("month") != pl.col("direct")).is_empty()
    assert built.filter(pl.col("at").dt.year() * 12 + pl.col("at").dt.month() - 1 != pl.col("month")).is_empty()
    assert "_day" not in built.columns


def test_a_moment_belongs_to_its_day_and_nothing_to_none() -> None:
    moments = [datetime(1970, 1, 1, 23, 59, 59), datetime(2000, 2, 29), datetime(2100, 3, 1), None]
    built = on_engine(pl.DataFrame({"at": moments}), "polars").select(day=day_number(nw.col("at")))
    assert built.collect("polars")["day"].to_list() == [0, 11016, 47541, None]


@pytest.mark.parametrize("divisor", [4, 100, 153, 365, 400, 1460, 36_524, 146_096, 146_097])
def test_whole_is_floor_division(divisor: int) -> None:
    numbers = [*range(2_000), *(divisor * k + d for k in (1, 2, 7, 999, 12_345) for d in (-1, 0, 1)), 2**40]
    built = on_engine(pl.DataFrame({"n": numbers}), "polars").select(n="n", q=whole(nw.col("n"), divisor))
    assert built.collect("polars")["q"].to_list() == [number // divisor for number in numbers]
