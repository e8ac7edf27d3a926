"""The track record shown with a forecast: errors, and how often outcomes lay in the intervals of the other origins."""

from dataclasses import dataclass

import numpy as np

from ecodash.analysis.forecast import conformal
from ecodash.analysis.forecast.conformal import Track
from ecodash.analysis.forecast.panel import TINY, Flags, Floats, Ints
from ecodash.analysis.forecast.scores import Score, pinball

LEVELS = (0.8, 0.95)
QUANTILES = (0.025, 0.1, 0.5, 0.9, 0.975)
LEAST_APART = 3


@dataclass(frozen=True, kw_only=True)
class Record:
    """Errors of a method, and for those with intervals the share of single steps and of sums that lay within.

    ``steps`` and ``sums``: coverage by level, empty when intervals were not judged; ``pinball``: mean over the
    quantiles 2.5, 10, 50, 90, 97.5 % ÷ mean demand. Each origin is judged with intervals made from the others, from
    those that do not overlap it when there are three.
    """

    score: Score
    steps: dict[float, float]
    sums: dict[float, float]
    pinball: float | None


@dataclass(frozen=True, kw_only=True)
class SeriesRecord:
    """Per series: WAPE and bias of the sum over the horizon (missing when nothing sold), and origins judged."""

    wape_sum: Floats
    bias: Floats
    origins: Ints


def record_of(score: Score, track: Track | None, origins: tuple[int, ...], horizon: int) -> Record:
    """The record of one method; ``track`` None leaves the intervals unjudged."""
    if track is None:
        return Record(score=score, steps={}, sums={}, pinball=None)
    inside: dict[float, list[tuple[float, float]]] = {level: [] for level in LEVELS}
    around: dict[float, list[tuple[float, float]]] = {level: [] for level in LEVELS}
    losses: list[float] = []
    for place in range(track.origins):
        learnt, judged = track.without(_near(origins, place, horizon)), track.only(place)
        path, actual = judged.path[0], judged.actual[0]
        for band in conformal.step_bands(learnt, path, LEVELS):
            inside[band.level].append(_held(actual, band.low, band.high))
        seen = ~np.isnan(actual)
        came = np.where(seen.all(axis=1), np.where(seen, actual, 0.0).sum(axis=1), np.nan)
        for band in conformal.sum_bands(learnt, path, LEVELS):
            around[band.level].append(_held(came, band.low, band.high))
        found = [pinball(actual, conformal.step_quantile(learnt, path, level), level) for level in QUANTILES]
        losses += [one for one in found if one is not None]
    return Record(
        score=score,
        steps={level: share for level, pairs in inside.items() if (share := _share(pairs)) is not None},
        sums={level: share for level, pairs in around.items() if (share := _share(pairs)) is not None},
        pinball=float(np.mean(losses)) if losses else None,
    )


def _near(origins: tuple[int, ...], place: int, horizon: int) -> Flags:
    """Which origins to leave out when one is judged: those that share days with it, if three others remain."""
    steps = np.array(origins)
    overlap = np.abs(steps - steps[place]) < horizon
    alone = np.arange(steps.size) == place
    found: Flags = overlap if (~overlap).sum() >= LEAST_APART else alone
    return found


def _held(actual: Floats, low: Floats, high: Floats) -> tuple[float, float]:
    seen = ~np.isnan(actual) & ~np.isnan(low) & ~np.isnan(high)
    held = (actual[seen] >= low[seen] - TINY) & (actual[seen] <= high[seen] + TINY)
    return float(held.sum()), float(seen.sum())


def _share(pairs: list[tuple[float, float]]) -> float | None:
    held, seen = (sum(part) for part in zip(*pairs, strict=True)) if pairs else (0.0, 0.0)
    return held / seen if seen else None


def series_record(track: Track) -> SeriesRecord:
    """What every series has to show for itself."""
    seen = ~np.isnan(track.actual)
    truth = np.where(seen, track.actual, 0.0).sum(axis=2)
    error = np.where(seen, track.path, 0.0).sum(axis=2) - truth
    total = truth.sum(axis=0)
    below = np.where(total > TINY, total, np.nan)
    return SeriesRecord(
        wape_sum=np.abs(error).sum(axis=0) / below,
        bias=error.sum(axis=0) / below,
        origins=seen.any(axis=2).sum(axis=0),
    )
