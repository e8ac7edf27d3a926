"""The calendar of promotions and holidays: built in for 2004–2035, and whatever the shop uploaded over it.

An uploaded row of the canonical table ``events`` (``618_2025``, start, end) replaces the built-in days of that year;
a row with a name nobody knows becomes an event of its own. A shop that is not at home in China keeps only the events
that are not tied to a region.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files

from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics.collect import collected
from ecodash.metrics.event_rules import FIRST_YEAR, LAST_YEAR, Rule, rules_of
from ecodash.metrics.source import Source

CHINA = ("CN", "HK", "MO", "TW")
NEW_YEAR = "spring_festival"
_YEAR = re.compile(r"^(.*?)[\s_\-·]*((?:19|20)\d\d)\s*年?$")


class EventKind(StrEnum):
    """What makes the days special; ``own``: the shop's own word for it."""

    PROMOTION = "promotion"
    HOLIDAY = "holiday"
    OWN = "own"


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A stretch of an occurrence, such as presale or peak."""

    id: str
    name: Text
    days: Period


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One event in one year. ``day`` is the day itself (18 June, the first day of the lunar year), ``days`` all of it.

    ``uploaded``: the days come from the shop's own calendar.
    """

    event: str
    year: int
    name: Text
    kind: EventKind
    day: date
    phases: tuple[Phase, ...]
    uploaded: bool = False

    @property
    def days(self) -> Period:
        """From the first day of the first phase to the last of the last."""
        return Period(min(p.days.start for p in self.phases), max(p.days.end for p in self.phases))


@dataclass(frozen=True)
class EventCalendar:
    """Occurrences in the order in which the calendar lists their events, each event by year."""

    occurrences: tuple[Occurrence, ...]

    def on(self, day: date) -> tuple[Occurrence, ...]:
        """Everything a day belongs to; empty on an ordinary day."""
        return tuple(one for one in self.occurrences if one.days.contains(day))

    def phase_on(self, day: date) -> tuple[Occurrence, Phase] | None:
        """The one phase a day counts for: of several, that of the event listed last. None on an ordinary day."""
        return self._phases.get(day)

    @cached_property
    def _phases(self) -> dict[date, tuple[Occurrence, Phase]]:
        """The phase of every day that has one; what is listed later is written over what is listed before."""
        found = {}
        for one in self.occurrences:
            for phase in one.phases:
                for i in range(phase.days.days):
                    found[phase.days.start + timedelta(days=i)] = (one, phase)
        return found

    def named(self, event: str) -> tuple[Occurrence, ...]:
        """All occurrences of an event, by year; empty for an event the calendar does not hold."""
        return tuple(one for one in self.occurrences if one.event == event)

    def within(self, period: Period) -> tuple[Occurrence, ...]:
        """Occurrences with at least one day in ``period``, by day."""
        return tuple(sorted((o for o in self.occurrences if o.days.clip(period)), key=lambda o: (o.day, o.event)))

    def before(self, occurrence: Occurrence) -> Occurrence | None:
        """The same event a year earlier; None when the calendar does not have it."""
        return next((one for one in self.named(occurrence.event) if one.year == occurrence.year - 1), None)

    def new_year(self, year: int) -> date | None:
        """First day of the lunar year that begins in ``year``; None when the shop does not go by it."""
        return next((one.day for one in self.named(NEW_YEAR) if one.year == year), None)


def calendar_of(source: Source) -> EventCalendar:
    """The built-in calendar for where the shop is at home, with the uploaded events over it."""
    home = source.settings.home_country.upper() in CHINA
    rows: list[tuple[str, str | None, date | None, date | None]] = []
    if "events" in source.loaded_tables():
        table = source.table("events").select("event_id", "name", "start_date", "end_date")
        rows = collected(table).sort("event_id").rows()
    return merged(built_in(china=home), rows)


@cache
def built_in(*, china: bool = True) -> EventCalendar:
    """The calendar that comes with the program."""
    rules = [rule for rule in _rules() if china or rule.region != "cn"]
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return EventCalendar(tuple(_occurrence(rule, year) for rule in rules for year in years if year >= rule.since))


def merged(calendar: EventCalendar, rows: Iterable[tuple[str, str | None, date | None, date | None]]) -> EventCalendar:
    """``calendar`` with uploaded (id, name, start, end) over it; a row without any day is left out."""
    own: dict[tuple[str, int], Occurrence] = {}
    known = {(one.event, one.year): one for one in calendar.occurrences}
    for event_id, name, start, end in rows:
        first = start or end
        if first is None:
            continue
        days = Period(min(first, end or first), max(first, end or first))
        event, year = _event_and_year(event_id, name, days.start.year)
        own[event, year] = _uploaded(event, name or event_id, year, days, known.get((event, year)))
    kept = [own.pop((one.event, one.year), one) for one in calendar.occurrences]
    return EventCalendar((*kept, *own.values()))


def _uploaded(event: str, name: str, year: int, days: Period, known: Occurrence | None) -> Occurrence:
    """The shop's days; phases of the built-in event that lie within them are kept, the day too when it is inside."""
    phases = [Phase(id="days", name=Text("活动期", "event"), days=days)]
    if known:
        inside = [(phase, phase.days.clip(days)) for phase in known.phases]
        phases += [Phase(id=phase.id, name=phase.name, days=clipped) for phase, clipped in inside if clipped]
    return Occurrence(
        event=event,
        year=year,
        name=known.name if known else Text(name, name),
        kind=known.kind if known else EventKind.OWN,
        day=known.day if known and days.contains(known.day) else days.start,
        phases=tuple(phases),
        uploaded=True,
    )


def _event_and_year(event_id: str, name: str | None, year: int) -> tuple[str, int]:
    """``618_2025`` is event 618 of 2025, ``双十一`` double_11 of the year it begins in."""
    for said in filter(None, (event_id, name)):
        found = _YEAR.match(said.strip())
        stem, said_year = (found[1], int(found[2])) if found else (said, year)
        event = _known_name(stem)
        if event:
            return event, said_year
    found = _YEAR.match(event_id.strip())
    return (found[1], int(found[2])) if found and found[1] else (event_id.strip(), year)


def _known_name(stem: str) -> str | None:
    word = _plain(stem)
    return next((rule.id for rule in _rules() if word in {_plain(name) for name in (rule.id, *rule.names)}), None)


def _plain(word: str) -> str:
    return re.sub(r"[\s_\-·']", "", word).lower()


def _occurrence(rule: Rule, year: int) -> Occurrence:
    day = rule.day(year)
    phases = [
        Phase(id=one.id, name=one.name, days=Period(day + timedelta(days=one.start), day + timedelta(days=one.end)))
        for one in rule.phases
    ]
    return Occurrence(
        event=rule.id, year=year, name=rule.name, kind=EventKind(rule.kind), day=day, phases=tuple(phases)
    )


@cache
def _rules() -> Sequence[Rule]:
    return rules_of(tomllib.loads(files("ecodash.metrics").joinpath("events.toml").read_text(encoding="utf-8")))
