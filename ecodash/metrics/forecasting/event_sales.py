"""What an event did to demand by the books: mean daily units in its days ÷ mean of the 28 days before − 1.

Days of other events do not count among the days before (up to twice as many are looked through). With an uploaded
calendar its rows are the events; without one the built-in promotions are, each by its peak.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ecodash.analysis.forecast.panel import Floats
from ecodash.analysis.interval import Interval, normal_quantile
from ecodash.core.period import Period, day_number
from ecodash.core.text import Text
from ecodash.metrics.events import EventKind, Occurrence, calendar_of
from ecodash.metrics.forecasting.demand import Demand
from ecodash.metrics.reading import Reading

BEFORE, LEAST = 28, 7


@dataclass(frozen=True, kw_only=True)
class EventSales:
    """One event: its days, mean units a day in it and before it, and the share by which it was above (0.5 = +50 %).

    ``n`` are the units sold in it.
    """

    event: str
    name: Text
    year: int
    days: Period
    during: float
    before: float
    uplift: float
    interval: Interval | None
    n: int


def events_of(reading: Reading) -> tuple[tuple[Occurrence, Period], ...]:
    """The events and the days each is counted on, by day."""
    found = calendar_of(reading.source).occurrences
    own = [one for one in found if one.uploaded]
    kept = own or [one for one in found if one.kind is EventKind.PROMOTION]
    return tuple(sorted(((one, _counted(one)) for one in kept), key=lambda pair: (pair[1].start, pair[0].event)))


def _counted(one: Occurrence) -> Period:
    peak = next((phase.days for phase in one.phases if phase.id == "peak"), None)
    return one.days if one.uploaded or peak is None else peak


def event_sales(reading: Reading, found: Demand, within: Period, *, level: float = 0.95) -> dict[str, list[EventSales]]:
    """Every event that lies within, by key, oldest first; events with too few days before them are left out."""
    events = events_of(reading)
    told: dict[str, list[EventSales]] = {key: [] for key in found.keys}
    for one, days in events:
        if not (within.contains(days.start) and within.contains(days.end) and found.days.contains(days.start)):
            continue
        others = [other.days for other, _ in events if other is not one]
        before = _days_before(one.days.start, others)
        during = [days.start + timedelta(days=i) for i in range(days.days)]
        for row, key in enumerate(found.keys):
            sales = _compared(_on(found, row, during), _on(found, row, before), level)
            if sales is not None:
                mean, base, interval = sales
                told[key].append(
                    EventSales(
                        event=one.event,
                        name=one.name,
                        year=one.year,
                        days=days,
                        during=mean,
                        before=base,
                        uplift=mean / base - 1,
                        interval=interval,
                        n=round(mean * len(during)),
                    )
                )
    return told


def _days_before(start: date, others: list[Period]) -> list[date]:
    """The 28 days before ``start`` that belong to no other event, looking back 56 days at most."""
    back = (start - timedelta(days=i) for i in range(1, 2 * BEFORE + 1))
    return [day for day in back if not any(other.contains(day) for other in others)][:BEFORE]


def _on(found: Demand, row: int, days: list[date]) -> Floats:
    """Demand on the days the data cover and the key was watched."""
    first = day_number(found.days.start)
    places = [day_number(day) - first for day in days if found.days.contains(day)]
    values = found.values[row, places]
    watched: Floats = values[~np.isnan(values)]
    return watched


def _compared(during: Floats, before: Floats, level: float) -> tuple[float, float, Interval | None] | None:
    """Both means, and the interval of their ratio − 1 (delta method on the logarithm, days as cases)."""
    if before.size < LEAST or not during.size or before.mean() <= 0:
        return None
    mean, base = float(during.mean()), float(before.mean())
    if during.size == 1 or mean <= 0:
        return mean, base, None
    parts = [float(one.var(ddof=1)) / one.size / float(one.mean()) ** 2 for one in (during, before)]
    wide = normal_quantile(level) * float(np.sqrt(sum(parts)))
    ratio = mean / base
    return mean, base, Interval(low=ratio * float(np.exp(-wide)) - 1, high=ratio * float(np.exp(wide)) - 1, level=level)
