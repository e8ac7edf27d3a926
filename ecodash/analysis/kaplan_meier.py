"""The share who have come back by each day, when some have not been watched for long (Kaplan–Meier).

Assumptions: (1) how long a customer can be watched says nothing about when he returns; (2) customers are independent.
t is days from the first purchase day to the next distinct purchase day, or to the last day of the data. Ties: returns
come before losses from sight.

    S(t) = Π (1 − d/n),  Greenwood g = Σ d / (n(n−d)),  log-log interval S^exp(±z·√g / |ln S|)

Sources: E. L. Kaplan, P. Meier, JASA 53 (1958); M. Greenwood (1926); R. Brookmeyer, J. Crowley, Biometrics 38 (1982)
for the median; J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time Data for the log-log form.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ecodash.analysis.interval import Interval, normal_quantile

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Survival:
    """The curve at its distinct days, one element per day, ascending.

    ``at_risk`` customers were still waited for at the start of ``day``; ``returned`` of them came on it. ``waiting``
    is S, the share not back by the end of the day; ``variance`` is Greenwood's sum.
    """

    day: Floats
    at_risk: Floats
    returned: Floats
    waiting: Floats
    variance: Floats

    @property
    def customers(self) -> int:
        """How many customers the curve rests on."""
        return int(self.at_risk[0]) if len(self.at_risk) else 0

    @property
    def last_day(self) -> float:
        """The longest time anybody was watched; the curve says nothing beyond it. 0 when there are no customers."""
        return float(self.day[-1]) if len(self.day) else 0.0


@dataclass(frozen=True, kw_only=True)
class ReturnedBy:
    """Share back by ``day``: None beyond the last day anybody was watched. ``at_risk`` were watched that long."""

    day: float
    share: float | None
    interval: Interval | None
    at_risk: int


@dataclass(frozen=True, kw_only=True)
class Quantile:
    """The day by which a share of customers is back; each part None when the curve does not get there."""

    day: float | None
    low: float | None
    high: float | None
    level: float


def kaplan_meier(counts: pl.DataFrame) -> Survival:
    """The curve from ``t`` (days ≥ 0), ``returned`` and ``lost`` (customers); any order, days may repeat.

    Returns one element per distinct day; empty arrays when ``counts`` has no rows.
    """
    table = (
        counts.group_by("t")
        .agg(d=pl.col("returned").sum().cast(pl.Float64), c=pl.col("lost").sum().cast(pl.Float64))
        .filter(pl.col("d") + pl.col("c") > 0)
        .sort("t")
        .with_columns(n=(pl.col("d") + pl.col("c")).cum_sum(reverse=True))
    )
    d, n = table["d"].to_numpy(), table["n"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        step = np.where(n > d, d / (n * (n - d)), np.where(d > 0, np.inf, 0.0))
    return Survival(
        day=table["t"].cast(pl.Float64).to_numpy(),
        at_risk=n,
        returned=d,
        waiting=np.cumprod(1 - d / np.where(n > 0, n, 1.0), dtype=np.float64),
        variance=np.cumsum(step),
    )


def log_log_interval(waiting: float, variance: float, *, level: float = 0.95) -> Interval | None:
    """Interval of S; None where S is 0 or 1 and the log-log form does not exist."""
    if not 0 < waiting < 1 or not np.isfinite(variance):
        return None
    power = float(np.exp(normal_quantile(level) * np.sqrt(variance) / abs(np.log(waiting))))
    return Interval(low=waiting**power, high=waiting ** (1 / power), level=level)


def returned_by(curve: Survival, day: float, *, level: float = 0.95) -> ReturnedBy:
    """Share back within ``day`` days with its interval and the customers at risk on that day."""
    if day > curve.last_day or not len(curve.day):
        return ReturnedBy(day=day, share=None, interval=None, at_risk=0)
    at_risk = int(curve.at_risk[np.searchsorted(curve.day, day, "left")])
    index = int(np.searchsorted(curve.day, day, "right")) - 1
    if index < 0:
        return ReturnedBy(day=day, share=0.0, interval=None, at_risk=at_risk)
    waiting = float(curve.waiting[index])
    inside = log_log_interval(waiting, float(curve.variance[index]), level=level)
    interval = Interval(low=1 - inside.high, high=1 - inside.low, level=level) if inside else None
    return ReturnedBy(day=day, share=1 - waiting, interval=interval, at_risk=at_risk)


def quantile(curve: Survival, share: float = 0.5, *, level: float = 0.95) -> Quantile:
    """First day by which ``share`` of customers are back (0.5: the median), with the inverted log-log interval."""
    ends = [
        log_log_interval(float(s), float(v), level=level) for s, v in zip(curve.waiting, curve.variance, strict=True)
    ]
    bounds = [(end.low, end.high) if end else (float(s), float(s)) for end, s in zip(ends, curve.waiting, strict=True)]
    target = 1 - share + 1e-12

    def first(values: list[float]) -> float | None:
        return next((float(day) for day, value in zip(curve.day, values, strict=True) if value <= target), None)

    return Quantile(
        day=first([float(s) for s in curve.waiting]),
        low=first([low for low, _ in bounds]),
        high=first([high for _, high in bounds]),
        level=level,
    )
