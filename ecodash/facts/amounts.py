"""The money of a judged document in base currency: paid, what the policy leaves out, refund, net."""

import narwhals as nw

from ecodash.core.settings import SalesPolicy
from ecodash.facts.fact import Frame
from ecodash.facts.money import at_least_zero, converted, largest, smaller

ORDERED_KINDS = ("sale", "unpaid", "unknown", "cancelled", "zero", "undated")


def booked(documents: Frame, policy: SalesPolicy) -> Frame:
    """The judged documents with every money column of ``order_columns.MONEY``; 0 where the policy counts nothing."""
    return _with_net(_with_refund(_with_base(_in_base_currency(documents), policy)), policy)


def _in_base_currency(documents: Frame) -> Frame:
    """``paid``, ``gross`` … of sales, ``placed`` of every order, ``booking`` of credits and adjustments."""
    said = documents.with_columns(
        gross_value=nw.coalesce("gross_value", "value"),
        discount_value=nw.coalesce("discount_amount", at_least_zero(nw.col("line_gross") - nw.col("line_paid"))),
        refund_value=largest(*(nw.col(n) for n in ("refund_amount", "back_refund", "line_refund", "lines_back"))),
        placed_value=nw.coalesce("order_amount", nw.when(nw.col("value") > 0).then(nw.col("value")), "goods_amount"),
    )
    sale, ordered = nw.col("is_sale"), nw.col("kind").is_in(ORDERED_KINDS)
    listed = nw.when(nw.col("rate").is_null()).then(0).otherwise(nw.col("line_list_cost"))
    return said.with_columns(
        booking=converted("value"),
        placed=_only(ordered, converted("placed_value")),
        paid=_only(sale, converted("value")),
        gross=_only(sale, converted("gross_value")),
        discount=_only(sale, converted("discount_value")),
        shipping=_only(sale, converted("shipping_amount")),
        tax=_only(sale, converted("tax_amount")),
        gift_cards=_only(sale, converted("gift_value")),
        known_refund=_only(sale, converted("refund_value")),
        cost=_only(sale, converted("line_cost") + listed),
        costed=_only(sale, converted("line_costed")),
        units=_only(sale, nw.col("line_units")),
        lines=_only(sale, nw.col("line_count")),
    )


def _only(condition: nw.Expr, value: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(value.fill_null(0)).otherwise(0).cast(nw.Int64)


def _with_base(documents: Frame, policy: SalesPolicy) -> Frame:
    """``base``: paid less what the policy leaves out. A stated payment contains shipping and tax, Σ of lines does not."""
    inside, outside = nw.col("paid"), nw.col("paid")
    for part, included in (("shipping", policy.include_shipping), ("tax", policy.include_tax)):
        inside = inside if included else inside - nw.col(part)
        outside = outside + nw.col(part) if included else outside
    kept = nw.when(nw.col("paid_amount").is_null()).then(outside).otherwise(inside)
    goods = kept if policy.include_gift_cards else kept - nw.col("gift_cards")
    return documents.with_columns(base=at_least_zero(goods))


def _with_refund(documents: Frame) -> Frame:
    """``refund``: the largest statement, at most what was paid; everything when closed after payment without one."""
    assumed = nw.col("closed") & (nw.col("known_refund") == 0)
    of_sale = nw.when(assumed).then(nw.col("paid")).otherwise(smaller(nw.col("known_refund"), nw.col("paid")))
    given = nw.when(nw.col("kind") == "credit").then(nw.col("booking").abs()).otherwise(of_sale)
    latest = nw.max_horizontal("closed_day", "back_day")
    dated = nw.when(nw.col("kind") == "credit").then(nw.col("day")).otherwise(latest)
    return documents.with_columns(
        refund=given.cast(nw.Int64), refund_assumed=assumed, refund_day=nw.when(given > 0).then(dated).cast(nw.Int32)
    )


def _with_net(documents: Frame, policy: SalesPolicy) -> Frame:
    """``net``: base − refund, not below 0; a credit lowers it, an adjustment moves it when the policy says so."""
    adjusted = nw.col("booking") if policy.include_adjustments else nw.lit(0)
    net = (
        nw.when(nw.col("is_sale"))
        .then(at_least_zero(nw.col("base") - nw.col("refund")))
        .when(nw.col("kind") == "credit")
        .then(nw.col("refund") * -1)
        .when(nw.col("kind") == "adjustment")
        .then(adjusted)
        .otherwise(0)
    )
    return documents.with_columns(net=net.cast(nw.Int64))
