"""Fact ``customers``: one row per identified customer with at least one sale."""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.calendar import day_number
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T

COLUMNS = (
    C("customer_id", T.ID, Text("客户编号", "customer id")),
    C("bucket", T.SMALL, Text("客户分组 0–63（整群区间用）", "customer bucket 0–63 for cluster intervals")),
    C("first_order_id", T.ID, Text("首单订单号", "id of the first order")),
    C("first_day", T.DAY, Text("首购日", "first purchase day")),
    C("first_month", T.MONTH, Text("首购月", "first purchase month")),
    C(
        "second_order_day",
        T.DAY,
        Text("第二单日期，可与首购同日；无则空", "day of the second order, may equal first_day; null when none"),
    ),
    C("second_day", T.DAY, Text("第二个不同的购买日；无则空", "second distinct purchase day; null when none")),
    C("last_day", T.DAY, Text("最近购买日", "last purchase day")),
    C("orders", T.COUNT, Text("销售订单数", "sale orders")),
    C("days", T.COUNT, Text("购买天数", "distinct purchase days")),
    C("units", T.QUANTITY, Text("件数", "units")),
    C("paid", T.MONEY, Text("支付金额", "amount paid")),
    C("gross", T.MONEY, Text("优惠前金额", "goods before discounts")),
    C("refund", T.MONEY, Text("订单退款与红字单合计", "refunds of orders plus credits")),
    C("net", T.MONEY, Text("净销售额（含红字单）", "net sales, credits included")),
    C("first_paid", T.MONEY, Text("首单支付金额", "amount paid on the first order")),
    C("first_refunded", T.FLAG, Text("首单是否全额退款", "first order refunded in full")),
    C("first_channel", T.TEXT, Text("首单渠道", "channel of the first order")),
    C("first_platform", T.TEXT, Text("首单平台", "platform of the first order")),
    C("first_domain", T.TEXT, Text("首单公私域", "domain of the first order")),
    C("first_store", T.TEXT, Text("首单门店", "store of the first order")),
    C("first_province", T.TEXT, Text("首单省份", "province of the first order")),
    C("first_country", T.TEXT, Text("首单国家", "country of the first order")),
    C("first_category", T.TEXT, Text("首单类目", "category of the first order")),
    C("first_coupon", T.FLAG, Text("首单是否用券", "coupon on the first order")),
    C("first_member", T.FLAG, Text("首单当日是否会员", "member on the day of the first order")),
    C("second_channel", T.TEXT, Text("第二单渠道", "channel of the second order")),
    C("channels", T.COUNT, Text("用过的渠道数", "number of channels used")),
    C("member_day", T.DAY, Text("入会日，非会员为空", "member since, null if not a member")),
    C("registered_day", T.DAY, Text("注册日", "registration day")),
    C("private_joined_day", T.DAY, Text("加入私域日", "joined the private domain")),
    C("private_left_day", T.DAY, Text("退出私域日", "left the private domain")),
    C("member_level", T.TEXT, Text("当前会员等级（不可用来解释过去）", "member level now (never explains the past)")),
    C("buyer_type", T.TEXT, Text("个人或企业", "person or company")),
)


SECOND = 2
FIRST = {
    "first_order_id": "order_id",
    "first_paid": "paid",
    "first_channel": "channel_id",
    "first_platform": "platform",
    "first_domain": "domain",
    "first_store": "store_id",
    "first_province": "province",
    "first_country": "country",
    "first_category": "category",
    "first_member": "member_at_order",
}
ORDERS_READ = (
    *("customer_id", "bucket", "is_sale", "day", "month", "seq", "day_seq", "opens_day", "first_day"),
    *("prev_channel_day", "coupon", "units", "gross", "refund", "net", *FIRST.values()),
)
PROFILE = {
    "member_day": "member_since",
    "registered_day": "registered_at",
    "private_joined_day": "private_joined_at",
    "private_left_day": "private_left_at",
}


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per customer with a sale, columns ``COLUMNS``."""
    del settings
    orders = frames["fact.orders"].filter(~nw.col("customer_id").is_null())
    sales = orders.filter(nw.col("is_sale"))
    profiles = frames["customers"].select(
        "customer_id",
        "member_level",
        "buyer_type",
        **{name: day_number(nw.col(source)) for name, source in PROFILE.items()},
    )
    second = sales.filter(nw.col("seq") == SECOND).select("customer_id", second_channel=nw.col("channel_id"))
    rows = (
        _firsts(sales)
        .join(_sums(orders), on="customer_id", how="inner")
        .join(second, on="customer_id", how="left")
        .join(profiles, on="customer_id", how="left")
    )
    return rows.select(*(column.name for column in COLUMNS))


def _firsts(sales: Frame) -> Frame:
    """One row per customer: what the first order was like."""
    refunded = (nw.col("refund") >= nw.col("paid")) & (nw.col("refund") > 0)
    return sales.filter(nw.col("seq") == 1).select(
        "customer_id",
        "bucket",
        "first_day",
        first_month=nw.col("month"),
        first_refunded=refunded,
        first_coupon=~nw.col("coupon").is_null(),
        **{name: nw.col(source) for name, source in FIRST.items()},
    )


def _sums(orders: Frame) -> Frame:
    """One row per customer: sums over sales and credits, and the second and last purchase."""
    sale, day = nw.col("is_sale"), nw.col("day")
    opens_channel = sale & nw.col("prev_channel_day").is_null()
    rows = orders.select(
        *("customer_id", "units", "paid", "gross", "refund", "net"),
        orders=sale.cast(nw.Int64),
        days=nw.col("opens_day").fill_null(value=False).cast(nw.Int64),
        channels=opens_channel.cast(nw.Int64),
        second_order_day=nw.when(nw.col("seq") == SECOND).then(day),
        second_day=nw.when(nw.col("day_seq") == SECOND).then(day),
        last_day=nw.when(sale).then(day),
    )
    added = ("orders", "days", "channels", "units", "paid", "gross", "refund", "net")
    return rows.group_by("customer_id").agg(
        *(nw.col(name).sum().cast(nw.Int64) for name in added),
        *(nw.col(name).min() for name in ("second_order_day", "second_day")),
        nw.col("last_day").max(),
    )


CUSTOMERS = Fact(
    name="customers",
    label=Text("客户", "Customers"),
    grain=Text("每个有购买的已识别客户一行", "one row per identified customer with at least one sale"),
    columns=COLUMNS,
    reads=(
        Read(name="fact.orders", key="customer_id", columns=ORDERS_READ),
        Read(name="customers", key="customer_id"),
    ),
    refresh_by="customer_id",
    build=build,
)
