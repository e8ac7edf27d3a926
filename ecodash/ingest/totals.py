"""Control totals of one file, in the words operators and test sheets use. Compare them with the platform's own screen.

Counts are plain numbers (``COUNTS``); everything else is in ten-thousandths.

==========================  ==============================================================================
``rows``                    data rows of the file
``orders``                  distinct order ids; ``valid_orders`` with a valid row, ``sales_orders`` with a valid or
                            refunded one, ``paid_orders`` with a payment, ``refunded_orders`` with a refunded one
``paid_amount``             paid, over all rows with a payment; ``paid_amount_valid`` over valid rows
``refunded``                refunds of the file (of after-sale files: those that succeeded)
``units``                   pieces; ``units_valid``, ``units_sales_orders`` likewise
``<field>_valid``           order, line and receivable amounts over valid rows
``item_price_<currency>``   line amounts per currency
``income``, ``outgo``       of statements, outgo negative; ``amount_sum`` is the sum of signed amounts
==========================  ==============================================================================
"""

import polars as pl

from ecodash.ingest.conform.draft import Draft

COUNTS = frozenset(
    [
        "rows",
        "orders",
        "valid_orders",
        "sales_orders",
        "paid_orders",
        "refunded_orders",
        "customers",
        "members",
        "sessions",
        "level1_visitors",
        "pack_rows",
        "impressions",
        "clicks",
        "visitors",
        "page_views",
    ]
)
_SALES = ("orders", "order_lines")
# Total → the rows it counts.
_ORDER_COUNTS = {
    "orders": "all",
    "valid_orders": "valid",
    "sales_orders": "sales",
    "paid_orders": "paid",
    "refunded_orders": "refunded",
}
# Total → field and rows.
_ORDER_SUMS = {
    "paid_amount": ("paid_amount", "paid"),
    "total_paid": ("paid_amount", "paid"),
    "paid_amount_valid": ("paid_amount", "valid"),
    "order_amount_valid": ("order_amount", "valid"),
    "total_sales_orders": ("order_amount", "sales"),
    "line_amount_valid": ("line_amount", "valid"),
    "receivable_valid": ("receivable_amount", "valid"),
    "item_total": ("line_amount", "all"),
    "net_sales": ("line_amount", "all"),
    "refunded": ("refund_amount", "all"),
    "units": ("quantity", "all"),
    "units_valid": ("quantity", "valid"),
    "units_sales_orders": ("quantity", "sales"),
}
_SUMS: dict[str, tuple[str, ...]] = {
    "on_hand": ("on_hand", "on_hand_qty"),
    "spend": ("spend",),
    "conversion_value": ("conversion_value", "gmv"),
    "total_spent": ("total_spent",),
    "sessions": ("visits",),
    "impressions": ("impressions",),
    "clicks": ("clicks",),
    "visitors": ("visitors",),
    "page_views": ("page_views",),
}


def control_totals(draft: Draft) -> dict[str, int]:
    """All totals the file's fields allow."""
    totals = {"rows": draft.context.text.height, **draft.counts}
    for name, fields in _SUMS.items():
        field = next((f for f in fields if draft.has(f)), None)
        if field is not None:
            totals[name] = _sum(draft.frame, pl.col(field))
    entity = draft.context.entity
    if entity in _SALES and draft.has("order_id", "status_class"):
        totals |= _of_sales(draft)
    elif entity == "settlement":
        totals |= _of_settlement(draft)
    elif entity == "refunds" and draft.has("refund_amount"):
        good = pl.col("status_class") == "valid" if draft.has("status_class") else pl.lit(True)
        totals["refunded"] = _sum(draft.frame.filter(good), pl.col("refund_amount"))
    elif entity == "customers":
        totals |= _of_customers(draft)
    elif entity in ("traffic_daily", "shop_daily", "product_daily", "product_period"):
        totals |= _of_reports(draft)
    return totals


def _sum(frame: pl.DataFrame, amount: pl.Expr) -> int:
    return int(frame.select(amount.cast(pl.Int128).sum()).item() or 0)


def _of_sales(draft: Draft) -> dict[str, int]:
    where = _selections(draft)
    orders = draft.frame.group_by("order_id").agg(where[rows].any().alias(name) for name, rows in _ORDER_COUNTS.items())
    totals = {name: int(orders[name].sum()) for name in _ORDER_COUNTS}
    stated = {name: pair for name, pair in _ORDER_SUMS.items() if draft.has(pair[0])}
    if stated:
        added = draft.frame.select(
            pl.col(field).filter(where[rows]).cast(pl.Int128).sum().alias(name)
            for name, (field, rows) in stated.items()
        )
        totals |= {name: int(value or 0) for name, value in added.row(0, named=True).items()}
    return totals | _by_currency(draft)


def _selections(draft: Draft) -> dict[str, pl.Expr]:
    """The rows a total counts, by name."""
    valid, refunded = pl.col("status_class") == "valid", pl.col("status_class") == "refunded"
    paid = pl.col("paid_at").is_not_null() if draft.has("paid_at") else valid | refunded
    return {"all": pl.lit(True), "valid": valid, "refunded": refunded, "sales": valid | refunded, "paid": paid}


def _by_currency(draft: Draft) -> dict[str, int]:
    if not draft.has("line_amount", "currency"):
        return {}
    known = draft.frame.filter(pl.col("currency").is_not_null())
    parts = known.group_by("currency").agg(pl.col("line_amount").cast(pl.Int128).sum())
    return {f"item_price_{code.lower()}": int(amount or 0) for code, amount in parts.rows()}


def _of_settlement(draft: Draft) -> dict[str, int]:
    names = {"income": "amount_in", "outgo": "amount_out", "amount_sum": "amount"}
    return {total: _sum(draft.frame, pl.col(field)) for total, field in names.items() if draft.has(field)}


def _of_customers(draft: Draft) -> dict[str, int]:
    totals = {}
    if draft.has("customer_id"):
        totals["customers"] = draft.frame["customer_id"].drop_nulls().n_unique()
    if draft.has("is_member"):
        totals["members"] = int(draft.frame["is_member"].sum() or 0)
    return totals


def _of_reports(draft: Draft) -> dict[str, int]:
    names = {"paid_amount": "paid_amount", "revenue": "paid_amount", "refunded": "refund_amount"}
    totals = {total: _sum(draft.frame, pl.col(field)) for total, field in names.items() if draft.has(field)}
    if draft.has("channel_l1", "channel_l2", "visitors"):
        word = draft.context.switches.subtotal_word or ""
        first = draft.frame.filter((pl.col("channel_l2") == word) | pl.col("channel_l2").is_null())
        totals["level1_visitors"] = _sum(first, pl.col("visitors"))
    return totals
