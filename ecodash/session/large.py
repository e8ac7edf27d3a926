"""Large text files: read, conformed and shaped part by part on all cores, kept in one transaction."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import cast

import narwhals as nw
import polars as pl

from ecodash.core.period import Period
from ecodash.core.settings import Settings
from ecodash.ingest.conform import Conformed, conform
from ecodash.ingest.conform.choices import Choices
from ecodash.ingest.parts import Slice, raw_part, sample, slices, whole
from ecodash.ingest.raw import ROW, RawTable
from ecodash.ingest.recognition import Recognition
from ecodash.ingest.shape import shape
from ecodash.session.bulk import as_raw, numbered, plan_of, refuse_judging_apart
from ecodash.session.card import FileCard
from ecodash.store import BulkPlan, Lazy, LoadResult, LoadSource, NotPlain, Others, Part, ScatteredOrders, Workspace

LARGE_BYTES = 64 << 20
HEAD_ROWS = 4_000
_DAYS = ("ordered_at", "created_at", "paid_at", "date", "snapshot_date")


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """One part on its way into the store: rows are counted from the first row of the part, ``height`` rows in all."""

    conformed: Conformed
    tables: dict[str, pl.DataFrame]
    first: int
    height: int

    def numbered(self, before: int) -> Part:
        """The part with the rows numbered as in the file, ``before`` rows of which lie above it."""
        moved = pl.col(ROW) - self.first + before
        tables = {name: rows.with_columns(moved) for name, rows in self.tables.items()}
        return _part(self.conformed, tables, rejects=self.conformed.rejects.with_columns(moved))


@dataclass(frozen=True, kw_only=True)
class Large:
    """A recognised file that is too large to be held in memory: ``raw`` is its beginning."""

    card: FileCard
    raw: RawTable
    recognition: Recognition
    settings: Settings
    hash_ids: Callable[[pl.Series], pl.Series]

    def load(self, workspace: Workspace, source: LoadSource) -> LoadResult:
        """Keep the file: at once where it is plain, else part by part.

        Orders whose rows lie far apart are read as one part, so that no order is counted twice.
        """
        choices = self._choices()
        plan = plan_of(self.raw, self.recognition, business_zone=self.settings.business_zone)
        if plan is not None and not any(choices.made("decimal")):
            with suppress(NotPlain):
                others = Others(read=lambda rest: self._others(rest, plan, choices), beside=self._beside)
                return workspace.load_bulk(source, self.card.path, plan, others=others)
        try:
            return workspace.load_parts(source, self.parts(choices), whole_orders=self._holds_orders)
        except ScatteredOrders:
            return workspace.load_parts(source, self.parts(choices, cut=False))

    def _choices(self) -> Choices:
        """What is decided once for the file, on rows from all over it."""
        choices = Choices()
        rows = sample(self.card.path, self.raw)
        conform(rows, self.recognition, settings=self.settings, hash_id=_unkeyed, choices=choices)
        return choices

    def _others(self, rows: pl.DataFrame, plan: BulkPlan, choices: Choices) -> Part:
        """The rows that are not plain, by the ordinary rules. Raises NotPlain when those need to see the whole file."""
        refuse_judging_apart(rows, plan)
        raw = as_raw(rows, self.raw, self.recognition)
        done = conform(raw, self.recognition, settings=self.settings, hash_id=self.hash_ids, choices=choices)
        above = raw.grid.height - rows.height
        done = numbered(done, rows, above=above)
        return _part(done, self._tables(done), rejects=done.rejects)

    def _beside(self, rows: Lazy) -> dict[str, Lazy]:
        """The tables that the plain rows name besides their own."""
        entity = self.recognition.mapping.entity
        tables = shape(rows, entity=entity, platform=self.card.platform, options=self.recognition.mapping.options)
        return {name: frame for name, frame in tables.items() if name != entity}

    @property
    def _holds_orders(self) -> bool:
        return self.recognition.mapping.entity == "order_lines"

    def parts(self, choices: Choices, *, cut: bool = True) -> Iterator[Part]:
        """The parts in the order of the file; while one is kept, the next ones are worked on."""
        workers = min(os.cpu_count() or 1, 4)
        path, raw = self.card.path, self.raw
        pieces = slices(path, raw, self.recognition) if cut else iter([whole(path, raw)])
        before = 0
        with ThreadPoolExecutor(workers) as pool:
            waiting: deque[Future[_Piece]] = deque()
            for piece in pieces:
                waiting.append(pool.submit(self._piece, piece, choices))
                if len(waiting) > workers:
                    done = waiting.popleft().result()
                    yield done.numbered(before)
                    before += done.height
            while waiting:
                done = waiting.popleft().result()
                yield done.numbered(before)
                before += done.height

    def _piece(self, piece: Slice, choices: Choices) -> _Piece:
        raw, above = raw_part(piece, self.raw, self.recognition)
        done = conform(raw, self.recognition, settings=self.settings, hash_id=self.hash_ids, choices=choices)
        return _Piece(conformed=done, tables=self._tables(done), first=above, height=raw.grid.height - above)

    def _tables(self, done: Conformed) -> dict[str, pl.DataFrame]:
        shaped = shape(
            nw.from_native(done.frame.lazy()),
            entity=done.entity,
            platform=self.card.platform,
            options=self.recognition.mapping.options,
        )
        lazy = [cast("pl.LazyFrame", nw.to_native(rows)) for rows in shaped.values()]
        return dict(zip(shaped, pl.collect_all(lazy), strict=True))


def _part(done: Conformed, tables: Mapping[str, pl.DataFrame], *, rejects: pl.DataFrame) -> Part:
    rejected, read = rejects.filter("whole_row").height, done.totals["rows"]
    return Part(
        tables=tables,
        rejects=rejects,
        read=read,
        kept=read - rejected,
        rejected=rejected,
        period=_days(done.frame),
    )


def _unkeyed(values: pl.Series) -> pl.Series:
    """For a look at a sample that is not kept."""
    return values


def _days(frame: pl.DataFrame) -> Period | None:
    """First and last day of the first of the usual date columns."""
    name = next((name for name in _DAYS if name in frame.columns), None)
    if name is None:
        return None
    days = frame[name].cast(pl.Date)
    first, last = days.min(), days.max()
    return Period(first, last) if isinstance(first, date) and isinstance(last, date) else None
