"""Order lines: what a line paid and got back when only the order says so."""

import polars as pl
from hypothesis import given, settings

from ecodash.core.decimals import SCALE
from ecodash.core.settings import SalesPolicy, Settings
from tests.facts.canonical import Row, Rows, facts, tables
from tests.facts.shops import plain_orders, shops


def lines_of(order: Row, items: list[Row], policy: SalesPolicy | None = None, **other: list[Row]) -> pl.DataFrame:
    """The line facts of one order, by line key, amounts as plain numbers."""
    head = {"order_id": "1", "customer_id": "ab", "created_at": "2024-03-01 12:00", **order}
    rows = [{"order_id": "1", "line_key": chr(ord("a") + n), **item} for n, item in enumerate(items)]
    canonical = tables({"orders": [head], "order_items": rows, **other})
    built = facts(canonical, Settings(policy=policy or SalesPolicy()), only=["order_lines"])["order_lines"]
    return built.with_columns(pl.col("qty", "gross", "paid", "discount", "refund", "net") / SCALE).sort("line_key")


def test_a_payment_stated_per_order_is_split_by_line_value() -> None:
    items = [{"qty": 1, "unit_price": 60}, {"qty": 1, "unit_price": 30}, {"qty": 1, "unit_price": 10}]
    built = lines_of({"paid_amount": 80}, items)
    assert built["paid"].to_list() == [48, 24, 8]
    assert built["discount"].to_list() == [12, 6, 2]


def test_shipping_and_tax_are_no_part_of_the_lines() -> None:
    items = [{"qty": 1, "unit_price": 60}, {"qty": 1, "unit_price": 40}]
    built = lines_of({"paid_amount": 110, "shipping_amount": 6, "tax_amount": 4}, items)
    assert built["paid"].to_list() == [60, 40]


def test_lines_that_state_their_payment_keep_it() -> None:
    items = [
        {"qty": 1, "paid_amount": 70, "unit_price": 90},
        {"qty": 1, "unit_price": 60},
        {"qty": 1, "unit_price": 60},
    ]
    assert lines_of({"paid_amount": 100}, items)["paid"].to_list() == [70, 15, 15]


def test_lines_of_unknown_value_share_by_quantity() -> None:
    assert lines_of({"paid_amount": 1}, [{"qty": 1}, {"qty": 2}, {}])["paid"].to_list() == [0.25, 0.5, 0.25]


def test_a_refund_stated_per_order_is_split_by_what_was_paid() -> None:
    items = [{"qty": 1, "paid_amount": 75}, {"qty": 1, "paid_amount": 25}]
    built = lines_of({"refund_amount": 40}, items)
    assert built["refund"].to_list() == [30, 10]
    assert built["net"].to_list() == [45, 15]


def test_a_refund_goes_to_the_line_that_was_returned_first() -> None:
    items = [{"qty": 1, "paid_amount": 75, "line_id": "x"}, {"qty": 1, "paid_amount": 25, "sku_id": "s"}]
    by_line = [{"return_id": "r", "order_id": "1", "line_id": "x", "refund_amount": 60}]
    assert lines_of({}, items, returns=by_line)["refund"].to_list() == [60, 0]
    by_sku = [{"return_id": "r", "order_id": "1", "sku_id": "s", "refund_amount": 20}]
    assert lines_of({}, items, returns=by_sku)["refund"].to_list() == [0, 20]
    assert lines_of({"refund_amount": 100}, items, returns=by_line)["refund"].to_list() == [75, 25]


def test_a_refund_that_names_the_sub_order_goes_to_its_order_and_line() -> None:
    items = [{"qty": 1, "paid_amount": 75, "line_id": "1-1"}, {"qty": 1, "paid_amount": 25, "line_id": "1-2"}]
    returns: list[Row] = [{"return_id": "r", "order_id": "1-2", "refund_amount": 20}]
    assert lines_of({}, items, returns=returns)["refund"].to_list() == [0, 20]


def test_a_refund_belongs_to_the_order_of_that_number_before_any_sub_order() -> None:
    items = [{"qty": 1, "paid_amount": 75, "line_id": "2"}, {"order_id": "2", "qty": 1, "paid_amount": 30}]
    canonical = tables(
        {
            "orders": [{"order_id": number, "created_at": "2024-03-01 12:00"} for number in ("1", "2")],
            "order_items": [{"order_id": "1", "line_key": str(n), **item} for n, item in enumerate(items)],
            "returns": [{"return_id": "r", "order_id": "2", "refund_amount": 20}],
        }
    )
    refunds = facts(canonical, only=["documents"])["documents"].sort("order_id")["refund"] / SCALE
    assert refunds.to_list() == [0, 20]


def test_a_refund_that_names_a_line_number_of_several_orders_is_left_alone() -> None:
    lines = [
        {"order_id": number, "line_key": "a", "line_id": "9", "qty": 1, "paid_amount": 10} for number in ("1", "2")
    ]
    canonical = tables(
        {
            "orders": [{"order_id": number, "created_at": "2024-03-01 12:00"} for number in ("1", "2")],
            "order_items": lines,
            "returns": [{"return_id": "r", "order_id": "9", "refund_amount": 5}],
        }
    )
    assert facts(canonical, only=["documents"])["documents"]["refund"].to_list() == [0, 0]


def test_a_stated_line_refund_stays_on_its_line() -> None:
    items = [{"qty": 1, "paid_amount": 75}, {"qty": 1, "paid_amount": 25, "refund_amount": 5}]
    assert lines_of({}, items)["refund"].to_list() == [0, 5]


def test_a_return_line_inside_a_sale_takes_its_own_refund() -> None:
    built = lines_of({}, [{"qty": 3, "unit_price": 10}, {"qty": -1, "unit_price": 10}])
    assert built["kind"].to_list() == ["sale", "return"]
    assert built["qty"].to_list() == [3, -1]
    assert built["refund"].to_list() == [0, 10]
    assert built["net"].to_list() == [30, -10]


def test_lines_of_a_credit_are_returns() -> None:
    built = lines_of({"document": "credit"}, [{"qty": -2, "unit_price": 10}, {"qty": 1, "paid_amount": -3}])
    assert built["kind"].to_list() == ["return", "return"]
    assert built["qty"].to_list() == [-2, -1]
    assert built["net"].to_list() == [-20, -3]


def test_adjustment_lines_count_when_the_policy_says_so() -> None:
    items: list[Row] = [{"qty": 1, "paid_amount": -12}]
    assert lines_of({"document": "adjustment"}, items)["net"].to_list() == [0]
    policy = SalesPolicy(include_adjustments=True)
    assert lines_of({"document": "adjustment"}, items, policy)["net"].to_list() == [-12]


def test_lines_of_an_unpaid_order_do_not_count() -> None:
    built = lines_of({"status": "created"}, [{"qty": 1, "paid_amount": 9}])
    assert built.select("kind", "is_sale", "paid", "qty").row(0) == ("none", False, 0, 0)


def test_gift_cards_are_set_apart_unless_the_policy_counts_them() -> None:
    items: list[Row] = [{"qty": 1, "paid_amount": 9, "is_gift_card": True}]
    assert lines_of({}, items)["kind"].to_list() == ["gift_card"]
    assert lines_of({}, items, SalesPolicy(include_gift_cards=True))["kind"].to_list() == ["sale"]


def test_foreign_lines_are_converted_and_costs_of_products_are_not() -> None:
    items: list[Row] = [{"qty": 1, "paid_amount": 10, "sku_id": "s"}, {"qty": 1, "paid_amount": 10, "cost_amount": 3}]
    built = lines_of(
        {"currency": "USD"},
        items,
        exchange_rates=[{"currency": "USD", "valid_from": "2024-01-01", "rate": 7.0}],
        products=[{"sku_id": "s", "unit_cost": 20}],
    )
    assert built["paid"].to_list() == [70, 70]
    assert built["cost"].to_list() == [20 * SCALE, 21 * SCALE]


def test_a_line_without_an_order_is_left_out() -> None:
    canonical = tables({"order_items": [{"order_id": "ghost", "line_key": "a", "qty": 1, "paid_amount": 1}]})
    assert facts(canonical, only=["order_lines"])["order_lines"].is_empty()


@settings(max_examples=40)
@given(shop=shops(order=plain_orders))
def test_lines_add_up_to_their_order(shop: Rows) -> None:
    built = facts(tables(shop), Settings(policy=SalesPolicy(include_gift_cards=True)), only=["order_lines"])
    sums = built["order_lines"].group_by("order_id").agg(pl.col("paid", "refund").sum(), pl.len())
    both = built["documents"].filter(pl.col("is_sale")).join(sums, on="order_id", suffix="_lines")
    for row in both.iter_rows(named=True):
        silent = all(
            item.get("paid_amount") is None for item in shop["order_items"] if item["order_id"] == row["order_id"]
        )
        goods = max(row["paid"] - row["shipping"] - row["tax"], 0)
        if silent and row["lines"]:
            assert row["paid_lines"] == goods
        assert row["refund_lines"] <= row["refund"]
        if row["paid_lines"] >= row["paid"] and row["lines"]:
            assert row["refund_lines"] == row["refund"]
    for line in built["order_lines"].filter(pl.col("kind") == "sale").iter_rows(named=True):
        assert 0 <= line["refund"] <= line["paid"]
