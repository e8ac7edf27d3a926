"""Companies as buyers: how much, how often, how long they stay, how long they take to decide."""

import narwhals as nw
import polars as pl

from ecodash.analysis.log_ratio import mean_ratio, median_ratio
from ecodash.core.period import Period, day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.gmv_shares import MONEY, orders_that, said
from ecodash.metrics.indicators.one_row import one_row
from ecodash.metrics.indicators.sold import ORIGIN, SPLITS, lines, sales
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Definition, Measured, OfWindow, Spread, Summary
from ecodash.metrics.parcels import minutes
from ecodash.metrics.reading import Reading

COMPANY, PERSON = "company", "person"
YEAR, LONG, OFTEN = 365, 180, 3
DAY = 1440
OWN = "(own)"


def typed(rows: Frame, reading: Reading) -> Frame:
    """The rows with ``by_buyer_type``; null for a buyer of whom it is not known."""
    kinds = reading.fact("customers").select("customer_id", "buyer_type")
    return rows.join(kinds, on="customer_id", how="left").with_columns(by_buyer_type=nw.col("buyer_type"))


def _company(reading: Reading, rows: Frame) -> Frame:
    return typed(rows, reading).with_columns(belongs=nw.col("buyer_type") == COMPANY)


def _known(reading: Reading, window: Window) -> Frame:
    """Sales in the window to buyers whose type is known."""
    return typed(sales(reading, window), reading).filter(~nw.col("buyer_type").is_null())


def _orders_behind(reading: Reading, window: Window) -> Frame:
    return _known(reading, window).select(*ORIGIN)


def _order_values(reading: Reading, window: Window) -> Answered:
    rows = collected(_known(reading, window).filter(nw.col("paid") > 0).select("buyer_type", "paid"))
    company, person = (rows.filter(pl.col("buyer_type") == kind)["paid"].sort() for kind in (COMPANY, PERSON))
    found = median_ratio(company, person, level=window.level)
    if found is None:
        return Answered(value=None, n=len(rows))
    return Answered(value=found.value, n=found.n, low=found.low, high=found.high)


def _frequencies(reading: Reading, window: Window) -> Answered:
    """Purchase days per buyer of the window, companies ÷ persons; both had the same window, so years cancel out."""
    days = (
        _known(reading, window).group_by("buyer_type", "customer_id").agg(days=nw.col("opens_day").cast(nw.Int64).sum())
    )
    rows = collected(days)
    company, person = (rows.filter(pl.col("buyer_type") == kind)["days"] for kind in (COMPANY, PERSON))
    found = mean_ratio(company, person, level=window.level)
    if found is None:
        return Answered(value=None, n=len(rows))
    return Answered(value=found.value, n=found.n, low=found.low, high=found.high)


def _retained(reading: Reading, window: Window) -> Frame:
    """Companies that bought in the year before the last 365 days; above 1 when they bought in these too."""
    now = Period.last_days(window.days.end, YEAR)
    both = Window(days=Period(now.previous().start, now.end), data=window.data)
    rows = _known(reading, both).filter(nw.col("buyer_type") == COMPANY)
    since = day_number(now.start)
    then, later = (nw.col("day") < since).cast(nw.Int64), (nw.col("day") >= since).cast(nw.Int64)
    marked = rows.with_columns(then=then, later=later)
    found = one_row(marked, "customer_id", then=nw.col("then").max(), later=nw.col("later").max())
    return found.filter(nw.col("then") == 1).select("load_id", "row_no", "day", above=nw.col("later"), below=nw.lit(1))


def _pairs(reading: Reading, window: Window) -> Frame:
    """Sales per pair of company and seller; above those of pairs with at least 3 orders over at least 180 days."""
    rows = typed(lines(reading, window), reading).filter(nw.col("buyer_type") == COMPANY)
    paired = rows.with_columns(seller=nw.col("seller_id").fill_null(OWN))
    pair = one_row(
        paired,
        "customer_id",
        "seller",
        orders=nw.col("order_id").n_unique(),
        first=nw.col("day").min(),
        last=nw.col("day").max(),
        gmv=nw.col("paid").sum().cast(nw.Int64),
    )
    long = (nw.col("orders") >= OFTEN) & (nw.col("last") - nw.col("first") >= LONG)
    above = nw.when(long).then(nw.col("gmv")).otherwise(0)
    by = nw.when(nw.col("seller") == OWN).then(nw.lit("")).otherwise(nw.col("seller"))
    return pair.select(
        "load_id", "row_no", "day", by_seller=by, above=above, below=nw.col("gmv"), cluster=nw.col("customer_id")
    )


def _decisions(reading: Reading) -> Frame:
    """Minutes from the creation of an order to its payment, for buyers whose type is known."""
    moments = reading.table("orders").select("order_id", "created_at", "paid_at")
    rows = (
        typed(sales(reading), reading).filter(~nw.col("buyer_type").is_null()).join(moments, on="order_id", how="inner")
    )
    took = minutes(nw.col("paid_at")) - minutes(nw.col("created_at"))
    found = rows.with_columns(above=took).filter(~nw.col("above").is_null(), nw.col("above") >= 0)
    return found.select(*ORIGIN, *SPLITS, "by_buyer_type", "above")


def _companies_decide(reading: Reading) -> Frame:
    return _decisions(reading).filter(nw.col("by_buyer_type") == COMPANY)


EVERYBODY = Definition(
    id="everybody",
    name=Text("企业与个人", "Companies and persons"),
    meaning=Text(
        "所有已知类型的买家，可按个人或企业拆分对照。",
        "All buyers of a known type, to be split into companies and persons.",
    ),
    how=Measured(rows=_decisions, summary=Summary.MEDIAN, scale=(DAY, 1)),
    source="Doc A, A2.1",
)

BUSINESS_ACCOUNTS = (
    indicator("b2b_gmv_share", orders_that(_company, said("customers", "buyer_type"))),
    indicator("b2b_aov_ratio", Analysed(answer=_order_values, rows=_orders_behind)),
    indicator("b2b_frequency_ratio", Analysed(answer=_frequencies, rows=_orders_behind)),
    indicator("account_retention", OfWindow(rows=_retained, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator(
        "repeat_pair_gmv_share", OfWindow(rows=_pairs, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=MONEY)
    ),
    indicator("decision_days", Measured(rows=_companies_decide, summary=Summary.MEDIAN, scale=(DAY, 1)), EVERYBODY),
)
