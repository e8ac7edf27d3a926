"""What is left of a sale, and from how many sources the money comes. A week is what is left out for the intervals."""

from dataclasses import replace

import narwhals as nw

from ecodash.analysis.random_groups import Sums
from ecodash.core.estimate import Caveat
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number, whole
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected, total
from ecodash.metrics.indicators.cells import answered, of_cells
from ecodash.metrics.indicators.gmv_shares import GROUP, MONEY
from ecodash.metrics.indicators.platform_type import WEEK, concentration
from ecodash.metrics.indicators.sold import LINE_ORIGIN, LINE_SPLITS, lines
from ecodash.metrics.indicators.third_party import COMMISSION, SERVICES, fees, own_fees, with_seller
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

ROW = ("load_id", "row_no", "day", "cell", "amount", "cluster")
COSTS = ("refund", "freight", "adverts", "own_fees")
OF_ORDER = ("paid", "refund", "cost", "costed")
NO_COST = Text("没有一单知道成本，毛利无从算起。", "No order has a known cost, so there is no margin.")


def _margin(reading: Reading) -> Frame:
    """Lines with a known cost: what is left above, what was paid below."""
    rows = lines(reading).filter(~nw.col("cost").is_null())
    above = nw.col("paid") - nw.col("cost")
    return rows.select(*LINE_ORIGIN, *LINE_SPLITS, above=above, below=nw.col("paid"), **GROUP)


def _cell(rows: Frame, name: nw.Expr, amount: str) -> Frame:
    week = whole(nw.col("day"), WEEK)
    return rows.with_columns(cell=name, amount=nw.col(amount).cast(nw.Int64), cluster=week).select(*ROW)


def _dated(rows: Frame, column: str, window: Window) -> Frame:
    return rows.with_columns(day=day_number(nw.col(column))).filter(inside(window.days, "day"))


def _parts(reading: Reading, window: Window) -> Frame:
    """Everything a contribution is made of, one row per document and part."""
    orders = reading.fact("orders").filter(inside(window.days, "day"), nw.col("is_sale") | (nw.col("kind") == "credit"))
    sent = reading.table("shipments").filter(~nw.col("freight_cost").is_null())
    adverts = reading.table("ad_spend").filter(nw.col("seller_id").is_null(), ~nw.col("spend").is_null())
    return nw.concat(
        [
            *(_cell(orders, nw.lit(name), name) for name in OF_ORDER),
            _cell(fees(reading, window), nw.lit("fees"), "amount"),
            _cell(own_fees(reading, window), nw.lit("own_fees"), "amount"),
            _cell(_dated(sent, "shipped_at", window), nw.lit("freight"), "freight_cost"),
            _cell(_dated(adverts, "date", window), nw.lit("adverts"), "spend"),
        ]
    )


def _contribution(sums: Sums) -> float | None:
    """(gross margin − refunds + fees − freight − own adverts) ÷ paid, less fees paid elsewhere; known costs stand for all."""
    part = {name: amount for name, (amount, _) in sums.items()}
    paid, costed = part.get("paid", 0.0), part.get("costed", 0.0)
    if paid <= 0 or costed <= 0:
        return None
    margin = (costed - part.get("cost", 0.0)) / costed * paid
    return (margin + part.get("fees", 0.0) - sum(part.get(name, 0.0) for name in COSTS)) / paid


def _left(reading: Reading, window: Window) -> Answered:
    found = answered(_parts(reading, window), _contribution, window, reason=NO_COST)
    orders = reading.fact("orders").filter(inside(window.days, "day"))
    paid, costed, sales = collected(
        orders.select(paid=total("paid"), costed=total("costed"), sales=nw.col("is_sale").cast(nw.Int64).sum())
    ).row(0)
    return replace(found, n=int(sales or 0), caveats=_coverage(costed, paid))


def _coverage(costed: int, paid: int) -> tuple[Caveat, ...]:
    """How much of the sales the known costs cover, where it is not all."""
    if not paid or costed >= paid:
        return ()
    share = costed / paid
    return (
        Caveat(
            "cost_coverage",
            Text(
                f"只有 {share:.0%} 的销售额知道成本，其余按同样的毛利率推算。",
                f"Costs are known for {share:.0%} of sales; the rest is taken to have the same margin.",
            ),
        ),
    )


def _parts_behind(reading: Reading, window: Window) -> Frame:
    return _parts(reading, window).filter(nw.col("amount") != 0).select("load_id", "row_no", "day")


def _sources(reading: Reading, window: Window) -> Frame:
    """Margin of own goods, commission, advertising and each service, with the row each comes from."""
    sold = with_seller(lines(reading, window).filter(~nw.col("cost").is_null()), reading)
    own = sold.filter(nw.col("seller_id").is_null() | (nw.col("seller_mode") == "self").fill_null(value=False))
    margin = own.with_columns(left=nw.col("paid") - nw.col("cost"))
    counted = fees(reading, window).filter(nw.col("type").is_in((*COMMISSION, "ad", *SERVICES)))
    kind = nw.when(nw.col("type").is_in(COMMISSION)).then(nw.lit("commission")).otherwise(nw.col("type"))
    return nw.concat([_cell(margin, nw.lit("margin"), "left"), _cell(counted, kind, "amount")])


MARGINS = (
    indicator("gross_margin_rate", Measured(rows=_margin, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=MONEY)),
    indicator("contribution_margin_rate", Analysed(answer=_left, rows=_parts_behind)),
    indicator("revenue_hhi", of_cells(_sources, concentration)),
)
