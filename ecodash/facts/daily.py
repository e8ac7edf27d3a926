"""Fact ``daily``: the cube of sales by day; everything in it may be summed over any of its dimensions."""

from collections.abc import Mapping

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T

COLUMNS = (
    C("day", T.DAY, Text("口径日", "day that counts")),
    C("month", T.MONTH, Text("口径月", "month that counts")),
    C("channel_id", T.TEXT, Text("渠道", "channel")),
    C("platform", T.TEXT, Text("平台", "platform")),
    C("domain", T.TEXT, Text("公私域", "domain")),
    C("buyer", T.TEXT, Text("new、returning、anonymous、none", "new, returning, anonymous, none")),
    C("documents", T.COUNT, Text("单据数（含不计的）", "documents, counted or not")),
    C("orders", T.COUNT, Text("销售订单数", "sale orders")),
    C(
        "priced_orders",
        T.COUNT,
        Text("有汇率的销售订单数（笔单价的分母）", "sale orders with money (denominator of AOV)"),
    ),
    C("new_buyers", T.COUNT, Text("首单数 = 新客数", "first orders = new buyers")),
    C("refunded_orders", T.COUNT, Text("有退款的销售订单数（按订单日）", "sale orders with a refund, by order day")),
    C("unpaid_orders", T.COUNT, Text("未付款订单数", "orders not paid")),
    C("cancelled_orders", T.COUNT, Text("未付款即关闭的订单数", "orders closed without payment")),
    C("fx_missing", T.COUNT, Text("缺汇率单据数", "documents without an exchange rate")),
    C("placed", T.MONEY, Text("下单金额", "amount ordered")),
    C("paid", T.MONEY, Text("支付金额", "amount paid")),
    C(
        "identified_paid",
        T.MONEY,
        Text("其中已识别客户的支付金额（身份覆盖）", "of which by identified customers (coverage)"),
    ),
    C("identified_orders", T.COUNT, Text("其中已识别客户的订单数", "sale orders of identified customers")),
    C("gross", T.MONEY, Text("优惠前金额", "goods before discounts")),
    C("discount", T.MONEY, Text("优惠", "discounts")),
    C("shipping", T.MONEY, Text("运费", "shipping")),
    C("tax", T.MONEY, Text("税", "tax")),
    C("gift_cards", T.MONEY, Text("礼品卡", "gift cards")),
    C("base", T.MONEY, Text("退款前净额", "net sales before refunds")),
    C("refund", T.MONEY, Text("订单退款，记在订单日", "refunds of orders, on the day of the order")),
    C("credits", T.MONEY, Text("红字单金额，记在红字单当日", "credit documents, on their own day")),
    C("adjustments", T.MONEY, Text("计入的调整单", "adjustment documents that count")),
    C("net", T.MONEY, Text("净销售额，退款按口径的日期入账", "net sales, refunds dated as the policy says")),
    C(
        "refund_booked",
        T.MONEY,
        Text("退款与红字单，记在退款当日", "refunds and credits on the day the money went back"),
    ),
    C("cost", T.MONEY, Text("已知成本", "known costs")),
    C("costed", T.MONEY, Text("成本已知的实付", "paid amount with a known cost")),
    C("units", T.QUANTITY, Text("件数", "units")),
    C("lines", T.COUNT, Text("商品行数", "lines")),
    C("member_orders", T.COUNT, Text("下单时为会员的订单数", "sale orders of members at that time")),
    C("member_paid", T.MONEY, Text("下单时为会员的支付金额", "amount paid by members at that time")),
    C(
        "private_orders",
        T.COUNT,
        Text("下单时在私域的订单数", "sale orders of customers in the private domain at that time"),
    ),
    C("private_paid", T.MONEY, Text("下单时在私域的支付金额", "amount they paid")),
)


DIMENSIONS = ("day", "month", "channel_id", "platform", "domain", "buyer")
MEASURES = tuple(column.name for column in COLUMNS if column.name not in DIMENSIONS)


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per day × channel × platform × domain × buyer, columns ``COLUMNS``."""
    booked_later = settings.policy.refund_dating == "refund"
    sales = _of_orders(frames["fact.orders"], booked_later=booked_later)
    refunds = _of_refunds(frames["fact.refunds"], booked_later=booked_later)
    rows = nw.concat([sales, refunds])
    summed = rows.group_by(*DIMENSIONS).agg(*(nw.col(name).sum().cast(nw.Int64) for name in MEASURES))
    return summed.select(*(column.name for column in COLUMNS))


def _of_orders(orders: Frame, *, booked_later: bool) -> Frame:
    """What documents add on their own day."""
    kind, sale = nw.col("kind"), nw.col("is_sale")
    identified = ~nw.col("customer_id").is_null()
    member, private = (nw.col(n).fill_null(value=False) for n in ("member_at_order", "private_at_order"))
    same = ("placed", "paid", "gross", "discount", "shipping", "tax", "gift_cards", "base", "cost", "costed")
    return _complete(
        orders.filter(~nw.col("day").is_null()),
        {name: nw.col(name) for name in (*same, "units", "lines")}
        | {
            "documents": nw.lit(1),
            "orders": sale,
            "priced_orders": sale & ~nw.col("fx_missing"),
            "new_buyers": nw.col("is_first").fill_null(value=False),
            "refunded_orders": sale & (nw.col("refund") > 0),
            "unpaid_orders": kind == "unpaid",
            "cancelled_orders": kind == "cancelled",
            "fx_missing": nw.col("fx_missing"),
            "identified_paid": _if(identified, nw.col("paid")),
            "identified_orders": sale & identified,
            "refund": _if(sale, nw.col("refund")),
            "credits": _if(kind == "credit", nw.col("refund")),
            "adjustments": _if(kind == "adjustment", nw.col("net")),
            "net": _before_refunds() if booked_later else nw.col("net"),
            "member_orders": sale & member,
            "member_paid": _if(member, nw.col("paid")),
            "private_orders": sale & private,
            "private_paid": _if(private, nw.col("paid")),
        },
    )


def _before_refunds() -> nw.Expr:
    """Net sales of a document without its refunds; a credit is nothing but a refund."""
    kept = nw.when(nw.col("kind") == "credit").then(0).otherwise(nw.col("net"))
    return nw.when(nw.col("is_sale")).then(nw.col("base")).otherwise(kept)


def _of_refunds(refunds: Frame, *, booked_later: bool) -> Frame:
    """What money given back adds on the day it went back."""
    lowered = nw.col("net_refund") * -1 if booked_later else nw.lit(0)
    return _complete(refunds, {"refund_booked": nw.col("refund"), "net": lowered})


def _complete(rows: Frame, measures: Mapping[str, nw.Expr]) -> Frame:
    """Dimensions and every measure as Int64, 0 where a source has none."""
    zero = nw.lit(0)
    filled = {name: measures.get(name, zero).cast(nw.Int64) for name in MEASURES}
    return rows.select(*DIMENSIONS, **filled)


def _if(condition: nw.Expr, value: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(value).otherwise(0)


DAILY = Fact(
    name="daily",
    label=Text("日报", "Daily cube"),
    grain=Text("日 × 渠道 × 平台 × 公私域 × 买家类型", "day × channel × platform × domain × kind of buyer"),
    columns=COLUMNS,
    reads=(Read(name="fact.orders", key="day"), Read(name="fact.refunds", key="day")),
    refresh_by="day",
    build=build,
)
