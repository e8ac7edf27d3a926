"""A forecast as plain values: the documented JSON of the command line and of the archive.

::

    {"by", "measure", "unit", "horizon", "history": [from, to], "window": [from, to], "coherent": true,
     "total": {series}, "series": [{series}, …], "track_record": {level: {record}}, "events": [{…}], "warnings": [{…}]}
    series = {"key", "name", "kind", "method", "sum": {"value", "low_80", "high_80", "low_95", "high_95"},
              "days": [{"day", "value", "low_80", "high_80", "low_95", "high_95"}, …], "backtest": {"wape_30", "bias", …}}
    record = {"method", "beats_naive", "origins": [last day known, …], "methods": {method: {"wape", "wape_sum", "mase",
              "rmsse", "wrmsse", "bias", "pinball", "coverage_80", "coverage_95", "sum_coverage_80", "sum_coverage_95"}}}

Ends of intervals are null where the history is too short to know them. Money is in the base currency.
"""

import math
from collections.abc import Mapping

import polars as pl

from ecodash.analysis.forecast import LevelForecast, Record
from ecodash.core.period import Period, day_number, day_of
from ecodash.metrics.forecasting.result import Forecast

LEVELS = (("80", 0.8), ("95", 0.95))
DIGITS = 6
FRAME: dict[str, type[pl.DataType]] = {
    "key": pl.String,
    "name": pl.String,
    "day": pl.Date,
    "value": pl.Float64,
    "low_80": pl.Float64,
    "high_80": pl.Float64,
    "low_95": pl.Float64,
    "high_95": pl.Float64,
}
Document = dict[str, object]


def document(found: Forecast) -> Document:
    """The whole forecast."""
    return {
        "by": found.question.by.value,
        "measure": found.question.measure.value,
        "unit": found.question.measure.unit.value,
        "horizon": found.question.horizon,
        "history": _span(found.history),
        "window": _span(found.days),
        "total": _series(found.total, 0, found),
        "series": [_series(found.parts, row, found) for row in range(len(found.parts.keys))],
        "track_record": {
            "total": _level(found.total, found),
            found.question.by.value: _level(found.parts, found),
        },
        "events": [
            {
                "event": one.event,
                "phase": one.phase,
                "name": {"zh": one.name.zh, "en": one.name.en},
                "days": _span(one.days),
                "times_usual": _number(one.uplift),
                "low_95": _number(one.low),
                "high_95": _number(one.high),
                "days_seen": one.days_seen,
            }
            for one in found.events
        ],
        "warnings": [{"code": one.code, "zh": one.text.zh, "en": one.text.en} for one in found.caveats],
    }


def record_document(record: Record) -> Document:
    """Errors and coverage of one method; null where they were not judged."""
    score = record.score
    errors = {name: getattr(score, name) for name in ("wape", "wape_sum", "mase", "rmsse", "wrmsse", "bias")}
    covered = {f"coverage_{name}": record.steps.get(level) for name, level in LEVELS}
    covered |= {f"sum_coverage_{name}": record.sums.get(level) for name, level in LEVELS}
    return {name: _number(value) for name, value in {**errors, "pinball": record.pinball, **covered}.items()}


def _series(level: LevelForecast, row: int, found: Forecast) -> Document:
    key, start = level.keys[row], day_number(found.days.start)
    return {
        "key": key,
        "name": found.names.get(key),
        "kind": level.kinds[row].value,
        "method": level.method.value,
        "sum": {"value": _number(float(level.path[row].sum())), **_ends(level, row, None)},
        "days": [
            {"day": day_of(start + i).isoformat(), "value": _number(float(value)), **_ends(level, row, i)}
            for i, value in enumerate(level.path[row])
        ],
        "backtest": _backtest(level, row),
    }


def _ends(level: LevelForecast, row: int, step: int | None) -> Document:
    """Ends of the intervals of one step, or of the sum."""
    bands = level.sums if step is None else level.steps
    found: Document = {}
    for name, share in LEVELS:
        one = next((band for band in bands if band.level == share), None)
        low, high = (None, None) if one is None else (one.low[row], one.high[row])
        if step is not None and low is not None and high is not None:
            low, high = low[step], high[step]
        found |= {f"low_{name}": _number(low), f"high_{name}": _number(high)}
    return found


def _backtest(level: LevelForecast, row: int) -> Document | None:
    if level.series is None:
        return None
    return {
        "wape_sum": _number(float(level.series.wape_sum[row])),
        "bias": _number(float(level.series.bias[row])),
        "origins": int(level.series.origins[row]),
    }


def _level(level: LevelForecast, found: Forecast) -> Document:
    first = day_number(found.history.start)
    methods: Mapping[str, Document] = {one.value: record_document(record) for one, record in level.records.items()}
    return {
        "method": level.method.value,
        "beats_naive": level.beats_naive,
        "origins": [day_of(first + steps - 1).isoformat() for steps in level.origins],
        "methods": methods,
    }


def _span(period: Period) -> list[str]:
    return [period.start.isoformat(), period.end.isoformat()]


def _number(value: object) -> float | None:
    """A plain number; None for what is missing."""
    if value is None:
        return None
    number = float(str(value))
    return round(number, DIGITS) if math.isfinite(number) else None


def frame(found: Forecast) -> pl.DataFrame:
    """One row per key and day: key, name, day, value, and the ends of both intervals (null when unknown)."""
    start = day_number(found.days.start)
    rows = [
        {
            "key": key,
            "name": found.names.get(key),
            "day": day_of(start + i),
            "value": float(value),
            **_ends(found.parts, row, i),
        }
        for row, key in enumerate(found.parts.keys)
        for i, value in enumerate(found.parts.path[row])
    ]
    return pl.DataFrame(rows, schema=FRAME)
