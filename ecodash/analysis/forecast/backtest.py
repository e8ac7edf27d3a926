"""Rolling origins: every method forecasts from days in the past, knowing nothing later, and is compared with what came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ecodash.analysis.forecast.kinds import NEW_CYCLES
from ecodash.analysis.forecast.method import Method, run
from ecodash.analysis.forecast.panel import Floats, Panel

MANY, FEW = 8, 20
SMALL = 60
SHORT_START = 28
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """``origins``: steps known at each; ``actual`` and every path: origins × series × steps, missing where unseen."""

    origins: tuple[int, ...]
    actual: Floats
    paths: Mapping[Method, Floats]


def origins_of(panel: Panel, *, deep: bool = False) -> tuple[int, ...]:
    """The origins, newest first: at most twenty (eight with many series, weeks or boosting), twelve days apart; none in a short history."""
    last = panel.steps - panel.horizon
    least = 2 * panel.rhythm.least if last >= 2 * panel.rhythm.least else SHORT_START * panel.rhythm.average // 28
    count = FEW if panel.series <= SMALL and panel.rhythm.cycle > 1 and not deep else MANY
    return tuple(range(last, max(least, 2) - 1, -panel.rhythm.outer))[:count]


def backtest(panel: Panel, methods: tuple[Method, ...], *, progress: Progress | None = None) -> Backtest:
    """Every method from every origin. A series that had not begun two cycles before an origin is left out there."""
    origins = origins_of(panel, deep=Method.BOOSTED in methods)
    shape = (len(origins), panel.series, panel.horizon)
    actual, paths = np.empty(shape), {method: np.empty(shape) for method in methods}
    begun = NEW_CYCLES * panel.rhythm.cycle
    for place, steps in enumerate(origins):
        known = panel.until(steps)
        for method, path in run(known, methods).items():
            paths[method][place] = path
        old = known.known.sum(axis=1) >= begun
        actual[place] = np.where(old[:, None], panel.after(steps), np.nan)
        if progress:
            progress(place + 1, len(origins))
    return Backtest(origins=origins, actual=actual, paths=paths)
