"""Risks, worked out by hand on shops of at most eight rows per table."""

import pytest

from ecodash.core.estimate import Status
from ecodash.core.period import Period
from ecodash.core.schema import TABLES
from ecodash.metrics.indicators.incidents import INCIDENTS
from ecodash.metrics.indicators.late import LATE
from ecodash.metrics.indicators.market import MARKET, spans
from tests.metrics.indicators.small import Small, ask, line, sheet, sold
from tests.metrics.shop import day

BY_ID = {m.id: m for m in (*INCIDENTS, *LATE, *MARKET)}
SHOP = Small(
    {
        "orders": sold("", ("1", "a", "2026-01-01 10:00", 60), ("2", "b", "2026-01-10 10:00", 40)),
        "incidents": sheet(
            "incident_id type started_at detected_at resolved_at users_affected loss_amount",
            ("1", "outage", "2026-01-01 00:00", "2026-01-01 01:00", "2026-01-01 12:00", 9, 0),
            ("2", "attack", "2026-01-02 00:00", "2026-01-02 03:00", "2026-01-02 09:00", 9, 0),
            ("3", "data_leak", "2026-01-03 00:00", None, None, 40, 0),
            ("4", "fraud", "2026-01-04 00:00", None, None, 9, 5),
            ("5", "ip_claim", "2026-01-05 00:00", None, None, 9, 7),
            ("6", "outage", "2026-01-01 06:00", None, "2026-01-01 18:00", 9, 0),
        ),
        "tickets": sheet(
            "ticket_id category opened_at resolved_at",
            ("1", "privacy", "2026-01-01 10:00", "2026-01-20 10:00"), ("2", "privacy", "2026-01-01 10:00", "2026-01-10 10:00"),
            ("3", "privacy", "2026-01-02 10:00", None), ("4", "privacy", "2026-01-20 10:00", None), ("5", "ip", "2026-01-02 10:00", None),
        ),
        "products": sheet("sku_id", ("p",), ("q",), ("r",), ("s",)),
        "self_assessment": sheet("item_id assessed_at score", ("cm_a", "2025-12-01", 2), ("cm_a", "2026-01-05", 4), ("cm_b", "2025-12-01", 5)),
    }
)  # fmt: skip
SENT = Small(
    {
        "orders": [
            *sold(
                "fulfilment",
                ("1", "a", "2026-01-01 10:00", 9, None), ("2", "b", "2026-01-01 10:00", 9, "delivery"),
                ("4", "d", "2026-01-09 10:00", 9, None), ("5", "e", "2026-01-01 10:00", 9, "pickup"),
                ("6", "f", "2026-01-01 10:00", 9, None), ("7", "g", "2026-01-10 10:00", 9, "digital"),
            ),
            {"order_id": "3", "created_at": "2026-01-01 10:00", "paid_at": "2026-01-01 10:00", "paid_amount": 9, "status": "paid"},
        ],
        "shipments": sheet("shipment_id order_id shipped_at", ("1", "1", "2026-01-02 10:00"), ("2", "2", "2026-01-05 10:00")),
    }
)  # fmt: skip
MARKETS = Small(
    {
        "orders": sold(
            "ship_country",
            ("1", "a", "2025-01-05", 10, None), ("2", "b", "2025-12-05", 10, None), ("3", "c", "2026-01-05", 40, None), ("4", "d", "2026-01-31", 60, "US"), ("5", "e", "2024-01-31", 80, None),
        ),
        "order_items": line(("1", "p", 1, 10), ("2", "p", 1, 10), ("3", "p", 1, 40), ("4", "q", 1, 60), ("5", "q", 1, 80)),
        "products": sheet("sku_id category_l1", ("p", "tea"), ("q", "cup")),
        "market_reference": sheet(
            "period category_l1 region market_gmv",
            ("2025-01-01", "tea", "ALL", 100), ("2025-12-01", "tea", "ALL", 100), ("2026-01-01", "tea", "ALL", 200), ("2026-02-01", "tea", "ALL", 999),
        ),
        "tax_filings": sheet("period country declared_sales", ("2026-01-01", "CN", 50), ("2026-01-01", "us", 54), ("2025-12-01", "CN", 10)),
        "returns": sheet("return_id order_id refund_amount", ("1", "9", 1)),
        "ad_spend": sheet("date campaign_id gmv currency", ("2026-01-05", "c", 30, None), ("2026-01-05", "d", 10, "USD")),
        "exchange_rates": sheet("currency valid_from rate", ("USD", "2025-01-01", 7.0)),
    }
)  # fmt: skip

CASES = [
    ("availability", SHOP, 1 - 18 / 240),  # two outages that overlap, in ten days
    ("mttd_hours", SHOP, (1 + 3) / 2),
    ("mttr_hours", SHOP, (11 + 6) / 2),
    ("security_incidents", SHOP, 3),
    ("leak_users", SHOP, 40),
    ("fraud_loss_ratio", SHOP, 5 / 100),
    ("ip_claim_rate", SHOP, 1000 * 2 / 4),
    ("privacy_overdue_share", SHOP, 2 / 3),  # the fourth is too young
    ("control_maturity", SHOP, (4 + 5) / 10),
    ("late_shipment_share", SENT, 2 / 3),  # orders 2 and 3; 4 is too young, 6 was sent nobody knows when
    ("market_share", MARKETS, 60 / 400),  # February is not over
    ("market_share_change", MARKETS, 40 / 200 - 10 / 100),  # December has no year before
    ("tax_declared_gap", MARKETS, 114 / 110 - 1),
    ("paid_traffic_dependence", MARKETS, 100 / 200),
]


@pytest.mark.parametrize(("name", "here", "expected"), CASES)
def test_by_hand(name: str, here: Small, expected: float) -> None:
    [estimate] = ask(here, BY_ID[name])
    assert (estimate.value, estimate.status) == (pytest.approx(expected), Status.OK)


def test_every_indicator_is_worked_out() -> None:
    assert {name for name, *_ in CASES} == set(BY_ID)


@pytest.mark.parametrize(("name", "table"), [(m.id, t) for m in BY_ID.values() for t, _ in m.requires])
def test_without_a_table_it_needs_an_indicator_is_missing_and_names_it(name: str, table: str) -> None:
    here = next(case[1] for case in CASES if case[0] == name)
    [estimate] = ask(here.without(table), BY_ID[name])
    assert (estimate.value, estimate.status) == (None, Status.MISSING)
    assert estimate.reason is not None
    assert TABLES[table].label.zh in estimate.reason.zh


def test_incidents_without_a_leak_are_a_true_zero() -> None:
    calm = Small({**SHOP.rows, "incidents": sheet("incident_id type started_at", ("1", "other", "2026-01-01 00:00"))})
    for name, expected in (("leak_users", 0), ("security_incidents", 0), ("availability", 1)):
        [estimate] = ask(calm, BY_ID[name])
        assert (estimate.value, estimate.status) == (expected, Status.OK)


def test_availability_counts_only_what_lies_in_the_window() -> None:
    [estimate] = ask(SHOP, BY_ID["availability"], window=Period(day(1), day(2)))
    assert estimate.value == 1.0


def test_a_score_given_later_does_not_count_before() -> None:
    [estimate] = ask(SHOP, BY_ID["control_maturity"], window=Period(day(0), day(1)))
    assert estimate.value == pytest.approx((2 + 5) / 10)


def test_the_gap_of_a_country() -> None:
    by = {e.by["country"]: e.value for e in ask(MARKETS, BY_ID["tax_declared_gap"], by="country")}
    assert by == {"CN": pytest.approx(60 / 50 - 1), "US": pytest.approx(54 / 60 - 1)}


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ([0, 31], [(0, 30), (31, 58)]),  # January and February 1970
        ([0, 365], [(0, 364), (365, 729)]),  # two years
        ([0, 31, 365], [(0, 30), (31, 58), (365, 395)]),  # months, some of them not there
        ([0], [(0, 30)]),
    ],
)
def test_periods_of_outside_figures(starts: list[int], expected: list[tuple[int, int]]) -> None:
    assert spans(starts, 10_000) == expected


def test_a_period_that_is_not_over_is_left_out() -> None:
    assert spans([0, 31], 57) == [(0, 30)]
