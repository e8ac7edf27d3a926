"""After how many days of silence a customer of this shop counts as lapsed.

Of all returns seen within the horizon of a purchase, ``lapsed`` (90 %) come by the lapse point and ``at_risk`` (75 %) by
the point where worrying begins. Silence of customers still being watched counts for as long as it has lasted
(Kaplan–Meier), so a young shop does not look faster than it is. Assumption: waits are alike whenever they begin. The
horizon is the longest wait that at least 30 purchases were watched for; what comes after it is not known, so the point
grows with the history. Sources: E. L. Kaplan, P. Meier, JASA 53 (1958); K. Wolter, Introduction to Variance Estimation,
ch. 4, for the jackknife interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ecodash.analysis.clustered_survival import waiting_at
from ecodash.analysis.interval import Interval, normal_quantile
from ecodash.analysis.kaplan_meier import Survival
from ecodash.analysis.refused import Reason, Refused
from ecodash.analysis.restricted_mean import longest_horizon
from ecodash.core.text import Text

AT_RISK, LAPSED, LEAST_RETURNS = 0.75, 0.9, 50


@dataclass(frozen=True, kw_only=True)
class LapsePoint:
    """Days of silence: up to ``at_risk_after`` active, up to ``lapsed_after`` at risk, then lapsed.

    ``interval`` is of ``lapsed_after`` (None without groups to leave out). ``returned`` is the share of purchases followed
    by another within ``horizon`` days.
    """

    at_risk_after: int
    lapsed_after: int
    interval: Interval | None
    returned: float
    horizon: int


def lapse_point(
    curve: Survival, without: Sequence[Survival] = (), *, at_risk: float = AT_RISK, lapsed: float = LAPSED
) -> LapsePoint | Refused:
    """From the curve of waits from each purchase to the next.

    ``without`` are the curves with one random group of customers left out, for the interval. Refused with fewer than 50
    returns.
    """
    horizon = longest_horizon(curve)
    if float(curve.returned[curve.day <= horizon].sum()) < LEAST_RETURNS:
        text = Text(
            "复购次数不足 {n} 次，还看不出这家店的流失点。",
            "Fewer than {n} returns: the lapse point of this shop cannot be seen yet.",
        )
        return Refused(Reason.NO_RETURNS, text.format(n=LEAST_RETURNS))
    return LapsePoint(
        at_risk_after=_day_of(curve, horizon, at_risk),
        lapsed_after=_day_of(curve, horizon, lapsed),
        interval=_interval(curve, without, horizon, lapsed),
        returned=1 - waiting_at(curve, horizon),
        horizon=int(horizon),
    )


def _day_of(curve: Survival, horizon: float, share: float) -> int:
    """First day by which ``share`` of those back by the horizon are back."""
    back = (1 - curve.waiting) / (1 - waiting_at(curve, horizon))
    return int(curve.day[int(np.argmax(back >= share - 1e-12))])


def _interval(curve: Survival, without: Sequence[Survival], horizon: float, share: float) -> Interval | None:
    """Woodruff's way: an interval of the share back by the point, read off as days."""
    if len(without) <= 1:
        return None
    day = _day_of(curve, horizon, share)
    moved = np.array([(1 - waiting_at(one, day)) / (1 - waiting_at(one, horizon)) for one in without])
    variance = (len(moved) - 1) / len(moved) * float(((moved - moved.mean()) ** 2).sum())
    half = normal_quantile(0.95) * variance**0.5
    ends = [_day_of(curve, horizon, min(max(share + sign * half, 0.0), 1.0)) for sign in (-1, 1)]
    return Interval(low=float(ends[0]), high=float(ends[1]))


def standing(silence: pl.Expr, point: LapsePoint) -> pl.Expr:
    """``active``, ``at_risk`` or ``lapsed`` from the days since the last purchase; null stays null."""
    return (
        pl.when(silence.is_null())
        .then(None)
        .when(silence <= point.at_risk_after)
        .then(pl.lit("active"))
        .when(silence <= point.lapsed_after)
        .then(pl.lit("at_risk"))
        .otherwise(pl.lit("lapsed"))
    )
