"""Buyers of a window by what held when they ordered: one row per buyer, counted 1 when it held at any of his orders."""

import narwhals as nw

from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.metrics.answered import Window
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading


def any_known(reading: Reading, column: str) -> bool:
    """Whether any customer has a day in ``column`` of the fact about customers."""
    rows = reading.fact("customers").filter(~nw.col(column).is_null()).select(column).head(1)
    return bool(collected(rows).height)


def sales(reading: Reading) -> Frame:
    """Sales of known buyers."""
    return reading.fact("orders").filter(nw.col("is_sale"), ~nw.col("seq").is_null())


def within(window: Window) -> nw.Expr:
    """Whether an order lies in the window."""
    return (nw.col("day") >= day_number(window.days.start)) & (nw.col("day") <= day_number(window.days.end))


def one_per_buyer(rows: Frame, holds: nw.Expr) -> Frame:
    """The first row of each buyer, with ``above`` 1 when ``holds`` for any of his rows, and ``below`` 1."""
    marked = rows.with_columns(above=holds.fill_null(value=False).cast(nw.Int64)).with_columns(
        above=nw.col("above").max().over("customer_id"), opening=nw.col("seq").min().over("customer_id")
    )
    first = marked.filter(nw.col("seq") == nw.col("opening"))
    return first.select("load_id", "row_no", "day", "above", below=nw.lit(1), cluster="customer_id")
