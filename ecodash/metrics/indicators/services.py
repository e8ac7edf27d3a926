"""Services, shared assets and auctions."""

import narwhals as nw

from ecodash.facts import Frame
from ecodash.metrics.indicators.gmv_shares import order_type, product_kind
from ecodash.metrics.indicators.rows import Of, mean, ratio, share
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.reading import Reading

MILLION = 1_000_000
_USE = Of(table="capacity_daily", day="date", by={"asset_type": "type"})
_LOTS = Of(table="auctions", day="ended_at")
_SOLD = Of(table="auctions", day="ended_at", only=(~nw.col("order_id").is_null(),))


def _missed(reading: Reading) -> Frame:
    """No-shows above, all that was booked (used or not) below."""
    rows = _USE.rows(reading, above=nw.col("no_show"), below=nw.col("used") + nw.col("no_show"))
    return rows.filter(nw.col("below") > 0)


def _prices(reading: Reading) -> Frame:
    """Final ÷ reference price of lots that were sold, in millionths."""
    found = nw.col("final_price").cast(nw.Float64) / nw.col("reference_price").cast(nw.Float64) * MILLION
    priced = Of(table="auctions", day="ended_at", only=(~nw.col("order_id").is_null(), nw.col("reference_price") > 0))
    return priced.rows(reading, above=found.round(0).cast(nw.Int64))


SERVICES = (
    indicator("service_gmv_share", product_kind("service", "digital", "shared_asset")),
    indicator("utilisation_rate", ratio(_USE, "used", "capacity")),
    indicator("no_show_rate", Measured(rows=_missed, summary=Summary.RATIO, spread=Spread.CUSTOMERS)),
    indicator("auction_gmv_share", order_type("auction")),
    indicator("bidders_per_lot", mean(_LOTS, "bidders")),
    indicator("auction_sold_rate", share(_LOTS, ~nw.col("order_id").is_null())),
    indicator("auction_price_ratio", Measured(rows=_prices, summary=Summary.MEDIAN, scale=(MILLION, 1))),
    indicator("single_bidder_share", share(_SOLD, nw.col("bidders") == 1)),
)
