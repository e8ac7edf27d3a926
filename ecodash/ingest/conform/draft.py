"""A file on its way from text to canonical fields: what every step of ``conform`` takes and gives."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import polars as pl

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.conform import rejected
from ecodash.ingest.conform.choices import Choices, Value
from ecodash.ingest.export_format import Format
from ecodash.ingest.mapping import LoadOptions
from ecodash.ingest.problem import ROWS_KEPT, Problem
from ecodash.ingest.raw import ROW, RawTable
from ecodash.ingest.recognition import CANONICAL, Recognition
from ecodash.ingest.switches import Switches


def quoted(words: str) -> str:
    """Words out of a file, safe inside a text with ``{placeholders}``."""
    return words.replace("{", "{{").replace("}", "}}")


HashIds = Callable[[pl.Series], pl.Series]


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is known about one file before its cells are looked at. ``text`` is the data rows, all text, plus row_no.

    ``choices`` holds what was decided for the whole file when ``text`` is only a part of it.
    """

    raw: RawTable
    recognition: Recognition
    settings: Settings
    hash_id: HashIds
    text: pl.DataFrame
    choices: Choices | None = None

    def once(self, what: str, which: str, decide: Callable[[], Value]) -> Value:
        """A decision about the whole file: as made before for another part, else made now."""
        return decide() if self.choices is None else self.choices.once(what, which, decide)

    @property
    def entity(self) -> str:
        """What one row is; "" when nobody has decided."""
        return self.recognition.mapping.entity

    @property
    def options(self) -> LoadOptions:
        """The settings of this load."""
        return self.recognition.mapping.options

    @property
    def export(self) -> Format | None:
        """The catalogue entry of the file, None for unknown and canonical files."""
        return FORMATS.get(self.recognition.mapping.format or "")

    @property
    def switches(self) -> Switches:
        """The quirks of the format; those of an ordinary file when unknown."""
        return self.export.switches if self.export else Switches()

    @property
    def table(self) -> str | None:
        """The canonical table a file with our own headers holds, else None."""
        name = self.recognition.mapping.format or ""
        return name.removeprefix(CANONICAL) if name.startswith(CANONICAL) else None

    @property
    def platform(self) -> str:
        """Platform of the rows: as set for the load, as the format says, else "file"."""
        return self.options.platform or (self.export.platform if self.export else "file")

    @property
    def has_lines(self) -> bool:
        """Whether several rows can belong to one order."""
        return self.entity == "order_lines"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """``frame``: the rows kept so far, typed fields plus row_no. ``rejects``: frames of rejected cells and rows."""

    context: Context
    frame: pl.DataFrame
    rejects: tuple[pl.DataFrame, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    def has(self, *fields: str) -> bool:
        """Whether all ``fields`` are columns of the frame."""
        return all(name in self.frame.columns for name in fields)

    def with_frame(self, frame: pl.DataFrame) -> "Draft":
        """The draft with another frame."""
        return replace(self, frame=frame)

    def noting(self, code: str, text: Text, rows: pl.DataFrame | None = None) -> "Draft":
        """The draft with one more finding: ``text`` says it with ``{count}`` rows, ``rows`` are the rows concerned."""
        count = rows.height if rows is not None else 0
        named = tuple(rows[ROW].sort().head(ROWS_KEPT).to_list()) if rows is not None else ()
        text = text.format(count=count)
        return replace(self, problems=(*self.problems, Problem(code=code, text=text, count=count, rows=named)))

    def rejecting(self, rejects: pl.DataFrame) -> "Draft":
        """The draft with more rejects."""
        return replace(self, rejects=(*self.rejects, rejects)) if rejects.height else self

    def losing(self, gone: pl.DataFrame, *, header: str, field: str, reason: str) -> "Draft":
        """The draft without the rows ``gone``, each of them a whole-row reject (a bad cell of ``field`` becomes it)."""
        if gone.is_empty():
            return self
        parts, unexplained = rejected.whole(self.rejects, gone, field=field)
        rows = rejected.rows(
            _with_raw(self.context.text, unexplained, header),
            file=self.context.raw.file,
            column=header,
            field=field,
            reason=reason,
        )
        kept = self.frame.filter(~pl.col(ROW).is_in(gone[ROW].implode()))
        return replace(self, frame=kept, rejects=(*parts, rows) if rows.height else parts)

    def counting(self, **counts: int) -> "Draft":
        """The draft with more control counts."""
        return replace(self, counts={**self.counts, **counts})


def _with_raw(text: pl.DataFrame, rows: pl.DataFrame, header: str) -> pl.DataFrame:
    """The rows with the text of one column as ``raw``."""
    if header not in text.columns:
        return rows
    raw = text.select(pl.col(ROW).cast(pl.Int64), pl.col(header).alias("raw"))
    return rows.select(ROW).join(raw, on=ROW, how="left", maintain_order="left")
