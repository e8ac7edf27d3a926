"""A raw table → what it is: a known export, our own layout, a remembered one, or a proposal to confirm."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from ecodash.core.errors import Place, UnknownFormat, UnknownName
from ecodash.core.text import Text
from ecodash.ingest import unreadable
from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.export_format import Format
from ecodash.ingest.headers import unique_names
from ecodash.ingest.known_headers import HEADER_SCAN_ROWS
from ecodash.ingest.mapping import LoadOptions, Mapping
from ecodash.ingest.matcher import propose
from ecodash.ingest.problem import Problem
from ecodash.ingest.raw import ROW, RawTable
from ecodash.ingest.recipe import Recipe, find_recipe
from ecodash.ingest.recognise_format import (
    Match,
    canonical_table,
    find_format,
    format_columns,
    hold_against,
    nearest_format,
)
from ecodash.ingest.recognise_header import header_index
from ecodash.ingest.recognise_period import main_period
from ecodash.ingest.recognise_rows import Body, body, column_names
from ecodash.ingest.recognition import CANONICAL, DELIMITER_WORDS, Recognition

__all__ = ["Recognition", "data_rows", "recognise", "recognise_as", "recognise_with"]

_SAMPLE_ROWS = 2_000


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What has been decided about a table before its rows are cut: the header's place and what it means."""

    index: int | None
    format: str | None
    mapping: Mapping
    confirmed: bool
    nearest: Match | None = None


def recognise(raw: RawTable, *, recipes: Sequence[Recipe] = ()) -> Recognition:
    """What a raw table is.

    In this order: a header set the user has confirmed before (``recipes``), our own column names, the first of 20
    rows that holds the signature of a known export, else a proposal by synonyms with ``confirmed=False`` that names
    the nearest known export and the headers it misses. Nothing is guessed silently.
    Raises UnreadableFile when the table has no cells.
    """
    rows = _first_rows(raw)
    reading = _remembered(rows, recipes) or _own_layout(rows) or _known(rows) or _proposal(raw, rows)
    return _finish(raw, reading)


def recognise_as(raw: RawTable, format_id: str) -> Recognition:
    """The table read as a given format; raises UnknownName for the id, UnknownFormat when headers are missing."""
    if format_id not in FORMATS:
        raise UnknownName(Text("导出格式", "export format"), format_id, sorted(FORMATS))
    rows = _first_rows(raw)
    index, match = min(
        ((i, hold_against(format_id, row)) for i, row in enumerate(rows)), key=lambda pair: len(pair[1].missing)
    )
    if match.missing:
        raise UnknownFormat(
            _misses(match), nearest=format_id, place=Place(file=raw.file, row=raw.first_row + index), advice=_ADVICE
        )
    return _finish(raw, _as_format(rows[index], index, match.format))


def recognise_with(raw: RawTable, mapping: Mapping) -> Recognition:
    """The table read by a mapping the user has made or confirmed; its options say where the header is."""
    rows = _first_rows(raw)
    if mapping.options.no_header:
        index = None
    elif mapping.options.header_row is not None:
        index = mapping.options.header_row - raw.first_row
    else:
        index = header_index(rows)
    return _finish(raw, _Reading(index=index, format=mapping.format, mapping=mapping, confirmed=True))


def data_rows(raw: RawTable, recognition: Recognition) -> pl.DataFrame:
    """The data of a recognised table: one text column per unique header name, and ``row_no``, the row in the file."""
    index = None if recognition.header_row == 0 else recognition.header_row - raw.first_row
    _, names = column_names(raw, index)
    return _cut(raw, index, names, recognition.format).frame


def _first_rows(raw: RawTable) -> list[tuple[str | None, ...]]:
    rows = raw.grid.head(HEADER_SCAN_ROWS).rows()
    if not any(cell and cell.strip() for row in rows for cell in row):
        raise unreadable.no_table(raw.file)
    return rows


def _remembered(rows: Sequence[Sequence[str | None]], recipes: Sequence[Recipe]) -> _Reading | None:
    for index, row in enumerate(rows):
        recipe = find_recipe(recipes, [cell or "" for cell in row])
        if recipe is not None:
            mapping = recipe.mapping
            return _Reading(index=index, format=mapping.format, mapping=mapping, confirmed=True)
    return None


def _own_layout(rows: Sequence[Sequence[str | None]]) -> _Reading | None:
    index = next((i for i, row in enumerate(rows) if any(row)), 0)
    table = canonical_table(rows[index])
    if table is None:
        return None
    names = [(cell or "").strip() for cell in rows[index] if cell and cell.strip()]
    format_id = f"{CANONICAL}{table}"
    mapping = Mapping(entity=table, columns={name: (name,) for name in names}, format=format_id)
    return _Reading(index=index, format=format_id, mapping=mapping, confirmed=True)


def _known(rows: Sequence[Sequence[str | None]]) -> _Reading | None:
    for index, row in enumerate(rows):
        match = find_format(row)
        if match is not None:
            return _as_format(row, index, match.format)
    return None


def _as_format(row: Sequence[str | None], index: int, export: Format) -> _Reading:
    from_names = Mapping(entity=export.entity, columns=format_columns(export, unique_names(row)), format=export.id)
    return _Reading(index=index, format=export.id, mapping=from_names, confirmed=True)


def _proposal(raw: RawTable, rows: Sequence[Sequence[str | None]]) -> _Reading:
    index = header_index(rows)
    options = LoadOptions(no_header=index is None, header_row=None if index is None else raw.first_row + index)
    _, names = column_names(raw, index)
    head = replace(raw, grid=raw.grid.head(_SAMPLE_ROWS))
    sample = _cut(head, index, names, None).frame.drop(ROW)
    entity, columns = (None, {}) if index is None else propose(sample)
    mapping = Mapping(entity=entity or "", columns=columns, options=options)
    return _Reading(index=index, format=None, mapping=mapping, confirmed=False, nearest=nearest_format(rows))


def _finish(raw: RawTable, reading: _Reading) -> Recognition:
    headers, names = column_names(raw, reading.index)
    content = _cut(raw, reading.index, names, reading.format)
    mapping = replace(reading.mapping, columns=_present(reading.mapping, names))
    near = reading.nearest
    return Recognition(
        file=raw.file,
        format=reading.format,
        entity=mapping.entity or None,
        encoding=_encoding(raw, reading.format),
        delimiter=DELIMITER_WORDS.get(raw.delimiter or "", raw.delimiter),
        header_row=0 if reading.index is None else raw.first_row + reading.index,
        rows=content.frame.height,
        headers=headers,
        names=names,
        mapping=mapping,
        confirmed=reading.confirmed,
        period=main_period(raw, content.frame, mapping=mapping, header_index=reading.index),
        nearest=near.format.id if near else None,
        missing=near.missing if near else (),
        problems=(*raw.problems, *content.problems, *_unknown(reading)),
    )


def _present(mapping: Mapping, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    kept = {field: tuple(name for name in own if name in names) for field, own in mapping.columns.items()}
    return {field: own for field, own in kept.items() if own}


def _cut(raw: RawTable, index: int | None, names: Sequence[str], format_id: str | None) -> Body:
    export = FORMATS.get(format_id or "")
    return body(raw, header_index=index, names=names, switches=export.switches if export else None)


def _encoding(raw: RawTable, format_id: str | None) -> str | None:
    """The catalogue's own word where it has one for the same letters: JD writes GBK."""
    export = FORMATS.get(format_id or "")
    if raw.encoding == "gb18030" and export is not None and "gbk" in export.layout.encodings:
        return "gbk"
    return raw.encoding


_ADVICE = Text(
    "请核对是否选错了导出报表，或手动指定各列。", "Check that it is the right export, or map the columns by hand."
)


def _misses(match: Match) -> Text:
    headers = "、".join(match.missing), ", ".join(match.missing)
    label = match.format.report
    return Text(
        f"最接近“{label}”（{match.format.id}），但缺少表头：{headers[0]}。",
        f"Nearest known export: “{label}” ({match.format.id}), but these headers are missing: {headers[1]}.",
    )


def _unknown(reading: _Reading) -> list[Problem]:
    if reading.confirmed:
        return []
    if reading.nearest is not None:
        return [Problem(code="near_miss", text=_misses(reading.nearest) + _ADVICE)]
    text = Text(
        "没有匹配到已知的导出格式，请确认各列的含义。", "No known export has these headers; please confirm the columns."
    )
    return [Problem(code="unknown_format", text=text)]
