"""The lapse point: by hand, unmoved by who is still being watched, and refused where nobody came back."""

import numpy as np
import polars as pl
import pytest

from ecodash.analysis.kaplan_meier import Survival, kaplan_meier
from ecodash.analysis.lapse import LapsePoint, lapse_point, standing
from ecodash.analysis.refused import Reason, Refused


def curve_of(waits: dict[int, tuple[int, int]]) -> Survival:
    rows = [(day, back, lost) for day, (back, lost) in waits.items()]
    return kaplan_meier(pl.DataFrame(rows, schema=["t", "returned", "lost"], orient="row"))


def test_one_hundred_returns_by_hand() -> None:
    # 100 of 200 come back: 75 by day 20, 90 by day 40, all by day 60; the rest are watched to day 100
    found = lapse_point(curve_of({10: (50, 0), 20: (25, 0), 40: (15, 0), 60: (10, 0), 100: (0, 100)}))
    assert isinstance(found, LapsePoint)
    assert (found.at_risk_after, found.lapsed_after, found.horizon) == (20, 40, 100)
    assert found.returned == pytest.approx(0.5)
    assert found.interval is None


def test_who_is_still_being_watched_does_not_make_the_shop_look_faster() -> None:
    # waits of 1 to 100 days, all of which end in a return; half of them cut off at random
    dice = np.random.default_rng(1)
    wait, watched = dice.integers(1, 101, 20_000), dice.integers(1, 201, 20_000)
    table = pl.DataFrame({"t": np.minimum(wait, watched), "returned": wait <= watched, "lost": wait > watched})
    found = lapse_point(kaplan_meier(table.with_columns(pl.col("returned", "lost").cast(pl.Int64))))
    naive = np.quantile(wait[wait <= watched], 0.9)
    assert isinstance(found, LapsePoint)
    assert found.lapsed_after == pytest.approx(90, abs=2)
    assert naive < 88


def test_the_interval_holds_the_point_and_narrows_with_more_customers() -> None:
    def width(n: int) -> float:
        dice = np.random.default_rng(n)
        table = pl.DataFrame({"t": dice.integers(1, 101, n), "group": np.arange(n) % 20, "returned": 1, "lost": 0})
        without = [kaplan_meier(table.filter(pl.col("group") != group)) for group in range(20)]
        found = lapse_point(kaplan_meier(table), without)
        assert isinstance(found, LapsePoint)
        assert found.interval is not None
        assert found.interval.low <= found.lapsed_after <= found.interval.high
        return found.interval.high - found.interval.low

    assert width(40_000) < width(400)


def test_few_returns_are_refused() -> None:
    for waits in ({}, {10: (49, 100)}, {10: (0, 100)}):
        refused = lapse_point(curve_of(waits))
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.NO_RETURNS


def test_standing_of_each_silence() -> None:
    point = LapsePoint(at_risk_after=20, lapsed_after=40, interval=None, returned=0.5, horizon=100)
    table = pl.DataFrame({"silence": [0, 20, 21, 40, 41, None]}).select(standing(pl.col("silence"), point))
    assert table.to_series().to_list() == ["active", "active", "at_risk", "at_risk", "lapsed", None]
