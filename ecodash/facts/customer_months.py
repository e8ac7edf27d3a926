"""Fact ``customer_months``: one row per customer and month with a sale or a credit; cohorts and cluster intervals."""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T

COLUMNS = (
    C("customer_id", T.ID, Text("客户编号", "customer id")),
    C("bucket", T.SMALL, Text("客户分组 0–63", "customer bucket 0–63")),
    C("month", T.MONTH, Text("月", "month")),
    C("first_month", T.MONTH, Text("首购月", "first purchase month")),
    C("age", T.SMALL, Text("month − first_month", "month − first_month")),
    C("first_channel", T.TEXT, Text("首单渠道", "channel of the first order")),
    C("first_platform", T.TEXT, Text("首单平台", "platform of the first order")),
    C("first_domain", T.TEXT, Text("首单公私域", "domain of the first order")),
    C("orders", T.COUNT, Text("销售订单数；只有红字单的月份为 0", "sale orders; 0 in a month with credits only")),
    C("days", T.COUNT, Text("购买天数", "purchase days")),
    C("paid", T.MONEY, Text("支付金额", "amount paid")),
    C("gross", T.MONEY, Text("优惠前金额", "goods before discounts")),
    C("refund", T.MONEY, Text("退款", "refunds")),
    C("net", T.MONEY, Text("净销售额", "net sales")),
    C("units", T.QUANTITY, Text("件数", "units")),
)


MEASURES = ("paid", "gross", "refund", "net", "units")
SUMS = ("orders", "days", *MEASURES)
ORDERS_READ = ("customer_id", "is_sale", "kind", "month", "opens_day", *MEASURES)


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per customer and month, columns ``COLUMNS``. Credits of people without a sale are left out."""
    del settings
    sale = nw.col("is_sale")
    counts = ~nw.col("customer_id").is_null() & (sale | (nw.col("kind") == "credit"))
    rows = (
        frames["fact.orders"]
        .filter(counts)
        .select(
            *("customer_id", "month", *MEASURES),
            orders=sale.cast(nw.Int64),
            days=nw.col("opens_day").fill_null(value=False).cast(nw.Int64),
        )
    )
    summed = rows.group_by("customer_id", "month").agg(*(nw.col(name).sum().cast(nw.Int64) for name in SUMS))
    people = frames["fact.customers"].select(
        *("customer_id", "bucket", "first_month", "first_channel", "first_platform", "first_domain")
    )
    aged = summed.join(people, on="customer_id", how="inner").with_columns(
        age=(nw.col("month") - nw.col("first_month")).cast(nw.Int32)
    )
    return aged.select(*(column.name for column in COLUMNS))


CUSTOMER_MONTHS = Fact(
    name="customer_months",
    label=Text("客户月", "Customer months"),
    grain=Text("每个客户每个有往来的月份一行", "one row per customer and month with a sale or a credit"),
    columns=COLUMNS,
    reads=(
        Read(name="fact.orders", key="customer_id", columns=ORDERS_READ),
        Read(name="fact.customers", key="customer_id"),
    ),
    refresh_by="customer_id",
    build=build,
)
