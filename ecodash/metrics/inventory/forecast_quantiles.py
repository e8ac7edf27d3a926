"""Quantiles of lead-time demand from the forecast of each product: its weekdays, season and coming events included.

The forecast is made once for the longest lead time; the sums of shorter ones are quantiles of the same paths, each from
how far past forecasts of as many days were off. Products the forecast does not know, or without a track record, keep
the quantiles of ``analysis.lead_time_demand``.
"""

from dataclasses import dataclass

import numpy as np

from ecodash.analysis.censored_demand import Demand
from ecodash.analysis.demand_history import Numbers
from ecodash.analysis.forecast import LevelForecast, sum_quantiles
from ecodash.analysis.lead_time_demand import LeadDemand, Quantiles, lead_demand
from ecodash.core.errors import MissingData
from ecodash.core.period import Period
from ecodash.metrics.forecasting import By, Question, forecast
from ecodash.metrics.forecasting.question import LONGEST
from ecodash.metrics.reading import Reading

ANCHORS = 5
LEVELS = tuple(float(one) for one in (np.arange(60) + 0.5) / 60)


@dataclass(frozen=True, kw_only=True)
class _Made:
    """The forecast of all products, and which row of it each of ours is (-1 for none)."""

    parts: LevelForecast
    place: np.ndarray


def forecast_quantiles(reading: Reading, until: Period, keys: tuple[str, ...]) -> Quantiles:
    """Quantiles of the products ``keys`` as forecast on the last day of ``until``; needs seconds, not milliseconds."""

    def quantiles(found: Demand, leads: Numbers, levels: Numbers) -> LeadDemand:
        plain = lead_demand(found, leads, levels)
        horizon = int(min(np.ceil(leads.max()), LONGEST)) if leads.size else 1
        try:
            parts = forecast(reading, Question(by=By.SKU, horizon=horizon, until=until.end)).parts
        except MissingData:
            return plain
        if parts.track is None:
            return plain
        row = {key: i for i, key in enumerate(parts.keys)}
        made = _Made(parts=parts, place=np.array([row.get(key, -1) for key in keys], dtype=np.int64))
        known = made.place >= 0
        mean, quantile = _mixed(made, np.minimum(leads, horizon), levels)
        return LeadDemand(
            mean=np.where(known, mean, plain.mean), quantile=np.where(known, quantile, plain.quantile), pooled=True
        )

    return quantiles


def _mixed(made: _Made, leads: Numbers, levels: Numbers) -> tuple[Numbers, Numbers]:
    """Mean and quantile of the mixture over lead times; rows without a forecast hold anything."""
    spans = sorted({max(1, round(float(one))) for one in np.quantile(leads, np.linspace(0.0, 1.0, ANCHORS))})
    paths = made.parts.path
    edges = {span: _edges(made.parts, span)[made.place] for span in spans}
    sums = np.cumsum(paths, axis=1)[made.place]
    nearest = np.array(spans)[np.abs(leads[:, :, None] - np.array(spans)).argmin(axis=2)]
    draws = np.empty((*leads.shape, len(LEVELS)))
    for span in spans:
        rows, columns = np.nonzero(nearest == span)
        draws[rows, columns] = edges[span][rows] * (leads[rows, columns] / span)[:, None]
    steps = np.clip(np.rint(leads).astype(int) - 1, 0, paths.shape[1] - 1)
    mean = np.take_along_axis(sums, steps, axis=1).mean(axis=1)
    flat = np.sort(draws.reshape(len(leads), -1), axis=1)
    place = np.clip(np.ceil(levels * flat.shape[1]).astype(int) - 1, 0, flat.shape[1] - 1)
    return mean, flat[np.arange(len(leads)), place]


def _edges(parts: LevelForecast, span: int) -> Numbers:
    if parts.track is None:
        raise ValueError(parts)
    return sum_quantiles(parts.track, parts.path[:, :span], LEVELS)
