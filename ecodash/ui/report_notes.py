"""What a file must say about itself: definitions, filters, window, as known when, and the loads it rests on."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import polars as pl

from ecodash.export import Definition, LoadedFile, Notes
from ecodash.metrics.query import Query
from ecodash.metrics.registry import find
from ecodash.ui import cache, filters
from ecodash.ui.view import View
from ecodash.ui.words import language, t


def notes(view: View, *metrics: str, query: Query, remarks: Sequence[str] = ()) -> Notes:
    """What a reader of an export must know a year later."""
    return Notes(
        definitions=tuple(definition(name, query.definition) for name in metrics),
        filters=tuple(filters.in_words()),
        window=query.window or view.whole,
        as_of=t("report.as_of_load", load=query.as_of) if query.as_of is not None else "",
        loads=loads(view, query.as_of),
        made=now(view),
        remarks=tuple(remarks),
    )


def definition(name: str, reading: str | None) -> Definition:
    """A metric in the reader's language; ``reading`` is one of its definitions, None the default one."""
    metric, spoken = find(name), language()
    known = next((one for one in metric.definitions if one.id == reading), metric.default)
    said = [metric.meaning.to(spoken)]
    if len(metric.definitions) > 1:
        said.append(t("report.reading", name=known.name.to(spoken), meaning=known.meaning.to(spoken)))
    return Definition(
        name=metric.name.to(spoken),
        meaning="\n".join(said),
        formula=metric.formula.to(spoken),
        identifier=f"{metric.id}:{known.id}",
    )


def loads(view: View, as_of: int | None) -> tuple[LoadedFile, ...]:
    """The files in force, in the order they were loaded; with ``as_of`` none that came later."""
    history = cache.loads(view.shop).filter(pl.col("active")).sort("load_id")
    if as_of is not None:
        history = history.filter(pl.col("load_id") <= as_of)
    return tuple(
        LoadedFile(file=file, sha256=sha256, loaded=_local(view, loaded))
        for file, sha256, loaded in history.select("file", "sha256", "loaded_at").iter_rows()
    )


def now(view: View) -> datetime:
    """The moment of the call, in the business zone of the shop."""
    return datetime.now(ZoneInfo(view.shop.settings.business_zone))


def _local(view: View, utc: datetime) -> datetime:
    return utc.replace(tzinfo=UTC).astimezone(ZoneInfo(view.shop.settings.business_zone))
