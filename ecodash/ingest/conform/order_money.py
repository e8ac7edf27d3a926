"""Order totals repeated on every line (or written on the first one): taken once, shared out among the lines."""

from functools import partial

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.conform.allocate import shared_out
from ecodash.ingest.conform.draft import Draft
from ecodash.ingest.conform.kinds import ALWAYS_ORDER_MONEY, ORDER_MONEY

_TIE = ("line_id", "sku", "sku_id", "product_id", "product_name", "variant", "quantity", "unit_price", "line_amount")
_CERTAIN = 0.99


def with_order_money_once(draft: Draft) -> Draft:
    """Every order-level amount becomes additive: its shares over the lines of an order add up to it exactly."""
    if draft.context.entity not in ("orders", "order_lines"):
        return draft
    fields = order_level_fields(draft)
    draft = _with_stated(draft, fields)
    several = draft.frame["order_id"].is_duplicated()
    if not fields or not several.any():
        return draft
    rows = draft.frame.with_row_index("at")
    part = _weighed(rows.filter(several))
    clashes = []
    for name in fields:
        part, clash = _once(part, name)
        clashes += [clash] if clash.height else []
    frame = pl.concat([part.drop("weight"), rows.filter(~several)], how="diagonal").sort("at").drop("at")
    draft = draft.with_frame(frame.select(draft.frame.columns))
    return _clashes_noted(draft, clashes)


def order_level_fields(draft: Draft) -> list[str]:
    """The amounts that count the whole order: as the format says; of an unknown file as its numbers show."""
    present = [name for name in ORDER_MONEY if draft.has(name)]
    export = draft.context.export
    if draft.context.entity == "orders" or (export and export.grain == "order"):
        return present
    if export:
        extra = [n for n in export.order_level_repeated if draft.has(n) and n not in present]
        items = draft.context.switches.summary_then_items or draft.context.switches.blank_continuation
        said = [name for name in present if items or name in export.order_level_repeated]
        return [*said, *extra]
    once = draft.context.once
    return [
        name
        for name in present
        if name in ALWAYS_ORDER_MONEY or once("repeated", name, partial(_looks_repeated, draft, name))
    ]


def _looks_repeated(draft: Draft, name: str) -> bool:
    """Whether an amount of an unknown file is the order's.

    It is when all lines of an order say the same (or nothing), and it is not simply what each line says of itself.
    """
    frame = draft.frame.filter(draft.frame["order_id"].is_duplicated() & draft.frame["order_id"].is_not_null())
    own = _own_amount(frame)
    facts = frame.with_columns(own.alias("own")).group_by("order_id").agg(
        pl.col(name).drop_nulls().n_unique().alias("kinds"),
        pl.col(name).drop_nulls().first().alias("value"),
        pl.col("own").sum().alias("all_own"),
        (pl.col("own") == pl.col(name)).all().alias("each"),
        pl.len().alias("lines"),
    ).filter(pl.col("kinds") > 0)  # fmt: skip
    if facts.is_empty() or (facts["kinds"] == 1).mean() < _CERTAIN:  # type: ignore[operator]
        return False
    if name in ("shipping", "tax", "discount", "platform_discount", "refund_amount"):
        return bool((facts["value"] != 0).any())
    as_lines = int(facts["each"].fill_null(False).sum())
    return as_lines < (1 - _CERTAIN) * facts.height or _adds_up(facts)


def _adds_up(facts: pl.DataFrame) -> bool:
    """Whether the lines' own amounts add up to the value, so that the value is the order's total."""
    near = (facts["all_own"] - facts["value"]).abs() * 5 <= facts["value"].abs()
    return bool(near.mean() > 0.5)  # type: ignore[operator] # noqa: PLR2004 - most orders


def _own_amount(frame: pl.DataFrame) -> pl.Expr:
    if "line_amount" in frame.columns:
        return pl.col("line_amount")
    if {"unit_price", "quantity"} <= set(frame.columns):
        return product("unit_price", "quantity")
    return pl.lit(None, dtype=pl.Int64)


def product(left: str, right: str) -> pl.Expr:
    """Product of two columns in ten-thousandths, half up, exact in between."""
    wide = pl.col(left).cast(pl.Int128) * pl.col(right).cast(pl.Int128)
    scale, half = pl.lit(10_000, dtype=pl.Int128), pl.lit(5_000, dtype=pl.Int128)
    rounded = wide.sign() * ((wide.abs() + half) // scale)
    return rounded.cast(pl.Int64)


def _weighed(part: pl.DataFrame) -> pl.DataFrame:
    names = [n for n in ("line_paid", "line_amount") if n in part.columns]
    weights = [pl.col(n) for n in names]
    if {"unit_price", "quantity"} <= set(part.columns):
        weights.append(product("unit_price", "quantity"))
    weights += [pl.col(n) for n in ("quantity",) if n in part.columns]
    first = pl.coalesce(weights) if weights else pl.lit(1)
    return part.with_columns(first.cast(pl.Int64).alias("weight"))


def _once(part: pl.DataFrame, name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The shares of one amount, and the orders whose lines contradict each other (left as they are)."""
    facts = part.group_by("order_id").agg(
        pl.col(name).drop_nulls().n_unique().alias("kinds"), pl.col(name).drop_nulls().first().alias("whole")
    )
    joined = part.select("at", "order_id", "weight", name, *(c for c in _TIE if c in part.columns and c != name)).join(
        facts, on="order_id", how="left", maintain_order="left"
    )
    agreed = joined.filter(pl.col("kinds") <= 1)
    shares = agreed.with_columns(shared_out(agreed, "whole", weight="weight", tie=_TIE, by="order_id").alias("share"))
    known = part.select("at").join(
        shares.select("at", "share", pl.lit(True).alias("done")), on="at", how="left", maintain_order="left"
    )
    part = part.with_columns(
        pl.when(known["done"].fill_null(False)).then(known["share"]).otherwise(pl.col(name)).alias(name)
    )
    return part, part.filter(pl.col("order_id").is_in(facts.filter(pl.col("kinds") > 1)["order_id"].implode()))


def _with_stated(draft: Draft, fields: list[str]) -> Draft:
    """``paid_stated``: the amount paid is the order's own statement, shipping and tax included."""
    stated = "paid_amount" in fields
    return draft.with_frame(draft.frame.with_columns(pl.lit(stated).alias("paid_stated")))


def _clashes_noted(draft: Draft, clashes: list[pl.DataFrame]) -> Draft:
    if not clashes:
        return draft
    rows = pl.concat([clash.select("row_no") for clash in clashes]).unique()
    text = Text(
        "有 {count} 行：同一订单各行写的订单金额不一致，按每行各自的金额计，请核对。",
        "{count} rows: the lines of one order state different order totals; each line's own amount was kept, please check.",
    )
    return draft.noting("order_total_differs", text, rows)
