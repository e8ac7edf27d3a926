"""Alarms from a course: when a day left its band, how often chance alone would ring, and what a page may call changed.

**Chance.** Beyond the 90 % quantile u of past |z| the tail is taken as exponential: P(|z| > t) = 0.1 · exp(−(t − u)/β),
never less than a normal law's. β is the median excess there ÷ ln 2, which true incidents hardly move. Source: J.
Pickands, Annals of Statistics 3 (1975), peaks over a threshold, with shape 0.

**A page.** Of every number one test: the sum of z over the days shown, beside the same sums over earlier blocks of as
many days. p is the larger of Student's (its scale the root mean square of the earlier sums, one degree of freedom per
block) and of the tail above. Over the numbers of a page Holm's procedure keeps the rate of any false "changed" at 5 %.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist, median

from scipy.special import stdtr

from ecodash.analysis.holm import holm

QUIET_DAYS = 7
DRIFT = 2.5 / 3.5  # of the threshold, on two days running
TAIL = 0.1
MONTH = 30.44
FEWEST_BLOCKS = 8
MOST_DAYS = 365
ERROR = 0.05


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """A day out of its band: ``place`` counts from 0. ``drift``: two days running on one side, each less far out."""

    place: int
    z: float
    drift: bool


def alarms(z: Sequence[float | None], threshold: float) -> list[Alarm]:
    """Alarms in order; within a week of one only what is further out rings again."""
    found: list[Alarm] = []
    for place, now in enumerate(z):
        before = z[place - 1] if place else None
        out = now is not None and abs(now) > threshold
        drifts = now is not None and before is not None and min(abs(now), abs(before)) > DRIFT * threshold
        drift = drifts and (now or 0) * (before or 0) > 0
        if now is None or not (out or drift):
            continue
        last = found[-1] if found else None
        if last is None or place - last.place >= QUIET_DAYS or abs(now) > abs(last.z):
            found.append(Alarm(place=place, z=now, drift=drift and not out))
    return found


def tail(past: Sequence[float], threshold: float) -> float:
    """The chance that |z| exceeds ``threshold`` on a day like those of ``past``, by the law in the module's head."""
    normal = 2 * NormalDist().cdf(-abs(threshold))
    sizes = sorted(abs(one) for one in past)
    place = int((1 - TAIL) * len(sizes))
    beyond = sizes[place:]
    if len(beyond) < 2:  # noqa: PLR2004 - an excess needs two
        return normal
    edge = beyond[0]
    excess = (median(beyond) - edge) / log(2)
    if threshold <= edge or excess <= 0:
        return max(normal, sum(one > threshold for one in sizes) / len(sizes))
    return max(normal, TAIL * exp(-(threshold - edge) / excess))


def false_alarms_a_month(past: Sequence[float], threshold: float) -> float:
    """How many alarms a month chance alone gives at ``threshold``, days and drifts together."""
    a_day, a_drift = tail(past, threshold), tail(past, DRIFT * threshold) ** 2 / 2
    return MONTH * min(1.0, a_day + a_drift)


@dataclass(frozen=True, kw_only=True)
class Tested:
    """One number of a page: ``score`` in its own scales, ``p`` after Holm; None where history is too short."""

    score: float | None
    p: float | None

    @property
    def changed(self) -> bool:
        """Whether the page may call it changed."""
        return self.p is not None and self.p <= ERROR


def page(courses: Sequence[Sequence[float | None]], days: int) -> list[Tested]:
    """The verdict on the last ``days`` days of every course, judged together; courses end on the same day."""
    scores = [_score(one, days) for one in courses]
    known = [i for i, one in enumerate(scores) if one is not None]
    raw = [found[1] for found in scores if found is not None]
    adjusted = dict(zip(known, holm(raw), strict=True))
    return [Tested(score=found[0] if found else None, p=adjusted.get(i)) for i, found in enumerate(scores)]


def _score(z: Sequence[float | None], days: int) -> tuple[float, float] | None:
    """The last block's sum in scales of the blocks before it, and its p."""
    recent = list(z[-MOST_DAYS - days :])
    blocks = [recent[max(end - days, 0) : end] for end in range(len(recent), days - 1, -days)]
    sums = [_sum(block) for block in blocks]
    if not sums or sums[0] is None:
        return None
    past = [one for one in sums[1:] if one is not None]
    if len(past) < FEWEST_BLOCKS:
        return None
    scale = max(sqrt(sum(one**2 for one in past) / len(past)), 1e-9)
    score = sums[0] / scale
    student = 2 * float(stdtr(len(past), -abs(score)))
    return score, max(student, tail([one / scale for one in past], abs(score)))


def _sum(block: Sequence[float | None]) -> float | None:
    """Σ z / √n over the days that have one; None when more than half of them have none."""
    known = [one for one in block if one is not None]
    return sum(known) / sqrt(len(known)) if 2 * len(known) > len(block) else None
