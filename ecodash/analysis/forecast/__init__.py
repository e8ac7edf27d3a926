"""Forecasts of demand: level × weekday × event, chosen and calibrated by rolling origins.

``forecast_level(panel)`` does the whole: methods compete (``method``, ``backtest``, ``scores``), the winner forecasts,
its past errors give the intervals (``conformal``), levels add up (``reconcile``). Source of the numbers chosen: the
project's measurements on open data; M5 competition (Makridakis et al. 2022) for what to expect.
"""

from ecodash.analysis.forecast.conformal import Band, Track, sum_quantiles
from ecodash.analysis.forecast.forecaster import LevelForecast, Setting, Whole, forecast_level
from ecodash.analysis.forecast.kinds import Kind
from ecodash.analysis.forecast.method import NAIVE, Method
from ecodash.analysis.forecast.panel import DAILY, WEEKLY, Panel
from ecodash.analysis.forecast.record import Record, SeriesRecord
from ecodash.analysis.forecast.scores import Score
from ecodash.analysis.forecast.uplift import Uplift, uplift

__all__ = [
    "DAILY",
    "NAIVE",
    "WEEKLY",
    "Band",
    "Kind",
    "LevelForecast",
    "Method",
    "Panel",
    "Record",
    "Score",
    "SeriesRecord",
    "Setting",
    "Track",
    "Uplift",
    "Whole",
    "forecast_level",
    "sum_quantiles",
    "uplift",
]
