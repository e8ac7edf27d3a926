"""Returns, ratings and service around the order, worked out by hand on a few rows."""

from datetime import date

import pytest

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.metrics.behind import rows
from ecodash.metrics.query import Query
from ecodash.metrics.recount import recount
from ecodash.metrics.registry import METRICS
from tests.metrics.shop import Shop, shop
from tests.metrics.test_fulfilment import order, parcel


def ask(here: Shop, metric: str, **question: object) -> Estimate:
    [estimate] = here.ask(metric, **question)
    return estimate


@pytest.fixture
def returned() -> Shop:
    """Six orders of 1 January, one of 20 February; the data end on 1 March.

    1 came back as faulty, 2 because it did not please (refused), 3 was never completed, 4 came back after 40 days,
    5 is fine, 6 was made to order, 7 is too young.
    """
    done = "2026-01-10 10:00"
    orders = [
        *(order(number, completed_at=done, shipped_at="2026-01-02 10:00") for number in (1, 2, 4, 5)),
        order(3, status="paid"),
        order(6, completed_at=done, order_type="custom"),
        order(7, paid="2026-02-20 10:00", completed_at="2026-02-25 10:00"),
    ]
    asked = [
        {"return_id": "a", "order_id": "1", "sku_id": "x", "requested_at": "2026-01-12 10:00", "accepted": True, "reason": "quality"},
        {"return_id": "b", "order_id": "2", "sku_id": "x", "requested_at": "2026-01-13 10:00", "accepted": False, "reason": "no_reason"},
        {"return_id": "c", "order_id": "4", "sku_id": "x", "requested_at": "2026-02-10 10:00", "accepted": True, "reason": "size"},
        {"return_id": "d", "order_id": "6", "sku_id": "x", "requested_at": "2026-01-12 10:00", "accepted": False, "reason": "quality"},
        {"return_id": "e", "order_id": "7", "sku_id": "x", "requested_at": "2026-03-01 10:00", "accepted": None, "reason": "late"},
    ]  # fmt: skip
    return shop({"orders": orders, "returns": asked})


@pytest.mark.parametrize(
    ("metric", "top", "n"),
    [
        ("return_rate", 2, 5),  # 1 and 4 of 1, 2, 4, 5, 6; 7 was completed less than 15 days ago, 3 never
        ("return_rate:order_date", 1, 6),  # 1 within 30 days; 7 was paid less than 30 days ago
        ("quality_return_rate", 1, 6),  # 1 of all completed
        ("returns_7d_accept_rate", 1, 2),  # 1 accepted, 2 refused; 4 asked too late, 6 made to order, 7 undecided
    ],
)
def test_returns_by_hand(returned: Shop, metric: str, top: int, n: int) -> None:
    estimate = ask(returned, metric)
    assert (estimate.successes, estimate.n) == (top, n)


def test_a_month_too_young_to_judge_has_no_return_rate_instead_of_a_low_one(returned: Shop) -> None:
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    assert ask(returned, "return_rate", window=february).status is Status.EMPTY


@pytest.fixture
def service() -> Shop:
    sent = [
        parcel(1, promised_at="2026-01-03 00:00", delivered_at="2026-01-02 09:00"),
        parcel(2, promised_at="2026-01-03 00:00", delivered_at="2026-01-05 09:00"),
        parcel(3, promised_at="2026-01-03 00:00", delivered_at="2026-01-02 09:00"),
        parcel(4, promised_at="2026-01-03 00:00", delivered_at="2026-01-02 09:00"),
        parcel(5, promised_at="2026-01-09 00:00"),
    ]
    lines = [{"order_id": str(n), "line_key": "1", "sku_id": "fit" if n == 1 else "a", "qty": 1, "paid_amount": 100} for n in range(1, 6)]  # fmt: skip
    return shop(
        {
            "orders": [order(n) for n in range(1, 6)],
            "order_items": lines,
            "products": [{"sku_id": "fit", "is_service_addon": True}, {"sku_id": "a", "is_service_addon": False}],
            "shipments": sent,
            "returns": [{"return_id": "r", "order_id": "3", "requested_at": "2026-01-06 10:00", "accepted": True}],
            "tickets": [
                {"ticket_id": "1", "order_id": "4", "category": "complaint", "opened_at": "2026-01-06 10:00"},
                {"ticket_id": "2", "order_id": "1", "category": "enquiry", "opened_at": "2026-01-06 10:00"},
            ],
            "customers": [{"customer_id": "a", "verified": True}, {"customer_id": "b", "verified": False}],
        }
    )


@pytest.mark.parametrize(
    ("metric", "value", "n"),
    [
        ("perfect_order_rate", 1 / 4, 4),  # 1; 2 late, 3 returned, 4 complained, 5 not there yet
        ("complaint_rate", 200.0, 5),  # one complaint on five orders
        ("service_attach_rate", 1 / 5, 5),
        ("verified_customer_share", 1 / 2, 2),
    ],
)
def test_service_by_hand(service: Shop, metric: str, value: float, n: int) -> None:
    estimate = ask(service, metric)
    assert (estimate.value, estimate.n) == (pytest.approx(value), n)
    behind = rows(service, metric, Query())
    assert recount(behind, METRICS[metric].default.how) == pytest.approx(value)


def test_own_logistics_are_compared_city_by_city() -> None:
    """In Hangzhou 1 day against 3, in Lhasa 5 against 7; own parcels go near, so the plain means differ by 4."""
    plan = [("杭州市", "own", 1), ("杭州市", "own", 1), ("杭州市", "own", 1), ("杭州市", "third_party", 3),
            ("拉萨市", "own", 5), ("拉萨市", "third_party", 7), ("拉萨市", "third_party", 7), ("拉萨市", "third_party", 7)]  # fmt: skip
    orders = [order(i, ship_city=city) for i, (city, _, _) in enumerate(plan)]
    sent = [parcel(i, carrier_type=kind, delivered_at=f"2026-01-{1 + days:02} 10:00") for i, (_, kind, days) in enumerate(plan)]  # fmt: skip
    found = ask(shop({"orders": orders, "shipments": sent}), "own_logistics_speed_gap")
    assert (found.value, found.n) == (pytest.approx(2.0), 8)


def review(number: int, sku: str, stars: int, day: str = "2026-03-31") -> dict[str, object]:
    return {"review_id": str(number), "order_id": str(number), "sku_id": sku, "rating": stars, "reviewed_at": f"{day} 10:00"}  # fmt: skip


@pytest.fixture
def rated() -> Shop:
    """The last 90 days: ten times 3 for a, ten times 5 for b, once 1 for c; before them once 5."""
    said = [review(i, "a", 3) for i in range(10)] + [review(10 + i, "b", 5) for i in range(10)]
    said += [review(20, "c", 1), review(21, "c", 5, "2025-12-20")]
    return shop({"orders": [order(1, paid="2026-03-31 09:00"), order(2, paid="2025-10-01 09:00")], "reviews": said})


def test_ratings_by_hand(rated: Shop) -> None:
    mean = 81 / 21
    assert ask(rated, "avg_rating").value == pytest.approx(mean)
    by_sku = rated.by("avg_rating", "sku")
    assert by_sku == {sku: pytest.approx((own * n + mean * 10) / (n + 10)) for sku, own, n in (("a", 3, 10), ("b", 5, 10), ("c", 1, 1))}  # fmt: skip
    assert ask(rated, "rating_trend").value == pytest.approx(mean - 5)
    low = ask(rated, "low_rating_share")
    assert (low.successes, low.n) == (1, 2)  # a; c has too few reviews


def test_a_rate_by_category_does_not_blame_sellers_for_what_they_sell() -> None:
    """Both fail 1 in 2 of lamps and none of cups; third parties sell lamps, the shop sells cups."""
    orders, lines, asked = [], [], []
    plan = [("lamp", "t", True), ("lamp", "t", False), ("lamp", "t", True), ("lamp", "t", False),
            ("lamp", None, True), ("lamp", None, False), ("cup", None, False), ("cup", "t", False)]  # fmt: skip
    for i, (category, seller, bad) in enumerate(plan):
        orders.append(order(i))
        lines.append({"order_id": str(i), "line_key": "1", "sku_id": category, "qty": 1, "paid_amount": 100,
                      "category_l1": category, "seller_id": seller})  # fmt: skip
        if bad:
            asked.append({"return_id": str(i), "order_id": str(i), "sku_id": category, "reason": "quality",
                          "requested_at": "2026-01-05 10:00", "accepted": True})  # fmt: skip
    sellers = [{"seller_id": "t", "mode": "third_party"}]
    here = shop({"orders": orders, "order_items": lines, "returns": asked, "sellers": sellers})
    assert ask(here, "self_vs_third_quality_gap").value == pytest.approx(0.0)
