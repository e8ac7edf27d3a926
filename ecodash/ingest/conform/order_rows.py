"""Which rows belong to one order: the order id made whole, its siblings' cells, summary and pack rows."""

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.conform.draft import Draft
from ecodash.ingest.conform.kinds import ORDER_ENTITIES, ORDER_FACTS, ORDER_MONEY
from ecodash.ingest.raw import ROW

_CONTENT = ("customer_id", "ordered_at", "paid_at", "paid_amount", "order_amount", "line_amount", "quantity", "sku")
_SPLIT_TAIL = r"^(.*\d)-\d{1,2}$"
_PINDUODUO = r"^\d{6}-\d{15}$"


def with_whole_ids(draft: Draft) -> Draft:
    """Order ids without prefixes and split suffixes; blank ones of continuation rows filled from the row above."""
    if not draft.has("order_id"):
        return draft
    switches, options = draft.context.switches, draft.context.options
    ids = pl.col("order_id")
    for prefix in (switches.order_id_prefix, options.id_prefix):
        if prefix:
            ids = ids.str.strip_prefix(prefix)
    if switches.split_line_suffix:
        ids = pl.when(ids.str.contains(_PINDUODUO)).then(ids).otherwise(ids.str.replace(_SPLIT_TAIL, "$1"))
    if switches.fill_order_id:
        ids = ids.forward_fill()
    if options.id_namespace:
        ids = pl.lit(options.id_namespace) + ids
    draft = draft.with_frame(draft.frame.with_columns(ids.alias("order_id")))
    return _joined_noted(draft) if switches.joined_order_ids else draft


def _joined_noted(draft: Draft) -> Draft:
    several = draft.frame.filter(pl.col("order_id").str.contains(",", literal=True))
    if several.is_empty():
        return draft
    text = Text(
        "有 {count} 行是合并单，一格里写了多个平台订单号，无法逐单对应，按合并单整体计。",
        "{count} rows are merged orders with several platform order ids in one cell; they count as one order.",
    )
    return draft.noting("joined_order_ids", text, several)


def with_packs(draft: Draft) -> Draft:
    """Mercado Libre packs: the item rows that follow a pack row are lines of the pack's order; the pack row goes.

    The pack row holds the money and the buyer; its items follow it directly, have no status, and their number is in
    the status text ("Paquete de 2 productos").
    """
    prefixes = draft.context.switches.pack_prefix
    if not prefixes or not draft.has("status", "order_id"):
        return draft
    is_pack = pl.any_horizontal([pl.col("status").str.starts_with(prefix) for prefix in prefixes]).fill_null(False)
    frame = draft.frame.sort(ROW).with_columns(is_pack.alias("is_pack"))
    frame = frame.with_columns(
        pl.col("is_pack").cum_sum().alias("pack"),
        pl.when("is_pack").then(pl.col("status").str.extract(r"(\d+)").cast(pl.Int32)).forward_fill().alias("size"),
    )
    place = pl.int_range(pl.len()).over("pack")
    is_item = (pl.col("pack") > 0) & (place >= 1) & (place <= pl.col("size")) & pl.col("status").is_null()
    frame = frame.with_columns(
        is_item.alias("is_item"), pl.when("is_pack").then("order_id").forward_fill().alias("pack_id")
    )
    frame = frame.with_columns(pl.when("is_item").then("pack_id").otherwise("order_id").alias("order_id"))
    has_items = (pl.col("is_item").any()).over("order_id")
    packs = frame.filter("is_pack", has_items)
    frame = _money_to_siblings(frame.with_columns(has_items.alias("in_pack")), where=pl.col("in_pack"))
    status = pl.when(pl.col("status").str.contains("^(" + "|".join(prefixes) + ")")).then(None).otherwise("status")
    frame = frame.filter(~(pl.col("is_pack") & pl.col("in_pack"))).with_columns(status.alias("status"))
    frame = frame.drop("is_pack", "pack", "size", "is_item", "pack_id", "in_pack")
    return _set_aside(draft, packs).with_frame(frame).counting(pack_rows=packs.height)


def with_items_only(draft: Draft) -> Draft:
    """eBay: the summary row of an order of several items gives its money and buyer to the item rows and goes."""
    if not draft.context.switches.summary_then_items or not draft.has("product_id", "order_id"):
        return draft
    product = pl.col("product_id").is_not_null()
    frame = draft.frame.with_columns(
        (product.any().over("order_id") & (~product).any().over("order_id")).alias("mixed")
    )
    frame = _money_to_siblings(frame, where=pl.col("mixed"))
    summaries = frame.filter("mixed", ~product)
    draft = _set_aside(draft, summaries)
    return draft.with_frame(frame.filter(~pl.col("mixed") | product).drop("mixed"))


def _money_to_siblings(frame: pl.DataFrame, *, where: pl.Expr) -> pl.DataFrame:
    """Money and facts of an order on all of its rows, where the order has them on one row only."""
    names = [name for name in (*ORDER_MONEY, *ORDER_FACTS, "platform_fee", "shipping_cost") if name in frame.columns]
    filled = [
        pl.when(where).then(pl.col(n).drop_nulls().first().over("order_id")).otherwise(pl.col(n)).alias(n)
        for n in names
    ]
    return frame.with_columns(filled)


def _set_aside(draft: Draft, gone: pl.DataFrame) -> Draft:
    if gone.is_empty():
        return draft
    text = Text(
        "有 {count} 行是订单汇总行，其金额和买家已归到同一订单的商品行，不重复计算。",
        "{count} rows sum up an order; their money and buyer went to its item rows, nothing is counted twice.",
    )
    return draft.noting("summary_rows", text, gone)


def with_siblings_facts(draft: Draft) -> Draft:
    """Blank cells of what belongs to the order, filled from other rows of the same order (never from another one)."""
    if draft.context.entity not in ORDER_ENTITIES or not draft.has("order_id"):
        return draft
    frame = draft.frame
    blank = [name for name in ORDER_FACTS if name in frame.columns and 0 < frame[name].null_count() < frame.height]
    if not blank:
        return draft
    gaps = [pl.col(n).is_null().any() & pl.col(n).is_not_null().any() for n in blank]
    mixed = (
        frame.group_by("order_id").agg(pl.any_horizontal(gaps).alias("mixed")).filter("mixed")["order_id"].drop_nulls()
    )
    if mixed.is_empty():
        return draft
    rows = frame.with_row_index("at")
    several = frame["order_id"].is_in(mixed.implode()).fill_null(False)
    filled = [pl.col(n).fill_null(pl.col(n).drop_nulls().first().over("order_id")) for n in blank]
    whole = pl.concat([rows.filter(several).with_columns(filled), rows.filter(~several)]).sort("at").drop("at")
    return draft.with_frame(whole)


def without_repeated_lines(draft: Draft) -> Draft:
    """Rows that repeat a line of the platform, line id and all (exports pasted together), count once."""
    if not draft.context.has_lines or not draft.has("order_id", "line_id"):
        return draft
    named = pl.col("line_id").is_not_null()
    cells = [name for name in draft.frame.columns if name != ROW]
    again = draft.frame.select((named & ~pl.struct(cells).is_first_distinct()).alias("again")).to_series()
    if not again.any():
        return draft
    text = Text(
        "有 {count} 行与前面的行完全相同（子订单号也相同），按同一行计一次。",
        "{count} rows repeat an earlier row in every cell, line id included; they count once.",
    )
    gone = draft.frame.filter(again)
    return draft.with_frame(draft.frame.filter(~again)).noting("repeated_lines", text, gone)


def with_row_orders(draft: Draft) -> Draft:
    """Order ids for files that have none: every row is one order, named by its content (buyer, time, amount).

    Equal rows are told apart by a number, so two equal purchases stay two; the order of the rows does not matter.
    """
    wanted = draft.context.options.row_is_order or not draft.context.recognition.mapping.columns.get("order_id")
    if draft.context.entity not in ORDER_ENTITIES or draft.has("order_id") or not wanted:
        return draft
    cells = [pl.col(n).cast(pl.String).fill_null("") for n in _CONTENT if draft.has(n)]
    frame = draft.frame.with_columns(pl.concat_str([pl.lit("row"), *cells], separator="|").alias("content"))
    frame = frame.with_columns(pl.int_range(pl.len()).over("content").alias("twin"))
    digest = pl.concat_str([pl.col("content"), pl.col("twin").cast(pl.String)], separator="|")
    ids = draft.context.hash_id(frame.select(digest.alias("order_id")).to_series())
    text = Text("文件里没有订单号，每一行按一笔订单计。", "The file has no order id; every row counts as one order.")
    draft = draft.with_frame(frame.drop("content", "twin").with_columns(ids.alias("order_id")))
    return draft.noting("row_is_order", text)


def without_unusable(draft: Draft) -> Draft:
    """Rows without an order id become rejects. Orders without any date stay: another export may date them."""
    context = draft.context
    if context.entity not in ORDER_ENTITIES or not draft.has("order_id"):
        return draft
    lost = draft.frame.filter(pl.col("order_id").is_null())
    header = context.recognition.mapping.columns.get("order_id", ("",))[0]
    draft = draft.losing(lost, header=header, field="order_id", reason="missing_required")
    dates = [n for n in ("ordered_at", "paid_at", "completed_at", "shipped_at", "settled_at") if draft.has(n)]
    if not dates:
        return draft
    undated = pl.all_horizontal([pl.col(n).is_null() for n in dates])
    suspects = draft.frame.filter(undated)["order_id"].unique()
    if suspects.is_empty():
        return draft
    rows = draft.frame.filter(pl.col("order_id").is_in(suspects.implode())).filter(undated.all().over("order_id"))
    if rows.is_empty():
        return draft
    text = Text(
        "{count} 行的订单没有可用的日期：已保留，但在别的导出给出日期之前不计入任何期间。",
        "{count} rows belong to orders without a usable date: they are kept, and count in no period until another export dates them.",
    )
    return draft.noting("undated_orders", text, rows)
