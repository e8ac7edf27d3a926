"""Fact ``customers``: one row per identified customer with at least one sale."""

from ecodash.core.settings import Settings
from ecodash.core.text import Text
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


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per customer with a sale."""
    raise NotImplementedError


CUSTOMERS = Fact(
    name="customers",
    label=Text("客户", "Customers"),
    grain=Text("每个有购买的已识别客户一行", "one row per identified customer with at least one sale"),
    columns=COLUMNS,
    reads=(Read(name="fact.orders", key="customer_id"), Read(name="customers", key="customer_id")),
    refresh_by="customer_id",
    build=build,
)
