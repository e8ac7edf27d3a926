"""People: customers, members and what they say."""

from ecodash.core.schema.table import Column, ColumnType, Table
from ecodash.core.text import Text

CUSTOMERS = Table(
    name="customers",
    label=Text(zh="客户与会员", en="Customers and members"),
    grain=Text(zh="每个客户一行", en="one row per customer"),
    level="core",
    key=("customer_id",),
    columns=(
        Column("customer_id", ColumnType.STR, Text(zh="客户编号", en="customer id"), required=True, personal=True),
        Column(
            "person_id",
            ColumnType.STR,
            Text(
                zh="同一个人的编号：几个客户编号属于同一人时填写",
                en="the person behind several customer ids, where the shop knows",
            ),
            personal=True,
        ),
        Column("registered_at", ColumnType.DATE, Text(zh="注册日期", en="registration date")),
        Column("verified", ColumnType.BOOL, Text(zh="是否实名或认证", en="verified identity")),
        Column(
            "buyer_type",
            ColumnType.ENUM,
            Text(zh="买家类型", en="person or company"),
            values=(
                "person",
                "company",
            ),
        ),
        Column(
            "member_since", ColumnType.DATE, Text(zh="入会日期，非会员为空", en="member since, null if not a member")
        ),
        Column("member_level", ColumnType.STR, Text(zh="会员等级", en="member level")),
        Column("birth_year", ColumnType.INT, Text(zh="出生年份", en="birth year")),
        Column("city", ColumnType.STR, Text(zh="常住城市", en="home city"), ref="cities.city"),
        Column(
            "first_channel_id",
            ColumnType.STR,
            Text(zh="首次来源渠道", en="acquisition channel"),
            ref="channels.channel_id",
        ),
        Column(
            "referrer_id", ColumnType.STR, Text(zh="推荐人", en="referrer"), ref="customers.customer_id", personal=True
        ),
        Column("private_joined_at", ColumnType.DATE, Text(zh="加入私域日期", en="joined private domain")),
        Column("private_left_at", ColumnType.DATE, Text(zh="退出私域日期", en="left private domain")),
        Column("platform", ColumnType.STR, Text(zh="平台", en="platform the export came from")),
        Column("province", ColumnType.STR, Text(zh="省份", en="province or state")),
        Column("country", ColumnType.STR, Text(zh="国家", en="country")),
        Column("gender", ColumnType.STR, Text(zh="性别", en="gender")),
        Column(
            "order_count", ColumnType.INT, Text(zh="平台记录的累计订单", en="lifetime orders stated by the platform")
        ),
        Column(
            "total_spent", ColumnType.DEC, Text(zh="平台记录的累计消费", en="lifetime spend stated by the platform")
        ),
        Column("last_order_at", ColumnType.TS, Text(zh="平台记录的最近下单", en="last order stated by the platform")),
        Column("points_balance", ColumnType.DEC, Text(zh="积分余额", en="points balance")),
        Column("stored_value", ColumnType.DEC, Text(zh="储值余额", en="stored value balance")),
        Column("is_member", ColumnType.BOOL, Text(zh="是否会员", en="member yes or no")),
    ),
)

REFERRALS = Table(
    name="referrals",
    label=Text(zh="分享与邀请", en="Referrals"),
    grain=Text(zh="每次分享或邀请一行", en="one row per share or invite"),
    level="optional",
    key=("referral_id",),
    columns=(
        Column("referral_id", ColumnType.STR, Text(zh="编号", en="id"), required=True),
        Column(
            "referrer_id", ColumnType.STR, Text(zh="分享人", en="referrer"), ref="customers.customer_id", personal=True
        ),
        Column("shared_at", ColumnType.TS, Text(zh="分享时间", en="shared at")),
        Column(
            "via",
            ColumnType.ENUM,
            Text(zh="分享方式", en="how it was shared"),
            values=(
                "invite",
                "group",
                "share",
                "creator",
            ),
        ),
        Column(
            "invitee_id",
            ColumnType.STR,
            Text(zh="转化客户，未转化为空", en="converted customer or null"),
            ref="customers.customer_id",
            personal=True,
        ),
        Column("order_id", ColumnType.STR, Text(zh="转化订单", en="converted order"), ref="orders.order_id"),
        Column("reward_amount", ColumnType.DEC, Text(zh="奖励成本", en="reward cost")),
    ),
)

POINTS_LEDGER = Table(
    name="points_ledger",
    label=Text(zh="积分流水", en="Points ledger"),
    grain=Text(zh="每笔积分一行", en="one row per movement"),
    level="optional",
    key=("customer_id", "at", "channel_id"),
    columns=(
        Column(
            "customer_id",
            ColumnType.STR,
            Text(zh="客户", en="customer"),
            required=True,
            ref="customers.customer_id",
            personal=True,
        ),
        Column("at", ColumnType.TS, Text(zh="时间", en="time"), required=True),
        Column("channel_id", ColumnType.STR, Text(zh="渠道", en="channel"), ref="channels.channel_id"),
        Column("points", ColumnType.DEC, Text(zh="正为获得，负为使用", en="positive earned, negative used")),
    ),
)

REVIEWS = Table(
    name="reviews",
    label=Text(zh="评价", en="Reviews"),
    grain=Text(zh="每条评价一行", en="one row per review"),
    level="recommended",
    key=("review_id",),
    columns=(
        Column("review_id", ColumnType.STR, Text(zh="评价号", en="review id"), required=True),
        Column("order_id", ColumnType.STR, Text(zh="订单号", en="order id"), ref="orders.order_id"),
        Column("sku_id", ColumnType.STR, Text(zh="商品编号", en="SKU"), ref="products.sku_id"),
        Column("seller_id", ColumnType.STR, Text(zh="卖家", en="seller"), ref="sellers.seller_id"),
        Column("store_id", ColumnType.STR, Text(zh="门店", en="store"), ref="locations.location_id"),
        Column("rating", ColumnType.DEC, Text(zh="评分 1–5", en="rating 1–5")),
        Column("reviewed_at", ColumnType.TS, Text(zh="评价时间", en="reviewed")),
        Column("has_media", ColumnType.BOOL, Text(zh="有图或视频", en="photo or video")),
    ),
)

TICKETS = Table(
    name="tickets",
    label=Text(zh="客服工单", en="Service tickets"),
    grain=Text(zh="每张工单一行", en="one row per ticket"),
    level="recommended",
    key=("ticket_id",),
    columns=(
        Column("ticket_id", ColumnType.STR, Text(zh="工单号", en="ticket id"), required=True),
        Column("order_id", ColumnType.STR, Text(zh="订单号，可空", en="order id, may be null"), ref="orders.order_id"),
        Column(
            "category",
            ColumnType.ENUM,
            Text(zh="工单类别", en="ticket category"),
            values=(
                "enquiry",
                "technical",
                "complaint",
                "fake",
                "fraud",
                "privacy",
                "ip",
                "delivery",
                "refund",
            ),
        ),
        Column("opened_at", ColumnType.TS, Text(zh="创建", en="opened")),
        Column("first_reply_at", ColumnType.TS, Text(zh="首次回复", en="first reply")),
        Column("resolved_at", ColumnType.TS, Text(zh="解决", en="resolved")),
        Column("csat", ColumnType.INT, Text(zh="满意度 1–5", en="satisfaction 1–5")),
    ),
)

LEVEL_HISTORY = Table(
    name="level_history",
    label=Text(zh="会员等级变更记录", en="Member level history"),
    grain=Text(zh="每位客户每次等级变更一行", en="one row per customer and change of level"),
    level="optional",
    key=("customer_id", "level_from"),
    columns=(
        Column(
            "customer_id",
            ColumnType.STR,
            Text(zh="客户", en="customer"),
            required=True,
            ref="customers.customer_id",
            personal=True,
        ),
        Column("level_from", ColumnType.DATE, Text(zh="该等级的起始日期", en="first day at this level"), required=True),
        Column("member_level", ColumnType.STR, Text(zh="会员等级，空为不再有等级", en="member level, null when lost")),
    ),
)

EXPERIMENTS = Table(
    name="experiments",
    label=Text(zh="随机对照名单", en="Randomised holdouts"),
    grain=Text(zh="每个实验的每位客户一行", en="one row per experiment and customer"),
    level="optional",
    key=("experiment_id", "customer_id"),
    columns=(
        Column("experiment_id", ColumnType.STR, Text(zh="实验编号", en="experiment id"), required=True),
        Column(
            "customer_id",
            ColumnType.STR,
            Text(zh="客户", en="customer"),
            required=True,
            ref="customers.customer_id",
            personal=True,
        ),
        Column(
            "arm",
            ColumnType.ENUM,
            Text(zh="随机分到的组：treated 享受，held_out 对照", en="group by lot: treated or held_out"),
            required=True,
            values=(
                "treated",
                "held_out",
            ),
        ),
        Column("assigned_at", ColumnType.DATE, Text(zh="分组日期", en="day of the draw"), required=True),
    ),
)


TABLES = (CUSTOMERS, REFERRALS, POINTS_LEDGER, REVIEWS, TICKETS, LEVEL_HISTORY, EXPERIMENTS)
