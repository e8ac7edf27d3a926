"""Calendar arithmetic against Python's calendar, day by day, on both engines."""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import narwhals as nw
import polars as pl
import pytest

from ecodash.core.period import Period, day_number, day_of
from ecodash.facts import Frame
from ecodash.metrics.calendar import first_day_of_month, month_number, month_of, month_start, week_of, weekday_of
from ecodash.metrics.dimensions import DIMENSIONS, UNKNOWN, span_start
from ecodash.metrics.groups import code_of, codes_between, label, span

DAYS = [date(1970, 1, 1) + timedelta(days=i) for i in range((date(2099, 12, 31) - date(1970, 1, 1)).days + 1)]


@pytest.fixture(params=["polars", "duckdb"], scope="module")
def every_day(request: pytest.FixtureRequest) -> Iterator[Frame]:
    frame = pl.DataFrame({"day": range(len(DAYS))}, schema={"day": pl.Int32})
    if request.param == "polars":
        yield nw.from_native(frame.lazy())
        return
    connection = duckdb.connect()
    connection.register("handed", frame.to_arrow())
    connection.execute("CREATE TABLE days AS FROM handed")
    yield nw.from_native(connection.table("days"))


def values(frame: Frame, expression: nw.Expr) -> list[int]:
    rows = frame.with_columns(x=expression).collect("polars").to_native()
    return rows.sort("day")["x"].to_list()


def test_months_weeks_and_weekdays_are_those_of_python(every_day: Frame) -> None:
    assert values(every_day, month_of(nw.col("day"))) == [d.year * 12 + d.month - 1 for d in DAYS]
    assert values(every_day, weekday_of(nw.col("day"))) == [d.isoweekday() for d in DAYS]
    weeks = values(every_day, week_of(nw.col("day")))
    assert [day_of(w * 7 - 3).isocalendar()[:2] for w in weeks] == [d.isocalendar()[:2] for d in DAYS]


def test_a_month_starts_on_its_first_day(every_day: Frame) -> None:
    starts = values(every_day, month_start(month_of(nw.col("day"))))
    assert starts == [day_number(d.replace(day=1)) for d in DAYS]


@pytest.mark.parametrize("name", ["day", "week", "month", "quarter", "year"])
def test_groups_are_written_read_and_span_the_right_days(name: str, every_day: Frame) -> None:
    dimension = DIMENSIONS[name]
    some = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2025, 12, 30), date(2026, 7, 4)]
    for day in some:
        [code] = codes_between(dimension, Period(day, day))
        days = span(dimension, code)
        assert days is not None
        assert days.contains(day)
        assert span(dimension, code + 1) is not None
        assert span(dimension, code + 1).start == days.end + timedelta(days=1)  # type: ignore[union-attr]
        assert code_of(dimension, label(dimension, code)) == code
        one = every_day.filter(nw.col("day") == day_number(day))
        assert values(one, span_start(dimension, nw.lit(code).cast(nw.Int64))) == [day_number(days.start)]


def test_labels_are_what_people_write() -> None:
    assert label(DIMENSIONS["month"], 2026 * 12 + 2) == "2026-03"
    assert label(DIMENSIONS["quarter"], 2026 * 4 + 1) == "2026-Q2"
    assert label(DIMENSIONS["year"], 2026) == "2026"
    assert label(DIMENSIONS["week"], (day_number(date(2026, 3, 4)) + 3) // 7) == "2026-W10"
    assert label(DIMENSIONS["channel"], "") == UNKNOWN
    assert label(DIMENSIONS["hour"], 0) == "0"
    assert code_of(DIMENSIONS["channel"], UNKNOWN) == ""
    assert code_of(DIMENSIONS["hour"], UNKNOWN) == -1


def test_month_numbers_and_their_first_days_agree() -> None:
    for day in DAYS[::13]:
        number = month_number(day_number(day))
        assert day_of(first_day_of_month(number)) == day.replace(day=1)
