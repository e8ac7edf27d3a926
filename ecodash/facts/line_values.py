"""What each canonical line says in the currency of its document, before the document is judged."""

import narwhals as nw

from ecodash.core.settings import SalesPolicy
from ecodash.facts.fact import Frame
from ecodash.facts.money import times

SUMS = (
    "line_some",
    "line_count",
    "line_priced",
    "line_paid",
    "line_gross",
    "line_units",
    "line_gift",
    "line_refund",
    "line_back",
    "line_total",
    "line_cost",
    "line_list_cost",
    "line_costed",
)
PLACES = 100_000
"""More than there are categories."""
LARGEST = 10**13
"""Amounts above a billion are told apart no further when the main category is chosen."""


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
    """One row per order id: sums of its valued and placed lines, Int64, in the currency of the document.

    ``SUMS``: number of all, sold and priced lines; paid, gross, units, gift cards; stated refunds, return lines, all
    lines; stated and listed costs and the amount they cover. ``line_best`` names the category of the largest sold line
    (``categories``), ties going to the later name; null when no sold line has one.
    """
    sold, amount = nw.col("sold"), nw.col("amount").fill_null(0)
    gift = sold & nw.col("is_gift_card").fill_null(value=False)
    goods = sold if policy.include_gift_cards else sold & ~nw.col("is_gift_card").fill_null(value=False)
    parts = {
        "line_some": nw.lit(1),
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
        "line_costed": _where(goods & ~nw.coalesce("cost_amount", "list_cost").is_null(), amount),
    }
    best = nw.when(sold).then(amount.clip(0, LARGEST) * PLACES + nw.col("place"))
    split = lines.select("order_id", line_best=best, **{name: part.cast(nw.Int64) for name, part in parts.items()})
    return split.group_by("order_id").agg(
        nw.col("line_best").max().cast(nw.Int64), *(nw.col(name).sum().cast(nw.Int64) for name in SUMS)
    )


def _where(condition: nw.Expr, value: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(value).otherwise(0)


def categories(items: Frame, products: Frame) -> Frame:
    """``group, place``: every category with its place in alphabetical order (Int64, below ``PLACES``)."""
    named = (frame.select(group=nw.col("category_l1")) for frame in (items, products))
    distinct = nw.concat(list(named)).filter(~nw.col("group").is_null()).unique()
    return distinct.with_row_index("place", order_by="group").with_columns(nw.col("place").cast(nw.Int64))


def best_place() -> nw.Expr:
    """The place of the category that ``line_best`` names, Int64."""
    return (nw.col("line_best") % PLACES).cast(nw.Int64)
