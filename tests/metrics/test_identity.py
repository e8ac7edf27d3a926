"""Identity coverage, and bounds of the repurchase rate where buyers are not known."""

from collections import defaultdict

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from ecodash.analysis.identity_bounds import IdentityBounds, Unmatched, identity_bounds
from ecodash.core.errors import UnknownName
from ecodash.core.period import Period
from ecodash.metrics.identity import coverage_by, repurchase_bounds
from ecodash.metrics.query import Query
from tests.metrics.shop import day, purchases, shop

DAYS, END = 90, 300
Order = tuple[int, int, bool, str]  # person, day, known, channel


def rate(orders: list[Order], *, start: int = 0, channel: str | None = None) -> float | None:
    """The rate counted person by person, every identity known."""
    days, where = defaultdict(set), {}
    for person, bought, _, place in orders:
        days[person].add(bought)
        where.setdefault((person, bought), place)
    watched = back = 0
    for person, bought in days.items():
        first, *later = sorted(bought)
        if not start <= first <= END - DAYS or (channel and where[person, first] != channel):
            continue
        watched += 1
        back += bool(later and later[0] - first <= DAYS)
    return back / watched if watched else None


def bounds_of(orders: list[Order], *, start: int = 0, channel: str | None = None) -> IdentityBounds:
    rows = [
        {
            "order_id": f"o{i:04}",
            "customer_id": f"p{person}" if known else None,
            "paid_at": f"{day(bought)}T10:00",
            "status": "completed",
            "paid_amount": 10,
            "channel_id": place,
        }
        for i, (person, bought, known, place) in enumerate(orders)
    ]
    made = shop({"orders": rows}, end=day(END))
    where = (("channel", (channel,)),) if channel else ()
    query = Query(window=Period(day(start), day(END)), where=where)
    return repurchase_bounds(made, query, days=DAYS)


ONE = st.tuples(st.integers(0, 7), st.integers(0, END), st.booleans(), st.sampled_from(["a", "b"]))
HISTORIES = st.lists(ONE, min_size=1, max_size=24, unique_by=lambda order: order[:2]).map(
    lambda found: [(0, 0, True, "a"), *found]
)


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])  # a shop per example: no shrinking
@example(  # an earlier order elsewhere takes the one who came back out, and another opens one who does not
    [(1, 172, True, "a"), (1, 193, True, "b"), (0, 193, False, "a"), (1, 128, False, "b"), (1, 131, False, "b")], 0, "a"
)
@given(HISTORIES, st.sampled_from([0, 60, 150]), st.sampled_from([None, "a"]))
def test_the_bounds_contain_the_rate_that_is_true_when_all_buyers_are_known(
    orders: list[Order], start: int, channel: str | None
) -> None:
    orders = list({order[:2]: order for order in orders}.values())
    truth = rate(orders, start=start, channel=channel)
    found = bounds_of(orders, start=start, channel=channel)
    if truth is not None:
        assert found.low is not None
        assert found.high is not None
        assert found.low - 1e-12 <= truth <= found.high + 1e-12
    named = [
        value for value in (found.low, found.all_new, found.observed, found.all_old, found.high) if value is not None
    ]
    assert all(0 <= value <= 1 for value in named)
    assert named == sorted(named)


def test_with_every_buyer_known_there_is_nothing_to_bound() -> None:
    found = bounds_of([(1, 0, True, "a"), (1, 30, True, "a"), (2, 5, True, "a")])
    assert set(vars(found).values()) == {0.5}


@pytest.mark.parametrize(
    ("unmatched", "expected"),
    [
        # 20 of 100 came back. Ten orders without a buyer in the last 90 watched days:
        # all new 20 / 110, all old 30 / 100; they can open customers but not come long before one.
        (Unmatched(late=10, openers=10), (20 / 110, 20 / 110, 0.2, 0.3, 0.3)),
        # Early ones can also be the true first purchase of one who came back: 10 / 100.
        (Unmatched(early=10, openers=10), (0.1, 20 / 110, 0.2, 0.3, 0.3)),
        # After the last watched first purchase an order can only bring somebody back.
        (Unmatched(after=10), (0.2, 0.2, 0.2, 0.3, 0.3)),
        # Before the window an order takes its customer out: 10 / 90, or 20 / 90.
        (Unmatched(before=10), (10 / 90, 0.2, 0.2, 0.2, 20 / 90)),
        # More unmatched orders than customers: nothing is known.
        (Unmatched(early=500, openers=500), (0.0, 20 / 600, 0.2, 1.0, 1.0)),
    ],
)
def test_bounds_that_can_be_checked_by_hand(unmatched: Unmatched, expected: tuple[float, ...]) -> None:
    found = identity_bounds(20, 100, unmatched)
    assert (found.low, found.all_new, found.observed, found.all_old, found.high) == pytest.approx(expected)


def test_nobody_watched_has_no_rate_and_impossible_counts_are_refused() -> None:
    assert set(vars(identity_bounds(0, 0, Unmatched())).values()) == {None}
    with pytest.raises(ValueError, match="out of"):
        identity_bounds(2, 1, Unmatched())


def test_coverage_by_channel_counts_sales_and_their_money() -> None:
    rows = [
        {
            "order_id": f"o{i}",
            "customer_id": buyer,
            "paid_at": "2026-01-05T10:00",
            "paid_amount": 10 + i,
            "channel_id": place,
        }
        for i, (buyer, place) in enumerate([("x", "a"), (None, "a"), ("y", "a"), (None, "b")])
    ]
    unpaid = {
        "order_id": "u",
        "created_at": "2026-01-05T10:00",
        "status": "created",
        "order_amount": 9,
        "channel_id": "a",
    }
    found = coverage_by(shop({"orders": [*rows, unpaid]}), Query(), "channel")
    assert [(c.code, c.orders, c.known, c.paid, c.paid_known) for c in found] == [
        ("a", 3, 2, 33.0, 22.0),
        ("b", 1, 0, 13.0, 0.0),
    ]
    assert found[0].share == 2 / 3


def test_no_orders_have_no_coverage_and_an_unknown_dimension_is_named() -> None:
    assert coverage_by(shop({}), Query(), "channel") == []
    assert repurchase_bounds(shop({}), Query()).observed is None
    with pytest.raises(UnknownName):
        coverage_by(purchases([("x", 1)]), Query(), "chanel")
