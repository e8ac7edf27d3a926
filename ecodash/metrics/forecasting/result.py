"""A forecast as an answer: what was asked, from which days, the paths with their intervals, the record, the events."""

from collections.abc import Mapping
from dataclasses import dataclass

from ecodash.analysis.forecast import Band, LevelForecast
from ecodash.analysis.forecast.panel import Floats
from ecodash.core.estimate import Caveat
from ecodash.core.period import Period
from ecodash.metrics.forecasting.phases import EventEffect
from ecodash.metrics.forecasting.question import Question


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """``history``: the days it was learnt from; ``days``: the days it is for.

    ``total`` and ``parts`` are forecasts of one series and of all keys asked for (the same one when the split is
    ``total``); parts add up to the total on every day. ``sold`` is the history of ``parts`` (rows) by day,
    ``everything`` that of the total. ``names``
    says what keys are called where the data know it. ``events``: phases that touch
    the horizon; ``learnt``: all phases with a past.
    """

    question: Question
    history: Period
    days: Period
    total: LevelForecast
    parts: LevelForecast
    sold: Floats
    everything: Floats
    names: Mapping[str, str]
    events: tuple[EventEffect, ...]
    learnt: tuple[EventEffect, ...]
    caveats: tuple[Caveat, ...]

    def row(self, key: str) -> int:
        """The row of a key; raises ValueError for one that is not there."""
        return self.parts.keys.index(key)


def band(bands: tuple[Band, ...], level: float) -> Band | None:
    """The interval at ``level``; None when there is none."""
    return next((one for one in bands if one.level == level), None)
