"""Inventory on tables small enough to work out by hand, on the sample shop's planted truths, and on a real stock demo."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period, day_number
from ecodash.facts import Frame
from ecodash.metrics.indicators.supply import SUPPLY
from ecodash.metrics.inventory import movement, places, positions, remembered
from ecodash.metrics.inventory.leads import LeadSource, LeadTimes
from ecodash.metrics.inventory.plan import Plan, PlanAsked, plan, replayed
from ecodash.metrics.inventory.turnover import Basis, turnover
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.sample import COMMITTED
from ecodash.sample.plan import Plan as SamplePlan
from ecodash.sample.shop import imagine
from ecodash.session import Session
from tests.cli.terminal import load
from tests.cli.test_open_tables import DATA, maps
from tests.facts.canonical import Row, Rows
from tests.metrics.shop import Shop, day, shop
from tests.shared import needs_shared

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 30))
FAMILY = {metric.id: metric for metric in SUPPLY}


def sold(*lines: tuple[int, str, float, float]) -> Rows:
    """(day, SKU, units, paid) as orders of one line each."""
    orders = [
        {"order_id": str(i), "created_at": f"{day(at)} 10:00", "paid_at": f"{day(at)} 10:00", "status": "completed",
         "paid_amount": paid}
        for i, (at, _, _, paid) in enumerate(lines)
    ]  # fmt: skip
    items = [
        {"order_id": str(i), "line_key": "1", "sku_id": sku, "qty": units, "paid_amount": paid}
        for i, (_, sku, units, paid) in enumerate(lines)
    ]
    return {"orders": orders, "order_items": items}


def count(at: int, sku: str, units: float, place: str = "w1", **more: object) -> Row:
    return {"snapshot_date": day(at).isoformat(), "location_id": place, "sku_id": sku, "on_hand_qty": units} | more  # type: ignore[return-value]


PRODUCTS = [{"sku_id": "a", "unit_cost": 10}, {"sku_id": "b", "unit_cost": 4}]
FIVE = sold((3, "a", 10, 200), (9, "a", 10, 180), (14, "b", 20, 120), (20, "a", 5, 100), (27, "b", 10, 60))
WEEKLY = [count(at, "a", units) for at, units in ((0, 60), (7, 50), (14, 40), (21, 30), (28, 20))]


def small(**more: object) -> Shop:
    return shop({**FIVE, "products": PRODUCTS, "inventory": WEEKLY, **more}, end=JANUARY.end)  # type: ignore[dict-item]


def ask(here: Shop, name: str, *, window: Period | None = JANUARY, **question: object) -> Estimate:
    [found] = here.ask(name, window=window, **question)
    return found


def test_turnover_by_hand_on_three_bases() -> None:
    """Average stock 40 units = 400 at cost; sold 25 a and 30 b: 250 + 120 at cost, 55 units, 660 paid; 30 days."""
    found = turnover(Reading(source=small()), JANUARY)
    assert found is not None
    assert found.turnover_days() == pytest.approx(400 / 370 * 30)
    assert found.times() == pytest.approx(370 / 400 * 365 / 30)
    assert found.turnover_days(Basis.UNITS) == pytest.approx(40 / 55 * 30)
    assert found.turnover_days(Basis.RETAIL) == pytest.approx(40 * (480 / 25) / 660 * 30)
    assert found.gmroi == pytest.approx((660 - 370) / 400 * 365 / 30)
    assert found.capital_intensity == pytest.approx(400 / (660 / 30 * 365 / 12))
    assert found.released(20) == pytest.approx(400 - 370 * 20 / 30)
    assert found.released(60) == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("inventory_turnover_days", 400 / 370 * 30),
        ("inventory_turnover_days:units", 40 / 55 * 30),
        ("gmroi", 290 / 400 * 365 / 30),
        ("inventory_capital_intensity", 400 / (660 / 30 * 365 / 12)),
        ("stockout_rate", 0.0),
    ],
)
def test_indicators_answer_from_the_same_results(name: str, expected: float) -> None:
    assert ask(small(), name).value == pytest.approx(expected)


def test_stock_of_several_places_is_averaged_per_place() -> None:
    """w1 counted weekly (mean 40), w2 every other week (mean 10): 50 units, not the mean of mixed days."""
    here = small(inventory=[*WEEKLY, *(count(at, "a", units, "w2") for at, units in ((0, 20), (14, 10), (28, 0)))])
    found = turnover(Reading(source=here), JANUARY)
    assert found is not None
    assert found.stock[Basis.UNITS] == pytest.approx(50)


def test_a_place_counted_once_beside_weekly_ones_is_left_out_and_said() -> None:
    estimate = ask(small(inventory=[*WEEKLY, count(28, "a", 9000, "w2")]), "inventory_turnover_days")
    assert estimate.value == pytest.approx(400 / 370 * 30)
    assert "rarely_counted" in {one.code for one in estimate.warnings}


def test_one_count_only_is_said() -> None:
    estimate = ask(small(inventory=[count(29, "a", 40)]), "inventory_turnover_days")
    assert estimate.value == pytest.approx(400 / 370 * 30)
    assert [one.code for one in estimate.warnings] == ["single_count"]


def test_month_ends_count_alike() -> None:
    here = small(inventory=[count(-1, "a", 60), count(30, "a", 30), count(58, "a", 90)])
    found = turnover(Reading(source=here), Period(date(2025, 12, 31), date(2026, 3, 31)))
    assert found is not None
    assert (found.stock[Basis.UNITS], found.stand.rhythm.value) == (pytest.approx(60), "monthly")


def test_costs_that_are_not_known_are_left_out_of_both_sides_and_said() -> None:
    """b has no cost: neither its stock nor its sales count; 540 of 660 paid and 200 of 300 units are covered."""
    here = small(products=PRODUCTS[:1], inventory=[*WEEKLY, *(count(at, "b", 20) for at in (0, 7, 14, 21, 28))])
    estimate = ask(here, "inventory_turnover_days")
    assert estimate.value == pytest.approx(400 / 250 * 30)
    [said] = [one.text for one in estimate.warnings if one.code == "cost_coverage"]
    assert "67%" in said.en
    assert "73%" in said.zh  # 480 of 660


def test_without_any_cost_it_is_missing_and_units_still_answer() -> None:
    here = small(products=[{"sku_id": "a"}])
    assert ask(here, "inventory_turnover_days").status is Status.MISSING
    assert ask(here, "inventory_turnover_days:units").value == pytest.approx(40 / 55 * 30)


def test_negative_stock_counts_as_none_and_is_said_and_booked_stock_is_not_sellable() -> None:
    here = small(inventory=[count(0, "a", 40, available_qty=0), count(7, "a", -15), count(14, "a", 40)])
    estimate = ask(here, "inventory_turnover_days:units")
    assert estimate.value == pytest.approx(80 / 3 / 55 * 30, rel=0.2)
    assert {"negative_stock", "booked_stock"} <= {one.code for one in estimate.warnings}
    assert ask(here, "stockout_rate", window=Period(day(9), day(20))).value == 0.0


def test_nothing_sold_is_empty_and_not_infinite() -> None:
    quiet = shop({"products": PRODUCTS, "inventory": WEEKLY, **sold((-40, "a", 1, 10))}, end=JANUARY.end)
    assert ask(quiet, "inventory_turnover_days:units").status is Status.EMPTY


def test_sell_through_with_receipts_and_without() -> None:
    """Opening 60, received 40 − 5 rejected: 25 a sold of 95; b is not counted, so it is no part of it."""
    bought = [
        {
            "po_id": "1",
            "sku_id": "a",
            "ordered_at": "2025-12-20",
            "received_at": "2026-01-10",
            "qty": 40,
            "rejected_qty": 5,
        }
    ]
    found = movement.sell_through(Reading(source=small(purchase_orders=bought)), JANUARY)
    assert found is not None
    assert (found.opening, found.received, found.sold) == (60, 35, 25)
    assert found.rate == pytest.approx(25 / 95)
    plain = movement.sell_through(Reading(source=small()), JANUARY)
    assert plain is not None
    assert (plain.rate, plain.by_closing) == (None, pytest.approx(25 / 45))


def test_the_share_of_products_that_sold_counts_what_was_in_stock() -> None:
    here = small(inventory=[*WEEKLY, count(7, "idle", 5), count(7, "gone", 0)])
    found = movement.active_share(Reading(source=here), JANUARY)
    assert found is not None
    assert (found.sold, found.offered) == (1, 2)  # a sold; idle did not; gone was never there; b is not counted


def test_stock_outs_are_counted_for_products_that_sell() -> None:
    """a: 3 of 5 counts empty; b: 1 of 2; idle never sold. Weighted by units: (3/5·25·5 + 1/2·30·2) ÷ (25·5 + 30·2)."""
    counts = [count(at, "a", units) for at, units in ((5, 9), (10, 0), (15, 0), (20, 0), (25, 9))]
    here = small(inventory=[*counts, count(15, "b", 0), count(20, "b", 3), count(20, "idle", 0)])
    assert ask(here, "stockout_rate").value == pytest.approx(4 / 7)
    assert ask(here, "stockout_rate:weighted").value == pytest.approx((3 * 25 + 1 * 30) / (5 * 25 + 2 * 30))


def test_cover_looks_forward_from_demand_without_stock_outs() -> None:
    """One a day for 40 days, out for 20 days, one a day again: 30 in stock last 30 days, not 45."""
    days = [*range(-60, -20), *range(1, 30)]
    lines = sold(*((at, "a", 1, 10) for at in days))
    counts = [count(at, "a", 0) for at in range(-21, 1)] + [count(at, "a", 30) for at in range(1, 30)]
    here = shop({**lines, "products": PRODUCTS, "inventory": counts}, end=JANUARY.end)
    found = positions.positions(Reading(source=here), JANUARY).frame.row(0, named=True)
    assert found["cover"] == pytest.approx(30, rel=0.06)
    assert found["plain"] < 0.8
    assert found["lost_low"] <= 21 <= found["lost_high"]
    assert ask(here, "days_of_cover").value == pytest.approx(found["cover"])
    assert here.by("days_of_cover", "sku", window=JANUARY)["a"] == pytest.approx(found["cover"])


def test_dead_and_slow_stock_in_money() -> None:
    """a sells; b lies without a sale since 120 days; new came last week."""
    lines = sold((-100, "b", 1, 9), *((at, "a", 2, 10) for at in range(30)))
    products = [*PRODUCTS, {"sku_id": "new", "unit_cost": 7, "launched_at": "2026-01-25"}]
    counts = [count(29, "a", 60), count(29, "b", 25), count(29, "new", 10)]
    found = positions.positions(
        Reading(source=shop({**lines, "products": products, "inventory": counts}, end=day(29))), JANUARY
    )
    flags = {row["sku_id"]: (row["dead"], row["slow"]) for row in found.frame.iter_rows(named=True)}
    assert flags == {"a": (False, False), "b": (True, True), "new": (False, False)}
    assert found.money("dead") == 100
    assert found.share("slow") == pytest.approx(100 / (600 + 100 + 70))


def test_the_change_of_turnover_needs_two_quarters_and_takes_the_earliest_when_history_is_short() -> None:
    lines = sold(*((at, "a", 1, 10) for at in range(270)))
    counts = [count(at, "a", 40 if at < 100 else 20) for at in range(0, 270, 7)]
    here = shop({**lines, "products": PRODUCTS, "inventory": counts}, end=day(269))
    found = ask(here, "inventory_turnover_days_change", window=None)
    assert found.value == pytest.approx(-0.5)
    assert [one.code for one in found.warnings] == ["earliest_quarter"]
    assert ask(small(), "inventory_turnover_days_change").status is Status.IMMATURE


PURCHASES = [
    {"po_id": "1", "sku_id": "a", "supplier_id": "s1", "ordered_at": "2026-01-01", "promised_at": "2026-01-10",
     "received_at": "2026-01-09", "qty": 100, "rejected_qty": 2, "unit_cost": 3},
    {"po_id": "2", "sku_id": "a", "supplier_id": "s1", "ordered_at": "2026-01-02", "promised_at": "2026-01-10",
     "received_at": "2026-01-14", "qty": 50, "rejected_qty": 1, "unit_cost": 2},
    {"po_id": "3", "sku_id": "b", "supplier_id": "s2", "ordered_at": "2026-01-03", "promised_at": "2026-01-12", "qty": 10,
     "unit_cost": 60},
    {"po_id": "4", "sku_id": "b", "supplier_id": "s2", "ordered_at": "2026-01-20", "promised_at": "2026-02-20", "qty": 1,
     "unit_cost": 100},
]  # fmt: skip
SUPPLIERS = [
    {"supplier_id": "s1", "certified": True, "since": "2024-01-01"},
    {"supplier_id": "s2", "certified": False, "since": "2025-01-01"},
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("supplier_on_time_rate", 1 / 3),  # the third is due and open, the fourth is not due
        ("supplier_lead_time_days", 10.0),  # 8 and 12 days
        ("supplier_hhi", (400 / 1100) ** 2 + (700 / 1100) ** 2),
        ("certified_supplier_share", 400 / 1100),
        ("supplier_reject_rate", 3 / 150),
        ("supplier_tenure_years", (300 * 731 + 100 * 732 + 600 * 367 + 100 * 384) / 365.25 / 1100),
    ],
)
def test_suppliers_by_hand(name: str, expected: float) -> None:
    here = small(purchase_orders=PURCHASES, suppliers=SUPPLIERS)
    assert ask(here, name, window=None).value == pytest.approx(expected, rel=1e-4)


def test_the_gap_between_bought_and_sold_by_product_and_month() -> None:
    """January: a 150 received − 25 sold, b 0 received − 30 sold: (125 + 30) ÷ 55."""
    here = small(purchase_orders=PURCHASES)
    whole = Period(date(2026, 1, 1), date(2026, 1, 31))
    assert ask(here, "on_demand_purchase_gap", window=whole).value == pytest.approx(155 / 55)
    assert ask(here, "on_demand_purchase_gap", window=JANUARY).status is Status.IMMATURE


PLACES: Rows = {
    "locations": [
        {"location_id": "w1", "kind": "warehouse", "city": "杭州市", "country": "CN"},
        {"location_id": "w2", "kind": "origin_warehouse", "city": "成都市", "country": "CN"},
    ],
    "cities": [{"city": "杭州市", "province": "浙江省"}, {"city": "成都市", "province": "四川省"}],
}


def sent(*parcels: tuple[str, str, float]) -> Rows:
    """(warehouse, province, freight), one order of 3 a each."""
    lines = sold(*((i % 28, "a", 3, 30) for i in range(len(parcels))))
    orders = [
        dict(o) | {"ship_province": province} for o, (_, province, _) in zip(lines["orders"], parcels, strict=True)
    ]
    shipments = [
        {"shipment_id": str(i), "order_id": str(i), "from_location_id": place, "shipped_at": f"{day(i % 28)} 12:00",
         "freight_cost": freight}
        for i, (place, _, freight) in enumerate(parcels)
    ]  # fmt: skip
    return {**lines, "orders": orders, "shipments": shipments}


def test_regions_parcels_and_freight_by_hand() -> None:
    """East takes 3 of 4 orders and has half of the stock: match 1 − ½(¼ + ¼)."""
    rows = sent(("w1", "浙江省", 10), ("w1", "浙江省", 10), ("w2", "浙江省", 6), ("w2", "四川省", 5))
    stock = [count(29, "a", 50, "w1"), count(29, "a", 50, "w2")]
    here = shop({**rows, **PLACES, "products": [{"sku_id": "a", "category_l1": "x"}], "inventory": stock}, end=day(29))
    assert ask(here, "regional_stock_match").value == pytest.approx(0.75)
    assert ask(here, "local_fulfilment_share").value == pytest.approx(3 / 4)
    assert ask(here, "origin_freight_saving").value == pytest.approx(1 - 6 / 10)
    found = places.places(Reading(source=here), JANUARY)
    assert found is not None
    assert found.matched == pytest.approx(0.75)


def test_proposed_transfers_go_from_the_warehouse_that_lasts_long_to_the_one_that_runs_out() -> None:
    rows = sent(*[("w1", "浙江省", 10)] * 30, *[("w2", "四川省", 5)] * 30)
    stock = [count(29, "a", 2, "w1"), count(29, "a", 98, "w2")]
    here = shop({**rows, **PLACES, "products": [{"sku_id": "a"}], "inventory": stock}, end=day(29))
    found = places.places(Reading(source=here), JANUARY)
    assert found is not None
    assert found.moves.select("source", "target", "units").rows() == [("w2", "w1", 48.0)]


def test_the_plan_says_what_it_does_not_know() -> None:
    orders_only = Reading(source=shop(FIVE, end=JANUARY.end))
    unknown = plan(orders_only, JANUARY, PlanAsked())
    assert isinstance(unknown, LeadTimes)
    assert unknown.source is LeadSource.NONE
    given = plan(orders_only, JANUARY, PlanAsked(lead_days=10))
    assert isinstance(given, Plan)
    assert set(given.frame["urgency"]) == {"unknown"}
    assert (given.frame["point"] > 0).all()
    assert given.frame["quantity"].sum() == 0
    assert plan(Reading(source=shop({})), JANUARY, PlanAsked(lead_days=10)) is None


def test_stock_counted_earlier_is_brought_up_to_the_day() -> None:
    """40 counted on the 15th, 5 a sold on the 21st, 20 received on the 25th; 10 more are on their way."""
    bought = [
        {"po_id": "1", "sku_id": "a", "ordered_at": "2026-01-10", "received_at": "2026-01-25", "qty": 20},
        {"po_id": "2", "sku_id": "a", "ordered_at": "2026-01-28", "qty": 10},
    ]
    found = plan(Reading(source=small(inventory=[count(14, "a", 40)], purchase_orders=bought)), JANUARY, PlanAsked())
    assert isinstance(found, Plan)
    [row] = found.frame.filter(found.frame["sku_id"] == "a").iter_rows(named=True)
    assert (row["available"], row["inbound"]) == (55, 10)
    assert row["lead_days"] == pytest.approx(15)


def test_the_plan_may_take_the_quantiles_of_the_forecast_and_falls_back_where_there_are_none() -> None:
    dice = np.random.default_rng(5)
    days = range(-200, 30)
    lines = sold(*((at, f"s{k}", float(units), 10.0) for k in range(8) for at, units in zip(days, dice.poisson(2 + k, 230), strict=True) if units))  # fmt: skip
    here = shop({**lines, "inventory": [count(29, f"s{k}", 20) for k in range(8)]}, end=day(29))
    plain, ahead = (
        plan(
            Reading(source=here), JANUARY, PlanAsked(lead_days=10, lead_spread=2, service_level=0.95, forecast=forecast)
        )
        for forecast in (False, True)
    )
    assert isinstance(plain, Plan)
    assert isinstance(ahead, Plan)
    both = plain.frame.join(ahead.frame, on="sku_id", suffix="_ahead")
    assert (both["point_ahead"] >= both["lead_demand_ahead"]).all()
    assert both["point"].to_list() != both["point_ahead"].to_list()
    assert both["point_ahead"].sum() == pytest.approx(both["point"].sum(), rel=0.25)
    young = plan(Reading(source=small()), JANUARY, PlanAsked(lead_days=10, forecast=True))
    assert isinstance(young, Plan)
    assert (young.frame["point"] > 0).all()


def test_stock_without_sales_per_product_is_shown_and_nothing_is_invented() -> None:
    orders = {"orders": FIVE["orders"], "inventory": WEEKLY, "products": PRODUCTS}
    found = positions.positions(Reading(source=shop(orders, end=JANUARY.end)), JANUARY)
    assert found.frame.select("sku_id", "on_hand", "rate", "cover").rows() == [("a", 20.0, None, None)]
    assert plan(Reading(source=shop(orders, end=JANUARY.end)), JANUARY, PlanAsked(lead_days=5)) is None


@pytest.mark.parametrize("name", sorted(FAMILY))
def test_without_its_tables_an_indicator_is_missing_and_says_what_to_upload(name: str) -> None:
    [found] = shop({}).ask(name)
    assert (found.value, found.status) == (None, Status.MISSING)
    assert found.reason is not None


def test_the_whole_family_is_there() -> None:
    assert len(FAMILY) == 19


@pytest.fixture(scope="module")
def sample(sample_shop: Path):  # noqa: ANN201
    with Session.open(sample_shop, create=False, read_only=True) as session:
        yield session


def test_the_planted_stock_out_and_the_dead_product_are_found(sample: Session) -> None:
    told = SamplePlan(orders=COMMITTED["orders"], seed=COMMITTED["seed"], end=COMMITTED["end"])
    window = sample.data_window()
    assert window is not None
    found = positions.positions(Reading(source=sample.source), window)
    out = found.frame.filter(found.frame["out_days"] > 0)
    assert out["sku_id"].to_list() == [told.stock_out_sku]
    [row] = out.iter_rows(named=True)
    assert abs(row["out_days"] - told.stock_out.days) <= 2
    assert row["lost_low"] <= imagine(told).lost["units"].sum() <= row["lost_high"]
    dead = found.held().filter(found.held()["dead"])
    assert dead["sku_id"].to_list() == [told.dead_sku]
    assert found.money("dead") > 10_000


def test_on_the_sample_shop_the_rows_behind_a_number_are_its_counts(sample: Session) -> None:
    window = sample.data_window()
    assert window is not None
    rows = sample.rows("inventory_turnover_days", Query(window=Period.last_days(window.end, 90)))
    [estimate] = sample.compute(["inventory_turnover_days"], Query(window=Period.last_days(window.end, 90)))
    assert rows.height == estimate.n
    assert rows["file"].null_count() == 0


def test_later_data_never_change_a_number_of_an_earlier_window(sample: Session) -> None:
    window = sample.data_window()
    assert window is not None
    early = Period.last_days(window.end - timedelta(days=60), 60)
    found = positions.positions(Reading(source=sample.source), early)
    assert found.counted is not None
    assert found.counted <= day_number(early.end)
    assert (found.frame["last_sale"].drop_nulls() <= day_number(early.end)).all()


def test_the_replay_of_the_sample_shop_serves_at_least_as_much_as_the_plain_rule(sample: Session) -> None:
    window = sample.data_window()
    assert window is not None
    found = replayed(Reading(source=sample.source), window, PlanAsked())
    assert found is not None
    assert found.ours.fill_rate >= found.plain.fill_rate
    assert found.ours.service >= 0.97


@needs_shared
def test_cover_of_the_tennis_shops_equals_the_reference(tmp_path: Path) -> None:
    """On hand ÷ (closed units of the last 364 days ÷ 364) per article and shop, as of the last due date."""
    folder = DATA / "frepple_tennis_shop"
    sales = ("entity=order_lines", "order_id=name", "ordered_at=due", "quantity=quantity", "sku=item_id", "product_id=",
             "store=location_id", "status=status", "customer_key=")  # fmt: skip
    load(tmp_path, folder / "sales_orders.csv", *maps(*sales), "--set", "valid=closed")
    stock = ("entity=inventory", "sku=item_id", "product_id=", "warehouse=location_id", "on_hand=onhand",
             "safety_stock=minimum")  # fmt: skip
    load(tmp_path, folder / "stock_on_hand.csv", *maps(*stock), "--set", "snapshot_date=2021-01-25")
    with Session.open(tmp_path, create=False, read_only=True) as session:
        until = Period(date(2021, 1, 25), date(2021, 1, 25))
        found = places.cover_by_place(Reading(source=session.source), until, days=364).drop_nulls("cover")
        single = session.compute(["inventory_turnover_days:units"], Query(window=Period.last_days(until.end, 364)))
    assert found.height == 22
    assert found["cover"].median() == pytest.approx(8.3018, abs=5e-5)
    lowest = {
        f"{sku}@{place}": cover for sku, place, cover in found.select("sku_id", "location_id", "cover").head(5).rows()
    }
    assert lowest == {
        "Umpire chair@Tennis shop Brussels": 0,
        "Umpire chair@Tennis shop Paris": 0,
        "Tennis short@Tennis shop Brussels": pytest.approx(1.1556, abs=5e-5),
        "Tennis tee-shirt long sleeves@Tennis shop Brussels": pytest.approx(1.9058, abs=5e-5),
        "Tennis racket@Tennis shop Brussels": pytest.approx(2.8217, abs=5e-5),
    }
    assert "single_count" in {one.code for one in single[0].warnings}


class Edited:
    """A source that counts how often sales are read, and says when its data change."""

    def __init__(self, here: Shop) -> None:
        self.here, self.edition, self.reads = here, 0, 0

    def fact(self, name: str, *, as_of: int | None = None) -> Frame:
        self.reads += name == "product_days"
        return self.here.fact(name, as_of=as_of)

    def __getattr__(self, name: str) -> object:
        return getattr(self.here, name)


def test_a_stocktaking_is_asked_for_once_until_the_data_change() -> None:
    source = Edited(small())
    first = positions.positions(Reading(source=source), JANUARY)  # type: ignore[arg-type]
    reads = source.reads
    assert positions.positions(Reading(source=source), JANUARY) is first  # type: ignore[arg-type]
    assert source.reads == reads
    source.edition += 1
    assert positions.positions(Reading(source=source), JANUARY) is not first  # type: ignore[arg-type]
    for days in range(1, 8):
        positions.positions(Reading(source=source), Period(JANUARY.start, day(days)))  # type: ignore[arg-type]
    held = sum(len(answers) for answers in remembered._kept.values() if answers)
    assert held <= len(remembered._kept) * remembered.KEPT * 2
