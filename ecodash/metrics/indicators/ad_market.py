"""What sellers pay for advertising on the platform: how it is billed and what each placement yields."""

from collections.abc import Mapping

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected, total
from ecodash.metrics.indicators.rows import Of
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

BID = "bid_cpc"
IMPRESSIONS = 1000
_PAID_BY_SELLERS = ~nw.col("seller_id").is_null()
_PLACED = Of(
    table="ad_spend",
    day="date",
    by={"placement": "placement", "ad_format": "format", "billing": "billing", "seller": "seller_id"},
    only=(_PAID_BY_SELLERS,),
)


def _billed(reading: Reading, window: Window) -> Frame:
    """Spend of sellers whose billing is known."""
    rows = reading.table("ad_spend").filter(_PAID_BY_SELLERS, ~nw.col("billing").is_null(), ~nw.col("spend").is_null())
    return rows.with_columns(day=day_number(nw.col("date"))).filter(inside(window.days, "day"))


def _shares(reading: Reading, window: Window) -> Mapping[str, Answered]:
    """Share of spend per way of billing."""
    rows = collected(_billed(reading, window).group_by("billing").agg(spend=total("spend"), n=nw.len())).sort("billing")
    whole = int(rows["spend"].sum())
    return {name: Answered(value=spend / whole, n=n) for name, spend, n in rows.iter_rows()} if whole else {}


def _by_bidding(reading: Reading, window: Window) -> Answered:
    """Share of spend billed by bidding; 0 when all is billed otherwise."""
    found = _shares(reading, window)
    n = sum(one.n for one in found.values())
    return Answered(value=found[BID].value if BID in found else 0.0, n=n) if found else Answered(value=None, n=0)


def _behind(reading: Reading, window: Window) -> Frame:
    above = nw.when(nw.col("billing") == BID).then(nw.col("spend")).otherwise(0).cast(nw.Float64) / SCALE
    spend = nw.col("spend").cast(nw.Float64) / SCALE
    return _billed(reading, window).select("load_id", "row_no", "day", numerator=above, denominator=spend)


def _yields(reading: Reading) -> Frame:
    return _PLACED.rows(reading, above=nw.col("spend"), below=nw.col("impressions")).filter(nw.col("below") > 0)


AD_MARKET = (
    indicator("ad_billing_mix", Analysed(answer=_by_bidding, rows=_behind, groups={"billing": _shares})),
    indicator(
        "ad_placement_yield",
        Measured(rows=_yields, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, IMPRESSIONS)),
    ),
)
