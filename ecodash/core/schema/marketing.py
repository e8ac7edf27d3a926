"""Marketing: traffic, advertising, engagement."""

from ecodash.core.schema.table import Column, ColumnType, Table
from ecodash.core.text import Text

TRAFFIC_DAILY = Table(
    name="traffic_daily",
    label=Text(zh="流量日报", en="Daily traffic"),
    grain=Text(zh="日期×渠道×人群段", en="date × channel × segment"),
    level="recommended",
    key=("date", "channel_id", "segment"),
    columns=(
        Column("date", ColumnType.DATE, Text(zh="日期", en="date"), required=True),
        Column("channel_id", ColumnType.STR, Text(zh="渠道", en="channel"), ref="channels.channel_id"),
        Column(
            "segment",
            ColumnType.ENUM,
            Text(zh="all/rec/no_rec（推荐实验组与对照组）", en="all/rec/no_rec (recommendation arm and control)"),
            values=(
                "all",
                "rec",
                "no_rec",
            ),
        ),
        Column("visitors", ColumnType.INT, Text(zh="访客", en="visitors")),
        Column("product_viewers", ColumnType.INT, Text(zh="浏览商品人数", en="product viewers")),
        Column("cart_users", ColumnType.INT, Text(zh="加购人数", en="users adding to cart")),
        Column("buyers", ColumnType.INT, Text(zh="购买人数", en="buyers")),
        Column("searches", ColumnType.INT, Text(zh="搜索次数", en="searches")),
        Column("searches_no_result", ColumnType.INT, Text(zh="无结果搜索", en="searches without result")),
        Column("store_id", ColumnType.STR, Text(zh="店铺", en="shop")),
        Column("visits", ColumnType.INT, Text(zh="访问次数", en="sessions")),
        Column("page_views", ColumnType.INT, Text(zh="浏览量", en="page views")),
        Column("bounces", ColumnType.INT, Text(zh="跳出次数", en="bounced sessions")),
        Column("new_visits", ColumnType.INT, Text(zh="新访问", en="first visits")),
        Column("orders", ColumnType.INT, Text(zh="订单数", en="orders")),
        Column("amount", ColumnType.DEC, Text(zh="成交金额", en="sales amount attributed")),
        Column("currency", ColumnType.STR, Text(zh="币种（ISO）", en="ISO currency code")),
    ),
)

AD_SPEND = Table(
    name="ad_spend",
    label=Text(zh="广告投放", en="Advertising"),
    grain=Text(zh="日期×计划", en="date × campaign"),
    level="recommended",
    key=("date", "campaign_id"),
    columns=(
        Column("date", ColumnType.DATE, Text(zh="日期", en="date"), required=True),
        Column("campaign_id", ColumnType.STR, Text(zh="计划", en="campaign"), required=True),
        Column("channel_id", ColumnType.STR, Text(zh="渠道", en="channel"), ref="channels.channel_id"),
        Column(
            "seller_id",
            ColumnType.STR,
            Text(zh="出资卖家；空表示本企业出资", en="paying seller; null = our own spend"),
            ref="sellers.seller_id",
        ),
        Column(
            "sku_id", ColumnType.STR, Text(zh="推广商品，可空", en="promoted SKU, may be null"), ref="products.sku_id"
        ),
        Column(
            "format",
            ColumnType.ENUM,
            Text(zh="广告形式", en="ad format"),
            values=(
                "image",
                "video",
                "live",
                "search",
            ),
        ),
        Column(
            "placement",
            ColumnType.ENUM,
            Text(zh="广告位", en="placement"),
            values=(
                "home",
                "detail",
                "search",
                "app",
                "other",
            ),
        ),
        Column(
            "billing",
            ColumnType.ENUM,
            Text(zh="计费方式", en="billing model"),
            values=(
                "bid_cpc",
                "fixed",
                "performance",
            ),
        ),
        Column("targeted", ColumnType.BOOL, Text(zh="是否按画像定向", en="targeted by user profile")),
        Column("impressions", ColumnType.INT, Text(zh="曝光", en="impressions")),
        Column("clicks", ColumnType.INT, Text(zh="点击", en="clicks")),
        Column("spend", ColumnType.DEC, Text(zh="花费", en="spend"), required=True),
        Column("orders", ColumnType.INT, Text(zh="归因订单", en="attributed orders")),
        Column("gmv", ColumnType.DEC, Text(zh="归因成交额", en="attributed GMV")),
        Column("new_customers", ColumnType.INT, Text(zh="归因新客", en="attributed new customers")),
        Column("platform", ColumnType.STR, Text(zh="平台", en="platform")),
        Column("campaign", ColumnType.STR, Text(zh="计划名称", en="campaign name")),
        Column("adgroup", ColumnType.STR, Text(zh="单元", en="ad group")),
        Column("ad", ColumnType.STR, Text(zh="创意", en="ad")),
        Column("product_id", ColumnType.STR, Text(zh="平台商品编号", en="product id of the platform")),
        Column("currency", ColumnType.STR, Text(zh="币种（ISO）", en="ISO currency code")),
    ),
)

ENGAGEMENT_DAILY = Table(
    name="engagement_daily",
    label=Text(zh="互动日报", en="Daily engagement"),
    grain=Text(zh="日期×渠道×活动", en="date × channel × activity"),
    level="optional",
    key=("date", "channel_id", "activity"),
    columns=(
        Column("date", ColumnType.DATE, Text(zh="日期", en="date"), required=True),
        Column("channel_id", ColumnType.STR, Text(zh="渠道", en="channel"), required=True, ref="channels.channel_id"),
        Column(
            "activity",
            ColumnType.ENUM,
            Text(zh="活动形式", en="activity"),
            values=(
                "community",
                "push",
                "game",
                "short_video",
                "live",
            ),
            required=True,
        ),
        Column("reached_users", ColumnType.INT, Text(zh="触达人数", en="users reached")),
        Column("active_users", ColumnType.INT, Text(zh="互动人数", en="active users")),
        Column("minutes", ColumnType.DEC, Text(zh="总时长（分钟）", en="total minutes")),
        Column("buyers", ColumnType.INT, Text(zh="由此购买人数", en="buyers from it")),
    ),
)

SHOP_DAILY = Table(
    name="shop_daily",
    label=Text(zh="店铺日报", en="Shop daily report"),
    grain=Text(zh="日期 × 渠道 × 店铺", en="date × channel × shop"),
    level="optional",
    key=("date", "channel_id", "store_id"),
    columns=(
        Column("date", ColumnType.DATE, Text(zh="日期", en="day"), required=True),
        Column("channel_id", ColumnType.STR, Text(zh="渠道", en="channel")),
        Column("store_id", ColumnType.STR, Text(zh="店铺", en="shop")),
        Column("visitors", ColumnType.INT, Text(zh="访客数", en="unique visitors")),
        Column("visits", ColumnType.INT, Text(zh="访问次数", en="sessions")),
        Column("page_views", ColumnType.INT, Text(zh="浏览量", en="page views")),
        Column("add_to_cart_users", ColumnType.INT, Text(zh="加购人数", en="people adding to cart")),
        Column("buyers", ColumnType.INT, Text(zh="支付买家数", en="paying buyers")),
        Column("orders", ColumnType.INT, Text(zh="订单数", en="orders")),
        Column("paid_amount", ColumnType.DEC, Text(zh="支付金额", en="amount paid")),
        Column("refund_amount", ColumnType.DEC, Text(zh="退款金额", en="refunds")),
        Column("currency", ColumnType.STR, Text(zh="币种（ISO）", en="ISO currency code")),
    ),
)

PRODUCT_DAILY = Table(
    name="product_daily",
    label=Text(zh="商品日报", en="Product daily report"),
    grain=Text(zh="日期 × 渠道 × 商品", en="date × channel × product"),
    level="optional",
    key=("date", "channel_id", "product_id"),
    columns=(
        Column("date", ColumnType.DATE, Text(zh="日期", en="day"), required=True),
        Column("period_end", ColumnType.DATE, Text(zh="区间末日", en="last day of the period")),
        Column("channel_id", ColumnType.STR, Text(zh="渠道", en="channel")),
        Column("product_id", ColumnType.STR, Text(zh="平台商品编号", en="product id"), required=True),
        Column("sku_id", ColumnType.STR, Text(zh="商品编号", en="SKU")),
        Column("product_name", ColumnType.STR, Text(zh="商品名称", en="product title")),
        Column("visitors", ColumnType.INT, Text(zh="访客数", en="unique visitors")),
        Column("page_views", ColumnType.INT, Text(zh="浏览量", en="page views")),
        Column("add_to_cart_users", ColumnType.INT, Text(zh="加购人数", en="people adding to cart")),
        Column("add_to_cart_qty", ColumnType.DEC, Text(zh="加购件数", en="units added to cart")),
        Column("buyers", ColumnType.INT, Text(zh="支付买家数", en="paying buyers")),
        Column("paid_qty", ColumnType.DEC, Text(zh="支付件数", en="units paid")),
        Column("paid_amount", ColumnType.DEC, Text(zh="支付金额", en="amount paid")),
        Column("refund_amount", ColumnType.DEC, Text(zh="退款金额", en="refunds")),
        Column("currency", ColumnType.STR, Text(zh="币种（ISO）", en="ISO currency code")),
    ),
)


TABLES = (TRAFFIC_DAILY, AD_SPEND, ENGAGEMENT_DAILY, SHOP_DAILY, PRODUCT_DAILY)
