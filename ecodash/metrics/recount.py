"""Adding the rows behind a number up again, the way a reader with the file in hand would: it gives exactly the number."""

import polars as pl

from ecodash.analysis.clustered_quantile import histogram, median
from ecodash.analysis.kaplan_meier import Survival, kaplan_meier, quantile, returned_by
from ecodash.core.decimals import SCALE
from ecodash.metrics.measured_values import QUANTILES, WAITS, middle
from ecodash.metrics.metric import Computation, Gaps, Measured, OfWindow, Sum, Summary, Waiting, Within


def recount(frame: pl.DataFrame, how: Computation, *, share: float = 0.5) -> float | None:
    """The number the rows of one group come to; None when there is nothing below the line or the curve is too short.

    A method is no sum of its rows: None for those whose rows do not say what each adds.
    ``share`` is the quantile of waiting times that was asked for.
    """
    if isinstance(how, Sum) or (isinstance(how, Measured | OfWindow) and how.summary is Summary.TOTAL):
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
    if isinstance(how, Measured | OfWindow) and how.summary in QUANTILES:
        return _measured(frame, how)
    return _divided(frame)


def _divided(frame: pl.DataFrame) -> float | None:
    """What the rows say above the line through what they say below it; what has no line is added up."""
    if "numerator" not in frame.columns:
        return None
    above = _exact(frame["numerator"])
    if "denominator" not in frame.columns:
        return above
    below = _exact(frame["denominator"])
    return above / below if below else None


def _measured(frame: pl.DataFrame, how: Measured | OfWindow) -> float | None:
    if frame.is_empty():
        return None
    if how.summary in WAITS:
        return quantile(_curve(frame), QUANTILES[how.summary]).day
    return middle(frame["numerator"].sort(), QUANTILES[how.summary])


def _curve(frame: pl.DataFrame) -> Survival:
    came = pl.col("returned") != 0
    counts = frame.group_by(t="days").agg(returned=came.sum().cast(pl.Int64), lost=(~came).sum().cast(pl.Int64))
    return kaplan_meier(counts)


def _exact(column: pl.Series) -> float:
    """Sum in whole ten-thousandths, so that the order of the rows cannot matter."""
    return int((column * SCALE).round().cast(pl.Int64).sum()) / SCALE
