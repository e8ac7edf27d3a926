"""Cases and differentiation, worked out by hand on shops of at most eight rows per table."""

import pytest

from ecodash.core.estimate import Status
from ecodash.core.schema import TABLES
from ecodash.metrics.indicators.industries import INDUSTRIES
from ecodash.metrics.indicators.tier_compare import TIER_COMPARE
from ecodash.metrics.indicators.tiers import TIERS_OF_CITIES
from tests.metrics.indicators.small import Small, ask, line, sheet, sold

BY_ID = {m.id: m for m in (*INDUSTRIES, *TIERS_OF_CITIES, *TIER_COMPARE)}
CITIES = sheet("city tier", ("上海市", "1"), ("昆明市", "2"), ("洛阳市", "3"), ("南京市", "new1"))
SHOP = Small(
    {
        "orders": sold(
            "ship_city discount_amount",
            ("1", "a", "2024-01-01 10:00", 50, "上海", 50), ("2", "a", "2024-02-01 10:00", 50, "上海市", 0), ("3", "b", "2024-01-01 10:00", 40, "昆明市", 10),
            ("4", "c", "2024-01-01 10:00", 20, "洛阳", 0), ("5", "c", "2024-06-01 10:00", 20, "洛阳市", 0), ("6", "d", "2024-12-01 10:00", 20, "南京", 0),
        ),
        "order_items": line(("1", "p", 1, 50), ("2", "q", 1, 50), ("3", "p", 1, 40), ("4", "q", 1, 20), ("5", "q", 1, 20), ("6", "q", 1, 20)),
        "products": sheet("sku_id category_l1 launched_at", ("p", "coat", "2023-12-01"), ("q", "drill", "2020-01-01")),
        "customers": sheet("customer_id birth_year buyer_type", ("a", 2000, "person"), ("b", 1980, "company"), ("c", None, None), ("d", 1994, "person")),
        "tickets": sheet("ticket_id order_id category opened_at", ("1", "2", "technical", "2024-02-02 10:00"), ("2", "3", "enquiry", "2024-02-02 10:00")),
        "cities": CITIES,
        "shipments": sheet("shipment_id order_id shipped_at delivered_at", ("1", "1", "2024-01-02 10:00", "2024-01-03 10:00"), ("2", "3", "2024-01-02 10:00", "2024-01-05 10:00"), ("3", "4", "2024-01-02 10:00", "2024-01-05 10:00")),
        "returns": sheet("return_id order_id accepted refund_amount", ("1", "1", True, 1), ("2", "3", None, 1), ("3", "4", False, 1)),
        "platform_fees": sheet("fee_id date type seller_id amount", ("1", "2024-01-01", "logistics", "s", 10), ("2", "2024-01-01", "credit", "t", 10), ("3", "2024-01-01", "commission_base", "s", 60)),
    }
)  # fmt: skip
YEARS = Small(
    {
        "orders": sold(
            "ship_city",
            ("0", "z", "2024-01-10", 9, "南京市"), ("1", "a", "2025-01-10", 100, "上海市"), ("2", "b", "2025-01-10", 10, "昆明市"), ("3", "c", "2025-01-10", 10, "洛阳市"),
            ("4", "a", "2026-01-10", 150, "上海市"), ("5", "b", "2026-01-10", 30, "昆明市"), ("6", "c", "2026-01-10", 20, "洛阳市"),
        ),
        "cities": CITIES,
        "shipments": sheet("shipment_id order_id", ("1", "1")),
        "returns": sheet("return_id order_id", ("1", "1")),
    }
)  # fmt: skip

CASES = [
    ("young_buyer_share", None, SHOP, 100 / 160),  # a is 24, d turns 30 in the year of the order, b is 44
    ("tier_gmv_share", None, SHOP, 80 / 200),
    ("tier_growth_gap", None, YEARS, (50 / 20 - 1) - (150 / 100 - 1)),
    ("tier_compare", None, SHOP, (80 / 2) / (100 / 1)),
    ("tier_compare", "order_value", SHOP, (80 / 3) / (100 / 2)),
    ("tier_compare", "repurchase", SHOP, 0),  # a is back after a month, c after five
    ("tier_compare", "discounts", SHOP, (10 / 90) / (50 / 150)),
    ("tier_compare", "delivery_days", SHOP, 4 / 2),
    ("tier_compare", "returns", SHOP, (1 / 3) / (1 / 2)),  # the third return was refused
    ("tier_compare", "growth", YEARS, (50 / 20) / (150 / 100)),
    ("industry_profile", None, SHOP, 90 / 200),  # coats launched a month before
    ("industry_profile", "young_buyers", SHOP, 100 / 160),
    ("industry_profile", "companies", SHOP, 40 / 160),
    ("industry_profile", "technical", SHOP, 1 / 6),
    ("industry_profile", "repurchase", SHOP, 1 / 3),  # d is too young
    ("partner_revenue_share", None, SHOP, 20 / 80),
]


@pytest.mark.parametrize(("name", "definition", "here", "expected"), CASES)
def test_by_hand(name: str, definition: str | None, here: Small, expected: float) -> None:
    [estimate] = ask(here, BY_ID[name], definition)
    assert (estimate.value, estimate.status) == (pytest.approx(expected), Status.OK)


def test_every_indicator_and_every_reading_is_worked_out() -> None:
    readings = {(m.id, None if d is m.default else d.id) for m in BY_ID.values() for d in m.definitions}
    assert {(name, definition) for name, definition, *_ in CASES} == readings


@pytest.mark.parametrize(("name", "table"), [(m.id, t) for m in BY_ID.values() for t, _ in m.requires])
def test_without_a_table_it_needs_an_indicator_is_missing_and_names_it(name: str, table: str) -> None:
    here = next(case[2] for case in CASES if case[0] == name)
    [estimate] = ask(here.without(table), BY_ID[name])
    assert (estimate.value, estimate.status) == (None, Status.MISSING)
    assert estimate.reason is not None
    assert TABLES[table].label.zh in estimate.reason.zh


def test_shares_of_tiers_add_up() -> None:
    by = {e.by["tier"]: e.value for e in ask(SHOP, BY_ID["tier_gmv_share"], by="tier")}
    assert by == pytest.approx({"1": 0.5, "new1": 0.1, "2": 0.2, "3": 0.2})


def test_every_tier_against_the_first() -> None:
    by = {e.by["tier"]: e.value for e in ask(SHOP, BY_ID["tier_compare"], "order_value", by="tier")}
    assert by == pytest.approx({"1": 1, "new1": 20 / 50, "2": 40 / 50, "3": 20 / 50})


def test_the_profile_of_each_category() -> None:
    by = {e.by["category"]: e.value for e in ask(SHOP, BY_ID["industry_profile"], by="category")}
    assert by == pytest.approx({"coat": 1, "drill": 0})
