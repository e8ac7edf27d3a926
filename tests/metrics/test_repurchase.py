"""N-day repurchase, waiting times, the purchase funnel and cohorts on shops small enough to check by hand."""

import pytest

from ecodash.core.errors import UnknownName
from ecodash.core.estimate import Status
from ecodash.core.period import Period
from tests.metrics.shop import Purchase, Shop, day, purchases

# First purchases in January (days 0–30) and February (31–58); the data end on day 100.
BOUGHT: list[Purchase] = [
    ("ann", 0), ("ann", 30),            # back on day 30 exactly
    ("bob", 2), ("bob", 33),            # back on day 31: too late for 30
    ("cat", 4), ("cat", 4),             # a second order on the first day only
    ("dan", 40), ("dan", 41),
    ("eve", 75),                        # not watched for 30 days
    (None, 50),
]  # fmt: skip


@pytest.fixture(params=["polars", "duckdb"], scope="module")
def five(request: pytest.FixtureRequest) -> Shop:
    return purchases(BOUGHT, engine=request.param, end=100)


@pytest.mark.parametrize(
    ("metric", "successes", "n"),
    [
        ("repurchase_30d", 2, 4),
        ("repurchase_31d", 3, 4),
        ("repurchase_29d", 1, 4),
        ("repurchase_30d:order", 3, 4),
        ("repurchase_30d:unwatched", 2, 5),
        ("repurchase_1d", 1, 5),
        ("repurchase_60d", 3, 4),
        ("repurchase_61d", 2, 3),  # Dan's sixty-first day has not come
    ],
)
def test_everybody_is_watched_for_exactly_n_days(five: Shop, metric: str, successes: int, n: int) -> None:
    [estimate] = five.ask(metric)
    assert (estimate.successes, estimate.n) == (successes, n)
    assert estimate.value == successes / n


def test_customers_not_watched_long_enough_are_said_to_be_left_out(five: Shop) -> None:
    [estimate] = five.ask("repurchase_30d")
    assert "not_watched" in [w.code for w in estimate.warnings]
    assert estimate.coverage == pytest.approx(9 / 10)


def test_a_month_is_shown_only_when_all_its_customers_were_watched(five: Shop) -> None:
    months = {e.by["month"]: e for e in five.ask("repurchase_30d", by="month")}
    assert (months["2026-01"].value, months["2026-01"].n) == (1 / 3, 3)
    assert months["2026-02"].value == 1
    assert (months["2026-03"].status, months["2026-03"].value) == (Status.IMMATURE, None)
    assert months["2026-03"].reason is not None
    assert "2026-04-30" in months["2026-03"].reason.en  # the day it will be known
    assert months["2026-04"].status is Status.EMPTY


def test_n_days_are_counted_from_each_first_purchase_and_not_to_the_end_of_a_month() -> None:
    # Fairview's rate gives a buyer of 1 February 58 days to 31 March; here 30 days are 30 days (T14)
    late = purchases([("ann", 31), ("ann", 31 + 45)], end=120)
    assert late.value("repurchase_30d") == 0


def test_the_curve_uses_the_days_of_those_not_watched_to_the_end(five: Shop) -> None:
    [curve] = five.ask("repurchase_30d:curve")
    # at risk 5 at day 1 (Dan back): 4/5; Eve is lost on day 25; at day 30 three are left, Ann back: 4/5 · 2/3
    assert curve.value == pytest.approx(1 - 4 / 5 * 2 / 3)
    assert curve.low is not None
    assert five.ask("repurchase_365d:curve")[0].status is Status.IMMATURE


def test_the_opening_days_can_be_left_out_of_the_first_purchases(five: Shop) -> None:
    [later] = five.ask("repurchase_30d", opening_days=3)
    assert (later.successes, later.n) == (1, 2)  # Cat and Dan; Ann and Bob may be old customers
    [plain, catalogue] = five.ask("repurchase_90d", "cohort_repurchase_90d")
    assert plain.value == pytest.approx(2 / 3)
    assert "left_truncated" in [w.code for w in plain.warnings]
    assert catalogue.status is Status.EMPTY


def test_filters_speak_about_the_first_purchase_and_say_so(five: Shop) -> None:
    [estimate] = five.ask("repurchase_30d", where=(("channel", ("taobao",)),))
    assert estimate.value == 0.5
    assert "first_purchase" in [w.code for w in estimate.warnings]
    [unable] = five.ask("repurchase_30d", by="sku")
    assert unable.status is Status.NOT_APPLICABLE


def test_the_window_chooses_first_purchases_and_not_what_comes_after(five: Shop) -> None:
    [january] = five.ask("repurchase_31d", window=Period(day(0), day(30)))
    assert (january.successes, january.n) == (2, 3)


def test_time_to_the_second_purchase_counts_those_still_waiting(five: Shop) -> None:
    # back after 1, 30, 31 days; waiting for 25 and 96 days: S = 4/5, then 2 of 3 left · ..., 1 of 2 left
    [estimate] = five.ask("time_to_second_purchase")
    assert estimate.value == 31  # 4/5 · 2/3 = 0.533 after 30 days, 0.267 after 31
    assert (estimate.successes, estimate.n) == (3, 5)
    assert five.ask("time_to_second_purchase", share=0.2)[0].value == 1
    [never] = five.ask("time_to_second_purchase", share=0.9)
    assert (never.status, never.value) == (Status.IMMATURE, None)


def test_the_mean_over_repeaters_is_not_what_is_shown() -> None:
    # one of four came back after 2 days: the repeaters' mean is 2, but fewer than half are back
    [estimate] = purchases([("a", 0), ("a", 2), ("b", 0), ("c", 0), ("d", 0)], end=90).ask("time_to_second_purchase")
    assert estimate.value is None


def test_gaps_between_purchase_days_ignore_orders_of_one_day(five: Shop) -> None:
    # gaps 30, 31, 1
    assert five.value("purchase_interval") == 30
    assert five.ask("purchase_interval")[0].n == 3
    assert five.by("purchase_interval", "month") == {"2026-01": 30, "2026-02": 16}


def test_from_every_purchase_the_wait_after_the_last_one_counts_too() -> None:
    # Ann: gaps 10 and 20, then waits 70; Bob: waits 100
    two = purchases([("ann", 0), ("ann", 10), ("ann", 30), ("bob", 0)], end=100)
    [estimate] = two.ask("median_interpurchase_days")
    assert estimate.value == 20  # S: 3/4 after 10, 2/4 after 20
    assert (estimate.successes, estimate.n) == (2, 4)


def test_the_funnel_gives_every_step_the_same_days(five: Shop) -> None:
    steps = {e.by["step"]: e for e in five.ask("order_sequence", horizon=30)}
    assert (steps["1"].successes, steps["1"].n) == (2, 4)
    assert (steps["2"].successes, steps["2"].n) == (0, 3)  # Ann, Bob and Dan after their second day
    orders = {e.by["step"]: e for e in five.ask("order_sequence:order", horizon=30)}
    assert (orders["1"].successes, orders["1"].n) == (3, 4)
    assert (orders["2"].successes, orders["2"].n) == (0, 4)


def cells(shop: Shop, metric: str, **question: object) -> dict[tuple[str, int], tuple[int | None, Status]]:
    return {(e.by["first_month"], int(e.by["offset"])): (e.successes, e.status) for e in shop.ask(metric, **question)}


def test_the_cohort_matrix_has_cells_up_to_the_open_month_and_none_beyond(five: Shop) -> None:
    found = cells(five, "cohort_retention_curve")
    assert found["2026-01", 0] == (3, Status.OK)
    assert found["2026-01", 1] == (1, Status.OK)  # Bob on day 33
    assert found["2026-01", 2] == (0, Status.OK)  # nobody: a zero, not a blank
    assert found["2026-01", 3] == (0, Status.IMMATURE)  # April has begun and is not over
    assert ("2026-01", 4) not in found  # T2: the future is not filled with zeros
    assert found["2026-02", 1] == (0, Status.OK)
    assert found["2026-03", 0] == (1, Status.OK)
    assert found["all", 1] == (1, Status.OK)


def test_the_summary_row_weighs_mature_cells_only(five: Shop) -> None:
    [row] = [e for e in five.ask("cohort_retention_curve") if e.by == {"first_month": "all", "offset": "1"}]
    assert (row.successes, row.n) == (1, 4)  # January's 3 and February's 1; March is not watched yet


def test_cumulative_cells_never_fall_and_count_the_first_month_too(five: Shop) -> None:
    found = cells(five, "cohort_retention_cumulative")
    assert [found["2026-01", k][0] for k in range(3)] == [1, 2, 2]  # Ann within January, Bob in February
    assert found["2026-02", 0] == (1, Status.OK)  # T13: Dan's second purchase in his first month is repurchase


def test_elapsed_cells_give_every_member_the_same_days(five: Shop) -> None:
    found = cells(five, "cohort_retention_curve:elapsed")
    assert found["2026-01", 0] == (3, Status.OK)
    assert found["2026-01", 1] == (2, Status.OK)  # days 30 to 59 after the first: Ann on 30, Bob on 31
    assert found["2026-01", 2][1] is Status.IMMATURE or found["2026-01", 2][1] is Status.OK
    assert cells(five, "cohort_retention_cumulative:elapsed")["2026-01", 1] == (2, Status.OK)


def test_cohorts_by_another_property_are_their_weighted_summary(five: Shop) -> None:
    rows = {e.by["offset"]: e for e in five.ask("cohort_retention_curve", by="channel")}
    assert rows["1"].by == {"channel": "taobao", "offset": "1"}
    assert (rows["1"].successes, rows["1"].n) == (1, 4)


def test_any_number_of_days_is_a_metric_and_a_wrong_name_names_the_nearest(five: Shop) -> None:
    assert five.value("repurchase_45d") == five.value("repurchase_44d") == 0.75
    with pytest.raises(UnknownName) as said:
        five.ask("repurchase_rat")
    assert said.value.nearest == "repurchase_rate"
    with pytest.raises(UnknownName, match="person_day"):
        five.ask("repurchase_rate", definition="person_days")
    with pytest.raises(UnknownName, match="channel"):
        five.ask("gmv", by="chanel")
