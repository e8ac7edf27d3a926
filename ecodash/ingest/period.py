"""The days a column of texts speaks of; a light reading for recognition, ``convert`` reads dates exactly."""

import re
from datetime import date

import polars as pl

from ecodash.core.period import Period

_MONTHS: dict[str, int] = {
    word: number
    for words in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "janv févr mars avr mai juin juil août sept oct nov déc",
    )
    for number, word in enumerate(words.split(), start=1)
}
_YEAR_FIRST = r"^\D{0,3}((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})"
_COMPACT = r"^((?:19|20)\d\d)([01]\d)([0-3]\d)(?:\D|$)"
_YEAR_LAST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?:\D|$)"
_DAY_NAME = r"(?i)^(\d{1,2})[\s-]+(?:de\s+)?(\p{L}{3,})\.?[\s-]+(?:de\s+)?(\d{4}|\d\d)(?:\D|$)"
_NAME_DAY = r"(?i)^(\p{L}{3,})\.?[\s-]+(\d{1,2}),?[\s-]+(\d{4}|\d\d)(?:\D|$)"
_SERIAL = r"^([3-5]\d{4})(?:\.\d+)?$"
_SERIAL_ZERO = date(1899, 12, 30)
_IN_TEXT = re.compile(r"((?:19|20)\d\d)[-/.年]?([01]?\d)[-/.月]?([0-3]?\d)(?!\d)")
_LAST_MONTH = 12
_SHORT_YEAR = 100


def period_of(values: pl.Series, *, day_first: bool | None = None) -> Period | None:
    """First and last day among texts; None when none holds a date, or when day and month cannot be told apart.

    ``day_first`` says which of 03/04 is the day; undecided columns are decided by any part above 12.
    """
    days = dates_in(values, day_first=day_first).drop_nulls()
    first, last = days.min(), days.max()
    return Period(first, last) if isinstance(first, date) and isinstance(last, date) else None


def dates_in(values: pl.Series, *, day_first: bool | None = None) -> pl.Series:
    """The day each distinct text starts with, null where there is none; same order as ``values.unique()``."""
    texts = values.drop_nulls().str.strip_chars(" \t'\"=`").unique().sort().alias("text")
    frame = texts.to_frame().filter(pl.col("text") != "")
    return frame.select(
        pl.coalesce(
            _date(_YEAR_FIRST, (1, 2, 3)),
            _date(_COMPACT, (1, 2, 3)),
            _numbered(frame["text"], day_first=day_first),
            _named(_DAY_NAME, year=3, month=2, day=1),
            _named(_NAME_DAY, year=3, month=1, day=2),
            pl.lit(_SERIAL_ZERO) + pl.duration(days=_part(_SERIAL, 1)),
        ).alias("day")
    )["day"]


def has_dates(values: pl.Series) -> float:
    """Share of the distinct non-blank texts that start with a date, 0 … 1."""
    days = dates_in(values, day_first=True)
    return 0.0 if days.is_empty() else 1 - days.null_count() / len(days)


def _part(pattern: str, group: int) -> pl.Expr:
    return pl.col("text").str.extract(pattern, group).cast(pl.Int32)


def _date(pattern: str, order: tuple[int, int, int]) -> pl.Expr:
    """A day from three numeric groups; null where they are no day of the calendar."""
    year, month, day = (_part(pattern, group) for group in order)
    full = pl.when(year < _SHORT_YEAR).then(year + 2000).otherwise(year)
    text = pl.concat_str([full, month, day], separator="-")
    return text.str.to_date("%Y-%m-%d", strict=False)


def _numbered(texts: pl.Series, *, day_first: bool | None) -> pl.Expr:
    frame = texts.alias("text").to_frame()
    first, second = (frame.select(_part(_YEAR_LAST, group).max()).item() or 0 for group in (1, 2))
    decided = day_first
    if first > _LAST_MONTH:
        decided = True
    elif second > _LAST_MONTH:
        decided = False
    if decided is None:
        return pl.lit(None, dtype=pl.Date)
    return _date(_YEAR_LAST, (3, 2, 1) if decided else (3, 1, 2))


def _named(pattern: str, *, year: int, month: int, day: int) -> pl.Expr:
    word = pl.col("text").str.extract(pattern, month).str.to_lowercase()
    number = pl.coalesce(
        word.replace_strict(_MONTHS, default=None, return_dtype=pl.Int32),
        word.str.head(4).replace_strict(_MONTHS, default=None, return_dtype=pl.Int32),
        word.str.head(3).replace_strict(_MONTHS, default=None, return_dtype=pl.Int32),
    )
    years = _part(pattern, year)
    full = pl.when(years < _SHORT_YEAR).then(years + 2000).otherwise(years)
    text = pl.concat_str([full, number, _part(pattern, day)], separator="-")
    return text.str.to_date("%Y-%m-%d", strict=False)


def period_in_text(text: str) -> Period | None:
    """The period named in a title line or a file name: ``2026-05-01 至 2026-05-31``, ``20260503_101500``."""
    days = [day for found in _IN_TEXT.finditer(text) if (day := _calendar_day(found)) is not None]
    if days:
        return Period(min(days), max(days))
    pieces = pl.Series([piece.strip() for piece in re.split(r"\s+-\s+|~|—|：|: ", text)], dtype=pl.String)
    return period_of(pieces)


def _calendar_day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
