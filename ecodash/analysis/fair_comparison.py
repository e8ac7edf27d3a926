"""Comparable customers with and without a status: one adjusted difference and everything needed to judge it.

From a landmark table (or a table with the status at the first order): the plain difference beside the adjusted one,
for the overlap population first; balance before and after; overlap and effective sample; how strong an unseen cause
would have to be; and the same machine run on an outcome the status cannot have moved (placebo). It refuses where
nothing honest can be said. Observational: the words are "comparable customers", never "caused".
Method: doubly_robust, cross_fitting, overlap, balance, e_value (each names its source).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ecodash.analysis.balance import Balance, balance
from ecodash.analysis.covariates import Covariates, covariates
from ecodash.analysis.cross_fitting import (
    Learner,
    Predictions,
    Progress,
    cut,
    deal,
    expected_outcomes,
    status_chances,
)
from ecodash.analysis.difference import Difference
from ecodash.analysis.doubly_robust import Effect, Population, doubly_robust
from ecodash.analysis.e_value import EValue, e_values
from ecodash.analysis.interval import Interval
from ecodash.analysis.overlap import Overlap, overlap, overlap_weights
from ecodash.analysis.refused import Reason, Refused
from ecodash.analysis.risk_difference import Arm, mean_difference, risk_difference
from ecodash.core.estimate import Caveat
from ecodash.core.text import Text

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_CUSTOMERS, LEAST_OUTCOMES, FEW_CUSTOMERS = 100, 20, 800
LEAST_OVERLAP, LEAST_EFFECTIVE, MOST_OUTSIDE = 0.1, 50, 0.1


@dataclass(frozen=True, kw_only=True)
class Design:
    """Names of columns: ``status`` (0/1), ``outcome`` (0/1 or an amount), ``covariates`` known before the outcome.

    ``placebo``: an outcome that was settled before the status could matter. ``cluster``: rows of one customer belong
    together. ``learner``, ``folds`` and ``seed`` of the cross-fitting; the same seed gives the same numbers.
    """

    covariates: tuple[str, ...]
    status: str = "status"
    outcome: str = "returned"
    placebo: str | None = None
    cluster: str | None = None
    learner: Learner = Learner.REGRESSION
    folds: int = 5
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """``plain`` is the unadjusted difference; ``effect`` the adjusted one for the overlap population (the headline).

    ``everyone`` and ``having`` are the effects for all customers and for those with the status; None when more than
    10 % of customers have a chance of the status below 5 % or above 95 %. ``e_values`` None unless the outcome is a
    share. ``placebo`` should be about 0. ``caveats`` must be shown with the number.
    """

    with_status: int
    without_status: int
    plain: Difference
    effect: Effect
    everyone: Effect | None
    having: Effect | None
    overlap: Overlap
    balance: tuple[Balance, ...]
    e_values: EValue | None
    placebo: Effect | None
    caveats: tuple[Caveat, ...]


def compare(table: pl.DataFrame, design: Design, *, progress: Progress | None = None) -> Comparison | Refused:
    """The comparison, or why there is none. ``progress`` is told the share of the work done, up to 1.

    Raises ValueError when a status or an outcome is missing: who is not known must be left out before.
    """
    needed = [name for name in (design.status, design.outcome, design.placebo) if name is not None]
    if any(table[name].null_count() for name in needed):
        raise ValueError(f"missing values in one of {', '.join(needed)}")
    status = table[design.status].cast(pl.Int64).to_numpy()
    outcome = table[design.outcome].cast(pl.Float64).to_numpy()
    refused = _too_few(status, outcome)
    if refused is not None:
        return refused
    cluster = None if design.cluster is None else table[design.cluster].rank("dense").cast(pl.Int64).to_numpy()
    known = covariates(table, design.covariates)
    fold = deal(status, outcome, folds=design.folds, seed=design.seed, cluster=cluster)
    folds = cut(known.matrix, status, fold, learner=design.learner)
    chance = status_chances(folds, progress=_part(progress, 0.0, 0.3))
    common = overlap(status, chance)
    refused = _no_overlap(common)
    if refused is not None:
        return refused

    def effect_on(y: Floats, part: Progress | None) -> Callable[[Population], Effect]:
        without, having = expected_outcomes(folds, y, progress=part)
        predicted = Predictions(status=chance, without=without, having=having)
        return lambda population: doubly_robust(status, y, predicted, population=population, cluster=cluster)

    middle = 1.0 if design.placebo is None else 0.65
    effects = effect_on(outcome, _part(progress, 0.3, middle))
    placebo = None
    if design.placebo is not None:
        before = table[design.placebo].cast(pl.Float64).to_numpy()
        placebo = effect_on(before, _part(progress, middle, 1.0))(Population.OVERLAP)
    return _told(status, outcome, common, (effects, placebo), _balance(known, status, chance))


def _told(
    status: Ints,
    outcome: Floats,
    common: Overlap,
    found: tuple[Callable[[Population], Effect], Effect | None],
    alike: tuple[Balance, ...],
) -> Comparison:
    effects, placebo = found
    effect, share = effects(Population.OVERLAP), _is_share(outcome)
    extreme = common.outside > MOST_OUTSIDE
    ratios = None
    if share and effect.lift is not None and effect.lift_interval is not None:
        around = Interval(low=1 + effect.lift_interval.low, high=1 + effect.lift_interval.high)
        ratios = e_values(1 + effect.lift, around)
    return Comparison(
        with_status=int(status.sum()),
        without_status=int((1 - status).sum()),
        plain=plain_difference(status, outcome),
        effect=effect,
        everyone=None if extreme else effects(Population.EVERYONE),
        having=None if extreme else effects(Population.HAVING),
        overlap=common,
        balance=alike,
        e_values=ratios,
        placebo=placebo,
        caveats=_caveats(len(status), alike, placebo),
    )


def plain_difference(status: Ints, outcome: Floats) -> Difference:
    """The unadjusted difference with − without the status; both arms must have at least two customers."""
    arms = []
    for value in (1, 0):
        y = outcome[status == value]
        arms.append(Arm(n=len(y), total=float(y.sum()), squares=float(y @ y)))
    found = risk_difference(*arms) if _is_share(outcome) else mean_difference(*arms)
    if found is None:
        raise ValueError("an arm without customers")
    return found


def _is_share(outcome: Floats) -> bool:
    return bool(((outcome == 0) | (outcome == 1)).all())


def _part(progress: Progress | None, start: float, end: float) -> Progress | None:
    return None if progress is None else lambda share: progress(start + share * (end - start))


def _balance(known: Covariates, status: Ints, chance: Floats) -> tuple[Balance, ...]:
    return balance(known, status, overlap_weights(status, chance))


def _too_few(status: Ints, outcome: Floats) -> Refused | None:
    """A reason when an arm has too few customers, or too few with or without the outcome."""
    with_status, without_status = int((status == 1).sum()), int((status == 0).sum())
    if min(with_status, without_status) < LEAST_CUSTOMERS:
        text = Text(
            "可比的顾客太少：有该身份 {a} 人，没有 {b} 人；每组至少要 {least} 人。",
            "Too few customers: {a} with the status, {b} without; each group needs at least {least}.",
        )
        return Refused(Reason.TOO_FEW_CUSTOMERS, text.format(a=with_status, b=without_status, least=LEAST_CUSTOMERS))
    for value in (1, 0):
        hit = outcome[status == value] > 0
        rarer = int(min(hit.sum(), (~hit).sum()) if _is_share(outcome) else hit.sum())
        if rarer < LEAST_OUTCOMES:
            text = Text(
                "结果太单一：有一组里，买了或没买的顾客只有 {n} 人；至少要 {least} 人才能比较。",
                "The outcome hardly varies: in one group only {n} customers bought or did not buy; it takes {least}.",
            )
            return Refused(Reason.TOO_FEW_OUTCOMES, text.format(n=rarer, least=LEAST_OUTCOMES))
    return None


def _no_overlap(common: Overlap) -> Refused | None:
    """A reason when hardly any customer of one group is like one of the other."""
    effective = min(common.effective_with, common.effective_without)
    if common.coefficient >= LEAST_OVERLAP and effective >= LEAST_EFFECTIVE:
        return None
    text = Text(
        "两组顾客几乎没有相似的人（重叠 {share:.0%}，有效样本 {n:.0f} 人），比较没有意义。可以换一个时点，或先按渠道、品类筛选后再比。",
        "The two groups have hardly any customers alike (overlap {share:.0%}, effective sample {n:.0f}), so a comparison "
        "would mean nothing. Try another landmark day, or filter by channel or category first.",
    )
    return Refused(Reason.NO_OVERLAP, text.format(share=common.coefficient, n=effective))


def _caveats(n: int, alike: tuple[Balance, ...], placebo: Effect | None) -> tuple[Caveat, ...]:
    found = []
    if n < FEW_CUSTOMERS:
        text = Text(
            "只有 {n} 位顾客，区间可能偏窄，请当作参考。",
            "Only {n} customers: the interval may be too narrow; take it as a hint.",
        )
        found.append(Caveat("few_customers", text.format(n=n)))
    left = sum(row.unbalanced for row in alike)
    if left:
        text = Text(
            "调整之后仍有 {n} 项特征相差较大（标准化差异超过 0.1）。",
            "After adjustment {n} characteristics still differ (standardised difference above 0.1).",
        )
        found.append(Caveat("unbalanced", text.format(n=left)))
    if placebo is not None and not placebo.interval.contains(0):
        text = Text(
            "安慰剂检验没有通过：身份不可能影响的结果也出现了差异，说明还有没看到的原因。",
            "The placebo check failed: an outcome the status cannot have moved differs too, so an unseen cause remains.",
        )
        found.append(Caveat("placebo", text))
    return tuple(found)
