"""Green goods, worked out by hand on shops of at most eight rows per table."""

from math import acos, cos, radians, sin

import narwhals as nw
import polars as pl
import pytest

from ecodash.core.estimate import Status
from ecodash.core.schema import TABLES
from ecodash.metrics.indicators.distance import DISTANCE, arcsine
from ecodash.metrics.indicators.green import GREEN
from ecodash.metrics.indicators.green_buyers import GREEN_BUYERS
from tests.metrics.indicators.small import Small, ask, line, sheet, sold

BY_ID = {m.id: m for m in (*GREEN, *GREEN_BUYERS, *DISTANCE)}
PRODUCTS = sheet("sku_id category_l1 is_green", ("g", "tea", True), ("h", "tea", False), ("k", "tea", None))
SHOP = Small(
    {
        "orders": sold(
            "ship_city",
            ("1", "x", "2024-01-10", 10, None), ("2", "a", "2025-01-10", 10, "北京"), ("3", "b", "2025-01-10", 20, None),
            ("4", "a", "2026-01-10", 30, None), ("5", "b", "2026-01-10", 30, None), ("6", "c", "2026-01-10", 50, None),
        ),
        "order_items": line(
            ("1", "h", 1, 10), ("2", "g", 1, 10), ("3", "h", 1, 20), ("4", "g", 1, 30),
            ("5", "g", 1, 10), ("5", "h", 1, 20), ("6", "k", 1, 50),
        ),
        "products": PRODUCTS,
        "customers": sheet("customer_id birth_year", ("a", 2000), ("b", 1980), ("c", None)),
        "shipments": sheet(
            "shipment_id order_id from_location_id shipped_at packaging",
            ("1", "2", "W", "2025-01-11 10:00", "recyclable"), ("2", "2", None, "2025-01-11 10:00", "standard"),
            ("3", "3", "W", "2025-01-11 10:00", "none"), ("4", "4", "W", "2026-01-11 10:00", None),
        ),
        "locations": sheet("location_id kind city", ("W", "warehouse", "上海市")),
        "cities": sheet("city lat lon", ("上海市", 31.23, 121.47), ("北京市", 39.90, 116.41)),
    }
)  # fmt: skip
BACK = Small(
    {
        "orders": sold(
            "",
            ("1", "a", "2026-01-01", 9), ("2", "a", "2026-02-01", 9), ("3", "b", "2026-01-01", 9), ("4", "b", "2026-02-01", 9),
            ("5", "c", "2026-01-01", 9), ("6", "c", "2026-02-01", 9), ("7", "d", "2026-01-01", 9), ("8", "e", "2026-07-01", 9),
        ),
        "order_items": line(("1", "g", 1, 9), ("3", "g", 1, 9), ("5", "h", 1, 9), ("7", "h", 1, 9), ("8", "g", 1, 9)),
        "products": PRODUCTS,
    }
)  # fmt: skip
SHANGHAI, BEIJING = (radians(31.23), radians(121.47)), (radians(39.90), radians(116.41))
APART = 6371.0088 * acos(
    sin(SHANGHAI[0]) * sin(BEIJING[0]) + cos(SHANGHAI[0]) * cos(BEIJING[0]) * cos(SHANGHAI[1] - BEIJING[1])
)

CASES = [
    ("green_gmv_share", SHOP, 50 / 100),  # what is not known to be green or not is left out
    ("green_gmv_growth_gap", SHOP, (40 / 10 - 1) - (20 / 20 - 1)),
    ("genz_green_index", SHOP, (40 / 40) / (10 / 50)),
    ("green_packaging_share", SHOP, 2 / 3),
    ("parcels_per_order", SHOP, 4 / 3),
    ("ship_distance_km", SHOP, APART),
    ("green_repurchase_lift", BACK, (2 / 2) / (1 / 2) - 1),  # the last buyer is too young
]


@pytest.mark.parametrize(("name", "here", "expected"), CASES)
def test_by_hand(name: str, here: Small, expected: float) -> None:
    [estimate] = ask(here, BY_ID[name])
    assert (estimate.value, estimate.status) == (pytest.approx(expected, abs=2e-3), Status.OK)


def test_every_indicator_is_worked_out() -> None:
    assert {name for name, *_ in CASES} == set(BY_ID)


@pytest.mark.parametrize(("name", "table"), [(m.id, t) for m in BY_ID.values() for t, _ in m.requires])
def test_without_a_table_it_needs_an_indicator_is_missing_and_names_it(name: str, table: str) -> None:
    here = next(case[1] for case in CASES if case[0] == name)
    [estimate] = ask(here.without(table), BY_ID[name])
    assert (estimate.value, estimate.status) == (None, Status.MISSING)
    assert estimate.reason is not None
    assert TABLES[table].label.zh in estimate.reason.zh


def test_the_arcsine_is_exact_to_a_metre() -> None:
    x = pl.DataFrame({"x": [i / 1000 for i in range(1001)]})
    found = nw.from_native(x).select(y=arcsine(nw.col("x"))).to_native()["y"]
    assert (found - x["x"].arcsin()).abs().max() < 3e-8  # type: ignore[operator]
