"""The pipelines against the same rules written as plain loops (``oracle``)."""

from decimal import Decimal

from hypothesis import given, settings

from ecodash.core.decimals import to_scaled
from ecodash.core.settings import SalesPolicy, Settings
from tests.facts import oracle
from tests.facts.canonical import Rows, facts, tables
from tests.facts.shops import plain_orders, shops
from tests.facts.test_engines import policies


@settings(max_examples=40)
@given(shop=shops(), policy=policies)
def test_every_document_is_judged_and_booked_like_the_loop_does(shop: Rows, policy: SalesPolicy) -> None:
    choices = Settings(policy=policy)
    built = facts(tables(shop), choices, only=["documents"])["documents"]
    expected = {document.order_id: document for document in oracle.documents(shop, choices)}
    assert built.height == len(expected)
    for row in built.iter_rows(named=True):
        document = expected[row["order_id"]]
        told = {name: getattr(document, name) for name in ("kind", "day", "is_sale", "fx_missing", "lines")}
        assert {name: row[name] for name in told} == told
        for name in ("paid", "base", "refund", "net", "units"):
            amount: Decimal = getattr(document, name)
            assert row[name] == to_scaled(amount), (name, document)


@settings(max_examples=40)
@given(shop=shops(order=plain_orders, least=5, most=14))
def test_history_counts_only_what_lies_before_each_order(shop: Rows) -> None:
    built = facts(tables(shop), only=["orders"])["orders"]
    found = {row["order_id"]: row for row in built.iter_rows(named=True)}
    for own in oracle.purchases(oracle.documents(shop, Settings())).values():
        for place, document in enumerate(own):
            _check_history(found[document.order_id], own[: place + 1])


def _check_history(row: dict[str, object], upto: list[oracle.Document]) -> None:
    """One order against all orders of the customer up to and including it."""
    document, before = upto[-1], upto[:-1]
    days = sorted({other.day for other in upto if other.day is not None})
    same_channel = [other for other in before if other.channel_id == document.channel_id]
    assert row["seq"] == len(upto)
    assert row["is_first"] == (len(upto) == 1)
    assert row["buyer"] == ("new" if len(upto) == 1 else "returning")
    assert row["day_seq"] == len(days)
    assert row["opens_day"] == (document.day not in {other.day for other in before})
    assert row["first_day"] == days[0]
    assert row["prev_order_day"] == (before[-1].day if before else None)
    assert row["prev2_order_day"] == (before[-2].day if len(before) > 1 else None)
    assert row["prev_day"] == (days[-2] if len(days) > 1 else None)
    assert row["prev2_day"] == (days[-3] if len(days) > 2 else None)
    assert row["prev_channel_day"] == (same_channel[-1].day if same_channel else None)


@settings(max_examples=40)
@given(shop=shops(order=plain_orders, least=5, most=14))
def test_customers_are_the_sum_of_their_orders(shop: Rows) -> None:
    built = facts(tables(shop), only=["customers"])
    orders = oracle.documents(shop, Settings())
    bought = oracle.purchases(orders)
    assert set(built["customers"]["customer_id"]) == set(bought)
    for row in built["customers"].iter_rows(named=True):
        own = bought[row["customer_id"]]
        days = sorted({document.day for document in own if document.day is not None})
        assert row["orders"] == len(own)
        assert row["days"] == len(days)
        assert row["first_order_id"] == own[0].order_id
        assert (row["first_day"], row["last_day"]) == (days[0], days[-1])
        assert row["second_day"] == (days[1] if len(days) > 1 else None)
        assert row["second_order_day"] == (own[1].day if len(own) > 1 else None)
        assert row["second_channel"] == (own[1].channel_id if len(own) > 1 else None)
        assert row["channels"] == len({document.channel_id for document in own})
        assert row["first_channel"] == own[0].channel_id
        returned = sum(d.refund for d in orders if d.kind == "credit" and d.customer_id == row["customer_id"])
        assert row["paid"] == to_scaled(sum(d.paid for d in own))
        assert row["refund"] == to_scaled(sum((d.refund for d in own), Decimal(returned)))
        assert row["net"] == to_scaled(sum((d.net for d in own), -Decimal(returned)))
