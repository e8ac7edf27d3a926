"""The adjusted reading: among comparable customers, how many more of those with the status buy in (L, L + W].

The status is frozen L days after the first purchase; orders, spend and recency up to then, the first order (value,
discount, channel, category, month) and the region are held equal. Words: comparable customers, never "caused".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ecodash.analysis.doubly_robust import Effect
from ecodash.analysis.fair_comparison import Comparison, Design, compare
from ecodash.analysis.interval import Interval
from ecodash.analysis.landmark import BEFORE, landmark_table
from ecodash.analysis.landmark_curve import AtLandmark, landmark_curve
from ecodash.analysis.refused import Reason, Refused
from ecodash.core.estimate import Caveat, Estimate, Status
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.comparable.contrast import Contrast, Progress, valued
from ecodash.metrics.comparable.watched import EARLY_WEEK, KNOWN, count_watched, watched

LANDMARK, WINDOW = 30, 90
CURVE = (7, 14, 21, 30, 45, 60, 90)
MOST_ON_CURVE, BUCKETS = 50_000, 64
MONEY = "spend_after"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Landmark day, days watched after it, and whether money spent in them is compared too."""

    landmark: int = LANDMARK
    window: int = WINDOW
    money: bool = False


@dataclass(frozen=True, kw_only=True)
class Adjusted:
    """``share``: bought again or not; ``money``: spent per customer, None unless planned.

    ``points``, ``relative`` and ``value`` are the same as estimates. ``left_out`` customers came through ``channels`` in
    which one of the groups does not exist.
    """

    plan: Plan
    share: Comparison | Refused
    money: Comparison | Refused | None
    points: Estimate
    relative: Estimate
    value: Estimate | None
    left_out: int
    channels: tuple[str, ...]


def covariates(contrast: Contrast) -> tuple[str, ...]:
    """What is held equal."""
    return (*BEFORE, *KNOWN, *contrast.exposure.more)


def adjusted(contrast: Contrast, plan: Plan, *, progress: Progress | None = None) -> Adjusted:
    """The comparison with its estimates; where it refuses, they say why."""
    return _adjusted(contrast, plan, progress, sampled=False)


def _adjusted(contrast: Contrast, plan: Plan, progress: Progress | None, *, sampled: bool) -> Adjusted:
    buckets = _buckets(contrast, landmark=plan.landmark, window=plan.window) if sampled else None
    seen = watched(contrast, landmark=plan.landmark, window=plan.window, buckets=buckets)
    watch, design = seen.watch, Design(covariates=covariates(contrast), placebo=EARLY_WEEK)
    table = landmark_table(
        watch.customers, watch.purchases, landmark=plan.landmark, window=plan.window, last_day=watch.last_day
    )
    part = 0.55 if plan.money else 1.0
    share = compare(table, design, progress=_part(progress, 0.0, part))
    spent = replace(design, outcome=MONEY, placebo=None)
    money = compare(table, spent, progress=_part(progress, part, 1.0)) if plan.money else None
    return Adjusted(
        plan=plan,
        share=share,
        money=money,
        points=_estimate(contrast, plan, share, Unit.POINTS),
        relative=_estimate(contrast, plan, share, Unit.RATIO),
        value=None if money is None else _estimate(contrast, plan, money, Unit.MONEY_PER_BUYER),
        left_out=seen.left_out,
        channels=seen.channels,
    )


def over_windows(
    contrast: Contrast, plan: Plan, windows: Sequence[int], *, progress: Progress | None = None
) -> tuple[Adjusted, ...]:
    """The comparison for several windows after the landmark, on at most about 50,000 customers each."""
    found = []
    for index, window in enumerate(windows):
        part = _part(progress, index / len(windows), (index + 1) / len(windows))
        found.append(_adjusted(contrast, replace(plan, window=window, money=False), part, sampled=True))
    return tuple(found)


def over_landmarks(
    contrast: Contrast, plan: Plan, landmarks: Sequence[int] = CURVE, *, progress: Progress | None = None
) -> tuple[AtLandmark, ...]:
    """The adjusted difference for several landmark days, on at most about 50,000 customers."""
    buckets = _buckets(contrast, landmark=min(landmarks), window=plan.window)
    seen = watched(contrast, landmark=min(landmarks), window=plan.window, buckets=buckets, reach=max(landmarks))
    return landmark_curve(seen.watch, Design(covariates=covariates(contrast)), landmarks, progress=progress)


def _buckets(contrast: Contrast, *, landmark: int, window: int) -> int | None:
    """How many of the 64 buckets of customers make about 50,000; None for all."""
    people = count_watched(contrast, landmark=landmark, window=window)
    return None if people <= MOST_ON_CURVE else max(1, BUCKETS * MOST_ON_CURVE // people)


def effect_of(found: Comparison | Refused | None) -> Effect | None:
    """The effect among comparable customers; None where there is no answer."""
    return found.effect if isinstance(found, Comparison) else None


def _part(progress: Progress | None, start: float, end: float) -> Progress | None:
    return None if progress is None else lambda share: progress(start + share * (end - start))


def _estimate(contrast: Contrast, plan: Plan, found: Comparison | Refused, unit: Unit) -> Estimate:
    definition = f"landmark_{plan.landmark}d_{plan.window}d"
    name = {Unit.POINTS: "pts_adj", Unit.RATIO: "adj"}.get(unit, "value_adj")
    blank = contrast.blank(f"{contrast.exposure.metric}_repurchase_lift_{name}", definition, unit)
    if isinstance(found, Refused):
        status = Status.NOT_APPLICABLE if found.reason is Reason.NO_OVERLAP else Status.IMMATURE
        return replace(blank, status=status, reason=found.text)
    whole = replace(blank, n=found.effect.n, warnings=(*_comparable(), *found.caveats, *contrast.warnings()))
    effect = found.effect
    if unit is not Unit.RATIO:
        return valued(whole, effect.difference, effect.interval)
    if effect.lift is None:
        reason = Text(
            "对照组没有人再次购买，没有可除的数。", "Nobody of the other group came back: nothing to divide by."
        )
        return replace(whole, status=Status.EMPTY, reason=reason)
    return valued(whole, effect.lift, effect.lift_interval or Interval(low=effect.lift, high=effect.lift))


def _comparable() -> tuple[Caveat, ...]:
    words = Text(
        "只让已知特征相同的顾客相比，没有记录的原因排除不了；这不是“因为有了身份才多买”的证明。",
        "Customers alike in what is recorded are compared; causes nobody recorded remain. It proves no effect.",
    )
    return (Caveat("comparable", words),)
