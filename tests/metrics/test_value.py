"""Customer value from facts: segments, the lapse point and value at equal horizons, on shops small enough to check by hand."""

from datetime import date

import polars as pl
import pytest

from ecodash.analysis.refused import Refused
from ecodash.analysis.rfm import Rules
from ecodash.core.estimate import Status
from ecodash.core.period import Period
from ecodash.metrics.query import Query
from ecodash.metrics.scope import Scope
from ecodash.metrics.value import baskets, lapse, predicted, segments
from ecodash.metrics.value.observed import curve_days, observed
from ecodash.metrics.value.purchases import born_in, customers, looking_back, purchase_days
from tests.metrics.shop import Shop, day, purchases, shop

# anna buys on days 0, 10 and 99, bo twice on day 50, cem on day 20, dan on day 90; the data end on day 99
BOUGHT = [("anna", 0, 100), ("anna", 10, 50), ("anna", 99, 50), ("bo", 50, 30), ("bo", 50, 30), ("cem", 20, 40), ("dan", 90, 10), (None, 95, 999)]  # fmt: skip
RULES = Rules(recency=(10, 60), frequency=(2, 3), money=(40, 100))


def past(here: Shop, end: int | None = None, **question: object) -> Scope:
    window = None if end is None else Period(day(0), day(end))
    found = looking_back(here, Query(window=window, **question))  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_recency_frequency_and_money_by_hand(engine: str) -> None:
    scored = segments.scored(past(purchases(BOUGHT, engine=engine)), RULES).sort("customer")
    assert scored.select("customer", "recency", "frequency", "money").rows() == [
        ("anna", 1, 3, 200.0),  # bought on the last day: 1 day before the day after it
        ("bo", 50, 2, 60.0),
        ("cem", 80, 1, 40.0),
        ("dan", 10, 1, 10.0),
    ]
    assert scored.select("r", "f", "m").rows() == [(3, 3, 3), (2, 2, 2), (1, 1, 2), (3, 1, 1)]
    assert scored["segment"].to_list() == ["champions", "asleep", "asleep", "newcomers"]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_what_comes_after_the_day_in_question_does_not_count(engine: str) -> None:
    early = segments.scored(past(purchases(BOUGHT, engine=engine), 50), RULES).sort("customer")
    cut = purchases([one for one in BOUGHT if one[1] <= 50], end=50)
    assert early.rows() == segments.scored(past(cut), RULES).sort("customer").rows()
    assert early["customer"].to_list() == ["anna", "bo", "cem"]


def test_customers_who_are_alike_always_score_alike() -> None:
    scored = segments.scored(past(purchases([(f"c{i}", 5, 10) for i in range(7)])))
    assert scored.select("r", "f", "m").n_unique() == 1


def test_customers_move_between_segments_and_new_ones_come_from_nowhere() -> None:
    here = purchases(BOUGHT)
    moves = segments.moved(past(here, 89), past(here), RULES)
    assert sorted(moves.rows(), key=str) == sorted(
        # anna: 79 days silent but frequent and dear → back on day 99; bo and cem stay asleep; dan is new
        [("asleep", "asleep", 2), ("win_back", "champions", 1), (None, "newcomers", 1)], key=str
    )  # fmt: skip


def test_a_filter_on_orders_leaves_only_those_orders() -> None:
    rows = [
        {"order_id": f"o{i}", "customer_id": "anna", "created_at": f"{day(i)}T10:00", "paid_at": f"{day(i)}T10:00", "status": "completed", "paid_amount": 10 + i, "channel_id": channel}
        for i, channel in enumerate(("a", "b", "a"))
    ]  # fmt: skip
    found = customers(past(shop({"orders": rows}), where=(("channel", ("a",)),)))
    assert found.select("customer", "orders", "spend").rows() == [("anna", 2, 22.0)]


def test_the_cut_offs_say_what_each_score_means() -> None:
    found = segments.segments(past(purchases(BOUGHT)), RULES)
    assert found.customers == 4
    assert found.cut_offs.filter(pl.col("measure") == "money").rows() == [
        ("money", 1, 10.0, 10.0, 1),
        ("money", 2, 40.0, 60.0, 2),
        ("money", 3, 200.0, 200.0, 1),
    ]
    assert found.grid["customers"].sum() == 4
    assert found.sizes["money"].sum() == pytest.approx(310)


def test_rules_to_begin_with_are_multiples_of_what_an_order_brings() -> None:
    assert segments.shop_rules(past(purchases([("a", 0, 100), ("b", 1, 140)]))).money == (120.0, 240.0, 480.0)
    assert segments.shop_rules(past(purchases([(None, 0, 100)]))).money == ()


def test_nobody_known_has_no_segments() -> None:
    found = segments.segments(past(purchases([(None, 0, 5)])))
    assert (found.customers, found.sizes.height, found.cut_offs.height) == (0, 0, 0)
    assert looking_back(shop({"orders": []}), Query()) is None


def every_ten_days(people: int = 60) -> Shop:
    """Everybody buys on days 0, 10 and 20; a third of them once more on day 60; watched until day 99."""
    rows = [(f"c{i}", when) for i in range(people) for when in (0, 10, 20)]
    return purchases([*rows, *((f"c{i}", 60) for i in range(people // 3))], end=99)


def test_the_lapse_point_lies_where_nine_of_ten_returns_have_come() -> None:
    # 200 waits: 120 end after 10 days (60 % back); of 60 still watched after 40 days 20 end then (1 − 0.4 · 2/3 = 73 % back)
    # so 0.6 / 0.73 = 82 % of those who return are back by day 10, and all by day 40
    found = lapse.standings(past(every_ten_days()))
    assert not isinstance(found.point, Refused)
    assert (found.point.at_risk_after, found.point.lapsed_after) == (10, 40)
    # silent since day 60: 39 days, at risk; silent since day 20: 79 days, lapsed
    assert dict(found.table.select("standing", "customers").rows()) == {"active": 0, "at_risk": 20, "lapsed": 40}
    [days], [gone] = every_ten_days().ask("lapse_days"), every_ten_days().ask("lapsed_customer_share")
    assert (days.value, gone.value, gone.successes, gone.n) == (40, pytest.approx(2 / 3), 40, 60)


def test_too_few_returns_have_no_lapse_point() -> None:
    found = lapse.standings(past(purchases(BOUGHT)))
    assert isinstance(found.point, Refused)
    assert found.table.is_empty()
    assert purchases(BOUGHT).ask("lapse_days")[0].value is None


def test_value_at_a_horizon_counts_only_customers_watched_that_long() -> None:
    # within 30 days: anna 150, bo 60, cem 40; dan was watched for 9 days only. Within 90 days only anna: 150
    here = purchases(BOUGHT, end=99)
    found = observed(past(here), (30, 90)).table
    assert found.select("days", "customers", "value").rows() == [(30, 3, pytest.approx(250 / 3)), (90, 1, 150.0)]
    assert here.value("ltv_30d") == pytest.approx(250 / 3)
    assert here.ask("ltv_365d")[0].status is Status.IMMATURE


def test_a_value_curve_is_about_the_same_customers_all_along() -> None:
    found = observed(past(purchases(BOUGHT, end=99)), curve_days(70), watched=70).table
    assert found.select("days", "customers", "value").rows() == [
        (0, 2, 70.0),
        (30, 2, 95.0),
        (60, 2, 95.0),
        (70, 2, 95.0),
    ]


def test_later_orders_never_change_a_value_that_is_due() -> None:
    early = observed(past(purchases([one for one in BOUGHT if one[1] <= 60], end=60)), (30,)).table
    late = observed(past(purchases(BOUGHT, end=60), 20), (30,)).table
    assert early.filter(pl.col("days") == 30)["value"].to_list() == [pytest.approx((150 + 40) / 2)]
    assert late["value"].to_list() == [pytest.approx((150 + 40) / 2)]


def goods(cost: float | None) -> Shop:
    """Two orders of 100 by one customer, the second half refunded; each line with its cost."""
    orders = [
        {"order_id": f"o{i}", "customer_id": "anna", "created_at": f"{day(i)}T10:00", "paid_at": f"{day(i)}T10:00", "status": "completed", "paid_amount": 100, "refund_amount": 50 * i}
        for i in (0, 1)
    ]  # fmt: skip
    items = [
        {"order_id": f"o{i}", "line_key": "1", "sku_id": "s", "qty": 1, "paid_amount": 100, "cost_amount": cost}
        for i in (0, 1)
    ]
    return shop({"orders": orders, "order_items": items}, end=day(40))


@pytest.mark.parametrize(("cost", "basis", "value"), [(60.0, "margin", 150 - 120), (None, "sales", 150)])
def test_value_is_counted_on_margin_where_costs_are_known_and_on_sales_otherwise(
    cost: float | None, basis: str, value: float
) -> None:
    found = observed(past(goods(cost)), (30,))
    assert found.costs.basis == basis
    assert found.costs.coverage == (1.0 if cost else 0.0)
    assert found.table["value"].to_list() == [value]
    [estimate] = goods(cost).ask("ltv_30d")
    assert [one.code for one in estimate.warnings if one.code.startswith("on_")] == [f"on_{basis}"]


def test_few_customers_have_no_forecast_and_the_reason_is_said() -> None:
    found = predicted.predicted(past(purchases(BOUGHT)))
    assert isinstance(found, Refused)
    [estimate] = purchases(BOUGHT).ask("expected_value_365d")
    assert estimate.value is None
    assert estimate.reason is not None


def test_orders_of_one_day_are_one_purchase() -> None:
    assert purchase_days(past(purchases(BOUGHT))).filter(pl.col("customer") == "bo").rows() == [("bo", 20504, 60.0)]
    assert (day(50) - date(1970, 1, 1)).days == 20504


def basket_shop() -> Shop:
    """Thirty customers buy tent and lamp together, thirty a mug alone; ten of each come back for a sock."""
    orders, items = [], []
    for i in range(60):
        held = ("tent", "lamp") if i < 30 else ("mug",)
        wanted = [(0, held), *([(20, ("sock",))] if i % 3 == 0 else [])]
        for when, skus in wanted:
            name = f"o{i}-{when}"
            orders.append({"order_id": name, "customer_id": f"c{i}", "created_at": f"{day(when)}T10:00", "paid_at": f"{day(when)}T10:00", "status": "completed", "paid_amount": 10})  # fmt: skip
            items += [{"order_id": name, "line_key": sku, "sku_id": sku, "product_name": sku.title(), "qty": 1, "paid_amount": 10} for sku in skus]  # fmt: skip
    return shop({"orders": orders, "order_items": items})


def test_pairs_bought_together_by_hand() -> None:
    # 80 baskets: 30 with tent and lamp, 30 with a mug, 20 with a sock; lift of tent and lamp = (30/80) / (30/80)²
    [pair] = baskets.basket_pairs(past(basket_shop())).rows(named=True)
    assert (pair["first"], pair["second"], pair["baskets"]) == ("lamp", "tent", 30)
    assert (pair["support"], pair["confidence"], pair["lift"]) == (30 / 80, 1.0, pytest.approx(80 / 30))
    assert (pair["first_name"], pair["second_name"]) == ("Lamp", "Tent")


def test_what_a_group_has_is_not_what_it_is_to_buy_next() -> None:
    found = baskets.next_products(past(basket_shop()), {"campers": [f"c{i}" for i in range(30)], "nobody": []})
    listed = found.lists.filter(pl.col("group") == "campers")
    assert listed["rank"].to_list() == list(range(1, listed.height + 1))
    assert set(listed["item"]) <= {"mug", "sock"}
    assert found.lists.filter(pl.col("group") == "nobody").is_empty()
    assert (found.items, found.customers, found.similar) == (4, 60, True)


def test_value_can_be_split_by_what_the_first_purchase_was_like() -> None:
    here = purchases(BOUGHT, end=99)
    found = born_in(here, Query(by="first_channel"))
    assert found is not None
    assert observed(found, (30,)).table["group"].to_list() == ["taobao"]
