"""What a buyer of several kinds of channel is worth against a buyer of one, among those who buy equally often."""

import narwhals as nw
import polars as pl

from ecodash.analysis.matched_strata import Stratum, ratio
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.sold import buyers, sales_of_kind
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.reading import Reading

TWICE = 2
SPREAD = 2  # buyers without whom a mean has no spread
NOBODY = Text(
    "没有一个购买次数段里同时有跨渠道和单渠道客户，无从比较。",
    "No number of purchases has both buyers of several kinds of channel and buyers of one.",
)


def _buyers(reading: Reading, window: Window) -> Frame:
    """Buyers with two purchase days or more: how many, what they paid, whether in several kinds of channel."""
    kind = nw.col("channel_kind")
    rows = buyers(
        sales_of_kind(reading, window),
        window,
        days=nw.col("opens_day").cast(nw.Int64).sum(),
        first_kind=kind.min(),
        last_kind=kind.max(),
        paid=nw.col("paid").sum(),
    )
    known = rows.filter(nw.col("days") >= TWICE, ~nw.col("first_kind").is_null())
    several = (nw.col("first_kind") != nw.col("last_kind")).cast(nw.Int64)
    money = nw.col("paid").cast(nw.Float64) * (1 / SCALE)
    return known.with_columns(several=several, numerator=money)


def _ratio(reading: Reading, window: Window) -> Answered:
    rows = _buyers(reading, window).with_columns(square=nw.col("numerator") * nw.col("numerator"))
    sums = {"n": nw.len(), "y": nw.col("numerator").sum(), "yy": nw.col("square").sum()}
    table = collected(rows.group_by("days", "several").agg(**sums)).filter(pl.col("n") >= SPREAD)
    groups = table.filter(pl.col("several") == 1).join(table.filter(pl.col("several") == 0), on="days", suffix="_one")
    compared = ratio([_stratum(row) for row in groups.sort("days").iter_rows(named=True)], level=window.level)
    if compared is None:
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=NOBODY)
    ends = compared.interval
    return Answered(
        value=compared.value,
        n=int(groups["n"].sum()) + int(groups["n_one"].sum()),
        low=ends.low if ends else None,
        high=ends.high if ends else None,
    )


def _stratum(row: dict[str, float]) -> Stratum:
    """Buyers of one number of purchases; weighted by those of several kinds of channel."""
    first, second = row["y"] / row["n"], row["y_one"] / row["n_one"]
    return Stratum(
        weight=row["n"],
        first=first,
        second=second,
        first_error=_error(row["n"], first, row["yy"]),
        second_error=_error(row["n_one"], second, row["yy_one"]),
    )


def _error(n: float, mean: float, squares: float) -> float:
    """Standard error of the mean of two cases or more."""
    return float((max(squares - n * mean * mean, 0.0) / (n - 1) / n) ** 0.5)


OMNI_VALUE = (indicator("omni_value_ratio", Analysed(answer=_ratio, rows=_buyers)),)
