"""Parcels: the ERP says what left which warehouse with whom, the carriers' list says when it was due and when it came."""

from pathlib import Path

import polars as pl

from ecodash.sample.cells import count, listed, money, of_place, of_product, padded, stamp
from ecodash.sample.places import ABROAD, OWN_RIDERS, WAREHOUSES
from ecodash.sample.sheet import Columns, Sheet, put_plain, put_table, sheet
from ecodash.sample.shop import Shop

DAYS = 365
SOURCES = {
    "taobao": "淘宝",
    "jd": "京东",
    "pinduoduo": "拼多多",
    "douyin": "抖音",
    "youzan": "有赞",
    "shopify": "shopify",
    "store": "自有系统",
}
FREIGHT = (520, 560, 610, 4_200)  # per parcel from each warehouse, in fen
DIRECT_FREIGHT, DUTY = 9_800, 1_500  # abroad, from home
HELD = 0.04  # share of parcels from home the customs hold


def write(shop: Shop, directory: Path) -> list[Path]:
    """The stock-out list of the ERP (half a year) and the parcel list of the carriers (a year)."""
    orders = shop.orders.filter(
        pl.col("sent_at").is_not_null(), pl.col("carrier").is_not_null(), pl.col("day") >= shop.plan.days - DAYS
    )
    lately = orders.filter(pl.col("day") >= shop.plan.days - DAYS // 2, ~pl.col("platform").is_in(["shopify", "store"]))
    return [
        put_table(directory / "wangdiantong_stockout", _stockout(shop, lately), name="销售出库明细"),
        _parcels(shop, orders, directory),
    ]


def _parcel() -> pl.Expr:
    return padded("order", 10, before="CK")


def warehouse() -> pl.Expr:
    """Name of the warehouse; null for what no warehouse sends."""
    return listed([w[0] for w in WAREHOUSES]).gather(pl.col("warehouse"))


def _stockout(shop: Shop, orders: pl.DataFrame) -> Sheet:
    of_order = orders.select(
        *("order", "number", "warehouse", "carrier", "place", "created", "paid_at", "sent_at"), total=pl.col("due")
    )
    rows = shop.lines.join(of_order, on="order").sort("sent_at", "order", "line")
    return sheet(
        "wangdiantong_stockout",
        rows,
        {
            "订单编号": padded("order", 10, before="JY"),
            "原始单号": pl.col("number"),
            "订单类别": "网店销售",
            "订单来源": pl.col("platform").replace_strict(SOURCES, return_dtype=pl.String),
            "出库单编号": _parcel(),
            "仓库": warehouse(),
            "店铺": "山野集",
            "出库单状态": "已完成",
            "商家编码": of_product("sku"),
            "货品编号": of_product("sku").str.replace(r"-[A-Z0-9]+$", ""),
            "货品名称": of_product("zh"),
            "品牌": "山野集",
            "规格名称": of_product("variant"),
            "货品数量": count("qty"),
            "货品成交总价": money("due"),
            "应收金额": money("total"),
            "收货地区": of_place(0) + " " + of_place(1) + " " + of_place(2),
            "物流公司": pl.col("carrier"),
            "物流单号": padded("order", 12, before="EX"),
            "下单时间": stamp("created"),
            "支付时间": stamp("paid_at"),
            "发货时间": stamp("sent_at"),
        },
    )


def _parcels(shop: Shop, orders: pl.DataFrame, directory: Path) -> Path:
    """One row per parcel of the last year, abroad and by rider too."""
    dice = shop.plan.dice(33)
    rows = orders.sort("sent_at", "order")
    there, direct = pl.col("platform") == "shopify", pl.col("warehouse") != ABROAD
    own = pl.col("carrier") == OWN_RIDERS
    usual = listed(FREIGHT).gather(pl.col("warehouse")) + 60 * (pl.col("qty") - 1)
    cost = pl.when(own).then(900).when(there & direct).then(DIRECT_FREIGHT).otherwise(usual)
    held = listed(dice.random(rows.height) < HELD)
    pack = listed(("standard", "recyclable", "standard", "recyclable", "reusable"))
    rows = rows.with_columns(cost=cost.cast(pl.Int64), duty=pl.lit(DUTY))
    yes, no = pl.lit("true"), pl.lit("false")
    columns: Columns = {
        "shipment_id": _parcel(),
        "order_id": pl.col("number"),
        "from_location_id": warehouse(),
        "carrier_type": pl.when(own).then(pl.lit("own")).otherwise(pl.lit("third_party")),
        "carrier": pl.col("carrier"),
        "shipped_at": stamp("sent_at", "%Y-%m-%d %H:%M"),
        "promised_at": stamp("promised_at", "%Y-%m-%d %H:%M"),
        "delivered_at": stamp("delivered_at", "%Y-%m-%d %H:%M"),
        "freight_cost": money("cost"),
        "duty_cost": pl.when(there & direct).then(money("duty")),
        "customs_held": pl.when(there & direct).then(pl.when(held).then(yes).otherwise(no)),
        "packaging": pack.gather(pl.col("order") % 5),
        "ship_country": pl.when(there).then(of_place(2, overseas=True)).otherwise(pl.lit("CN")),
    }
    return put_plain(directory / "parcels.zip", rows, columns)
