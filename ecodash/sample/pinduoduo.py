"""Pinduoduo: one row per order, every value ends with a tab, and nothing says who bought."""

from pathlib import Path

import polars as pl

from ecodash.sample.cells import count, money, of_product, padded, stamp, was_paid
from ecodash.sample.ids import ORDER_IDS
from ecodash.sample.sheet import Sheet, put_csv, sheet
from ecodash.sample.shop import Shop

BEFORE = {"unpaid": "已取消", "pending": "待付款", "paid": "待发货", "sent": "已发货，待收货", "done": "已收货"}
BACK = {"cancelled": "未发货，退款成功", "returned": "已收货，退款成功"}


def write(shop: Shop, directory: Path) -> list[Path]:
    """The order export of the shop on Pinduoduo."""
    part = shop.of("pinduoduo")
    orders = part.orders.select(
        "nth", "created", "paid_at", "sent_at", "done_at", "fate", "shipping", "paid", "carrier"
    )
    rows = part.lines.join(orders, on="nth", maintain_order="left").with_columns(
        receivable=pl.col("due") + pl.col("platform_discount")
    )
    back = pl.col("fate").is_in(list(BACK))
    table = sheet(
        "pdd_order_export",
        rows,
        {
            "商品": of_product("zh"),
            "订单号": ORDER_IDS["pinduoduo"](),
            "订单状态": pl.col("fate").replace_strict(BEFORE | BACK, return_dtype=pl.String),
            "商品总价(元)": money("gross"),
            "邮费(元)": money("shipping"),
            "店铺优惠折扣(元)": money("discount"),
            "平台优惠折扣(元)": money("platform_discount"),
            "多多支付立减金额(元)": "0.00",
            "用户实付金额(元)": money("due"),
            "商家实收金额(元)": money("receivable"),
            "商品数量(件)": count("qty"),
            "发货时间": stamp("sent_at"),
            "确认收货时间": stamp("done_at"),
            "商品id": padded("product", 12, plus=500_000_000_001),
            "商品规格": of_product("variant"),
            "样式ID": padded("product", 13, plus=1_500_000_000_001),
            "商家编码-规格维度": of_product("sku"),
            "商家编码-商品维度": of_product("sku"),
            "售后状态": pl.when(back).then(pl.lit("退款成功")).otherwise(pl.lit("无售后或售后取消")),
            "快递单号": pl.when(pl.col("sent_at").is_not_null()).then(padded("nth", 14, plus=78_000_000_000_001)),
            "快递公司": pl.when(pl.col("sent_at").is_not_null()).then("carrier"),
            "订单成交时间": pl.when(was_paid()).then(stamp("created")),
        },
    )
    tabbed = Sheet(headers=table.headers, cells=table.cells.with_columns(pl.all().fill_null("") + "\t"))
    return [put_csv(directory / "pinduoduo_orders.csv", tabbed, encoding="utf-8-sig")]
