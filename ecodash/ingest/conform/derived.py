"""Fields the canonical tables need and exports only imply: costs of lines, gift cards, kinds of reasons and fees, ids."""

import polars as pl

from ecodash.ingest.conform.draft import Draft
from ecodash.ingest.conform.order_money import product
from ecodash.ingest.raw import ROW

_GIFT_CARD = r"(?i)gift ?card|e-?gift|gift certificate|礼品卡|禮品卡|储值卡|充值卡|购物卡|代金券|提货券|gutschein|tarjeta de regalo|cartão presente"
_REASONS: tuple[tuple[str, str], ...] = (
    ("fake", r"假货|假冒|仿品|counterfeit|fake|not authentic"),
    (
        "wrong",
        r"发错|错发|少件|漏发|少发|与描述不符|描述不符|不符|wrong|missing (item|part)|not as described|different",
    ),
    ("size", r"尺码|大小|尺寸|偏大|偏小|size|too (small|big|large)|fit"),
    ("quality", r"质量|破损|损坏|瑕疵|坏|变质|过期|defect|damag|quality|broken|expired"),
    ("late", r"未按约定时间|发货慢|延迟|物流|快递|未收到|没收到|late|delay|never arrived|not received|undeliver"),
    (
        "no_reason",
        r"七天无理由|7天无理由|无理由|不想要|拍错|多拍|不喜欢|no reason|changed mind|unwanted|no longer|ordered by mistake|accident",
    ),
)
_FEES: tuple[tuple[str, str], ...] = (
    ("commission_extra", r"达人|团长|分销|淘客|淘宝客|affiliate|creator|推广服务费"),
    ("ad", r"广告|推广费|千川|advertis|sponsored"),
    ("logistics", r"fulfil|fba|运费险|物流|配送|仓储|shipping ?hb|storage|inbound|运费支出"),
    ("payment", r"支付渠道|手续费|payment|processing"),
    ("membership", r"subscription|service fee|软件服务费|年费|月费|订阅"),
    ("commission_base", r"佣金|技术服务费|平台服务费|扣点|commission|referral|selling fee"),
    ("other", r"收费|服务费|\bfee\b|chargeback"),
)


def with_line_costs(draft: Draft) -> Draft:
    """``cost_amount`` (unit cost × quantity), ``is_gift_card``, ``gift_card_amount``.

    The last is what was paid for a gift card line, without its share of shipping and tax.
    """
    if draft.context.entity not in ("orders", "order_lines"):
        return draft
    if draft.has("cost", "quantity"):
        draft = draft.with_frame(draft.frame.with_columns(product("cost", "quantity").alias("cost_amount")))
    names = [n for n in ("product_name", "product_type", "category") if draft.has(n)]
    if not names or draft.context.entity == "orders":
        return draft
    words = pl.concat_str([pl.col(n).fill_null("") for n in names], separator=" ")
    draft = draft.with_frame(draft.frame.with_columns(_matches(draft.frame, words, _GIFT_CARD).alias("is_gift_card")))
    if not draft.has("paid_amount") or not draft.frame["is_gift_card"].any():
        return draft
    extras = [pl.col(n).fill_null(0) for n in ("shipping", "tax") if draft.has(n)]
    goods = (
        pl.when("paid_stated")
        .then(pl.col("paid_amount") - pl.sum_horizontal(pl.lit(0), *extras))
        .otherwise("paid_amount")
    )
    part = pl.when("is_gift_card").then(goods).otherwise(None).alias("gift_card_amount")
    return draft.with_frame(draft.frame.with_columns(part))


def _matches(frame: pl.DataFrame, words: pl.Expr, pattern: str) -> pl.Series:
    """Whether each text matches; each distinct text is looked at once."""
    texts = frame.select(words.alias("text"))["text"]
    distinct = texts.unique()
    found = distinct.filter(distinct.str.contains(pattern))
    return texts.is_in(found.implode())


def with_reason_kinds(draft: Draft) -> Draft:
    """``reason_kind`` of after-sale rows: the canonical reason behind the platform's own words."""
    if draft.context.entity != "refunds" or not draft.has("refund_reason"):
        return draft
    said = pl.col("refund_reason")
    kind = pl.when(said.is_not_null()).then(pl.lit("other")).otherwise(None)
    for name, pattern in reversed(_REASONS):
        kind = pl.when(said.str.contains(f"(?i){pattern}")).then(pl.lit(name)).otherwise(kind)
    return draft.with_frame(draft.frame.with_columns(kind.alias("reason_kind")))


def with_refund_money_only_when_paid_back(draft: Draft) -> Draft:
    """Requests that were refused, or are not decided yet, gave nothing back: their amount is left out."""
    if draft.context.entity != "refunds" or not draft.has("refund_amount", "status_class"):
        return draft
    done = pl.col("status_class").is_in(["valid", "unknown"]).fill_null(True)
    amount = pl.when(done).then("refund_amount").otherwise(None).alias("refund_amount")
    return draft.with_frame(draft.frame.with_columns(amount))


def with_fee_kinds(draft: Draft) -> Draft:
    """``fee_kind`` of bookings that are fees of the platform; null for everything else."""
    names = [n for n in ("fee_type", "txn_type", "fee_group", "note", "description") if draft.has(n)]
    if draft.context.entity != "settlement" or not names or not draft.has("amount"):
        return draft
    words = pl.concat_str([pl.col(n).fill_null("") for n in names[:3]], separator=" ")
    kind = pl.lit(None, dtype=pl.String)
    for name, pattern in reversed(_FEES):
        kind = pl.when(words.str.contains(f"(?i){pattern}")).then(pl.lit(name)).otherwise(kind)
    goods = words.str.contains(r"(?i)货款|交易收入|principal|itemprice|order$|退款|在线支付|transfer|提现|转账")
    return draft.with_frame(draft.frame.with_columns(pl.when(goods).then(None).otherwise(kind).alias("fee_kind")))


def with_birth_years(draft: Draft) -> Draft:
    """``birth_year`` from a birthday; the day itself is personal and stays behind."""
    headers = draft.context.recognition.mapping.columns.get("birthday", ())
    if draft.context.entity != "customers" or not headers or headers[0] not in draft.context.text.columns:
        return draft
    year = draft.context.text[headers[0]].str.extract(r"((?:19|20)\d{2})").cast(pl.Int64, strict=False)
    return draft.with_frame(draft.frame.with_columns(year.alias("birth_year")))


def with_own_ids(draft: Draft) -> Draft:
    """Ids for bookings and after-sale rows that have none, from their content: equal rows are numbered, order is free."""
    wanted = {"settlement": "txn_id", "payments": "txn_id", "refunds": "refund_id"}.get(draft.context.entity)
    if wanted is None:
        return draft
    names = [n for n in ("settlement_id", "order_id", "line_id", "sku", "product_id", "txn_at", "refunded_at", "txn_type",
                         "fee_type", "amount", "refund_amount", "balance") if draft.has(n)]  # fmt: skip
    content = pl.concat_str([pl.col(n).cast(pl.String).fill_null("") for n in names], separator="|")
    frame = draft.frame.with_columns(content.alias("content"))
    twin = pl.int_range(1, pl.len() + 1).over("content")
    made = pl.lit(draft.context.platform + "|") + pl.col("content") + "#" + twin.cast(pl.String)
    own = [pl.col(wanted)] if wanted in frame.columns and not _repeats(frame, wanted) else []
    return draft.with_frame(frame.with_columns(pl.coalesce([*own, made]).alias(wanted)).drop("content"))


def _repeats(frame: pl.DataFrame, name: str) -> bool:
    """Whether an id stands on several rows and so names none of them."""
    return bool(frame[name].drop_nulls().is_duplicated().any())


def with_sessions(draft: Draft) -> Draft:
    """Traffic files with a visitor id hold one session per row: a visit each, visitors counted by id, blank is zero.

    The id stands in ``customer_key``, or was mapped to ``visitors`` although it is no count (12 digits and more).
    """
    context = draft.context
    mapped = context.recognition.mapping.columns
    header = next(
        (h for f in ("customer_key", "visitors") for h in mapped.get(f, ()) if h in context.text.columns), None
    )
    if context.entity != "traffic_daily" or header is None:
        return draft
    cells = context.text[header]
    if "customer_key" not in mapped and not (cells.str.len_chars().mean() or 0) >= 12:  # type: ignore[operator] # noqa: PLR2004
        return draft
    visitor = context.hash_id(f"{context.platform}:visitor|" + cells)
    visits = [] if "visits" in mapped else [pl.lit(1, dtype=pl.Int64).alias("visits")]
    blank = [
        pl.col(n).fill_null(0) for n in ("orders", "paid_amount", "bounces", "new_visits", "page_views") if draft.has(n)
    ]
    frame = draft.frame.drop("visitors", strict=False).with_columns(visitor.alias("visitor_id"), *visits, *blank)
    return draft.with_frame(frame)


def with_rows_of_products(draft: Draft) -> Draft:
    """Shopify product files: image rows (no SKU, no price) go; the product's own cells are filled down to its variants."""
    if (
        draft.context.entity != "products"
        or not draft.context.switches.blank_continuation
        or not draft.has("product_id")
    ):
        return draft
    names = [n for n in ("product_name", "category", "brand", "product_status") if draft.has(n)]
    filled = [pl.col(n).fill_null(pl.col(n).drop_nulls().first().over("product_id")) for n in names]
    frame = draft.frame.with_columns(filled)
    signs = [pl.col(n).is_not_null() for n in ("sku", "price", "cost") if draft.has(n)]
    return draft.with_frame(frame.filter(pl.any_horizontal(signs)).sort(ROW))
