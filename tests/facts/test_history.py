"""Traps of history: nothing looks ahead, first stays first, members are members as of the day."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.facts.canonical import Row, Rows, facts, tables
from tests.facts.shops import START, day_of, plain_orders, shops


def orders_of(*orders: Row, **other: list[Row]) -> pl.DataFrame:
    """The order facts of one customer's orders, by order id."""
    heads = [{"order_id": f"{n}", "customer_id": "ab", "paid_amount": 10, **order} for n, order in enumerate(orders)]
    return facts(tables({"orders": heads, **other}), only=["orders"])["orders"].sort("order_id")


def test_a_first_order_stays_new_after_a_second_one() -> None:  # T11
    alone = orders_of({"created_at": "2024-03-01"})
    followed = orders_of({"created_at": "2024-03-01"}, {"created_at": "2024-04-01"})
    assert alone.row(0) == followed.row(0)
    assert followed["buyer"].to_list() == ["new", "returning"]


def test_a_second_order_in_the_month_of_the_first_is_returning() -> None:  # T13
    built = orders_of({"created_at": "2024-03-01"}, {"created_at": "2024-03-02"})
    assert built["buyer"].to_list() == ["new", "returning"]


def test_two_orders_on_one_day_are_one_purchase_day() -> None:
    built = orders_of(
        {"created_at": "2024-03-01 09:00"}, {"created_at": "2024-03-01 10:00"}, {"created_at": "2024-03-05"}
    )
    assert built["seq"].to_list() == [1, 2, 3]
    assert built["day_seq"].to_list() == [1, 1, 2]
    assert built["opens_day"].to_list() == [True, False, True]
    assert built["prev_day"].to_list() == [None, None, 19783]


def test_every_order_knows_the_two_before_it_by_order_and_by_day() -> None:
    days = ("2024-03-01", "2024-03-01", "2024-03-05", "2024-03-09")
    built = orders_of(*({"created_at": f"{day} 0{n}:00"} for n, day in enumerate(days)))
    assert built["prev_order_day"].to_list() == [None, 19783, 19783, 19787]
    assert built["prev2_order_day"].to_list() == [None, None, 19783, 19783]
    assert built["prev_day"].to_list() == [None, None, 19783, 19787]
    assert built["prev2_day"].to_list() == [None, None, None, 19783]
    assert built["first_day"].to_list() == [19783] * 4


def test_the_previous_order_of_a_channel_skips_the_others() -> None:
    channels = (("2024-03-01", "a"), ("2024-03-02", "b"), ("2024-03-03", "a"))
    built = orders_of(*({"created_at": day, "channel_id": channel} for day, channel in channels))
    assert built["prev_channel_day"].to_list() == [None, None, 19783]


def test_the_first_valid_order_is_the_first_one() -> None:
    built = orders_of(
        {"created_at": "2024-03-01", "status": "cancelled"},
        {"created_at": "2024-03-02", "paid_amount": 0},
        {"created_at": "2024-03-03"},
    )
    assert built["seq"].to_list() == [None, None, 1]
    assert built["buyer"].to_list() == ["none", "none", "new"]


def test_anonymous_orders_have_no_history() -> None:
    built = orders_of(
        {"created_at": "2024-03-01", "customer_id": None}, {"created_at": "2024-03-02", "customer_id": None}
    )
    assert built["buyer"].to_list() == ["anonymous", "anonymous"]
    assert built["seq"].to_list() == [None, None]


def test_orders_at_the_same_moment_are_told_apart_by_their_id() -> None:
    built = orders_of({"created_at": "2024-03-01"}, {"created_at": "2024-03-01"})
    assert built["seq"].to_list() == [1, 2]


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ({"member_since": "2024-03-10"}, [False, True]),
        ({"member_since": "2024-03-10", "registered_at": "2024-03-20"}, [False, False]),
        ({"member_since": "2024-02-10", "registered_at": "2024-02-01"}, [True, True]),
        ({}, [False, False]),
        ({"is_member": True}, [None, None]),
        (None, [None, None]),
    ],
)
def test_membership_is_that_of_the_day(member: Row | None, expected: list[bool | None]) -> None:  # T26
    customers = [] if member is None else [{"customer_id": "ab", **member}]
    built = orders_of({"created_at": "2024-03-09 23:59"}, {"created_at": "2024-03-10"}, customers=customers)
    assert built["member_at_order"].to_list() == expected


def test_the_private_domain_ends_on_the_day_of_leaving() -> None:
    people = [{"customer_id": "ab", "private_joined_at": "2024-03-02", "private_left_at": "2024-03-04"}]
    built = orders_of(*({"created_at": f"2024-03-0{day}"} for day in (1, 2, 3, 4)), customers=people)
    assert built["private_at_order"].to_list() == [False, True, True, False]


@settings(max_examples=15)
@given(shop=shops(order=plain_orders, least=5, most=14), cut=st.integers(0, 300))
def test_orders_after_a_day_change_nothing_before_it(shop: Rows, cut: int) -> None:  # T10
    last = day_of(START) + cut
    known = {row["order_id"] for row in shop["orders"] if day_of(row["created_at"]) <= last}
    short = {**shop, "orders": [row for row in shop["orders"] if row["order_id"] in known]}
    whole, part = (facts(tables(rows), only=["orders"])["orders"] for rows in (shop, short))
    assert whole.filter(pl.col("day") <= last).drop("row_no").equals(part.drop("row_no"))


@settings(max_examples=15)
@given(shop=shops(most=8), seed=st.integers(0, 9))
def test_the_order_of_rows_changes_nothing(shop: Rows, seed: int) -> None:
    canonical = tables(shop)
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=seed) for name, frame in canonical.items()}
    built, again = facts(canonical), facts(shuffled)
    assert all(frame.equals(again[name]) for name, frame in built.items())
