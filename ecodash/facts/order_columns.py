"""Columns of the order facts: what a document says by itself, and what its customer's history adds."""

from ecodash.core.text import Text
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T

IDENTITY = (
    C("order_id", T.ID, Text("订单号", "order id")),
    C("customer_id", T.ID, Text("客户编号，匿名为空", "customer id, null when anonymous")),
    C(
        "bucket",
        T.SMALL,
        Text(
            "客户分组 0–63（整群区间用），匿名为空", "customer bucket 0–63 for cluster intervals, null when anonymous"
        ),
    ),
)

WHEN = (
    C("at", T.TIME, Text("口径时间（按销售口径取付款或下单）", "moment that counts (paid or created, by policy)")),
    C("day", T.DAY, Text("口径日", "day that counts")),
    C("month", T.MONTH, Text("口径月", "month that counts")),
    C("hour", T.SMALL, Text("口径小时 0–23；只有日期时为 0", "hour 0–23; 0 when only a date is known")),
    C("created_day", T.DAY, Text("下单日", "day created")),
    C("paid_day", T.DAY, Text("付款日", "day paid")),
    C(
        "refund_day",
        T.DAY,
        Text("最近一次退款日，未知或无退款为空", "day of the latest refund, null when none or unknown"),
    ),
)

WHERE = (
    C("channel_id", T.TEXT, Text("渠道", "channel")),
    C("platform", T.TEXT, Text("平台", "platform")),
    C("domain", T.TEXT, Text("公域 public 或私域 private，未知为空", "public or private domain, null when unknown")),
    C("store_id", T.TEXT, Text("门店", "store")),
    C("province", T.TEXT, Text("收货省份", "ship-to province")),
    C("city", T.TEXT, Text("收货城市", "ship-to city")),
    C("country", T.TEXT, Text("收货国家", "ship-to country")),
    C("category", T.TEXT, Text("实付最多的类目", "category with the largest paid amount")),
    C("order_type", T.TEXT, Text("订单类型", "order type")),
    C("fulfilment", T.TEXT, Text("履约方式", "fulfilment")),
    C("payment_method", T.TEXT, Text("支付方式", "payment method")),
    C("coupon", T.TEXT, Text("优惠券", "coupon")),
    C("referrer_id", T.TEXT, Text("推广人", "promoter")),
    C("currency", T.TEXT, Text("原币种，空为本位币", "original currency, null means base")),
    C(
        "rate",
        T.RATE,
        Text("一单位原币等于多少本位币；缺汇率为空", "base currency per unit; null when there is no rate"),
    ),
)

VERDICT = (
    C(
        "kind",
        T.TEXT,
        Text(
            "判定：sale 销售；credit 红字单；adjustment 调整单；unpaid 未付款；unknown 状态看不懂；cancelled 未付款关闭；test 测试；"
            "zero 零金额；undated 无日期",
            "verdict: sale, credit, adjustment, unpaid, unknown (status not understood), cancelled, test, zero, undated",
        ),
    ),
    C("status", T.TEXT, Text("订单状态", "status of the order")),
    C("is_sale", T.FLAG, Text("是否计为一笔销售", "counts as a sale")),
    C(
        "paid_stated",
        T.FLAG,
        Text("实付写在订单上；否则由商品行合计", "payment stated on the order; otherwise the sum of its lines"),
    ),
    C("fx_missing", T.FLAG, Text("缺汇率：计单不计额", "no exchange rate: counted as an order, money left out")),
    C(
        "refund_assumed",
        T.FLAG,
        Text(
            "付款后关闭而未写退款额，按全额退款计",
            "closed after payment without a stated refund: taken as refunded in full",
        ),
    ),
)

MONEY = (
    C(
        "placed",
        T.MONEY,
        Text(
            "下单金额（含未付款）；红字单、调整单、测试单为 0",
            "amount ordered, paid or not; 0 for credits, adjustments, tests",
        ),
    ),
    C("paid", T.MONEY, Text("支付金额，销售之外为 0", "amount paid, 0 unless a sale")),
    C("gross", T.MONEY, Text("优惠前商品金额，销售之外为 0", "goods before order discounts, 0 unless a sale")),
    C("discount", T.MONEY, Text("优惠金额", "discount")),
    C("shipping", T.MONEY, Text("买家付的运费", "shipping charged")),
    C("tax", T.MONEY, Text("税额", "tax")),
    C("gift_cards", T.MONEY, Text("礼品卡金额", "gift cards sold")),
    C(
        "base",
        T.MONEY,
        Text(
            "退款前净额：支付金额去掉口径不含的运费、税、礼品卡",
            "paid less the shipping, tax and gift cards the policy leaves out",
        ),
    ),
    C(
        "refund",
        T.MONEY,
        Text("退款（不超过支付金额）；红字单为其绝对额", "refund, at most paid; for a credit its absolute amount"),
    ),
    C(
        "net",
        T.MONEY,
        Text(
            "净销售额：base − 退款，不小于 0；红字单为负",
            "net sales: base − refund, not below 0; negative for a credit",
        ),
    ),
    C("cost", T.MONEY, Text("已知成本合计", "sum of known costs")),
    C("costed", T.MONEY, Text("成本已知的商品行实付（成本覆盖）", "paid amount of lines with a known cost (coverage)")),
    C("units", T.QUANTITY, Text("售出件数", "units sold")),
    C("lines", T.COUNT, Text("商品行数", "lines sold")),
)

HISTORY = (
    C(
        "seq",
        T.SMALL,
        Text(
            "客户第几笔销售，从 1 起；匿名或非销售为空",
            "number among the customer's sales from 1; null when anonymous or no sale",
        ),
    ),
    C("day_seq", T.SMALL, Text("客户第几个购买日，从 1 起", "number among the customer's purchase days from 1")),
    C(
        "first_day",
        T.DAY,
        Text("客户首个购买日（不晚于本单）", "first purchase day of the customer (never later than this order)"),
    ),
    C("prev_order_day", T.DAY, Text("上一笔订单的日期，可为同日", "day of the previous order, may be the same day")),
    C("prev2_order_day", T.DAY, Text("上上笔订单的日期", "day of the order before the previous one")),
    C("prev_day", T.DAY, Text("上一个不同的购买日", "previous distinct purchase day")),
    C("prev2_day", T.DAY, Text("再上一个不同的购买日", "the distinct purchase day before that")),
    C("prev_channel_day", T.DAY, Text("同渠道上一笔订单的日期", "day of the previous order in the same channel")),
    C(
        "opens_day",
        T.FLAG,
        Text(
            "是否当日首单（按购买日去重时只数它）",
            "first order of the customer that day (count these for purchase days)",
        ),
    ),
    C("member_at_order", T.FLAG, Text("下单当日是否会员；匿名为空", "member on that day; null when anonymous")),
    C(
        "private_at_order",
        T.FLAG,
        Text("下单当日是否在私域；匿名为空", "in the private domain on that day; null when anonymous"),
    ),
)

STANDING = (
    C("is_first", T.FLAG, Text("是否首单（seq = 1）；匿名为空", "first order (seq = 1); null when anonymous")),
    C(
        "buyer",
        T.TEXT,
        Text(
            "new 首单、returning 老客订单、anonymous 匿名、none 非销售",
            "new (first order), returning, anonymous, none (no sale)",
        ),
    ),
)

PROVENANCE = (
    C("load_id", T.COUNT, Text("来自哪次导入", "load it came from")),
    C("row_no", T.COUNT, Text("原文件行号", "row of the file")),
)

DOCUMENT_COLUMNS = (*IDENTITY, *WHEN, *WHERE, *VERDICT, *MONEY, *PROVENANCE)
HISTORY_COLUMNS = (*IDENTITY[:2], *HISTORY)
ORDER_COLUMNS = (*IDENTITY, *WHEN, *WHERE, *VERDICT, *MONEY, *STANDING, *HISTORY, *PROVENANCE)
