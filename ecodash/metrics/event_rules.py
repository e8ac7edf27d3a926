"""How the packaged calendar says when an event is: a fixed day, a day of the lunar year, or a weekday of a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict, cast

from ecodash.core.text import Text

FIRST_YEAR, LAST_YEAR = 2004, 2035
WEEK = 7


class _Weekday(TypedDict):
    month: int
    weekday: int
    count: int
    shift: int


@dataclass(frozen=True, kw_only=True)
class PhaseRule:
    """A stretch of days from ``start`` to ``end`` days after the day of the event, both included."""

    id: str
    name: Text
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One event of every year from ``since`` on. ``days`` holds its day in every year of the table."""

    id: str
    name: Text
    kind: str
    region: str
    since: int
    names: tuple[str, ...]
    phases: tuple[PhaseRule, ...]
    days: Mapping[int, date]

    def day(self, year: int) -> date:
        """The day of the event in ``year``; raises KeyError outside 2004–2035."""
        return self.days[year]


def rules_of(document: Mapping[str, object]) -> Sequence[Rule]:
    """The rules of the packaged file, in its order."""
    lunar = cast("Mapping[str, object]", document["lunar"])
    columns = cast("list[str]", lunar["columns"])
    table = {
        int(year): {name: _at(int(year), text) for name, text in zip(columns, days, strict=True)}
        for year, days in cast("Mapping[str, list[str]]", lunar["days"]).items()
    }
    return tuple(_rule(event, table) for event in cast("list[dict[str, object]]", document["event"]))


def _rule(event: Mapping[str, object], lunar: Mapping[int, Mapping[str, date]]) -> Rule:
    phases = cast("list[dict[str, object]]", event["phases"])
    return Rule(
        id=str(event["id"]),
        name=_text(event),
        kind=str(event["kind"]),
        region=str(event.get("region", "")),
        since=int(str(event.get("since", FIRST_YEAR))),
        names=tuple(str(name) for name in cast("list[object]", event.get("names", []))),
        phases=tuple(
            PhaseRule(id=str(one["id"]), name=_text(one), start=int(str(one["from"])), end=int(str(one["to"])))
            for one in phases
        ),
        days={year: _day(event, year, lunar[year]) for year in range(FIRST_YEAR, LAST_YEAR + 1)},
    )


def _day(event: Mapping[str, object], year: int, lunar: Mapping[str, date]) -> date:
    if "at" in event:
        return _at(year, str(event["at"]))
    if "lunar" in event:
        return lunar[str(event["lunar"])] + timedelta(days=int(str(event.get("shift", 0))))
    rule = cast("_Weekday", event["nth"])
    first = date(year, rule["month"], 1)
    ahead = (rule["weekday"] - first.isoweekday()) % WEEK + WEEK * (rule["count"] - 1)
    return first + timedelta(days=ahead + rule["shift"])


def _at(year: int, text: str) -> date:
    month, day = text.split("-")
    return date(year, int(month), int(day))


def _text(words: Mapping[str, object]) -> Text:
    return Text(str(words["zh"]), str(words["en"]))
