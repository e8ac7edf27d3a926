"""Every reading of repurchase on one shop, each step by a loop; and sales bridges that add up to the cent."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.core.errors import MissingData
from ecodash.core.period import Period
from ecodash.core.settings import SalesPolicy, Settings
from ecodash.metrics.query import Query
from ecodash.metrics.readings import ROOT, readings
from ecodash.metrics.registry import resolve
from ecodash.metrics.sales_bridge import price_bridge, sales_bridge
from ecodash.metrics.switchboard import switchboard
from tests.facts import shops
from tests.metrics.shop import Shop, day, purchases, shop
from tests.metrics.test_sales import ROWS

WINDOW = Period(day(0), day(89))
# Ann: same day and 40 days later; Bob: after 100 days; Cat: late, not watched; Dan: bought before the window, twice in it
BOUGHT = [
    ("ann", 3),
    ("ann", 3),
    ("ann", 43),
    ("bob", 5),
    ("bob", 105),
    ("cat", 85),
    ("dan", -20),
    ("dan", 30),
    ("dan", 60),
]


@pytest.fixture(params=["polars", "duckdb"], scope="module")
def small(request: pytest.FixtureRequest) -> Shop:
    return purchases(BOUGHT, engine=request.param, end=110)


def test_each_reading_gives_what_a_loop_over_four_people_gives(small: Shop) -> None:
    board = switchboard(small, Query(window=WINDOW), days=30)
    counted = {name: (one.successes, one.n) for name, one in board.estimates.items() if one.successes is not None}
    expected = {
        "days": (0, 2),  # Ann and Bob watched for 30 days, Cat is not; Ann came after 40
        "same_day": (1, 2),  # Ann on the day itself
        "unwatched": (0, 3),
        "ever": (2, 3),
        "at_or_after": (2, 3),  # from February on: Ann in February, Bob in April
        "new_in_window": (1, 3),  # Ann; Bob after the window
        "person_day": (2, 4),  # Ann and Dan of four buyers
        "person": (2, 4),
        "transaction": (3, 7),
        "earlier": (2, 4),
        "earlier_any": (2, 4),
        "whole_history": (3, 4),  # Bob's order after the window
        "orders": (4, 7),  # Ann 2, Dan 2
        "retained": (4, 7),
    }
    assert {name: counted[name] for name in expected} == expected


def test_the_steps_of_every_reading_add_up_to_its_whole_difference(small: Shop) -> None:
    board = switchboard(small, Query(window=WINDOW), days=30)
    root = board.estimates[ROOT].value
    for one in board.listed:
        value, steps = board.estimates[one.id].value, board.steps(one.id)
        if value is not None and steps and root is not None:
            assert root + sum(step for _, step in steps) == pytest.approx(value)
    assert [words.en for words, _ in board.steps("whole_history")][-1].startswith("orders after the window")
    assert board.steps(ROOT) == []


def test_a_reading_that_cannot_be_had_yet_has_no_steps() -> None:
    board = switchboard(purchases([("ann", 0), ("bob", 3)], end=20), Query(), days=30)
    assert board.estimates[ROOT].value is None
    assert board.steps("person_day") == []


def test_every_reading_but_the_root_changes_one_rule_of_a_known_parent() -> None:
    tree = {one.id: one for one in readings(90)}
    listed = [one for one in tree.values() if one.listed]
    assert len(tree) == len(readings(90))
    assert len(listed) >= 16
    for one in tree.values():
        assert one.id == ROOT or one.parent in tree
        if isinstance(one.asked, str):
            resolve(one.asked)
    for language in ("zh", "en"):
        names = [one.by.to(language) for one in listed]
        assert len(set(names)) == len(names)


def test_an_empty_shop_has_a_switchboard_that_says_so() -> None:
    board = switchboard(shop({}), Query())
    assert {one.status for one in board.estimates.values()} == {"missing"}
    with pytest.raises(MissingData):
        sales_bridge(shop({}), Query())


def test_fairview_gives_customers_of_early_february_58_days() -> None:
    early = purchases([("ann", 31), ("ann", 31 + 58), ("bob", 58), ("bob", 58 + 32)], end=120)
    assert early.value("repurchase_30d") == 0
    assert early.value("repurchase_30d:calendar") == 0.5  # Ann on 31 March; Bob, a day later, is too late


def test_peel_retention_rises_long_after_the_window_is_over() -> None:
    bought = [("ann", 0), ("bob", 3), ("ann", 300)]
    name = "repurchase_30d:at_or_after"
    assert purchases(bought[:2], end=100).value(name, window=Period(day(0), day(30))) == 0
    assert purchases(bought, end=310).value(name, window=Period(day(0), day(30))) == 0.5


def test_sourcemedium_counts_a_person_once_per_day() -> None:
    both = purchases([("ann", 0), ("ann", 0), ("ann", 1), ("bob", 1)])
    assert (both.value("active_buyers"), both.value("active_buyers:sum_of_days")) == (2, 3)


def test_the_sales_bridge_names_every_step_of_a_shop_worked_by_hand() -> None:
    steps = [(step.name.en, step.value) for step in sales_bridge(shop(ROWS, end=day(70)), Query())]
    assert steps == [
        ("GMV", 1219.0),
        ("orders never paid", -999.0),
        ("Amount paid", 220.0),
        ("refunds of these orders", -30.0),
        ("credits", -15.0),
        ("Net sales, refunds on the order's day", 175.0),
        ("refunds of these orders put back", 45.0),
        ("money given back in these days", -45.0),
        ("Net sales, refunds on their own day", 175.0),
    ]
    assert [(s.name.en, s.value) for s in price_bridge(shop(ROWS), Query())] == [
        ("Gross sales", 240.0), ("Discounts given", -20.0), ("Amount paid", 220.0),
    ]  # fmt: skip


policies = st.builds(
    SalesPolicy, include_shipping=st.booleans(), include_tax=st.booleans(), include_gift_cards=st.booleans()
)


@settings(max_examples=12, deadline=None)
@given(rows=shops.shops(least=1), policy=policies, days=st.integers(0, 60))
def test_the_steps_between_two_levels_add_up_exactly_whatever_the_shop(
    rows: object, policy: SalesPolicy, days: int
) -> None:
    store = shop(rows, settings=Settings(policy=policy, minimum_sample=1))  # type: ignore[arg-type]
    span = store.data_end()
    if span is None:
        return
    window = Period(span.start, min(span.end, span.start.fromordinal(span.start.toordinal() + days)))
    for steps in (sales_bridge(store, Query(window=window)), price_bridge(store, Query(window=window))):
        levels = [i for i, step in enumerate(steps) if step.level]
        for before, after in pairwise(levels):
            assert steps[before].amount + sum(s.amount for s in steps[before + 1 : after]) == steps[after].amount
    bridge = {step.name.en: step.value for step in sales_bridge(store, Query(window=window)) if step.level}
    found = {e.metric: e.value for e in store.ask("gmv", "paid_amount", "net_sales", window=window)}
    later = Settings(policy=SalesPolicy(**{**policy.__dict__, "refund_dating": "refund"}), minimum_sample=1)
    [dated] = shop(rows, settings=later).ask("net_sales", window=window)  # type: ignore[arg-type]
    if found["gmv"] is not None:
        assert bridge["GMV"] == pytest.approx(found["gmv"])
        assert bridge["Amount paid"] == pytest.approx(found["paid_amount"])
        assert bridge["Net sales, refunds on the order's day"] == pytest.approx(found["net_sales"])
    if dated.value is not None:
        assert bridge["Net sales, refunds on their own day"] == pytest.approx(dated.value)
