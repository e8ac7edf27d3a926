"""Buyers and the Chinese repurchase family: hand-worked shops and the worked examples of their sources."""

import pytest

from ecodash.core.estimate import Status
from ecodash.core.period import Period
from tests.metrics.shop import Purchase, Shop, day, purchases

# January is days 0–30, February 31–58, March 59–89.
#         Ann: 2 orders on one day, February; Bob: January twice; Cat: February only; Dan: all three months
BOUGHT: list[Purchase] = [
    ("ann", 3), ("ann", 3), ("ann", 40), ("bob", 5), ("bob", 20), ("cat", 45), ("dan", 10), ("dan", 50), ("dan", 70),
    (None, 12),
]  # fmt: skip


@pytest.fixture(params=["polars", "duckdb"], scope="module")
def four(request: pytest.FixtureRequest) -> Shop:
    return purchases(BOUGHT, engine=request.param, end=89)


def test_each_buyer_counts_once_per_month_and_once_in_total(four: Shop) -> None:
    assert four.by("active_buyers", "month") == {"2026-01": 3, "2026-02": 3, "2026-03": 1}
    assert four.value("active_buyers") == 4  # never 3 + 3 + 1


def test_new_buyers_are_counted_in_the_month_of_their_first_order(four: Shop) -> None:
    assert four.by("new_buyers", "month") == {"2026-01": 3, "2026-02": 1, "2026-03": 0}
    assert four.by("new_buyer_share", "month") == {"2026-01": 1, "2026-02": pytest.approx(1 / 3), "2026-03": 0}


def test_buying_twice_in_the_first_month_is_returning_by_the_order_but_not_before_the_window(four: Shop) -> None:
    assert four.by("returning_customer_rate", "month") == {
        "2026-01": pytest.approx(1 / 3),  # Bob came back on the 21st; Ann's two orders are of one day
        "2026-02": pytest.approx(2 / 3),
        "2026-03": 1,
    }
    assert four.by("returning_customer_rate:before_window", "month") == {
        "2026-01": 0,
        "2026-02": pytest.approx(2 / 3),
        "2026-03": 1,
    }


def test_the_whole_history_reading_rewrites_the_past(four: Shop) -> None:
    early = purchases([b for b in BOUGHT if b[1] <= 30], end=30)
    name = "returning_customer_rate:whole_history"
    assert four.by(name, "month")["2026-01"] == 1
    assert early.by(name, "month")["2026-01"] == pytest.approx(2 / 3)  # Dan had not come back yet
    assert "definition" in [w.code for w in four.ask(name)[0].warnings]


def test_share_of_orders_by_returning_customers_counts_orders(four: Shop) -> None:
    # 9 orders of known buyers, 4 of them first ones
    assert four.value("returning_order_share") == pytest.approx(5 / 9)


def test_the_three_readings_of_the_rate_in_a_window_differ_as_they_should(four: Shop) -> None:
    january = Period(day(0), day(30))
    # buyers Ann, Bob, Dan; on two days: Bob; two orders: Ann and Bob; 5 orders of which 2 repeat
    assert four.value("repurchase_rate", window=january) == pytest.approx(1 / 3)
    assert four.value("repurchase_rate:person", window=january) == pytest.approx(2 / 3)
    assert four.value("repurchase_rate:transaction", window=january) == pytest.approx(2 / 5)


def test_splitting_one_purchase_into_two_orders_changes_only_the_reading_by_order() -> None:
    split = purchases([("ann", 3), ("ann", 3), ("bob", 5)])
    assert split.value("repurchase_rate") == 0
    assert split.value("repurchase_rate:person") == 0.5


def test_by_channel_the_window_is_looked_at_within_each_channel() -> None:
    # Ann buys once in each channel: a buyer of both, a repeater of neither.
    rows = [("ann", 0), ("ann", 5), ("bob", 1), ("bob", 9)]
    bought = purchases(rows)
    orders = bought.tables["orders"]
    split = orders["order_id"].replace_strict({"o000001": "own"}, default="taobao")
    two = Shop(tables=bought.tables | {"orders": orders.with_columns(channel_id=split)}, settings=bought.settings)
    assert two.by("active_buyers", "channel") == {"own": 1, "taobao": 2}
    assert two.by("repurchase_rate", "channel") == {"own": 0, "taobao": 0.5}
    assert two.value("repurchase_rate") == 1


def test_cn_fh1_a_hundred_transactions_with_twenty_second_and_ten_third_ones_are_thirty_percent() -> None:
    first = [(f"c{i:02}", i % 7) for i in range(70)]
    again = [(f"c{i:02}", 10 + i % 7) for i in range(20)] + [(f"c{i:02}", 20 + i % 7) for i in range(10)]
    hundred = purchases(first + again)
    assert hundred.value("orders") == 100
    [estimate] = hundred.ask("repurchase_rate:transaction")
    assert (estimate.value, estimate.successes, estimate.n) == (0.30, 30, 100)
    assert hundred.value("repurchase_rate:person") == pytest.approx(20 / 70)


def test_cn_fh1_a_thousand_january_buyers_of_whom_300_buy_in_february_are_thirty_percent() -> None:
    bought = [(f"c{i:04}", i % 31) for i in range(1000)] + [(f"c{i:04}", 31 + i % 28) for i in range(300)]
    shop = purchases(bought + [(f"x{i}", 40) for i in range(50)], end=58)
    [january] = shop.ask("cross_window_rate", window=Period(day(0), day(30)))
    assert (january.value, january.successes, january.n) == (0.30, 300, 1000)
    [again, february] = shop.ask("cross_window_rate", by="month")
    assert again.value == 0.30
    assert (february.status, february.value) == (Status.IMMATURE, None)  # March has not happened


def test_cross_window_rate_by_month_needs_the_whole_next_month(four: Shop) -> None:
    [january, february, march] = four.ask("cross_window_rate", by="month")
    assert january.value == pytest.approx(2 / 3)  # Ann and Dan of Ann, Bob, Dan
    assert february.value == pytest.approx(1 / 3)  # Dan of Ann, Cat, Dan
    assert (march.status, march.n) == (Status.IMMATURE, 1)


def test_cross_window_rate_of_days_looks_at_as_many_days_after(four: Shop) -> None:
    # days 0–10: Ann, Bob, Dan; days 11–21: Bob
    assert four.value("cross_window_rate", window=Period(day(0), day(10))) == pytest.approx(1 / 3)


def test_cross_window_rate_within_a_channel_needs_both_purchases_there(four: Shop) -> None:
    orders = four.tables["orders"]
    elsewhere = orders["order_id"].replace_strict({"o000002": "own"}, default="taobao")  # Ann's February order
    moved = Shop(
        tables=four.tables | {"orders": orders.with_columns(channel_id=elsewhere)}, settings=four.settings, end=day(89)
    )
    january = Period(day(0), day(30))
    assert moved.value("cross_window_rate", window=january) == pytest.approx(2 / 3)
    assert moved.value("cross_window_rate", window=january, where=(("channel", ("taobao",)),)) == pytest.approx(1 / 3)
    rates = {(e.by["channel"], e.by["month"]): e.value for e in moved.ask("cross_window_rate", by="channel,month")}
    assert rates["taobao", "2026-01"] == pytest.approx(1 / 3)
    assert rates["taobao", "2026-02"] == pytest.approx(1 / 2)
    assert rates["own", "2026-02"] == 0


def test_a_guest_refund_makes_nobody_a_returning_customer() -> None:
    # T18: an anonymous order with a refund is no buyer at all
    guests = purchases([(None, 0), (None, 1), ("ann", 2)])
    assert guests.value("returning_customer_rate") == 0
    assert guests.value("active_buyers") == 1


def test_a_first_order_stays_new_whatever_comes_later(four: Shop) -> None:
    # T11: January's new buyers are the same before and after February arrives
    early = purchases([b for b in BOUGHT if b[1] <= 30], end=30)
    assert early.by("new_buyers", "month")["2026-01"] == four.by("new_buyers", "month")["2026-01"] == 3
    assert four.by("orders", "new_returning") == {"anonymous": 1, "new": 4, "returning": 5}
