"""One level of demand, forecast: methods compete in a backtest, the winner forecasts, its past errors make intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ecodash.analysis.forecast import conformal
from ecodash.analysis.forecast.backtest import Progress, backtest
from ecodash.analysis.forecast.conformal import Band, Track
from ecodash.analysis.forecast.kinds import Kind, kinds_of
from ecodash.analysis.forecast.method import NAIVE, Method, candidates, run
from ecodash.analysis.forecast.panel import TINY, Floats, Ints, Panel, mean_known
from ecodash.analysis.forecast.reconcile import reconciled
from ecodash.analysis.forecast.record import Record, SeriesRecord, record_of, series_record
from ecodash.analysis.forecast.scores import Score, scales, score
from ecodash.analysis.forecast.uplift import doubt, uplift

LEVELS = (0.8, 0.95)
CLOSE = 1.02
LEAST_ORIGINS = 2
LEAST_STEPS = 14


@dataclass(frozen=True, kw_only=True)
class Whole:
    """The level above: its forecast, and which of its rows each series of this level belongs to."""

    above: "LevelForecast"
    belongs: Ints


@dataclass(frozen=True, kw_only=True)
class LevelForecast:
    """Forecast of every series of a level.

    ``path`` is series × steps; ``steps`` and ``sums`` hold the intervals of single steps and of the sum over the
    horizon, empty when the history is too short to know how far it is off. ``records`` are the track records of the
    methods compared, ``method`` the one used; ``beats_naive`` is False when a naive rule was best and is used.
    """

    keys: tuple[str, ...]
    kinds: tuple[Kind, ...]
    method: Method
    beats_naive: bool
    path: Floats
    steps: tuple[Band, ...]
    sums: tuple[Band, ...]
    records: Mapping[Method, Record]
    series: SeriesRecord | None
    origins: tuple[int, ...]
    track: Track | None

    @property
    def totals(self) -> Floats:
        """Sum over the horizon of every series."""
        found: Floats = self.path.sum(axis=1)
        return found


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How a level is forecast: its whole, mean price of a unit when money is forecast, deep mode, who is told."""

    whole: Whole | None = None
    unit: float = 1.0
    deep: bool = False
    progress: Progress | None = None


PLAIN = Setting()


@dataclass(frozen=True, kw_only=True)
class _Past:
    """What the backtest left."""

    records: Mapping[Method, Record]
    track: Track | None
    origins: tuple[int, ...]


def forecast_level(panel: Panel, setting: Setting = PLAIN) -> LevelForecast:
    """Forecast of every series of ``panel``; its horizon is the horizon of the panel.

    Under two weeks of history the plain mean is given, without an interval. Methods are judged as they are used, scaled
    to the level above; the naive rules as anybody would use them, on their own.
    """
    methods = candidates(panel, deep=setting.deep)
    if panel.steps < LEAST_STEPS or not panel.series:
        mean = np.repeat(mean_known(panel.values)[:, None], panel.horizon, axis=1)
        return _finished(panel, Method.MOVING_AVERAGE, mean, _Past(records={}, track=None, origins=()))
    tested = backtest(panel, methods, progress=setting.progress)
    if len(tested.origins) < LEAST_ORIGINS:
        path = _added_up(run(panel, NAIVE)[Method.MOVING_AVERAGE], setting.whole)
        past = _Past(records={}, track=None, origins=tested.origins)
        return _finished(panel, Method.MOVING_AVERAGE, path, past)
    scale, above = scales(panel), _tracks(setting.whole, tested.origins)
    paths = {one: path if one in NAIVE else _scaled(path, above, setting.whole) for one, path in tested.paths.items()}
    found = {one: score(tested.actual, path, scale) for one, path in paths.items()}
    method = choose(found)
    paths[method] = _scaled(tested.paths[method], above, setting.whole)
    found[method] = score(tested.actual, paths[method], scale)
    tracks = {one: Track(actual=tested.actual, path=paths[one], unit=setting.unit) for one in {*NAIVE, method}}
    records = {one: record_of(found[one], tracks.get(one), tested.origins, panel.horizon) for one in found}
    path = _added_up(run(panel, _with_parts(method, methods))[method], setting.whole)
    return _finished(panel, method, path, _Past(records=records, track=tracks[method], origins=tested.origins))


def choose(found: Mapping[Method, Score]) -> Method:
    """The best method by the backtest; the best naive rule when neither its criterion nor its weighted RMSSE beats both.

    Events are kept when they make it no worse than by 2 %: few origins lie before one.
    """
    own = {method: one.criterion for method, one in found.items() if method not in NAIVE}
    naive = min(NAIVE, key=lambda method: found[method].criterion)
    if not own:
        return naive
    best = min(own, key=lambda method: own[method])
    events = Method.LEVEL_EVENTS
    if best is Method.LEVEL and events in own and own[events] <= CLOSE * own[best]:
        best = events
    bar = min(_rmsse(found[one]) for one in NAIVE)
    return best if own[best] < found[naive].criterion or _rmsse(found[best]) < bar else naive


def _rmsse(one: Score) -> float:
    return one.wrmsse if one.wrmsse is not None else float("inf")


def _with_parts(method: Method, methods: tuple[Method, ...]) -> tuple[Method, ...]:
    """The method after those it may be put together from."""
    parts = (Method.LEVEL_EVENTS, Method.EXPONENTIAL)
    first = [one for one in parts if one in methods and one is not method and method not in {*NAIVE, Method.LEVEL}]
    return (*[one for one in first if one is not Method.EXPONENTIAL or method is Method.LEVEL_EXPONENTIAL], method)


def _tracks(whole: Whole | None, origins: Sequence[int]) -> Floats | None:
    """Past forecasts of the level above at the same origins; None without one."""
    if whole is None or whole.above.track is None:
        return None
    place = {steps: i for i, steps in enumerate(whole.above.origins)}
    if not set(origins) <= set(place):
        return None
    found: Floats = whole.above.track.path[[place[steps] for steps in origins]]
    return found


def _scaled(path: Floats, above: Floats | None, whole: Whole | None) -> Floats:
    return path if above is None or whole is None else reconciled(path, above, whole.belongs)


def _added_up(path: Floats, whole: Whole | None) -> Floats:
    return path if whole is None else reconciled(path, whole.above.path, whole.belongs)


def _finished(panel: Panel, method: Method, path: Floats, past: _Past) -> LevelForecast:
    track = past.track
    steps, sums = _bands(panel, method, path, track) if track else ((), ())
    return LevelForecast(
        keys=panel.keys,
        kinds=kinds_of(panel),
        method=method,
        beats_naive=method not in NAIVE,
        path=path,
        steps=steps,
        sums=sums,
        records=past.records,
        series=series_record(track) if track else None,
        origins=past.origins,
        track=track,
    )


def _bands(panel: Panel, method: Method, path: Floats, track: Track) -> tuple[tuple[Band, ...], tuple[Band, ...]]:
    """Intervals of steps and sums; over events ahead they hold the doubt about the uplift too."""
    steps, sums = conformal.step_bands(track, path, LEVELS), conformal.sum_bands(track, path, LEVELS)
    if method in {*NAIVE, Method.LEVEL} or not (panel.phases[panel.steps :] > 0).any():
        return steps, sums
    unsure = doubt(panel, uplift(panel))
    total = path.sum(axis=1)
    share = (path * unsure).sum(axis=1) / np.maximum(total, TINY)
    return conformal.widened(steps, path, unsure), conformal.widened(sums, total, share)
