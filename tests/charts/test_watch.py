"""A number in its band: what is drawn, and what is said to those who cannot see it."""

from datetime import date, timedelta

import polars as pl

from ecodash import charts
from ecodash.charts.watch import banded
from ecodash.i18n import Reader
from ecodash.metrics.registry import METRICS

DAYS = [date(2026, 1, 1) + timedelta(days=i) for i in range(4)]
FRAME = pl.DataFrame(
    {
        "day": DAYS,
        "value": [10.0, 11.0, 2.0, None],
        "expected": [10.0, 10.0, 10.0, 10.0],
        "low": [None, 4.0, 4.0, 4.0],
        "high": [None, 18.0, 18.0, 18.0],
    },
    schema_overrides={"value": pl.Float64},
)


def test_days_outside_are_marked_by_shape_and_named_in_words() -> None:
    figure = banded(FRAME, alarms=[DAYS[2]], metric=METRICS["orders"], title="Orders", reader=Reader(language="en"))
    marked = [trace for trace in figure.data if trace.mode == "markers"]
    assert [(list(one.x), list(one.y), one.marker.symbol) for one in marked] == [(["2026-01-03"], [2.0], "diamond")]
    assert "2026-01-03" in charts.alt_text(figure)


def test_the_band_has_a_gap_where_nothing_was_expected() -> None:
    figure = banded(FRAME, alarms=[], metric=METRICS["orders"], title="订单", reader=Reader(language="zh"))
    (shade,) = [trace for trace in figure.data if trace.fill == "toself"]
    assert DAYS[0].isoformat() not in shade.x
    assert "没有越界" in charts.alt_text(figure)


def test_without_a_value_it_says_so() -> None:
    nothing = FRAME.with_columns(value=pl.lit(None, pl.Float64))
    figure = banded(nothing, alarms=[], metric=METRICS["orders"], title="Orders", reader=Reader(language="en"))
    assert not figure.data
