"""Forecasts of a workspace: ``forecast(reading, question)``."""

from ecodash.metrics.forecasting.forecast import forecast
from ecodash.metrics.forecasting.question import By, Measure, Question
from ecodash.metrics.forecasting.result import Forecast

__all__ = ["By", "Forecast", "Measure", "Question", "forecast"]
