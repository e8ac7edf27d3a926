"""Refunds and cubes add up to the orders they come from."""

import polars as pl
from hypothesis import given, settings

from ecodash.core.decimals import SCALE
from ecodash.core.settings import SalesPolicy, Settings
from tests.facts.canonical import Row, Rows, facts, tables
from tests.facts.shops import shops
from tests.facts.test_engines import policies

ORDER = {"order_id": "1", "customer_id": "ab", "created_at": "2024-03-30 12:00", "paid_amount": 100}


def built_from(order: Row, policy: SalesPolicy | None = None, **other: list[Row]) -> dict[str, pl.DataFrame]:
    """All facts of one order."""
    canonical = tables({"orders": [{**ORDER, **order}], **other})
    return facts(canonical, Settings(policy=policy or SalesPolicy()))


RETURNS: list[Row] = [
    {"return_id": "a", "order_id": "1", "refund_amount": 30, "refunded_at": "2024-04-02"},
    {"return_id": "b", "order_id": "1", "refund_amount": 90, "refunded_at": "2024-04-05"},
]


def test_refund_events_stop_at_what_was_paid() -> None:  # T17
    events = built_from({"refund_amount": 100, "refunded_at": "2024-04-05"}, returns=RETURNS)["refunds"].sort("day")
    assert events["refund"].to_list() == [30 * SCALE, 70 * SCALE]
    assert events["day"].to_list() == [19815, 19818]
    assert events["month"].to_list() == [2024 * 12 + 3] * 2


def test_what_returns_do_not_explain_is_dated_as_the_order_says() -> None:
    order = {"refund_amount": 50, "refunded_at": "2024-04-09"}
    events = built_from(order, returns=RETURNS[:1])["refunds"].sort("day")
    assert events.select("day", "refund", "dated").rows() == [(19815, 30 * SCALE, True), (19822, 20 * SCALE, True)]


def test_a_refund_without_a_day_is_booked_on_the_day_of_the_order() -> None:
    event = built_from({"refund_amount": 50})["refunds"].row(0, named=True)
    assert (event["day"], event["dated"], event["order_day"]) == (19812, False, 19812)


def test_a_refund_lowers_the_day_of_the_order_or_its_own_day() -> None:
    order = {"refund_amount": 50, "refunded_at": "2024-04-09"}
    by_order = built_from(order)["daily"].sort("day")
    assert by_order.select("day", "net", "refund", "refund_booked").rows() == [
        (19812, 50 * SCALE, 50 * SCALE, 0),
        (19822, 0, 0, 50 * SCALE),
    ]
    by_refund = built_from(order, SalesPolicy(refund_dating="refund"))["daily"].sort("day")
    assert by_refund.select("day", "net").rows() == [(19812, 100 * SCALE), (19822, -50 * SCALE)]


def test_the_shipping_in_a_refund_does_not_lower_net_sales() -> None:
    order = {"paid_amount": 110, "shipping_amount": 10, "refund_amount": 110, "refunded_at": "2024-04-09"}
    built = built_from(order, SalesPolicy(refund_dating="refund"))
    assert built["refunds"].select("refund", "net_refund").rows() == [(110 * SCALE, 100 * SCALE)]
    assert built["daily"].sort("day")["net"].to_list() == [100 * SCALE, -100 * SCALE]


@settings(max_examples=25)
@given(shop=shops(), policy=policies)
def test_refund_events_add_up_to_the_orders(shop: Rows, policy: SalesPolicy) -> None:
    built = facts(tables(shop), Settings(policy=policy), only=["refunds"])
    orders = built["orders"].filter(pl.col("refund") > 0)
    events = built["refunds"].group_by("order_id").agg(pl.col("refund", "net_refund").sum()).sort("order_id")
    expected = orders.sort("order_id").select(
        "order_id",
        "refund",
        net_refund=pl.when(pl.col("kind") == "credit").then("refund").otherwise(pl.col("base") - pl.col("net")),
    )
    assert events.equals(expected)
    assert built["refunds"].select("order_id", "day").is_unique().all()


@settings(max_examples=25)
@given(shop=shops(), policy=policies)
def test_the_daily_cube_adds_up_to_the_orders(shop: Rows, policy: SalesPolicy) -> None:
    built = facts(tables(shop), Settings(policy=policy), only=["daily"])
    orders, daily = built["orders"].filter(pl.col("day").is_not_null()), built["daily"]
    for name in ("placed", "paid", "gross", "net", "base", "units", "lines", "cost", "shipping", "tax", "gift_cards"):
        assert daily[name].sum() == orders[name].sum(), name
    assert daily["orders"].sum() == orders["is_sale"].sum()
    assert daily["new_buyers"].sum() == orders.filter("is_sale")["customer_id"].drop_nulls().n_unique()
    assert daily["documents"].sum() == orders.height
    assert daily["refund"].sum() + daily["credits"].sum() == daily["refund_booked"].sum() == orders["refund"].sum()
    assert daily["identified_paid"].sum() == orders.filter(pl.col("customer_id").is_not_null())["paid"].sum()
    assert daily["priced_orders"].sum() == orders.filter(pl.col("is_sale") & ~pl.col("fx_missing")).height
    assert daily.select("day", "channel_id", "platform", "domain", "buyer").is_unique().all()


@settings(max_examples=25)
@given(shop=shops(), policy=policies)
def test_customer_months_add_up_to_the_customers(shop: Rows, policy: SalesPolicy) -> None:
    built = facts(tables(shop), Settings(policy=policy), only=["customer_months"])
    months = built["customer_months"]
    names = ("orders", "days", "paid", "gross", "refund", "net", "units")
    sums = months.group_by("customer_id").agg(pl.col(*names).sum()).sort("customer_id")
    assert sums.equals(built["customers"].select("customer_id", *names).sort("customer_id"))
    assert months.filter((pl.col("age") == 0) & (pl.col("orders") == 0)).is_empty()
    assert set(months.filter(pl.col("age") == 0)["customer_id"]) == set(built["customers"]["customer_id"])


@settings(max_examples=25)
@given(shop=shops(), policy=policies)
def test_product_days_add_up_to_the_lines(shop: Rows, policy: SalesPolicy) -> None:
    built = facts(tables(shop), Settings(policy=policy), only=["product_days"])
    lines = built["order_lines"].filter(pl.col("kind").is_in(["sale", "return"]))
    cube = built["product_days"]
    for name in ("gross", "paid", "refund", "net"):
        assert cube[name].sum() == lines[name].sum(), name
    assert cube["qty"].sum() - cube["returned"].sum() == lines["qty"].sum()
    assert cube["cost"].sum() == (lines["cost"].sum() or 0)
    assert cube["lines"].sum() == lines["is_sale"].sum()


def test_stock_is_valued_at_cost_and_negative_stock_counts_nothing() -> None:  # T24
    inventory: list[Row] = [
        {"snapshot_date": "2024-03-01", "sku_id": "a", "on_hand_qty": 4, "reserved_qty": 1, "unit_cost": 5},
        {"snapshot_date": "2024-03-01", "sku_id": "b", "on_hand_qty": -2, "available_qty": 0},
        {"snapshot_date": "2024-03-01", "sku_id": "c", "on_hand_qty": 7},
    ]
    products: list[Row] = [{"sku_id": "b", "unit_cost": 3, "category_l1": "茶"}]
    stock = facts(tables({"inventory": inventory, "products": products}), only=["stock_days"])["stock_days"]
    rows = stock.sort("sku_id").select("day", "on_hand", "available", "value", "category").rows()
    assert rows == [
        (19783, 4 * SCALE, 3 * SCALE, 20 * SCALE, None),
        (19783, -2 * SCALE, 0, 0, "茶"),
        (19783, 7 * SCALE, 7 * SCALE, None, None),
    ]
