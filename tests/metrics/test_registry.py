"""What must hold for every declaration."""

import re
from pathlib import Path

import pytest

from ecodash.core.errors import UnknownName
from ecodash.core.schema import TABLES
from ecodash.facts import FACTS
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.docs import render
from ecodash.metrics.metric import Metric, Ratio, Sum
from ecodash.metrics.registry import FAMILIES, METRICS, find, resolve
from tests.metrics.shop import purchases

ALL = list(METRICS.values())
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_concepts_share_a_label(language: str) -> None:
    for declared in (METRICS, DIMENSIONS):
        names = [one.name.to(language) for one in declared.values()]  # type: ignore[attr-defined]
        assert len(set(names)) == len(names)


def test_the_price_of_a_buyer_an_order_and_an_item_are_told_apart() -> None:
    assert (METRICS["spend_per_buyer"].name.zh, METRICS["aov"].name.zh, METRICS["price_per_item"].name.zh) == (
        "客单价",
        "笔单价",
        "件单价",
    )
    assert "aov" in METRICS["spend_per_buyer"].not_the_same_as


@pytest.mark.parametrize("metric", ALL, ids=lambda m: m.id)
def test_every_metric_is_declared_whole(metric: Metric) -> None:
    texts = [metric.name, metric.meaning, metric.formula, metric.grain]
    texts += [text for d in metric.definitions for text in (d.name, d.meaning)]
    assert all(HAN.search(t.zh) and t.en and not HAN.search(t.en) for t in texts)
    assert metric.family in FAMILIES
    assert metric.source
    assert metric.definitions
    assert metric.default is metric.definitions[0]
    assert len({d.id for d in metric.definitions}) == len(metric.definitions)
    for table, columns in metric.requires:
        assert set(columns) <= set(TABLES[table].column_names)
    for other in metric.not_the_same_as:
        assert other in METRICS
        assert other != metric.id


@pytest.mark.parametrize("metric", ALL, ids=lambda m: m.id)
def test_confusions_and_customer_needs_are_consistent(metric: Metric) -> None:
    needs_buyer = any("customer_id" in columns for _, columns in metric.requires)
    assert metric.of_customers == needs_buyer
    if metric.needs_history:
        assert metric.of_customers


def test_amounts_named_by_metrics_exist_and_read_columns_that_facts_have() -> None:
    for metric in ALL:
        for definition in metric.definitions:
            how = definition.how
            names = (
                (how.amount,)
                if isinstance(how, Sum)
                else (how.top, how.bottom, how.n)
                if isinstance(how, Ratio)
                else ()
            )
            assert all(name in AMOUNTS for name in names if name)
    facts = {fact.name for fact in FACTS}
    for amount in AMOUNTS.values():
        assert set(amount.columns) <= facts
    for dimension in DIMENSIONS.values():
        assert set(dimension.columns) <= facts


def test_every_n_day_metric_exists_and_names_itself() -> None:
    assert find("repurchase_7d").name.zh == "首购后7天复购率"
    assert find("repurchase_365d") is METRICS["repurchase_365d"]
    assert find("cohort_repurchase_30d").id == "cohort_repurchase_30d"
    for wrong in ("repurchase_0d", "repurchase_d", "repurchase_99999d", "xrepurchase_30d"):
        with pytest.raises(UnknownName):
            find(wrong)


def test_a_definition_may_be_part_of_the_name_or_of_the_question() -> None:
    assert resolve("aov:net")[1].id == resolve("aov", "net")[1].id == "net"
    with pytest.raises(UnknownName):
        resolve("aov", "gross")


def test_every_definition_of_every_metric_can_be_computed() -> None:
    shop = purchases([("ann", 0), ("ann", 40), ("bob", 3)], end=400)
    for metric in ALL:
        for definition in metric.definitions:
            estimates = shop.ask(f"{metric.id}:{definition.id}")
            assert estimates
            assert {e.metric for e in estimates} == {metric.id}
            assert {e.definition for e in estimates} == {definition.id}
            assert {e.unit for e in estimates} == {metric.unit}
            for estimate in estimates:
                assert (estimate.value is None) == (estimate.status not in {"ok", "too_few"})
                assert estimate.value is not None or estimate.reason is not None


def test_the_documentation_of_metrics_is_current() -> None:
    written = Path(__file__).parents[2] / "docs" / "metrics.md"
    assert written.read_text(encoding="utf-8") == render(), "run `ecodash docs`"


def test_the_documentation_names_every_metric_definition_and_dimension() -> None:
    text = render()
    for metric in ALL:
        assert f"`{metric.id}`" in text
        assert all(f"| `{d.id}` |" in text for d in metric.definitions)
    assert all(f"| `{name}` |" in text for name in DIMENSIONS)
