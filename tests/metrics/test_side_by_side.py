"""The period of comparison under a chart, and groups side by side, on shops small enough to check by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics.alongside import alongside
from ecodash.metrics.comparison import Against, Comparison
from ecodash.metrics.computing import compute
from ecodash.metrics.query import Query
from ecodash.metrics.ranking import REST, adds_up, over_time, ranking
from tests.metrics.shop import Shop, day, purchases, shop


def days(first: int, last: int) -> Period:
    return Period(day(first), day(last))


def against(window: Period, before: Period) -> Comparison:
    return Comparison(window=window, before=before, against=Against.PREVIOUS, words=Text("上期", "before"))


BOUGHT = purchases([("ann", 0, 5), ("ann", 1, 7), ("bob", 3, 11), ("ann", 8, 100), ("cid", 9, 1)], end=13)
COMPARED = against(days(7, 13), days(0, 6))


def values(metric: str, spans: list[Period], compared: Comparison = COMPARED) -> list[tuple[Period, float | None]]:
    found = alongside(BOUGHT, metric, Query(window=compared.window), comparison=compared, spans=spans)
    return [(one.window, one.value) for _, one in found if one.window]


def test_every_step_of_the_window_is_laid_on_the_days_as_far_before() -> None:
    spans = [days(7, 8), days(9, 10), days(11, 13)]
    assert values("net_sales", spans) == [(days(0, 1), 12.0), (days(2, 3), 11.0), (days(4, 6), 0.0)]


def test_buyers_are_counted_once_per_step_not_once_per_day() -> None:
    assert values("active_buyers", [days(7, 13)]) == [(days(0, 6), 2.0)]
    assert values("active_buyers", [days(7, 8)]) == [(days(0, 1), 1.0)]


def test_an_average_is_computed_over_the_days_of_the_step() -> None:
    assert values("aov", [days(7, 13)]) == [(days(0, 6), pytest.approx(23 / 3))]
    assert values("aov", [days(11, 13)]) == [(days(4, 6), None)]  # no order: there is no average


@pytest.mark.parametrize(
    "metric", ["net_sales", "orders", "aov", "discount_depth", "refund_rate_amount", "active_buyers"]
)
def test_every_step_is_what_the_engine_says_about_its_days(metric: str) -> None:
    for under, value in values(metric, [days(7, 8), days(9, 10), days(7, 13)]):
        said = compute(BOUGHT, [metric], Query(window=under))[0].value
        assert value == (None if said is None else pytest.approx(said))


def test_an_unfinished_step_is_compared_with_as_many_days() -> None:
    assert values("net_sales", [days(13, 13)]) == [(days(6, 6), 0.0)]


def test_a_step_beyond_a_shorter_comparison_has_nothing_under_it() -> None:
    shorter = against(days(7, 13), days(0, 2))
    assert values("net_sales", [days(7, 8), days(9, 12), days(12, 13)], shorter) == [
        (days(0, 1), 12.0),
        (days(2, 2), 0.0),
    ]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.integers(0, 27), st.integers(1, 999)), min_size=1))
def test_the_steps_under_a_window_add_up_to_the_period_of_comparison(bought: list[tuple[str | None, int, int]]) -> None:
    source = purchases(bought, end=27)
    compared = against(days(14, 27), days(0, 13))
    spans = [days(first, min(first + 4, 27)) for first in range(14, 28, 5)]
    found = alongside(source, "net_sales", Query(), comparison=compared, spans=spans)
    whole = compute(source, ["net_sales"], Query(window=compared.before))[0].value or 0.0
    assert sum(one.value or 0.0 for _, one in found) == pytest.approx(whole)


def sales(of: dict[str, dict[int, float]]) -> Shop:
    return shop(
        {
            "orders": [
                {"order_id": f"{channel}{at}", "customer_id": channel, "paid_at": f"{day(at)}T10:00", "status": "completed",
                 "paid_amount": paid, "order_amount": paid, "platform": channel, "channel_id": channel}
                for channel, bought in of.items() for at, paid in bought.items()
            ]
        },
        end=day(13),
    )  # fmt: skip


THREE = sales({"jd": {0: 40, 8: 60}, "tmall": {1: 100, 9: 30}, "gone": {2: 5}, "new": {10: 10}})


def ranked(metric: str) -> dict[str, dict[str, object]]:
    now = compute(THREE, [metric], Query(window=days(7, 13), by="channel"))
    before = compute(THREE, [metric], Query(window=days(0, 6), by="channel"))
    whole = compute(THREE, [metric], Query(window=days(7, 13)))[0]
    return {row["code"]: row for row in ranking(now, before, by="channel", whole=whole).iter_rows(named=True)}


def test_groups_are_ranked_with_share_and_change_and_those_gone_are_not_forgotten() -> None:
    found = ranked("net_sales")
    assert list(found) == ["jd", "tmall", "new", "gone"]
    assert [found[code]["share"] for code in ("jd", "tmall", "new", "gone")] == [0.6, 0.3, 0.1, 0.0]
    assert [found[code]["change"] for code in ("jd", "tmall", "gone")] == [0.5, -0.7, -1.0]
    assert (found["new"]["before"], found["new"]["change"]) == (None, None)
    assert found["gone"]["difference"] == -5


def test_what_does_not_add_up_has_no_share() -> None:
    assert [row["share"] for row in ranked("active_buyers").values()] == [None] * 4
    assert [row["share"] for row in ranked("aov").values()] == [None] * 4
    assert ranked("aov")["gone"]["value"] is None
    assert (adds_up("net_sales"), adds_up("active_buyers"), adds_up("aov")) == (True, False, False)


def test_the_largest_groups_and_the_rest_make_up_every_step() -> None:
    found = over_time(THREE, "net_sales", Query(by="week", window=days(0, 13)), by="channel", top=["jd", "tmall"])
    whole = {one.by["week"]: one.value for one in compute(THREE, ["net_sales"], Query(by="week", window=days(0, 13)))}
    sums: dict[str, float] = {}
    for one in found:
        sums[one.by["week"]] = sums.get(one.by["week"], 0.0) + (one.value or 0.0)
    assert sums == whole
    assert {one.by["channel"] for one in found} == {"jd", "tmall", REST}
    assert over_time(THREE, "aov", Query(by="week"), by="channel", top=["jd"]) == []


def test_a_group_that_adds_nothing_in_either_period_is_left_out() -> None:
    source = sales({"jd": {0: 40, 8: 60}, "free": {1: 0, 9: 0}})
    now = compute(source, ["net_sales"], Query(window=days(7, 13), by="channel"))
    before = compute(source, ["net_sales"], Query(window=days(0, 6), by="channel"))
    whole = compute(source, ["net_sales"], Query(window=days(7, 13)))[0]
    assert ranking(now, before, by="channel", whole=whole)["code"].to_list() == ["jd"]
