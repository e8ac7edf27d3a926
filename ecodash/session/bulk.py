"""Which large files DuckDB can read by itself: tables with our own column names in ordinary UTF-8.

Only cells that are plainly what they should be are read that way; every other row goes through ``conform``.
"""

from dataclasses import replace

import polars as pl

from ecodash.core.schema import TABLES, Column, ColumnType
from ecodash.ingest.catalogue import conventions
from ecodash.ingest.conform import Conformed
from ecodash.ingest.conform.kinds import Kind, kind_of_column
from ecodash.ingest.convert import NULLS
from ecodash.ingest.convert.cells import EMPTY_TEXT
from ecodash.ingest.convert.flags import ID_NULLS, NO, YES
from ecodash.ingest.identity import NOBODY
from ecodash.ingest.raw import ROW, RawTable
from ecodash.ingest.recognition import CANONICAL, Recognition
from ecodash.store import BulkColumn, BulkPlan, NotPlain, Plain

_KINDS = {
    Kind.TEXT: Plain.TEXT,
    Kind.ID: Plain.ID,
    Kind.DECIMAL: Plain.DECIMAL,
    Kind.MONEY: Plain.DECIMAL,
    Kind.WHOLE: Plain.WHOLE,
    Kind.MOMENT: Plain.MOMENT,
    Kind.DAY: Plain.DAY,
    Kind.FLAG: Plain.FLAG,
    Kind.PERSONAL: Plain.ACCOUNT,
}
_NULLS = {Plain.ID: ID_NULLS, Plain.TEXT: EMPTY_TEXT, Plain.WORD: frozenset[str](), Plain.FLAG: NULLS - NO}


def plan_of(raw: RawTable, recognition: Recognition, *, business_zone: str) -> BulkPlan | None:
    """How DuckDB reads the file; None when it has to go through ``conform`` as a whole."""
    mapping, options = recognition.mapping, recognition.mapping.options
    table = TABLES.get((mapping.format or "").removeprefix(CANONICAL)) if mapping.format else None
    said = options.zone not in (None, business_zone) or options.money_divisor or options.decimal or options.no_header
    if table is None or said or raw.encoding not in ("utf-8", "utf-8-sig") or recognition.header_row < 1:
        return None
    columns = []
    for name, sources in mapping.columns.items():
        if name in table.column_names:
            columns.append(_column(table.name, table.column(name), sources[0], platform=options.platform or "file"))
    have = {column.name for column in columns}
    if not have.issuperset(table.key) or len(set(recognition.names)) != len(recognition.names):
        return None
    words = {word.lower() for word in conventions().total_words} | {recognition.headers[0].strip().lower()}
    return BulkPlan(
        table=table.name,
        headers=recognition.names,
        header_row=recognition.header_row,
        delimiter=raw.delimiter or ",",
        columns=tuple(columns),
        odd_first=frozenset(words),
    )


def _column(table: str, column: Column, source: str, *, platform: str) -> BulkColumn:
    kind = _KINDS.get(kind_of_column(table, column.name), Plain.TEXT)
    words = frozenset[str]()
    if column.type is ColumnType.ENUM:
        kind, words = Plain.WORD, frozenset(column.values)
    elif column.type is ColumnType.FLOAT:
        kind = Plain.NUMBER
    elif kind is Plain.FLAG:
        words = YES
    elif kind is Plain.ACCOUNT:
        words = frozenset(NOBODY)
    return BulkColumn(
        name=column.name,
        source=source,
        kind=kind,
        nulls=_NULLS.get(kind, NULLS),
        words=words,
        other_words=NO if kind is Plain.FLAG else frozenset(),
        prefix=f"{platform}:account|" if kind is Plain.ACCOUNT else "",
        required=column.required,
    )


_SLASHES = r"^\s*\d{1,2}[/-]\d{1,2}[/-]"
_ROUNDED = r"^\D*\d{15}0{2,}\D*$"


def refuse_judging_apart(rows: pl.DataFrame, plan: BulkPlan) -> None:
    """Raises NotPlain for cells that cannot be judged without the rest of their column.

    Days and months that may be swapped, and ids that may have been rounded by a spreadsheet.
    """
    for column in plan.columns:
        pattern = {Plain.MOMENT: _SLASHES, Plain.DAY: _SLASHES, Plain.ID: _ROUNDED}.get(column.kind)
        if pattern and rows[f"c{plan.headers.index(column.source)}"].str.contains(pattern).any():
            raise NotPlain


def as_raw(rows: pl.DataFrame, raw: RawTable, recognition: Recognition) -> RawTable:
    """Some rows of the file as a raw table below its header."""
    above = raw.grid.head(recognition.header_row - raw.first_row + 1)
    return replace(raw, grid=pl.concat([above, rows.drop(ROW)], how="diagonal"), complete=True)


def numbered(done: Conformed, rows: pl.DataFrame, *, above: int) -> Conformed:
    """What ``conform`` made of such rows, with the rows they have in the file."""
    place = pl.DataFrame({"place": pl.int_range(above + 1, above + 1 + rows.height, eager=True), "row": rows[ROW]})

    def moved(frame: pl.DataFrame) -> pl.DataFrame:
        joined = frame.join(place, left_on=ROW, right_on="place", how="left", maintain_order="left")
        return joined.with_columns(pl.col("row").alias(ROW)).drop("row")

    return replace(done, frame=moved(done.frame), rejects=moved(done.rejects))
