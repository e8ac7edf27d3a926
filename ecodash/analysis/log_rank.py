"""Log-rank test of whether two or more groups come back at the same pace.

Assumptions: watching ends for reasons unrelated to returning; the hazards do not cross (otherwise little power). With
``stratum`` the comparison is made within each stratum and added up. Source: N. Mantel (1966); R. Peto, J. Peto (1972).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import chdtrc

Table = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class LogRank:
    """χ² with ``freedom`` degrees of freedom; returns observed and expected per group. ``p`` None without any return."""

    chi_square: float | None
    freedom: int
    p: float | None
    observed: dict[str, float]
    expected: dict[str, float]


def log_rank(counts: pl.DataFrame) -> LogRank:
    """Compare the groups in ``group``: columns group, t, returned, lost and, if wanted, stratum.

    Raises ValueError with fewer than two groups.
    """
    if "stratum" not in counts.columns:
        counts = counts.with_columns(stratum=pl.lit("all"))
    groups = sorted(counts["group"].unique().to_list())
    if len(groups) <= 1:
        raise ValueError("a comparison needs two groups")
    observed, expected = np.zeros(len(groups)), np.zeros(len(groups))
    spread: Table = np.zeros((len(groups), len(groups)))
    for part in counts.partition_by("stratum"):
        o, e, v = _stratum(part, groups)
        observed, expected, spread = observed + o, expected + e, spread + v
    chi_square = _quadratic((observed - expected)[:-1], spread[:-1, :-1])
    freedom = len(groups) - 1
    return LogRank(
        chi_square=chi_square,
        freedom=freedom,
        p=None if chi_square is None else float(chdtrc(freedom, chi_square)),
        observed=dict(zip(groups, observed.tolist(), strict=True)),
        expected=dict(zip(groups, expected.tolist(), strict=True)),
    )


def _stratum(part: pl.DataFrame, groups: list[str]) -> tuple[Table, Table, Table]:
    """Observed, expected and covariance within one stratum."""
    days = part.select("t").unique().sort("t")
    columns = []
    for group in groups:
        one = part.filter(pl.col("group") == group).group_by("t").agg(pl.col("returned", "lost").sum())
        columns.append(days.join(one, on="t", how="left").fill_null(0).sort("t"))
    d = np.stack([c["returned"].to_numpy() for c in columns], axis=1).astype(float)
    left = d + np.stack([c["lost"].to_numpy() for c in columns], axis=1)
    n = left[::-1].cumsum(axis=0)[::-1]
    dt, nt = d.sum(axis=1), n.sum(axis=1)
    share = n / nt[:, None]
    factor = np.where(nt > 1, dt * (nt - dt) / np.maximum(nt - 1, 1), 0.0)
    spread = np.diag((factor[:, None] * share).sum(axis=0)) - (share * factor[:, None]).T @ share
    return d.sum(axis=0), (share * dt[:, None]).sum(axis=0), spread


def _quadratic(difference: Table, spread: Table) -> float | None:
    """u'V⁺u; None when nothing varies."""
    if not np.any(spread > 0):
        return None
    return float(difference @ np.linalg.pinv(spread) @ difference)
