"""Every indicator of the catalogue is a metric of the registry, once, with the words and needs of the catalogue."""

import pytest

from ecodash.metrics.indicators import INDICATORS
from ecodash.metrics.indicators.words import entries
from ecodash.metrics.registry import METRICS

NOT_YET: set[str] = {"risk_index"}
"""Indicators nobody computes yet; the set only shrinks."""


def test_all_indicators_of_the_catalogue_are_metrics() -> None:
    assert len(entries()) == 243
    assert set(entries()) - set(METRICS) == NOT_YET


def test_no_indicator_is_declared_twice() -> None:
    names = [metric.id for metric in INDICATORS]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", sorted(set(entries()) & set(METRICS)))
def test_the_metric_needs_what_the_catalogue_says_it_needs(name: str) -> None:
    _, entry = entries()[name]
    assert METRICS[name].name.zh
    assert {table for table, _ in METRICS[name].requires} <= {*entry["requires"]} | {"orders", "order_items"}  # type: ignore[misc]
