"""JD: one row per order and SKU in GBK, order totals repeated on every row; returns are not in this export."""

from pathlib import Path

import polars as pl

from ecodash.sample.cells import count, money, of_place, of_product, padded, paid_or, stamp, word
from ecodash.sample.ids import ORDER_IDS
from ecodash.sample.sheet import put_csv, sheet
from ecodash.sample.shop import Shop

STATUS = {
    "pending": "等待付款",
    "unpaid": "(删除)等待付款",
    "paid": "等待出库",
    "sent": "等待确认收货",
    "done": "完成",
    "cancelled": "(删除)等待出库",
}
TIME = "%Y/%-m/%-d %-H:%M:%S"


def write(shop: Shop, directory: Path) -> list[Path]:
    """The order export of the shop on JD."""
    part = shop.of("jd")
    orders = part.orders.with_columns(total=pl.col("gross") + pl.col("shipping")).select(
        "nth", "created", "paid_at", "done_at", "fate", "buyer", "place", "total", "due", "shipping"
    )
    rows = part.lines.drop("due").join(orders, on="nth", maintain_order="left")
    table = sheet(
        "jd_order_export",
        rows,
        {
            "订单号": ORDER_IDS["jd"](),
            "商品ID": padded("product", 11, plus=10_000_000_001),
            "商品名称": of_product("zh") + " " + of_product("variant"),
            "订购数量": count("qty"),
            "支付方式": "在线支付",
            "下单时间": stamp("created", TIME),
            "京东价": money("price"),
            "订单金额": money("total"),
            "结算金额": money("due"),
            "余额支付": "0.00",
            "应付金额": paid_or("due"),
            "订单状态": word(STATUS),
            "订单类型": "SOP",
            "下单帐号": padded("buyer", 6, before="jd_demo_"),
            "客户姓名": "李**",
            "客户地址": of_place(0) + of_place(1) + of_place(2) + "示例路9号",
            "联系电话": "100****0002",
            "发票类型": "不需要开具发票",
            "运费金额": money("shipping"),
            "付款确认时间": stamp("paid_at", TIME),
            "货号": of_product("sku"),
            "订单完成时间": stamp("done_at", TIME),
            "订单来源": "移动端",
            "订单渠道": "京东",
        },
    )
    return [put_csv(directory / "jd_orders.csv", table, encoding="gb18030")]
