"""Metrics about parcels, worked out by hand on a handful, and on a real delivery history."""

from pathlib import Path

import pytest

from ecodash.core.estimate import Estimate, Status
from ecodash.metrics.behind import of_cases, shown
from ecodash.metrics.fulfilment import FULFILMENT
from ecodash.metrics.measuring import answer
from ecodash.metrics.query import Query
from ecodash.metrics.recount import recount
from ecodash.session import Session
from tests.cli.terminal import load
from tests.cli.test_open_tables import DATA, SCMS, maps
from tests.metrics.shop import Shop, shop
from tests.shared import needs_shared

METRICS = {metric.id: metric for metric in FULFILMENT}


def order(number: int, *, paid: str = "2026-01-01 10:00", **more: object) -> dict[str, object]:
    return {
        "order_id": str(number),
        "created_at": paid,
        "paid_at": paid,
        "status": "completed",
        "paid_amount": 100,
    } | more


def parcel(number: int, **more: object) -> dict[str, object]:
    return {"shipment_id": f"p{number}", "order_id": str(number)} | more


def ask(here: Shop, metric: str, definition: str | None = None, **question: object) -> Estimate:
    one = METRICS[metric]
    chosen = next(d for d in one.definitions if definition in (None, d.id))
    [estimate] = answer(here, one, chosen, Query(**question))  # type: ignore[arg-type]
    return estimate


@pytest.fixture
def parcels() -> Shop:
    """Paid on 1 January; data end on the 6th. In time, late, late and open, open within its promise, early beyond the end."""
    return shop(
        {
            "orders": [order(number) for number in range(1, 6)],
            "shipments": [
                parcel(1, shipped_at="2026-01-01 20:00", promised_at="2026-01-03 00:00", delivered_at="2026-01-03 18:00", freight_cost=5),
                parcel(2, shipped_at="2026-01-02 10:00", promised_at="2026-01-03 00:00", delivered_at="2026-01-04 09:00", freight_cost=10),
                parcel(3, shipped_at="2026-01-02 10:00", promised_at="2026-01-05 00:00"),
                parcel(4, promised_at="2026-01-20 00:00"),
                parcel(5, shipped_at="2026-01-03 10:00", promised_at="2026-01-20 00:00", delivered_at="2026-01-06 09:00"),
            ],
        }
    )  # fmt: skip


@pytest.mark.parametrize(("definition", "on_time", "judged"), [("judged", 2, 4), ("due", 1, 3), ("delivered", 2, 3)])
def test_on_time_by_each_definition(parcels: Shop, definition: str, on_time: int, judged: int) -> None:
    estimate = ask(parcels, "on_time_rate", definition)
    assert (estimate.successes, estimate.n) == (on_time, judged)


@pytest.mark.parametrize(
    ("metric", "definition", "expected", "n"),
    [
        ("next_day_rate", None, 0.0, 5),  # all were paid at least a day ago, none arrived by the 2nd
        ("delivery_days", "median", 5.0, 5),  # 2, 3, 5 days, two open for 5 days: half are back by day 5
        ("handling_hours", None, 24.0, 5),  # 10, 24, 24, 48 hours, one still waiting
        ("freight_cost_ratio", None, 15 / 200, 2),
    ],
)
def test_by_hand(parcels: Shop, metric: str, definition: str | None, expected: float, n: int) -> None:
    estimate = ask(parcels, metric, definition)
    assert (estimate.value, estimate.n) == (pytest.approx(expected), n)


def test_what_never_arrives_is_waited_for_and_not_left_out(parcels: Shop) -> None:
    assert ask(parcels, "delivery_days", "p90").status is Status.IMMATURE


def test_orders_that_say_when_they_arrived_are_parcels_too() -> None:
    here = shop(
        {"orders": [
            order(1, promised_at="2026-01-05 00:00", delivered_at="2026-01-04 12:00"),
            order(2, promised_at="2026-01-05 00:00", delivered_at="2026-01-07 12:00"),
            order(3, promised_at="2026-01-05 00:00", status="cancelled", paid_at=None),
        ]}
    )  # fmt: skip
    estimate = ask(here, "on_time_rate")
    assert (estimate.successes, estimate.n) == (1, 2)


def test_an_order_with_a_parcel_of_its_own_is_counted_once() -> None:
    here = shop(
        {
            "orders": [order(1, delivered_at="2026-01-09 12:00", promised_at="2026-01-05 00:00")],
            "shipments": [parcel(1, promised_at="2026-01-05 00:00", delivered_at="2026-01-04 12:00")],
        }
    )
    estimate = ask(here, "on_time_rate")
    assert (estimate.successes, estimate.n) == (1, 1)


def test_without_parcels_or_times_the_rate_is_missing_and_says_what_to_upload() -> None:
    estimate = ask(shop({"orders": [order(1)]}), "on_time_rate")
    assert (estimate.value, estimate.status) == (None, Status.MISSING)
    assert estimate.reason is not None


@pytest.mark.parametrize("metric", sorted(METRICS))
def test_the_rows_behind_a_rate_add_up_to_it(parcels: Shop, metric: str) -> None:
    one = METRICS[metric]
    estimate = ask(parcels, metric)
    if estimate.value is None:
        assert metric in {"instant_30min_rate", "own_logistics_share", "event_on_time_rate", "otif"}
        return
    rows = shown(of_cases(parcels, one, one.default, Query()))
    assert recount(rows, one.default.how) == pytest.approx(estimate.value)
    assert rows["row_no"].null_count() == 0


@needs_shared
def test_the_real_delivery_history_gives_the_published_rate(tmp_path: Path) -> None:
    load(
        tmp_path, DATA / "scms_deliveries" / "SCMS_Delivery_History_Dataset.csv", *maps(*SCMS), "--set", "currency=USD"
    )
    with Session.open(tmp_path, read_only=True) as session:
        one = METRICS["on_time_rate"]
        [estimate] = answer(session.source, one, one.default, Query())
        assert (estimate.successes, estimate.n) == (9_138, 10_324)
        modes = {e.by["carrier"]: e.value for e in answer(session.source, one, one.default, Query(by="carrier"))}
        assert modes["Air"] == pytest.approx(0.903975, abs=1e-6)
        assert modes["Ocean"] == pytest.approx(0.824798, abs=1e-6)
        days = METRICS["delivery_days"]
        found = [answer(session.source, days, one, Query())[0] for one in days.definitions]
        assert [(one.value, one.n) for one in found] == [(98, 2_876), (203, 2_876)]  # 2,880 without 4 before the order


def test_an_order_that_is_over_without_saying_when_it_came_is_left_out_and_not_waited_for() -> None:
    here = shop(
        {"orders": [
            order(1, shipped_at="2026-01-02 10:00", delivered_at="2026-01-03 12:00"),
            order(2, shipped_at="2026-01-02 10:00"),
            order(3, shipped_at="2026-01-02 10:00", status="shipped"),
            order(4, shipped_at="2026-01-02 10:00", status="shipped", platform="shopify"),
        ]}
    )  # fmt: skip
    estimate = ask(here, "delivery_days")
    assert (estimate.value, estimate.n) == (2.0, 2)  # the third is on its way, the fourth's platform never says


@pytest.fixture
def joint() -> Shop:
    """Ten orders of two units: nine on time, nine in full, eight both; an eleventh parcel says no units."""
    sent = []
    for number in range(1, 11):
        late, short = number == 1, number == 2
        arrived = "2026-01-05 09:00" if late else "2026-01-02 09:00"
        sent.append(parcel(number, qty=1 if short else 2, promised_at="2026-01-03 00:00", delivered_at=arrived))
    sent.append(parcel(11, promised_at="2026-01-03 00:00", delivered_at="2026-01-02 09:00"))
    lines = [{"order_id": str(n), "line_key": "1", "sku_id": "a", "qty": 2, "paid_amount": 100} for n in range(1, 12)]
    return shop({"orders": [order(n) for n in range(1, 12)], "shipments": sent, "order_items": lines})


@pytest.mark.parametrize(("definition", "met"), [("otif", 8), ("on_time", 9), ("in_full", 9)])
def test_on_time_and_in_full_are_counted_jointly_order_by_order(joint: Shop, definition: str, met: int) -> None:
    estimate = ask(joint, "otif", definition)
    assert (estimate.successes, estimate.n) == (met, 10)
    assert met / 10 != 0.9 * 0.9


def test_half_of_an_order_on_time_and_the_rest_late_is_not_in_full_on_time() -> None:
    here = shop(
        {
            "orders": [order(1)],
            "order_items": [{"order_id": "1", "line_key": "1", "sku_id": "a", "qty": 2, "paid_amount": 100}],
            "shipments": [
                parcel(1, qty=1, promised_at="2026-01-03 00:00", delivered_at="2026-01-02 09:00"),
                parcel(1, qty=1, promised_at="2026-01-03 00:00", delivered_at="2026-01-09 09:00")
                | {"shipment_id": "b"},
            ],
        }
    )
    assert [ask(here, "otif", one).successes for one in ("otif", "on_time", "in_full")] == [0, 0, 1]


def test_sale_events_are_those_of_the_shop_when_it_uploaded_any() -> None:
    sent = [
        parcel(1, promised_at="2026-01-05 00:00", delivered_at="2026-01-09 12:00"),
        parcel(2, promised_at="2026-06-25 00:00", delivered_at="2026-06-20 12:00"),
    ]
    rows = {"orders": [order(1), order(2, paid="2026-06-18 10:00")], "shipments": sent}
    own = {"events": [{"event_id": "ice_2026", "name": "Ice", "start_date": "2026-01-01", "end_date": "2026-01-01"}]}
    found = [ask(shop(tables), "event_on_time_rate") for tables in (rows, rows | own)]
    assert [(one.successes, one.n) for one in found] == [(1, 1), (0, 1)]


@pytest.mark.parametrize(
    ("stock", "goal", "kind"), [("CN", "CN", "domestic"), ("CN", "US", "direct"), ("US", "US", "overseas"), ("US", "CA", "overseas"), (None, "US", "")]
)  # fmt: skip
def test_stock_abroad_or_sent_from_home(stock: str | None, goal: str, kind: str) -> None:
    here = shop(
        {
            "orders": [order(1, ship_country=goal)],
            "locations": [{"location_id": "w", "country": stock, "kind": "warehouse"}],
            "shipments": [parcel(1, from_location_id="w", promised_at="2026-01-03 00:00", delivered_at="2026-01-02 09:00")],
        }
    )  # fmt: skip
    assert ask(here, "on_time_rate", by="stock").by == {"stock": kind or "(unknown)"}
