"""Places and days: channels, locations, parcels, capacity."""

from ecodash.core.schema.table import Column, ColumnType, Table
from ecodash.core.text import Text

CHANNELS = Table(
    name="channels",
    label=Text(zh="渠道", en="Channels"),
    grain=Text(zh="每个渠道一行", en="one row per channel"),
    level="core",
    key=("channel_id",),
    columns=(
        Column("channel_id", ColumnType.STR, Text(zh="渠道编号", en="channel id"), required=True),
        Column("name", ColumnType.STR, Text(zh="名称", en="name")),
        Column(
            "kind",
            ColumnType.ENUM,
            Text(
                zh="web/app/mini_program/marketplace/store/social/live/community/other（store 为线下，其余为线上）",
                en="same (store is offline, all others online)",
            ),
            values=(
                "web",
                "app",
                "mini_program",
                "marketplace",
                "store",
                "social",
                "live",
                "community",
                "other",
            ),
        ),
        Column(
            "domain",
            ColumnType.ENUM,
            Text(zh="公域或私域", en="public or private domain"),
            values=(
                "public",
                "private",
            ),
        ),
        Column("platform", ColumnType.STR, Text(zh="平台", en="platform")),
    ),
)

LOCATIONS = Table(
    name="locations",
    label=Text(zh="仓库与门店", en="Warehouses and stores"),
    grain=Text(zh="每个地点一行", en="one row per location"),
    level="recommended",
    key=("location_id",),
    columns=(
        Column("location_id", ColumnType.STR, Text(zh="地点编号", en="location id"), required=True),
        Column(
            "kind",
            ColumnType.ENUM,
            Text(zh="类型", en="kind"),
            values=(
                "warehouse",
                "origin_warehouse",
                "overseas_warehouse",
                "store",
            ),
        ),
        Column("city", ColumnType.STR, Text(zh="城市", en="city"), ref="cities.city"),
        Column("country", ColumnType.STR, Text(zh="国家代码", en="country code")),
        Column("name", ColumnType.STR, Text(zh="名称", en="name")),
    ),
)

CITIES = Table(
    name="cities",
    label=Text(zh="城市分级（内置，可覆盖）", en="City tiers (built in, may be overridden)"),
    grain=Text(zh="每个城市一行", en="one row per city"),
    level="recommended",
    key=("city",),
    columns=(
        Column("city", ColumnType.STR, Text(zh="城市", en="city"), required=True),
        Column("province", ColumnType.STR, Text(zh="省份", en="province")),
        Column(
            "tier",
            ColumnType.ENUM,
            Text(zh="城市等级", en="city tier"),
            values=(
                "1",
                "new1",
                "2",
                "3",
                "4",
                "5",
            ),
        ),
        Column("lat", ColumnType.FLOAT, Text(zh="纬度", en="latitude")),
        Column("lon", ColumnType.FLOAT, Text(zh="经度", en="longitude")),
    ),
)

EVENTS = Table(
    name="events",
    label=Text(zh="大促日历（内置，可覆盖）", en="Event calendar (built in, may be overridden)"),
    grain=Text(zh="每个活动一行", en="one row per event"),
    level="recommended",
    key=("event_id",),
    columns=(
        Column(
            "event_id", ColumnType.STR, Text(zh="活动编号，如 618_2025", en="event id, e.g. 618_2025"), required=True
        ),
        Column("name", ColumnType.STR, Text(zh="名称", en="name")),
        Column("start_date", ColumnType.DATE, Text(zh="开始", en="start")),
        Column("end_date", ColumnType.DATE, Text(zh="结束", en="end")),
    ),
)

SHIPMENTS = Table(
    name="shipments",
    label=Text(zh="发货与配送", en="Shipments"),
    grain=Text(zh="每个包裹一行", en="one row per parcel"),
    level="recommended",
    key=("shipment_id",),
    columns=(
        Column("shipment_id", ColumnType.STR, Text(zh="包裹号", en="parcel id"), required=True),
        Column("order_id", ColumnType.STR, Text(zh="订单号", en="order id"), ref="orders.order_id"),
        Column(
            "from_location_id", ColumnType.STR, Text(zh="发货地", en="ship-from location"), ref="locations.location_id"
        ),
        Column(
            "carrier_type",
            ColumnType.ENUM,
            Text(zh="自营或第三方物流", en="own or third-party carrier"),
            values=(
                "own",
                "third_party",
            ),
        ),
        Column("shipped_at", ColumnType.TS, Text(zh="出库时间", en="handed over")),
        Column("promised_at", ColumnType.TS, Text(zh="承诺送达", en="promised delivery")),
        Column("delivered_at", ColumnType.TS, Text(zh="签收或可自提时间", en="delivered or ready for pick-up")),
        Column("freight_cost", ColumnType.DEC, Text(zh="运费成本", en="freight cost")),
        Column("duty_cost", ColumnType.DEC, Text(zh="关税及清关费", en="duty and clearance cost")),
        Column("customs_held", ColumnType.BOOL, Text(zh="是否被扣关", en="held at customs")),
        Column(
            "packaging",
            ColumnType.ENUM,
            Text(zh="包装方式", en="packaging"),
            values=(
                "standard",
                "recyclable",
                "reusable",
                "none",
            ),
        ),
        Column("carrier", ColumnType.STR, Text(zh="承运商", en="carrier")),
        Column("tracking_no", ColumnType.STR, Text(zh="运单号", en="tracking number")),
        Column("sku_id", ColumnType.STR, Text(zh="商品编号", en="SKU of the parcel line")),
        Column("qty", ColumnType.DEC, Text(zh="件数", en="units")),
        Column("ordered_at", ColumnType.TS, Text(zh="订货时间", en="ordered")),
        Column("value_amount", ColumnType.DEC, Text(zh="货值", en="value of the goods")),
        Column("ship_country", ColumnType.STR, Text(zh="目的国家", en="ship-to country")),
    ),
)

CAPACITY_DAILY = Table(
    name="capacity_daily",
    label=Text(zh="服务与共享资源容量", en="Service and shared-asset capacity"),
    grain=Text(zh="日期×资源", en="date × asset"),
    level="optional",
    key=("date", "asset_id"),
    columns=(
        Column("date", ColumnType.DATE, Text(zh="日期", en="date"), required=True),
        Column("asset_id", ColumnType.STR, Text(zh="资源编号", en="asset id"), required=True),
        Column(
            "type",
            ColumnType.ENUM,
            Text(zh="类型", en="type"),
            values=(
                "seat",
                "room",
                "course",
                "consult",
                "shared_asset",
            ),
        ),
        Column("capacity", ColumnType.DEC, Text(zh="可用量", en="capacity")),
        Column("used", ColumnType.DEC, Text(zh="使用量", en="used")),
        Column("no_show", ColumnType.DEC, Text(zh="爽约量", en="no-shows")),
    ),
)


TABLES = (CHANNELS, LOCATIONS, CITIES, EVENTS, SHIPMENTS, CAPACITY_DAILY)
