"""What known customers will probably buy and be worth within a horizon, and how good that forecast has been so far."""

from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

import polars as pl

from ecodash.analysis.buy_till_you_die import Expected, expected_purchases
from ecodash.analysis.customer_value import ValueModel, fit_value, score
from ecodash.analysis.interval import Interval, normal_quantile
from ecodash.analysis.purchase_history import WEEK, grouped, purchase_histories
from ecodash.analysis.refused import Refused
from ecodash.analysis.value_track_record import Record, hidden_days, track_record
from ecodash.core.period import day_number
from ecodash.metrics.scope import Scope
from ecodash.metrics.value.costs import Costs, costs
from ecodash.metrics.value.purchases import purchase_days

YEAR = 365


@dataclass(frozen=True, kw_only=True, eq=False)
class Past:
    """The forecast put to the test on this shop: ``actual`` purchases of ``customers`` in the hidden last ``days``.

    ``own_rate`` carries each customer's own rate on, ``average`` takes everybody alike. ``tenths``: one row per group of
    like forecasts: customers, forecast, actual, low, high (purchases per customer).
    """

    days: int
    customers: int
    actual: int
    model: Record
    own_rate: Record
    average: Record
    better: bool
    tenths: pl.DataFrame


TENTHS = {"customers": pl.Int64, "forecast": pl.Float64, "actual": pl.Float64, "low": pl.Float64, "high": pl.Float64}


@dataclass(frozen=True, kw_only=True, eq=False)
class Predicted:
    """The next ``days`` after ``as_of`` of ``customers``.

    ``purchases`` of all together with their interval. ``value`` per customer in money, on margin or sales as ``costs``
    say, None when purchase values are not known; its ``interval`` says how well that mean is known, not how customers
    differ. ``alive``: mean chance of still being a customer, None when the data do not show that anybody stops.
    ``dependent``: frequent buyers spend differently per purchase, so that values are doubtful.
    """

    as_of: date
    days: int
    customers: int
    model: str
    purchases: Expected
    value: float | None
    interval: Interval | None
    alive: float | None
    dependent: bool
    costs: Costs
    record: Past | Refused

    @property
    def dropout_found(self) -> bool:
        """Whether the data show that customers stop; otherwise everybody is taken to go on for ever."""
        return self.alive is not None


def scored(here: Scope, *, days: int = YEAR) -> pl.DataFrame | Refused:
    """One row per customer: customer, x, expected_purchases, p_alive, expected_value (margin or sales, in money)."""
    fitted = _fitted(purchase_days(here), day_number(here.window.end))
    if isinstance(fitted, Refused):
        return fitted
    histories, model = fitted
    found = score(histories, model, days=days)
    return found.select(
        "customer", "x", "expected_purchases", "p_alive", expected_value=pl.col("expected_spend") * costs(here).margin
    )


def predicted(here: Scope, *, days: int = YEAR) -> Predicted | Refused:
    """The forecast with its own track record, or why there is none."""
    bought, last = purchase_days(here), day_number(here.window.end)
    fitted = _fitted(bought, last)
    if isinstance(fitted, Refused):
        return fitted
    histories, model = fitted
    found, money = score(histories, model, days=days), costs(here)
    purchases = expected_purchases(model.purchases, grouped(histories), days / WEEK)
    value, alive = found["expected_spend"].mean(), found["p_alive"].mean()
    mean = float(value) * money.margin if isinstance(value, float) else None
    return Predicted(
        as_of=here.window.end,
        days=days,
        customers=histories.height,
        model=model.purchases.model.name,
        purchases=purchases,
        value=mean,
        interval=None if mean is None else _interval(mean, purchases, histories),
        alive=float(alive) if isinstance(alive, float) else None,
        dependent=not isinstance(model.value, Refused) and model.value.dependent,
        costs=money,
        record=_record(bought, last),
    )


def _fitted(bought: pl.DataFrame, last: int) -> tuple[pl.DataFrame, ValueModel] | Refused:
    histories = purchase_histories(bought, last_day=last)
    model = fit_value(histories)
    return model if isinstance(model, Refused) else (histories, model)


def _record(bought: pl.DataFrame, last: int) -> Past | Refused:
    first = bought["day"].min()
    days = hidden_days(int(first) if isinstance(first, int) else last, last)
    found = track_record(bought, last_day=last, days=max(days, 1))
    if isinstance(found, Refused):
        return found
    bounds = [(one.interval.low, one.interval.high) if one.interval else (None, None) for one in found.tenths]
    rows = [(one.customers, one.forecast, one.actual, *ends) for one, ends in zip(found.tenths, bounds, strict=True)]
    return Past(
        days=found.days,
        customers=found.customers,
        actual=found.actual,
        model=found.model,
        own_rate=found.own_rate,
        average=found.average,
        better=found.better,
        tenths=pl.DataFrame(rows, schema=TENTHS, orient="row"),
    )


def _interval(mean: float, purchases: Expected, histories: pl.DataFrame) -> Interval | None:
    """Both uncertainties on the logarithm: of how many purchases, and of what a repeat purchase is worth."""
    inside, worth = purchases.interval, histories["repeat_value"].drop_nulls()
    spread, middle = worth.std(), worth.mean()
    if inside is None or not isinstance(spread, float) or not isinstance(middle, float) or middle <= 0:
        return None
    often = (inside.high / purchases.purchases) if purchases.purchases > 0 else 1.0
    half = sqrt(log(often) ** 2 + (normal_quantile(0.95) * spread / middle / sqrt(len(worth))) ** 2)
    ends = sorted((mean * exp(-half), mean * exp(half)))
    return Interval(low=ends[0], high=ends[1])
