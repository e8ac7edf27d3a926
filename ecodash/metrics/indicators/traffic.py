"""What visitors do, from the traffic reports of the platforms. Visitors of days are added up, as the reports give them."""

import narwhals as nw

from ecodash.metrics.indicators.rows import Of, ratio
from ecodash.metrics.indicators.words import indicator

_BY = {"channel": "channel_id", "store": "store_id", "segment": "segment"}
_ALL = Of(
    table="traffic_daily",
    day="date",
    by=_BY,
    only=((nw.col("segment") == "all") | nw.col("segment").is_null(),),
)

TRAFFIC = (
    indicator("conversion_rate", ratio(_ALL, "buyers", "visitors")),
    indicator("search_no_result_rate", ratio(_ALL, "searches_no_result", "searches", cases=True)),
)
