"""Reference: outside figures, targets, self-assessment."""

from ecodash.core.schema.table import Column, ColumnType, Table
from ecodash.core.text import Text

MARKET_REFERENCE = Table(
    name="market_reference",
    label=Text(zh="市场规模（外部）", en="Market size (external)"),
    grain=Text(zh="期间×类目×地区", en="period × category × region"),
    level="optional",
    key=("period", "category_l1", "region"),
    columns=(
        Column("period", ColumnType.DATE, Text(zh="期间首日", en="first day of period"), required=True),
        Column("category_l1", ColumnType.STR, Text(zh="类目", en="category"), required=True),
        Column("region", ColumnType.STR, Text(zh="地区或 ALL", en="region or ALL"), required=True),
        Column("market_gmv", ColumnType.DEC, Text(zh="市场成交额", en="market GMV")),
    ),
)

RIVAL_PRICES = Table(
    name="rival_prices",
    label=Text(zh="竞品价格（外部）", en="Rival prices (external)"),
    grain=Text(zh="日期×SKU×竞品", en="date × SKU × rival"),
    level="optional",
    key=("date", "sku_id", "rival"),
    columns=(
        Column("date", ColumnType.DATE, Text(zh="日期", en="date"), required=True),
        Column(
            "sku_id",
            ColumnType.STR,
            Text(zh="对应的本方 SKU", en="matching own SKU"),
            required=True,
            ref="products.sku_id",
        ),
        Column("rival", ColumnType.STR, Text(zh="竞争者", en="rival"), required=True),
        Column("price", ColumnType.DEC, Text(zh="价格", en="price")),
    ),
)

TARGETS = Table(
    name="targets",
    label=Text(zh="目标与责任人", en="Targets and owners"),
    grain=Text(zh="期间×责任人×指标", en="period × owner × indicator"),
    level="optional",
    key=("period", "owner", "indicator_id"),
    columns=(
        Column("period", ColumnType.DATE, Text(zh="期间首日", en="first day of period"), required=True),
        Column("owner", ColumnType.STR, Text(zh="责任人或团队", en="owner or team"), required=True),
        Column(
            "indicator_id",
            ColumnType.STR,
            Text(zh="本目录的指标编号", en="indicator id of this catalogue"),
            required=True,
        ),
        Column("target_value", ColumnType.DEC, Text(zh="目标值", en="target")),
    ),
)

SELF_ASSESSMENT = Table(
    name="self_assessment",
    label=Text(zh="自评清单", en="Self-assessment"),
    grain=Text(zh="条目×日期", en="item × date"),
    level="optional",
    key=("item_id", "assessed_at"),
    columns=(
        Column(
            "item_id",
            ColumnType.STR,
            Text(zh="本目录的条目编号（对策、机制等）", en="entry id of this catalogue (countermeasure, mechanism …)"),
            required=True,
        ),
        Column("assessed_at", ColumnType.DATE, Text(zh="自评日期", en="date"), required=True),
        Column("score", ColumnType.INT, Text(zh="0–5 分", en="0–5")),
        Column("evidence", ColumnType.STR, Text(zh="依据说明", en="evidence")),
    ),
)

EXCHANGE_RATES = Table(
    name="exchange_rates",
    label=Text(zh="汇率", en="Exchange rates"),
    grain=Text(zh="币种 × 生效日", en="currency × valid from"),
    level="optional",
    key=("currency", "valid_from"),
    columns=(
        Column("currency", ColumnType.STR, Text(zh="币种（ISO）", en="ISO currency code"), required=True),
        Column("valid_from", ColumnType.DATE, Text(zh="生效日", en="valid from"), required=True),
        Column("rate", ColumnType.FLOAT, Text(zh="一单位该币种等于多少本位币", en="base currency per unit")),
    ),
)


TABLES = (MARKET_REFERENCE, RIVAL_PRICES, TARGETS, SELF_ASSESSMENT, EXCHANGE_RATES)
