"""Explanations: the words, the numbers in the formula, who is in and out, and other readings."""

import pytest

from ecodash.core.errors import MissingData, UnknownName
from ecodash.metrics.engine import explain, rows
from ecodash.metrics.query import Query
from tests.metrics.shop import Shop, purchases, shop
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
    text = explain(small, "refund_rate_orders", Query()).to_text("en")
    assert "orders with a refund 1 ÷ orders 3 = 33.3%" in text


def test_who_is_left_out_and_why_is_counted(small: Shop) -> None:
    found = explain(small, "spend_per_buyer", Query())
    assert {part.name.en: part.count for part in found.excluded} == {
        "not paid": 1,
        "credits (lower the money, are no orders)": 1,
        "orders of unknown buyers": 1,
    }
    assert {part.name.en: part.count for part in found.included} == {"rows above the line": 2, "rows below the line": 1}


def test_sources_are_the_loads_the_rows_came_from(small: Shop) -> None:
    assert explain(small, "orders", Query()).loads == ((1, 3),)


def test_the_other_definitions_are_computed_on_the_same_data(small: Shop) -> None:
    others = {(e.metric, e.definition): e.value for _, e in explain(small, "aov", Query()).others}
    assert others["aov", "net"] == pytest.approx(175 / 3)
    assert others["spend_per_buyer", "standard"] == 150


def test_the_query_is_sql_or_a_plan_and_names_the_fact(small: Shop) -> None:
    query = explain(small, "repurchase_30d", Query()).query
    assert query.startswith("WITH ") == (small.engine == "duckdb")
    assert "first_day" in query


def test_text_is_in_the_language_asked_for_and_json_has_both(small: Shop) -> None:
    found = explain(small, "paid_amount", Query())
    assert found.to_text("zh").startswith("支付金额：")
    assert found.to_text("en").startswith("Amount paid: ")
    written = found.to_json()
    assert list(written) == [
        "metric", "sentence", "formula", "with_numbers", "definition", "not_the_same_as", "included", "excluded",
        "estimate", "loads", "query", "others",
    ]  # fmt: skip


def test_a_number_that_is_not_there_is_explained_by_its_reason() -> None:
    text = explain(purchases([(None, 0)]), "repurchase_90d", Query()).to_text("zh")
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
