"""The open data sets give the published numbers: three readings of UCI sales, repurchase at both grains, cohorts."""

import json
from functools import cache
from typing import Any

import polars as pl
import pytest

from ecodash.core.decimals import SCALE
from ecodash.core.settings import SalesPolicy, Settings
from tests.facts import real
from tests.facts.canonical import Tables, facts
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

FREE = SalesPolicy(include_zero_amount=True)
WITH_ADJUSTMENTS = SalesPolicy(include_adjustments=True)


@cache
def truths(name: str) -> dict[str, Any]:
    """The machine-readable truths of one data set."""
    path = SHARED / "data" / "truths" / f"open_{name}.json"
    found: dict[str, Any] = json.loads(path.read_text())
    return found


@cache
def built(name: str, policy: SalesPolicy) -> Tables:
    """All facts of one data set under one policy."""
    canonical = real.uci() if name == "online_retail" else real.cdnow()
    return facts(canonical, Settings(base_currency="GBP", policy=policy))


def by_month(cube: pl.DataFrame, measure: str) -> dict[str, float]:
    """Sums per month as the truths write them."""
    months = cube.group_by("month").agg(pl.col(measure).sum()).sort("month")
    return {f"{m // 12}-{m % 12 + 1:02}": value / SCALE for m, value in months.iter_rows()}


@pytest.mark.parametrize(
    ("policy", "measure", "key"),
    [
        (SalesPolicy(), "paid", "gross_by_month"),
        (SalesPolicy(), "net", "net_sales_without_A_by_month"),
        (WITH_ADJUSTMENTS, "net", "net_sales_all_rows_by_month"),
    ],
)
def test_the_three_readings_of_uci_sales_by_month(policy: SalesPolicy, measure: str, key: str) -> None:
    daily = built("online_retail", policy)["daily"]
    expected = {month: pytest.approx(value, abs=0.006) for month, value in truths("online_retail")[key].items()}
    assert by_month(daily, measure) == expected


@pytest.mark.parametrize(
    ("policy", "measure", "total"),
    [
        (SalesPolicy(), "paid", 106_556_224_840),
        (SalesPolicy(), "net", 97_588_099_940),
        (WITH_ADJUSTMENTS, "net", 97_477_479_340),
        (SalesPolicy(), "credits", 8_968_124_900),
    ],
)
def test_uci_totals_are_exact_to_the_last_digit(policy: SalesPolicy, measure: str, total: int) -> None:
    assert built("online_retail", policy)["daily"][measure].sum() == total


def test_identified_uci_sales() -> None:
    frames, expected = built("online_retail", SalesPolicy()), truths("online_retail")["B_identified_sales"]
    orders = frames["orders"].filter(pl.col("is_sale") & pl.col("customer_id").is_not_null())
    lines = frames["order_lines"].filter(pl.col("is_sale") & pl.col("customer_id").is_not_null())
    assert lines.height == orders["lines"].sum() == expected["rows"]
    assert orders.height == expected["orders"]
    assert orders["paid"].sum() == lines["paid"].sum() == round(expected["sales"] * SCALE)
    customers = frames["customers"]
    assert customers.height == expected["customers"]
    assert customers.filter(pl.col("orders") > 1).height == expected["customers_2plus_orders"]
    assert customers.filter(pl.col("days") > 1).height == expected["customers_2plus_days"]
    assert customers["orders"].max() == expected["max_orders"]


def test_anonymous_uci_sales_are_kept_in_totals_and_out_of_customers() -> None:
    daily, expected = built("online_retail", SalesPolicy())["daily"], truths("online_retail")["anonymous_sales"]
    anonymous = daily.filter(pl.col("buyer") == "anonymous")
    assert anonymous["orders"].sum() == expected["invoices"]
    assert anonymous["paid"].sum() == round(expected["sales"] * SCALE)
    assert anonymous["identified_paid"].sum() == 0


@pytest.mark.parametrize(("name", "policy"), [("online_retail", SalesPolicy()), ("cdnow_sample", FREE)])
@pytest.mark.parametrize(("grain", "second"), [("day", "second_day"), ("order", "second_order_day")])
@pytest.mark.parametrize("days", [30, 60, 90, 180])
def test_matured_repurchase_at_both_grains(name: str, policy: SalesPolicy, grain: str, second: str, days: int) -> None:
    frames = built(name, policy)
    end = frames["orders"]["day"].max()
    mature = frames["customers"].filter(pl.col("first_day") + days <= end)
    again = mature.filter(pl.col(second) - pl.col("first_day") <= days)
    expected = truths(name)["repurchase"][grain][str(days)]
    assert (mature.height, again.height) == (expected["eligible"], expected["repurchased"])


@pytest.mark.parametrize(("name", "policy"), [("online_retail", SalesPolicy()), ("cdnow_sample", FREE)])
def test_the_cohort_triangle(name: str, policy: SalesPolicy) -> None:
    months = built(name, policy)["customer_months"].filter(pl.col("orders") > 0)
    cells = {(first, age): n for first, age, n in months.group_by("first_month", "age").len().iter_rows()}
    last = months["month"].max()
    for cohort, expected in truths(name)["cohort_counts"].items():
        first = int(cohort[:4]) * 12 + int(cohort[5:]) - 1
        seen = [cells.get((first, age), 0) if first + age <= last else None for age in range(len(expected))]
        assert seen == [0 if n is None and first + age <= last else n for age, n in enumerate(expected)], cohort


def test_cdnow_with_and_without_its_eight_free_orders() -> None:
    default, free = (built("cdnow_sample", policy) for policy in (SalesPolicy(), FREE))
    assert default["orders"]["kind"].value_counts().sort("kind").rows() == [("sale", 6911), ("zero", 8)]
    assert (default["customers"].height, free["customers"].height) == (2349, 2357)
    assert free["orders"]["is_sale"].sum() == 6919
    assert default["daily"]["paid"].sum() == free["daily"]["paid"].sum() == 2_440_919_400
    assert by_month(free["daily"], "paid") == {
        month: pytest.approx(value, abs=0.006) for month, value in truths("cdnow_sample")["sales_by_month"].items()
    }


def test_cdnow_customers_active_by_month() -> None:
    months = built("cdnow_sample", FREE)["customer_months"].group_by("month").len().sort("month")
    seen = {f"{m // 12}-{m % 12 + 1:02}": n for m, n in months.iter_rows()}
    assert seen == truths("cdnow_sample")["active_customers_by_month"]
