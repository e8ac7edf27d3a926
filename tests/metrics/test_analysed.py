"""Numbers a method gives and numbers of rows the window chooses, on a shop small enough to work out by hand."""

import narwhals as nw
import pytest

from ecodash.core.errors import MissingData
from ecodash.core.estimate import Caveat, Status
from ecodash.core.period import Period
from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.facts import Frame
from ecodash.metrics.analysed import answer
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.behind import of_cases, shown
from ecodash.metrics.collect import collected
from ecodash.metrics.measuring import answer as counted
from ecodash.metrics.metric import Better, Computation, Metric, OfWindow, Spread, Summary, standard
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.recount import recount
from ecodash.metrics.scope import inside
from tests.metrics.shop import Shop, day, shop

WORDS = Text("试", "Trial")
NOTE = Caveat("note", Text("说明", "A note"))


def spread(reading: Reading, window: Window) -> Answered:
    """Largest less smallest payment."""
    paid = collected(here(reading, window))["paid"] / 10_000
    if not len(paid):
        return Answered(value=None, n=0)
    return Answered(value=float(paid.max() - paid.min()), n=len(paid), low=0.0, high=99.0, caveats=(NOTE,))  # type: ignore[operator]


def here(reading: Reading, window: Window) -> Frame:
    return reading.fact("orders").filter(inside(window.days, "day"))


def by_channel(reading: Reading, window: Window) -> dict[str, Answered]:
    names = collected(here(reading, window).select("channel_id").unique().sort("channel_id"))["channel_id"]
    return {name: Answered(value=1.0, n=1) for name in names}


def last_buyers(reading: Reading, window: Window) -> Frame:
    """One row per buyer of the window: the first order of each."""
    rows = here(reading, window)
    first = rows.group_by("customer_id").agg(row_no=nw.col("row_no").min())
    return rows.join(first, on=["customer_id", "row_no"], how="inner").select(
        "load_id", "row_no", "day", above=nw.lit(1), by_channel=nw.col("channel_id")
    )


def metric(how: Computation) -> Metric:
    return Metric(
        id="trial", family="sales", name=WORDS, meaning=WORDS, formula=WORDS, unit=Unit.MONEY, better=Better.HIGHER,
        grain=WORDS, requires=(("orders", ("paid_at",)),), source="", definitions=standard(how, WORDS, ""),
    )  # fmt: skip


METHOD = metric(Analysed(answer=spread, groups={"channel": by_channel}))
BUYERS = metric(OfWindow(rows=last_buyers, summary=Summary.TOTAL, spread=Spread.NONE))


@pytest.fixture
def market() -> Shop:
    """ann pays 10 and 30 in January and 5 in February, bob 20 in February."""
    bought = (("ann", 0, 10, "a"), ("ann", 9, 30, "a"), ("ann", 40, 5, "b"), ("bob", 41, 20, "b"))
    orders = [
        {"order_id": str(i), "customer_id": who, "paid_at": f"{day(when)}T10:00", "status": "completed",
         "paid_amount": paid, "channel_id": channel, "platform": "x"}
        for i, (who, when, paid, channel) in enumerate(bought)
    ]  # fmt: skip
    return shop({"orders": orders})


def test_a_method_answers_for_all_data_for_a_window_and_for_each_month(market: Shop) -> None:
    [all_data] = answer(market, METHOD, METHOD.default, Query())
    assert (all_data.value, all_data.n, all_data.low, all_data.high) == (25.0, 4, 0.0, 99.0)
    assert all_data.warnings == (NOTE,)
    [january] = answer(market, METHOD, METHOD.default, Query(window=Period(day(0), day(20))))
    assert january.value == 20.0
    months = answer(market, METHOD, METHOD.default, Query(by="month"))
    assert {one.by["month"]: one.value for one in months} == {"2026-01": 20.0, "2026-02": 15.0}


def test_a_method_gives_groups_it_declares_and_refuses_others_and_filters(market: Shop) -> None:
    found = answer(market, METHOD, METHOD.default, Query(by="month,channel"))
    assert [(one.by["month"], one.by["channel"]) for one in found] == [("2026-01", "a"), ("2026-02", "b")]
    for query in (Query(by="store"), Query(where=(("channel", ("a",)),))):
        [refused] = answer(market, METHOD, METHOD.default, query)
        assert refused.status is Status.NOT_APPLICABLE


def test_no_table_is_missing_no_rows_are_empty_and_few_are_too_few(market: Shop) -> None:
    [missing] = answer(shop({}), METHOD, METHOD.default, Query())
    assert (missing.value, missing.status) == (None, Status.MISSING)
    [nothing] = answer(market, METHOD, METHOD.default, Query(window=Period(day(20), day(30))))
    assert (nothing.value, nothing.status) == (None, Status.EMPTY)
    market.settings = Settings(minimum_sample=5)
    [few] = answer(market, METHOD, METHOD.default, Query())
    assert (few.value, few.status) == (25.0, Status.TOO_FEW)


def test_the_rows_behind_a_method_are_those_of_its_table(market: Shop) -> None:
    window = Query(window=Period(day(0), day(20)))
    rows = shown(of_cases(market, METHOD, METHOD.default, window))
    assert rows["row_no"].to_list() == [1, 2]
    assert recount(rows, METHOD.default.how) is None
    with pytest.raises(MissingData):
        of_cases(shop({}), METHOD, METHOD.default, Query())


def test_rows_chosen_by_the_window_are_chosen_anew_in_each_month(market: Shop) -> None:
    [whole] = counted(market, BUYERS, BUYERS.default, Query())
    assert whole.value == 2
    months = counted(market, BUYERS, BUYERS.default, Query(by="month"))
    assert {one.by["month"]: one.value for one in months} == {"2026-01": 1, "2026-02": 2}
    split = counted(market, BUYERS, BUYERS.default, Query(by="month,channel"))
    assert [tuple(one.by.values()) for one in split] == [("2026-01", "a"), ("2026-02", "b")]


@pytest.mark.parametrize("by", [None, "month", "channel"])
def test_rows_chosen_by_the_window_add_up_to_the_number(market: Shop, by: str | None) -> None:
    rows = shown(of_cases(market, BUYERS, BUYERS.default, Query(by=by)))
    for one in counted(market, BUYERS, BUYERS.default, Query(by=by)):
        mine = rows if by is None else rows.filter(rows[by] == one.by[by])
        assert recount(mine, BUYERS.default.how) == one.value


def test_two_calendars_at_once_and_a_filter_by_calendar_are_refused(market: Shop) -> None:
    for query in (Query(by="month,week"), Query(where=(("month", ("2026-01",)),))):
        for found in (answer(market, METHOD, METHOD.default, query), counted(market, BUYERS, BUYERS.default, query)):
            assert [one.status for one in found] == [Status.NOT_APPLICABLE]
