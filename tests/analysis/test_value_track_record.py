"""The value model's record on data whose future is known: the published one, and shops where the truth is simple."""

import numpy as np
import polars as pl
import pytest

from ecodash.analysis.refused import Reason, Refused
from ecodash.analysis.value_track_record import TrackRecord, hidden_days, track_record
from tests.analysis.shops import CDNOW_CALIBRATION, CDNOW_END, cdnow, pareto_purchases
from tests.shared import needs_shared


@needs_shared
def test_cdnow_record_is_the_one_measured_elsewhere() -> None:
    found = track_record(cdnow(), last_day=CDNOW_END, days=CDNOW_END - CDNOW_CALIBRATION)
    assert isinstance(found, TrackRecord)
    assert (found.days, found.customers, found.actual) == (273, 2357, 1882)
    assert found.model.bias == pytest.approx(-0.115, abs=0.001)
    assert found.model.mae == pytest.approx(0.755, abs=0.001)
    assert found.model.rmse == pytest.approx(1.603, abs=0.001)
    assert found.own_rate.bias == pytest.approx(0.557, abs=0.001)
    assert found.own_rate.mae == pytest.approx(1.024, abs=0.001)
    assert found.better


def test_where_the_model_is_true_the_tenths_hold_what_was_forecast() -> None:
    purchases = pareto_purchases(8000, seed=11, days=600)
    found = track_record(purchases, last_day=600, days=180)
    assert isinstance(found, TrackRecord)
    assert found.better
    assert found.model.bias == pytest.approx(0, abs=0.06)
    assert sum(tenth.customers for tenth in found.tenths) == found.customers == 8000
    forecasts = [tenth.forecast for tenth in found.tenths]
    assert forecasts == sorted(forecasts)
    held = [tenth.interval is not None and tenth.interval.contains(tenth.forecast) for tenth in found.tenths]
    assert sum(held) >= len(held) - 2


def test_only_who_bought_before_counts_and_a_day_counts_once() -> None:
    purchases = pareto_purchases(1000, seed=5, days=400)
    newcomers = pl.DataFrame({"customer": [9001] * 3, "day": [390, 391, 392], "value": [1.0] * 3})
    first = track_record(purchases, last_day=400, days=100)
    second = track_record(pl.concat([purchases, newcomers, purchases]), last_day=400, days=100)
    assert isinstance(first, TrackRecord)
    assert isinstance(second, TrackRecord)
    assert (first.actual, first.customers) == (second.actual, second.customers)
    assert first.model == second.model


def test_plain_forecasts_by_hand() -> None:
    # 200 customers, each watched for 100 days before the split; 100 of them bought on day 50 and buy again on day 110
    one = pl.DataFrame({"customer": np.arange(200), "day": 0, "value": 1.0})
    again = [pl.DataFrame({"customer": np.arange(100), "day": day, "value": 1.0}) for day in (20, 50, 110)]
    found = track_record(pl.concat([one, *again]), last_day=150, days=50)
    assert isinstance(found, TrackRecord)
    assert found.actual == 100
    # own rate: 2 purchases in 100 days → 1 in 50 for half, 0 for half: no error; average: ½ for everybody
    assert (found.own_rate.forecast, found.own_rate.mae, found.own_rate.bias) == pytest.approx((100, 0, 0))
    assert (found.average.forecast, found.average.mae, found.average.bias) == pytest.approx((100, 0.5, 0))


def test_it_says_why_there_is_no_record() -> None:
    few = track_record(pareto_purchases(50, seed=1), last_day=400, days=100)
    assert isinstance(few, Refused)
    assert few.reason is Reason.TOO_FEW_CUSTOMERS
    silent = track_record(pareto_purchases(1000, seed=5, days=400), last_day=600, days=150)
    assert isinstance(silent, Refused)
    assert silent.reason is Reason.NO_RETURNS
    with pytest.raises(ValueError, match="nothing is hidden"):
        track_record(pareto_purchases(50, seed=1), last_day=400, days=0)


def test_a_quarter_of_the_calendar_is_hidden() -> None:
    assert hidden_days(1, 400) == 100
