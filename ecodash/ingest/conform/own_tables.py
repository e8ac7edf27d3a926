"""Files with our own column names: typed by the canonical schema, required cells and allowed values enforced."""

from difflib import get_close_matches
from functools import cache

import polars as pl

from ecodash.core.schema import TABLES, Column, ColumnType
from ecodash.core.text import Text
from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.conform import rejected
from ecodash.ingest.conform.draft import Context, Draft, quoted
from ecodash.ingest.conform.kinds import Kind, kind_of_column
from ecodash.ingest.conform.typed import converted
from ecodash.ingest.convert import Converted, to_text
from ecodash.ingest.convert.column import marked_bad
from ecodash.ingest.identity import stated_identity_of
from ecodash.ingest.raw import ROW

_EXPORT_ENTITIES = frozenset(
    {"orders", "customers", "products", "inventory", "shipments", "traffic_daily", "shop_daily", "product_daily"}
)


def is_own_table(context: Context) -> bool:
    """Whether the rows are those of a canonical table: our own headers, or a table no export has an entity for."""
    return context.table is not None or (context.entity in TABLES and context.entity not in _EXPORT_ENTITIES)


def conformed(context: Context) -> Draft:
    """The columns of the table; a row without a required cell is rejected whole."""
    table = TABLES[context.table or context.entity]
    draft = Draft(context=context, frame=context.text.select(pl.col(ROW).cast(pl.Int64)))
    for name, headers in context.recognition.mapping.columns.items():
        if name in table.column_names and headers[0] in context.text.columns:
            draft = _with_column(draft, table.column(name), table=table.name, header=headers[0])
    for column in table.columns:
        if column.required:
            draft = _required(draft, column)
    return draft


def _with_column(draft: Draft, column: Column, *, table: str, header: str) -> Draft:
    context, cells = draft.context, draft.context.text[header]
    done = _values(context, column, kind=kind_of_column(table, column.name), cells=cells)
    draft = draft.with_frame(draft.frame.with_columns(done.values.alias(column.name)))
    for note in done.notes:
        text = Text(f"列“{quoted(header)}”：", f"Column “{quoted(header)}”: ") + note.text
        draft = draft.noting(note.code, text, context.text.select(ROW)[note.at])
    if done.bad.is_empty():
        return draft
    bad = done.bad.with_columns(context.text[ROW].gather(done.bad["at"]).alias(ROW))
    found = rejected.cells(bad, file=context.raw.file, column=header, field=column.name, personal=column.personal)
    return draft.rejecting(_with_nearest(found, column))


def _values(context: Context, column: Column, *, kind: Kind, cells: pl.Series) -> Converted:
    if kind is Kind.PERSONAL:
        platform = context.options.platform or "file"
        identity = stated_identity_of(cells, header=column.name, platform=platform, platforms=_platforms())
        return Converted(values=context.hash_id(identity))
    if column.type is ColumnType.FLOAT:
        text = to_text(cells)
        values = text.cast(pl.Float64, strict=False)
        return Converted(values=values, bad=marked_bad(cells, text.is_not_null() & values.is_null(), "not_a_number"))
    if column.type is not ColumnType.ENUM:
        return converted(context, cells, kind)
    text = to_text(cells)
    word = text.str.to_lowercase()
    allowed = word.is_in(pl.Series(column.values).implode()).fill_null(False)
    values = pl.select(pl.when(allowed).then(word).otherwise(None)).to_series()
    return Converted(values=values, bad=marked_bad(cells, text.is_not_null() & ~allowed, "not_allowed"))


@cache
def _platforms() -> frozenset[str]:
    return frozenset(export.platform for export in FORMATS.values())


def _with_nearest(found: pl.DataFrame, column: Column) -> pl.DataFrame:
    """Rejects of an enumerated column also name the allowed value that comes nearest."""
    if column.type is not ColumnType.ENUM:
        return found
    hints = {raw: _nearest(raw, column) for raw in found["raw"].unique() if raw is not None}
    zh = {raw: f"；最接近的是“{hint.zh}”" for raw, hint in hints.items()}
    en = {raw: f"; nearest is “{hint.en}”" for raw, hint in hints.items()}
    return found.with_columns(
        (pl.col("reason_zh") + pl.col("raw").replace_strict(zh, default="", return_dtype=pl.String)),
        (pl.col("reason_en") + pl.col("raw").replace_strict(en, default="", return_dtype=pl.String)),
    )


def _nearest(raw: str, column: Column) -> Text:
    close = get_close_matches(raw.strip().lower(), column.values, n=1, cutoff=0.0)
    name = close[0] if close else column.values[0]
    return Text(name, name)


def _required(draft: Draft, column: Column) -> Draft:
    """Rows without a required cell leave as whole-row rejects."""
    if not draft.has(column.name):
        draft = draft.with_frame(draft.frame.with_columns(pl.lit(None, dtype=pl.String).alias(column.name)))
    gone = draft.frame.filter(pl.col(column.name).is_null())
    header = draft.context.recognition.mapping.columns.get(column.name, (column.name,))[0]
    return draft.losing(gone, header=header, field=column.name, reason="missing_required")
