"""Explanations: the words, the numbers in the formula, who is in and out, and other readings."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.core.errors import MissingData, UnknownName
from ecodash.core.period import Period
from ecodash.metrics.engine import explain, rows
from ecodash.metrics.explanation_text import PARTS, to_json, to_text
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from tests.metrics.shop import Shop, day, purchases, shop
from tests.metrics.test_sales import ROWS


@pytest.fixture(params=["polars", "duckdb"], scope="module")
def small(request: pytest.FixtureRequest) -> Shop:
    return shop(ROWS, engine=request.param)


def test_the_formula_carries_these_numbers(small: Shop) -> None:
    found = explain(small, "aov", Query())
    assert found.formula is not None
    assert "220" in found.formula.zh
    assert "3" in found.formula.zh
    assert "73.33" in found.formula.zh
    text = to_text(explain(small, "refund_rate_orders", Query()), "en")
    assert "orders with a refund 1 ÷ orders 3 = 33.3%" in text


def test_who_is_left_out_and_why_is_counted(small: Shop) -> None:
    [documents] = explain(small, "spend_per_buyer", Query()).populations
    assert (documents.total, documents.counted) == (5, 2)
    assert {part.code: part.count for part in documents.excluded} == {"unpaid": 1, "credit": 1, "anonymous": 1}


def test_a_document_is_left_out_for_its_first_reason_only(small: Shop) -> None:
    query = Query(window=Period(day(31), day(58)), where=(("channel", ("own",)),))
    [documents] = explain(small, "paid_amount", query).populations
    assert {part.code: part.count for part in documents.excluded} == {"window": 1, "filtered": 3}
    assert (documents.total, documents.counted) == (5, 1)


def test_what_adds_to_the_number_counts_even_if_it_is_no_sale(small: Shop) -> None:
    [ordered] = explain(small, "gmv", Query()).populations
    assert (ordered.counted, [part.code for part in ordered.excluded]) == (4, ["credit"])
    [net] = explain(small, "net_sales", Query()).populations
    assert (net.counted, [part.code for part in net.excluded]) == (4, ["unpaid"])


def test_customers_not_watched_or_seen_first_in_the_opening_days_are_counted_out() -> None:
    shop = purchases([("ann", 0), ("ann", 9), ("bob", 40), ("cat", 95), (None, 50)], end=100)
    found = explain(shop, "repurchase_30d", Query(opening_days=10))
    people, orders = found.populations
    assert (people.total, people.counted) == (3, 1)
    assert {part.code: part.count for part in people.excluded} == {"opening": 1, "unwatched": 1}
    assert (orders.total, orders.counted, orders.excluded[0].code) == (5, 4, "anonymous")


def test_sources_are_the_loads_the_rows_came_from(small: Shop) -> None:
    assert explain(small, "orders", Query()).loads == ((1, 3),)


def test_the_other_definitions_are_computed_on_the_same_data_and_compared_where_units_agree(small: Shop) -> None:
    others = {(o.estimate.metric, o.estimate.definition): o for o in explain(small, "aov", Query()).others}
    assert others["aov", "net"].estimate.value == pytest.approx(175 / 3)
    assert others["aov", "net"].differs == pytest.approx(-15)
    assert others["spend_per_buyer", "standard"].estimate.value == 150
    assert others["spend_per_buyer", "standard"].differs is None  # per buyer is not per order


def test_a_metric_with_many_numbers_is_explained_by_the_first_step_of_all() -> None:
    shop = purchases([("ann", 0), ("ann", 40), ("bob", 3)], end=200)
    assert explain(shop, "order_sequence", Query()).estimate.by == {"step": "1"}
    assert explain(shop, "cohort_retention_curve", Query()).estimate.by == {"first_month": "all", "offset": "1"}


def test_the_query_is_said_in_words_written_like_sql_and_shown_as_run(small: Shop) -> None:
    found = explain(small, "repurchase_30d", Query(where=(("channel", ("it's",)),), opening_days=5))
    assert found.statement is None  # nobody is left, so nothing was asked
    found = explain(small, "refund_rate_amount", Query(where=(("channel", ("tmall", "it's")),)))
    assert found.statement is not None
    assert found.statement.sql.splitlines() == [
        "SELECT sum(refund) / sum(paid)",
        "FROM orders  -- one row per order document, with the customer's sequence as of the order",
        "WHERE day BETWEEN DATE '2026-01-05' AND DATE '2026-02-20'",
        "  AND channel IN ('tmall', 'it''s')",
    ]
    assert "渠道为 tmall、it's" in found.statement.words.zh
    assert "Σ refunds ÷ Σ amount paid" in found.statement.words.en
    assert "channel_id" in found.query
    within = explain(small, "repurchase_30d:order", Query(window=Period(day(0), day(10))))
    assert within.statement is not None
    assert "second_order_day - first_day <= 30" in within.statement.sql


def test_text_has_eight_parts_in_order_in_the_language_asked_for(small: Shop) -> None:
    for metric in METRICS:
        found = explain(small, metric, Query())
        for language in ("zh", "en"):
            text = to_text(found, language)
            places = [text.index(part.to(language)) for part in PARTS]
            assert places == sorted(places)
            assert not re.search(r"\bNone\b|\{|nan", text.partition(PARTS[6].to(language))[0])


def test_json_has_the_parts_in_order_and_plain_values(small: Shop) -> None:
    written = to_json(explain(small, "paid_amount", Query()))
    assert list(written) == [
        "metric", "sentence", "formula", "with_numbers", "definition", "not_the_same_as", "populations", "estimate",
        "as_of", "identity_bounds", "origins", "query", "others",
    ]  # fmt: skip
    assert json.loads(json.dumps(written)) == written


def test_the_bounds_hold_whoever_the_unknown_buyers_are() -> None:
    known = [("ann", 0), ("ann", 20), ("bob", 3), (None, 5), (None, 25)]
    found = explain(purchases(known, end=60), "repurchase_rate", Query())
    assert found.bounds is not None
    assert (found.bounds.all_new, found.bounds.all_old) == (pytest.approx(1 / 4), 1.0)
    assert explain(purchases([("ann", 0), ("ann", 20)]), "repurchase_rate", Query()).bounds is None


hidden = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(0, 120), st.booleans()), min_size=3, max_size=14
).filter(lambda sold: any(not hide for _, _, hide in sold))


@settings(max_examples=12)
@given(hidden)
def test_the_truth_lies_within_the_bounds_when_identities_are_hidden(sold: list[tuple[str, int, bool]]) -> None:
    ordered = sorted(sold, key=lambda one: one[1])
    seen = purchases([(None if hide else who, offset) for who, offset, hide in ordered], end=150)
    truth = purchases([(who, offset) for who, offset, _ in ordered], end=150)
    window = Period(day(20), day(90))
    for metric in ("repurchase_rate", "repurchase_rate:person", "returning_customer_rate", "repurchase_30d",
                   "cross_window_rate"):  # fmt: skip
        bounds = explain(seen, metric, Query(window=window)).bounds
        real = truth.value(metric, window=window)
        if bounds is not None and real is not None and bounds.low is not None and bounds.high is not None:
            assert bounds.low - 1e-9 <= real <= bounds.high + 1e-9, metric


def test_a_number_that_is_not_there_is_explained_by_its_reason() -> None:
    text = to_text(explain(purchases([(None, 0)]), "repurchase_90d", Query()), "zh")
    assert "没有买家标识" in text
    assert explain(shop({}), "gmv", Query()).estimate.status == "missing"


def test_a_split_question_is_explained_as_a_whole(small: Shop) -> None:
    assert explain(small, "orders", Query(by="month")).estimate.value == 3


def test_rows_name_the_file_row_the_group_and_what_each_adds(small: Shop) -> None:
    found = rows(small, "refund_rate_amount", Query(by="month"))
    assert found.select("order_id", "row_no", "month", "numerator", "denominator").rows() == [
        ("1", 1, "2026-01", 0.0, 100.0),
        ("2", 2, "2026-02", 30.0, 50.0),
        ("3", 3, "2026-02", 0.0, 70.0),
        ("5", 5, "2026-02", 15.0, 0.0),
    ]
    assert found["day"].dtype.is_temporal()


def test_rows_can_be_limited_and_keep_their_order(small: Shop) -> None:
    assert rows(small, "orders", Query(), limit=2)["order_id"].to_list() == ["1", "2"]


def test_rows_by_product_are_order_lines(small: Shop) -> None:
    found = rows(small, "units", Query(by="category"))
    assert found.select("order_id", "line_key", "category", "numerator").rows() == [
        ("1", "a", "drink", 3.0),
        ("1", "b", "ware", 1.0),
        ("2", "a", "drink", 2.0),
        ("3", "a", "drink", 1.0),
        ("3", "b", "drink", 1.0),
    ]


def test_rows_that_cannot_be_are_refused_in_words(small: Shop) -> None:
    with pytest.raises(MissingData):
        rows(shop({}), "gmv", Query())
    with pytest.raises(MissingData, match="cannot be split"):
        rows(small, "gmv", Query(by="sku"))
    with pytest.raises(UnknownName):
        rows(small, "gnv", Query())
