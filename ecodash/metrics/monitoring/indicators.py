"""The indicators of the family ``monitoring``; words and needs stand in ``indicators/monitoring.yaml``."""

from dataclasses import replace

from ecodash.core.unit import Unit
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Metric
from ecodash.metrics.monitoring.attainment import ATTAINED, OWNED
from ecodash.metrics.monitoring.changes import ANOMALIES, EFFECT
from ecodash.metrics.monitoring.flow import FLOW
from ecodash.metrics.monitoring.price_position import POSITION
from ecodash.metrics.monitoring.spending import sales_per, share_of_sales


def _needs(metric: Metric, *tables: str) -> Metric:
    """The same metric, needing only these tables: the others only add to it, or come with the program."""
    return replace(metric, requires=tuple(part for part in metric.requires if part[0] in tables))


MONITORING = (
    indicator("kpi_attainment", ATTAINED),
    indicator("kpi_owner_coverage", OWNED),
    _needs(indicator("anomaly_days", ANOMALIES), "orders"),
    _needs(replace(indicator("flow_step_times", FLOW), unit=Unit.HOURS), "orders"),
    indicator("change_effect", EFFECT),
    indicator("labour_productivity", sales_per("labour")),
    indicator("rd_spend_ratio", share_of_sales("rd", "it")),
    indicator("price_band_index", POSITION),
)
