"""What the platform charges its sellers: shares of kinds of fees, and fees against what is sold."""

from collections.abc import Callable

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.answered import Window
from ecodash.metrics.indicators.gmv_shares import GROUP, MONEY
from ecodash.metrics.indicators.one_row import one_row
from ecodash.metrics.indicators.sold import sales
from ecodash.metrics.indicators.third_party import COMMISSION, SERVICES, UNKNOWN, fees, third_party
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Definition, Measured, OfWindow, Spread, Summary
from ecodash.metrics.reading import Reading

EXTRA = ("commission_extra",)
ADVERTS = ("ad",)
DATA = ("data", "security", "membership")
BURDEN = 1_000_000
"""Burdens of sellers are kept in millionths."""
ROW = ("load_id", "row_no", "day", "by_seller")


def _seller() -> nw.Expr:
    return nw.col("seller_id").fill_null(UNKNOWN)


def share_of(kinds: tuple[str, ...], *, among: tuple[str, ...] = ()) -> Measured:
    """Fees of these kinds ÷ fees (``among`` those kinds only), by seller; money paid back is netted."""

    def rows(reading: Reading) -> Frame:
        found = fees(reading).filter(~nw.col("type").is_null())
        found = found.filter(nw.col("type").is_in(among)) if among else found
        above = nw.when(nw.col("type").is_in(kinds)).then(nw.col("amount")).otherwise(0)
        return found.select(*ROW, above=above, below=nw.col("amount"), cluster=_seller())

    return Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=MONEY)


def _charged(reading: Reading, kinds: tuple[str, ...] = ()) -> Frame:
    """Fees above the line, nothing below."""
    found = fees(reading)
    found = found.filter(nw.col("type").is_in(kinds)) if kinds else found
    return found.with_columns(above=nw.col("amount"), below=nw.lit(0).cast(nw.Int64), cluster=_seller())


def _sold(rows: Frame) -> Frame:
    """Sales below the line, nothing above."""
    return rows.with_columns(above=nw.lit(0).cast(nw.Int64), below=nw.col("paid"))


def _against_third_party(reading: Reading) -> Frame:
    sold = _sold(third_party(reading)).with_columns(cluster=_seller())
    columns = (*ROW, "above", "below", "cluster")
    return nw.concat([_charged(reading).select(*columns), sold.select(*columns)])


def _commission(reading: Reading) -> Frame:
    """Commission above, by the main category of its order; third-party sales below, by the category of the line."""
    of_order = reading.fact("orders").select("order_id", by_category=nw.col("category"))
    paid = _charged(reading, COMMISSION).join(of_order, on="order_id", how="left")
    sold = _sold(third_party(reading)).with_columns(cluster=_seller())
    columns = (*ROW, "by_category", "above", "below", "cluster")
    return nw.concat([paid.select(*columns), sold.select(*columns)])


def _adverts(reading: Reading) -> Frame:
    """Advertising fees above, all sales below; clusters are sellers there and customers here."""
    columns = ("load_id", "row_no", "day", "above", "below", "cluster")
    sold = _sold(sales(reading)).with_columns(**GROUP)
    return nw.concat([_charged(reading, ADVERTS).select(*columns), sold.select(*columns)])


def _services(reading: Reading) -> Frame:
    found = fees(reading).filter(nw.col("type").is_in(SERVICES))
    return found.select(*ROW, "by_fee_type", above=nw.col("amount"))


def _burdens(reading: Reading, window: Window) -> Frame:
    """Fees ÷ sales of each third-party seller with sales in the window, in millionths; 0 without fees."""
    paid = fees(reading, window).group_by("seller_id").agg(fee=nw.col("amount").sum())
    sold = one_row(third_party(reading, window), "seller_id", "by_seller_kind", gmv=nw.col("paid").sum())
    rows = sold.filter(nw.col("gmv") > 0).join(paid, on="seller_id", how="left")
    burden = nw.col("fee").fill_null(0).cast(nw.Float64) / nw.col("gmv").cast(nw.Float64) * BURDEN
    return rows.select(
        "load_id",
        "row_no",
        "day",
        "by_seller_kind",
        by_seller=nw.col("seller_id"),
        above=burden.round(0).cast(nw.Int64),
    )


def _ratio(rows: Callable[[Reading], Frame]) -> Measured:
    return Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=MONEY)


HEAVIEST = Definition(
    id="p90",
    name=Text("负担最重的一成", "The most burdened tenth"),
    meaning=Text("九成卖家的负担不超过它。", "Nine of ten sellers bear no more than this."),
    how=OfWindow(rows=_burdens, summary=Summary.P90, scale=(BURDEN, 1)),
    source="Doc B, B5.1",
)

FEE_SHARES = (
    indicator("take_rate", _ratio(_against_third_party)),
    indicator("commission_rate_effective", _ratio(_commission)),
    indicator("extra_commission_share", share_of(EXTRA, among=COMMISSION)),
    indicator("ad_revenue_share", share_of(ADVERTS)),
    indicator("ad_monetisation_rate", _ratio(_adverts)),
    indicator("vas_revenue_share", share_of(SERVICES)),
    indicator("vas_revenue_by_type", Measured(rows=_services, summary=Summary.TOTAL, scale=(SCALE, 1))),
    indicator("data_revenue_share", share_of(DATA)),
    indicator("seller_fee_burden", OfWindow(rows=_burdens, summary=Summary.MEDIAN, scale=(BURDEN, 1)), HEAVIEST),
)
