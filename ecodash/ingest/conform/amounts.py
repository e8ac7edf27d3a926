"""Amounts that follow from others: line amounts, refunds already taken off, refunds of whole orders."""

import re
from functools import partial

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.conform.draft import Draft
from ecodash.ingest.conform.order_money import order_level_fields, product
from ecodash.ingest.raw import ROW

ONE = 10_000
_CERTAIN = 0.99
_NO_COINCIDENCE = 3
_TERM = re.compile(r"^(\w+) \* (\w+)(?: - (\w+))?$")
_SALES = ("orders", "order_lines")
POSITIVE = ("refund_amount", "discount", "platform_discount", "platform_fee", "shipping_cost", "affiliate_cost")


def with_units(draft: Draft) -> Draft:
    """One row per unit, where the format says so or priced lines of an unknown file come without any quantity."""
    if draft.has("quantity"):
        return draft
    one = pl.lit(ONE, dtype=pl.Int64).alias("quantity")
    if draft.context.switches.one_row_per_unit:
        return draft.with_frame(draft.frame.with_columns(one))
    priced = draft.context.entity == "order_lines" and draft.has("unit_price") and not draft.has("line_amount")
    if draft.context.export is not None or not priced:
        return draft
    text = Text("文件里没有数量列，每一行按一件计。", "The file has no quantity column; every row counts as one unit.")
    return draft.with_frame(draft.frame.with_columns(one)).noting("row_is_unit", text)


def with_signs(draft: Draft) -> Draft:
    """Refunds, discounts and fees of orders as positive amounts, however the export signs them."""
    if draft.context.entity not in (*_SALES, "refunds", "shop_daily", "product_daily"):
        return draft
    names = [n for n in POSITIVE if draft.has(n)]
    turned = [-pl.col(n) for n in names if not draft.context.once("sign", n, partial(_mostly_positive, draft.frame[n]))]
    return draft.with_frame(draft.frame.with_columns(turned)) if turned else draft


def _mostly_positive(values: pl.Series) -> bool:
    return bool((values.fill_null(0) > 0).sum() >= (values.fill_null(0) < 0).sum())


def with_line_amounts(draft: Draft) -> Draft:
    """The missing line amount as the format derives it, else quantity × unit price."""
    if draft.context.entity != "order_lines":
        return draft
    found = _TERM.match(draft.context.switches.line_amount or "unit_price * quantity")
    if not found or not draft.has(found[1], found[2]):
        return draft
    amount = product(found[1], found[2])
    if found[3] and draft.has(found[3]) and found[3] not in order_level_fields(draft):
        amount -= pl.col(found[3]).fill_null(0)
    if draft.has("line_amount"):
        amount = pl.coalesce("line_amount", amount)
    return draft.with_frame(draft.frame.with_columns(amount.alias("line_amount")))


def with_scaled_lines(draft: Draft) -> Draft:
    """Derived line amounts scaled so that they add up to the order amount (the shares of it)."""
    if not draft.context.switches.scale_lines or not draft.has("line_amount", "order_amount"):
        return draft
    scaled = pl.coalesce("order_amount", "line_amount").alias("line_amount")
    return draft.with_frame(draft.frame.with_columns(scaled))


def with_gross_paid(draft: Draft) -> Draft:
    """The amount paid before refunds, where the export already took them off.

    Decided by the file itself: when for nearly all refunded rows order amount − refund = paid, the refund is in. The
    user can say so (``refund_in_paid`` yes or no).
    """
    due = _due(draft)
    said = draft.context.options.refund_in_paid
    if (
        draft.context.entity not in _SALES
        or due is None
        or said == "no"
        or not draft.has("paid_amount", "refund_amount")
    ):
        return draft
    refunded = (pl.col("refund_amount") > 0).fill_null(False)
    if draft.has("paid_at"):
        refunded &= pl.col("paid_at").is_not_null()
    rows = draft.frame.filter(refunded)
    if rows.is_empty():
        return draft
    if said == "auto" and not draft.context.once("refund_in_paid", "", lambda: _is_net(draft.frame, refunded, due)):
        return draft
    raised = pl.when(refunded).then(pl.col("paid_amount") + pl.col("refund_amount")).otherwise("paid_amount")
    text = Text(
        "这份文件的实付金额已经扣除退款（{count} 行：应付 − 退款 = 实付），已还原为退款前的实付，退款不会重复扣减。",
        "The amount paid in this file is already net of refunds ({count} rows: due − refund = paid); the amount before "
        "refunds was restored so that no refund is subtracted twice.",
    )
    return draft.with_frame(draft.frame.with_columns(raised.alias("paid_amount"))).noting("refund_in_paid", text, rows)


def _is_net(frame: pl.DataFrame, refunded: pl.Expr, due: pl.Expr) -> bool:
    """Whether due − refund = paid in nearly all refunded rows, and it is no coincidence.

    It is none with three rows, with one paid back entirely, or when the other rows were paid as due.
    """
    rows = frame.with_columns(due.alias("due"), refunded.alias("back"))
    back, other = rows.filter("back"), rows.filter(~pl.col("back"), pl.col("paid_amount") > 0)
    net = (back["due"] - back["refund_amount"] == back["paid_amount"]).fill_null(False)
    if int(net.sum()) < _CERTAIN * len(net):
        return False
    entirely = bool(((back["paid_amount"] == 0) & (back["refund_amount"] == back["due"])).any())
    as_due = int((other["due"] == other["paid_amount"]).sum())
    return len(net) >= _NO_COINCIDENCE or entirely or (other.height > 0 and 2 * as_due >= other.height)


def _due(draft: Draft) -> pl.Expr | None:
    if draft.has("order_amount"):
        return pl.col("order_amount")
    if draft.has("goods_amount"):
        shipping = pl.col("shipping").fill_null(0) if draft.has("shipping") else pl.lit(0)
        return pl.col("goods_amount") + shipping
    return None


def with_adjusted_refund(draft: Draft) -> Draft:
    """Etsy: the refund is the order total less the adjusted total, where one is filled in."""
    if not draft.has("adjusted_total", "order_amount") or draft.has("refund_amount"):
        return draft
    adjusted = pl.col("adjusted_total") > 0
    refund = pl.when(adjusted).then(pl.col("order_amount") - pl.col("adjusted_total")).otherwise(None)
    return draft.with_frame(draft.frame.with_columns(refund.cast(pl.Int64).alias("refund_amount")))


def with_whole_refunds(draft: Draft) -> Draft:
    """A paid order closed or refunded as a whole, without an amount: all that was paid went back (and it is said)."""
    if draft.context.entity not in _SALES or not draft.has("status_class"):
        return draft
    names = [n for n in ("paid_amount", "line_paid", "line_amount", "order_amount") if draft.has(n)]
    if not names:
        return draft
    paid = pl.coalesce(names)
    stated = pl.col("refund_amount") if draft.has("refund_amount") else pl.lit(None, dtype=pl.Int64)
    open_rows = (pl.col("status_class") == "refunded") & (stated.fill_null(0) == 0) & (paid > 0)
    if draft.has("refund_amount"):
        stated_elsewhere = (pl.col("refund_amount").fill_null(0).sum() > 0).over("order_id")
        open_rows &= ~stated_elsewhere
    rows = draft.frame.filter(open_rows)
    if rows.is_empty():
        return draft
    frame = draft.frame.with_columns(pl.when(open_rows).then(paid).otherwise(stated).alias("refund_amount"))
    text = Text(
        "有 {count} 行整单退款（或付款后关闭）但没有退款金额，按实付全额退款计。",
        "{count} rows were refunded as a whole (or closed after payment) without an amount; all that was paid counts as refunded.",
    )
    return draft.with_frame(frame).noting("whole_refund_assumed", text, rows)


def with_line_payments(draft: Draft) -> Draft:
    """The amount paid per row where the file states none: the line's own, less a discount not yet taken off.

    Whether the discount is still inside is read off the file: unit price × quantity = line amount says it is.
    """
    if draft.context.entity not in _SALES or draft.has("paid_amount"):
        return draft
    if draft.has("line_paid"):
        return draft.with_frame(draft.frame.with_columns(pl.col("line_paid").alias("paid_amount")))
    name = next((n for n in ("line_amount", "order_amount", "receivable_amount") if draft.has(n)), None)
    if name is None:
        return draft
    amount = pl.col(name)
    if (
        name == "line_amount"
        and draft.has("discount")
        and draft.context.once("discount", "", lambda: _discount_inside(draft))
    ):
        amount = amount - pl.col("discount").fill_null(0).abs()
    stated = pl.lit(name == "order_amount")
    return draft.with_frame(draft.frame.with_columns(amount.alias("paid_amount"), stated.alias("paid_stated")))


def _discount_inside(draft: Draft) -> bool:
    export = draft.context.export
    if export and export.platform in ("amazon", "etsy"):
        return True
    if not draft.has("unit_price", "quantity"):
        return False
    rows = draft.frame.filter(pl.col("discount") != 0)
    same = rows.select((product("unit_price", "quantity") == pl.col("line_amount")).mean()).item()
    return bool(same is not None and same >= _CERTAIN)


def with_refunds_once(draft: Draft) -> Draft:
    """After-sale rows of one order line never give back more than was paid.

    A full refund after a partial one counts only what was left, in the order of time.
    """
    names = ("order_id", "refund_amount", "paid_amount")
    if draft.context.entity != "refunds" or not draft.has(*names):
        return draft
    line = [n for n in ("order_id", "line_id", "sku", "product_id") if draft.has(n)]
    times = [n for n in ("refunded_at", "refund_requested_at", "refund_id") if draft.has(n)]
    good = pl.col("status_class") == "valid" if draft.has("status_class") else pl.lit(True)
    frame = draft.frame.sort([*times, ROW], nulls_last=True)
    amount = pl.when(good).then(pl.col("refund_amount").fill_null(0)).otherwise(0)
    left = (pl.col("paid_amount") - (amount.cum_sum() - amount).over(line)).clip(lower_bound=0)
    over = good & (pl.col("refund_amount") > left).fill_null(False)
    rows = frame.filter(over)
    frame = frame.with_columns(pl.when(over).then(left).otherwise("refund_amount").alias("refund_amount")).sort(ROW)
    draft = draft.with_frame(frame)
    if rows.is_empty():
        return draft
    text = Text(
        "有 {count} 笔退款包含了之前已退的部分，只计剩余未退的金额，不重复计算。",
        "{count} refunds contain what had been given back before; only the rest counts, nothing is counted twice.",
    )
    return draft.noting("refund_counted_once", text, rows)
