"""Indicators of the framework: their words and needs are data (one YAML file per family), the computation is code."""

from ecodash.metrics.indicators.advertising import ADVERTISING
from ecodash.metrics.indicators.after_sale import AFTER_SALE
from ecodash.metrics.indicators.groups import GROUPS
from ecodash.metrics.indicators.supply import SUPPLY
from ecodash.metrics.indicators.traffic import TRAFFIC

INDICATORS = (*ADVERTISING, *TRAFFIC, *GROUPS, *AFTER_SALE, *SUPPLY)

__all__ = ["INDICATORS"]
