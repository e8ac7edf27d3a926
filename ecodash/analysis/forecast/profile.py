"""Weekday profile: how much of an average day each weekday brings, own days shrunk to those of the other series."""

import numpy as np

from ecodash.analysis.forecast.panel import TINY, Floats, Ints, Rhythm, mean_known

SHRINK = 30.0
SHORT_CYCLES = 4


def profile(values: Floats, slots: Ints, rhythm: Rhythm) -> Floats:
    """One row per series, one factor per place in the cycle, mean 1.

    ``values`` with events taken out, ``slots`` of the same steps. Own factors count λ = n/(n+30), n the mean number of
    steps with sales per place; the rest is the mean over series with a history, weighted by √level. A place never watched is 1.
    Series with less than four cycles of history take the pooled profile.
    """
    recent, places = values[:, -rhythm.window :], slots[-rhythm.window :]
    level = np.maximum(mean_known(recent), TINY)
    own = np.ones((len(values), rhythm.cycle))
    sold = np.zeros((len(values), rhythm.cycle))
    for place in range(rhythm.cycle):
        part = recent[:, places == place]
        watched = (~np.isnan(part)).any(axis=1)
        own[:, place] = np.where(watched, mean_known(part) / level, 1.0)
        sold[:, place] = (np.nan_to_num(part) > 0).sum(axis=1)
    short = (~np.isnan(values)).sum(axis=1) < SHORT_CYCLES * rhythm.cycle
    weight = np.sqrt(level) * (level > TINY) * (~short | short.all())
    pooled = (own * weight[:, None]).sum(axis=0) / weight.sum() if weight.sum() > 0 else np.ones(rhythm.cycle)
    pooled = pooled / max(float(pooled.mean()), TINY)
    n = sold.mean(axis=1)
    share = np.where(short, 0.0, n / (n + SHRINK))[:, None]
    mixed = share * own + (1 - share) * pooled
    found: Floats = mixed / np.maximum(mixed.mean(axis=1, keepdims=True), TINY)
    return found
