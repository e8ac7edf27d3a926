"""Events as numbers: which phase every day of history and horizon belongs to, and what each was found to bring."""

from dataclasses import dataclass

import numpy as np

from ecodash.analysis.forecast import Panel, Uplift
from ecodash.analysis.forecast.panel import Ints
from ecodash.core.period import Period, day_number, day_of
from ecodash.core.text import Text
from ecodash.metrics.events import EventCalendar
from ecodash.metrics.workdays import MAKEUP_NAME, is_makeup_day


@dataclass(frozen=True, kw_only=True)
class Phases:
    """``codes``: one per day, 0 for ordinary days; ``names``: event, phase and words of the codes from 1 on."""

    codes: Ints
    names: tuple[tuple[str, str, Text], ...]

    @property
    def kinds(self) -> int:
        """Number of codes, the ordinary one included."""
        return len(self.names) + 1


@dataclass(frozen=True, kw_only=True)
class EventEffect:
    """One phase that touches the horizon: its days there, times the usual it brought, within ``low`` … ``high``.

    ``days_seen`` is the number of past days it was learnt from; 0: no history, taken for ordinary days.
    """

    event: str
    phase: str
    name: Text
    days: Period
    uplift: float
    low: float
    high: float
    days_seen: int


def phases(calendar: EventCalendar, days: Period, *, makeup: bool) -> Phases:
    """The phase of every day of ``days``; with ``makeup`` the weekend days China works are a phase of their own."""
    codes, names = np.zeros(days.days, dtype=np.int64), dict[tuple[str, str], Text]()
    for i in range(days.days):
        day = day_of(day_number(days.start) + i)
        found = calendar.phase_on(day)
        if found is not None:
            event, phase = found
            key, name = (event.event, phase.id), event.name + Text(" · ", " · ") + phase.name
        elif makeup and is_makeup_day(day):
            key, name = ("makeup_workday", "day"), MAKEUP_NAME
        else:
            continue
        names.setdefault(key, name)
        codes[i] = list(names).index(key) + 1
    return Phases(codes=codes, names=tuple((*key, name) for key, name in names.items()))


def effects(found: Phases, total: Panel, learnt: Uplift) -> tuple[EventEffect, ...]:
    """What the phases in the horizon of ``total`` are expected to do to demand, in order of days."""
    return _told(found, learnt, found.codes[total.steps :], total.first + total.steps)


def history(found: Phases, total: Panel, learnt: Uplift) -> tuple[EventEffect, ...]:
    """What every phase of the history did, in order of first days; ``days`` reaches from its first to its last day."""
    return _told(found, learnt, found.codes[: total.steps], total.first)


def _told(found: Phases, learnt: Uplift, codes: Ints, first: int) -> tuple[EventEffect, ...]:
    told = []
    for code in dict.fromkeys(int(one) for one in codes if one):
        places = np.flatnonzero(codes == code)
        event, phase, name = found.names[code - 1]
        low, high = learnt.bounds(code)
        told.append(
            EventEffect(
                event=event,
                phase=phase,
                name=name,
                days=Period(day_of(first + int(places[0])), day_of(first + int(places[-1]))),
                uplift=float(learnt.pooled[code]),
                low=low,
                high=high,
                days_seen=int(learnt.days[code]),
            )
        )
    return tuple(told)
