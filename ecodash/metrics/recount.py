"""Adding the rows behind a number up again, the way a reader with the file in hand would: it gives exactly the number."""

import polars as pl

from ecodash.analysis.clustered_quantile import histogram, median
from ecodash.analysis.kaplan_meier import Survival, kaplan_meier, quantile, returned_by
from ecodash.core.decimals import SCALE
from ecodash.metrics.measured_values import QUANTILES, WAITS
from ecodash.metrics.metric import Computation, Gaps, Measured, Sum, Summary, Waiting, Within


def recount(frame: pl.DataFrame, how: Computation, *, share: float = 0.5) -> float | None:
    """The number the rows of one group come to; None when there is nothing below the line or the curve is too short.

    ``share`` is the quantile of waiting times that was asked for.
    """
    if isinstance(how, Sum) or (isinstance(how, Measured) and how.summary is Summary.TOTAL):
        return _exact(frame["numerator"])
    if isinstance(how, Gaps):
        return (
            median(histogram(frame.group_by(value="days").agg(count=pl.len().cast(pl.Int64)))) if frame.height else None
        )
    if isinstance(how, Waiting):
        return quantile(_curve(frame), share).day if frame.height else None
    if isinstance(how, Within) and how.curve:
        found = returned_by(_curve(frame), how.days) if frame.height else None
        return found.share if found else None
    if isinstance(how, Measured) and how.summary in QUANTILES:
        return _measured(frame, how)
    below = _exact(frame["denominator"])
    return _exact(frame["numerator"]) / below if below else None


def _measured(frame: pl.DataFrame, how: Measured) -> float | None:
    if frame.is_empty():
        return None
    if how.summary in WAITS:
        return quantile(_curve(frame), QUANTILES[how.summary]).day
    values = frame["numerator"].sort()
    place = QUANTILES[how.summary] * len(values)
    low, high = max(int(-(-place // 1)), 1), min(int(place) + 1, len(values))
    return float(values[low - 1] + values[high - 1]) / 2


def _curve(frame: pl.DataFrame) -> Survival:
    came = pl.col("returned") != 0
    counts = frame.group_by(t="days").agg(returned=came.sum().cast(pl.Int64), lost=(~came).sum().cast(pl.Int64))
    return kaplan_meier(counts)


def _exact(column: pl.Series) -> float:
    """Sum in whole ten-thousandths, so that the order of the rows cannot matter."""
    return int((column * SCALE).round().cast(pl.Int64).sum()) / SCALE
