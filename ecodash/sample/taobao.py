"""Taobao/Tmall: order list (GB18030), item list, refunds. 山野集旗舰店."""

from pathlib import Path

import polars as pl

from ecodash.sample.cells import count, money, of_place, of_product, padded, paid_or, stamp, titles, word
from ecodash.sample.ids import ORDER_IDS
from ecodash.sample.sheet import Sheet, put_csv, put_table, sheet
from ecodash.sample.shop import Shop

STATUS = {
    "pending": "等待买家付款",
    "unpaid": "交易关闭",
    "paid": "买家已付款，等待卖家发货",
    "sent": "卖家已发货，等待买家确认",
    "done": "交易成功",
    "part_returned": "交易成功",
    "cancelled": "交易关闭",
    "returned": "交易关闭",
}
CLOSED = {"unpaid": "买家未付款", "cancelled": "退款", "returned": "退款"}
DAY = "%Y%m%d"
REASONS = (
    "七天无理由退换货",
    "大小/尺寸不合适",
    "七天无理由退换货",
    "卖家发错货",
    "七天无理由退换货",
    "未按约定时间发货",
    "其他",
)


def write(shop: Shop, directory: Path) -> list[Path]:
    """The three files of the shop on Taobao."""
    part = shop.of("taobao")
    return [
        put_csv(directory / "taobao_ExportOrderList.csv", _orders(part), encoding="gb18030"),
        put_table(directory / "taobao_ExportItemList", _items(part), name="export"),
        put_table(directory / "taobao_refunds", _refunds(part), name="Sheet0"),
    ]


def _orders(part: Shop) -> Sheet:
    rows = part.orders.join(titles(part.lines), on="nth", maintain_order="left").with_columns(
        total=pl.col("gross") + pl.col("shipping"), nothing=pl.lit(0)
    )
    nick = padded("buyer", 6, before="示例买家")
    sent = pl.col("sent_at").is_not_null() & pl.col("carrier").is_not_null()
    payout = pl.when(pl.col("done_at").is_not_null()).then(pl.col("paid") - pl.col("refund")).otherwise(0)
    return sheet(
        "taobao_order_list_csv",
        rows.with_columns(payout=payout),
        {
            "订单编号": '="' + ORDER_IDS["taobao"]() + '"',
            "买家会员名": nick,
            "买家应付货款": money("gross"),
            "买家应付邮费": money("shipping"),
            "买家支付积分": "0",
            "总金额": money("total"),
            "返点积分": "0",
            "买家实际支付金额": paid_or("paid"),
            "买家实际支付积分": "0",
            "订单状态": word(STATUS),
            "收货人姓名": "张**",
            "收货地址": of_place(0)
            + " "
            + of_place(1)
            + " "
            + of_place(2)
            + pl.when(pl.col("cause") == "brushing").then(pl.lit(" 示例路88号")).otherwise(pl.lit(" 示例路1号")),
            "运送方式": "快递",
            "联系手机": "'100****0001",
            "订单创建时间": stamp("created"),
            "订单付款时间": stamp("paid_at"),
            "宝贝标题": pl.col("titles"),
            "宝贝种类": count("kinds"),
            "物流单号": pl.when(sent).then(padded("nth", 10, before="No:EX")),
            "物流公司": pl.when(sent).then("carrier"),
            "宝贝总数量": count("qty"),
            "店铺Id": "0",
            "店铺名称": "山野集旗舰店",
            "订单关闭原因": pl.col("fate").replace_strict(CLOSED, default="订单未关闭", return_dtype=pl.String),
            "卖家服务费": "0元",
            "买家服务费": "0元",
            "是否手机订单": "手机订单",
            "是否上传合同照片": "否",
            "是否上传小票": "否",
            "是否代付": "否",
            "退款金额": money("refund"),
            "确认收货时间": stamp("done_at"),
            "打款商家金额": money("payout") + "元",
            "含应开票给个人的个人红包": "0.00",
        },
    )


def _rows(part: Shop) -> pl.DataFrame:
    """Lines with their order; ``nth_line`` numbers them through."""
    orders = part.orders.select("nth", "created", "paid_at", "paid", "fate", "refunded_at", "requested_at", "lines")
    return part.lines.join(orders, on="nth", maintain_order="left").with_row_index("nth_line")


def _line_id() -> pl.Expr:
    """A single line carries the order's number, as the platform does."""
    own = stamp("created", DAY) + padded("nth_line", 10, before="9")
    return pl.when(pl.col("lines") == 1).then(ORDER_IDS["taobao"]()).otherwise(own)


def _items(part: Shop) -> Sheet:
    rows = _rows(part).with_columns(line_paid=pl.when(pl.col("paid").is_not_null()).then("due").otherwise(0))
    back = pl.col("refund") > 0
    none = pl.lit("无退款申请")
    return sheet(
        "taobao_item_list",
        rows,
        {
            "子订单编号": _line_id(),
            "主订单编号": ORDER_IDS["taobao"](),
            "商品标题": of_product("zh"),
            "商品价格": money("price"),
            "购买数量": count("qty"),
            "外部系统编号": of_product("sku"),
            "商品属性": "规格:" + of_product("variant"),
            "订单状态": word(STATUS),
            "商家编码": of_product("sku"),
            "支付单号": pl.when(pl.col("paid").is_not_null()).then(padded("nth", 12, before="PAY")),
            "买家应付货款": money("gross"),
            "买家实付金额": money("line_paid"),
            "退款状态": pl.when(back).then(pl.lit("退款成功")).otherwise(none),
            "退款金额": pl.when(back).then(money("refund")).otherwise(none),
            "订单创建时间": stamp("created"),
            "订单付款时间": stamp("paid_at"),
            "商品ID": padded("product", 12, plus=700_000_000_001),
            "skuId": padded("product", 14, plus=70_000_000_000_101),
        },
    )


def _refunds(part: Shop) -> Sheet:
    rows = _rows(part).filter(pl.col("refund") > 0)
    full = pl.col("fate").is_in(["cancelled", "returned"])
    early = pl.col("fate") == "cancelled"
    other = pl.lit(pl.Series(REASONS)).gather(pl.col("nth_line") % len(REASONS))
    batch = pl.col("paid_at").dt.date().is_between(part.plan.wave.start, part.plan.wave.end)
    wave = of_product("sku").is_in(part.plan.wave_skus) & batch & ~early
    either = pl.when
    return sheet(
        "taobao_refund",
        rows,
        {
            "订单编号": _line_id(),
            "退款编号": padded("nth_line", 18, plus=300_000_000_000_000_001),
            "支付单号": padded("nth", 12, before="PAY"),
            "订单付款时间": stamp("paid_at"),
            "商品id": padded("product", 12, plus=700_000_000_001),
            "商品编码": of_product("sku"),
            "退款完结时间": stamp("refunded_at"),
            "买家实际支付金额": money("due"),
            "宝贝标题": of_product("zh"),
            "买家退款金额": money("refund"),
            "手工退款/系统退款": "手工退款",
            "售后类型": either(early).then(pl.lit("仅退款")).otherwise(pl.lit("退货退款")),
            "退款的申请时间": stamp("requested_at"),
            "退款状态": "退款成功",
            "货物状态": either(early).then(pl.lit("未发货")).otherwise(pl.lit("买家已退货")),
            "买家退款原因": either(early)
            .then(pl.lit("不想要了"))
            .otherwise(either(wave).then(pl.lit("质量问题")).otherwise(other)),
            "售中或售后": either(early).then(pl.lit("售中")).otherwise(pl.lit("售后")),
            "完结时间": stamp("refunded_at"),
            "部分退款/全部退款": either(full).then(pl.lit("全部退款")).otherwise(pl.lit("部分退款")),
        },
    )
