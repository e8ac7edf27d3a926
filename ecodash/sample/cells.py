"""How cells are written: money, times, numbers of orders, names. Every person is obviously invented."""

from collections.abc import Sequence

import polars as pl

from ecodash.sample.brand import PRODUCTS
from ecodash.sample.calendar import Bools, Floats, Ints
from ecodash.sample.places import CITIES, STORES, TOWNS

Values = Sequence[str | int | float] | Floats | Ints | Bools | pl.Series


def money(column: str) -> pl.Expr:
    """Hundredths as ``12.30``; null stays blank."""
    value = pl.col(column)
    return (value // 100).cast(pl.String) + "." + (value % 100).cast(pl.String).str.zfill(2)


def paid_or(column: str, blank: str = "0.00") -> pl.Expr:
    """Money, and ``blank`` where there is none."""
    return money(column).fill_null(blank)


def stamp(column: str, form: str = "%Y-%m-%d %H:%M:%S") -> pl.Expr:
    """A time as text; null stays blank."""
    return pl.col(column).dt.strftime(form)


def count(column: str) -> pl.Expr:
    """A whole number as text."""
    return pl.col(column).cast(pl.String)


def padded(column: str, width: int, *, before: str = "", plus: int = 0) -> pl.Expr:
    """A number with leading zeros: ``padded("nth", 4, before="No")`` is ``No0007``."""
    return pl.lit(before) + (pl.col(column) + plus).cast(pl.String).str.zfill(width)


def listed(values: Values) -> pl.Expr:
    """Values of one's own, one for each row, or to gather from."""
    return pl.lit(pl.Series(values))


def of_product(field: str) -> pl.Expr:
    """A field of the line's product: zh, en, variant, sku, category."""
    return pl.lit(pl.Series([str(getattr(p, field)) for p in PRODUCTS])).gather(pl.col("product"))


def of_place(part: int, *, overseas: bool = False) -> pl.Expr:
    """A part of the buyer's place: province, city, district; abroad city, state, country, postcode.

    Meant for rows of one side; what it says for rows of the other means nothing.
    """
    names = [str(place[part]) for place in (TOWNS if overseas else CITIES)]
    return pl.lit(pl.Series(names)).gather(pl.col("place") % len(names))


def of_store() -> pl.Expr:
    """The id of the store; null where there is none."""
    return pl.lit(pl.Series([store[0] for store in STORES])).gather(pl.col("store"))


def phone(offset: int) -> pl.Expr:
    """A number under the unused prefix 100; ``offset`` keeps platforms apart."""
    return padded("buyer", 8, before="100", plus=offset)


def titles(lines: pl.DataFrame, *, between: str = "，") -> pl.DataFrame:
    """One row per order (``nth``): ``titles`` of its products in one cell, ``kinds`` how many."""
    return lines.group_by("nth", maintain_order=True).agg(
        titles=(of_product("zh") + " " + of_product("variant")).str.join(between), kinds=pl.len()
    )


def word(fate_words: dict[str, str]) -> pl.Expr:
    """The platform's word for the fate of the order; raises when one is missing."""
    return pl.col("fate").replace_strict(fate_words, return_dtype=pl.String)


def was_paid() -> pl.Expr:
    """Whether money was ever paid."""
    return pl.col("paid").is_not_null()
