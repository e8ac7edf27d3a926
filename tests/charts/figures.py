"""Small frames for charts, checkable by eye; one figure of every kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go
import polars as pl

from ecodash import charts
from ecodash.charts.frame import BINS, CELLS, CURVE, GROUPS, POINTS
from ecodash.charts.hours import SLOTS
from ecodash.charts.pacing import PACE
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.i18n import Reader
from ecodash.metrics.metric import Better

ZH, EN = Reader(language="zh", currency="CNY"), Reader(language="en", currency="USD")


@dataclass(frozen=True, kw_only=True)
class Named:
    """Stands for a metric."""

    name: Text
    unit: Unit


PAID = Named(name=Text("支付金额", "Paid amount"), unit=Unit.MONEY)
RATE = Named(name=Text("首购后90天复购率", "90-day repurchase"), unit=Unit.RATIO)
BUYERS = Named(name=Text("买家数", "Buyers"), unit=Unit.BUYERS)

Value = tuple[float | None, float | None, float | None, int, str]


def sure(value: float, n: int = 100) -> Value:
    return (value, round(value - 0.02, 4), round(value + 0.02, 4), n, "ok")


def total(value: float) -> Value:
    return (value, None, None, 10, "ok")


UNKNOWN: Value = (None, None, None, 0, "immature")
FEW: Value = (0.5, 0.1, 0.9, 4, "too_few")


def points(values: Sequence[Value], *, partial: int = 0, year: int = 2024) -> pl.DataFrame:
    rows = [
        (date(year, month, 1), *value, month > len(values) - partial) for month, value in enumerate(values, start=1)
    ]
    return pl.DataFrame(rows, schema=POINTS, orient="row")


def groups(values: dict[str, Value]) -> pl.DataFrame:
    return pl.DataFrame([(name, *value) for name, value in values.items()], schema=GROUPS, orient="row")


def cells(rows: dict[date | None, Sequence[Value]]) -> pl.DataFrame:
    listed = [(cohort, month, *value) for cohort, values in rows.items() for month, value in enumerate(values)]
    return pl.DataFrame(listed, schema=CELLS, orient="row")


TRIANGLE = cells(
    {
        date(2024, 1, 1): [(1.0, None, None, 200, "ok"), sure(0.12, 200), sure(0.08, 200), UNKNOWN],
        date(2024, 2, 1): [(1.0, None, None, 300, "ok"), sure(0.10, 300), UNKNOWN],
        date(2024, 3, 1): [(1.0, None, None, 4, "too_few"), FEW],
        None: [(1.0, None, None, 500, "ok"), sure(0.108, 500), sure(0.08, 200)],
    }
)
CURVE_ROWS = pl.DataFrame(
    [(0, 0.0, 0.0, 0.0, 1000), (10, 0.05, 0.04, 0.06, 900), (30, 0.12, 0.1, 0.14, 700), (100, 0.3, 0.27, 0.33, 200)],
    schema=CURVE,
    orient="row",
)
BIN_ROWS = pl.DataFrame([(0, 10, 30), (10, 20, 50), (20, 30, 15), (30, None, 5)], schema=BINS, orient="row")
STEP_ROWS = groups({"10": UNKNOWN, "1": (0.271, 0.244, 0.3, 1000, "ok"), "2": (0.6, 0.2, 0.9, 5, "too_few")})
TREND_ROWS = points([total(8000), total(12_000), (None, None, None, 0, "empty"), total(15_000), total(4000)], partial=1)
RATE_ROWS = points([FEW, sure(0.25), sure(0.271), UNKNOWN, UNKNOWN])
SHOP_ROWS = groups({"天猫": total(52_000), "<b>抖音</b>": total(31_000), "#000001": (None, None, None, 0, "missing")})
BRIDGE = (
    charts.Step(label="<b>2024-02</b>", value=52_000, kind=charts.StepKind.LEVEL),
    charts.Step(label="抖音", value=9_500, hint="12 → 21"),
    charts.Step(label="天猫", value=-21_500),
    charts.Step(label="2024-03", value=40_000, kind=charts.StepKind.LEVEL),
)
READINGS = (
    charts.Step(label="a", value=0.27, kind=charts.StepKind.LEVEL),
    charts.Step(label="b", value=0.031),
    charts.Step(label="c", value=0.0),
    charts.Step(label="d", value=0.301, kind=charts.StepKind.LEVEL),
)


def bridge(steps: Sequence[charts.Step], unit: Unit, reader: Reader) -> go.Figure:
    title = Text("变了多少", "What changed").to(reader.language)
    better = Better.HIGHER if unit is Unit.MONEY else Better.CONTEXT
    return charts.waterfall.bridge(steps, unit=unit, reader=reader, title=title, better=better)


PARTS = pl.concat(
    [
        points([total(60), total(50), total(40)], partial=1).with_columns(name=pl.lit("天猫")),
        points([total(40), total(50), total(-5)], partial=1).with_columns(name=pl.lit("<b>抖音</b>")),
    ]
)
SLOT_ROWS = pl.DataFrame([(1, 9, 120.0), (7, 21, 480.0), (7, 25, 9e9)], schema=SLOTS, orient="row")
PACE_ROWS = pl.DataFrame(
    [
        (date(2024, 3, 1), 1000.0, 900.0),
        (date(2024, 3, 2), 2500.0, 2100.0),
        (date(2024, 3, 3), 4000.0, None),
        (date(2024, 3, 4), 5000.0, None),
    ],
    schema=PACE,
    orient="row",
)
COMPARED = points([total(52_000), total(31_000), (None, None, None, 0, "empty")]).select(
    name=pl.Series(["天猫", "抖音", "春节"]),
    value="value",
    low="low",
    high="high",
    n="n",
    status="status",
    before=pl.Series([40_000.0, 35_000.0, None]),
    note=pl.Series(["62.7% · +30.0%", "37.3% · -11.4%", None]),
)


def pace(rows: pl.DataFrame, reader: Reader) -> go.Figure:
    title = Text("进度落后", "Behind the goal").to(reader.language)
    aim = charts.pacing.Aim(goal=5000, ends=4300, low=3900, high=4700)
    return charts.pacing.cumulative(rows, metric=PAID, reader=reader, aim=aim, title=title)


FIGURES: dict[str, Callable[[Reader], go.Figure]] = {
    "trend": lambda reader: charts.trend.line(
        TREND_ROWS,
        metric=PAID,
        reader=reader,
        comparison=points([total(7000), total(9000), total(9500), total(9900), total(10_000)], year=2023),
        marks=[charts.Mark(day=date(2024, 2, 10), number=1, words="<b>春节</b>")],
    ),
    "trend_band": lambda reader: charts.trend.line(
        points([sure(0.2), sure(0.25), UNKNOWN, sure(0.3), sure(0.28)]), metric=RATE, reader=reader
    ),
    "bars": lambda reader: charts.bars.ranked(SHOP_ROWS, metric=PAID, reader=reader),
    "bars_interval": lambda reader: charts.bars.ranked(
        groups({"a": sure(0.2), "b": sure(0.31), "c": FEW}), metric=RATE, reader=reader
    ),
    "cohort": lambda reader: charts.matrix.heatmap(TRIANGLE, metric=RATE, reader=reader),
    "rate": lambda reader: charts.rate.over_time(RATE_ROWS, metric=RATE, reader=reader, target=0.3),
    "survival": lambda reader: charts.survival.curve(CURVE_ROWS, reader=reader),
    "spark": lambda reader: charts.spark.line(TREND_ROWS, metric=PAID, reader=reader),
    "histogram": lambda reader: charts.histogram.intervals(BIN_ROWS, reader=reader, median=14),
    "funnel": lambda reader: charts.funnel.sequence(STEP_ROWS, reader=reader),
    "bars_compared": lambda reader: charts.bars.ranked(COMPARED, metric=PAID, reader=reader),
    "shares": lambda reader: charts.shares.over_time(PARTS, metric=PAID, reader=reader),
    "hours": lambda reader: charts.hours.heatmap(SLOT_ROWS, metric=PAID, reader=reader),
    "pacing": lambda reader: pace(PACE_ROWS, reader),
    "waterfall": lambda reader: bridge(BRIDGE, Unit.MONEY, reader),
    "waterfall_points": lambda reader: bridge(READINGS, Unit.RATIO, reader),
}

EMPTY: dict[str, Callable[[Reader], go.Figure]] = {
    "trend": lambda reader: charts.trend.line(TREND_ROWS.clear(), metric=PAID, reader=reader),
    "trend_unknown": lambda reader: charts.trend.line(points([UNKNOWN]), metric=RATE, reader=reader),
    "bars": lambda reader: charts.bars.ranked(SHOP_ROWS.clear(), metric=PAID, reader=reader),
    "bars_unknown": lambda reader: charts.bars.ranked(SHOP_ROWS.tail(1), metric=PAID, reader=reader),
    "cohort": lambda reader: charts.matrix.heatmap(TRIANGLE.clear(), metric=RATE, reader=reader),
    "rate": lambda reader: charts.rate.over_time(RATE_ROWS.clear(), metric=RATE, reader=reader),
    "survival": lambda reader: charts.survival.curve(CURVE_ROWS.clear(), reader=reader),
    "histogram": lambda reader: charts.histogram.intervals(BIN_ROWS.clear(), reader=reader),
    "funnel": lambda reader: charts.funnel.sequence(STEP_ROWS.clear(), reader=reader),
    "shares": lambda reader: charts.shares.over_time(PARTS.clear(), metric=PAID, reader=reader),
    "shares_negative": lambda reader: charts.shares.over_time(PARTS.tail(1), metric=PAID, reader=reader),
    "hours": lambda reader: charts.hours.heatmap(SLOT_ROWS.clear(), metric=PAID, reader=reader),
    "hours_unknown": lambda reader: charts.hours.heatmap(SLOT_ROWS.tail(1), metric=PAID, reader=reader),
    "pacing": lambda reader: pace(PACE_ROWS.clear(), reader),
    "waterfall": lambda reader: bridge((), Unit.MONEY, reader),
}

ONE: dict[str, Callable[[Reader], go.Figure]] = {
    "trend": lambda reader: charts.trend.line(TREND_ROWS.head(1), metric=PAID, reader=reader),
    "trend_unfinished": lambda reader: charts.trend.line(points([total(5)], partial=1), metric=PAID, reader=reader),
    "trend_zero": lambda reader: charts.trend.line(points([total(0)]), metric=PAID, reader=reader),
    "bars": lambda reader: charts.bars.ranked(SHOP_ROWS.head(1), metric=PAID, reader=reader),
    "bars_zero": lambda reader: charts.bars.ranked(groups({"a": total(0)}), metric=PAID, reader=reader),
    "cohort": lambda reader: charts.matrix.heatmap(TRIANGLE.head(1), metric=RATE, reader=reader),
    "rate": lambda reader: charts.rate.over_time(RATE_ROWS.head(1), metric=RATE, reader=reader),
    "rate_immature": lambda reader: charts.rate.over_time(points([UNKNOWN]), metric=RATE, reader=reader),
    "survival": lambda reader: charts.survival.curve(CURVE_ROWS.head(1), reader=reader),
    "spark": lambda reader: charts.spark.line(TREND_ROWS.head(1), metric=PAID, reader=reader),
    "spark_empty": lambda reader: charts.spark.line(TREND_ROWS.clear(), metric=PAID, reader=reader),
    "histogram": lambda reader: charts.histogram.intervals(BIN_ROWS.head(1), reader=reader, median=3),
    "histogram_open": lambda reader: charts.histogram.intervals(BIN_ROWS.tail(1), reader=reader, median=30),
    "funnel": lambda reader: charts.funnel.sequence(STEP_ROWS.tail(1), reader=reader),
    "bars_compared": lambda reader: charts.bars.ranked(COMPARED.head(1), metric=PAID, reader=reader),
    "shares": lambda reader: charts.shares.over_time(PARTS.head(1), metric=PAID, reader=reader),
    "hours": lambda reader: charts.hours.heatmap(SLOT_ROWS.head(1), metric=PAID, reader=reader),
    "pacing": lambda reader: pace(PACE_ROWS.tail(1), reader),
    "waterfall": lambda reader: bridge(BRIDGE[:1], Unit.MONEY, reader),
    "waterfall_zero": lambda reader: bridge(
        (charts.Step(label="a", value=0, kind=charts.StepKind.LEVEL),), Unit.MONEY, reader
    ),
}
