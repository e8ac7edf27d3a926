"""Platform and finance: sellers, fees, costs, incidents."""

from ecodash.core.schema.table import Column, ColumnType, Table
from ecodash.core.text import Text

SELLERS = Table(
    name="sellers",
    label=Text(zh="卖家", en="Sellers"),
    grain=Text(zh="每个卖家一行", en="one row per seller"),
    level="optional",
    key=("seller_id",),
    columns=(
        Column("seller_id", ColumnType.STR, Text(zh="卖家编号", en="seller id"), required=True),
        Column(
            "kind",
            ColumnType.ENUM,
            Text(zh="类型", en="kind"),
            values=(
                "individual",
                "merchant",
                "brand",
                "factory",
            ),
        ),
        Column(
            "mode",
            ColumnType.ENUM,
            Text(zh="经营方式", en="operating mode"),
            values=(
                "self",
                "third_party",
                "joint",
            ),
        ),
        Column("joined_at", ColumnType.DATE, Text(zh="入驻日期", en="joined")),
        Column("verified_at", ColumnType.DATE, Text(zh="审核通过日期，未审核为空", en="verified on, null if not")),
        Column("suspended_at", ColumnType.DATE, Text(zh="最近处罚日期", en="last suspended")),
    ),
)

PLATFORM_FEES = Table(
    name="platform_fees",
    label=Text(zh="平台收费", en="Platform fees"),
    grain=Text(zh="每笔收费一行", en="one row per fee"),
    level="optional",
    key=("fee_id",),
    columns=(
        Column("fee_id", ColumnType.STR, Text(zh="编号", en="id"), required=True),
        Column("date", ColumnType.DATE, Text(zh="日期", en="date")),
        Column(
            "seller_id",
            ColumnType.STR,
            Text(zh="付费卖家；消费者付费为空", en="paying seller; null when a consumer pays"),
            ref="sellers.seller_id",
        ),
        Column(
            "type",
            ColumnType.ENUM,
            Text(zh="类型", en="type"),
            values=(
                "commission_base",
                "commission_extra",
                "listing",
                "ad",
                "data",
                "marketing",
                "logistics",
                "payment",
                "credit",
                "membership",
                "security",
                "other",
            ),
        ),
        Column("order_id", ColumnType.STR, Text(zh="关联订单，可空", en="order, may be null"), ref="orders.order_id"),
        Column("amount", ColumnType.DEC, Text(zh="金额", en="amount")),
        Column("currency", ColumnType.STR, Text(zh="币种（ISO）", en="ISO currency code")),
    ),
)

COSTS_MONTHLY = Table(
    name="costs_monthly",
    label=Text(zh="月度费用", en="Monthly costs"),
    grain=Text(zh="月×类型×渠道", en="month × type × channel"),
    level="optional",
    key=("month", "type", "channel_id"),
    columns=(
        Column("month", ColumnType.DATE, Text(zh="月份首日", en="first day of month"), required=True),
        Column(
            "type",
            ColumnType.ENUM,
            Text(zh="类型", en="type"),
            values=(
                "marketing",
                "private_ops",
                "logistics",
                "labour",
                "it",
                "rd",
                "other",
            ),
            required=True,
        ),
        Column(
            "channel_id", ColumnType.STR, Text(zh="渠道，可空", en="channel, may be null"), ref="channels.channel_id"
        ),
        Column("amount", ColumnType.DEC, Text(zh="金额", en="amount")),
    ),
)

INCIDENTS = Table(
    name="incidents",
    label=Text(zh="事件台账", en="Incident log"),
    grain=Text(zh="每起事件一行", en="one row per incident"),
    level="optional",
    key=("incident_id",),
    columns=(
        Column("incident_id", ColumnType.STR, Text(zh="编号", en="id"), required=True),
        Column(
            "type",
            ColumnType.ENUM,
            Text(zh="类型", en="type"),
            values=(
                "outage",
                "attack",
                "data_leak",
                "fraud",
                "fake_goods",
                "brushing",
                "ip_claim",
                "privacy_claim",
                "tax",
                "customs",
                "other",
            ),
        ),
        Column("started_at", ColumnType.TS, Text(zh="发生", en="started")),
        Column("detected_at", ColumnType.TS, Text(zh="发现", en="detected")),
        Column("resolved_at", ColumnType.TS, Text(zh="解决", en="resolved")),
        Column("users_affected", ColumnType.INT, Text(zh="影响用户", en="users affected")),
        Column("loss_amount", ColumnType.DEC, Text(zh="损失", en="loss")),
        Column(
            "seller_id", ColumnType.STR, Text(zh="涉及卖家，可空", en="seller, may be null"), ref="sellers.seller_id"
        ),
        Column("country", ColumnType.STR, Text(zh="国家代码", en="country code")),
    ),
)

TAX_FILINGS = Table(
    name="tax_filings",
    label=Text(zh="纳税申报", en="Tax filings"),
    grain=Text(zh="期间×国家", en="period × country"),
    level="optional",
    key=("period", "country"),
    columns=(
        Column("period", ColumnType.DATE, Text(zh="期间首日", en="first day of period"), required=True),
        Column("country", ColumnType.STR, Text(zh="国家代码", en="country code"), required=True),
        Column("declared_sales", ColumnType.DEC, Text(zh="申报销售额", en="declared sales")),
    ),
)

SETTLEMENTS = Table(
    name="settlements",
    label=Text(zh="结算流水", en="Settlements"),
    grain=Text(zh="每笔入账一行", en="one row per booking"),
    level="recommended",
    key=("txn_id",),
    columns=(
        Column("txn_id", ColumnType.STR, Text(zh="流水号", en="booking number"), required=True),
        Column("txn_at", ColumnType.TS, Text(zh="入账时间", en="booked at")),
        Column("platform", ColumnType.STR, Text(zh="平台", en="platform")),
        Column("channel_id", ColumnType.STR, Text(zh="渠道", en="channel")),
        Column("order_id", ColumnType.STR, Text(zh="订单号", en="order id")),
        Column("line_id", ColumnType.STR, Text(zh="平台子订单号", en="sub-order number")),
        Column("txn_type", ColumnType.STR, Text(zh="业务类型", en="booking type")),
        Column("fee_type", ColumnType.STR, Text(zh="费用类型", en="fee type")),
        Column("amount", ColumnType.DEC, Text(zh="金额（收入为正）", en="amount, income positive")),
        Column("amount_in", ColumnType.DEC, Text(zh="收入", en="income")),
        Column("amount_out", ColumnType.DEC, Text(zh="支出", en="outgo")),
        Column("balance", ColumnType.DEC, Text(zh="余额", en="balance after")),
        Column("currency", ColumnType.STR, Text(zh="币种（ISO）", en="ISO currency code")),
    ),
)


TABLES = (SELLERS, PLATFORM_FEES, COSTS_MONTHLY, INCIDENTS, TAX_FILINGS, SETTLEMENTS)
