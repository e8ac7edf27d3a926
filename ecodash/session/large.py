"""Large text files: read, conformed and shaped part by part on all cores, kept in one transaction."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import cast

import narwhals as nw
import polars as pl

from ecodash.core.period import Period
from ecodash.core.settings import Settings
from ecodash.ingest.conform import Conformed, conform
from ecodash.ingest.conform.choices import Choices
from ecodash.ingest.parts import Slice, raw_part, sample, slices
from ecodash.ingest.raw import ROW, RawTable
from ecodash.ingest.recognition import Recognition
from ecodash.ingest.shape import shape
from ecodash.session.card import FileCard
from ecodash.store import LoadResult, LoadSource, Part, ScatteredOrders, Workspace

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
        rejects, read = self.conformed.rejects, self.conformed.totals["rows"]
        rejected = rejects.filter("whole_row").height
        return Part(
            tables={name: rows.with_columns(moved) for name, rows in self.tables.items()},
            rejects=rejects.with_columns(moved),
            read=read,
            kept=read - rejected,
            rejected=rejected,
            period=_days(self.conformed.frame),
        )


@dataclass(frozen=True, kw_only=True)
class Large:
    """A recognised file that is too large to be held in memory: ``raw`` is its beginning."""

    card: FileCard
    raw: RawTable
    recognition: Recognition
    settings: Settings
    hash_ids: Callable[[pl.Series], pl.Series]

    def load(self, workspace: Workspace, source: LoadSource) -> LoadResult:
        """Keep the file; with orders whose rows lie far apart it is cut anew, so that no order is counted twice."""
        try:
            return workspace.load_parts(source, self.parts(), whole_orders=self._holds_orders)
        except ScatteredOrders:
            return workspace.load_parts(source, self.parts(size=self.card.size + 1))

    @property
    def _holds_orders(self) -> bool:
        return self.recognition.mapping.entity == "order_lines"

    def parts(self, *, size: int | None = None) -> Iterator[Part]:
        """The parts in the order of the file; while one is kept, the next ones are worked on."""
        choices = Choices()
        conform(
            sample(self.card.path, self.raw),
            self.recognition,
            settings=self.settings,
            hash_id=_unkeyed,
            choices=choices,
        )
        workers = min(os.cpu_count() or 1, 4)
        cut = slices(self.card.path, self.raw, self.recognition, **({} if size is None else {"size": size}))
        before = 0
        with ThreadPoolExecutor(workers) as pool:
            waiting: deque[Future[_Piece]] = deque()
            for piece in cut:
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
