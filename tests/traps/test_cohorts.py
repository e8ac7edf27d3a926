"""Traps of cohorts, each planted and each avoided: T3 immature ends, T9 filters, T15 unequal ages."""

import pytest

from ecodash.core.estimate import Status
from tests.metrics.shop import Purchase, Shop, purchases, shop

BORN = (0, 31, 59, 90)
"""The first days of January to April 2026."""


def cohorts(*, back_after: int, share: float, end: int) -> Shop:
    """Ten first-time buyers a month; ``share`` of each cohort is back after so many days, if the data last that long."""
    bought: list[Purchase] = []
    for month, first in enumerate(BORN):
        for i in range(10):
            bought.append((f"{month}/{i}", first))
            if i < share * 10 and first + back_after <= end:
                bought.append((f"{month}/{i}", first + back_after))
    return purchases(bought, end=end)


def by_month(here: Shop, metric: str) -> dict[str, tuple[Status, float | None]]:
    found = here.ask(metric, by="first_month")
    return {one.by["first_month"]: (one.status, one.value) for one in found if one.status is not Status.EMPTY}


def test_t3_an_immature_last_cohort_has_no_number_a_trend_could_end_in() -> None:
    found = by_month(cohorts(back_after=60, share=0.4, end=125), "repurchase_90d")
    assert found["2026-01"] == (Status.OK, 0.4)
    assert found["2026-04"] == (Status.IMMATURE, None)
    measured = {value for status, value in found.values() if status is Status.OK}
    assert measured == {0.4}  # every cohort that can be read reads the same: there is no trend


def test_t3_a_cohort_watched_long_enough_has_its_number() -> None:
    found = by_month(cohorts(back_after=60, share=0.4, end=220), "repurchase_90d")
    assert set(found.values()) == {(Status.OK, 0.4)}


def test_t15_a_young_cohort_is_compared_at_the_age_both_have_reached() -> None:
    """Old customers had time for a return after 150 days, young ones did not."""
    old = (
        [(f"old{i}", 0) for i in range(10)]
        + [(f"old{i}", 40) for i in range(3)]
        + [(f"old{i}", 150) for i in range(3, 6)]
    )
    young = [(f"new{i}", 100) for i in range(10)] + [(f"new{i}", 140) for i in range(3)]
    here = purchases([*old, *young], end=185)
    assert by_month(here, "repurchase_60d") == {"2026-01": (Status.OK, 0.3), "2026-04": (Status.OK, 0.3)}
    assert by_month(here, "repurchase_160d")["2026-04"] == (Status.IMMATURE, None)


def test_t15_cohorts_that_do_differ_at_equal_age_differ() -> None:
    old = [(f"old{i}", 0) for i in range(10)] + [(f"old{i}", 40) for i in range(3)]
    young = [(f"new{i}", 100) for i in range(10)] + [(f"new{i}", 140) for i in range(6)]
    found = by_month(purchases([*old, *young], end=185), "repurchase_60d")
    assert (found["2026-01"][1], found["2026-04"][1]) == (0.3, 0.6)


def order(number: int, customer: str, day: str, paid: int, where: str) -> dict[str, object]:
    """``where`` is the channel and the platform, separated by a blank."""
    channel, platform = where.split()
    return {
        "order_id": str(number), "customer_id": customer, "paid_at": f"2026-01-{day}T10:00", "status": "completed",
        "paid_amount": paid, "channel_id": channel, "platform": platform,
    }  # fmt: skip


MOVED = shop(
    {
        "orders": [
            order(1, "a", "01", 10, "tmall own"),
            order(2, "a", "05", 20, "own tmall"),
            order(3, "b", "01", 40, "own tmall"),
            order(4, "c", "31", 80, "tmall own"),
        ]
    }  # type: ignore[dict-item]
)


def test_t9_who_is_new_is_decided_before_orders_are_filtered_away() -> None:
    """Customer a came through tmall; his second order through another channel does not make him new there."""
    assert MOVED.value("new_buyers", where=(("channel", ("own",)),)) == 1
    [estimate] = MOVED.ask("repurchase_10d", where=(("channel", ("own",)),))
    assert (estimate.value, estimate.n) == (0, 1)


@pytest.mark.parametrize(("dimension", "sold"), [("channel", 60), ("platform", 90)])
def test_t9_a_filter_uses_its_own_column(dimension: str, sold: int) -> None:
    """Channel and platform hold the same words, crosswise."""
    assert MOVED.value("gmv", where=((dimension, ("own",)),)) == sold


def test_t9_where_everybody_keeps_to_one_channel_a_filter_gives_the_channel_alone() -> None:
    kept = [order(1, "a", "01", 10, "own own"), order(2, "a", "05", 20, "own own"), order(3, "b", "01", 40, "tmall tmall"), order(4, "b", "31", 80, "tmall tmall")]  # fmt: skip
    both, alone = shop({"orders": kept}), shop({"orders": [*kept[:2], order(9, "z", "31", 1, "own own")]})  # type: ignore[dict-item]
    for here in (both, alone):
        [estimate] = here.ask("repurchase_10d", where=(("channel", ("own",)),))
        assert (estimate.value, estimate.n) == (1, 1)
