"""How much may be sold of every product within a lead time: quantiles made from past sums of as many days."""

from collections.abc import Sequence

import polars as pl

from ecodash.analysis.forecast import sum_quantiles
from ecodash.metrics.forecasting.forecast import forecast
from ecodash.metrics.forecasting.question import By, Question
from ecodash.metrics.reading import Reading


def lead_time_quantiles(reading: Reading, days: int, levels: Sequence[float]) -> pl.DataFrame:
    """One row per SKU: sku_id, expected units over ``days``, and a column per level (``q_0.95``).

    Levels must rise. Quantiles are null when the history is too short for a backtest. Raises MissingData.
    """
    found = forecast(reading, Question(by=By.SKU, horizon=days))
    parts = found.parts
    columns: dict[str, object] = {"sku_id": list(parts.keys), "expected": parts.totals}
    names = [f"q_{level:g}" for level in levels]
    if parts.track is None:
        columns |= dict.fromkeys(names)
    else:
        edges = sum_quantiles(parts.track, parts.path, levels)
        columns |= {name: edges[:, i] for i, name in enumerate(names)}
    return pl.DataFrame(columns, schema_overrides={"sku_id": pl.String} | dict.fromkeys(names, pl.Float64))
