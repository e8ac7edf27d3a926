"""Indicators about members: repurchase against non-members in every reading, share of sales and buyers, levels."""

from dataclasses import replace

import narwhals as nw

from ecodash.core.estimate import Status
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.comparable.adjusted import Plan
from ecodash.metrics.comparable.answering import (
    adjusted_definition,
    contrast_of,
    plain_definitions,
    unadjusted,
)
from ecodash.metrics.comparable.buyers_with import any_known, one_per_buyer, sales, within
from ecodash.metrics.comparable.exposure import MEMBERSHIP
from ecodash.metrics.comparable.readings import Kind
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.members.levels import UNRANKED, levels
from ecodash.metrics.metric import Measured, Metric, OfWindow, Spread, Summary
from ecodash.metrics.reading import Reading

LEVEL_DAYS = 90
NO_LEVELS = Text(
    "没有一位顾客带会员等级。请上传含 member_level 的会员名单，最好再上传“会员等级变更记录”。",
    "No customer has a level. Upload a member list with member_level, and best the history of levels.",
)


def _undated(reading: Reading) -> Frame:
    marked = reading.table("customers").filter(nw.col("is_member"), nw.col("member_since").is_null())
    return marked.select("customer_id").unique()


def _sales_rows(reading: Reading) -> Frame:
    """One row per sale: what was paid, and what of it by members; who is a member since nobody knows when is left out."""
    orders = reading.fact("orders").filter(nw.col("is_sale"))
    if not any_known(reading, "member_day"):
        orders = orders.filter(nw.col("load_id") < 0)
    known = orders.join(_undated(reading), on="customer_id", how="anti")
    member = nw.col("member_at_order").fill_null(value=False)
    columns = {name: nw.col(column) for name, column in _BY.items()}
    return known.select(
        "load_id",
        "row_no",
        "day",
        above=nw.when(member).then(nw.col("paid")).otherwise(0),
        below="paid",
        cluster=nw.coalesce("customer_id", "order_id"),
        **{f"by_{name}": column.cast(nw.String) for name, column in columns.items()},
    )


_BY = {"channel": "channel_id", "platform": "platform", "domain": "domain", "store": "store_id", "province": "province"}


def _buyer_rows(reading: Reading, window: Window) -> Frame:
    rows = sales(reading).filter(within(window)).join(_undated(reading), on="customer_id", how="anti")
    if not any_known(reading, "member_day"):
        rows = rows.filter(nw.col("load_id") < 0)
    return one_per_buyer(rows, nw.col("member_at_order"))


def _gradient(reading: Reading, window: Window) -> Answered:
    contrast = contrast_of(MEMBERSHIP, reading, replace(window, days=window.data))
    found = levels(contrast, days=LEVEL_DAYS)
    n = sum(level.members for level in found.levels)
    if not found.levels:
        return Answered(value=None, n=0, status=Status.MISSING, reason=NO_LEVELS)
    if found.gradient is None:
        return Answered(value=None, n=n, status=Status.NOT_APPLICABLE, reason=UNRANKED)
    return Answered(value=found.gradient, n=n, caveats=found.caveats)


def _adjusted() -> Metric:
    standard = adjusted_definition(MEMBERSHIP, Plan(), "standard")
    others = [adjusted_definition(MEMBERSHIP, Plan(landmark=day), f"landmark_{day}d") for day in (14, 60)]
    start = adjusted_definition(MEMBERSHIP, Plan(landmark=0), "first_order")
    metric = indicator("member_repurchase_lift_adj", standard.how, start, *others)
    return replace(metric, meaning=standard.meaning, definitions=(standard, *metric.definitions[1:]))


MEMBERS = (
    indicator(
        "member_repurchase_lift_rel",
        unadjusted(MEMBERSHIP, lambda lift: lift.relative, Kind.START, 90),
        *plain_definitions(MEMBERSHIP, lambda lift: lift.relative),
    ),
    indicator(
        "member_repurchase_lift_pts",
        unadjusted(MEMBERSHIP, lambda lift: lift.points, Kind.START, 90),
        *plain_definitions(MEMBERSHIP, lambda lift: lift.points),
    ),
    _adjusted(),
    indicator(
        "member_gmv_share",
        Measured(rows=_sales_rows, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(10_000, 10_000)),
    ),
    indicator("member_penetration", OfWindow(rows=_buyer_rows, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("member_level_gradient", Analysed(answer=_gradient)),
)
