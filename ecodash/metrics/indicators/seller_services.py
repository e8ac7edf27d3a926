"""Sellers who use value-added services against those who do not."""

import narwhals as nw
import polars as pl

from ecodash.analysis.stratified_difference import stratified_difference
from ecodash.core.estimate import Status
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics import caveats
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.sellers import SELLER, active
from ecodash.metrics.indicators.third_party import SERVICES, fees
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import OfWindow, Spread, Summary
from ecodash.metrics.reading import Reading

YEAR, BANDS = 365, 3
NOT_BOTH = Text(
    "没有一个规模段同时有用和不用增值服务的卖家，无从比较。",
    "No size band holds both sellers who use services and sellers who do not.",
)


def _users(reading: Reading, window: Window) -> Frame:
    """Sellers who paid for a service in the window."""
    found = fees(reading, window).filter(nw.col("type").is_in(SERVICES), nw.col("amount") > 0)
    return found.select("seller_id", uses=nw.lit(1)).unique()


def _attached(reading: Reading, window: Window) -> Frame:
    """Sellers with a sale in the window; above 1 when they paid for a service in it."""
    rows = active(reading, window).join(_users(reading, window), on="seller_id", how="left")
    return rows.select(*SELLER, above=nw.col("uses").fill_null(0).cast(nw.Int64), below=nw.lit(1))


def _years(window: Window) -> tuple[Window, Window]:
    """The year before the last 365 days of the window, and these."""
    now = Period.last_days(window.days.end, YEAR)
    return (
        Window(days=now.previous(), data=window.data, level=window.level),
        Window(days=now, data=window.data, level=window.level),
    )


def _sellers(reading: Reading, window: Window) -> Frame:
    """Sellers with a sale in the year before: what they sold, whether they used services, whether they sold again."""
    before, now = _years(window)
    again = active(reading, now).select("seller_id", again=nw.lit(1))
    rows = active(reading, before).join(_users(reading, before), on="seller_id", how="left")
    return rows.join(again, on="seller_id", how="left")


def _gap(reading: Reading, window: Window) -> Answered:
    before, _ = _years(window)
    if window.data.start > before.days.start:
        ready = Text(f"需要 {before.days.start} 起的数据。", f"data from {before.days.start} on are needed.")
        return Answered(value=None, n=0, status=Status.IMMATURE, reason=caveats.immature(ready))
    rows = collected(_sellers(reading, window).select("seller_id", "gmv", "uses", "again"))
    if rows.is_empty():
        return Answered(value=None, n=0)
    band = (pl.col("gmv").rank("ordinal") - 1) * BANDS // pl.len()
    cases = rows.sort("gmv", "seller_id").select(
        stratum=band.cast(pl.String), first=pl.col("uses").is_not_null(), y=pl.col("again").fill_null(0)
    )
    found = stratified_difference(cases, level=window.level)
    if found is None:
        return Answered(value=None, n=len(rows), status=Status.NOT_APPLICABLE, reason=NOT_BOTH)
    return Answered(value=found.value, low=found.interval.low, high=found.interval.high, n=found.n)


def _behind(reading: Reading, window: Window) -> Frame:
    return _sellers(reading, window).select("load_id", "row_no", "day")


SELLER_SERVICES = (
    indicator("vas_attach_rate", OfWindow(rows=_attached, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("vas_retention_gap", Analysed(answer=_gap, rows=_behind)),
)
