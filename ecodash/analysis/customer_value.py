"""What each customer is likely to buy and spend within a horizon: Pareto/NBD times Gamma-Gamma.

Falls back to MBG/NBD where Pareto/NBD does not converge. Customers with the same history are scored once. The value is
before discounting unless a yearly ``discount`` is given; then each month's purchases count 1/(1 + d)^(month/12).
Source: P. Fader, B. Hardie, K. L. Lee, RFM and CLV, J. Marketing Research 42 (2005).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from ecodash.analysis import gamma_gamma
from ecodash.analysis.buy_till_you_die import Fit, fit
from ecodash.analysis.gamma_gamma import GammaGamma
from ecodash.analysis.mbg_nbd import MBG_NBD
from ecodash.analysis.pareto_nbd import PARETO_NBD
from ecodash.analysis.purchase_history import KEY, WEEK, distinct, grouped
from ecodash.analysis.refused import Reason, Refused

MONTH = 365.25 / 12


@dataclass(frozen=True, kw_only=True, eq=False)
class ValueModel:
    """How often (``purchases``) and how much (``value``, or why that is not known)."""

    purchases: Fit
    value: GammaGamma | Refused


def fit_value(histories: pl.DataFrame, *, seed: int = 0) -> ValueModel | Refused:
    """Both models from a table of ``purchase_histories``; refused when the first cannot be fitted."""
    known = grouped(histories)
    found = fit(PARETO_NBD, known, seed=seed)
    if isinstance(found, Refused) and found.reason is Reason.NOT_CONVERGED:
        found = fit(MBG_NBD, known, seed=seed)
    if isinstance(found, Refused):
        return found
    x, value = histories["x"].cast(pl.Float64).to_numpy(), histories["repeat_value"].cast(pl.Float64).to_numpy()
    return ValueModel(purchases=found, value=gamma_gamma.fit(x, value, seed=seed))


def score(histories: pl.DataFrame, model: ValueModel, *, days: int, discount: float = 0.0) -> pl.DataFrame:
    """One row per customer of ``histories``: expected_purchases, p_alive, expected_value and expected_spend.

    ``days`` is the horizon. p_alive is null when no dropout was found; the values are null when value is not known.
    """
    found, known = model.purchases, grouped(histories)
    columns = distinct(histories).select(KEY)
    if known.total == 0:
        forecasts = columns.with_columns(pl.lit(None, pl.Float64).alias(name) for name in _FORECAST)
        return _with_value(histories.join(forecasts, on=KEY, how="left", maintain_order="left"), model)
    ends = np.append(np.arange(MONTH, days, MONTH), float(days)) if discount else np.array([float(days)])
    steps = np.diff(found.model.expected(found.values, known, (ends / WEEK).tolist()), axis=0, prepend=0.0)
    worth = (1 + discount) ** -(ends / 365.25)
    alive = None
    if found.dropout_found and found.model.p_alive is not None:
        alive = found.model.p_alive(found.values, known)
    forecasts = columns.with_columns(
        expected_purchases=pl.Series(steps.sum(axis=0)),
        p_alive=pl.lit(None, pl.Float64) if alive is None else pl.Series(alive),
        discounted=pl.Series(worth @ steps),
    )
    return _with_value(histories.join(forecasts, on=KEY, how="left", maintain_order="left"), model)


_FORECAST = ("expected_purchases", "p_alive", "discounted")


def _with_value(scored: pl.DataFrame, model: ValueModel) -> pl.DataFrame:
    if isinstance(model.value, Refused):
        nothing = pl.lit(None, pl.Float64)
        return scored.drop("discounted").with_columns(expected_value=nothing, expected_spend=nothing)
    x, value = scored["x"].cast(pl.Float64).to_numpy(), scored["repeat_value"].fill_null(0.0).to_numpy()
    worth = pl.Series(gamma_gamma.expected_value(model.value, x, value)).fill_nan(None)
    return (
        scored.with_columns(expected_value=worth)
        .with_columns(expected_spend=pl.col("discounted") * pl.col("expected_value"))
        .drop("discounted")
    )
