"""Numbers made of rows of canonical tables, on tables small enough to work out by hand."""

from datetime import datetime, timedelta

import narwhals as nw
import pytest

from ecodash.analysis.wilson import wilson
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.measuring import answer
from ecodash.metrics.metric import Better, Measured, Metric, Spread, Summary, standard
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from tests.metrics.shop import START, Shop, day, shop

MORNING = datetime.combine(START, datetime.min.time())


def parcels(reading: Reading) -> Frame:
    """Delivered parcels with a promise; above 1 when in time."""
    rows = reading.table("shipments").filter(~nw.col("delivered_at").is_null(), ~nw.col("promised_at").is_null())
    on_time = (nw.col("delivered_at") <= nw.col("promised_at")).cast(nw.Int64)
    return rows.select(
        "load_id", "row_no", day=day_number(nw.col("promised_at")), above=on_time, below=nw.lit(1),
        by_channel=nw.col("carrier"),
    )  # fmt: skip


def freight(reading: Reading) -> Frame:
    return reading.table("shipments").filter(~nw.col("freight_cost").is_null()).select(
        "load_id", "row_no", day=day_number(nw.col("shipped_at")), above=nw.col("freight_cost"), below=nw.lit(1)
    )  # fmt: skip


def metric(how: Measured) -> Metric:
    words = Text("试", "Trial")
    return Metric(
        id="trial", family="sales", name=words, meaning=words, formula=words, unit=Unit.RATIO, better=Better.HIGHER,
        grain=words, requires=(("shipments", ("promised_at", "delivered_at")),), source="", definitions=standard(how, words, ""),
    )  # fmt: skip


ON_TIME = metric(Measured(rows=parcels, summary=Summary.RATIO, spread=Spread.CASES))


def ask(one: Metric, here: Shop, **question: object) -> list[Estimate]:
    return answer(here, one, one.default, Query(**question))  # type: ignore[arg-type]


def parcel(number: int, *, promised: int, took: int | None, carrier: str = "SF", cost: int = 10) -> dict[str, object]:
    return {
        "shipment_id": str(number), "order_id": str(number), "carrier": carrier, "freight_cost": cost,
        "shipped_at": MORNING, "promised_at": MORNING + timedelta(days=promised),
        "delivered_at": None if took is None else MORNING + timedelta(days=took),
    }  # fmt: skip


@pytest.fixture
def late() -> Shop:
    """Six parcels: SF 2 of 3 in time, YTO 0 of 2; one on its way."""
    return shop(
        {"shipments": [
            parcel(1, promised=2, took=1), parcel(2, promised=2, took=2), parcel(3, promised=2, took=5),
            parcel(4, promised=40, took=41, carrier="YTO"), parcel(5, promised=40, took=44, carrier="YTO"),
            parcel(6, promised=3, took=None, cost=70),
        ]}
    )  # fmt: skip


def test_a_share_of_cases_has_wilson_s_interval_and_leaves_out_what_cannot_be_judged(late: Shop) -> None:
    [estimate] = ask(ON_TIME, late)
    inside = wilson(2, 5)
    assert (estimate.value, estimate.successes, estimate.n) == (2 / 5, 2, 5)
    assert (estimate.low, estimate.high) == (inside.low, inside.high)
    assert estimate.window == Period(day(2), day(40))


def test_groups_and_filters_are_those_of_the_rows(late: Shop) -> None:
    by = {e.by["channel"]: (e.successes, e.n) for e in ask(ON_TIME, late, by="channel")}
    assert by == {"SF": (2, 3), "YTO": (0, 2)}
    months = {e.by["month"]: e.value for e in ask(ON_TIME, late, by="month")}
    assert months == {"2026-01": 2 / 3, "2026-02": 0.0}
    [filtered] = ask(ON_TIME, late, where=(("channel", ("YTO",)),))
    assert (filtered.value, filtered.n) == (0.0, 2)


def test_the_window_is_that_of_the_rows_own_days(late: Shop) -> None:
    [estimate] = ask(ON_TIME, late, window=Period(day(30), day(60)))
    assert (estimate.value, estimate.n) == (0.0, 2)
    [nothing] = ask(ON_TIME, late, window=Period(day(10), day(20)))
    assert (nothing.value, nothing.status) == (None, Status.EMPTY)


def test_a_table_never_loaded_and_one_without_the_columns_are_missing_not_zero() -> None:
    [never] = ask(ON_TIME, shop({}))
    assert (never.value, never.status) == (None, Status.MISSING)
    silent = shop({"shipments": [parcel(1, promised=2, took=None)]})
    [without] = ask(ON_TIME, silent)
    assert (without.value, without.status) == (None, Status.MISSING)
    assert without.reason is not None
    assert "delivered_at" in without.reason.en


def test_a_dimension_the_rows_do_not_carry_is_refused(late: Shop) -> None:
    [estimate] = ask(ON_TIME, late, by="province")
    assert estimate.status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("summary", "expected"),
    [(Summary.TOTAL, 120.0), (Summary.MEAN, 20.0), (Summary.MEDIAN, 10.0), (Summary.P90, 70.0)],
)
def test_summaries_of_money(late: Shop, summary: Summary, expected: float) -> None:
    [estimate] = ask(metric(Measured(rows=freight, summary=summary, scale=(SCALE, 1))), late)
    assert estimate.value == pytest.approx(expected)
    assert estimate.n == 6


def test_the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() -> None:
    here = shop({"shipments": [parcel(i, promised=1, took=1, cost=cost) for i, cost in enumerate((1, 2, 4, 9))]})
    [estimate] = ask(metric(Measured(rows=freight, summary=Summary.MEDIAN, scale=(SCALE, 1))), here)
    assert estimate.value == 3.0
    assert estimate.low is not None and estimate.high is not None  # noqa: PT018
    assert estimate.low <= 3.0 <= estimate.high


def waits(reading: Reading) -> Frame:
    """Days until delivery, or until now for what is still on its way (day 10)."""
    rows = reading.table("shipments")
    done = (~nw.col("delivered_at").is_null()).cast(nw.Int64)
    took = nw.when(done == 1).then(day_number(nw.col("delivered_at"))).otherwise(day_number(nw.lit(day(10))))
    start = day_number(nw.col("shipped_at"))
    return rows.select("load_id", "row_no", day=start, above=(took - start).cast(nw.Int64), done=done)


@pytest.mark.parametrize(
    ("took", "expected"),
    [
        ((1, 2, 3, 4), 2.0),
        ((1, 2, 3, None), 2.0),
        ((1, 1, None, None), 1.0),
        ((1, None, None, None), None),
    ],
)
def test_open_cases_are_waited_for(took: tuple[int | None, ...], expected: float | None) -> None:
    here = shop({"shipments": [parcel(i, promised=1, took=days) for i, days in enumerate(took)]})
    [estimate] = ask(metric(Measured(rows=waits, summary=Summary.WAIT_MEDIAN)), here)
    assert estimate.value == expected
    assert (estimate.status is Status.IMMATURE) == (expected is None)
