"""Members and the private domain beside the comparison: levels, silence, migration, cost; every indicator by hand."""

import pytest

from ecodash.analysis.rank_correlation import spearman
from ecodash.analysis.risk_ratio import relative_lift
from ecodash.core.estimate import Status
from ecodash.core.settings import Settings
from ecodash.metrics.buying_habits import BUYING_HABITS
from ecodash.metrics.comparable.exposure import MEMBERSHIP
from ecodash.metrics.members.indicators import MEMBERS
from ecodash.metrics.members.level_rank import ranked
from ecodash.metrics.members.levels import levels
from ecodash.metrics.members.moves import moves
from ecodash.metrics.members.recruits import recruits
from ecodash.metrics.members.silence import silence
from ecodash.metrics.private_domain.indicators import PRIVATE_DOMAIN
from ecodash.metrics.private_domain.migration import migration
from tests.metrics.shop import Shop, day, shop
from tests.metrics.test_comparable import CHANNELS, PRIVATE, Bought, contrast, orders, people, small

ALL = (*MEMBERS, *PRIVATE_DOMAIN, *BUYING_HABITS)


# ------------------------------------------------------------------------------------------------- methods


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([1, 2, 3], [10, 20, 90], 1.0),
        ([1, 2, 3], [3, 2, 1], -1.0),
        ([1, 2, 3, 4], [1, 3, 2, 4], 0.8),
        ([1, 2, 3], [1, 1, 2], 0.866025),
        ([1], [1], None),
        ([1, 2], [5, 5], None),
    ],
)
def test_rank_correlation_by_hand(first: list[float], second: list[float], expected: float | None) -> None:
    assert spearman(first, second) == (None if expected is None else pytest.approx(expected, abs=1e-6))


def test_rank_correlation_needs_pairs() -> None:
    with pytest.raises(ValueError, match="no pairs"):
        spearman([1, 2], [1])


def test_a_relative_lift_and_its_interval_by_hand() -> None:
    """0.3 over 0.2: +50 %; log interval exp(log 1.5 ± 1.96·√(0.7/30 + 0.8/20)) − 1."""
    found = relative_lift((30, 100), (20, 100))
    assert found is not None
    assert found.value == pytest.approx(0.5)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (
        pytest.approx(-0.0840, abs=1e-4),
        pytest.approx(1.4565, abs=1e-4),
    )
    assert relative_lift((0, 10), (5, 10)) is not None
    assert relative_lift((5, 10), (0, 10)) is None
    assert relative_lift((0, 0), (5, 10)) is None


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["V10", "V2", "V1"], ("V1", "V2", "V10")),
        (["金卡会员", "普通会员", "银卡会员"], ("普通会员", "银卡会员", "金卡会员")),
        (["Gold", "Bronze", "Silver", "Platinum"], ("Bronze", "Silver", "Gold", "Platinum")),
        (["白金", "金", "银"], ("银", "金", "白金")),
        (["朋友", "家人"], None),
        (["V1", "VIP1"], None),
    ],
)
def test_levels_are_ordered_by_their_names_or_not_at_all(names: list[str], expected: tuple[str, ...] | None) -> None:
    assert ranked(names) == expected


# ------------------------------------------------------------------------------------------------- members


def levelled(*, history: bool) -> Shop:
    """On day 310 (90 days before the end) ann is V2, bob and cat V1; only bob and cat buy after it. ann is V1 today."""
    listed = [
        {**row, "member_level": level}
        for row, level in zip(people(ann=(0,) * 3, bob=(0,) * 3, cat=(0,) * 3), ("V1", "V2", "V1"), strict=True)
    ]
    changes = [
        ("ann", 0, "V1"),
        ("ann", 300, "V2"),
        ("ann", 350, "V1"),
        ("bob", 0, "V1"),
        ("bob", 320, "V2"),
        ("cat", 5, "V1"),
    ]
    bought: list[Bought] = [("ann", 0), ("bob", 0), ("cat", 0), ("bob", 330), ("cat", 340)]
    rows = [{"customer_id": name, "level_from": day(n), "member_level": level} for name, n, level in changes]
    return small(orders=orders(bought), customers=listed, **({"level_history": rows} if history else {}))


def test_levels_are_those_of_the_day_where_a_history_was_uploaded() -> None:
    found = levels(contrast(levelled(history=True)), days=90)
    assert found.as_of
    assert [(one.name, one.members, one.again.successes, one.sales) for one in found.levels] == [
        ("V1", 2, 2, 1.0),
        ("V2", 1, 0, 0.0),
    ]
    assert found.gradient == pytest.approx(-1.0)
    assert found.caveats == ()


def test_without_a_history_the_level_of_today_is_used_and_said_to_be_circular() -> None:
    found = levels(contrast(levelled(history=False)), days=90)
    assert not found.as_of
    assert [(one.name, one.members, one.again.successes) for one in found.levels] == [("V1", 2, 1), ("V2", 1, 1)]
    assert found.gradient == pytest.approx(1.0)
    assert [caveat.code for caveat in found.caveats] == ["level_of_today"]


def test_moves_are_changes_of_level_after_the_first() -> None:
    found = moves(contrast(levelled(history=True)).scope)
    assert found is not None
    assert found.steps.rows() == [("V1", "V2", 2), ("V2", "V1", 1)]
    assert found.months.select("up", "down").sum().row(0) == (2, 1)
    assert moves(contrast(levelled(history=False)).scope) is None


def test_silent_members_are_those_without_an_order_for_longer_than_said() -> None:
    """Last orders on day 40 (ann, bob) and day 350 (eve) of 400; cat and dan are no members."""
    found = silence(contrast(small()), days=90)
    assert (found.members, found.silent, found.share) == (3, 2, pytest.approx(2 / 3))
    assert found.bins["count"].to_list() == [0, 1, 0, 0, 2, 0]


def test_new_buyers_of_a_channel_who_become_members_at_once_and_within_90_days() -> None:
    """eve is not watched for 90 days; ann joined at once, bob on day 40."""
    [found] = recruits(contrast(small()))
    assert (found.buyers, found.at_once, found.joined.successes) == (4, 1, 2)


# ------------------------------------------------------------------------------------------------- private domain


def moving() -> Shop:
    """ann (public) is a contact by day 30 and buys privately; bob (public) left on day 9; cat begins privately; dan stays."""
    listed = people(ann=(None, 3, None), bob=(None, 3, 9), cat=(None,) * 3, dan=(None,) * 3)
    bought: list[Bought] = [("ann", 0), ("ann", 60, PRIVATE), ("bob", 0), ("bob", 60), ("cat", 0, PRIVATE), ("dan", 0), ("eve", 350)]  # fmt: skip
    return small(orders=orders(bought), customers=listed)


def test_flows_from_the_first_order_over_the_landmark_to_the_next_order() -> None:
    found = migration(contrast(moving()).scope, landmark=30)
    assert (found.customers, found.public, found.moved, found.horizon) == (4, 3, 1, 90)
    assert found.flows.rows() == [
        (0, "private", "own", 1),
        (0, "public", "contact", 1),
        (0, "public", "left", 1),
        (0, "public", "out", 1),
        (1, "contact", "private", 1),
        (1, "left", "public", 1),
        (1, "out", "none", 1),
        (1, "own", "none", 1),
    ]
    assert found.spend == {"contact": 10.0, "left": 10.0, "own": 0.0, "out": 0.0}
    assert migration(contrast(moving()).scope, landmark=120).horizon == 180


def value(here: Shop, name: str, **question: object) -> tuple[float | None, str]:
    [estimate] = here.ask(name, **question)
    return estimate.value, estimate.status.value


COSTS = [
    {"month": day(0), "type": "private_ops", "channel_id": PRIVATE, "amount": 310},
    {"month": day(31), "type": "private_ops", "channel_id": PRIVATE, "amount": 1},
    {"month": day(0), "type": "marketing", "channel_id": PRIVATE, "amount": 999},
]
PRICED: list[Bought] = [("ann", 0), ("bob", 0, PRIVATE), ("cat", 1, PRIVATE)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Members at the first order: ann back, eve not watched; others: bob back, cat and dan not.
        ("member_repurchase_lift_pts", 1 - 1 / 3),
        ("member_repurchase_lift_rel", 2.0),
        # ann, bob, eve among buyers with two days in the window: 2 of 3; cat, dan: 1 of 2.
        ("member_repurchase_lift_pts:plain", 2 / 3 - 1 / 2),
        ("member_repurchase_lift_pts:today_90d", 1.0),
        # ann 2 of 2 orders, bob 1 of 2 (the day he joins counts), eve 1; fay's is left out: 4 of 8.
        ("member_gmv_share", 4 / 8),
        ("member_penetration", 3 / 5),
        # 2 + 2 + 2 + 1 + 1 + 1 purchase days of 6 buyers in 401 days.
        ("purchase_frequency", 9 / 6 * 365 / 401),
        # bought on days 221–310 of the data: nobody; the two last spans need day 400.
        ("ltv_12m", (20 + 20 + 20 + 10 + 10) / 5),
    ],
)
def test_indicators_about_members_by_hand(name: str, expected: float) -> None:
    assert value(small(), name)[0] == pytest.approx(expected)


def test_the_private_reading_is_fixed_on_day_7_and_counts_day_8_to_97() -> None:
    """Inside on day 7: ann (back on day 60), bob (back on day 60, left on day 9). Outside: cat, dan, eve not watched."""
    here = moving()
    assert value(here, "private_repurchase_lift_pts")[0] == pytest.approx(1.0)
    assert value(here, "private_repurchase_lift_rel")[1] == "empty"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # ann on day 60 is a contact; bob left on day 9: 1 of 5 buyers.
        ("private_buyer_share", 1 / 5),
        ("private_gmv_share", 2 / 7),
        # Payers outside: ann and bob join within 7 days; cat, dan, eve do not.
        ("private_join_rate", 2 / 5),
        # bob left within 90 days of joining.
        ("private_leave_rate", 1 / 2),
    ],
)
def test_indicators_of_the_private_domain_by_hand(name: str, expected: float) -> None:
    assert value(moving(), name)[0] == pytest.approx(expected)


def test_leaving_is_not_measurable_when_no_tool_exports_it() -> None:
    here = small(customers=people(ann=(None, 3, None), bob=(None, 5, None)))
    assert value(here, "private_leave_rate") == (None, "missing")


def test_cost_per_private_order_takes_the_days_of_the_month_that_lie_in_the_window() -> None:
    """310 for January's 31 days, of which the data cover two: 20, over two private orders."""
    here = shop(
        {"orders": orders(PRICED), "channels": CHANNELS, "costs_monthly": COSTS}, settings=Settings(minimum_sample=1)
    )
    assert value(here, "private_cost_per_order") == (pytest.approx(10.0), "ok")
    here = shop({"orders": orders(PRICED), "channels": CHANNELS, "costs_monthly": COSTS[2:]})
    assert value(here, "private_cost_per_order") == (None, "missing")


def test_who_stops_coming_and_who_was_won_cheaply() -> None:
    """Days 221–310: ann and bob bought, only bob again later. Won with 40 % off: ann not back; full price: bob back."""
    rows = orders([("ann", 0), ("bob", 0), ("bob", 50), ("ann", 230), ("bob", 240), ("bob", 330)])
    rows[0] |= {"paid_amount": 6, "discount_amount": 4}
    here = shop({"orders": rows}, end=day(400), settings=Settings(minimum_sample=1))
    assert value(here, "churn_rate_90d")[0] == pytest.approx(1 / 2)
    assert value(here, "discount_acquired_repurchase_gap")[0] == pytest.approx(-1.0)
    young = shop({"orders": orders([("ann", 0), ("ann", 100)])}, settings=Settings(minimum_sample=1))
    assert value(young, "churn_rate_90d") == (None, "immature")
    assert value(young, "ltv_12m") == (None, "immature")


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.id)
def test_a_shop_with_orders_only_gets_an_answer_or_what_to_upload(metric: object) -> None:
    here = shop({"orders": orders([("ann", 0), ("ann", 40), ("bob", 3)])}, end=day(400))
    name = metric.id  # type: ignore[attr-defined]
    for definition in metric.definitions:  # type: ignore[attr-defined]
        [estimate] = here.ask(f"{name}:{definition.id}")
        assert estimate.value is not None or estimate.reason is not None
        if name.startswith(("member_", "private_")) and name != "private_gmv_share":
            assert (estimate.value, estimate.status) == (None, Status.MISSING)


def test_members_without_a_joining_date_are_missing_and_say_so() -> None:
    here = small(customers=[{"customer_id": "ann", "is_member": True}])
    [estimate] = here.ask("member_repurchase_lift_rel")
    assert (estimate.status, estimate.reason) == (Status.MISSING, MEMBERSHIP.upload)
