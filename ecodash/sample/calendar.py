"""When people buy: growth, weekdays, shopping festivals, lunar new year. Days are counted from 1970-01-01."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from ecodash.core.period import day_of
from ecodash.sample.brand import Platform
from ecodash.sample.plan import Plan

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# First day of the lunar year.
LUNAR_NEW_YEAR: tuple[date, ...] = (
    date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29),
    date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13), date(2030, 2, 3), date(2031, 1, 23),
)  # fmt: skip

GIFT_DAYS = range(-24, -3)  # before lunar new year
RESTING_DAYS = range(-3, 7)  # around it
PEAK = 4.0  # times a usual day's demand and more: a day worth waiting for
WEEKDAYS = (0.97, 0.95, 0.94, 0.95, 1.0, 1.1, 1.09)
YEARLY_GROWTH = 1.15


def _festival(day: date, *, overseas: bool) -> float:
    """How many times a usual day's demand: 618 and Double 11 at home, Black Friday abroad."""
    at = (day.month, day.day)
    if overseas:
        friday = _black_friday(day.year)
        return 4.5 if friday <= day <= friday + timedelta(days=3) else 1.0
    if (6, 16) <= at <= (6, 18):
        return 5.0
    if at == (11, 11):
        return 8.0
    if (10, 24) <= at <= (11, 12) or (6, 1) <= at <= (6, 20):
        return 1.7
    return 2.0 if at == (12, 12) else 1.0


def _black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 22)


def _new_year(day: date) -> float:
    """Parcels rest around lunar new year; the three weeks before are for gifts."""
    for first in LUNAR_NEW_YEAR:
        away = (day - first).days
        if away in RESTING_DAYS:
            return 0.35
        if away in GIFT_DAYS:
            return 1.2
    return 1.0


def demand(plan: Plan, platform: Platform) -> Floats:
    """Pull of each day of the plan on a new buyer of ``platform``; sums to 1."""
    days = [day_of(plan.first + i) for i in range(plan.days)]
    along = np.linspace(0.0, 1.0, plan.days)
    bend = platform.start + (platform.finish - platform.start) * along
    growth = YEARLY_GROWTH ** (along * plan.days / 365.25)
    festival = np.array([_festival(day, overseas=platform.overseas) for day in days])
    rest = np.array([1.0 if platform.overseas else _new_year(day) for day in days])
    weekday = np.array([WEEKDAYS[day.weekday()] for day in days])
    surge = np.where(np.arange(plan.days) >= plan.day(plan.repriced), platform.surge, 1.0)
    pull = bend * growth * festival * rest * weekday * surge
    return np.asarray(pull / pull.sum())


def is_festival(plan: Plan, *, overseas: bool) -> npt.NDArray[np.bool_]:
    """For each day of the plan, whether festival prices hold."""
    return np.array([_festival(day_of(plan.first + i), overseas=overseas) > 1.0 for i in range(plan.days)])


def next_peak(plan: Plan, *, overseas: bool) -> Ints:
    """For each day of the plan, days until the next festival peak; a large number when none follows."""
    peaks = [_festival(day_of(plan.first + i), overseas=overseas) >= PEAK for i in range(plan.days)]
    waits = np.full(plan.days, 10_000, dtype=np.int64)
    ahead = 10_000
    for i in range(plan.days - 1, -1, -1):
        ahead = 0 if peaks[i] else ahead + 1
        waits[i] = ahead
    return waits


def rest_left(plan: Plan, *, overseas: bool) -> Ints:
    """For each day of the plan, days until parcels are sent again after lunar new year; 0 on all other days."""
    days = [0 if overseas else _rest_left(day_of(plan.first + i)) for i in range(plan.days)]
    return np.array(days, dtype=np.int64)


def _rest_left(day: date) -> int:
    away = [(day - first).days for first in LUNAR_NEW_YEAR]
    return next((RESTING_DAYS.stop - days for days in away if days in RESTING_DAYS), 0)
