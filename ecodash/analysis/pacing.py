"""How much of a month's sum should have come in by a day, and where the month ends if it goes on like this.

**Weights of days.** A day weighs its weekday's usual share of the level around it, times the multiplier of the event
phase it lies in. The level of a day is the mean of the ordinary days among the 28 around it; a weekday's weight is the
mean of value ÷ level over its ordinary days; a phase's multiplier the mean of value ÷ (level × weekday weight) over
its past days. A phase never seen weighs like an ordinary day, and is named. Below eight weeks of ordinary days every
day weighs the same.

**Where the month ends.** So much after a share e of the weights makes so much · (1 − e) / e more. How far off that was
in earlier months, each judged only by what was known before it, gives the interval: with x the log of what still came
÷ what was expected to come, s² = Σ x² / k over k months, the rest lies within exp(± t · s · √(1 + 1/k)), t Student's
with k degrees of freedom. Source: R. Hyndman, G. Athanasopoulos, Forecasting: Principles and Practice, §5.5 (intervals
from residuals of past forecasts). No interval from fewer than three months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log, sqrt

from scipy.special import stdtrit

from ecodash.analysis.interval import Interval

WEEK = 7
WEEKS = 8
AROUND = 4 * WEEK  # whole weeks, so that no weekday weighs more in a level
FEWEST_MONTHS = 3
LEVEL = 0.8


@dataclass(frozen=True, kw_only=True)
class PacedDay:
    """A day as the pace sees it: ``weekday`` 1–7, ``phase`` of an event or None on an ordinary day."""

    weekday: int
    phase: str | None = None


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What history says a day weighs. ``flat``: too little history to say anything. ``days``: ordinary days it rests on."""

    flat: bool
    days: int
    weekdays: Mapping[int, float] = field(default_factory=dict)
    phases: Mapping[str, float] = field(default_factory=dict)

    def weight(self, day: PacedDay) -> float:
        """What a day weighs; 1 on an average ordinary day."""
        if self.flat:
            return 1.0
        return self.weekdays.get(day.weekday, 1.0) * (self.phases.get(day.phase, 1.0) if day.phase else 1.0)

    def share(self, days: Sequence[PacedDay], elapsed: int) -> float:
        """The share of the weights of ``days`` that the first ``elapsed`` carry; 0 where nothing weighs anything."""
        weights = [self.weight(day) for day in days]
        return sum(weights[:elapsed]) / sum(weights) if sum(weights) > 0 else 0.0


def profile(values: Sequence[float], days: Sequence[PacedDay]) -> Profile:
    """The profile of consecutive days and what they brought."""
    ordinary = [day.phase is None for day in days]
    count = sum(ordinary)
    if count < WEEKS * WEEK:
        return Profile(flat=True, days=count)
    levels = _levels(values, ordinary)
    ratios = [value / level if level else None for value, level in zip(values, levels, strict=True)]
    weekdays: dict[int, list[float]] = {}
    for ratio, day, plain in zip(ratios, days, ordinary, strict=True):
        if plain and ratio is not None:
            weekdays.setdefault(day.weekday, []).append(ratio)
    weights = {weekday: max(0.0, sum(found) / len(found)) for weekday, found in weekdays.items()}
    phases: dict[str, list[float]] = {}
    for ratio, day in zip(ratios, days, strict=True):
        usual = weights.get(day.weekday, 0.0)
        if day.phase and ratio is not None and usual > 0:
            phases.setdefault(day.phase, []).append(ratio / usual)
    multipliers = {phase: max(0.0, sum(found) / len(found)) for phase, found in phases.items()}
    return Profile(flat=False, days=count, weekdays=weights, phases=multipliers)


def _levels(values: Sequence[float], ordinary: Sequence[bool]) -> list[float | None]:
    """Mean of the ordinary days around each day; None where there are none or they bring nothing."""
    sums, counts = [0.0], [0]
    for value, plain in zip(values, ordinary, strict=True):
        sums.append(sums[-1] + (value if plain else 0.0))
        counts.append(counts[-1] + plain)
    found: list[float | None] = []
    for i in range(len(values)):
        first = min(max(0, i - AROUND // 2), max(0, len(values) - AROUND))
        last = min(len(values), first + AROUND)
        n, total = counts[last] - counts[first], sums[last] - sums[first]
        found.append(total / n if n and total > 0 else None)
    return found


@dataclass(frozen=True, kw_only=True)
class PastMonth:
    """What an earlier month had brought by the same day, what it brought in all, and the share expected by then."""

    so_far: float
    total: float
    share: float

    @property
    def miss(self) -> float | None:
        """Log of what still came ÷ what was expected to come; None where either is nothing."""
        expected = self.so_far * (1 - self.share) / self.share if self.share > 0 else 0.0
        came = self.total - self.so_far
        return log(came / expected) if came > 0 and expected > 0 else None


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Where a month ends: the point, its interval (None from fewer than three months), how many months it rests on."""

    value: float
    interval: Interval | None
    months: int


def ending(so_far: float, share: float, past: Sequence[PastMonth]) -> Ending | None:
    """Where a month ends that brought ``so_far`` by the time ``share`` was expected; None while nothing was expected."""
    if share <= 0:
        return None
    more = so_far * (1 - share) / share
    misses = [miss for month in past if (miss := month.miss) is not None]
    if len(misses) < FEWEST_MONTHS or more <= 0:
        return Ending(value=so_far + max(more, 0.0), interval=None, months=len(misses))
    spread = sqrt(sum(miss * miss for miss in misses) / len(misses)) * sqrt(1 + 1 / len(misses))
    reach = float(stdtrit(len(misses), (1 + LEVEL) / 2)) * spread
    inside = Interval(low=so_far + more * exp(-reach), high=so_far + more * exp(reach), level=LEVEL)
    return Ending(value=so_far + more, interval=inside, months=len(misses))
