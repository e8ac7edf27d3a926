"""Text columns → days and moments. Whole columns are tried format by format; what is left is read cell by cell."""

from dataclasses import dataclass

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.convert.cells import NULLS, blanks, cleaned, half_width
from ecodash.ingest.convert.column import Converted, Note, all_bad, by_distinct_text, marked_bad, put
from ecodash.ingest.convert.day_order import Order, damaged, order_of
from ecodash.ingest.convert.moments import FIRST_YEAR, LAST_YEAR, parse_moment
from ecodash.ingest.convert.zones import to_zone

QUICK_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d-%b-%y",
    "%d %b %Y %H:%M",
    "%b-%d-%y",
    "%b %d, %Y",
)
_QUICK_ABSOLUTE = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S %z")
_DAY_FIRST = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y")
_MONTH_FIRST = ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y", "%m/%d/%y", "%m/%d/%Y %I:%M:%S %p")
_FOUR_DIGITS = r"^\d{4}\D|^\d{8}$|\D\d{4}(\D|$)"
_MAX_TRIES = 6
_FIRST_CELLS = 1_000
_REPEATED = Text(
    "{count} 个时间落在夏令时结束时重复的那一小时里，按前一次计。",
    "{count} times fall into the hour that is repeated when daylight saving ends; the first one was taken.",
)
_DAMAGED = Text(
    "有 {count} 个形如 年-月-日 的日期已被其他软件改坏（原本是 月/日/年，凡能读成别的日期的都被改写了），全部剔除，不予采信。",
    "{count} dates that look like year-month-day were damaged by other software (month/day/year text was rewritten "
    "wherever it could be read another way); they are rejected, never believed.",
)


@dataclass(frozen=True, kw_only=True)
class DateStyle:
    """How dates of one column are written.

    ``formats`` are strptime formats to try first, ``day_first`` settles 03/04 when the column itself does not.
    ``zone`` is the clock of naive times (None: the business clock), ``business_zone`` the clock of the workspace.
    """

    formats: tuple[str, ...] = ()
    day_first: bool | None = None
    zone: str | None = None
    business_zone: str = "Asia/Shanghai"
    nulls: frozenset[str] = NULLS


@dataclass(frozen=True, kw_only=True)
class _Clock:
    """``local``: naive microseconds; ``absolute``: it is UTC; ``timed``: it has a time of day."""

    local: pl.Series
    absolute: pl.Series
    timed: pl.Series


def to_timestamp(cells: pl.Series, style: DateStyle) -> Converted:
    """Moments on the business clock (naive microseconds).

    Times with an offset or a zone name are absolute; naive times are on the clock of ``style.zone``. A cell that names
    a day only is that day at 00:00, never moved between zones. Of the hour that is repeated when daylight saving ends
    the first is taken (and said); a clock time that was skipped is a bad cell.
    """
    clock, bad, notes = _read(cells, style)
    moved = to_zone(clock.local, clock.absolute, clock.timed, zone=style.zone, business_zone=style.business_zone)
    skipped = marked_bad(cells, moved.skipped, "time_does_not_exist")
    if moved.repeated.any():
        notes = (*notes, Note(code="repeated_hour", text=_REPEATED, at=moved.repeated.arg_true()))
    return Converted(values=moved.values.alias(cells.name), bad=all_bad([bad, skipped]), notes=notes)


def to_date(cells: pl.Series, style: DateStyle) -> Converted:
    """Calendar days; of a time with an offset the day on the business clock."""
    done = to_timestamp(cells, style)
    return Converted(values=done.values.dt.date(), bad=done.bad, notes=done.notes)


def _read(cells: pl.Series, style: DateStyle) -> tuple[_Clock, pl.DataFrame, tuple[Note, ...]]:
    plain = _one_spelling(cells, style)
    if plain is not None:
        return plain, all_bad([]), ()
    text = half_width(cleaned(cells, style.nulls))
    order = order_of(text, formats=style.formats, day_first=style.day_first)
    hurt = damaged(text, order)
    clean = pl.select(pl.when(hurt).then(None).otherwise(text)).to_series() if hurt.any() else text
    clock = _quick(clean, style, order)
    clock, bad = _thorough(clock, clean, cells, order)
    notes = order.notes
    if hurt.any():
        notes = (*notes, Note(code="damaged_dates", text=_DAMAGED, at=hurt.arg_true()))
    return clock, all_bad([bad, marked_bad(cells, hurt, "damaged_date")]), notes


def _one_spelling(cells: pl.Series, style: DateStyle) -> _Clock | None:
    """The whole column at once when one unmistakable format reads all of it, else None."""
    first = next((cell for cell in cells.head(_FIRST_CELLS) if cell), None)
    found = _format_for(first, style, Order(day_first=None)) if first else None
    if found not in QUICK_FORMATS:
        return None
    local = cells.str.to_datetime(found, time_unit="us", strict=False)
    years = local.dt.year()
    fine = years.is_between(FIRST_YEAR, LAST_YEAR).all()
    if not fine or local.null_count() != blanks(cells):
        return None
    timed = local.is_not_null() if "%H" in found else pl.Series([False]).new_from_index(0, len(cells))
    return _Clock(local=local, absolute=pl.Series([False]).new_from_index(0, len(cells)), timed=timed)


def _quick(text: pl.Series, style: DateStyle, order: Order) -> _Clock:
    """Format after format over the whole column, each chosen because it reads the first cell still open."""
    local = pl.Series(text.name, [None], dtype=pl.Datetime("us")).new_from_index(0, len(text))
    absolute = pl.Series([False]).new_from_index(0, len(text))
    for _ in range(_MAX_TRIES):
        open_cells = (text.is_not_null() & local.is_null()).arg_true()
        if open_cells.is_empty():
            break
        found = _format_for(str(text[int(open_cells[0])]), style, order)
        if found is None:
            break
        read = text.gather(open_cells).str.to_datetime(found, time_unit="us", strict=False)
        is_absolute = "%z" in found
        read = read.dt.replace_time_zone(None) if is_absolute else read
        fine = (read.dt.year().is_between(FIRST_YEAR, LAST_YEAR)).fill_null(False)
        local = put(local, open_cells.filter(fine), read.filter(fine))
        if is_absolute:
            absolute = put(absolute, open_cells.filter(fine), fine.filter(fine))
    return _Clock(local=local, absolute=absolute, timed=_timed(text, local))


def _timed(text: pl.Series, local: pl.Series) -> pl.Series:
    return (local.is_not_null() & text.str.contains(":", literal=True)).fill_null(False)


def _format_for(cell: str, style: DateStyle, order: Order) -> str | None:
    """The first format that reads ``cell`` to a believable year, or None."""
    by_order = {True: _DAY_FIRST, False: _MONTH_FIRST, None: ()}[order.day_first]
    asked = tuple(f for f in style.formats if "%z" not in f and "%Z" not in f and order.allows(f))
    for candidate in (*QUICK_FORMATS, *by_order, *_QUICK_ABSOLUTE, *asked):
        if not _fits(cell, candidate):
            continue
        read = pl.Series([cell]).str.to_datetime(candidate, time_unit="us", strict=False)[0]
        if read is not None and FIRST_YEAR <= read.year <= LAST_YEAR:
            return candidate
    return None


def _fits(cell: str, candidate: str) -> bool:
    """Cheap checks polars does not make: a four-digit year is really there; day and month may lack leading zeros."""
    four = bool(pl.Series([cell]).str.contains(_FOUR_DIGITS)[0])
    return four == ("%Y" in candidate)


def _thorough(clock: _Clock, text: pl.Series, raw: pl.Series, order: Order) -> tuple[_Clock, pl.DataFrame]:
    """The cells no quick format read, each distinct text once."""

    def parse(cell: str) -> tuple[object | None, str | None]:
        moment, reason = parse_moment(cell, day_first=order.day_first)
        if moment is None:
            return None, reason
        return {"local": moment.local, "timed": moment.timed, "absolute": moment.absolute}, None

    kind = pl.Struct({"local": pl.Datetime("us"), "timed": pl.Boolean, "absolute": pl.Boolean})
    open_cells = text.is_not_null() & clock.local.is_null()
    if not open_cells.any():
        return clock, all_bad([])
    at = open_cells.arg_true()
    part = by_distinct_text(
        pl.Series([None], dtype=kind).new_from_index(0, len(at)), text.gather(at), raw.gather(at), parse
    )
    found = part.values.is_not_null()
    where, read = at.filter(found), part.values.filter(found).struct
    bad = part.bad.with_columns(at.gather(part.bad["at"]).alias("at")) if part.bad.height else part.bad
    return _Clock(
        local=put(clock.local, where, read.field("local")),
        timed=put(clock.timed, where, read.field("timed")),
        absolute=put(clock.absolute, where, read.field("absolute")),
    ), bad
