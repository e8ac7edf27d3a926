"""Shares of sales by what was sold, by whom and how: the part above, all sales below, clustered by customer.

What no row says is unknown for the whole shop, not a share of 0: then there are no rows. Where some rows say it, the
others count as not belonging.
"""

from collections.abc import Callable

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.facts import Frame
from ecodash.metrics.indicators.sold import LINE_ORIGIN, LINE_SPLITS, ORIGIN, SPLITS, lines, sales
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.reading import Reading

MONEY = (SCALE, SCALE)
Condition = Callable[[Reading, Frame], Frame]
"""Rows with ``belongs`` (bool, null for no) and ``said`` (whether the row says anything about it) added."""


def lines_that(condition: Condition) -> Measured:
    """Sales of the lines that belong ÷ all sales."""

    def rows(reading: Reading) -> Frame:
        return _parts(condition(reading, lines(reading))).select(
            *LINE_ORIGIN, *LINE_SPLITS, "above", "below", "cluster"
        )

    return Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=MONEY)


def orders_that(condition: Condition) -> Measured:
    """Sales of the orders that belong ÷ all sales."""

    def rows(reading: Reading) -> Frame:
        return _parts(condition(reading, sales(reading))).select(*ORIGIN, *SPLITS, "above", "below", "cluster")

    return Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=MONEY)


def judged(rows: Frame, belongs: nw.Expr, said: nw.Expr) -> Frame:
    """The rows with what a condition must add."""
    return rows.with_columns(belongs=belongs.fill_null(value=False), said=said)


def product_kind(*kinds: str) -> Measured:
    """Sales of products of these kinds ÷ all sales."""

    def condition(reading: Reading, rows: Frame) -> Frame:
        products = reading.table("products").select("sku_id", product_kind=nw.col("kind"))
        named = rows.join(products, on="sku_id", how="left")
        return judged(named, nw.col("product_kind").is_in(kinds), ~nw.col("product_kind").is_null())

    return lines_that(condition)


def order_type(name: str) -> Measured:
    """Sales of orders of one type ÷ all sales."""

    def condition(reading: Reading, rows: Frame) -> Frame:
        del reading
        return judged(rows, nw.col("order_type") == name, ~nw.col("order_type").is_null())

    return orders_that(condition)


def _parts(rows: Frame) -> Frame:
    above = nw.when(nw.col("belongs")).then(nw.col("paid")).otherwise(0)
    told = rows.filter(nw.col("said")).select(told=nw.col("order_id")).head(1)
    return rows.join(told, how="cross").with_columns(above=above, below=nw.col("paid"), cluster=nw.col("owner"))
