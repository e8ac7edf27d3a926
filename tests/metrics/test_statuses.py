"""Six answers that must never be mistaken for one another, for every definition of every metric."""

import random

import pytest

from ecodash.core.errors import InputError, MissingData, UnknownName
from ecodash.core.estimate import Status
from ecodash.core.period import Period
from ecodash.metrics.answers import Asked
from ecodash.metrics.behind_customers import lazily
from ecodash.metrics.computing import method
from ecodash.metrics.engine import explain, rows
from ecodash.metrics.ground import Ground
from ecodash.metrics.metric import Analysed, Measured, OfWindow, Sum, Triangle
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS, find, resolve
from ecodash.metrics.scope import rows_of, scope
from ecodash.metrics.triangle import cells
from tests.metrics.shop import Shop, day, purchases, shop
from tests.metrics.test_sales import ROWS

# Metrics over canonical tables and those of a method are tried in test_measuring, test_analysed and indicators/.
ELSEWHERE = Measured | OfWindow | Analysed
NAMES = [f"{m.id}:{d.id}" for m in METRICS.values() for d in m.definitions if not isinstance(d.how, ELSEWHERE)]
AFTER = Period(day(300), day(330))


@pytest.fixture(scope="module")
def small() -> Shop:
    return shop(ROWS)


@pytest.fixture(scope="module")
def four() -> Shop:
    bought = [("ann", 0), ("ann", 0), ("ann", 40), ("bob", 5), ("bob", 20), ("bob", 90), ("cat", 33), (None, 8)]
    return purchases(bought, end=200)


@pytest.mark.parametrize("name", NAMES)
def test_a_window_outside_the_data_is_empty_and_says_what_the_data_cover(small: Shop, name: str) -> None:
    for by in (None, "first_channel"):
        [estimate] = small.ask(name, window=AFTER, by=by)
        if estimate.status is Status.NOT_APPLICABLE:
            continue
        assert (estimate.status, estimate.value) == (Status.EMPTY, None)
        assert estimate.reason is not None
        assert "2026-01-05" in estimate.reason.en


@pytest.mark.parametrize("name", NAMES)
def test_filtered_to_nothing_is_empty_and_offers_to_drop_a_filter(small: Shop, name: str) -> None:
    for estimate in small.ask(name, where=(("first_channel", ("nowhere",)),)):
        if estimate.status is Status.NOT_APPLICABLE:
            continue
        assert (estimate.status, estimate.value) == (Status.EMPTY, None)
        assert estimate.reason is not None
        assert "filter" in estimate.reason.en


@pytest.mark.parametrize("name", NAMES)
def test_without_known_buyers_customer_metrics_are_not_applicable_and_the_others_are_there(name: str) -> None:
    nobody = shop({"orders": [{**o, "customer_id": None} for o in ROWS["orders"]], "order_items": ROWS["order_items"]})
    estimates = nobody.ask(name, by="month") + nobody.ask(name)
    if find(name.split(":", maxsplit=1)[0]).of_customers:
        assert {e.status for e in estimates} == {Status.NOT_APPLICABLE}
    else:
        assert {e.status for e in estimates} == {Status.OK}


@pytest.mark.parametrize("name", NAMES)
def test_below_the_minimum_sample_a_ratio_is_shown_and_flagged_and_a_sum_is_not(name: str) -> None:
    few = purchases([("ann", 0), ("ann", 40), ("bob", 1)], end=400, minimum=30)
    plain = isinstance(resolve(name)[1].how, Sum)
    for estimate in few.ask(name):
        if estimate.value is not None:
            assert estimate.status is (Status.OK if plain else Status.TOO_FEW)


@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_be_split_is_not_applicable_and_its_rows_are_refused(four: Shop, name: str) -> None:
    for by in ("sku", "city", "month", "channel", "first_channel"):
        found = four.ask(name, by=by)
        if found[0].status is Status.NOT_APPLICABLE:
            with pytest.raises(MissingData, match="cannot be split"):
                rows(four, name, Query(by=by))
        elif found[0].status is not Status.MISSING:
            rows(four, name, Query(by=by))


def test_a_true_zero_is_a_number() -> None:
    [estimate] = purchases([("ann", 0), ("bob", 3)], end=90).ask("repurchase_30d")
    assert (estimate.status, estimate.value, estimate.low) == (Status.OK, 0, 0)


def test_a_filter_value_that_cannot_be_one_is_refused_with_an_example(four: Shop) -> None:
    for dimension, value in (("month", "March"), ("day", "2026-13-01"), ("hour", "noon"), ("week", "2026-54")):
        with pytest.raises(InputError, match="write it like"):
            four.ask("gmv", where=((dimension, (value,)),))
    assert four.value("orders", where=(("week", ("2026-W01",)),)) == 2  # the year begins on a Thursday
    assert four.value("orders", where=(("quarter", ("2026-Q2",)),)) == 1
    assert four.value("orders", where=(("year", ("2026",)),)) == 8
    assert four.value("orders", where=(("day", ("2026-01-01",)),)) == 2
    assert four.value("orders", where=(("channel", ("(unknown)",)),)) is None
    assert four.value("orders", where=(("first_month", ("2026-02",)),)) == 1


def test_by_city_buyers_are_counted_within_each_city(four: Shop) -> None:
    assert four.by("active_buyers", "city") == {"(unknown)": 3}
    assert four.by("repurchase_rate", "weekday")["4"] == 0  # Thursdays: Ann's two orders of one day
    assert four.by("returning_customer_rate:whole_history", "weekday")["4"] == 1
    assert four.ask("active_buyers", where=(("city", ("(unknown)",)),))[0].coverage == pytest.approx(7 / 8)


def test_leaving_intervals_out_changes_nothing_else(four: Shop) -> None:
    for name in ("aov", "spend_per_buyer", "orders_per_buyer", "refund_rate_amount"):
        for with_, without in zip(four.ask(name, by="month"), four.ask(name, by="month", intervals=False), strict=True):
            assert (with_.value, with_.n, with_.status) == (without.value, without.n, without.status)
            assert without.low is None


def test_many_documents_give_nearly_the_same_interval_by_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(8)
    bought = [
        (f"c{draw.randrange(400)}" if draw.random() < 0.9 else None, draw.randrange(120), draw.randrange(5, 90))
        for _ in range(2000)
    ]
    store = purchases(bought)
    exact = store.ask("aov", "spend_per_buyer", "refund_rate_amount")
    monkeypatch.setattr("ecodash.metrics.windowed.EXACT", 10)
    for one, other in zip(exact, store.ask("aov", "spend_per_buyer", "refund_rate_amount"), strict=True):
        assert (one.value, one.n) == (other.value, other.n)
        assert one.low is not None
        assert other.low is not None
        if one.value:
            assert one.value - one.low == pytest.approx(other.value - other.low, rel=0.35)  # type: ignore[operator]


@pytest.mark.parametrize("name", ["repurchase_30d:curve", "time_to_second_purchase", "purchase_interval"])
def test_rows_behind_waiting_times_hold_each_wait(four: Shop, name: str) -> None:
    found = rows(four, name, Query())
    waits = sorted(zip(found["customer_id"], found["days"], found["returned"], strict=True))
    if name == "purchase_interval":
        assert waits == [("ann", 40, 1), ("bob", 15, 1), ("bob", 70, 1)]
    else:
        assert waits == [("ann", 40, 1), ("bob", 15, 1), ("cat", 167, 0)]


def test_rows_behind_every_wait_end_with_the_open_one_of_each_customer(four: Shop) -> None:
    found = rows(four, "median_interpurchase_days", Query())
    waits = sorted(zip(found["customer_id"], found["days"], found["returned"], strict=True))
    assert waits == [("ann", 40, 1), ("ann", 160, 0), ("bob", 15, 1), ("bob", 70, 1), ("bob", 110, 0), ("cat", 167, 0)]


def test_explaining_a_filtered_question_works_for_goods_too(small: Shop) -> None:
    found = explain(small, "units", Query(where=(("category", ("drink",)),)))
    assert found.estimate.value == 7
    [lines] = found.populations
    assert (lines.total, lines.counted) == (5, 4)
    assert [(part.code, part.count) for part in lines.excluded] == [("filtered", 1)]
    assert explain(small, "active_buyers", Query(window=AFTER)).populations == ()


def test_money_of_cohorts_adds_up_to_the_money_of_known_buyers(four: Shop) -> None:
    span = four.data_end()
    assert span is not None
    for query in (Query(), Query(where=(("first_channel", ("taobao",)),)), Query(opening_days=1)):
        here = scope(four, query, span)
        paid = cells(here, Triangle(cumulative=False), "paid")
        orders = cells(here, Triangle(cumulative=False), "orders")
        assert paid["value"].sum() == 10 * 10_000 * (4 if query.opening_days else 7)
        assert orders["value"].sum() == (4 if query.opening_days else 7)
    ever = cells(scope(four, Query(), span), Triangle(cumulative=True), "paid")
    assert ever.filter(ever["cohort"] == ever["cohort"].min())["value"].to_list()[-1] == 6 * 10 * 10_000


def test_coverage_of_goods_is_that_of_the_whole_window(small: Shop) -> None:
    [estimate, *_] = small.ask("active_buyers", by="category", where=(("city", ("(unknown)",)),))
    assert estimate.coverage == pytest.approx(2 / 3)


def test_what_was_never_meant_to_be_asked_fails_loudly(four: Shop) -> None:
    span = four.data_end()
    assert span is not None
    here = scope(four, Query(by="sku"), span)
    total = Asked(metric=find("gmv"), definition=find("gmv").default, scope=here, ground=Ground(here))
    with pytest.raises(TypeError):
        method(total)
    with pytest.raises(TypeError):
        lazily(total)
    with pytest.raises(UnknownName):
        rows_of(here, "orders", ("paid",))


def test_money_of_orders_that_state_no_amount_is_missing_and_not_zero() -> None:
    orders = [
        {"order_id": str(i), "customer_id": "a", "created_at": f"{day(i)}T10:00", "status": "completed"} for i in (1, 2)
    ]
    items = [{"order_id": str(i), "line_key": "1", "qty": 3} for i in (1, 2)]
    here = shop({"orders": orders, "order_items": items})
    assert (here.value("orders"), here.value("units")) == (2, 6)
    for metric in ("net_sales", "paid_amount", "aov", "spend_per_buyer"):
        [estimate] = here.ask(metric)
        assert (estimate.value, estimate.status) == (None, Status.MISSING), metric
        assert estimate.reason is not None
        assert "upload" in estimate.reason.en.lower()
