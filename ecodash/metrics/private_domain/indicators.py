"""Indicators of the private domain: repurchase against the public one, shares, joining, leaving, cost per order."""

from dataclasses import replace

import narwhals as nw

from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number as day_of_column
from ecodash.metrics.answered import Window
from ecodash.metrics.collect import collected
from ecodash.metrics.comparable.adjusted import Plan
from ecodash.metrics.comparable.answering import adjusted_definition, plain_definitions, unadjusted
from ecodash.metrics.comparable.buyers_with import any_known, one_per_buyer, sales, within
from ecodash.metrics.comparable.exposure import CONTACT
from ecodash.metrics.comparable.readings import Kind
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, Metric, OfWindow, Spread, Summary
from ecodash.metrics.private_domain.cost import COST
from ecodash.metrics.reading import Reading

JOIN_DAYS, LEAVE_DAYS = 7, 90


def _buyer_rows(reading: Reading, window: Window) -> Frame:
    rows = sales(reading).filter(within(window))
    return one_per_buyer(_none_unless(rows, any_known(reading, "private_joined_day")), nw.col("private_at_order"))


def _none_unless(rows: Frame, known: bool) -> Frame:  # noqa: FBT001
    return rows if known else rows.filter(nw.col("load_id") < 0)


def _sales_rows(reading: Reading) -> Frame:
    """One row per sale in a channel of known domain: what was paid, and what of it in private channels."""
    orders = reading.fact("orders").filter(nw.col("is_sale"), ~nw.col("domain").is_null())
    private = nw.col("domain") == "private"
    return orders.select(
        "load_id",
        "row_no",
        "day",
        above=nw.when(private).then(nw.col("paid")).otherwise(0),
        below="paid",
        cluster=nw.coalesce("customer_id", "order_id"),
        by_platform="platform",
        by_channel="channel_id",
        by_province="province",
    )


def _join_rows(reading: Reading, window: Window) -> Frame:
    """Payers of the window who were not in the private domain and were watched 7 days; above: joined within them."""
    rows = sales(reading).filter(within(window), nw.col("day") + JOIN_DAYS <= day_number(window.data.end))
    rows = _none_unless(rows, any_known(reading, "private_joined_day"))
    outside = rows.filter(~nw.col("private_at_order").fill_null(value=False))
    days = reading.fact("customers").select("customer_id", joined="private_joined_day")
    dated = outside.join(days, on="customer_id", how="left")
    wait = nw.col("joined") - nw.col("day")
    return one_per_buyer(dated, (wait >= 0) & (wait <= JOIN_DAYS))


def _leave_rows(reading: Reading) -> Frame:
    """One row per contact who joined at least 90 days before the end; above: left within 90 days. None without any leaver.

    Many tools export no day of leaving; when nobody ever left, nothing is known and nothing is counted.
    """
    rows = reading.table("customers").filter(nw.col("person_id").is_null(), ~nw.col("private_joined_at").is_null())
    joined, left = day_of_column(nw.col("private_joined_at")), day_of_column(nw.col("private_left_at"))
    days = rows.select("load_id", "row_no", "private_joined_at", "private_left_at", day=joined, left=left)
    end = reading.source.data_end(as_of=reading.as_of)
    leavers = collected(days.filter(~nw.col("left").is_null()).select("day").head(1)).height
    last = day_number(end.end) if end else _last(days)
    watched = days.filter(nw.col("day") + LEAVE_DAYS <= last, nw.lit(bool(leavers)))
    gone = (nw.col("left") - nw.col("day") <= LEAVE_DAYS).fill_null(value=False)
    return watched.select("load_id", "row_no", "day", above=gone.cast(nw.Int64), below=nw.lit(1))


def _last(days: Frame) -> int:
    latest = collected(days.select(joined=nw.col("day").max(), left=nw.col("left").max())).row(0)
    return max((int(day) for day in latest if day is not None), default=0)


def _adjusted() -> Metric:
    standard = adjusted_definition(CONTACT, Plan(landmark=CONTACT.landmark), "standard")
    others = [adjusted_definition(CONTACT, Plan(landmark=day), f"landmark_{day}d") for day in (14, 30, 60)]
    metric = indicator("private_repurchase_lift_adj", standard.how, *others)
    return replace(metric, meaning=standard.meaning, definitions=(standard, *metric.definitions[1:]))


PRIVATE_DOMAIN = (
    indicator(
        "private_repurchase_lift_rel",
        unadjusted(CONTACT, lambda lift: lift.relative, Kind.START, 90),
        *plain_definitions(CONTACT, lambda lift: lift.relative),
    ),
    indicator(
        "private_repurchase_lift_pts",
        unadjusted(CONTACT, lambda lift: lift.points, Kind.START, 90),
        *plain_definitions(CONTACT, lambda lift: lift.points),
    ),
    _adjusted(),
    indicator("private_buyer_share", OfWindow(rows=_buyer_rows, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator(
        "private_gmv_share",
        Measured(rows=_sales_rows, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(10_000, 10_000)),
    ),
    indicator("private_join_rate", OfWindow(rows=_join_rows, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("private_leave_rate", Measured(rows=_leave_rows, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("private_cost_per_order", COST),
)
