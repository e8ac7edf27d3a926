"""RFM: by hand, on the open data sets, and alike customers alike."""

from datetime import date
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.analysis.rfm import SEGMENTS, Rules, by_quantiles, by_rules, cut_offs, movement, rfm, sizes
from tests.analysis.shops import CDNOW_END, cdnow
from tests.shared import needs_shared


def shop(rows: list[tuple[str, int, int, float]]) -> pl.DataFrame:
    return rfm(pl.DataFrame(rows, schema=["customer", "last_day", "orders", "spend"], orient="row"), today=100)


FIVE = shop([("a", 99, 9, 900.0), ("b", 90, 1, 50.0), ("c", 80, 1, 40.0), ("d", 50, 1, 30.0), ("e", 10, 1, 20.0)])


def test_five_customers_by_hand() -> None:
    # four of five have one order: average rank 2.5 of 5 → ⌈2 · 2.5 / 5⌉ = 1, the other ⌈2 · 5 / 5⌉ = 2
    scored = by_quantiles(FIVE)
    assert scored["recency"].to_list() == [1, 10, 20, 50, 90]
    assert scored["r"].to_list() == [5, 4, 3, 2, 1]
    assert scored["f"].to_list() == [2, 1, 1, 1, 1]
    assert scored["m"].to_list() == [5, 4, 3, 2, 1]
    assert scored["segment"].to_list() == ["champions", "develop", "asleep", "asleep", "asleep"]


def test_rules_mean_the_same_every_month() -> None:
    rules = Rules(recency=(10, 30), frequency=(2,), money=(30.0, 40.0))
    scored = by_rules(FIVE, rules)
    assert scored["r"].to_list() == [3, 3, 2, 1, 1]
    assert scored["f"].to_list() == [2, 1, 1, 1, 1]
    assert scored["m"].to_list() == [3, 3, 3, 2, 1]
    assert scored["segment"].to_list() == ["champions", "develop", "win_back", "asleep", "asleep"]
    assert by_rules(FIVE.head(2), rules)["r"].to_list() == [3, 3]


@pytest.mark.parametrize(
    ("recency", "orders", "spend", "segment"),
    [
        (1, 9, 9.0, "champions"),
        (1, 1, 9.0, "develop"),
        (9, 9, 9.0, "keep"),
        (9, 1, 9.0, "win_back"),
        (1, 9, 1.0, "regulars"),
        (1, 1, 1.0, "newcomers"),
        (9, 9, 1.0, "fading"),
        (9, 1, 1.0, "asleep"),
    ],
)
def test_three_highs_make_eight_segments(recency: int, orders: int, spend: float, segment: str) -> None:
    scored = by_rules(shop([("x", 100 - recency, orders, spend)]), Rules(recency=(5,), frequency=(5,), money=(5.0,)))
    assert scored["segment"].to_list() == [segment]
    assert segment in SEGMENTS


def test_cut_offs_say_what_a_score_means() -> None:
    assert cut_offs(by_quantiles(FIVE)).filter(pl.col("measure") == "frequency").rows() == [
        ("frequency", 1, 1.0, 1.0, 4),
        ("frequency", 2, 9.0, 9.0, 1),
    ]


def test_sizes_add_up_and_money_of_nothing_has_no_share() -> None:
    found = sizes(by_quantiles(FIVE))
    assert found["segment"].to_list() == ["champions", "develop", "asleep"]
    assert found["customers"].to_list() == [1, 1, 3]
    assert found["customer_share"].sum() == pytest.approx(1)
    assert found["money_share"].to_list() == pytest.approx([900 / 1040, 50 / 1040, 90 / 1040])
    assert sizes(by_quantiles(FIVE.with_columns(money=0.0)))["money_share"].null_count() > 0


def test_movement_counts_who_came_who_went_and_who_changed() -> None:
    before = pl.DataFrame({"customer": ["a", "b", "c"], "segment": ["keep", "keep", "asleep"]})
    after = pl.DataFrame({"customer": ["b", "c", "d"], "segment": ["keep", "champions", "newcomers"]})
    assert set(movement(before, after).rows()) == {
        ("keep", None, 1),
        ("keep", "keep", 1),
        ("asleep", "champions", 1),
        (None, "newcomers", 1),
    }


@needs_shared
def test_cdnow_has_as_many_best_customers_as_two_other_programs_found() -> None:
    table = cdnow().group_by("customer").agg(last_day=pl.col("day").max(), orders=pl.len(), spend=pl.col("value").sum())
    today = (date(1998, 7, 1) - date(1970, 1, 1)).days
    assert today == CDNOW_END + 1
    scored = by_quantiles(rfm(table, today=today))
    assert scored["recency"].median() == 474
    assert scored.filter((pl.col("r") == 5) & (pl.col("f") == 5) & (pl.col("m") == 5)).height == 258


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_alike_customers_score_alike_and_more_never_scores_less(rows: list[tuple[int, int, int]]) -> None:
    scored = by_quantiles(shop([(str(i), 100 - day, n, float(m)) for i, (day, n, m) in enumerate(rows)]))
    for name, score, sign in (("recency", "r", -1), ("frequency", "f", 1), ("money", "m", 1)):
        pairs = sorted((sign * value, points) for value, points in scored.select(name, score).rows())
        assert all(points <= more for (_, points), (_, more) in pairwise(pairs))
        assert len({points for _, points in pairs}) <= len({value for value, _ in pairs})
        assert 1 <= min(points for _, points in pairs) <= max(points for _, points in pairs) <= 5


def test_nobody_gives_no_scores() -> None:
    scored = by_quantiles(FIVE.clear())
    assert (scored.height, sizes(scored).height, cut_offs(scored).height) == (0, 0, 0)
