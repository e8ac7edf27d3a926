"""Fact ``stock_days``: one row per snapshot day, location and SKU."""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts.calendar import day_number, month_number
from ecodash.facts.fact import Fact, Frame, Frames, Read
from ecodash.facts.fact import FactColumn as C
from ecodash.facts.fact import FactType as T
from ecodash.facts.money import at_least_zero, times

COLUMNS = (
    C("day", T.DAY, Text("快照日", "snapshot day")),
    C("month", T.MONTH, Text("月", "month")),
    C("location_id", T.TEXT, Text("地点，未写为空", "location, null when not stated")),
    C("sku_id", T.ID, Text("商品编号", "SKU")),
    C("category", T.TEXT, Text("一级类目", "category")),
    C("on_hand", T.QUANTITY, Text("现货（可为负，如实保留）", "on hand; negative values are kept")),
    C("available", T.QUANTITY, Text("可售；没有时为现货 − 占用", "available; on hand − reserved when not stated")),
    C("reserved", T.QUANTITY, Text("占用，未写为空", "reserved, null when not stated")),
    C("inbound", T.QUANTITY, Text("在途，未写为空", "inbound, null when not stated")),
    C("safety", T.QUANTITY, Text("安全库存，未写为空", "reorder level, null when not stated")),
    C("unit_cost", T.MONEY, Text("单件成本，未知为空", "unit cost, null when unknown")),
    C(
        "value",
        T.MONEY,
        Text("现货成本金额，未知为空；负库存按 0", "stock at cost, null when unknown; negative stock counts 0"),
    ),
    C("load_id", T.COUNT, Text("来自哪次导入", "load it came from")),
    C("row_no", T.COUNT, Text("原文件行号", "row of the file")),
)


def build(frames: Frames, settings: Settings) -> Frame:
    """One row per canonical inventory row, columns ``COLUMNS``."""
    del settings
    products = frames["products"].select("sku_id", category=nw.col("category_l1"), product_cost=nw.col("unit_cost"))
    date, on_hand = nw.col("snapshot_date"), nw.col("on_hand_qty")
    rows = (
        frames["inventory"]
        .join(products, on="sku_id", how="left")
        .with_columns(unit_cost=nw.coalesce("unit_cost", "product_cost"), kept=at_least_zero(on_hand))
        .with_columns(
            day=day_number(date),
            month=month_number(date),
            on_hand=on_hand,
            available=nw.coalesce("available_qty", on_hand - nw.col("reserved_qty").fill_null(0)),
            reserved=nw.col("reserved_qty"),
            inbound=nw.col("inbound_qty"),
            safety=nw.col("safety_qty"),
            value=times("unit_cost", "kept"),
        )
    )
    return rows.select(*(column.name for column in COLUMNS))


STOCK_DAYS = Fact(
    name="stock_days",
    label=Text("库存日", "Stock days"),
    grain=Text("快照日 × 地点 × 商品", "snapshot day × location × SKU"),
    columns=COLUMNS,
    reads=(
        Read(name="inventory", key="sku_id"),
        Read(name="products", key="sku_id"),
    ),
    refresh_by="sku_id",
    build=build,
)
