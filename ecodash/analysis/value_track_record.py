"""How well the value model would have done on this very shop: learn from the past, forecast what is known by now.

The last ``days`` are hidden. The model learns from what came before, forecasts each customer's purchases in the hidden
days, and is compared with what he then bought; so are two forecasts without a model: his own rate carried on (x / T),
and the same average for everybody (repeat purchases per day watched). Measures: total error (forecast /
actual − 1), mean absolute error per customer, and forecast against actual by tenths of the forecast. Only customers who
first bought before the hidden days. Source: P. Fader, B. Hardie, K. L. Lee, Marketing Science 24 (2005), §5.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ecodash.analysis.customer_value import ValueModel, fit_value, score
from ecodash.analysis.interval import Interval
from ecodash.analysis.purchase_history import purchase_histories
from ecodash.analysis.ratio_interval import ClusterSums, ratio_interval
from ecodash.analysis.refused import Reason, Refused
from ecodash.core.text import Text

Floats = NDArray[np.float64]

TENTHS = 10


@dataclass(frozen=True, kw_only=True)
class Record:
    """One way of forecasting: ``bias`` = forecast / actual − 1 of the total; ``mae`` in purchases per customer."""

    forecast: float
    bias: float
    mae: float
    rmse: float


@dataclass(frozen=True, kw_only=True)
class Tenth:
    """Customers with about the same forecast: mean forecast and mean actual purchases with its interval."""

    customers: int
    forecast: float
    actual: float
    interval: Interval | None


@dataclass(frozen=True, kw_only=True, eq=False)
class TrackRecord:
    """``actual`` purchases of ``customers`` in the hidden ``days``, and how each forecast did.

    ``tenths`` are those of the model, lowest forecast first.
    """

    days: int
    customers: int
    actual: int
    model: Record
    own_rate: Record
    average: Record
    tenths: tuple[Tenth, ...]
    fitted: ValueModel

    @property
    def better(self) -> bool:
        """Whether the model beats both forecasts without a model on mean absolute error."""
        return self.model.mae < min(self.own_rate.mae, self.average.mae)


def hidden_days(first_day: int, last_day: int) -> int:
    """How many days to hide: a quarter of the calendar the data cover."""
    return (last_day - first_day + 1) // 4


def track_record(purchases: pl.DataFrame, *, last_day: int, days: int, seed: int = 0) -> TrackRecord | Refused:
    """The record, or why there is none: the model cannot be fitted, or nobody bought in the hidden days.

    ``purchases``: customer, day (number), value, one row per order. Raises ValueError unless 0 < days.
    """
    if days <= 0:
        raise ValueError(f"nothing is hidden by {days} days")
    split = last_day - days
    before = purchase_histories(purchases, last_day=split)
    model = fit_value(before, seed=seed)
    if isinstance(model, Refused):
        return model
    later = purchases.filter(pl.col("day").is_between(split, last_day, closed="right"))
    bought = later.group_by("customer").agg(bought=pl.col("day").n_unique().cast(pl.Float64))
    table = score(before, model, days=days).join(bought, on="customer", how="left", maintain_order="left")
    actual = table["bought"].fill_null(0.0).to_numpy()
    if actual.sum() == 0:
        text = Text(
            "最近 {n} 天没有老顾客下单，无法检验预测。",
            "No earlier customer bought in the last {n} days, so the forecast cannot be checked.",
        )
        return Refused(Reason.NO_RETURNS, text.format(n=days))
    own, average = _plain_forecasts(table, days)
    forecast = table["expected_purchases"].to_numpy()
    return TrackRecord(
        days=days,
        customers=table.height,
        actual=int(actual.sum()),
        model=_record(forecast, actual),
        own_rate=_record(own, actual),
        average=_record(average, actual),
        tenths=_tenths(forecast, actual),
        fitted=model,
    )


def _plain_forecasts(table: pl.DataFrame, days: int) -> tuple[Floats, Floats]:
    """Each customer's own rate carried on, and the average rate for everybody.

    Whoever first bought on the last day before the hidden ones has no rate yet; he gets the average.
    """
    x, watched = table["x"].cast(pl.Float64).to_numpy(), table["T"].cast(pl.Float64).to_numpy()
    average = np.full(len(x), float(x.sum() / max(watched.sum(), 1.0)) * days)
    return np.where(watched > 0, x / np.where(watched > 0, watched, 1.0) * days, average), average


def _record(forecast: Floats, actual: Floats) -> Record:
    error = forecast - actual
    return Record(
        forecast=float(forecast.sum()),
        bias=float(forecast.sum() / actual.sum() - 1),
        mae=float(np.abs(error).mean()),
        rmse=float(np.sqrt((error**2).mean())),
    )


def _tenths(forecast: Floats, actual: Floats) -> tuple[Tenth, ...]:
    """Equal forecasts stay together, so there may be fewer than ten."""
    edges = np.unique(np.quantile(forecast, np.linspace(0, 1, TENTHS + 1)[1:-1]))
    place = np.searchsorted(edges, forecast, "right")
    return tuple(_tenth(forecast[place == one], actual[place == one]) for one in np.unique(place))


def _tenth(forecast: Floats, actual: Floats) -> Tenth:
    n, total = len(actual), float(actual.sum())
    sums = ClusterSums(n=n, y=total, x=float(n), yy=float(actual @ actual), xx=float(n), xy=total)
    return Tenth(customers=n, forecast=float(forecast.mean()), actual=total / n, interval=ratio_interval(sums))
