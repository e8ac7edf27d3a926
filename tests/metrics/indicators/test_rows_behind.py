"""The rows behind the indicators of these families add up to them; each is a row of a file."""

import pytest

from ecodash.metrics.behind import of_cases, shown
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.metric import Analysed, Metric
from ecodash.metrics.query import Query
from ecodash.metrics.recount import recount
from tests.metrics.indicators import test_cross_border, test_green, test_lessons, test_omnichannel, test_risk
from tests.metrics.indicators.small import Small, ask

FAMILIES = (test_cross_border, test_green, test_lessons, test_omnichannel, test_risk)
SHOPS = {case[0]: case[-2] for family in FAMILIES for case in family.CASES}
METRICS = [metric for family in FAMILIES for metric in family.BY_ID.values()]


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_rows_add_up(metric: Metric) -> None:
    here: Small = SHOPS[metric.id]
    rows = shown(of_cases(here, metric, metric.default, Query()))
    assert rows["row_no"].null_count() == 0
    if not isinstance(metric.default.how, Analysed):
        [estimate] = ask(here, metric)
        assert recount(rows, metric.default.how) == pytest.approx(estimate.value)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_everything_a_metric_can_be_split_by_is_a_dimension(metric: Metric) -> None:
    if isinstance(metric.default.how, Analysed):
        assert set(metric.default.how.groups) <= set(DIMENSIONS)
        return
    columns = of_cases(SHOPS[metric.id], metric, metric.default, Query()).frame.collect_schema().names()
    assert {name.removeprefix("by_") for name in columns if name.startswith("by_")} <= set(DIMENSIONS)
