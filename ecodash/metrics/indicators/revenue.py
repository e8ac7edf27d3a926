"""Where the money of a platform comes from, how it is charged, and what is left of a sale."""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from ecodash.analysis.line_fit import Moments, fixed_part
from ecodash.analysis.panel import effect
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import month_number
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.quarters import NOTHING, Rows, count, latest_quarter, months_back, too_young
from ecodash.metrics.indicators.sellers import active
from ecodash.metrics.indicators.sold import ORIGIN, sales
from ecodash.metrics.indicators.third_party import COMMISSION, fees, third_party
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.reading import Reading

FLAT = Text(
    "费率几乎没有变化，或卖家、月份太少，看不出弹性；可在模拟器里手填。",
    "Fee rates hardly vary, or there are too few sellers and months: the elasticity cannot be told; enter one in the simulator.",
)
NO_LINE = Text(
    "带订单号的佣金太少或金额都一样，分不出固定与比例。",
    "Too few commissions name an order, or all orders are worth the same: fixed and proportional cannot be told apart.",
)


def _commissions(reading: Reading, window: Window) -> Frame:
    """One row per order with commission: commission and third-party sales of the order, and its category."""
    paid = fees(reading, window).filter(nw.col("type").is_in(COMMISSION), ~nw.col("order_id").is_null())
    charged = paid.group_by("order_id").agg(
        fee=nw.col("amount").sum(),
        load_id=nw.col("load_id").min(),
        row_no=nw.col("row_no").min(),
        day=nw.col("day").max(),
    )
    sold = third_party(reading).group_by("order_id").agg(worth=nw.col("paid").sum(), category=nw.col("category").min())
    return charged.join(sold, on="order_id", how="inner").filter(~nw.col("category").is_null())


def _lines_fitted(reading: Reading, window: Window) -> dict[str, Moments]:
    """What a straight line needs to know, by category."""
    x, y = nw.col("worth").cast(nw.Float64) / SCALE, nw.col("fee").cast(nw.Float64) / SCALE
    rows = _commissions(reading, window).with_columns(x=x, y=y)
    rows = rows.with_columns(xx=nw.col("x") * nw.col("x"), xy=nw.col("x") * nw.col("y"), yy=nw.col("y") * nw.col("y"))
    sums = {name: nw.col(name).sum() for name in ("x", "y", "xx", "xy", "yy")}
    found = collected(rows.group_by("category").agg(n=nw.len(), **sums)).sort("category")
    return {row.pop("category"): Moments(**row) for row in found.iter_rows(named=True)}


def _fixed(moments: Mapping[str, Moments], level: float) -> Answered:
    found = fixed_part(list(moments.values()), level=level)
    n = sum(one.n for one in moments.values())
    if not n:
        return Answered(value=None, n=0)
    if found is None:
        return Answered(value=None, n=n, status=Status.NOT_APPLICABLE, reason=NO_LINE)
    return Answered(value=found.value, low=found.low, high=found.high, n=n)


def _fixedness(reading: Reading, window: Window) -> Answered:
    return _fixed(_lines_fitted(reading, window), window.level)


def _fixedness_by_category(reading: Reading, window: Window) -> Mapping[str, Answered]:
    return {name: _fixed({name: one}, window.level) for name, one in _lines_fitted(reading, window).items()}


def _fees_behind(reading: Reading, window: Window) -> Frame:
    return _commissions(reading, window).select("load_id", "row_no", "day", "order_id")


def _known(reading: Reading, window: Window) -> Frame:
    """Orders of known buyers: active buyers × orders per buyer."""
    return sales(reading, window).filter(~nw.col("customer_id").is_null())


def _activity(reading: Reading, window: Window) -> Answered:
    """Geometric mean of the growth of orders and of active sellers, the latest complete quarter ÷ the one before."""
    now = latest_quarter(window)
    before = months_back(now, 3)
    young = too_young(window, before)
    if young is not None:
        return young
    parts: tuple[Rows, ...] = (_known, active)
    pairs = [(count(rows, reading, window, now), count(rows, reading, window, before)) for rows in parts]
    if not all(earlier for _, earlier in pairs):
        return Answered(value=None, n=pairs[0][0], status=Status.EMPTY, reason=NOTHING)
    growth = [later / earlier for later, earlier in pairs]
    return Answered(value=(growth[0] * growth[1]) ** 0.5, n=sum(pairs[0]))


def _orders_behind(reading: Reading, window: Window) -> Frame:
    now = latest_quarter(window)
    days = [Window(days=one, data=window.data) for one in (months_back(now, 3), now)]
    return nw.concat([_known(reading, one).select(*ORIGIN) for one in days])


def _elasticity(reading: Reading, window: Window) -> Answered:
    """How ln(monthly sales of a seller) moves with the fee rate, seller and month held fixed."""
    sold = third_party(reading, window).group_by("seller_id", "month").agg(gmv=nw.col("paid").sum())
    charged = fees(reading, window).with_columns(month=month_number(nw.col("date")))
    paid = charged.group_by("seller_id", "month").agg(fee=nw.col("amount").sum())
    rows = collected(sold.join(paid, on=["seller_id", "month"], how="inner")).filter(pl.col("gmv") > 0)
    panel = rows.select(
        unit=pl.col("seller_id"),
        time=pl.col("month").cast(pl.Int64),
        x=pl.col("fee") / pl.col("gmv"),
        y=(pl.col("gmv") / SCALE).log(),
    ).sort("unit", "time")
    found = effect(panel, level=window.level)
    if found is None:
        return Answered(value=None, n=len(panel), status=Status.NOT_APPLICABLE, reason=FLAT)
    return Answered(value=found.value, low=found.low, high=found.high, n=found.n)


def _lines_behind(reading: Reading, window: Window) -> Frame:
    return third_party(reading, window).select(*ORIGIN)


REVENUE = (
    indicator(
        "commission_fixedness",
        Analysed(answer=_fixedness, rows=_fees_behind, groups={"category": _fixedness_by_category}),
    ),
    indicator("trade_activity_index", Analysed(answer=_activity, rows=_orders_behind)),
    indicator("fee_elasticity", Analysed(answer=_elasticity, rows=_lines_behind)),
)
