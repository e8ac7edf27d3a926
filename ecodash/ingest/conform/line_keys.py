"""The stable identity of a line within its order: never the place of the row in the file.

A line is named by the platform's line id where that names one line only, else by its product and a number among equal
products of the order. The number follows quantity and price, so a file in another order gives the same keys.
``shape`` knows the same rule for frames that come without keys.
"""

import polars as pl

from ecodash.ingest.conform.draft import Draft
from ecodash.ingest.raw import ROW

CONTENT = ("sku", "product_id", "sku_id", "variant")
WITHIN = ("quantity", "unit_price", "line_amount", "paid_amount", "product_name")


def with_line_keys(draft: Draft) -> Draft:
    """``line_key`` of every row of order lines (and of orders that name a product)."""
    if draft.context.entity not in ("orders", "order_lines") or not draft.has("order_id"):
        return draft
    frame = draft.frame.with_columns(_content(draft).alias("content"))
    repeated = frame.select(pl.struct("order_id", "content").is_duplicated()).to_series()
    keys = frame.select(pl.col("content") + "#1").to_series()
    if repeated.any():
        keys = _numbered(frame, repeated, keys)
    if draft.has("line_id"):
        alone = frame.select(pl.struct("order_id", "line_id").is_unique() & pl.col("line_id").is_not_null()).to_series()
        keys = frame.select(pl.when(alone).then("line_id").otherwise(keys)).to_series()
    return draft.with_frame(draft.frame.with_columns(keys.alias("line_key")))


def _content(draft: Draft) -> pl.Expr:
    """The product of a line in one text; its title where it has no id at all."""
    names = [name for name in CONTENT if draft.has(name)]
    title = pl.col("product_name").fill_null("") if draft.has("product_name") else pl.lit("")
    if not names:
        return title
    product = pl.concat_str([pl.col(name).fill_null("") for name in names], separator="|")
    return pl.when(product == "|" * (len(names) - 1)).then(title).otherwise(product)


def _numbered(frame: pl.DataFrame, repeated: pl.Series, keys: pl.Series) -> pl.Series:
    """The keys, with equal products of an order numbered 1, 2, 3 … by their content."""
    order = [name for name in WITHIN if name in frame.columns]
    rows = frame.with_row_index("at").filter(repeated).sort([*order, ROW], nulls_last=False)
    place = pl.int_range(1, pl.len() + 1).over("order_id", "content")
    named = rows.select("at", (pl.col("content") + "#" + place.cast(pl.String)).alias("key"))
    return keys.scatter(named["at"], named["key"])
