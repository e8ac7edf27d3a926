"""Sales beside what a month cost: only months of which both are known."""

from collections.abc import Callable, Sequence

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number, month_number
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.reading import Reading

Rows = Callable[[Reading], Frame]


def _costs(reading: Reading, kinds: Sequence[str]) -> Frame:
    rows = reading.table("costs_monthly").filter(nw.col("type").is_in(list(kinds)), ~nw.col("amount").is_null())
    return rows.select(
        "load_id",
        "row_no",
        day=day_number(nw.col("month")),
        of=month_number(nw.col("month")),
        cost=nw.col("amount"),
    )


def _sales(reading: Reading, months: Frame) -> Frame:
    sold = reading.fact("orders").filter(nw.col("is_sale"))
    rows = sold.select("load_id", "row_no", "day", of=nw.col("month").cast(nw.Int32), paid=nw.col("paid"))
    return rows.join(months.select("of").unique(), on="of", how="inner")


def _together(*kinds: str, sales_above: bool) -> Rows:
    """Sales and costs as rows of one ratio, over the months that have a cost of these kinds."""

    def rows(reading: Reading) -> Frame:
        costs = _costs(reading, kinds)
        none = nw.lit(0, dtype=nw.Int64)
        sold = {"above": nw.col("paid"), "below": none} if sales_above else {"above": none, "below": nw.col("paid")}
        spent = {"above": none, "below": nw.col("cost")} if sales_above else {"above": nw.col("cost"), "below": none}
        columns = ("load_id", "row_no", "day")
        return nw.concat([_sales(reading, costs).select(*columns, **sold), costs.select(*columns, **spent)])

    return rows


def sales_per(*kinds: str) -> Measured:
    """Sales ÷ costs of ``kinds``, over the months with such a cost."""
    how = _together(*kinds, sales_above=True)
    return Measured(rows=how, summary=Summary.RATIO, spread=Spread.NONE, scale=(SCALE, SCALE))


def share_of_sales(*kinds: str) -> Measured:
    """Costs of ``kinds`` ÷ sales, over the months with such a cost."""
    how = _together(*kinds, sales_above=False)
    return Measured(rows=how, summary=Summary.RATIO, spread=Spread.NONE, scale=(SCALE, SCALE))
