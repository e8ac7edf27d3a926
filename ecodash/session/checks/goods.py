"""Checks of goods: stock below zero, days without stock, missing costs, products nobody listed."""

import narwhals as nw

from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.money import times
from ecodash.session.checks.check import Check, Ground, Severity


def _negative(ground: Ground) -> Frame:
    costs = ground.table("products").select("sku_id", product_cost=nw.col("unit_cost"))
    rows = ground.table("inventory").join(costs, on="sku_id", how="left")
    available = nw.coalesce("available_qty", nw.col("on_hand_qty") - nw.col("reserved_qty").fill_null(0))
    rows = rows.with_columns(
        unit_cost=nw.coalesce("unit_cost", "product_cost"),
        available=available,
        least=nw.min_horizontal("on_hand_qty", available),
    )
    below = rows.filter(nw.col("least") < 0).with_columns(short=nw.col("least") * -1)
    return below.select(
        *("snapshot_date", "location_id", "sku_id", "on_hand_qty", "available", "load_id", "row_no"),
        money=times("unit_cost", "short").fill_null(0),
    )


def _out_of_stock(ground: Ground) -> Frame:
    sold = ground.fact("order_lines").filter(nw.col("is_sale")).group_by("sku_id").agg(units=nw.col("qty").sum())
    empty = ground.fact("stock_days").filter(nw.col("available") <= 0)
    rows = empty.group_by("sku_id", "location_id").agg(days=nw.col("day").n_unique())
    named = rows.join(sold, on="sku_id", how="inner")
    return named.select("sku_id", "location_id", days=nw.col("days").cast(nw.Int64), qty=nw.col("units").cast(nw.Int64))


def _no_cost(ground: Ground) -> Frame:
    lines = ground.fact("order_lines").filter(nw.col("is_sale"), nw.col("cost").is_null())
    rows = lines.group_by("sku_id").agg(
        product_name=nw.col("product_name").max(), lines=nw.len(), money=nw.col("paid").sum().cast(nw.Int64)
    )
    return rows.select("sku_id", "product_name", "money", lines=nw.col("lines").cast(nw.Int64))


def _unlisted(ground: Ground) -> Frame:
    lines = ground.fact("order_lines").filter(nw.col("is_sale"), ~nw.col("sku_id").is_null())
    unknown = lines.join(ground.table("products").select("sku_id"), on="sku_id", how="anti")
    rows = unknown.group_by("sku_id").agg(
        product_name=nw.col("product_name").max(), lines=nw.len(), money=nw.col("paid").sum().cast(nw.Int64)
    )
    return rows.select("sku_id", "product_name", "money", lines=nw.col("lines").cast(nw.Int64))


CHECKS = (
    Check(
        code="negative_stock",
        traps=("T24",),
        title=Text("库存为负或被预占超过现货", "stock below zero or promised beyond what is there"),
        why=Text(
            "预售占用或漏登入库；周转和库存金额按 0 计，金额是负数部分的成本。",
            "Pre-booked stock or a receipt nobody entered; turnover and stock value count 0, the amount is the cost of what is missing.",
        ),
        advice=Text("盘点或补登入库单后重新导出库存。", "Count the stock or enter the receipts, then export it again."),
        severity=Severity.LOOK,
        rows=_negative,
        needs=("inventory",),
    ),
    Check(
        code="stock_outs",
        traps=("T24",),
        title=Text("在售商品有缺货的快照日", "products on sale with snapshot days without stock"),
        why=Text(
            "缺货日没有销量不等于没有需求；直接平均会低估需求。",
            "No sales without stock is not no demand; a plain average understates it.",
        ),
        advice=Text(
            "无需处理；需求与预测按有货的天数计算。", "Nothing to do; demand and forecasts go by days with stock."
        ),
        severity=Severity.NOTE,
        rows=_out_of_stock,
        needs=("inventory", "orders"),
        priced=False,
    ),
    Check(
        code="no_cost",
        title=Text("卖出的商品没有成本", "products sold without a known cost"),
        why=Text("毛利只能按有成本的部分计算。", "Margins cover only the part with a cost."),
        advice=Text("导入含成本的商品表。", "Load a product table with costs."),
        severity=Severity.LOOK,
        rows=_no_cost,
        needs=("orders", "order_items"),
    ),
    Check(
        code="unlisted_products",
        title=Text("卖出的商品不在商品表里", "products sold that are not in the product table"),
        why=Text(
            "多半是商家编码对不上，类目和成本因此缺失。",
            "Mostly codes that do not match; category and cost are missing.",
        ),
        advice=Text("补全商品表，或统一商家编码。", "Complete the product table, or use one code everywhere."),
        severity=Severity.LOOK,
        rows=_unlisted,
        needs=("orders", "order_items", "products"),
    ),
)
