"""Goals and notes of one workspace, as pages and the command line use them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import narwhals as nw
import polars as pl

from ecodash.core.decimals import from_scaled, to_scaled
from ecodash.core.errors import InputError
from ecodash.core.notebook import EVERYTHING, SCOPES, Goal, Note
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.export import FORMATS, Column, Table
from ecodash.i18n import Reader
from ecodash.metrics.registry import METRICS, find
from ecodash.session.note_file import COLUMNS, read_notes
from ecodash.store import Workspace

Where = tuple[tuple[str, tuple[str, ...]], ...]
LONGEST = 500
HIGHEST = Decimal(10) ** 14


class Notebook:
    """What people wrote down. Writing raises WorkspaceError where the workspace is open for reading only."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept = workspace.notebook

    def goals(self, month: date | None = None) -> list[Goal]:
        """Goals of a month, or all, by month: typed ones over those of the table of targets.

        Targets for indicators that are no metric here are left out.
        """
        uploaded = {(one.month, one.metric, one.owner): one for one in self._targets()}
        typed = {(one.month, one.metric, one.owner): one for one in self._kept.goals()}
        found = sorted((uploaded | typed).values(), key=lambda one: (one.month, one.metric, one.owner))
        return [one for one in found if month is None or one.month == month.replace(day=1)]

    def set_goal(self, month: date, metric: str, value: Decimal, *, owner: str = "") -> Goal:
        """Keep a goal for the month of a day, to the ten-thousandth.

        Raises UnknownName for the metric, InputError for a goal that is not above zero or beyond all measure.
        """
        if not value.is_finite() or not 0 < value < HIGHEST or to_scaled(value) == 0:
            raise InputError(
                Text(f"目标要大于 0，现在是 {value}。", f"A goal must be a number above 0; {value} is not.")
            )
        kept = from_scaled(to_scaled(value))
        goal = Goal(month=month.replace(day=1), metric=find(metric).id, value=kept, owner=_clean(owner))
        self._kept.set_goal(goal)
        return goal

    def remove_goal(self, month: date, metric: str, *, owner: str = "") -> None:
        """Take a typed goal away; raises UnknownName when there is none. Uploaded ones go with their load."""
        self._kept.remove_goal(month.replace(day=1), metric, _clean(owner))

    def notes(self, window: Period | None = None, *, where: Where = ()) -> list[Note]:
        """Notes by first day: those that touch ``window`` and are about what the filters leave."""
        found = [note for note in self._kept.notes() if window is None or note.days.clip(window)]
        return [note for note in found if note.concerns(where)]

    def add_note(self, days: Period, text: str, *, owner: str = "", scope: str = EVERYTHING) -> Note:
        """Keep a note. Raises InputError without words, with too many, or for a scope that is none."""
        [note] = self._kept.add_notes([_checked(Note(days=days, text=text, owner=owner, scope=scope))])
        return note

    def edit_note(self, note: Note) -> None:
        """Put ``note`` in place of the one with its number. Raises UnknownName, and InputError as ``add_note``."""
        self._kept.edit_note(_checked(note))

    def remove_note(self, number: int) -> None:
        """Take a note away. Raises UnknownName."""
        self._kept.remove_note(number)

    def import_notes(self, content: bytes, *, file: str) -> tuple[int, int]:
        """Add the notes of a CSV file, all or none: how many are new, and how many were there already.

        Raises InputError that names row and column of what is wrong.
        """
        there = {replace(note, id=0) for note in self._kept.notes()}
        read = [_checked(note) for note in read_notes(content, file=file)]
        new = [note for note in dict.fromkeys(read) if note not in there]
        self._kept.add_notes(new)
        return len(new), len(read) - len(new)

    def export_notes(self, *, reader: Reader) -> bytes:
        """All notes as CSV (UTF-8 with BOM), in the columns that ``import_notes`` reads."""
        rows = [
            {"start": n.days.start, "end": n.days.end, "text": n.text, "owner": n.owner, "scope": n.scope}
            for n in self.notes()
        ]
        frame = pl.DataFrame(
            rows, schema={name: pl.Date if name in {"start", "end"} else pl.String for name in COLUMNS}
        )
        columns = [Column(name=name, heading=name) for name in COLUMNS]
        return FORMATS["csv"].write(Table(title="notes", frame=frame, columns=columns), reader)

    def _targets(self) -> Sequence[Goal]:
        if "targets" not in self._workspace.loaded_tables():
            return []
        table = self._workspace.table("targets").filter(~nw.col("target_value").is_null())
        rows = table.select("period", "owner", "indicator_id", "target_value").collect("polars").rows()
        return [
            Goal(month=day.replace(day=1), metric=metric, value=from_scaled(value), owner=owner, uploaded=True)
            for day, owner, metric, value in rows
            if metric in METRICS
        ]


def _checked(note: Note) -> Note:
    text = _clean(note.text)
    if not text or len(text) > LONGEST:
        raise InputError(
            Text(f"批注要有内容，且不超过 {LONGEST} 字。", f"A note needs words, at most {LONGEST} characters.")
        )
    return replace(note, text=text, owner=_clean(note.owner), scope=_scope(note.scope))


def _scope(said: str) -> str:
    scope = said.strip() or EVERYTHING
    kind, _, name = scope.partition(":")
    if scope == EVERYTHING or (kind in SCOPES and name.strip()):
        return scope
    raise InputError(
        Text(
            f"范围“{said}”无效，应为 all、channel:渠道、store:门店 或 sku:商品编号。",
            f"“{said}” is no scope; write all, channel:<id>, store:<id> or sku:<id>.",
        )
    )


def _clean(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
