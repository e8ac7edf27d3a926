"""Monitoring on a few rows by hand: indicators of the family, the watch, and orders worth a second look."""

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.core.settings import Settings
from ecodash.core.watch import WatchRule
from ecodash.metrics.monitoring.daily import last_complete_day
from ecodash.metrics.monitoring.suspicion import LISTED, REASONS, suspicious_orders
from ecodash.metrics.monitoring.watch import RULES, watch
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.sample.plan import Plan
from ecodash.session import Session
from tests.metrics.shop import Shop, day, shop

START = datetime(2025, 1, 1, 10)


def order(number: int, when: datetime, paid: float = 100, **more: object) -> dict[str, object]:
    moments = {"created_at": when - timedelta(minutes=1), "paid_at": when, "channel_id": "taobao", "platform": "taobao"}
    return {"order_id": f"o{number:06}", "customer_id": f"c{number:06}", "status": "completed", "paid_amount": paid} | moments | more  # fmt: skip


def busy(counts: list[int], **more: list[dict[str, object]]) -> Shop:
    """So many orders of 100 per day from 1 January 2025, spread between 10:00 and 22:00."""
    orders, number = [], 0
    for i, count in enumerate(counts):
        for j in range(count):
            orders.append(order(number, START + timedelta(days=i, minutes=int(720 * j / max(count - 1, 1)))))
            number += 1
    return shop({"orders": orders, **more}, settings=Settings(home_country="US", minimum_sample=1))


def ask(here: Shop, metric: str, **question: object) -> Estimate:
    [estimate] = here.ask(metric, **question)
    return estimate


def test_targets_met_of_those_that_are_due_and_can_be_computed() -> None:
    targets = [
        {"period": "2025-01-01", "owner": "a", "indicator_id": "orders", "target_value": 31},  # 31: met
        {"period": "2025-02-01", "owner": "a", "indicator_id": "orders", "target_value": 29},  # 28: not met
        {"period": "2025-03-01", "owner": "a", "indicator_id": "orders", "target_value": 1},  # not over
        {"period": "2025-01-01", "owner": "b", "indicator_id": "on_time_rate", "target_value": 0.9},  # no parcels
        {"period": "2025-01-01", "owner": "b", "indicator_id": "no_such", "target_value": 1},
    ]
    found = ask(busy([1] * 65, targets=targets), "kpi_attainment")
    assert (found.successes, found.n) == (1, 2)


def test_sales_per_labour_only_over_months_with_labour() -> None:
    costs = [
        {"month": "2025-01-01", "type": "labour", "amount": 1000},
        {"month": "2025-02-01", "type": "rd", "amount": 140},
        {"month": "2025-02-01", "type": "it", "amount": 140},
    ]
    here = busy([1] * 59, costs_monthly=costs)
    assert ask(here, "labour_productivity").value == pytest.approx(3100 / 1000)
    assert ask(here, "rd_spend_ratio").value == pytest.approx(280 / 2800)


def test_days_out_of_line_are_counted_and_the_opening_is_not() -> None:
    counts = [10] * 150
    counts[30], counts[120] = 40, 40
    assert ask(busy(counts), "anomaly_days").value == 1.0
    assert ask(busy([10] * 30), "anomaly_days").status is Status.IMMATURE


def test_the_effect_of_a_change_is_read_against_what_was_expected() -> None:
    events = [{"event_id": "new_shelf", "name": "new shelf", "start_date": "2025-06-01", "end_date": "2025-06-01"}]
    change = (date(2025, 6, 1) - date(2025, 1, 1)).days
    found = ask(busy([10] * change + [15] * 28, events=events), "change_effect")
    assert found.value == pytest.approx(0.5, abs=0.02)
    assert ask(busy([10] * 100), "change_effect").status is Status.MISSING


def test_steps_of_the_process_by_hand() -> None:
    at = datetime(2026, 1, 1, 10)
    orders = [
        {"order_id": "1", "created_at": at, "paid_at": at + timedelta(hours=1), "completed_at": at + timedelta(hours=49), "status": "completed", "paid_amount": 10},
        {"order_id": "2", "created_at": at, "paid_at": at + timedelta(hours=3), "status": "paid", "paid_amount": 10},
        {"order_id": "3", "created_at": at, "status": "created", "paid_amount": 10},
    ]  # fmt: skip
    sent = [{"shipment_id": "p", "order_id": "1", "shipped_at": at + timedelta(hours=11), "delivered_at": at + timedelta(hours=31)}]  # fmt: skip
    here = shop({"orders": orders, "shipments": sent})
    found = {one.by["flow_step"]: (one.value, one.n) for one in here.ask("flow_step_times", by="flow_step")}
    assert found == {"pay": (2.0, 2), "ship": (10.0, 1), "deliver": (20.0, 1), "complete": (18.0, 1)}
    assert ask(here, "flow_step_times").value == 49.0


def test_the_place_among_rival_prices() -> None:
    goods = [{"sku_id": "a", "category_l1": "cups"}, {"sku_id": "b", "category_l1": "lamps"}]
    rivals = [{"date": "2026-01-01", "sku_id": "a", "rival": str(i), "price": price} for i, price in enumerate((8, 10, 12, 20))]  # fmt: skip
    lines = [
        {"order_id": "o000001", "line_key": "1", "sku_id": "a", "qty": 2, "paid_amount": 20, "category_l1": "cups"}
    ]
    here = shop({"orders": [order(1, START, 20)], "order_items": lines, "products": goods, "rival_prices": rivals})
    assert ask(here, "price_band_index").value == pytest.approx((1 + 0.5) / 4)


def test_a_day_that_is_not_over_is_left_out() -> None:
    here = busy([5] * 40)
    assert last_complete_day(here) == (date(2025, 2, 9), None)
    here = busy([5] * 39 + [1])  # the one order of the last day came at 10:00, others end at 22:00
    assert last_complete_day(here) == (date(2025, 2, 8), date(2025, 2, 9))


def test_the_watch_finds_the_day_sales_stopped_and_takes_the_change_apart() -> None:
    rng = np.random.default_rng(8)
    here = busy([*(int(one) for one in rng.poisson(30, 200)), 2, 3])
    found = watch(here, [WatchRule(metric="orders"), WatchRule(metric="aov")], days=2)
    assert found is not None
    orders, aov = found.watches
    assert (orders.changed, orders.up, aov.changed) == (True, False, False)
    assert orders.alerts[-1].value in {2.0, 3.0}
    assert orders.expected == pytest.approx(30, rel=0.1)
    assert orders.false_alarms is not None
    assert orders.false_alarms < 0.5
    assert orders.why is not None
    assert orders.why.total < 0


def test_what_cannot_be_watched_says_why_and_harms_nothing() -> None:
    here = busy([5] * 100)
    found = watch(here, RULES)
    assert found is not None
    reasons = {one.rule.metric: one.reason for one in found.watches}
    assert reasons["orders"] is None
    assert reasons["on_time_rate"] is not None
    assert watch(shop({"orders": []}), RULES) is None


def burst() -> Shop:
    """Six orders of one cup from one city within ten minutes, sent without a carrier, among ordinary ones."""
    late = datetime(2026, 1, 1, 23, 20)
    orders = [order(i, START + timedelta(days=400 + i), ship_city=f"city {i}") for i in range(40)]
    orders += [order(100 + i, late + timedelta(minutes=i), ship_city="x", delivered_at=late + timedelta(days=1, minutes=i),
                     completed_at=late + timedelta(days=1, minutes=i + 10)) for i in range(6)]  # fmt: skip
    orders.append(order(200, late + timedelta(days=3), paid=99_999, ship_city="far"))
    sku = {f"o{100 + i:06}": "cup" for i in range(6)}
    lines = [{"order_id": one["order_id"], "line_key": "1", "sku_id": sku.get(str(one["order_id"]), f"s{i}"), "qty": 1, "paid_amount": one["paid_amount"]} for i, one in enumerate(orders)]  # fmt: skip
    return shop({"orders": orders, "order_items": lines})


def test_bought_looking_orders_are_listed_with_reasons_and_a_large_honest_one_is_not() -> None:
    here = burst()
    span = here.data_end()
    assert span is not None
    found = suspicious_orders(Reading(source=here), span)
    assert sorted(found.orders["order_id"].to_list()) == [f"o{100 + i:06}" for i in range(6)]
    reasons = found.orders["reasons"].to_list()[0]
    assert {"burst", "at_once"} <= set(reasons)
    assert found.orders["score"][0] == pytest.approx(sum(REASONS[one].points for one in reasons))
    assert found.looked_at == 47
    assert "empty" in found.silent


def test_no_single_reason_is_enough_to_be_listed() -> None:
    assert max(one.points for one in REASONS.values()) < LISTED


def test_the_planted_orders_of_the_sample_shop_are_found(sample_shop: Path) -> None:
    with Session.open(sample_shop, create=False, read_only=True) as session:
        span = session.data_window()
        assert span is not None
        plan = Plan(orders=8000, seed=0, end=span.end)
        found = suspicious_orders(Reading(source=session.source), span).orders
        planted = found.filter(found["day"].is_in(plan.brushing) & (found["sku_id"] == plan.new_sku))
        assert planted.height >= 30
        assert planted.height / found.height >= 0.8
        assert found.head(planted.height)["sku_id"].unique().to_list() == [plan.new_sku]


def test_planted_carrier_and_wave_of_returns_show_in_the_sample_shop(sample_shop: Path) -> None:
    with Session.open(sample_shop, create=False, read_only=True) as session:
        span = session.data_window()
        assert span is not None
        by_carrier = {one.by["carrier"]: one for one in session.compute(["on_time_rate"], Query(by="carrier"))}
        worst = min(by_carrier.values(), key=lambda one: one.value or 1.0)
        others = [one for one in by_carrier.values() if one is not worst and one.n >= 200]
        assert worst.value == pytest.approx(0.6, abs=0.05)
        assert all((one.low or 0) > (worst.high or 1) for one in others)
        plan = Plan(orders=8000, seed=0, end=span.end)
        wave, before = plan.wave, Period(day(0) - timedelta(days=200), plan.wave.start - timedelta(days=1))
        rates = [session.compute(["return_rate:order_date"], Query(window=one))[0] for one in (wave, before)]
        assert (rates[0].value or 0) > (rates[1].value or 0)
