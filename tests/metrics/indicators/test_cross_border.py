"""Selling abroad, worked out by hand on shops of at most eight rows per table."""

import pytest

from ecodash.core.estimate import Status
from ecodash.core.schema import TABLES
from ecodash.core.settings import Settings
from ecodash.i18n.countries import spellings
from ecodash.metrics.indicators.abroad import ABROAD
from ecodash.metrics.indicators.cross_border import CROSS_BORDER
from tests.metrics.indicators.small import Small, ask, line, sheet, sold

BY_ID = {m.id: m for m in (*CROSS_BORDER, *ABROAD)}

SHOP = Small(
    {
        "orders": [
            *sold(
                "ship_country payment_method",
                ("1", "a", "2026-01-01 10:00", 100, "CN", "card"),
                ("2", "b", "2026-01-01 10:00", 100, None, "card"),
                ("3", "c", "2026-01-01 10:00", 50, "US", "card"),
                ("4", "d", "2026-01-01 10:00", 50, "us", "card"),
                ("5", "e", "2026-01-01 10:00", 100, "DE", "card"),
                ("7", "f", "2026-02-01 10:00", 0, "CN", "card"),
            ),
            {"order_id": "6", "created_at": "2026-01-02 10:00", "status": "created", "order_amount": 9, "ship_country": "US"},
        ],
        "shipments": sheet(
            "shipment_id order_id from_location_id shipped_at delivered_at freight_cost duty_cost customs_held",
            ("p1", "1", "HZ", "2026-01-01 12:00", "2026-01-02 10:00", 9, None, None),
            ("p3", "3", "LA", "2026-01-01 12:00", "2026-01-04 10:00", 5, None, False),
            ("p4", "4", "HZ", "2026-01-01 12:00", "2026-01-21 10:00", 10, 10, True),
            ("p5", "5", "HZ", "2026-01-01 12:00", "2026-01-11 10:00", None, None, None),
        ),
        "locations": sheet("location_id kind country", ("HZ", "warehouse", "CN"), ("LA", "overseas_warehouse", "US")),
        "incidents": sheet(
            "incident_id type started_at country",
            ("1", "customs", "2026-01-01 10:00", "US"), ("2", "ip_claim", "2026-01-01 10:00", "CN"), ("3", "outage", "2026-01-01 10:00", "US"),
        ),
    }
)  # fmt: skip
YEARS = Small(
    {
        "orders": sold(
            "ship_country",
            ("1", "a", "2024-01-10", 70, "CN"), ("2", "b", "2025-01-10", 100, "US"), ("3", "c", "2026-01-10", 150, "US"), ("4", "d", "2026-01-10", 9, "CN"),
        )
    }
)  # fmt: skip
REGIONS = Small(
    {
        "orders": sold("ship_country", ("1", "a", "2026-01-01", 10, "SG"), ("2", "b", "2026-01-01", 10, "DE"), ("3", "c", "2026-01-01", 10, "US")),
        "order_items": line(("1", "p1", 10, 10), ("2", "p2", 2, 10), ("3", "p3", 1, 10)),
        "products": sheet("sku_id category_l1 is_green", ("p1", "tea", False), ("p2", "tea", True), ("p3", "tea", False)),
    }
)  # fmt: skip

CASES = [
    ("cross_border_gmv_share", None, SHOP, 200 / 400),
    ("destination_countries_effective", None, SHOP, 3),  # 100 each
    ("cross_border_delivery_days", None, SHOP, 10),  # 3, 10, 20
    ("overseas_vs_direct_days_ratio", None, SHOP, 3 / 20),  # the United States, the only country with both
    ("overseas_warehouse_share", None, SHOP, 1 / 3),
    ("customs_hold_rate", None, SHOP, 1000 / 2),
    ("landed_cost_ratio", None, SHOP, 25 / 100),
    ("overseas_gmv_growth", None, YEARS, 0.5),
    ("compliance_incident_rate", None, SHOP, 1000 / 3),
    ("local_payment_success", None, SHOP, 3 / 4),
    ("local_payment_success", "gap_to_home", SHOP, 3 / 4 - 1),
    ("region_preference_index", None, REGIONS, 3),  # all of Singapore is the cheap third, a third of everything
    ("region_preference_index", "green_europe", REGIONS, 3),
]


@pytest.mark.parametrize(("name", "definition", "here", "expected"), CASES)
def test_by_hand(name: str, definition: str | None, here: Small, expected: float) -> None:
    [estimate] = ask(here, BY_ID[name], definition)
    assert (estimate.value, estimate.status) == (pytest.approx(expected), Status.OK)


def test_every_indicator_is_worked_out() -> None:
    assert {name for name, *_ in CASES} == set(BY_ID)


@pytest.mark.parametrize(("name", "table"), [(m.id, t) for m in BY_ID.values() for t, _ in m.requires])
def test_without_a_table_it_needs_an_indicator_is_missing_and_names_it(name: str, table: str) -> None:
    here = next(case[2] for case in CASES if case[0] == name)
    [estimate] = ask(here.without(table), BY_ID[name])
    assert (estimate.value, estimate.status) == (None, Status.MISSING)
    assert estimate.reason is not None
    assert TABLES[table].label.zh in estimate.reason.zh


def test_a_shop_that_never_says_where_it_sends_has_no_share_abroad() -> None:
    [estimate] = ask(Small({"orders": sold("", ("1", "a", "2026-01-01", 10))}), BY_ID["cross_border_gmv_share"])
    assert (estimate.value, estimate.status) == (None, Status.MISSING)


def test_growth_waits_for_two_years_of_data() -> None:
    young = Small(
        {"orders": sold("ship_country", ("1", "a", "2025-06-01", 10, "US"), ("2", "a", "2026-06-01", 9, "US"))}
    )
    [estimate] = ask(young, BY_ID["overseas_gmv_growth"])
    assert (estimate.value, estimate.status) == (None, Status.IMMATURE)


def test_growth_from_nothing_is_new_and_not_zero() -> None:
    fresh = Small(
        {"orders": sold("ship_country", ("1", "a", "2024-01-01", 10, "CN"), ("2", "a", "2026-01-01", 9, "US"))}
    )
    [estimate] = ask(fresh, BY_ID["overseas_gmv_growth"])
    assert (estimate.value, estimate.status) == (None, Status.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("home", "written"), [("GB", "United Kingdom"), ("GB", "英国"), ("CN", "China"), ("CN", "中国"), ("US", "USA")]
)
def test_home_is_home_however_it_is_written(home: str, written: str) -> None:
    assert written.upper() in spellings(home)
    rows = sold("ship_country", ("1", "a", "2026-01-01", 30, written), ("2", "b", "2026-01-01", 10, "France"))
    here = Small({"orders": rows}, settings=Settings(minimum_sample=1, home_country=home))
    [estimate] = ask(here, BY_ID["cross_border_gmv_share"])
    assert estimate.value == pytest.approx(0.25)
