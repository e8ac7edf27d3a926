"""A text column and what became of it: typed values, and the cells that could not be converted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from ecodash.core.text import Text

BAD_SCHEMA = {"at": pl.UInt32, "raw": pl.String, "reason": pl.String}
_LONG, _LOOK = 20_000, 2_000


def no_bad() -> pl.DataFrame:
    """No bad cell."""
    return pl.DataFrame(schema=BAD_SCHEMA)


@dataclass(frozen=True, kw_only=True)
class Note:
    """A finding about several cells of a column: ``text`` says it with ``{count}``, ``at`` are their positions."""

    code: str
    text: Text
    at: pl.Series


@dataclass(frozen=True, kw_only=True)
class Converted:
    """``values`` has one value per cell, null for blank and for bad cells.

    ``bad`` has one row per bad cell: ``at`` (position in the column, from 0), ``raw`` (text as in the file) and
    ``reason`` (a code of ``ecodash.ingest.convert.reasons``). ``notes`` are findings about the column.
    """

    values: pl.Series
    bad: pl.DataFrame = field(default_factory=no_bad)
    notes: tuple[Note, ...] = ()


def marked_bad(raw: pl.Series, where: pl.Series, reason: str) -> pl.DataFrame:
    """Bad cells of ``raw`` at the positions where ``where`` is true."""
    at = where.fill_null(False).arg_true()
    return pl.DataFrame({"at": at, "raw": raw.gather(at), "reason": [reason] * len(at)}, schema=BAD_SCHEMA)


def by_distinct_text(
    values: pl.Series, cells: pl.Series, raw: pl.Series, parse: Callable[[str], tuple[object | None, str | None]]
) -> Converted:
    """``values`` completed by ``parse`` for the cells that hold text but have no value yet.

    Each distinct text is parsed once. ``cells`` is the cleaned text, ``raw`` the text as in the file.
    """
    at = (cells.is_not_null() & values.is_null()).arg_true()
    if at.is_empty():
        return Converted(values=values)
    texts = cells.gather(at)
    distinct = texts.unique()
    answers = [parse(text) for text in distinct]
    known = pl.DataFrame(
        {
            "text": distinct,
            "value": pl.Series([value for value, _ in answers], dtype=values.dtype),
            "reason": pl.Series([reason for _, reason in answers], dtype=pl.String),
        }
    )
    found = pl.DataFrame({"at": at, "text": texts, "raw": raw.gather(at)}).join(
        known, on="text", how="left", maintain_order="left"
    )
    good = found.filter(pl.col("value").is_not_null())
    bad = found.filter(pl.col("reason").is_not_null()).select(BAD_SCHEMA.keys()).cast(BAD_SCHEMA)  # type: ignore[arg-type]
    return Converted(values=put(values, good["at"], good["value"]), bad=bad)


def put(values: pl.Series, at: pl.Series, new: pl.Series) -> pl.Series:
    """``values`` with ``new`` at the positions ``at``; the original is not changed."""
    if at.is_empty():
        return values
    rows = pl.int_range(len(values), dtype=pl.Int64, eager=True)
    rows = rows.scatter(at, pl.int_range(len(values), len(values) + len(new), dtype=pl.Int64, eager=True))
    return pl.concat([values, new.cast(values.dtype)]).gather(rows).alias(values.name)


def all_bad(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Bad cells of several steps, in the order of the file."""
    kept = [frame for frame in frames if frame.height]
    return pl.concat(kept).sort("at", maintain_order=True) if kept else no_bad()


def once_per_text(cells: pl.Series, convert: Callable[[pl.Series], Converted]) -> Converted:
    """``convert`` of ``cells``; of a long column that repeats itself each distinct text is converted once.

    The result is the same, positions and all, as long as ``convert`` looks at texts and not at how often they occur.
    """
    if not _repeats(cells):
        return convert(cells)
    coded = cells.cast(pl.Categorical(pl.Categories.random()))
    codes, distinct = coded.to_physical(), coded.unique().drop_nulls()
    done = convert(distinct.gather(distinct.to_physical().arg_sort()).cast(pl.String).alias(cells.name))
    notes = tuple(Note(code=note.code, text=note.text, at=_where(codes, note.at)) for note in done.notes)
    return Converted(
        values=done.values.gather(codes).alias(cells.name), bad=_bad_rows(cells, codes, done.bad), notes=notes
    )


def _repeats(cells: pl.Series) -> bool:
    """Whether a look at three places of a long column finds most texts more than once."""
    if len(cells) < _LONG:
        return False
    looks = (cells.slice(len(cells) * part // 3, _LOOK) for part in range(3))
    return sum(look.n_unique() for look in looks) < _LOOK * 3 // 2


def _where(codes: pl.Series, at: pl.Series) -> pl.Series:
    return codes.is_in(at.cast(codes.dtype).implode()).fill_null(False).arg_true()


def _bad_rows(cells: pl.Series, codes: pl.Series, bad: pl.DataFrame) -> pl.DataFrame:
    if bad.is_empty():
        return bad
    at = _where(codes, bad["at"])
    rows = pl.DataFrame({"row": at, "at": codes.gather(at), "raw": cells.gather(at)})
    named = rows.join(bad.select("at", "reason"), on="at", how="left", maintain_order="left")
    return named.select(pl.col("row").alias("at"), "raw", "reason").cast(BAD_SCHEMA)  # type: ignore[arg-type]
