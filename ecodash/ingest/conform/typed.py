"""Text columns → typed canonical fields, and a reject for every cell that is not what it should be."""

import html
from collections.abc import Sequence

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.conform import rejected
from ecodash.ingest.conform.draft import Context, Draft, quoted
from ecodash.ingest.conform.kinds import JOINED, Kind, kind_of
from ecodash.ingest.conform.styles import date_style, file_zone, number_style, text_nulls, zones_of_rows
from ecodash.ingest.convert import (
    Converted,
    to_bool,
    to_date,
    to_decimal,
    to_id,
    to_integer,
    to_ratio,
    to_text,
    to_timestamp,
)
from ecodash.ingest.convert.cells import EMPTY_TEXT, cleaned
from ecodash.ingest.convert.column import all_bad, once_per_text
from ecodash.ingest.raw import ROW

_RANGE = r"^\s*(.+?)\s*(?:~|～|至|—| - | to )\s*(.+?)\s*$"


def typed(context: Context) -> Draft:
    """All mapped fields converted; personal columns stay behind."""
    draft = Draft(context=context, frame=context.text.select(pl.col(ROW).cast(pl.Int64)))
    personal = frozenset(context.export.personal) if context.export else frozenset()
    for name, headers in context.recognition.mapping.columns.items():
        present = [header for header in headers if header in context.text.columns and header not in personal]
        kind = kind_of(name, context.table or context.entity)
        if present and kind is not Kind.PERSONAL:
            draft = _with_field(draft, name, kind=kind, headers=present)
    return _with_clock_date(draft)


def _with_field(draft: Draft, name: str, *, kind: Kind, headers: Sequence[str]) -> Draft:
    context = draft.context
    if len(headers) > 1 and name in context.switches.added_up:
        parts = [converted(context, context.text[header], kind) for header in headers]
        values = pl.select(pl.sum_horizontal([p.values for p in parts])).to_series()
        nothing = pl.select(pl.all_horizontal([p.values.is_null() for p in parts])).to_series()
        whole = pl.select(pl.when(nothing).then(None).otherwise(values)).to_series()
        done = Converted(values=whole)
        for header, part in zip(headers, parts, strict=True):
            draft = _noted(draft, part, name, header)
    else:
        done = converted(context, _cells(context, name, headers), kind)
    if kind is Kind.DAY:
        draft = _with_period_end(draft, name, headers)
    draft = draft.with_frame(draft.frame.with_columns(done.values.alias(name)))
    return _noted(draft, done, name, headers[0])


def _cells(context: Context, name: str, headers: Sequence[str]) -> pl.Series:
    """The text of a field: the first filled of its columns, or all of them joined, with the time of day beside it."""
    cells = context.text[headers[0]]
    if len(headers) > 1:
        texts = [cleaned(context.text[header], EMPTY_TEXT) for header in headers]
        if name in JOINED:
            cells = pl.select(pl.concat_str(texts, separator=" / ", ignore_nulls=True)).to_series()
        else:
            cells = pl.select(pl.coalesce(texts)).to_series()
    if name == "ordered_at" and context.switches.time_field in context.text.columns:
        cells = with_time(cells, context.text[str(context.switches.time_field)])
    if context.switches.html_entities and cells.str.contains("&", literal=True).any():
        cells = cells.map_elements(html.unescape, return_dtype=pl.String)
    return cells


def with_time(days: pl.Series, times: pl.Series) -> pl.Series:
    """Day and time of day of two columns in one text; a day without a time stays a day."""
    day, time = cleaned(days), cleaned(times)
    clock = time.str.contains(r"^\d{1,2}:\d{2}").fill_null(False)
    return pl.select(pl.when(clock).then(day + " " + time).otherwise(day)).to_series()


def converted(context: Context, cells: pl.Series, kind: Kind) -> Converted:
    """The cells of one column as ``kind`` says."""
    zones = zones_of_rows(context) if kind is Kind.MOMENT else None
    if zones is not None and len(zones):
        return _zoned(context, cells, zones)
    return once_per_text(cells, lambda texts: _converted(context, texts, kind))


def _converted(context: Context, cells: pl.Series, kind: Kind) -> Converted:
    if kind is Kind.MOMENT:
        return to_timestamp(cells, date_style(context, cells, file_zone(context)))
    if kind is Kind.DAY:
        days = cells.str.replace(_RANGE, "$1")
        return to_date(days, date_style(context, days, file_zone(context)))
    if kind is Kind.ID:
        return to_id(cells)
    if kind is Kind.FLAG:
        return to_bool(cells)
    if kind is Kind.TEXT:
        return Converted(values=to_text(cells, text_nulls(context)))
    convert = {Kind.WHOLE: to_integer, Kind.RATIO: to_ratio}.get(kind, to_decimal)
    return convert(cells, number_style(context, cells, kind))


def _zoned(context: Context, cells: pl.Series, zones: pl.Series) -> Converted:
    """Moments of a file that names the clock of each row."""
    parts = [(zone, to_timestamp(cells, date_style(context, cells, zone))) for zone in zones.unique().to_list()]
    chosen = [pl.when(zones.eq_missing(zone)).then(part.values) for zone, part in parts]
    bad = all_bad([part.bad.filter(zones.gather(part.bad["at"]).eq_missing(zone)) for zone, part in parts])
    return Converted(values=pl.select(pl.coalesce(chosen)).to_series(), bad=bad, notes=parts[0][1].notes)


def _with_period_end(draft: Draft, name: str, headers: Sequence[str]) -> Draft:
    """``period_end`` from date cells that hold a range (start~end)."""
    cells = draft.context.text[headers[0]]
    mapped = "period_end" in draft.context.recognition.mapping.columns
    if name != "date" or mapped or not cells.str.contains(_RANGE).any():
        return draft
    ends = cells.str.extract(_RANGE, 2)
    done = to_date(ends, date_style(draft.context, ends, None))
    return draft.with_frame(draft.frame.with_columns(done.values.alias("period_end")))


def _with_clock_date(draft: Draft) -> Draft:
    """``ordered_at`` from a day and a time of day in two fields (``ordered_date``, ``ordered_time``)."""
    context, columns = draft.context, draft.context.recognition.mapping.columns
    if "ordered_at" in columns or "ordered_date" not in columns:
        return draft
    cells = context.text[columns["ordered_date"][0]]
    if columns.get("ordered_time"):
        cells = with_time(cells, context.text[columns["ordered_time"][0]])
    done = converted(context, cells, Kind.MOMENT)
    draft = draft.with_frame(draft.frame.with_columns(done.values.alias("ordered_at")))
    return _noted(draft, done, "ordered_at", columns["ordered_date"][0])


def _noted(draft: Draft, done: Converted, name: str, header: str) -> Draft:
    """The rejects and findings of one converted column."""
    for note in done.notes:
        text = Text(f"列“{quoted(header)}”：", f"Column “{quoted(header)}”: ") + note.text
        draft = draft.noting(note.code, text, draft.context.text.select(ROW)[note.at])
    if done.bad.is_empty():
        return draft
    bad = done.bad.with_columns(draft.context.text[ROW].gather(done.bad["at"]).alias(ROW))
    return draft.rejecting(rejected.cells(bad, file=draft.context.raw.file, column=header, field=name, personal=False))
