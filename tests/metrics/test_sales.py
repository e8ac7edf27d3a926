"""Sales metrics on shops small enough to check by hand."""

import pytest

from ecodash.core.estimate import Status
from ecodash.core.period import Period
from ecodash.core.settings import SalesPolicy, Settings
from ecodash.core.unit import Unit
from tests.metrics.shop import Shop, day, purchases, shop

# Four orders: two of Ann (one with a refund of 30), one anonymous, one never paid; and a credit of 15 for Ann.
ROWS = {
    "orders": [
        {"order_id": "1", "customer_id": "ann", "paid_at": "2026-01-05T09:00", "status": "completed",
         "paid_amount": 100, "order_amount": 100, "goods_amount": 120, "discount_amount": 20, "channel_id": "tmall", "platform": "tmall"},
        {"order_id": "2", "customer_id": "ann", "paid_at": "2026-02-10T20:00", "status": "completed",
         "paid_amount": 50, "order_amount": 50, "goods_amount": 50, "refund_amount": 30, "refunded_at": "2026-03-01T10:00",
         "channel_id": "own", "platform": "own"},
        {"order_id": "3", "paid_at": "2026-02-11T21:00", "status": "shipped", "paid_amount": 70, "order_amount": 70,
         "goods_amount": 70, "channel_id": "tmall", "platform": "tmall"},
        {"order_id": "4", "customer_id": "bob", "created_at": "2026-02-12T21:00", "status": "created", "order_amount": 999,
         "goods_amount": 999, "channel_id": "tmall", "platform": "tmall"},
        {"order_id": "5", "customer_id": "ann", "created_at": "2026-02-20T08:00", "document": "credit", "paid_amount": -15,
         "order_amount": -15, "channel_id": "tmall", "platform": "tmall"},
    ],
    "order_items": [
        {"order_id": "1", "line_key": "a", "sku_id": "tea", "category_l1": "drink", "qty": 3, "gross_amount": 90, "paid_amount": 75},
        {"order_id": "1", "line_key": "b", "sku_id": "cup", "category_l1": "ware", "qty": 1, "gross_amount": 30, "paid_amount": 25},
        {"order_id": "2", "line_key": "a", "sku_id": "tea", "category_l1": "drink", "qty": 2, "gross_amount": 50, "paid_amount": 50},
        {"order_id": "3", "line_key": "a", "sku_id": "tea", "category_l1": "drink", "qty": 1, "gross_amount": 40, "paid_amount": 40},
        {"order_id": "3", "line_key": "b", "sku_id": "tea", "category_l1": "drink", "qty": 1, "gross_amount": 30, "paid_amount": 30},
    ],
}  # fmt: skip


@pytest.fixture(params=["polars", "duckdb"], scope="module")
def small(request: pytest.FixtureRequest) -> Shop:
    return shop(ROWS, engine=request.param)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("gmv", 100 + 50 + 70 + 999),
        ("gmv:paid", 220),
        ("paid_amount", 220),
        ("gross_sales", 240),
        ("discount_amount", 20),
        ("refund_amount", 30 + 15),
        ("refund_amount:refund_day", 15),  # the 30 went back after the last day the orders cover
        ("net_sales", 220 - 30 - 15),
        ("orders", 3),
        ("units", 8),
        ("active_buyers", 1),
        ("spend_per_buyer", 150),  # Ann alone: the anonymous 70 belongs to nobody
        ("aov", 220 / 3),
        ("aov:net", 175 / 3),
        ("price_per_item", 220 / 8),
        ("items_per_order", 8 / 3),
        ("orders_per_buyer", 2),
        ("refund_rate_orders", 1 / 3),
        ("refund_rate_amount", 45 / 220),
        ("discount_depth", 20 / 240),
        ("identity_coverage", 2 / 3),
    ],
)
def test_each_metric_gives_the_number_worked_by_hand(small: Shop, metric: str, expected: float) -> None:
    assert small.value(metric) == pytest.approx(expected, abs=1e-12)


def test_by_month_a_month_without_sales_is_zero_and_a_ratio_there_is_empty(small: Shop) -> None:
    assert small.by("paid_amount", "month") == {"2026-01": 100, "2026-02": 120}
    quiet = {"orders": [ROWS["orders"][0], {**ROWS["orders"][1], "paid_at": "2026-03-10T20:00"}]}
    assert shop(quiet).by("paid_amount", "month") == {"2026-01": 100, "2026-02": 0, "2026-03": 50}
    [_, february, _] = shop(quiet).ask("aov", by="month")
    assert (february.status, february.value) == (Status.EMPTY, None)


def test_by_category_orders_are_counted_once_per_category_and_the_total_is_not_their_sum(small: Shop) -> None:
    assert small.by("orders", "category") == {"drink": 3, "ware": 1}
    assert small.value("orders") == 3
    assert small.by("paid_amount", "category") == {"drink": 195, "ware": 25}
    assert small.by("units", "sku") == {"cup": 1, "tea": 7}
    assert small.by("active_buyers", "category") == {"drink": 1, "ware": 1}


def test_filters_are_alternatives_within_and_conditions_across_dimensions(small: Shop) -> None:
    assert small.value("paid_amount", where=(("channel", ("tmall",)),)) == 170
    assert small.value("paid_amount", where=(("channel", ("tmall", "own")),)) == 220
    assert small.value("paid_amount", where=(("channel", ("tmall",)), ("month", ("2026-02",)))) == 70
    assert small.value("paid_amount", where=(("category", ("ware",)),)) == 25
    assert small.value("orders", where=(("hour", ("20", "21")),)) == 2


def test_customers_who_is_another_filter_than_orders_that(small: Shop) -> None:
    # Ann first bought on Tmall: "customers who began on Tmall" keeps her order in the own shop.
    assert small.value("paid_amount", where=(("first_channel", ("tmall",)),)) == 150
    assert small.value("paid_amount", where=(("channel", ("tmall",)), ("first_channel", ("tmall",)))) == 100
    assert small.by("paid_amount", "first_month") == {"(unknown)": 70, "2026-01": 150}


def test_refunds_go_to_the_day_the_policy_says() -> None:
    later = Settings(minimum_sample=1, policy=SalesPolicy(refund_dating="refund"))
    assert shop(ROWS).by("net_sales", "month") == {"2026-01": 100, "2026-02": 75}
    dated = shop(ROWS, settings=later, end=day(70))
    assert dated.by("net_sales", "month") == {"2026-01": 100, "2026-02": 105, "2026-03": -30}
    assert dated.by("refund_amount:refund_day", "month") == {"2026-01": 0, "2026-02": 15, "2026-03": 30}
    assert dated.by("refund_amount", "month") == {"2026-01": 0, "2026-02": 45, "2026-03": 0}
    # The ledger of orders and the cube agree where the cube cannot answer.
    assert dated.value("net_sales", where=(("hour", ("20",)),), window=Period(day(59), day(70))) == -30


def test_a_partial_and_then_a_full_refund_is_one_refunded_order_and_never_more_than_was_paid() -> None:
    order = {**ROWS["orders"][1], "refund_amount": None}
    returns = [
        {"return_id": "r1", "order_id": "2", "refund_amount": 20, "refunded_at": "2026-02-20T10:00"},
        {"return_id": "r2", "order_id": "2", "refund_amount": 50, "refunded_at": "2026-02-25T10:00"},
    ]
    twice = shop({"orders": [order], "returns": returns})
    assert twice.value("refund_amount") == 50
    assert twice.value("refund_rate_orders") == 1
    assert twice.value("net_sales") == 0


def test_units_without_order_lines_are_missing_and_the_reason_names_what_to_upload() -> None:
    [estimate] = purchases([("ann", 0)]).ask("units")
    assert (estimate.status, estimate.value) == (Status.MISSING, None)
    assert estimate.reason is not None
    assert "订单明细" in estimate.reason.zh
    assert "Order lines" in estimate.reason.en


def test_without_orders_everything_is_missing() -> None:
    estimates = shop({}).ask("gmv", "aov", "repurchase_90d", "cohort_retention_curve")
    assert {e.status for e in estimates} == {Status.MISSING}


def test_a_file_without_buyers_says_that_repurchase_is_not_available() -> None:
    anonymous = purchases([(None, 0), (None, 1)])
    estimates = anonymous.ask("repurchase_90d", "active_buyers", "spend_per_buyer", "time_to_second_purchase")
    assert {e.status for e in estimates} == {Status.NOT_APPLICABLE}
    assert estimates[0].reason is not None
    assert "not available" in estimates[0].reason.en
    assert anonymous.value("identity_coverage") == 0
    assert anonymous.value("aov") == 10


def test_outside_the_data_and_filtered_to_nothing_are_empty_with_different_words(small: Shop) -> None:
    [outside] = small.ask("aov", window=Period(day(400), day(430)))
    [filtered] = small.ask("aov", where=(("channel", ("nowhere",)),))
    assert outside.status is filtered.status is Status.EMPTY
    assert outside.reason != filtered.reason
    assert small.ask("gmv", window=Period(day(400), day(430)))[0].status is Status.EMPTY


def test_few_cases_are_flagged_but_shown() -> None:
    [estimate] = purchases([("ann", 0), ("bob", 1)], minimum=30).ask("aov")
    assert (estimate.status, estimate.value, estimate.n) == (Status.TOO_FEW, 10, 2)
    assert estimate.reason is not None


def test_an_open_month_and_a_cut_month_are_marked(small: Shop) -> None:
    codes = {e.by["month"]: [w.code for w in e.warnings] for e in small.ask("paid_amount", by="month")}
    assert codes == {"2026-01": ["partial_period"], "2026-02": ["open_period"]}  # the data begin on 5 January
    [january] = small.ask("paid_amount", by="month", window=Period(day(0), day(9)))
    assert [w.code for w in january.warnings] == ["partial_period"]
    assert january.window == Period(day(0), day(9))


def test_low_identity_coverage_is_said_beside_customer_metrics_only(small: Shop) -> None:
    [buyers, orders] = small.ask("active_buyers", "orders")
    assert buyers.coverage == pytest.approx(2 / 3)
    assert "low_coverage" in [w.code for w in buyers.warnings]
    assert orders.coverage is None
    assert "low_coverage" not in [w.code for w in orders.warnings]


def test_money_without_an_exchange_rate_is_left_out_and_said_to_be() -> None:
    foreign = {**ROWS["orders"][0], "currency": "USD"}
    [paid, orders, aov] = shop({"orders": [foreign, ROWS["orders"][1]]}).ask("paid_amount", "orders", "aov")
    assert (paid.value, orders.value, aov.value) == (50, 2, 50)
    assert "fx_missing" in [w.code for w in paid.warnings]
    assert "fx_missing" not in [w.code for w in orders.warnings]


def test_the_interval_of_a_mean_is_by_customer_and_that_of_a_rate_is_wilson() -> None:
    # three customers, one order each: 10, 20, 30 → mean 20, s.e. 5.7735, t(2) = 4.3027
    [aov] = purchases([("a", 0, 10), ("b", 1, 20), ("c", 2, 30)]).ask("aov")
    assert aov.low == pytest.approx(max(0, 20 - 4.302653 * 5.773503))
    assert aov.high == pytest.approx(20 + 4.302653 * 5.773503)
    [share] = purchases([("a", 0), ("b", 1), ("a", 2), ("c", 2)]).ask("repurchase_rate")
    assert (share.successes, share.n) == (1, 3)
    assert share.low == pytest.approx(0.0615, abs=1e-4)
    assert share.high == pytest.approx(0.7923, abs=1e-4)


def test_units_of_estimates_are_those_declared(small: Shop) -> None:
    assert small.ask("spend_per_buyer")[0].unit is Unit.MONEY_PER_BUYER
    assert small.ask("aov")[0].unit is Unit.MONEY_PER_ORDER


def test_the_largest_groups_can_be_asked_for(small: Shop) -> None:
    assert list(small.by("paid_amount", "sku", limit=1)) == ["tea"]
