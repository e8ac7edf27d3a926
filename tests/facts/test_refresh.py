"""Refreshing the touched keys gives the very rows of a full build, whatever arrives, changes or is taken back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.core.decimals import SCALE
from ecodash.core.settings import SalesPolicy, Settings
from tests.facts.canonical import Row, Rows, facts, tables
from tests.facts.refresher import refreshed
from tests.facts.shops import plain_orders, shops
from tests.facts.test_engines import policies

TABLES_TO_EDIT = ("order_items", "returns", "customers", "products", "channels", "exchange_rates", "inventory")


@settings(max_examples=12)
@given(before=shops(most=6), after=shops(most=6), policy=policies)
def test_refresh_after_any_change_equals_a_full_build(before: Rows, after: Rows, policy: SalesPolicy) -> None:
    _check(before, after, Settings(policy=policy))


@settings(max_examples=12)
@given(shop=shops(order=plain_orders, most=12), cut=st.integers(0, 12), edited=st.sampled_from(TABLES_TO_EDIT))
def test_refresh_after_a_second_load_equals_a_full_build(shop: Rows, cut: int, edited: str) -> None:
    """First a part of the orders and none of ``edited``, then everything; and back again."""
    first = {name: rows for name, rows in shop.items() if name != edited}
    first["orders"] = shop["orders"][:cut]
    _check(first, shop, Settings())
    _check(shop, first, Settings())


def _check(before: Rows, after: Rows, choices: Settings) -> None:
    old, new = tables(before), tables(after)
    result, _ = refreshed(old, new, facts(old, choices), choices)
    for name, frame in facts(new, choices).items():
        assert frame.equals(result[name]), name


ORDERS: list[Row] = [
    {
        "order_id": f"{n}",
        "customer_id": f"c{n % 5}",
        "created_at": f"2024-03-{n + 1:02}",
        "paid_amount": 10,
        "channel_id": "x",
    }
    for n in range(20)
]


def test_one_more_order_touches_its_customer_and_its_day_only() -> None:
    before = tables({"orders": ORDERS})
    more: Row = {"order_id": "new", "customer_id": "c0", "created_at": "2024-03-25", "paid_amount": 5}
    _, rebuilt = refreshed(before, tables({"orders": [*ORDERS, more]}), facts(before), Settings())
    assert rebuilt == {
        "placed_returns": 0,
        "documents": 1,
        "order_lines": 1,
        "history": 1,
        "orders": 1,
        "customers": 1,
        "customer_months": 1,
        "refunds": 1,
        "daily": 1,
        "product_days": 0,
        "stock_days": 0,
    }


def test_a_changed_channel_reaches_its_orders() -> None:
    before = tables({"orders": ORDERS, "channels": [{"channel_id": "x"}, {"channel_id": "y"}]})
    after = tables({"orders": ORDERS, "channels": [{"channel_id": "x", "domain": "public"}, {"channel_id": "y"}]})
    _, rebuilt = refreshed(before, after, facts(before), Settings())
    assert rebuilt["documents"] == 20
    untouched = tables({"orders": ORDERS, "channels": [{"channel_id": "x"}, {"channel_id": "y", "domain": "public"}]})
    _, rebuilt = refreshed(before, untouched, facts(before), Settings())
    assert set(rebuilt.values()) == {0}


def test_lines_that_come_later_lead_a_refund_to_its_order() -> None:
    order: Row = {"order_id": "1", "customer_id": "a", "created_at": "2024-03-01", "paid_amount": 100}
    refund: Row = {"return_id": "r", "order_id": "1-2", "refund_amount": 30}
    line: Row = {"order_id": "1", "line_key": "b", "line_id": "1-2", "qty": 1, "paid_amount": 40}
    before = tables({"orders": [order], "returns": [refund]})
    after = tables({"orders": [order], "returns": [refund], "order_items": [line]})
    now, _ = refreshed(before, after, facts(before), Settings())
    assert facts(before)["documents"]["refund"].sum() == 0
    assert now["documents"]["refund"].sum() == 30 * SCALE
    assert now["documents"].equals(facts(after)["documents"].select(now["documents"].columns))
