"""What each canonical line says in the currency of its document, before the document is judged."""

import narwhals as nw

from ecodash.core.settings import SalesPolicy
from ecodash.facts.fact import Frame
from ecodash.facts.money import times


def valued(items: Frame, products: Frame, policy: SalesPolicy) -> Frame:
    """The lines with the columns below added; one row per line, amounts in the currency of the document.

    * ``worth``: amount before order-level discounts: stated gross, else unit price × quantity, else list price ×
      quantity; null when nothing is known.
    * ``amount``: stated line payment, else ``worth``; null when nothing is known.
    * ``sold``: a purchase line: quantity above 0 (or not stated) and amount above 0 (or not known). Lines of zero
      amount count only with ``policy.include_zero_amount``.
    * ``back``: a return line inside a sale: negative quantity or negative amount.
    * ``group``: category of the line, else of its product; ``list_cost``: unit cost of the product × quantity.
    """
    known = products.select(
        "sku_id", nw.col("category_l1").alias("product_category"), nw.col("unit_cost").alias("product_cost")
    )
    lines = items.join(known, on="sku_id", how="left").with_columns(
        worth=nw.coalesce("gross_amount", times("unit_price", "qty"), times("list_price", "qty")),
        group=nw.coalesce("category_l1", "product_category"),
        list_cost=nw.when(nw.col("cost_amount").is_null()).then(times("product_cost", "qty")),
    )
    lines = lines.with_columns(amount=nw.coalesce("paid_amount", "worth"))
    return lines.with_columns(sold=_is_sold(policy), back=_is_back())


def _is_sold(policy: SalesPolicy) -> nw.Expr:
    amount = nw.col("amount")
    enough = amount >= 0 if policy.include_zero_amount else amount > 0
    return (nw.col("qty") > 0).fill_null(value=True) & enough.fill_null(value=True)


def _is_back() -> nw.Expr:
    return (nw.col("qty") < 0).fill_null(value=False) | (nw.col("amount") < 0).fill_null(value=False)


def order_sums(lines: Frame, policy: SalesPolicy) -> Frame:
    """One row per order id: sums of its valued lines, Int64, in the currency of the document.

    ``line_*`` columns: count and priced count of sold lines, paid, gross, units, gift cards, stated refunds, return
    lines, all lines, stated and listed costs and the paid amount they cover, and the largest line with its category.
    """
    sold, amount = nw.col("sold"), nw.col("amount").fill_null(0)
    gift = sold & nw.col("is_gift_card").fill_null(value=False)
    goods = sold if policy.include_gift_cards else sold & ~nw.col("is_gift_card").fill_null(value=False)
    with_cost = goods & ~(nw.col("cost_amount").is_null() & nw.col("list_cost").is_null())
    parts = {
        "line_count": _where(goods, nw.lit(1)),
        "line_priced": _where(sold & ~nw.col("amount").is_null(), nw.lit(1)),
        "line_paid": _where(sold, amount),
        "line_gross": _where(goods, nw.coalesce("worth", "amount").fill_null(0)),
        "line_units": _where(goods, nw.col("qty").fill_null(0)),
        "line_gift": _where(gift, amount),
        "line_refund": nw.col("refund_amount").fill_null(0),
        "line_back": _where(nw.col("back"), amount.abs()),
        "line_total": amount,
        "line_cost": _where(goods, nw.col("cost_amount").fill_null(0)),
        "line_list_cost": _where(goods, nw.col("list_cost").fill_null(0)),
        "line_costed": _where(with_cost, amount),
        "line_some": nw.lit(1),
    }
    split = lines.select("order_id", **{name: part.cast(nw.Int64) for name, part in parts.items()})
    return split.group_by("order_id").agg(*(nw.col(name).sum().cast(nw.Int64) for name in parts))


def _where(condition: nw.Expr, value: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(value).otherwise(0)


def main_category(lines: Frame) -> Frame:
    """One row per order id with a categorised sold line: ``category`` of its largest line (ties: the later name)."""
    graded = lines.filter(nw.col("sold"), ~nw.col("group").is_null())
    numbered = graded.select(nw.col("group")).unique().with_row_index("place", order_by="group")
    coded = graded.join(numbered, on="group", how="inner").select(
        "order_id", code=nw.col("amount").fill_null(0).clip(0, 10**13) * 100_000 + nw.col("place").cast(nw.Int64)
    )
    best = coded.group_by("order_id").agg(nw.col("code").max().cast(nw.Int64))
    places = best.with_columns(place=nw.col("code") % 100_000)
    named = numbered.with_columns(nw.col("place").cast(nw.Int64))
    return places.join(named, on="place", how="inner").select("order_id", category=nw.col("group"))
