"""What kind of value each canonical field holds, and which rules it takes part in. Facts about fields, no code."""

from enum import StrEnum

from ecodash.core.schema import TABLES, ColumnType


class Kind(StrEnum):
    """How the text of a field is converted."""

    TEXT = "text"
    ID = "id"
    MONEY = "money"
    DECIMAL = "decimal"
    WHOLE = "whole"
    RATIO = "ratio"
    FLAG = "flag"
    MOMENT = "moment"
    DAY = "day"
    PERSONAL = "personal"


_WORDS: dict[Kind, str] = {
    Kind.ID: (
        "order_id line_id sku product_id sku_id barcode refund_id payment_ref tracking_no referrer_id store_id "
        "campaign_id ad_id txn_id biz_id doc_id settlement_id internal_order_id parent_order_id external_order_id "
        "platform_order_id seller_order_id shipment_id parent_id platform_sku return_tracking_no"
    ),
    Kind.MONEY: (
        "unit_price list_price line_amount goods_amount order_amount paid_amount receivable_amount discount "
        "platform_discount shipping shipping_cost tax cost refund_amount stored_value total_spent spend "
        "conversion_value amount amount_in amount_out balance platform_fee affiliate_cost adjusted_total aov "
        "balance_paid base_amount direct_conversion_value fee_amount fulfilment_fee gross_sales "
        "indirect_conversion_value line_discount line_paid member_conversion_value net_conversion_value net_sales "
        "ordered_amount other_fee payment_discount payment_fee payout_amount price seller_discount settled_amount "
        "settled_commission settlement_amount shipping_discount shipping_tax total_refunded total_sales "
        "unit_price_after_discount user_payable"
    ),
    Kind.DECIMAL: (
        "quantity returned_quantity points on_hand available reserved inbound safety_stock unavailable paid_qty "
        "ordered_qty refund_qty add_to_cart_qty conversions net_conversions growth_value roas avg_stay_seconds"
    ),
    Kind.WHOLE: (
        "order_count impressions clicks visitors visits page_views add_to_cart_users buyers orders distinct_products "
        "engaged_visits events favourite_users followers member_joins new_buyers new_followers new_visitors "
        "ordered_buyers paid_lines reach returning_buyers bounces"
    ),
    Kind.RATIO: "bounce_rate commission_rate conversion_rate",
    Kind.FLAG: "is_member marketing_consent is_b2b",
    Kind.MOMENT: (
        "ordered_at paid_at shipped_at delivered_at completed_at cancelled_at refunded_at refund_requested_at txn_at "
        "joined_at last_order_at settled_at updated_at first_seen_at counted_at listed_at promised_at"
    ),
    Kind.DAY: "date period_end bill_date ordered_date txn_date",
    Kind.PERSONAL: "customer_key phone email nickname customer_name address birthday counterparty referrer_phone member_id company note",
}
FIELD_KINDS: dict[str, Kind] = {field: kind for kind, words in _WORDS.items() for field in words.split()}

_OF_COLUMN: dict[ColumnType, Kind] = {
    ColumnType.STR: Kind.TEXT,
    ColumnType.ENUM: Kind.TEXT,
    ColumnType.INT: Kind.WHOLE,
    ColumnType.DEC: Kind.DECIMAL,
    ColumnType.FLOAT: Kind.TEXT,
    ColumnType.TS: Kind.MOMENT,
    ColumnType.DATE: Kind.DAY,
    ColumnType.BOOL: Kind.FLAG,
}

# Fields whose headers are parts of one thing: their texts are joined.
JOINED = frozenset({"variant"})

# What belongs to the order, not to the line: the same on all of its rows, so a blank cell takes it from its siblings.
ORDER_FACTS = [
    "ordered_at",
    "paid_at",
    "cancelled_at",
    "completed_at",
    "status",
    "customer_id",
    "currency",
    "channel",
    "store",
    "store_id",
    "province",
    "city",
    "district",
    "country",
    "payment_method",
    "coupon",
    "referrer",
    "referrer_id",
    "order_type",
    "platform",
    "cancel_reason",
]

# Money of an order that exports often repeat on every line.
ORDER_MONEY = [
    "order_amount",
    "paid_amount",
    "goods_amount",
    "receivable_amount",
    "discount",
    "platform_discount",
    "shipping",
    "tax",
    "refund_amount",
]

# Money that always counts the whole order, whatever the export.
ALWAYS_ORDER_MONEY = frozenset({"order_amount"})

ORDER_ENTITIES = frozenset({"orders", "order_lines"})


def kind_of(field: str, entity: str) -> Kind:
    """The kind of ``field`` in ``entity``; columns of a canonical table have the kind of their declared type."""
    if field in FIELD_KINDS:
        return FIELD_KINDS[field]
    tables = [TABLES[entity]] if entity in TABLES else TABLES.values()
    for table in tables:
        if field in table.column_names:
            return kind_of_column(table.name, field)
    return Kind.TEXT


def kind_of_column(table: str, name: str) -> Kind:
    """The kind of a canonical column: ids and references are ids, the rest as declared."""
    column = TABLES[table].column(name)
    if column.personal:
        return Kind.PERSONAL
    if column.type is ColumnType.STR and (name.endswith("_id") or name in TABLES[table].key):
        return Kind.ID
    return _OF_COLUMN[column.type]
