"""Douyin: one row per sub-order, text starts with a tab, names and phones are encrypted anew in every export."""

from pathlib import Path

import polars as pl

from ecodash.sample.cells import count, money, of_place, of_product, padded, stamp, was_paid
from ecodash.sample.ids import ORDER_IDS
from ecodash.sample.sheet import put_csv, sheet
from ecodash.sample.shop import Shop

STATUS = {
    "pending": "待支付",
    "unpaid": "已关闭",
    "paid": "待发货",
    "sent": "已发货",
    "done": "已完成",
    "part_returned": "已完成",
    "cancelled": "已关闭",
    "returned": "已关闭",
}
SOURCES = ("直播", "商品卡", "短视频")
TIME = "\t%Y/%m/%d %H:%M:%S"


def write(shop: Shop, directory: Path) -> list[Path]:
    """The order export of the shop on Douyin."""
    part = shop.of("douyin")
    orders = part.orders.select("nth", "created", "paid_at", "sent_at", "done_at", "fate", "place", "paid", "lines")
    rows = part.lines.join(orders, on="nth", maintain_order="left").with_row_index("nth_line")
    rows = rows.with_columns(off=pl.col("discount") + pl.col("platform_discount"))
    back = pl.col("refund") > 0
    number = pl.lit("\t") + ORDER_IDS["douyin"]()
    own = padded("nth_line", 19, before="\t", plus=6_930_000_000_000_000_001)
    source = pl.lit(pl.Series(SOURCES)).gather(pl.col("nth") % len(SOURCES))
    closed = pl.when(pl.col("fate") == "unpaid").then(pl.lit("超时未支付")).when(back).then(pl.lit("售后退款"))
    table = sheet(
        "douyin_order_export",
        rows,
        {
            "主订单编号": number,
            "子订单编号": pl.when(pl.col("lines") == 1).then(number).otherwise(own),
            "选购商品": "\t" + of_product("zh") + " " + of_product("variant"),
            "商品规格": of_product("variant"),
            "商品数量": count("qty"),
            "商品ID": padded("product", 19, before="\t", plus=3_500_000_000_000_000_001),
            "商家编码": "\t" + of_product("sku"),
            "商品单价": money("price"),
            "订单应付金额": money("due"),
            "运费": "0.00",
            "优惠总金额": money("off"),
            "平台优惠": money("platform_discount"),
            "商家优惠": money("discount"),
            "达人优惠": "0.00",
            "支付方式": pl.when(was_paid()).then(pl.lit("微信")).otherwise(pl.lit("-")),
            "收件人": "##demo**",
            "收件人手机号": "$$demo**",
            "省": of_place(0),
            "市": of_place(1),
            "区": of_place(2),
            "街道": "-",
            "详细地址": "##demo**",
            "订单提交时间": stamp("created", TIME),
            "订单完成时间": stamp("done_at", TIME).fill_null("-"),
            "支付完成时间": stamp("paid_at", TIME).fill_null("\t-"),
            "APP渠道": "抖音",
            "流量来源": source,
            "订单状态": pl.when(back).then(pl.lit("已关闭")).otherwise(pl.col("fate").replace_strict(STATUS)),
            "订单类型": "普通订单",
            "达人ID": "\t-",
            "达人昵称": "-",
            "售后状态": pl.when(back).then(pl.lit("退款成功")).otherwise(pl.lit("-")),
            "取消原因": closed.otherwise(pl.lit("-")),
            "流量类型": "自营",
            "流量体裁": source,
            "发货时间": stamp("sent_at", TIME).fill_null("-"),
        },
    )
    return [put_csv(directory / "douyin_orders.csv", table, encoding="utf-8-sig", quote="always", end="\r\n")]
