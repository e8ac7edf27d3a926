"""The shop against figures from outside: market size, tax filings, advertising that claims the sales."""

from itertools import pairwise

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.period import day_number, day_of
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number as day_of_moment
from ecodash.facts.money import converted
from ecodash.facts.rates import priced
from ecodash.metrics import caveats
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.sold import at_home, last_day, lines, sales
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.indicators.years import earlier, two_years
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.reading import Reading

ORIGIN = ("load_id", "row_no", "day")
NO_PERIOD = Text(
    "没有两年都有的完整市场期间和类目，无从比较。",
    "No category has a whole period of market figures in both years.",
)


def spans(days: list[int], end: int) -> list[tuple[int, int]]:
    """First and last day of each period whose first days are given, those over by ``end``.

    All last equally many months: the fewest between two of them, one month when there is a single one.
    """
    starts = sorted(set(days))
    months = min((_months(a, b) for a, b in pairwise(starts)), default=1)
    found = [(start, _shifted(start, months) - 1) for start in starts]
    return [(start, stop) for start, stop in found if stop <= end]


def _months(first: int, second: int) -> int:
    a, b = day_of(first), day_of(second)
    return max((b.year - a.year) * 12 + b.month - a.month, 1)


def _shifted(day: int, months: int) -> int:
    """The first day of the month so many months later."""
    start = day_of(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return day_number(start.replace(year=year, month=month + 1, day=1))


def _periods(reading: Reading, table: str) -> list[tuple[int, int]]:
    """The whole periods an outside table has figures for."""
    found = collected(reading.table(table).select(day=day_of_moment(nw.col("period"))).unique())
    return spans([int(day) for day in found["day"].drop_nulls()], last_day(reading))


def _started(day: str, periods: list[tuple[int, int]]) -> nw.Expr:
    """First day of the period a day lies in; null outside all of them."""
    found = nw.lit(None, dtype=nw.Int32)
    for first, last in periods:
        within = (nw.col(day) >= first) & (nw.col(day) <= last)
        found = nw.when(within).then(nw.lit(first, dtype=nw.Int32)).otherwise(found)
    return found


def _market(reading: Reading) -> Frame:
    """Own sales above the line, the market below it, in every category and whole period the market table knows."""
    periods = _periods(reading, "market_reference")
    known = reading.table("market_reference").filter(~nw.col("market_gmv").is_null())
    market = known.with_columns(day=day_of_moment(nw.col("period")), by_category=nw.col("category_l1"))
    market = market.filter(nw.col("day").is_in([first for first, _ in periods]))
    cells = market.select("day", "by_category").unique()
    own = lines(reading).filter(~nw.col("by_category").is_null()).with_columns(day=_started("day", periods))
    own = own.join(cells, on=["day", "by_category"], how="inner")
    return nw.concat(
        [
            own.select(*ORIGIN, "by_category", above=nw.col("paid"), below=nw.lit(0).cast(nw.Int64)),
            market.select(*ORIGIN, "by_category", above=nw.lit(0).cast(nw.Int64), below=nw.col("market_gmv")),
        ]
    )


def _change(reading: Reading, window: Window) -> Answered:
    """Share of the last year (of the window) less the share of the year before, over equal categories and periods."""
    now, _ = two_years(window)
    rows = _market(reading).group_by("day", "by_category").agg(above=nw.col("above").sum(), below=nw.col("below").sum())
    table = collected(rows)
    first, last = day_number(now.start), day_number(now.end)
    current = table.filter(pl.col("day").is_between(first, last))
    shifted = {int(day): day_number(earlier(day_of(int(day)))) for day in current["day"].unique()}
    paired = current.with_columns(then=pl.col("day").replace_strict(shifted, return_dtype=pl.Int32)).join(
        table, left_on=["then", "by_category"], right_on=["day", "by_category"], suffix="_then"
    )
    sums = [float(paired[name].sum()) for name in ("above", "below", "above_then", "below_then")]
    if not sums[1] or not sums[3]:
        return Answered(value=None, n=0, status=Status.IMMATURE, reason=caveats.immature(NO_PERIOD))
    return Answered(value=sums[0] / sums[1] - sums[2] / sums[3], n=_orders(reading, window))


def _orders(reading: Reading, window: Window) -> int:
    return int(collected(sales(reading, window).select(n=nw.len())).item())


def _declared(reading: Reading) -> Frame:
    """Declared less net sales above the line, net sales below it, in every country and whole period declared.

    What does not say where it went is taken to have stayed in the home country.
    """
    periods, home = _periods(reading, "tax_filings"), reading.settings.home_country
    filed = reading.table("tax_filings").filter(~nw.col("declared_sales").is_null())
    filed = filed.with_columns(day=day_of_moment(nw.col("period")), by_country=nw.col("country").str.to_uppercase())
    filed = filed.filter(nw.col("day").is_in([first for first, _ in periods]))
    there = nw.when(at_home("country", reading).fill_null(value=True)).then(nw.lit(home))
    own = (
        reading.fact("orders")
        .filter(nw.col("net") != 0)
        .with_columns(by_country=there.otherwise(nw.col("country").str.to_uppercase()), day=_started("day", periods))
    )
    own = own.join(filed.select("day", "by_country").unique(), on=["day", "by_country"], how="inner")
    return nw.concat(
        [
            own.select(*ORIGIN, "by_country", above=nw.col("net") * -1, below=nw.col("net")),
            filed.select(*ORIGIN, "by_country", above=nw.col("declared_sales"), below=nw.lit(0).cast(nw.Int64)),
        ]
    )


def _claimed(reading: Reading) -> Frame:
    """Sales the ad platforms claim above the line (in base currency), all sales below it; days are the cases."""
    ads = reading.table("ad_spend").filter(~nw.col("gmv").is_null())
    dated = ads.select("load_id", "row_no", "gmv", "currency", day=day_of_moment(nw.col("date")))
    theirs = priced(dated, reading.table("exchange_rates"), reading.settings)
    claimed = theirs.select(*ORIGIN, above=converted("gmv"), below=nw.lit(0).cast(nw.Int64))
    sold = sales(reading).select(*ORIGIN, above=nw.lit(0).cast(nw.Int64), below=nw.col("paid"))
    return nw.concat([claimed, sold]).with_columns(cluster=nw.col("day").cast(nw.String))


MARKET = (
    indicator("market_share", Measured(rows=_market, summary=Summary.RATIO, scale=(SCALE, SCALE))),
    indicator("market_share_change", Analysed(answer=_change)),
    indicator("tax_declared_gap", Measured(rows=_declared, summary=Summary.RATIO, scale=(SCALE, SCALE))),
    indicator(
        "paid_traffic_dependence",
        Measured(rows=_claimed, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE)),
    ),
)
