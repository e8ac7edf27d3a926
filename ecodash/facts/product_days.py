"""Fact ``product_days``: one row per day, SKU and channel with a sold or returned line."""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T

COLUMNS = (
    C("day", T.DAY, Text("口径日", "day that counts")),
    C("month", T.MONTH, Text("口径月", "month that counts")),
    C("sku_id", T.ID, Text("商品编号；没有时取平台商品编号、名称", "SKU; product id or title when there is none")),
    C("category", T.TEXT, Text("一级类目", "category")),
    C("channel_id", T.TEXT, Text("渠道", "channel")),
    C("lines", T.COUNT, Text("售出行数", "lines sold")),
    C("qty", T.QUANTITY, Text("售出件数", "units sold")),
    C("returned", T.QUANTITY, Text("退货行件数（正）", "units on return lines, positive")),
    C("gross", T.MONEY, Text("优惠前金额", "amount before discounts")),
    C("paid", T.MONEY, Text("实付", "amount paid")),
    C("refund", T.MONEY, Text("退款", "refunds")),
    C("net", T.MONEY, Text("净额", "net")),
    C("cost", T.MONEY, Text("已知成本", "known cost")),
    C("costed", T.MONEY, Text("成本已知的实付", "paid amount with a known cost")),
)


DIMENSIONS = ("day", "month", "sku_id", "category", "channel_id")
SUMS = ("lines", "qty", "returned", "gross", "paid", "refund", "net", "cost", "costed")


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per day × product × channel, columns ``COLUMNS``; only lines that are sold or returned."""
    del settings
    lines = frames["fact.order_lines"].filter(nw.col("kind").is_in(("sale", "return")), ~nw.col("day").is_null())
    sold = nw.col("is_sale")
    known = ~nw.col("cost").is_null()
    rows = lines.select(
        *("day", "month", "category", "channel_id", "gross", "paid", "refund", "net"),
        sku_id=nw.coalesce("sku_id", "product_id", "product_name"),
        lines=sold.cast(nw.Int64),
        qty=nw.when(sold).then(nw.col("qty")).otherwise(0),
        returned=nw.when(sold).then(0).otherwise(nw.col("qty") * -1),
        cost=nw.col("cost").fill_null(0),
        costed=nw.when(known).then(nw.col("paid")).otherwise(0),
    )
    summed = rows.group_by(*DIMENSIONS).agg(*(nw.col(name).sum().cast(nw.Int64) for name in SUMS))
    return summed.select(*(column.name for column in COLUMNS))


PRODUCT_DAYS = Fact(
    name="product_days",
    label=Text("商品日", "Product days"),
    grain=Text("日 × 商品 × 渠道", "day × SKU × channel"),
    columns=COLUMNS,
    reads=(Read(name="fact.order_lines", key="day"),),
    refresh_by="day",
    build=build,
)
