"""Every indicator of the catalogue is a metric of the registry, once, with the words and needs of the catalogue."""

import pytest

from ecodash.metrics.indicators import INDICATORS
from ecodash.metrics.indicators.words import entries
from ecodash.metrics.registry import METRICS

ABOVE = {"risk_index"}
"""Made of verdicts about other indicators, so it is computed a floor above, in the framework."""


def test_all_indicators_of_the_catalogue_are_metrics() -> None:
    assert len(entries()) == 243
    assert set(entries()) - set(METRICS) == ABOVE


def test_no_indicator_is_declared_twice() -> None:
    names = [metric.id for metric in INDICATORS]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", sorted(set(entries()) & set(METRICS)))
def test_a_metric_of_the_catalogue_needs_no_table_the_catalogue_does_not_name(name: str) -> None:
    _, entry = entries()[name]
    assert {table for table, _ in METRICS[name].requires} <= set(entry["requires"])  # type: ignore[call-overload]
