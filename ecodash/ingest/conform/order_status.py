"""The class of every row: valid, pending, cancelled, refunded or unknown; and the canonical status of orders."""

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.conform.draft import Context, Draft, quoted
from ecodash.ingest.export_format import Statuses
from ecodash.ingest.statuses import (
    CLASSES,
    UNKNOWN,
    StatusWords,
    classes,
    general_class,
    is_superseded,
    stages,
    words_of,
)

_SALES = ("orders", "order_lines")


def with_status_class(draft: Draft) -> Draft:
    """``status_class`` of every row of orders, order lines, refunds and payments."""
    entity = draft.context.entity
    if entity in _SALES:
        return _unknown_noted(_with_order_class(draft))
    if entity == "refunds" and draft.has("refund_status"):
        return draft.with_frame(draft.frame.with_columns(_refund_class(draft.context, draft.frame["refund_status"])))
    if entity == "payments" and draft.has("status"):
        return draft.with_frame(draft.frame.with_columns(classes(draft.frame["status"], _words(draft.context))))
    return draft


def _words(context: Context) -> StatusWords:
    options = context.options
    own = [(name, getattr(options, name)) for name in CLASSES if name != UNKNOWN]
    statuses = context.export.statuses if context.export else Statuses()
    return words_of(statuses, own)


def _with_order_class(draft: Draft) -> Draft:
    frame = draft.frame
    if "status" not in frame.columns:
        return draft.with_frame(frame.with_columns(_by_payment(draft, pl.lit(None, dtype=pl.String))))
    words = _words(draft.context)
    base = classes(frame["status"], words).alias("base")
    superseded = frame["status"].is_in(_superseded(frame["status"]).implode()).fill_null(False).alias("superseded")
    frame = frame.with_columns(base, superseded, _gone(draft, words).alias("gone"), _paid(draft).alias("was_paid"))
    cancelled = pl.col("base") == "cancelled"
    if "cancelled_at" in frame.columns:
        cancelled = cancelled | ((pl.col("base") == "valid") & pl.col("cancelled_at").is_not_null())
    refunded = (pl.col("base") == "refunded") | (pl.col("gone") & (pl.col("base") != "pending"))
    refunded = refunded | (cancelled & pl.col("was_paid"))
    decided = (
        pl.when("superseded").then(pl.lit("cancelled"))
        .when(refunded).then(pl.lit("refunded"))
        .when(cancelled).then(pl.lit("cancelled"))
        .otherwise("base")
    )  # fmt: skip
    done = frame.with_columns(decided.alias("decided")).with_columns(_by_payment(draft, pl.col("decided")))
    return draft.with_frame(done.drop("base", "superseded", "gone", "was_paid", "decided"))


def _superseded(statuses: pl.Series) -> pl.Series:
    return pl.Series([text for text in statuses.drop_nulls().unique() if is_superseded(text)], dtype=pl.String)


def _paid(draft: Draft) -> pl.Expr:
    """Whether money changed hands although the order was closed: a payment time, or a refund above zero."""
    signs = [pl.lit(False)]
    if draft.has("paid_at"):
        signs.append(pl.col("paid_at").is_not_null())
    if draft.has("refund_amount"):
        signs.append((pl.col("refund_amount") > 0).fill_null(False))
    return pl.any_horizontal(signs)


def _gone(draft: Draft, words: StatusWords) -> pl.Expr:
    """Whether the after-sale column says that the row was given back as a whole.

    The words of the format decide; for an unknown file general words do, when it states no refund amount.
    """
    if not draft.has("refund_status"):
        return pl.lit(False)
    texts = draft.frame["refund_status"].drop_nulls().unique()
    if draft.context.export is None:
        table = {text: not draft.has("refund_amount") and general_class(text) == "refunded" for text in texts}
    else:
        table = {text: words.says(text, "refunded") for text in texts}
    partial = pl.lit(False)
    if draft.has("refund_amount", "line_amount"):
        partial = ((pl.col("refund_amount") > 0) & (pl.col("refund_amount") < pl.col("line_amount"))).fill_null(False)
    gone = pl.col("refund_status").replace_strict(table, default=False, return_dtype=pl.Boolean).fill_null(False)
    return gone & ~partial


def _by_payment(draft: Draft, decided: pl.Expr) -> pl.Expr:
    """The class by the payment time where no word decides; a file that knows neither is a list of sales."""
    if not draft.has("paid_at"):
        without = pl.lit(UNKNOWN) if draft.has("status") else pl.lit("valid")
        return decided.fill_null(without).alias("status_class")
    by_time = pl.when(pl.col("paid_at").is_not_null()).then(pl.lit("valid")).otherwise(pl.lit("pending"))
    open_rows = decided.is_null() | (decided == UNKNOWN)
    return pl.when(open_rows).then(by_time).otherwise(decided).alias("status_class")


def _refund_class(context: Context, statuses: pl.Series) -> pl.Series:
    """After-sale rows: ``valid`` means the money went back (the format's refunded words)."""
    found = classes(statuses, _words(context))
    return found.replace({"refunded": "valid", "valid": "valid"}).alias("status_class")


def _unknown_noted(draft: Draft) -> Draft:
    if not draft.has("status"):
        return draft
    words = _words(draft.context)
    strange = sorted(t for t in draft.frame["status"].drop_nulls().unique().to_list() if words.class_of(t) == UNKNOWN)
    if not strange:
        return draft
    rows = draft.frame.filter(pl.col("status").is_in(strange))
    named = quoted("、".join(strange[:5]))
    text = Text(
        f"有 {{count}} 行的订单状态无法识别（{named}），按是否有付款时间判断；请在导入设置里说明这些状态的含义。",
        f"{{count}} rows have an order status nobody knows ({quoted(', '.join(strange[:5]))}); the payment time decided. "
        "Say in the settings of this load what these words mean.",
    )
    return draft.noting("unknown_status", text, rows)


def with_order_status(draft: Draft) -> Draft:
    """``order_status``: created, paid, shipped, completed, cancelled or refunded; null when the file cannot tell.

    A file that knows neither a status nor a payment time is a list of sales: null.
    """
    if draft.context.entity not in _SALES or not (draft.has("status") or draft.has("paid_at")):
        return draft
    frame = draft.frame
    stage = (
        stages(frame["status"])
        if draft.has("status")
        else pl.Series("stage", [None], dtype=pl.String).new_from_index(0, frame.height)
    )
    frame = frame.with_columns(stage)
    reached = pl.col("stage")
    for name, field in (("shipped", "shipped_at"), ("completed", "delivered_at"), ("completed", "completed_at")):
        if field in frame.columns:
            later = pl.col(field).is_not_null() & (reached.is_null() | ~reached.is_in(["completed"]))
            reached = pl.when(later).then(pl.lit(name)).otherwise(reached)
    by_class = pl.col("status_class").replace_strict(
        {"pending": "created", "cancelled": "cancelled", "refunded": "refunded"}, default=None, return_dtype=pl.String
    )
    valid = pl.when(pl.col("status_class") == "valid").then(reached.fill_null("paid"))
    return draft.with_frame(frame.with_columns(pl.coalesce(by_class, valid).alias("order_status")).drop("stage"))
