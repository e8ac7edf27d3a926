"""Traps of ratios, each planted and each avoided: T22 upside-down ratios, T23 products of rates and mixed price bases."""

import pytest

from ecodash.metrics.registry import METRICS, resolve
from tests.metrics.indicators.small import Small, ask, line, sheet, sold


def advertised(spend: float, sales: float) -> float | None:
    here = Small({"ad_spend": sheet("date campaign_id spend gmv clicks", ("2026-01-01", "c", spend, sales, 10))})
    [estimate] = ask(here, METRICS["roas"])
    return estimate.value


def test_t22_sales_stand_above_the_line_and_spend_below() -> None:
    assert advertised(spend=80, sales=400) == 5
    assert advertised(spend=400, sales=80) == 0.2


def test_t22_mer_is_printed_both_ways_up_so_each_way_is_named_by_its_fraction() -> None:
    here = Small(
        {
            "orders": sold("", ("1", "a", "2026-01-01 10:00", 400)),
            "ad_spend": sheet("date campaign_id spend", ("2026-01-01", "c", 80)),
        }
    )
    found = {one.name.en: ask(here, METRICS["mer"], one.id)[0].value for one in METRICS["mer"].definitions}
    assert found == {"Net sales ÷ ad spend": 5, "Ad spend ÷ net sales": pytest.approx(0.2)}


def test_t22_every_name_of_a_ratio_known_both_ways_up_comes_with_its_fraction() -> None:
    for name in ("roas", "mer"):
        above, below = METRICS[name].formula.en.lower().split("÷")
        assert ("gmv" in above or "sales" in above, "spend" in below) == (True, True)


def delivered(*parcels: tuple[str, str, float]) -> Small:
    """Four orders of two units each, promised for 5 January; a parcel is (order, day it came, units)."""
    return Small(
        {
            "orders": sold("", *((str(i), f"c{i}", "2026-01-01 10:00", 10) for i in range(1, 5))),
            "order_items": line(*((str(i), "x", 2, 10) for i in range(1, 5))),
            "shipments": sheet(
                "shipment_id order_id shipped_at promised_at delivered_at qty",
                *((f"p{o}", o, "2026-01-02 10:00", "2026-01-05 00:00", f"2026-01-{d} 10:00", q) for o, d, q in parcels),
            ),
        }
    )


def rates(here: Small) -> tuple[float | None, ...]:
    return tuple(ask(here, METRICS["otif"], name)[0].value for name in ("on_time", "in_full", "otif"))


def test_t23_what_is_late_and_short_at_once_counts_once_and_not_as_a_product_of_rates() -> None:
    on_time, in_full, both = rates(delivered(("1", "03", 2), ("2", "03", 2), ("3", "03", 2), ("4", "09", 1)))
    assert (on_time, in_full, both) == (0.75, 0.75, 0.75)  # the product would say 0.5625


def test_t23_where_one_order_is_late_and_another_short_both_count() -> None:
    on_time, in_full, both = rates(delivered(("1", "03", 2), ("2", "03", 2), ("3", "03", 1), ("4", "09", 2)))
    assert (on_time, in_full, both) == (0.75, 0.75, 0.5)


def turnover(price: float, cost: float = 4) -> float | None:
    """Turnover days of a shop that sells one unit a day of ten in stock, at this price."""
    days = [f"2026-01-{n:02}" for n in range(1, 9)]
    here = Small(
        {
            "orders": sold("", *((d, d, f"{d} 10:00", price) for d in days)),
            "order_items": line(*((d, "x", 1, price) for d in days)),
            "products": sheet("sku_id unit_cost list_price", ("x", cost, price)),
            "inventory": sheet("snapshot_date location_id sku_id on_hand_qty", *((d, "W", "x", 10) for d in days)),
        }
    )
    [estimate] = ask(here, resolve("inventory_turnover_days")[0])
    return estimate.value


def test_t23_turnover_does_not_move_with_the_price_goods_are_sold_for() -> None:
    assert turnover(price=5) == turnover(price=500) == pytest.approx(10)


def test_t23_at_equal_cost_of_stock_and_sales_the_cost_cancels() -> None:
    assert turnover(price=5, cost=1) == pytest.approx(turnover(price=5, cost=4))
