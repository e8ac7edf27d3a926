"""What a daily number should be: level × weekday × event, each day told only what came before it.

1. The level is an exponential mean of ordinary days (half-life 14 days), each divided by its weekday's weight.
2. A weekday weighs its usual value ÷ level (half-life 182 days, shrunk towards 1 as if by 10 more days).
3. A phase of an event multiplies by what its earlier days brought ÷ what they would have brought without it, shares
   and means drawn towards 1; unseen, it cannot be judged.
4. The distance from what is expected is measured where chance has the same size everywhere: counts 2(√(y+⅜) − √(f+⅜))
   (F. J. Anscombe, Biometrika 35, 1948), money the same in units of one case, shares 2√n(asin√p − asin√p₀), means
   √n·ln(m/m₀). Its scale is 1.4826 · median |distance| of the last 90 ordinary days, for counts and shares at least 1.
5. A day far out moves the level no further than 1.5 scales, so an outage does not drag the expectation with it.

Source: shape and constants chosen in rolling-origin experiments on public order counts and on simulated promotions.
"""

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from math import asin, exp, log, pi, sin, sqrt
from statistics import median

import polars as pl

LEVEL, WEEKDAY = 0.5 ** (1 / 14), 0.5 ** (1 / 182)
SHRINK = 10.0
OPENING, LEARNING, KEPT = 28, 80, 90
FEWEST = 30
LIMIT = 1.5
RARE = 5.0  # successes with which a share is drawn towards its usual size in an event
SEEN = 3  # days of a phase before it can be expected
NEW_EVENT = 2.0  # scales of an event whose own spread is not known yet
MAD = 1.4826
COURSE = {"expected": pl.Float64, "scale": pl.Float64, "distance": pl.Float64, "z": pl.Float64, "state": pl.String}


class Kind(StrEnum):
    """What sort of number it is, which decides how large chance is."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    MEAN = "mean"


class State(StrEnum):
    """What can be said of a day. ``event``: judged, within an event seen before; ``new_event``: one never seen."""

    ORDINARY = "ordinary"
    EVENT = "event"
    NEW_EVENT = "new_event"
    LEARNING = "learning"
    MISSING = "missing"


def distance(kind: Kind, value: float, expected: float, *, n: float, unit: float = 1.0) -> float | None:
    """How far ``value`` lies from ``expected`` where chance has one size; None where that cannot be said."""
    if kind in {Kind.COUNT, Kind.MONEY}:
        y, f = max(value, 0.0) / unit, max(expected, 0.0) / unit
        return 2 * (sqrt(y + 3 / 8) - sqrt(f + 3 / 8))
    if kind is Kind.SHARE:
        return 2 * sqrt(n) * (asin(sqrt(_share(value))) - asin(sqrt(_share(expected)))) if n > 0 else None
    return sqrt(n) * log(value / expected) if n > 0 and value > 0 and expected > 0 else None


def at_distance(kind: Kind, expected: float, far: float, *, n: float, unit: float = 1.0) -> float:
    """The value that lies ``far`` from ``expected``: the inverse of ``distance``, never below zero."""
    if kind in {Kind.COUNT, Kind.MONEY}:
        root = max(sqrt(max(expected, 0.0) / unit + 3 / 8) + far / 2, 0.0)
        return max(root**2 - 3 / 8, 0.0) * unit
    if n <= 0:
        return expected
    if kind is Kind.SHARE:
        angle = asin(sqrt(_share(expected))) + far / (2 * sqrt(n))
        return sin(min(max(angle, 0.0), pi / 2)) ** 2
    return expected * exp(far / sqrt(n))


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def course(days: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """``days`` in order with COURSE added.

    ``days``: value (null: no case that day), n (cases behind it), weekday (any seven codes), phase (null: ordinary).
    ``state`` learning for the first 80 days with a value; ``z`` is null wherever nothing can be said.
    """
    model = _Model(kind=kind, unit=_unit(days, kind))
    model.open(days)
    rows = [model.step(*row) for row in days.select("value", "n", "weekday", "phase").iter_rows()]
    return days.with_columns(pl.DataFrame(rows, schema=COURSE, orient="row"))


def _unit(days: pl.DataFrame, kind: Kind) -> float:
    """Money per case; 1 for everything else."""
    if kind is not Kind.MONEY:
        return 1.0
    known = days.filter(pl.col("value").is_not_null(), pl.col("n") > 0)
    cases, money = float(known["n"].sum()), float(known["value"].sum())
    return money / cases if cases > 0 and money > 0 else 1.0


@dataclass
class _Model:
    """What has been learnt up to a day; changes with every step."""

    kind: Kind
    unit: float
    top: float = 0.0
    bottom: float = 0.0
    seen: int = 0
    cases: float = 1.0
    weekdays: dict[int, list[float]] = field(default_factory=dict)
    phases: dict[str, tuple[float, float, int]] = field(default_factory=dict)
    ordinary: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    special: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))

    def open(self, days: pl.DataFrame) -> None:
        """The level and the usual number of cases of the first four weeks."""
        first = days.filter(pl.col("value").is_not_null(), pl.col("n") > 0).head(OPENING)
        weights = [self._weight(float(n)) for n in first["n"]]
        decayed = 1 / (1 - LEVEL)
        total = sum(weights)
        mean = sum(w * v for w, v in zip(weights, first["value"], strict=True)) / total if total else 0.0
        self.bottom = total / max(first.height, 1) * decayed
        self.top = mean * self.bottom
        self.cases = total / max(first.height, 1) or 1.0

    def step(self, value: float | None, n: float | None, weekday: int, phase: str | None) -> tuple[object, ...]:
        """The row of a day; then the day is learnt."""
        usual = self.level * self._weekday(weekday)
        factor = self._factor(phase)
        expected = usual * (factor or 1.0)
        cases = float(n or 0)
        if value is None:
            return expected, None, None, None, State.MISSING.value
        far = distance(self.kind, value, expected, n=cases, unit=self.unit)
        scale = self._scale(special=phase is not None)
        self.seen += 1
        ready = self.seen > LEARNING and len(self.ordinary) >= FEWEST
        self._learn(value, cases, weekday, phase, far)
        if not ready:
            return expected, scale, far, None, State.LEARNING.value
        if factor is None:
            return expected, scale, None, None, State.NEW_EVENT.value
        state = State.ORDINARY if phase is None else State.EVENT
        return expected, scale, far, None if far is None else far / scale, state.value

    @property
    def level(self) -> float:
        """The level of an ordinary day."""
        return self.top / self.bottom if self.bottom else 0.0

    def _weight(self, n: float) -> float:
        return 1.0 if self.kind in {Kind.COUNT, Kind.MONEY} else n

    def _weekday(self, weekday: int) -> float:
        ratio, count = self.weekdays.get(weekday, [0.0, 0.0])
        return (ratio + SHRINK) / (count + SHRINK)

    def _factor(self, phase: str | None) -> float | None:
        """What the phase multiplies by; 1 on an ordinary day, None for a phase not seen often enough."""
        if phase is None:
            return 1.0
        brought, usual, count = self.phases.get(phase, (0.0, 0.0, 0))
        prior = {Kind.SHARE: RARE, Kind.MEAN: SHRINK * self.cases * self.level}.get(self.kind, 0.0)
        return (brought + prior) / (usual + prior) if count >= SEEN and usual + prior > 0 else None

    def _scale(self, *, special: bool) -> float:
        floor = 1.0 if self.kind in {Kind.COUNT, Kind.SHARE} else 1e-9
        usual = max(MAD * median(abs(far) for far in self.ordinary), floor) if self.ordinary else max(floor, 1.0)
        if not special:
            return usual
        known = sqrt(sum(far**2 for far in self.special) / len(self.special)) if self.special else 0.0
        return max(usual, known) if len(self.special) >= FEWEST else max(NEW_EVENT * usual, known)

    def _learn(self, value: float, cases: float, weekday: int, phase: str | None, far: float | None) -> None:
        usual, weight = self.level * self._weekday(weekday), self._weight(cases)
        if phase is not None:
            brought, normal, count = self.phases.get(phase, (0.0, 0.0, 0))
            if far is not None and count >= SEEN:
                self.special.append(far)
            self.phases[phase] = (brought + weight * value, normal + weight * usual, count + 1)
            return
        if far is not None:
            scale = self._scale(special=False)
            kept = max(-LIMIT * scale, min(LIMIT * scale, far)) if self.seen > OPENING else far
            value = at_distance(self.kind, usual, kept, n=cases, unit=self.unit)
            self.ordinary.append(far)
        self._weigh(value, weight, weekday)
        self.top = LEVEL * self.top + weight * value / self._weekday(weekday)
        self.bottom = LEVEL * self.bottom + weight

    def _weigh(self, value: float, weight: float, weekday: int) -> None:
        for sums in self.weekdays.values():
            sums[0] *= WEEKDAY
            sums[1] *= WEEKDAY
        if self.level > 0 and self.cases > 0:
            sums = self.weekdays.setdefault(weekday, [0.0, 0.0])
            share = weight / self.cases if self.kind in {Kind.SHARE, Kind.MEAN} else 1.0
            sums[0] += share * value / self.level
            sums[1] += share
