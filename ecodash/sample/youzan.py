"""Youzan mini-program shop: orders, order items, customers; and the WeCom contacts of the same people."""

from pathlib import Path

import polars as pl

from ecodash.sample.cells import (
    count,
    money,
    of_place,
    of_product,
    padded,
    paid_or,
    phone,
    stamp,
    titles,
    was_paid,
    word,
)
from ecodash.sample.ids import ORDER_IDS, PHONES
from ecodash.sample.people import GUIDES
from ecodash.sample.sheet import Sheet, put_csv, put_table, sheet
from ecodash.sample.shop import Shop

STATUS = {
    "pending": "待付款",
    "unpaid": "交易关闭",
    "paid": "待发货",
    "sent": "已发货",
    "done": "交易完成",
    "part_returned": "交易完成",
    "cancelled": "交易关闭",
    "returned": "交易关闭",
}
BACK = {"cancelled": "全额退款成功", "returned": "全额退款成功", "part_returned": "部分退款成功"}
OFTEN = 3  # orders of a VIP


def write(shop: Shop, directory: Path) -> list[Path]:
    """The three files of the mini-program shop and the contacts."""
    part = shop.of("youzan")
    people = part.people
    blank = Sheet(headers=("",), cells=pl.DataFrame({"last": []}))
    customers = _customers(people)
    trailing = Sheet(
        headers=customers.headers + blank.headers,
        cells=customers.cells.with_columns(last=pl.lit(None, dtype=pl.String)),
    )
    return [
        put_csv(directory / "youzan_orders.csv", _orders(part, people), encoding="gb18030"),
        put_csv(directory / "youzan_order_items.csv", _items(part), encoding="gb18030"),
        put_csv(directory / "youzan_customers.csv", trailing, encoding="gb18030"),
        put_table(directory / "wecom_customers", _contacts(people), name="客户列表"),
    ]


def _orders(part: Shop, people: pl.DataFrame) -> Sheet:
    rows = part.orders.join(titles(part.lines), on="nth", maintain_order="left").join(
        people.select("buyer", "joined"), on="buyer", maintain_order="left"
    )
    member = (pl.col("joined") <= pl.col("created")).fill_null(value=False)
    return sheet(
        "youzan_order_export",
        rows,
        {
            "订单号": ORDER_IDS["youzan"](),
            "销售渠道": "网店",
            "归属店铺": "山野集微商城",
            "订单类型": "普通订单",
            "订单状态": word(STATUS),
            "推广方式": "-",
            "订单来源": "微信小程序",
            "订单创建时间": stamp("created"),
            "买家付款时间": stamp("paid_at"),
            "交易成功时间": stamp("done_at"),
            "付款方式": pl.when(was_paid()).then(pl.lit("微信支付")),
            "商品金额合计": money("gross"),
            "运费": money("shipping"),
            "店铺优惠合计": money("discount"),
            "应收订单金额": money("due"),
            "订单实付金额": paid_or("paid"),
            "订单实收金额": paid_or("paid"),
            "全部商品名称": pl.col("titles"),
            "商品种类数": count("kinds"),
            "订单配送方式": "快递发货",
            "收货人省份": of_place(0),
            "收货人城市": of_place(1),
            "收货人地区": of_place(2),
            "收货人/提货人": "孙*",
            "收货人手机号/提货人手机号": phone(PHONES) + "\t",
            "买家昵称": padded("buyer", 5, before="示例客"),
            "买家是否会员": pl.when(member).then(pl.lit("是")).otherwise(pl.lit("否")),
            "买家手机号": phone(PHONES) + "\t",
            "订单退款状态": pl.col("fate").replace_strict(BACK, default=None, return_dtype=pl.String),
            "订单已退款金额": money("refund"),
        },
    )


def _items(part: Shop) -> Sheet:
    orders = part.orders.select("nth", "created", "sent_at", "done_at", "fate", "buyer", "place")
    rows = part.lines.join(orders, on="nth", maintain_order="left")
    back = pl.col("refund") > 0
    sent = pl.col("sent_at").is_not_null()
    return sheet(
        "youzan_order_item_export",
        rows,
        {
            "订单号": ORDER_IDS["youzan"](),
            "订单商品状态": word(STATUS),
            "交易成功时间": stamp("done_at"),
            "商品名称": of_product("zh"),
            "商品类型": "实物商品",
            "商品类目": of_product("category"),
            "商品规格": of_product("variant"),
            "规格编码": of_product("sku"),
            "商品编码": of_product("sku"),
            "商品单价": money("price"),
            "商品优惠后价格": money("price"),
            "商品数量": count("qty"),
            "商品金额小计": money("gross"),
            "店铺优惠（分摊）": money("discount"),
            "商品实际成交金额": money("due"),
            "收货人/提货人": "孙*",
            "收货人手机号/提货人手机号": phone(PHONES) + "\t",
            "收货人省份": of_place(0),
            "收货人城市": of_place(1),
            "收货人地区": of_place(2),
            "商品发货状态": pl.when(sent).then(pl.lit("已发货")).otherwise(pl.lit("未发货")),
            "商品发货方式": pl.when(sent).then(pl.lit("快递")),
            "商品发货时间": stamp("sent_at"),
            "商品退款状态": pl.when(back).then(pl.lit("退款成功")),
            "商品已退款金额": money("refund"),
        },
    )


def _customers(people: pl.DataFrame) -> Sheet:
    member = pl.col("joined").is_not_null()
    rows = people.with_columns(each=pl.col("spent") // pl.max_horizontal("bought", 1))
    return sheet(
        "youzan_customer_export",
        rows,
        {
            "客户昵称": padded("buyer", 5, before="示例客"),
            "客户手机号": phone(PHONES),
            "是否会员": pl.when(member).then(pl.lit("是")).otherwise(pl.lit("否")),
            "免费等级": pl.col("level"),
            "客户积分": pl.when(member).then((pl.col("spent") // 100).cast(pl.String)).otherwise(pl.lit("0")),
            "客户储值余额": "0.00",
            "消费次数": count("bought"),
            "消费金额": money("spent"),
            "累计退款金额": money("refund"),
            "累计退款订单数": count("refunds"),
            "笔单价": money("each"),
            "上次消费时间": stamp("last"),
            "企微好友": pl.when(pl.col("met").is_not_null()).then(pl.lit("是")),
            "来源渠道": "微信小程序",
            "来源方式": "自主访问",
            "成为客户时间": stamp("first"),
            "成为会员时间": stamp("joined"),
            "微信地域": of_place(0),
        },
    )


def _contacts(people: pl.DataFrame) -> Sheet:
    rows = people.filter(pl.col("met").is_not_null())
    of_guide = [pl.lit(pl.Series([g[i] for g in GUIDES])).gather(pl.col("guide")) for i in range(3)]
    return sheet(
        "wecom_customer_export",
        rows,
        {
            "客户名称": padded("buyer", 5, before="示例客"),
            "添加人": of_guide[0],
            "添加人账号": of_guide[1],
            "添加人所属部门": of_guide[2],
            "添加时间": stamp("met"),
            "来源": "扫描二维码",
            "手机": phone(PHONES),
            "标签组1(客户等级)": pl.when(pl.col("bought") >= OFTEN).then(pl.lit("VIP")),
        },
    )
