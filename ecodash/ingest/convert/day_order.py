"""Which comes first, day or month: decided per column, or said to be unknown. Damaged columns are recognised here."""

from dataclasses import dataclass

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.convert.column import Note

_PARTS = r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:\D|$)"
_ISO = r"^(\d{4})-(\d{1,2})-(\d{1,2})$"
_MONTHS = 12
_ENOUGH = 3
_ASK = Text(
    "{count} 个日期既可以读成“日/月”也可以读成“月/日”，数据本身无法判断，没有猜测；请选择日在前还是月在前（day_first）。",
    "{count} dates can be read as day/month or month/day and nothing in the column decides it; nothing was guessed. "
    "Say which comes first (day_first).",
)


@dataclass(frozen=True, kw_only=True)
class Order:
    """``day_first``: True, False, or None while nothing decides it. ``cells`` counts the cells it matters for.

    ``proven``: every such cell has a part above 12, so none of them can be read the other way round.
    """

    day_first: bool | None
    cells: int = 0
    proven: bool = False
    notes: tuple[Note, ...] = ()

    def allows(self, date_format: str) -> bool:
        """Whether a strptime format agrees with this order."""
        day, month = date_format.find("%d"), date_format.find("%m")
        if day < 0 or month < 0 or date_format.lower().startswith("%y") or "." in date_format:
            return True
        return self.day_first is not None and (day < month) == self.day_first


def order_of(text: pl.Series, *, formats: tuple[str, ...], day_first: bool | None) -> Order:
    """The order of a column: a first part above 12 means day first, a second above 12 month first, else the hint.

    Both in one column, or neither and no hint, is unknown: then ``notes`` asks, and no such cell is believed.
    """
    parts = text.str.extract_groups(_PARTS).struct
    first = parts.field("1").cast(pl.Int32, strict=False)
    second = parts.field("2").cast(pl.Int32, strict=False)
    cells = int(first.is_not_null().sum())
    if not cells:
        return Order(day_first=day_first)
    days, months = int((first > _MONTHS).sum()), int((second > _MONTHS).sum())
    if bool(days) != bool(months):
        return Order(day_first=bool(days), cells=cells, proven=days + months == cells)
    hint = day_first
    if hint is None and not days:
        hint = _hint(text.filter(first.is_not_null()), formats)
    open_cells = ((first <= _MONTHS) & (second <= _MONTHS)).fill_null(False)
    asked = hint is None and open_cells.any()
    return Order(
        day_first=hint,
        cells=cells,
        notes=(Note(code="ask_day_first", text=_ASK, at=open_cells.arg_true()),) if asked else (),
    )


def damaged(text: pl.Series, order: Order) -> pl.Series:
    """Cells that look like ISO dates but were made by software that misread day/month/year text.

    The trace it leaves: the column mixes ``1/13/06`` with ``2012-01-06``; every slash cell has a part above 12 (those
    that could be read another way were rewritten), and every ISO cell holds numbers up to 12 where the swapped month
    went: in the day (day and month swapped) or in the last two digits of the year (year and month swapped).
    """
    none = pl.Series([False]).new_from_index(0, len(text))
    if not order.proven or order.cells < _ENOUGH:
        return none
    iso = text.str.extract_groups(_ISO).struct
    year, day = (iso.field(part).cast(pl.Int32, strict=False) for part in ("1", "3"))
    found = year.is_not_null()
    if int(found.sum()) < _ENOUGH:
        return none
    short = (year % 100).filter(found)
    swapped = bool((day.filter(found) <= _MONTHS).all()) or bool(((short >= 1) & (short <= _MONTHS)).all())
    return found if swapped else none


def _hint(cells: pl.Series, formats: tuple[str, ...]) -> bool | None:
    """What the formats of the export say: those that read every cell must agree."""
    orders = set()
    for date_format in formats:
        day, month = date_format.find("%d"), date_format.find("%m")
        if min(day, month) < 0 or date_format.lower().startswith("%y"):
            continue
        if cells.str.to_datetime(date_format, strict=False).is_not_null().all():
            orders.add(day < month)
    return orders.pop() if len(orders) == 1 else None
