"""Indicators of the framework: their words and needs are data (one YAML file per family), the computation is code."""

from ecodash.metrics.indicators.abroad import ABROAD
from ecodash.metrics.indicators.advertising import ADVERTISING
from ecodash.metrics.indicators.after_sale import AFTER_SALE
from ecodash.metrics.indicators.business import BUSINESS
from ecodash.metrics.indicators.channel_mix import CHANNEL_MIX
from ecodash.metrics.indicators.cross_border import CROSS_BORDER
from ecodash.metrics.indicators.distance import DISTANCE
from ecodash.metrics.indicators.forecast import FORECAST
from ecodash.metrics.indicators.green import GREEN
from ecodash.metrics.indicators.green_buyers import GREEN_BUYERS
from ecodash.metrics.indicators.groups import GROUPS
from ecodash.metrics.indicators.incidents import INCIDENTS
from ecodash.metrics.indicators.industries import INDUSTRIES
from ecodash.metrics.indicators.late import LATE
from ecodash.metrics.indicators.market import MARKET
from ecodash.metrics.indicators.omni_value import OMNI_VALUE
from ecodash.metrics.indicators.omnichannel import OMNICHANNEL
from ecodash.metrics.indicators.pickup import PICKUP
from ecodash.metrics.indicators.points import POINTS
from ecodash.metrics.indicators.price_parity import PRICE_PARITY
from ecodash.metrics.indicators.supply import SUPPLY
from ecodash.metrics.indicators.tier_compare import TIER_COMPARE
from ecodash.metrics.indicators.tiers import TIERS_OF_CITIES
from ecodash.metrics.indicators.traffic import TRAFFIC

_CHANNELS = (*OMNICHANNEL, *CHANNEL_MIX, *OMNI_VALUE, *PICKUP, *POINTS, *PRICE_PARITY)
_ABROAD = (*CROSS_BORDER, *ABROAD)
_GREEN = (*GREEN, *GREEN_BUYERS, *DISTANCE)
_RISKS = (*INCIDENTS, *LATE, *MARKET)
_LESSONS = (*INDUSTRIES, *TIERS_OF_CITIES, *TIER_COMPARE)

INDICATORS = (
    *ADVERTISING,
    *TRAFFIC,
    *GROUPS,
    *AFTER_SALE,
    *SUPPLY,
    *FORECAST,
    *BUSINESS,
    *_CHANNELS,
    *_ABROAD,
    *_GREEN,
    *_RISKS,
    *_LESSONS,
)

__all__ = ["INDICATORS"]
