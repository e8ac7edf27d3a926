"""Reconciliation: parts and the unexplained rest add up to the difference, whatever was typed, and each part has its rows."""

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ecodash.core.decimals import SCALE
from ecodash.core.errors import MissingData, UnknownName
from ecodash.core.period import Period
from ecodash.core.settings import SalesPolicy, Settings
from ecodash.metrics.query import Query
from ecodash.session.checks import Ground
from ecodash.session.reconciliation import Reconciliation, part_rows, reconcile
from tests.metrics.shop import Shop, day, shop
from tests.session.test_checks import Row, Rows, ground, order

JANUARY = Period.month(2026, 1)


def base(**policy: object) -> Settings:
    return Settings(minimum_sample=1, policy=SalesPolicy(**policy))  # type: ignore[arg-type]


def given_shop(rows: Rows, settings: Settings | None = None) -> Ground:
    made = ground(rows)
    return Ground(source=shop(rows, settings=settings), loads=made.loads, today=made.today)


def one_of_each() -> Rows:
    """January: 100 sold with 8 shipping, 6 tax and a gift card of 20; 40 of another 90 came back in February; and more."""
    return {
        "orders": [
            order(
                "plain",
                paid_amount=100,
                shipping_amount=8,
                tax_amount=6,
                gift_card_amount=20,
                order_amount=125,
                paid_at="2026-01-10T10:00",
            ),
            order("back", paid_amount=90, refund_amount=40, refunded_at="2026-02-03T09:00", paid_at="2026-01-12T10:00"),
            order("old", paid_amount=80, refund_amount=7, refunded_at="2026-01-05T09:00", paid_at="2025-12-20T10:00"),
            order(
                "never",
                paid_amount=None,
                order_amount=11,
                status="created",
                paid_at=None,
                created_at="2026-01-15T10:00",
            ),
            order("try", paid_amount=3, is_test=True, paid_at="2026-01-16T10:00"),
            order("book", paid_amount=-5, document="adjustment", paid_at="2026-01-17T10:00"),
            order("late", paid_amount=50, created_at="2026-01-31T23:50", paid_at="2026-02-01T00:10"),
            order("edge", paid_amount=70, created_at="2026-01-01T05:00", paid_at="2026-01-01T05:00"),
            order("twin", paid_amount=100, paid_at="2026-01-10T10:00", load_id=2, shipping_amount=8),
        ]
    }


@cache
def without_twin() -> Ground:
    return given_shop({"orders": [row for row in one_of_each()["orders"] if row["order_id"] != "twin"]})


@cache
def january() -> Ground:
    return given_shop(one_of_each())


OURS = 66 + 50 + 92 + 70
"""plain 100 − 8 − 6 − 20, back 90 − 40, twin 100 − 8, edge 70."""


@pytest.mark.parametrize(
    ("code", "amount", "orders"),
    [
        ("unpaid", 11, {"never"}),
        ("ordered", 25, {"plain"}),
        ("tests", 3, {"try"}),
        ("adjustments", -5, {"book"}),
        ("twins", -92, {"twin"}),
        ("shipping", 16, {"plain", "twin"}),
        ("tax", 6, {"plain"}),
        ("gift_cards", 20, {"plain"}),
        ("refunds_refund", 40 - 7, {"back", "old"}),
        ("refunds_none", 40, {"back"}),
        ("day_created", 50, {"late"}),
        # 05:00 on 1 January in Shanghai is the day before in UTC; 00:10 on 1 February is still January there.
        ("zone_UTC", 50 - 70, {"late", "edge"}),
        ("zone_America/Los_Angeles", 50 - 70, {"late", "edge"}),
    ],
)
def test_each_policy_moves_what_can_be_counted_by_hand(code: str, amount: int, orders: set[str]) -> None:
    looked = january()
    found = reconcile(looked, str(OURS), JANUARY, chosen=[code])
    assert found.ours == OURS * SCALE
    [part] = found.parts
    assert (part.amount, part.documents) == (amount * SCALE, len(orders))
    assert found.rest == -amount * SCALE
    rows = part_rows(looked, JANUARY, code, chosen=[code])
    assert set(rows["order_id"]) == orders
    assert rows["amount"].sum() == amount
    assert rows["file"].null_count() == 0


@pytest.mark.parametrize(
    ("codes", "stated"),
    [
        ([], OURS),
        (["refunds_none"], OURS + 40),
        (["shipping", "refunds_none"], OURS + 8 + 40),
        (["unpaid", "tax"], OURS + 11 + 6),
        (["day_created"], OURS + 50),
    ],
)
def test_the_policies_that_were_counted_the_other_way_are_found(codes: list[str], stated: int) -> None:
    found = reconcile(without_twin(), str(stated - 92), JANUARY)
    assert [part.switch.code for part in found.parts] == codes
    assert found.rest == 0
    assert found.suggested


def test_a_total_no_policy_explains_is_left_unexplained() -> None:
    found = reconcile(january(), "99999.99", JANUARY)
    assert found.parts == ()
    assert found.rest == found.difference == int((Decimal("99999.99") - OURS) * SCALE)


def test_the_settings_of_the_parts_make_our_figure_the_last_total() -> None:
    chosen = ["shipping", "tax", "refunds_refund", "day_created", "tests"]
    found = reconcile(january(), str(OURS), JANUARY, chosen=chosen)
    assert found.settings == {
        "policy.include_shipping": "true",
        "policy.include_tax": "true",
        "policy.include_test_orders": "true",
        "policy.refund_dating": "refund",
        "policy.order_day": "created",
    }
    policy = base(
        include_shipping=True, include_tax=True, include_test_orders=True, refund_dating="refund", order_day="created"
    )
    then = shop(one_of_each(), settings=policy).value("net_sales", window=JANUARY)
    assert then == (found.stated - found.rest) / SCALE


def test_a_channel_is_reconciled_by_itself() -> None:
    rows = one_of_each()
    rows["orders"].append(order("other", channel_id="jd", paid_amount=1000))
    assert reconcile(given_shop(rows), "1000", JANUARY, channel="jd").difference == 0
    assert reconcile(given_shop(rows), str(OURS), JANUARY, channel="tb").difference == 0


def test_no_orders_and_unknown_policies_are_said() -> None:
    with pytest.raises(MissingData):
        reconcile(given_shop({}), "1", JANUARY)
    with pytest.raises(UnknownName):
        reconcile(january(), "1", JANUARY, chosen=["shiping"])
    with pytest.raises(UnknownName):
        part_rows(january(), JANUARY, "tax", chosen=["shipping"])


AMOUNT = st.integers(0, 200)
ORDER = st.fixed_dictionaries(
    {
        "paid_amount": AMOUNT,
        "shipping_amount": st.integers(0, 9),
        "tax_amount": st.integers(0, 9),
        "refund_amount": st.one_of(st.none(), AMOUNT),
        "created_at": st.integers(0, 45).map(lambda n: f"{day(n)}T{n * 7 % 24:02}:30:00"),
        "paid_at": st.one_of(st.none(), st.integers(0, 45).map(lambda n: f"{day(n)}T{n * 5 % 24:02}:10:00")),
        "refunded_at": st.one_of(st.none(), st.integers(20, 60).map(lambda n: f"{day(n)}T12:00:00")),
        "status": st.sampled_from(["completed", "created", "cancelled", "refunded"]),
        "is_test": st.booleans(),
        "document": st.sampled_from(["sale", "sale", "credit", "adjustment"]),
    }
)
POLICY = st.builds(
    SalesPolicy,
    include_shipping=st.booleans(),
    include_tax=st.booleans(),
    include_test_orders=st.booleans(),
    include_adjustments=st.booleans(),
    refund_dating=st.sampled_from(["order", "refund"]),
    order_day=st.sampled_from(["paid", "created"]),
)


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])  # a shop per example: no shrinking
@given(st.lists(ORDER, min_size=1, max_size=12), POLICY, st.decimals(-500, 2000, places=2))
def test_parts_and_rest_always_add_up_and_ours_is_what_every_page_says(
    found: list[Row], policy: SalesPolicy, stated: Decimal
) -> None:
    rows = {"orders": [order(f"o{n:02}", **values) for n, values in enumerate(found)]}
    looked = given_shop(rows, Settings(minimum_sample=1, policy=policy))
    answer: Reconciliation = reconcile(looked, str(stated), JANUARY)
    assert answer.ours + sum(part.amount for part in answer.parts) + answer.rest == int(stated * SCALE)
    assert isinstance(looked.source, Shop)
    [page] = looked.source.ask("net_sales", **vars(Query(window=JANUARY)))
    assert (page.value or 0) == answer.ours / SCALE
    chosen = [part.switch.code for part in answer.parts]
    for part in answer.parts:
        assert part_rows(looked, JANUARY, part.switch.code, chosen=chosen)["amount"].sum() == part.amount / SCALE
