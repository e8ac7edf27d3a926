"""What advertising costs and brings, from the ad reports of the platforms; attribution is the platform's own."""

import narwhals as nw

from ecodash.metrics.indicators.rows import Of, ratio
from ecodash.metrics.indicators.words import indicator

_BY = {
    "channel": "channel_id",
    "platform": "platform",
    "campaign": "campaign_id",
    "ad_format": "format",
    "placement": "placement",
    "billing": "billing",
    "targeted": "targeted",
}
_MONEY = ("spend", "gmv")
_ADS = Of(table="ad_spend", day="date", by=_BY, money=_MONEY)
_BY_CLICK = (nw.col("billing") == "bid_cpc") | nw.col("billing").is_null()
_CLICKS = Of(table="ad_spend", day="date", by=_BY, money=_MONEY, only=(_BY_CLICK,))
_SELLERS = Of(table="ad_spend", day="date", by=_BY, money=_MONEY, only=(~nw.col("seller_id").is_null(),))

ADVERTISING = (
    indicator("cpc", ratio(_CLICKS, "spend", "clicks")),
    indicator("ctr", ratio(_ADS, "clicks", "impressions", cases=True)),
    indicator("roas", ratio(_ADS, "gmv", "spend")),
    indicator("ad_conversion_rate", ratio(_ADS, "orders", "clicks")),
    indicator("seller_ad_roas", ratio(_SELLERS, "gmv", "spend")),
)
