"""Custom orders and goods straight from the factory: speed, precision, small batches, prices against rivals."""

import narwhals as nw
import polars as pl

from ecodash.analysis.log_ratio import median_ratio
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.period import day_number as as_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number, month_number, whole
from ecodash.metrics import caveats
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.rows import Of, mean, share
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Definition, Measured, Spread, Summary
from ecodash.metrics.parcels import last_day, minutes
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

DAY, DECIDED, QUARTER = 1440, 60, 3
_STAGES = ("requested_at", "design_confirmed_at", "production_started_at", "production_finished_at", "installed_at")
_INSTALLED = Of(table="custom_jobs", day="installed_at")
_CONFIRMED = Of(table="custom_jobs", day="design_confirmed_at")
_TWO_QUARTERS = Text("至少两个季度有完工的定制任务才能比较。", "jobs finished in at least two quarters are needed.")


def _took(start: str, end: str) -> Measured:
    """Median days from one moment of a custom job to another, over jobs with both; dated by the later one."""

    def rows(reading: Reading) -> Frame:
        return _durations(reading, start, end)

    return Measured(rows=rows, summary=Summary.MEDIAN, scale=(DAY, 1))


def _durations(reading: Reading, start: str, end: str) -> Frame:
    took = minutes(nw.col(end)) - minutes(nw.col(start))
    return Of(table="custom_jobs", day=end).rows(reading, above=took).filter(nw.col("above") >= 0)


def _production(reading: Reading) -> Frame:
    return _durations(reading, "production_started_at", "production_finished_at")


def _won(reading: Reading) -> Frame:
    """Requests at least 60 days old on the last day of the data; above 1 when they became an order."""
    ends = [last_day(reading.table("custom_jobs"), *_STAGES) or 0]
    orders = reading.source.data_end(as_of=reading.as_of)
    end = max([*ends, *([as_number(orders.end)] if orders else [])])
    old = Of(table="custom_jobs", day="requested_at")
    rows = old.rows(reading, above=(~nw.col("order_id").is_null()).cast(nw.Int64), below=nw.lit(1))
    return rows.filter(nw.col("day") + DECIDED <= end)


def _quarters(reading: Reading, window: Window) -> Frame:
    """Finished jobs of the window with their calendar quarter."""
    rows = reading.table("custom_jobs").with_columns(
        took=minutes(nw.col("production_finished_at")) - minutes(nw.col("production_started_at")),
        day=day_number(nw.col("production_finished_at")),
        quarter=whole(month_number(nw.col("production_finished_at")), QUARTER),
    )
    return rows.filter(nw.col("took") > 0, inside(window.days, "day"))


def _cycle_change(reading: Reading, window: Window) -> Answered:
    """Median cycle of the last quarter with finished jobs ÷ that of the first − 1."""
    rows = collected(_quarters(reading, window).select("quarter", "took")).sort("quarter", "took")
    named = rows["quarter"].unique().sort()
    if len(named) <= 1:
        reason = caveats.immature(_TWO_QUARTERS)
        return Answered(value=None, n=len(rows), status=Status.IMMATURE if len(rows) else None, reason=reason)
    last, first = (rows.filter(pl.col("quarter") == named[place])["took"] for place in (-1, 0))
    found = median_ratio(last, first, level=window.level)
    if found is None:
        return Answered(value=None, n=0)
    low, high = (None if end is None else end - 1 for end in (found.low, found.high))
    return Answered(value=found.value - 1, low=low, high=high, n=found.n)


def _cycles_behind(reading: Reading, window: Window) -> Frame:
    return _quarters(reading, window).select("load_id", "row_no", "day")


def _stage(name: str, label: Text, meaning: Text, start: int) -> Definition:
    how = _took(_STAGES[start], _STAGES[start + 1])
    return Definition(id=name, name=label, meaning=meaning, how=how, source="Doc A, A2.4")


STAGES = (
    _stage(
        "design",
        Text("设计段", "Design stage"),
        Text("提交需求到方案确认。", "From the request to the confirmed design."),
        0,
    ),
    _stage(
        "queue",
        Text("排产段", "Queue stage"),
        Text("方案确认到开工。", "From the confirmed design to the start of production."),
        1,
    ),
    _stage(
        "production",
        Text("生产段", "Production stage"),
        Text("开工到完工。", "From the start to the end of production."),
        2,
    ),
    _stage(
        "installation",
        Text("安装段", "Installation stage"),
        Text("完工到安装完成。", "From the end of production to installation."),
        3,
    ),
)
SLOWEST = Definition(
    id="p90",
    name=Text("九成任务", "Nine of ten jobs"),
    meaning=Text("九成定制任务在这么多天内完工。", "Nine of ten custom jobs are finished within so many days."),
    how=Measured(rows=_production, summary=Summary.P90, scale=(DAY, 1)),
    source="Doc A, A2.4",
)

FACTORY = (
    indicator("custom_conversion_rate", Measured(rows=_won, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("production_cycle_days", _took("production_started_at", "production_finished_at"), SLOWEST),
    indicator("production_cycle_change", Analysed(answer=_cycle_change, rows=_cycles_behind)),
    indicator("request_to_install_days", _took("requested_at", "installed_at"), *STAGES),
    indicator("design_revisions", mean(_CONFIRMED, "revisions")),
    indicator("install_within_1mm_rate", share(_INSTALLED, nw.col("install_error_mm").abs() <= SCALE)),
    indicator("first_accept_rate", share(_INSTALLED, nw.col("accepted_first_time"))),
)
