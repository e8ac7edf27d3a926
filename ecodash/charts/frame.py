"""What the builders draw, as plain frames: estimates turned into rows, one per mark. No arithmetic happens here."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Protocol

import polars as pl

from ecodash.analysis.kaplan_meier import Survival, log_log_interval
from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.core.unit import Unit


class Measured(Protocol):
    """What a chart must know of the metric it draws; every ``Metric`` of the registry is one."""

    @property
    def name(self) -> Text:
        """The metric's name in both languages."""

    @property
    def unit(self) -> Unit:
        """What one unit of a value means."""


VALUES: dict[str, type[pl.DataType]] = {
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "n": pl.Int64,
    "status": pl.String,
}
POINTS: dict[str, type[pl.DataType]] = {"start": pl.Date, **VALUES, "partial": pl.Boolean}
GROUPS: dict[str, type[pl.DataType]] = {"name": pl.String, **VALUES}
CELLS: dict[str, type[pl.DataType]] = {"cohort": pl.Date, "month": pl.Int64, **VALUES}
CURVE: dict[str, type[pl.DataType]] = {
    "day": pl.Int64,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "at_risk": pl.Int64,
}
BINS: dict[str, type[pl.DataType]] = {"start": pl.Int64, "end": pl.Int64, "count": pl.Int64}
ALL = "all"

_WEEK = re.compile(r"(\d{4})-W(\d{1,2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def start_of(code: str) -> date:
    """First day of a period code: 2024, 2024-Q1, 2024-03, 2024-W10 (ISO), 2024-03-15. Raises ValueError otherwise."""
    if week := _WEEK.fullmatch(code):
        return date.fromisocalendar(int(week[1]), int(week[2]), 1)
    if quarter := _QUARTER.fullmatch(code):
        return date(int(quarter[1]), int(quarter[2]) * 3 - 2, 1)
    parts = [int(part) for part in code[:10].split("-")]
    return date(*[*parts, 1, 1][:3])


def _values(estimate: Estimate) -> dict[str, object]:
    return {
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
        "status": estimate.status.value,
    }


def points(estimates: Iterable[Estimate], *, by: str = "month", open_from: date | None = None) -> pl.DataFrame:
    """One row per period of the dimension ``by``, in order of time; POINTS.

    ``open_from`` is the first day of the period that is not over yet: rows from there on are ``partial``.
    What has no date ("(unknown)") has no place on a time axis and is left out.
    """
    starts = [(start_of(estimate.by[by]), estimate) for estimate in estimates if estimate.by.get(by, "")[:1].isdigit()]
    rows = [
        {"start": start, **_values(estimate), "partial": open_from is not None and start >= open_from}
        for start, estimate in starts
    ]
    return pl.DataFrame(rows, schema=POINTS).sort("start")


def aligned(pairs: Iterable[tuple[Period, Estimate]]) -> pl.DataFrame:
    """The comparison of a trend: one row per span of the line (``place``: where it begins) with the days under it.

    POINTS with ``place`` and ``end``; estimates without a window are left out.
    """
    rows = [
        {"start": one.window.start, **_values(one), "partial": False, "place": span.start, "end": one.window.end}
        for span, one in pairs
        if one.window is not None
    ]
    return pl.DataFrame(rows, schema={**POINTS, "place": pl.Date, "end": pl.Date})


def groups(estimates: Iterable[Estimate], *, by: str) -> pl.DataFrame:
    """One row per value of the dimension ``by``, in the order given; GROUPS. Answers without one are left out."""
    return pl.DataFrame([{"name": e.by[by], **_values(e)} for e in estimates if by in e.by], schema=GROUPS)


def cells(estimates: Iterable[Estimate], *, cohort: str = "first_month", month: str = "offset") -> pl.DataFrame:
    """One row per cohort and month since the first purchase; CELLS. The summary over "all" cohorts has a null cohort.

    Answers that are no cell (nothing loaded, nothing left) are left out.
    """
    rows = [
        {
            "cohort": None if estimate.by.get(cohort, ALL) == ALL else start_of(estimate.by[cohort]),
            "month": int(estimate.by[month]),
            **_values(estimate),
        }
        for estimate in estimates
        if month in estimate.by
    ]
    return pl.DataFrame(rows, schema=CELLS).sort("cohort", "month", nulls_last=True)


def curve(found: Survival) -> pl.DataFrame:
    """One row per day of a waiting-time curve, from day 0: the share back by then, its interval, who is watched; CURVE."""
    rows: list[dict[str, float | int | None]] = []
    if found.customers and found.day[0] > 0:
        rows.append({"day": 0, "value": 0.0, "low": None, "high": None, "at_risk": found.customers})
    for day, waiting, variance, at_risk in zip(found.day, found.waiting, found.variance, found.at_risk, strict=True):
        inside = log_log_interval(float(waiting), float(variance))
        low, high = (1 - inside.high, 1 - inside.low) if inside else (None, None)
        rows.append({"day": int(day), "value": 1 - float(waiting), "low": low, "high": high, "at_risk": int(at_risk)})
    return pl.DataFrame(rows, schema=CURVE)
