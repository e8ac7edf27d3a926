"""Shares of sales by what was sold, by whom and how: the part above, all sales below.

What nothing says is unknown for the whole shop, not a share of 0: then there are no rows. Where something says it, the
others count as not belonging. The interval rests on random groups of customers: ids are random, so their last two
characters are; an anonymous order goes by its own id.
"""

from collections.abc import Callable

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.facts import Frame
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.sold import LINE_ORIGIN, LINE_SPLITS, ORIGIN, SPLITS, lines, sales
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.reading import Reading

MONEY = (SCALE, SCALE)
GROUP = {"cluster": nw.coalesce("customer_id", "order_id").str.tail(2)}
Condition = Callable[[Reading, Frame], Frame]
"""Rows with ``belongs`` (bool, null for no) added."""
Told = Callable[[Reading], Frame]
"""Rows that say something about what is asked; none when nothing does."""


def lines_that(condition: Condition, told: Told | None = None) -> Measured:
    """Sales of the lines that belong ÷ all sales."""

    def rows(reading: Reading) -> Frame:
        found = _parts(condition(reading, lines(reading)))
        return _if_told(reading, found.select(*LINE_ORIGIN, *LINE_SPLITS, "above", "below", "cluster"), told)

    return Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=MONEY)


def orders_that(condition: Condition, told: Told | None = None) -> Measured:
    """Sales of the orders that belong ÷ all sales."""

    def rows(reading: Reading) -> Frame:
        found = _parts(condition(reading, sales(reading)))
        return _if_told(reading, found.select(*ORIGIN, *SPLITS, "above", "below", "cluster"), told)

    return Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=MONEY)


def said(table: str, column: str) -> Told:
    """The rows of a table in which a column is filled."""

    def told(reading: Reading) -> Frame:
        return reading.table(table).filter(~nw.col(column).is_null()).select(column)

    return told


def product_kind(*kinds: str) -> Measured:
    """Sales of products of these kinds ÷ all sales."""

    def condition(reading: Reading, rows: Frame) -> Frame:
        products = reading.table("products").select("sku_id", product_kind=nw.col("kind"))
        return rows.join(products, on="sku_id", how="left").with_columns(belongs=nw.col("product_kind").is_in(kinds))

    return lines_that(condition, said("products", "kind"))


def order_type(name: str) -> Measured:
    """Sales of orders of one type ÷ all sales."""

    def condition(reading: Reading, rows: Frame) -> Frame:
        del reading
        return rows.with_columns(belongs=nw.col("order_type") == name)

    return orders_that(condition, said("orders", "order_type"))


def _parts(rows: Frame) -> Frame:
    above = nw.when(nw.col("belongs").fill_null(value=False)).then(nw.col("paid")).otherwise(0)
    return rows.with_columns(above=above, below=nw.col("paid"), **GROUP)


def _if_told(reading: Reading, rows: Frame, told: Told | None) -> Frame:
    if told is None or collected(told(reading).head(1)).height:
        return rows
    return rows.filter(nw.col("row_no") < 0)
