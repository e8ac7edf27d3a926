"""A forecast as tables for pictures and pages: the fan of a key, the parts, the track record, the events."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from ecodash.analysis.forecast import LevelForecast, Method
from ecodash.core.period import day_number, day_of
from ecodash.metrics.forecasting.result import Forecast, band

SHOWN_DAYS, SHOWN_DIGITS = 90, 1
LEVELS = (("80", 0.8), ("95", 0.95))


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The total in a few numbers.

    ``expected`` over the horizon with its 80 % ends; ``before``: sold in as many days before; ``within``: half of the
    interval ÷ expected, so four times in five it is off by no more; ``error`` and ``naive``: WAPE of sums over the
    horizon of the method used and of the seasonal-naive rule, ``average`` of the four-week mean; ``coverage``: share
    of past sums that lay within their 80 % interval. None where the history is too short.
    """

    expected: float
    low: float | None
    high: float | None
    before: float
    change: float | None
    within: float | None
    error: float | None
    naive: float | None
    average: float | None
    coverage: float | None


def summary(found: Forecast, row: int | None = None) -> Summary:
    """The total, or one row of the parts."""
    level, at = (found.total, 0) if row is None else (found.parts, row)
    expected = float(level.path[at].sum())
    ends = band(level.sums, 0.8)
    low, high = (None, None) if ends is None else (float(ends.low[at]), float(ends.high[at]))
    sold = found.everything if row is None else found.sold[row]
    before = float(np.nansum(sold[-found.question.horizon :]))
    known = low is not None and high is not None and expected > 0
    own = level.records.get(level.method)
    rules = (Method.SEASONAL_NAIVE, Method.MOVING_AVERAGE)
    errors = [level.records[one].score.wape_sum if one in level.records else None for one in rules]
    return Summary(
        expected=expected,
        low=low,
        high=high,
        before=before,
        change=expected / before - 1 if before > 0 else None,
        within=(high - low) / 2 / expected if known and high is not None and low is not None else None,
        error=own.score.wape_sum if own else None,
        naive=errors[0],
        average=errors[1],
        coverage=own.sums.get(0.8) if own else None,
    )


def fan(found: Forecast, row: int | None = None) -> pl.DataFrame:
    """One row per day: the last 90 days sold, then the horizon with both intervals."""
    level, at = (found.total, 0) if row is None else (found.parts, row)
    sold = (found.everything if row is None else found.sold[row])[-SHOWN_DAYS:]
    start = day_number(found.days.start)
    past = [{"day": day_of(start - sold.size + i), "actual": _known(value)} for i, value in enumerate(sold)]
    ahead: list[dict[str, object]] = []
    for i, value in enumerate(level.path[at]):
        one: dict[str, object] = {"day": day_of(start + i), "value": float(value)}
        for name, share in LEVELS:
            ends = band(level.steps, share)
            if ends is not None:
                one |= {f"low_{name}": float(ends.low[at, i]), f"high_{name}": float(ends.high[at, i])}
        ahead.append(one)
    numbers = ("actual", "value", "low_80", "high_80", "low_95", "high_95")
    return pl.DataFrame([*past, *ahead], schema={"day": pl.Date} | dict.fromkeys(numbers, pl.Float64))


def parts(found: Forecast) -> pl.DataFrame:
    """One row per key, the largest first: sum with 80 % ends, sold before, kind, error of past sums, bias."""
    rows = []
    for row, key in enumerate(found.parts.keys):
        told, series = summary(found, row), found.parts.series
        error = None if series is None else _known(series.wape_sum[row])
        bias = None if series is None else _known(series.bias[row])
        kind = found.parts.kinds[row].value
        rows.append((key, found.names.get(key), told.expected, told.low, told.high, told.before, kind, error, bias))
    schema = {"key": pl.String, "name": pl.String, "expected": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    schema |= {"before": pl.Float64, "kind": pl.String, "error": pl.Float64, "bias": pl.Float64}
    table = pl.DataFrame(rows, schema=schema, orient="row").sort("expected", "key", descending=[True, False])
    return table.with_columns(pl.col("expected", "low", "high", "before").round(SHOWN_DIGITS))


def record(level: LevelForecast) -> pl.DataFrame:
    """One row per method compared: errors, and coverage where intervals were judged; the method used comes first."""
    rows = []
    for method, one in sorted(level.records.items(), key=lambda pair: pair[0] is not level.method):
        score = one.score
        errors = (score.wape, score.wape_sum, score.mase, score.rmsse, score.wrmsse, score.bias, one.pinball)
        covered = (one.steps.get(0.8), one.steps.get(0.95), one.sums.get(0.8), one.sums.get(0.95))
        rows.append((method.value, method is level.method, *errors, *covered))
    names = ("wape", "wape_sum", "mase", "rmsse", "wrmsse", "bias", "pinball", "day_80", "day_95", "sum_80", "sum_95")
    schema = {"method": pl.String, "used": pl.Boolean} | dict.fromkeys(names, pl.Float64)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
