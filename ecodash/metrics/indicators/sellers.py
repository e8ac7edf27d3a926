"""Sellers on the platform: how many sell, how soon, how long, at what cost, how concentrated, how well checked."""

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.core.period import Period
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.gmv_shares import GROUP, MONEY, lines_that, said
from ecodash.metrics.indicators.one_row import one_row
from ecodash.metrics.indicators.quarters import year_on_year
from ecodash.metrics.indicators.sold import LINE_ORIGIN, LINE_SPLITS, last_day, lines
from ecodash.metrics.indicators.third_party import COMMISSION, fees, third_party, with_seller
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, OfWindow, Spread, Summary
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

ACTIVE, SETTLING, LATE_FROM, WATCHED = 30, 30, 61, 90
TOP = 0.1


def named_sellers(reading: Reading) -> Frame:
    """The sellers table with day numbers, dated by the day of joining, and what sellers can be split by."""
    moments = {"joined": "joined_at", "verified": "verified_at", "suspended": "suspended_at"}
    days = {name: day_number(nw.col(column)) for name, column in moments.items()}
    split = {"by_seller_kind": nw.col("kind"), "by_seller_mode": nw.col("mode"), "by_seller": nw.col("seller_id")}
    return reading.table("sellers").with_columns(**days, **split)


SELLER = ("load_id", "row_no", "day", "by_seller_kind", "by_seller_mode", "by_seller")


def _joined(reading: Reading) -> Frame:
    """Sellers who joined on a known day within the data."""
    rows = named_sellers(reading).with_columns(day=nw.col("joined"))
    return rows.filter(~nw.col("day").is_null(), nw.col("day") <= last_day(reading))


def active(reading: Reading, window: Window) -> Frame:
    """One row per seller of any mode with a sale in the window; ``gmv`` is what he sold."""
    rows = with_seller(lines(reading, window).filter(~nw.col("seller_id").is_null()), reading)
    return one_row(rows, "seller_id", "seller_kind", "seller_mode", gmv=nw.col("paid").sum()).with_columns(
        by_seller_kind=nw.col("seller_kind"), by_seller_mode=nw.col("seller_mode"), by_seller=nw.col("seller_id")
    )


def _lately(reading: Reading, window: Window) -> Frame:
    days = Period.last_days(window.days.end, ACTIVE)
    recent = Window(days=days.clip(window.days) or days, data=window.data, level=window.level)
    return active(reading, recent).select(*SELLER, above=nw.lit(1))


def _individual(reading: Reading, rows: Frame) -> Frame:
    return with_seller(rows, reading).with_columns(belongs=nw.col("seller_kind") == "individual")


def _first_sale(reading: Reading) -> Frame:
    """Days from joining to the first sale, or until the data end for who has not sold yet."""
    first = lines(reading).group_by("seller_id").agg(first=nw.col("day").min())
    rows = _joined(reading).join(first, on="seller_id", how="left")
    took = nw.coalesce(nw.col("first"), nw.lit(last_day(reading))).cast(nw.Int64) - nw.col("joined").cast(nw.Int64)
    found = rows.select(*SELLER, above=took, done=(~nw.col("first").is_null()).cast(nw.Int64))
    return found.filter(nw.col("above") >= 0)


def _entry_cost(reading: Reading) -> Frame:
    """What each seller who joined 30 days ago or earlier paid in the first 30 days, commission left out; 0 for nothing."""
    rows = _joined(reading).filter(nw.col("day") + SETTLING <= last_day(reading))
    charged = (
        fees(reading).filter(~nw.col("type").is_in(COMMISSION)).select("seller_id", "amount", paid_on=nw.col("day"))
    )
    early = (
        rows.select("seller_id", "joined")
        .join(charged, on="seller_id", how="inner")
        .filter(nw.col("paid_on") >= nw.col("joined"), nw.col("paid_on") < nw.col("joined") + SETTLING)
    )
    cost = early.group_by("seller_id").agg(above=nw.col("amount").sum().cast(nw.Int64))
    return rows.join(cost, on="seller_id", how="left").select(*SELLER, above=nw.col("above").fill_null(0))


def _retained(reading: Reading) -> Frame:
    """Sellers who joined 90 days ago or earlier and ever sold; above 1 when they sold on days 61–90."""
    rows = _joined(reading).filter(nw.col("day") + WATCHED <= last_day(reading))
    sold = lines(reading).select("seller_id", sold_on=nw.col("day"))
    since = rows.select("seller_id", "joined").join(sold, on="seller_id", how="inner")
    after = nw.col("sold_on") - nw.col("joined")
    late = ((after >= LATE_FROM) & (after <= WATCHED)).cast(nw.Int64)
    kept = since.with_columns(late=late).group_by("seller_id").agg(above=nw.col("late").max())
    return rows.join(kept, on="seller_id", how="inner").select(*SELLER, above=nw.col("above"), below=nw.lit(1))


def _top(reading: Reading, window: Window) -> Frame:
    """Sales per third-party seller; above those of the tenth of sellers who sell most (at least one seller)."""
    rows = one_row(third_party(reading, window), "seller_id", "by_seller_kind", gmv=nw.col("paid").sum())
    return leading(rows, "seller_id", by="gmv", share=TOP).select(
        "load_id",
        "row_no",
        "day",
        "by_seller_kind",
        by_seller=nw.col("seller_id"),
        above=nw.when(nw.col("leads")).then(nw.col("gmv")).otherwise(0).cast(nw.Int64),
        below=nw.col("gmv").cast(nw.Int64),
    )


def leading(rows: Frame, key: str, *, by: str, share: float) -> Frame:
    """The rows with ``leads``: among the first ``share`` of them by ``by`` (rounded up), ties by ``key``."""
    order = collected(rows.select(key, by)).sort(by, key, descending=[True, False])
    if order.is_empty():
        return rows.with_columns(leads=nw.lit(value=False))
    last = order.row(max(-int(-share * len(order) // 1), 1) - 1, named=True)
    beyond = (nw.col(by) > last[by]) | ((nw.col(by) == last[by]) & (nw.col(key) <= last[key]))
    return rows.with_columns(leads=beyond)


def _verified(reading: Reading) -> Frame:
    """Third-party lines of sellers in the sellers table; above those of sellers verified by the day of their first sale."""
    rows = third_party(reading)
    first = rows.group_by("seller_id").agg(first=nw.col("day").min())
    checked = named_sellers(reading).select("seller_id", "verified")
    told = rows.join(first, on="seller_id", how="left").join(checked, on="seller_id", how="inner")
    belongs = (nw.col("verified") <= nw.col("first")).fill_null(value=False)
    above = nw.when(belongs).then(nw.col("paid")).otherwise(0)
    return told.select(*LINE_ORIGIN, *LINE_SPLITS, "by_seller_kind", above=above, below=nw.col("paid"), **GROUP)


def _violating(reading: Reading, window: Window) -> Frame:
    """Sellers of the sellers table; above suspended or named by an incident in the window, below with a sale in it."""
    told = reading.table("incidents").filter(~nw.col("seller_id").is_null())
    dated = told.select("seller_id", day=day_number(nw.col("started_at"))).filter(inside(window.days, "day"))
    named = dated.select("seller_id", incident=nw.lit(1)).unique()
    sold = lines(reading, window).select("seller_id", sold=nw.lit(1)).unique()
    rows = named_sellers(reading).join(named, on="seller_id", how="left").join(sold, on="seller_id", how="left")
    suspended = inside(window.days, "suspended").fill_null(value=False)
    bad = (suspended | (nw.col("incident") == 1).fill_null(value=False)).cast(nw.Int64)
    counted = rows.with_columns(day=nw.coalesce("suspended", "joined"), above=bad, below=nw.col("sold").fill_null(0))
    return counted.filter((nw.col("above") > 0) | (nw.col("below") > 0)).select(*SELLER, "above", "below")


SELLERS = (
    indicator("active_sellers", OfWindow(rows=_lately, summary=Summary.TOTAL)),
    indicator("active_seller_growth", year_on_year(active)),
    indicator("individual_seller_share", lines_that(_individual, said("sellers", "kind"))),
    indicator("seller_first_sale_days", Measured(rows=_first_sale, summary=Summary.WAIT_MEDIAN)),
    indicator("seller_entry_cost", Measured(rows=_entry_cost, summary=Summary.MEAN, scale=(SCALE, 1))),
    indicator("seller_retention_90d", Measured(rows=_retained, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("seller_top10_share", OfWindow(rows=_top, summary=Summary.RATIO, scale=MONEY)),
    indicator(
        "verified_seller_share", Measured(rows=_verified, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=MONEY)
    ),
    indicator("seller_violation_rate", OfWindow(rows=_violating, summary=Summary.RATIO, spread=Spread.CUSTOMERS)),
)
