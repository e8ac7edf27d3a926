"""Checks of refunds: counted twice, larger than the order, of unknown orders or buyers, closed orders."""

import narwhals as nw

from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.money import converted
from ecodash.facts.returned import accepted
from ecodash.session.checks.check import ORDER, Check, Ground, Severity

CHECK_ORDERS = Text("核对这些退款，改正后重新导入。", "Check these refunds, mend the file and load it again.")


def _records(ground: Ground) -> Frame:
    """One row per sale with refund records: how many, the largest, their sum (base currency)."""
    per_order = (
        accepted(ground.fact("placed_returns"))
        .group_by("order_id")
        .agg(records=nw.len(), largest=nw.col("refund_amount").max(), together=nw.col("refund_amount").sum())
        .with_columns(nw.col("largest", "together").cast(nw.Int64))
    )
    rows = ground.sales().select(*ORDER, "rate", "paid").join(per_order, on="order_id", how="inner")
    return rows.with_columns(largest=converted("largest"), together=converted("together"))


def _double(ground: Ground) -> Frame:
    rows = _records(ground).filter(nw.col("records") > 1, nw.col("largest") <= nw.col("paid"))
    over = rows.filter(nw.col("together") > nw.col("paid"), nw.col("paid") > 0)
    return over.select(*ORDER, "paid", "records", "together", money=nw.col("together") - nw.col("paid"))


def _above(ground: Ground) -> Frame:
    records = _records(ground).select("order_id", "largest")
    stated = ground.table("orders").select("order_id", "refund_amount")
    rows = ground.sales().select(*ORDER, "rate", "paid")
    rows = rows.join(stated, on="order_id", how="left").join(records, on="order_id", how="left")
    rows = rows.with_columns(refund=nw.max_horizontal(converted("refund_amount"), nw.col("largest").fill_null(0)))
    over = rows.filter(nw.col("refund") > nw.col("paid"), nw.col("paid") > 0)
    return over.select(*ORDER, "paid", "refund", money=nw.col("refund") - nw.col("paid"))


def _guests(ground: Ground) -> Frame:
    rows = ground.fact("orders").filter(nw.col("refund") > 0, nw.col("customer_id").is_null())
    return rows.select(*ORDER, "kind", money=nw.col("refund"))


def _orphans(ground: Ground) -> Frame:
    known = ground.table("orders").select("order_id")
    lost = ground.fact("placed_returns").join(known, on="order_id", how="anti").select("return_id")
    rows = accepted(ground.table("returns")).join(lost, on="return_id", how="semi")
    home = nw.col("currency").is_null() | (nw.col("currency") == ground.settings.base_currency).fill_null(value=False)
    return rows.select(
        *("return_id", "order_id", "refunded_at", "currency", "load_id", "row_no"),
        money=nw.when(home).then(nw.col("refund_amount")).otherwise(0),
    )


def _closed(ground: Ground) -> Frame:
    rows = ground.sales().filter(nw.col("status").is_in(("refunded", "cancelled")).fill_null(value=False))
    return rows.select(*ORDER, "status", "refund", money=nw.col("paid"))


def _assumed(ground: Ground) -> Frame:
    return ground.sales().filter(nw.col("refund_assumed")).select(*ORDER, "status", money=nw.col("refund"))


CHECKS = (
    Check(
        code="refund_double",
        traps=("T17",),
        title=Text("同一订单的多条退款相加超过实付", "refund records of one order that add up to more than was paid"),
        why=Text(
            "常见于先部分退款、再全额退款。ecodash 最多退到实付为止；简单相加会多减这里的金额。",
            "Usually a partial refund followed by the full one. ecodash stops at what was paid; adding them up would deduct this much too much.",
        ),
        advice=Text(
            "一般无需处理；如确有多退，请核对平台流水。",
            "Usually nothing to do; if more did go back, check the payouts.",
        ),
        severity=Severity.NOTE,
        rows=_double,
        needs=("orders", "returns"),
    ),
    Check(
        code="refund_above_order",
        traps=("T17",),
        title=Text("单笔退款大于订单实付", "single refunds larger than the order paid"),
        why=Text(
            "可能是合并退款、运费险、赔付，或金额单位弄错；超出部分没有计入退款。",
            "A combined refund, compensation or a mix-up of units; the part above the payment is not counted.",
        ),
        advice=CHECK_ORDERS,
        severity=Severity.LOOK,
        rows=_above,
    ),
    Check(
        code="guest_refunds",
        traps=("T18",),
        title=Text("没有买家标识的退款", "refunds without a known buyer"),
        why=Text(
            "这些退款减少净销售额，但不会把任何人算成老客。",
            "They lower net sales and never make anybody a returning customer.",
        ),
        advice=Text(
            "无需处理；换用含买家账号的导出可以归到人。", "Nothing to do; an export with buyers would attribute them."
        ),
        severity=Severity.NOTE,
        rows=_guests,
    ),
    Check(
        code="orphan_refunds",
        title=Text("退款对应的订单没有导入", "refunds of orders that were not loaded"),
        why=Text("找不到订单的退款无法扣减，净销售额偏高。", "They cannot be deducted, so net sales are too high."),
        advice=Text("补导入这些订单所在月份的订单文件。", "Load the order file of the months these orders are from."),
        severity=Severity.WRONG,
        rows=_orphans,
        needs=("orders", "returns"),
    ),
    Check(
        code="closed_after_payment",
        traps=("T19",),
        title=Text("付款后关闭的订单", "orders closed after payment"),
        why=Text(
            "按“销售 + 退款”计：既不当有效销售，也不整单丢掉。金额是只看状态会多算的销售额。",
            "Counted as a sale with a refund: neither as a plain sale nor dropped. The amount is what a count by status adds.",
        ),
        advice=Text("无需处理。", "Nothing to do."),
        severity=Severity.NOTE,
        rows=_closed,
    ),
    Check(
        code="refund_assumed",
        traps=("T19",),
        title=Text("付款后关闭却没有退款额，按全额退款计", "closed after payment with no refund stated: taken as full"),
        why=Text("真实退款可能只是一部分。", "The true refund may be only a part."),
        advice=Text("导入退款报表即可得到实际退款。", "Load the refund export to get the actual refunds."),
        severity=Severity.LOOK,
        rows=_assumed,
    ),
)
