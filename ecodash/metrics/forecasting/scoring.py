"""A published forecast held against what came: "we said 410–520, it was 495"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ecodash.core.period import Period
from ecodash.metrics.forecasting.question import By

Ends = tuple[object, object]


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said of one key: the daily ``path`` from ``first`` on with 80 % ends, and the sum with its ends."""

    key: str
    name: str
    level: By
    path: tuple[float, ...]
    whole: Mapping[str, float | None]
    first: date
    steps: tuple[Ends, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """``expected`` and ``came`` over the days that are over (``days``); ``done`` when that is the whole horizon.

    ``low``/``high`` bound the sum at 80 % and ``inside`` says whether it came to lie there: both only once it is done,
    None without an interval. ``error`` is (expected − came) ÷ came, None when nothing came. ``changed`` is what a
    person expected instead over the whole horizon, ``changed_error`` its error once it is done.
    """

    key: str
    name: str
    level: By
    days: Period
    done: bool
    expected: float
    came: float
    low: float | None
    high: float | None
    inside: bool | None
    error: float | None
    changed: float | None
    changed_error: float | None


def outcome(said: Said, came: float, over: Period, changed: float | None) -> Outcome:
    """What came of one key over the days that are over."""
    done = over.days >= len(said.path)
    expected = sum(said.path[: over.days])
    low, high = said.whole.get("low_80"), said.whole.get("high_80")
    known = done and low is not None and high is not None
    return Outcome(
        key=said.key,
        name=said.name,
        level=said.level,
        days=over,
        done=done,
        expected=expected,
        came=came,
        low=low,
        high=high,
        inside=low <= came <= high if known and low is not None and high is not None else None,
        error=(expected - came) / came if came else None,
        changed=changed,
        changed_error=(changed - came) / came if done and came and changed is not None else None,
    )
