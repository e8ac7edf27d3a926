"""Forecasts of one workspace: made, published into an archive nobody can edit, overridden with a reason, scored later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from ecodash.core.errors import InputError, UnknownName
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics.forecasting import By, Forecast, Measure, Question, forecast
from ecodash.metrics.forecasting.demand import sold
from ecodash.metrics.forecasting.document import document
from ecodash.metrics.forecasting.last_day import last_complete
from ecodash.metrics.forecasting.question import by_of, measure_of
from ecodash.metrics.forecasting.scoring import Outcome, Said, outcome
from ecodash.metrics.reading import Reading
from ecodash.session.session import Session
from ecodash.store.archive import Archive, Kept

FOLDER, OVERRIDES = "forecasts", "forecast_overrides"
LONGEST = 500
Told = Callable[[By, int, int], None]
Block = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Published:
    """A forecast as it was given out. ``intact`` False: its file was changed later, so it is not scored."""

    number: int
    made: str
    author: str
    by: By
    measure: Measure
    days: Period
    document: Block
    intact: bool


@dataclass(frozen=True, kw_only=True)
class Override:
    """What a person expects instead for the sum over the whole horizon of one key (``total`` for everything)."""

    number: int
    forecast: int
    key: str
    value: float
    author: str
    reason: str
    made: str


class Forecasts:
    """Writing raises WorkspaceError where the folder cannot be written to."""

    def __init__(self, session: Session) -> None:
        root = session.workspace.folder.root
        self._session = session
        self._kept, self._changes = Archive(root / FOLDER), Archive(root / OVERRIDES)

    def make(self, question: Question, *, told: Told | None = None) -> Forecast:
        """The forecast as of what is loaded now; nothing is kept. Raises MissingData."""
        return forecast(self._reading(), question, told=told)

    def publish(self, found: Forecast, *, author: str = "", now: datetime | None = None) -> Published:
        """Keep a forecast for good: it can be scored and overridden, never changed or taken away."""
        made = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        kept = self._kept.add({"made": made, "author": author.strip()[:LONGEST], "forecast": document(found)})
        return _published(kept)

    def published(self) -> list[Published]:
        """Every published forecast, the newest first."""
        return [_published(kept) for kept in reversed(self._kept.all())]

    def get(self, number: int) -> Published:
        """One of them. Raises UnknownName, and WorkspaceError when its file was changed."""
        return _published(self._kept.get(number))

    def override(self, change: Override, *, now: datetime | None = None) -> Override:
        """Keep what a person expects instead; an earlier one for the same key stays on record, the newest counts.

        Raises UnknownName for the forecast or key, InputError without author and reason, below zero, or once its days
        are over.
        """
        told = self.get(change.forecast)
        said = {one.key for one in said_of(told)}
        if change.key not in said:
            raise UnknownName(Text("预测对象", "forecast key"), change.key, sorted(said))
        author, reason = change.author.strip()[:LONGEST], change.reason.strip()[:LONGEST]
        if not author or not reason:
            raise InputError(Text("请填写修改人和理由。", "An override needs its author and a reason."))
        if not 0 <= change.value < float("inf"):
            raise InputError(Text("修改后的数要大于等于 0。", "An override must be 0 or more."))
        if self._last() and cast("date", self._last()) >= told.days.end:
            raise InputError(Text("这份预测的日期已经过完，不能再修改。", "The days of this forecast are over."))
        made = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        block = {"forecast": change.forecast, "key": change.key, "value": change.value}
        kept = self._changes.add({**block, "author": author, "reason": reason, "made": made})
        return _override(kept)

    def overrides(self, number: int) -> list[Override]:
        """Every override of a published forecast, oldest first."""
        found = [_override(one) for one in self._changes.all() if one.intact]
        return [one for one in found if one.forecast == number]

    def score(self, number: int) -> list[Outcome]:
        """What was said and what came of every key, as far as the days are over; empty before the first of them is."""
        told, last = self.get(number), self._last()
        if last is None or last < told.days.start:
            return []
        over = Period(told.days.start, min(last, told.days.end))
        came = _came(self._reading(), told, over)
        newest = {one.key: one.value for one in self.overrides(number)}
        return [outcome(one, came[one.level].get(one.key, 0.0), over, newest.get(one.key)) for one in said_of(told)]

    def _reading(self) -> Reading:
        return Reading(source=self._session.source)

    def _last(self) -> date | None:
        span = last_complete(self._reading())
        return span.end if span else None


def said_of(told: Published) -> list[Said]:
    """What a published forecast said of its total and of every key."""
    total, parts = cast("Block", told.document["total"]), cast("list[Block]", told.document["series"])
    found = [_said(total, By.TOTAL)]
    return found if told.by is By.TOTAL else [*found, *(_said(one, told.by) for one in parts)]


def _came(reading: Reading, told: Published, over: Period) -> dict[By, Mapping[str, float]]:
    """What was sold in ``over`` by key, for the total and for the split of the forecast."""
    found = {}
    for by in {By.TOTAL, told.by}:
        found[by] = sold(reading, by, told.measure, over)
    return found


def _said(series: Block, level: By) -> Said:
    days = cast("list[Block]", series["days"])
    whole = cast("Mapping[str, float | None]", series["sum"])
    return Said(
        key=str(series["key"]),
        name=str(series.get("name") or series["key"]),
        level=level,
        path=tuple(float(str(one["value"])) for one in days),
        whole=whole,
        first=date.fromisoformat(str(days[0]["day"])),
        steps=tuple((one.get("low_80"), one.get("high_80")) for one in days),
    )


def _published(kept: Kept) -> Published:
    told = cast("Block", kept.document["forecast"])
    start, end = cast("list[str]", told["window"])
    return Published(
        number=kept.number,
        made=str(kept.document["made"]),
        author=str(kept.document["author"]),
        by=by_of(str(told["by"])),
        measure=measure_of(str(told["measure"])),
        days=Period(date.fromisoformat(start), date.fromisoformat(end)),
        document=told,
        intact=kept.intact,
    )


def _override(kept: Kept) -> Override:
    block = kept.document
    return Override(
        number=kept.number,
        forecast=int(str(block["forecast"])),
        key=str(block["key"]),
        value=float(str(block["value"])),
        author=str(block["author"]),
        reason=str(block["reason"]),
        made=str(block["made"]),
    )
