"""Small files for tests: rows in, conformed and shaped frames out."""

import hashlib
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import narwhals as nw
import polars as pl

from ecodash.core.settings import Settings
from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.conform import Conformed, conform
from ecodash.ingest.mapping import LoadOptions, Mapping
from ecodash.ingest.mapping_arguments import parse_map, parse_options
from ecodash.ingest.raw import RawTable
from ecodash.ingest.read import read
from ecodash.ingest.recognise import recognise, recognise_as, recognise_with
from ecodash.ingest.recognition import Recognition
from ecodash.ingest.shape import shape

Rows = Sequence[Sequence[object]]


def hashed(values: pl.Series) -> pl.Series:
    """What the store's keyed hash does, with a salt everybody knows."""
    distinct = values.drop_nulls().unique()
    digests = pl.Series(
        [hashlib.sha256(f"test{value}".encode()).hexdigest()[:32] for value in distinct], dtype=pl.String
    )
    return values.replace_strict(distinct, digests, default=None, return_dtype=pl.String)


def raw_of(rows: Rows, *, file: str = "file.csv") -> RawTable:
    """A raw table of rows; the first is the header."""
    width = max(len(row) for row in rows)
    cells = [[None if cell is None else str(cell) for cell in row] + [None] * (width - len(row)) for row in rows]
    grid = pl.DataFrame(cells, schema={f"c{i}": pl.String for i in range(width)}, orient="row")
    return RawTable(file=file, grid=grid, kind="csv", encoding="utf-8", delimiter=",")


def mapped(
    rows: Rows,
    columns: Dictionary[str, str | tuple[str, ...]],
    *,
    entity: str,
    options: LoadOptions | None = None,
    file: str = "file.csv",
) -> tuple[RawTable, Recognition]:
    """A raw table and its recognition by a mapping made by hand."""
    raw = raw_of(rows, file=file)
    own = {field: (headers,) if isinstance(headers, str) else headers for field, headers in columns.items()}
    mapping = Mapping(entity=entity, columns=own, options=replace(options or LoadOptions(), header_row=1))
    return raw, recognise_with(raw, mapping)


def conformed(
    rows: Rows,
    columns: Dictionary[str, str | tuple[str, ...]],
    *,
    entity: str,
    options: LoadOptions | None = None,
    settings: Settings | None = None,
) -> Conformed:
    """Rows mapped by hand, conformed."""
    raw, recognition = mapped(rows, columns, entity=entity, options=options)
    return conform(raw, recognition, settings=settings or Settings(), hash_id=hashed)


def as_format(rows: Rows, format_id: str, *, options: LoadOptions | None = None, file: str = "file.csv") -> Conformed:
    """Rows of a known export (missing signature headers are added blank), conformed."""
    export = FORMATS[format_id]
    header = [str(cell) for cell in rows[0]]
    missing = [name for name in export.signature if name not in header]
    whole = [[*header, *missing], *[[*row, *[None] * (len(header) - len(row) + len(missing))] for row in rows[1:]]]
    raw = raw_of(whole, file=file)
    recognition = recognise_as(raw, format_id)
    if options is not None:
        recognition = replace(recognition, mapping=replace(recognition.mapping, options=options))
    return conform(raw, recognition, settings=Settings(), hash_id=hashed)


def own_rows(rows: Rows, *, options: LoadOptions | None = None) -> Conformed:
    """Rows with our own headers, conformed."""
    raw = raw_of(rows)
    recognition = recognise(raw)
    if options is not None:
        recognition = replace(recognition, mapping=replace(recognition.mapping, options=options))
    return conform(raw, recognition, settings=Settings(), hash_id=hashed)


def loaded(
    path: Path, *, maps: Sequence[str] = (), sets: Sequence[str] = (), settings: Settings | None = None
) -> Conformed:
    """A real file through reading and recognition, mapped as on the command line, conformed."""
    raw = read(path)[0]
    found = recognise(raw)
    options = parse_options(list(sets), options=found.mapping.options)
    if options.no_header:
        found = recognise_with(raw, replace(found.mapping, options=options))
    if maps or sets:
        mapping = parse_map(list(maps), headers=found.names, mapping=found.mapping)
        found = recognise_with(raw, replace(mapping, options=options))
    return conform(raw, found, settings=settings or Settings(), hash_id=hashed)


def shaped(done: Conformed, *, platform: str = "file", options: LoadOptions | None = None) -> dict[str, pl.DataFrame]:
    """The canonical tables of a conformed file, by polars."""
    return _collected(nw.from_native(done.frame.lazy()), done, platform, options)


def shaped_by_duckdb(
    done: Conformed, *, platform: str = "file", options: LoadOptions | None = None
) -> dict[str, pl.DataFrame]:
    """The same, by DuckDB."""
    with duckdb.connect() as connection:
        connection.register("fields", done.frame.to_arrow())
        return _collected(nw.from_native(connection.sql("SELECT * FROM fields")), done, platform, options)


def _collected(
    frame: nw.LazyFrame[object], done: Conformed, platform: str, options: LoadOptions | None
) -> dict[str, pl.DataFrame]:
    tables = shape(frame, entity=done.entity, platform=platform, options=options)
    return {name: table.collect("polars").to_native() for name, table in tables.items()}


def money(scaled: int | None) -> float | None:
    """Ten-thousandths as a number to compare with."""
    return None if scaled is None else scaled / 10_000
