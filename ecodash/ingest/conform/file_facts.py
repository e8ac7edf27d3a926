"""What stands outside the cells: the day in a file name or title line, the currency in a header, the place in an address."""

import re
from datetime import date

import polars as pl

from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.ingest.conform.draft import Context, Draft
from ecodash.ingest.convert import to_text
from ecodash.ingest.period import period_in_text

DAILY = frozenset({"ads_daily", "traffic_daily", "shop_daily", "product_daily", "product_period"})
_DATED = DAILY | {"inventory"}
_BRACKET = re.compile(r"[(（]([A-Z]{3})[)）]\s*$")
_CELL_SIGNS = (
    ("AU $", "AUD"), ("AU$", "AUD"), ("A$", "AUD"), ("C $", "CAD"), ("CA$", "CAD"), ("C$", "CAD"), ("US $", "USD"),
    ("US$", "USD"), ("HK$", "HKD"), ("NT$", "TWD"), ("R$", "BRL"), ("Rp", "IDR"), ("£", "GBP"), ("€", "EUR"),
    ("GBP", "GBP"), ("EUR", "EUR"), ("USD", "USD"), ("¥", "CNY"), ("￥", "CNY"), ("$", "USD"),
)  # fmt: skip
_MONEY_FIELDS = ("order_amount", "paid_amount", "spend", "line_amount", "amount", "unit_price")
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|"
    "青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_PROVINCE = rf"^((?:{_PROVINCES})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?)"


def with_dates(draft: Draft) -> Draft:
    """``date`` (and ``period_end``) of reports and stock files: from a column, the load, the title or the file name."""
    context = draft.context
    if context.entity not in _DATED or context.table:
        return draft
    frame = draft.frame if draft.has("date") else draft.frame.with_columns(pl.lit(None, dtype=pl.Date).alias("date"))
    if frame["date"].null_count() < frame.height or frame.is_empty():
        return draft.with_frame(frame)
    period = _period(context)
    if period is None:
        return _asked(draft.with_frame(frame))
    end = pl.col("period_end") if "period_end" in frame.columns else pl.lit(None, dtype=pl.Date)
    filled = frame.with_columns(
        pl.col("date").fill_null(pl.lit(period.start)),
        pl.when(pl.col("date").is_null()).then(pl.lit(period.end)).otherwise(end).alias("period_end"),
    )
    return draft.with_frame(filled)


def _period(context: Context) -> Period | None:
    options = context.options
    if options.period_start:
        return Period(options.period_start, options.period_end or options.period_start)
    if context.entity == "inventory":
        day = options.snapshot_date or _day_in_name(context)
        return Period(day, day) if day else None
    if context.switches.period_in_preamble or context.switches.date_in_file_name or context.export is None:
        above = context.raw.grid.head(max(context.recognition.header_row - context.raw.first_row, 0))
        title = " ".join(cell for row in above.rows() for cell in row if cell)
        return period_in_text(title) or period_in_text(context.raw.file)
    return period_in_text(context.raw.file)


def _day_in_name(context: Context) -> date | None:
    named = period_in_text(context.raw.file)
    return named.end if named else None


def _asked(draft: Draft) -> Draft:
    if draft.context.entity == "inventory":
        text = Text(
            "库存文件没有日期，请填写库存快照是哪一天（snapshot_date）。",
            "The stock file carries no date; say which day it shows (snapshot_date).",
        )
        return draft.noting("ask_snapshot_date", text)
    text = Text(
        "报表没有日期列，文件名和标题里也没有，请填写统计区间（period_start、period_end）。",
        "The report has no date, neither in a column nor in its name; say which days it covers (period_start, period_end).",
    )
    return draft.noting("ask_period", text)


def with_id_dates(draft: Draft) -> Draft:
    """Pinduoduo: where no time is filled in, the first six digits of the order id are the day of the order."""
    if not draft.context.switches.date_in_order_id or not draft.has("order_id"):
        return draft
    day = pl.col("order_id").str.extract(r"^(\d{6})-").str.to_datetime("%y%m%d", strict=False, time_unit="us")
    times = [pl.col("ordered_at")] if draft.has("ordered_at") else []
    return draft.with_frame(draft.frame.with_columns(pl.coalesce([*times, day]).alias("ordered_at")))


def with_currency(draft: Draft) -> Draft:
    """``currency`` of every row: its own column, a cell's sign, the load's, a header's bracket, the format's.

    Null is the base currency of the workspace.
    """
    context = draft.context
    if context.table:
        return draft
    known = (
        context.options.currency or _header_currency(context) or (context.export.currency if context.export else None)
    )
    parts: list[pl.Expr | pl.Series] = [pl.col("currency").str.to_uppercase()] if draft.has("currency") else []
    if context.switches.currency_from == "cell" and not context.options.currency:
        parts.append(_cell_currency(context))
    parts.append(pl.lit(known, dtype=pl.String))
    draft = draft.with_frame(draft.frame.with_columns(pl.coalesce(parts).alias("currency")))
    has_money = any(draft.has(name) for name in _MONEY_FIELDS)
    if (
        has_money
        and context.switches.currency_from == "ask"
        and draft.frame["currency"].null_count() == draft.frame.height
    ):
        base = context.settings.base_currency
        text = Text(f"文件没有写明币种，按本位币 {base} 计。", f"The file names no currency; amounts count as {base}.")
        return draft.noting("currency_assumed", text)
    return draft


def _header_currency(context: Context) -> str | None:
    mapped = context.recognition.mapping.columns
    found = (_BRACKET.search(h) for field in _MONEY_FIELDS for h in mapped.get(field, ()))
    return next((match[1] for match in found if match), None)


def _cell_currency(context: Context) -> pl.Series:
    mapped = context.recognition.mapping.columns
    headers = [header for field in _MONEY_FIELDS for header in mapped.get(field, ())]
    signs = [_sign_of(context.text[header]) for header in headers] or [
        pl.Series([None] * context.text.height, dtype=pl.String)
    ]
    return pl.select(pl.coalesce(signs)).to_series()


def _sign_of(cells: pl.Series) -> pl.Series:
    text = to_text(cells)
    table = {
        cell: next((code for sign, code in _CELL_SIGNS if sign in cell), None) for cell in text.drop_nulls().unique()
    }
    return text.replace_strict(table, default=None, return_dtype=pl.String)


def with_places(draft: Draft) -> Draft:
    """Province, city and district from an address that starts with them; the address itself is dropped."""
    context = draft.context
    header = _address_header(context)
    if header is None or (draft.has("province") and draft.frame["province"].null_count() == 0):
        return draft
    words = to_text(context.text[header]).str.replace_all(r"\s+", " ")
    named = pl.DataFrame({"text": words}).select(
        pl.col("text").str.extract(_PROVINCE).alias("province"),
        pl.col("text").str.extract(rf"{_PROVINCE[:-1]})\s+(\S+?[市州盟区县])(?:\s|$)", 2).alias("city"),
        pl.col("text").str.extract(rf"{_PROVINCE[:-1]})\s+\S+\s+(\S+?[区县市旗])(?:\s|$)", 2).alias("district"),
    )
    filled = [pl.coalesce([*([pl.col(n)] if draft.has(n) else []), named[n]]).alias(n) for n in named.columns]
    return draft.with_frame(draft.frame.with_columns(filled))


def _address_header(context: Context) -> str | None:
    wanted = [*([context.switches.place_from] if context.switches.place_from else [])]
    wanted += context.recognition.mapping.columns.get("address", ())
    return next((header for header in wanted if header in context.text.columns), None)


def with_zone_notes(draft: Draft) -> Draft:
    """Says which clock was assumed where neither the file nor the load names one."""
    context = draft.context
    clocked = [n for n in ("ordered_at", "paid_at", "txn_at") if draft.has(n)]
    if (
        context.switches.zone_from != "ask"
        or context.options.zone
        or not clocked
        or (context.export and context.export.timezone)
    ):
        return draft
    zone = context.settings.business_zone
    text = Text(
        f"文件没有写明时区，时间按业务时区 {zone} 读取；如果店铺后台用的是别的时区，请在导入设置里填写。",
        f"The file names no time zone; times were read on the business clock ({zone}). Set the zone of the shop if it differs.",
    )
    return draft.noting("zone_assumed", text)
