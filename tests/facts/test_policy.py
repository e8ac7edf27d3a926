"""Given and expected, checkable by hand: what counts as a sale, and what it is worth. Trap numbers: product §6."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from ecodash.core.decimals import SCALE
from ecodash.core.settings import SalesPolicy, Settings
from tests.facts.canonical import Row, facts, tables

NOON = "2024-03-01 12:00"
SHOPPER = {"order_id": "1", "customer_id": "ab", "created_at": NOON}


def one(order: Row, *, policy: SalesPolicy | None = None, **other: list[Row]) -> dict[str, object]:
    """The document fact of one order, amounts as plain numbers."""
    canonical = tables({"orders": [{**SHOPPER, **order}], **other})
    built = facts(canonical, Settings(policy=policy or SalesPolicy()), only=["documents"])["documents"]
    money = ("placed", "paid", "gross", "discount", "shipping", "tax", "gift_cards", "base", "refund", "net", "units")
    return built.with_columns(pl.col(*money) / SCALE).row(0, named=True)


@pytest.mark.parametrize(
    ("order", "kind", "paid", "refund", "net"),
    [
        ({"status": "completed", "paid_amount": 100}, "sale", 100, 0, 100),
        ({"status": "shipped", "paid_amount": 100}, "sale", 100, 0, 100),
        ({"status": "created", "paid_amount": 100}, "unpaid", 0, 0, 0),
        ({"status": "created", "paid_at": NOON, "paid_amount": 100}, "sale", 100, 0, 100),
        ({"status": "cancelled", "paid_amount": 100}, "cancelled", 0, 0, 0),
        ({"status": "cancelled", "paid_at": NOON, "paid_amount": 100, "refund_amount": 100}, "sale", 100, 100, 0),
        ({"status": "cancelled", "paid_at": NOON, "paid_amount": 100}, "sale", 100, 100, 0),
        ({"status": "refunded", "paid_amount": 100, "refund_amount": 30}, "sale", 100, 30, 70),
        ({"status": "refunded", "paid_amount": 100}, "sale", 100, 100, 0),
        ({"status": "completed", "paid_amount": 100, "refund_amount": 130}, "sale", 100, 100, 0),
        ({"status": "completed", "paid_amount": 0}, "zero", 0, 0, 0),
        ({"paid_amount": 100}, "sale", 100, 0, 100),
        ({"paid_amount": 100, "source_status": "??"}, "unknown", 0, 0, 0),
        ({"paid_amount": 100, "source_status": "??", "paid_at": NOON}, "sale", 100, 0, 100),
        ({"paid_amount": 100, "is_test": True}, "test", 0, 0, 0),
        ({"paid_amount": -40, "document": "credit"}, "credit", 0, 40, -40),
        ({"paid_amount": 40, "document": "credit"}, "credit", 0, 40, -40),
        ({"paid_amount": -40}, "credit", 0, 40, -40),
        ({"paid_amount": -40, "document": "adjustment"}, "adjustment", 0, 0, 0),
        ({"paid_amount": 100, "created_at": None}, "undated", 0, 0, 0),
    ],
)
def test_a_document_is_judged_by_the_sales_policy(
    order: Row, kind: str, paid: float, refund: float, net: float
) -> None:
    row = one(order)
    assert (row["kind"], row["paid"], row["refund"], row["net"]) == (kind, paid, refund, net)
    assert row["is_sale"] == (kind == "sale")


def test_an_assumed_refund_is_marked() -> None:
    assert one({"status": "refunded", "paid_amount": 100})["refund_assumed"] is True
    assert one({"status": "refunded", "paid_amount": 100, "refund_amount": 30})["refund_assumed"] is False


def test_partial_then_full_refund_is_counted_once() -> None:  # T17
    returns = [
        {"return_id": "a", "order_id": "1", "refund_amount": 30},
        {"return_id": "b", "order_id": "1", "refund_amount": 70},
    ]
    assert one({"paid_amount": 100, "refund_amount": 100}, returns=returns)["refund"] == 100
    assert one({"paid_amount": 100}, returns=returns)["refund"] == 100
    twice = [*returns, {"return_id": "c", "order_id": "1", "refund_amount": 100}]
    assert one({"paid_amount": 100}, returns=twice)["net"] == 0


def test_a_refused_return_takes_nothing_back() -> None:
    refused = [{"return_id": "a", "order_id": "1", "refund_amount": 30, "accepted": False}]
    assert one({"paid_amount": 100}, returns=refused)["refund"] == 0


def test_the_refund_day_is_the_latest_known_one() -> None:
    returns = [{"return_id": "a", "order_id": "1", "refund_amount": 30, "refunded_at": "2024-03-09 10:00"}]
    row = one({"paid_amount": 100, "refund_amount": 20, "refunded_at": "2024-03-05"}, returns=returns)
    assert row["refund_day"] == row["day"] + 8
    assert one({"paid_amount": 100, "refund_amount": 20})["refund_day"] is None


PARTS = {"paid_amount": 120, "shipping_amount": 8, "tax_amount": 12, "gift_card_amount": 40}


@pytest.mark.parametrize(
    ("switches", "base"),
    [
        ({}, 60),
        ({"include_shipping": True}, 68),
        ({"include_tax": True}, 72),
        ({"include_gift_cards": True}, 100),
        ({"include_shipping": True, "include_tax": True, "include_gift_cards": True}, 120),
    ],
)
def test_shipping_tax_and_gift_cards_are_in_or_out_of_net_sales(switches: dict[str, bool], base: float) -> None:  # T20
    row = one(PARTS, policy=replace(SalesPolicy(), **switches))
    assert (row["paid"], row["base"], row["net"]) == (120, base, base)


def test_a_sum_of_lines_holds_neither_shipping_nor_tax() -> None:
    lines = [{"order_id": "1", "line_key": "a", "qty": 2, "unit_price": 30}]
    order = {"shipping_amount": 8, "tax_amount": 12}
    assert one(order, order_items=lines)["base"] == 60
    assert one(order, policy=SalesPolicy(include_shipping=True), order_items=lines)["base"] == 68


def test_a_full_refund_leaves_nothing_even_when_it_contains_shipping() -> None:
    assert one({"paid_amount": 110, "shipping_amount": 10, "refund_amount": 110})["net"] == 0


def test_gift_card_lines_are_no_goods() -> None:
    lines = [
        {"order_id": "1", "line_key": "a", "qty": 1, "paid_amount": 60},
        {"order_id": "1", "line_key": "b", "qty": 1, "paid_amount": 40, "is_gift_card": True},
    ]
    row = one({}, order_items=lines)
    assert (row["paid"], row["net"], row["units"], row["lines"]) == (100, 60, 1, 1)
    kept = one({}, policy=SalesPolicy(include_gift_cards=True), order_items=lines)
    assert (kept["net"], kept["units"]) == (100, 2)


def test_test_orders_count_when_the_policy_says_so() -> None:
    assert one({"paid_amount": 9, "is_test": True}, policy=SalesPolicy(include_test_orders=True))["kind"] == "sale"


def test_adjustments_move_net_sales_when_the_policy_says_so() -> None:
    order = {"paid_amount": -40, "document": "adjustment"}
    row = one(order, policy=SalesPolicy(include_adjustments=True))
    assert (row["net"], row["paid"], row["is_sale"]) == (-40, 0, False)


def test_a_free_order_counts_when_the_policy_says_so() -> None:
    free = SalesPolicy(include_zero_amount=True)
    assert one({"paid_amount": 0}, policy=free)["is_sale"] is True
    lines = [{"order_id": "1", "line_key": "a", "qty": 0, "paid_amount": 0}]
    assert one({}, policy=free, order_items=lines)["kind"] == "zero"


def test_an_order_without_any_amount_counts_with_its_units() -> None:
    lines: list[Row] = [{"order_id": "1", "line_key": "a", "qty": 3}]
    row = one({}, order_items=lines)
    assert (row["kind"], row["units"], row["paid"]) == ("sale", 3, 0)
    assert one({})["kind"] == "sale"


def test_lines_at_no_price_are_a_stated_zero() -> None:
    lines: list[Row] = [{"order_id": "1", "line_key": "a", "qty": 3, "unit_price": 0}]
    assert one({}, order_items=lines)["kind"] == "zero"


def test_lines_without_units_or_amount_are_not_bought() -> None:
    lines = [
        {"order_id": "1", "line_key": "a", "qty": 2, "unit_price": 10},
        {"order_id": "1", "line_key": "b", "qty": 3, "unit_price": 0},
        {"order_id": "1", "line_key": "c", "qty": 0, "unit_price": 10},
    ]
    row = one({}, order_items=lines)
    assert (row["paid"], row["units"], row["lines"]) == (20, 2, 1)


def test_return_lines_inside_a_sale_are_a_refund() -> None:
    lines = [
        {"order_id": "1", "line_key": "a", "qty": 3, "unit_price": 10},
        {"order_id": "1", "line_key": "b", "qty": -1, "unit_price": 10},
    ]
    for order in ({}, {"paid_amount": 20}):
        row = one(order, order_items=lines)
        assert (row["paid"], row["refund"], row["net"], row["units"]) == (30, 10, 20, 3)


def test_the_day_that_counts_is_the_payment_or_the_creation() -> None:
    order = {"created_at": "2024-02-28 23:00", "paid_at": "2024-03-01 01:00", "paid_amount": 1}
    assert one(order)["day"] == 19783
    assert one(order, policy=SalesPolicy(order_day="created"))["day"] == 19781
    assert one({"created_at": None, "completed_at": NOON, "paid_amount": 1})["day"] == 19783


def test_foreign_money_takes_the_latest_rate_on_or_before_the_day() -> None:
    rates = [
        {"currency": "USD", "valid_from": "2024-01-01", "rate": 7.0},
        {"currency": "USD", "valid_from": "2024-03-01", "rate": 7.2},
        {"currency": "USD", "valid_from": "2024-03-02", "rate": 9.0},
    ]
    order = {"paid_amount": "10.05", "currency": "USD", "refund_amount": 1}
    row = one(order, exchange_rates=rates)
    assert (row["paid"], row["refund"], row["rate"]) == (72.36, 7.2, 7.2)


def test_without_a_rate_the_order_counts_and_its_money_does_not() -> None:
    row = one({"paid_amount": 10, "currency": "USD", "shipping_amount": 2})
    assert (row["is_sale"], row["fx_missing"], row["paid"], row["net"], row["shipping"]) == (True, True, 0, 0, 0)


def test_a_credit_never_becomes_an_order_of_the_customer() -> None:  # T18
    orders = [
        {**SHOPPER, "order_id": "1", "paid_amount": 100, "created_at": "2024-03-01"},
        {**SHOPPER, "order_id": "2", "paid_amount": -30, "document": "credit", "created_at": "2024-03-05"},
        {**SHOPPER, "order_id": "3", "paid_amount": 50, "created_at": "2024-03-09"},
    ]
    built = facts(tables({"orders": orders}), only=["orders", "customers"])
    assert built["orders"].sort("order_id")["seq"].to_list() == [1, None, 2]
    assert built["orders"].sort("order_id")["buyer"].to_list() == ["new", "none", "returning"]
    customer = built["customers"].row(0, named=True)
    assert (customer["orders"], customer["second_day"] - customer["first_day"]) == (2, 8)
    assert (customer["refund"], customer["net"]) == (30 * SCALE, 120 * SCALE)


def test_someone_with_only_a_credit_is_no_customer() -> None:
    orders = [{**SHOPPER, "paid_amount": -30, "document": "credit"}]
    built = facts(tables({"orders": orders}), only=["customers", "customer_months"])
    assert built["customers"].is_empty()
    assert built["customer_months"].is_empty()


def test_gross_and_discount_come_from_the_lines() -> None:
    lines = [{"order_id": "1", "line_key": "a", "qty": 2, "unit_price": 50, "paid_amount": 80}]
    row = one({"paid_amount": 80}, order_items=lines)
    assert (row["gross"], row["discount"]) == (100, 20)
    assert one({"paid_amount": 80, "goods_amount": 100, "discount_amount": 20})["gross"] == 100


def test_what_was_ordered_is_kept_though_it_was_not_paid() -> None:
    assert one({"status": "created", "order_amount": 70})["placed"] == 70
    assert one({"paid_amount": 60, "order_amount": 70})["placed"] == 70
    assert one({"paid_amount": 60, "is_test": True})["placed"] == Decimal(0)


def test_costs_are_taken_from_the_line_or_the_product() -> None:
    lines = [
        {"order_id": "1", "line_key": "a", "qty": 2, "unit_price": 50, "sku_id": "s"},
        {"order_id": "1", "line_key": "b", "qty": 1, "unit_price": 30, "cost_amount": 12},
        {"order_id": "1", "line_key": "c", "qty": 1, "unit_price": 20},
    ]
    row = one({}, order_items=lines, products=[{"sku_id": "s", "unit_cost": 15}])
    assert (row["cost"], row["costed"]) == (42 * SCALE, 130 * SCALE)


def test_the_main_category_is_that_of_the_largest_line() -> None:
    lines = [
        {"order_id": "1", "line_key": "a", "qty": 1, "unit_price": 50, "sku_id": "s"},
        {"order_id": "1", "line_key": "b", "qty": 1, "unit_price": 30, "category_l1": "茶"},
        {"order_id": "1", "line_key": "c", "qty": 1, "unit_price": 90},
    ]
    assert one({}, order_items=lines, products=[{"sku_id": "s", "category_l1": "酒"}])["category"] == "酒"


@pytest.mark.parametrize(("channel", "domain"), [("shop", "public"), ("group", "private"), ("live", None)])
def test_settings_overrule_the_domain_of_a_channel(channel: str, domain: str | None) -> None:
    canonical = tables(
        {
            "orders": [{**SHOPPER, "paid_amount": 1, "channel_id": channel}],
            "channels": [{"channel_id": "shop", "domain": "private"}, {"channel_id": "live"}],
        }
    )
    choices = Settings(public_channels=("shop",), private_channels=("group",))
    assert facts(canonical, choices, only=["documents"])["documents"]["domain"].to_list() == [domain]
