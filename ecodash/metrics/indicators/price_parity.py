"""Whether the same goods cost the same in stores and online, in the same week."""

import narwhals as nw

from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.money import rounded
from ecodash.metrics.calendar import week_of
from ecodash.metrics.indicators.sold import LINE_ORIGIN, LINE_SPLITS, STORE, lines, with_kind
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Definition, Measured, Spread, Summary
from ecodash.metrics.parcels import Rows
from ecodash.metrics.reading import Reading

MILLION = 1_000_000
CELL = ("sku_id", "week")


def _gaps(price: str) -> Rows:
    """Lines of goods sold both ways in a week; ``above`` is units × |online ÷ store − 1| of that week."""

    def rows(reading: Reading) -> Frame:
        known = with_kind(lines(reading), reading).filter(~nw.col("channel_kind").is_null(), nw.col("qty") > 0)
        sold = known.with_columns(week=week_of(nw.col("day")), in_store=nw.col("channel_kind") == STORE)
        sold = sold.filter(nw.col(price) > 0, ~nw.col("sku_id").is_null())
        both = _prices(sold.filter(nw.col("in_store")), price, "there").join(
            _prices(sold.filter(~nw.col("in_store")), price, "online"), on=list(CELL), how="inner"
        )
        gap = (nw.col("online") / nw.col("there") - 1).abs()
        found = sold.join(both.select(*CELL, gap=gap), on=list(CELL), how="inner")
        above = rounded(nw.col("gap") * nw.col("qty").cast(nw.Float64) * (MILLION / 10_000))
        return found.select(*LINE_ORIGIN, *LINE_SPLITS, above=above, below=nw.col("qty"), cluster=nw.col("sku_id"))

    return rows


def _prices(sold: Frame, price: str, name: str) -> Frame:
    """Mean price per unit of each SKU and week."""
    sums = sold.group_by(*CELL).agg(amount=nw.col(price).sum(), units=nw.col("qty").sum())
    return sums.select(*CELL, **{name: nw.col("amount").cast(nw.Float64) / nw.col("units").cast(nw.Float64)})


def _measured(price: str) -> Measured:
    return Measured(rows=_gaps(price), summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(MILLION, 10_000))


LISTED = Definition(
    id="list_price",
    name=Text("标价", "List price"),
    meaning=Text("按优惠前的单价比较。", "Compares unit prices before discounts."),
    how=_measured("gross"),
    source="Doc A, A3.1",
)

PRICE_PARITY = (indicator("price_parity_gap", _measured("paid"), LISTED),)
