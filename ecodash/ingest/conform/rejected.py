"""Rejected cells and rows: where they are, what they say, why they were not believed."""

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.convert import REASONS
from ecodash.ingest.raw import ROW

MASK = "***"
SCHEMA = {
    "file": pl.String,
    ROW: pl.Int64,
    "column": pl.String,
    "field": pl.String,
    "raw": pl.String,
    "reason_code": pl.String,
    "reason_zh": pl.String,
    "reason_en": pl.String,
    "whole_row": pl.Boolean,
}


def none_rejected() -> pl.DataFrame:
    """No reject."""
    return pl.DataFrame(schema=SCHEMA)


def cells(bad: pl.DataFrame, *, file: str, column: str, field: str, personal: bool) -> pl.DataFrame:
    """One row per bad cell (``row_no``, ``raw``, ``reason``); the text of a personal column is masked."""
    raw = pl.lit(MASK) if personal else pl.col("raw")
    return _worded(
        bad.select(
            pl.lit(file).alias("file"),
            pl.col(ROW).cast(pl.Int64),
            pl.lit(column).alias("column"),
            pl.lit(field).alias("field"),
            raw.alias("raw"),
            pl.col("reason").alias("reason_code"),
            pl.lit(False).alias("whole_row"),
        )
    )


def rows(found: pl.DataFrame, *, file: str, column: str, field: str, reason: str) -> pl.DataFrame:
    """One row per rejected row of ``found`` (``row_no`` and, where there is one, ``raw``)."""
    raw = pl.col("raw") if "raw" in found.columns else pl.lit(None, dtype=pl.String).alias("raw")
    return _worded(
        found.select(
            pl.lit(file).alias("file"),
            pl.col(ROW).cast(pl.Int64),
            pl.lit(column).alias("column"),
            pl.lit(field).alias("field"),
            raw,
            pl.lit(reason).alias("reason_code"),
            pl.lit(True).alias("whole_row"),
        )
    )


def whole(
    parts: tuple[pl.DataFrame, ...], gone: pl.DataFrame, *, field: str
) -> tuple[tuple[pl.DataFrame, ...], pl.DataFrame]:
    """Cell rejects of ``field`` in the rows ``gone`` turned into whole-row rejects, and the rows that had none."""
    turned, explained = [], []
    for part in parts:
        hit = (pl.col("field") == field) & pl.col(ROW).is_in(gone[ROW].implode())
        explained.append(part.filter(hit)[ROW])
        turned.append(part.with_columns((pl.col("whole_row") | hit).alias("whole_row")))
    known = pl.concat(explained) if explained else pl.Series(ROW, [], dtype=pl.Int64)
    return tuple(turned), gone.filter(~pl.col(ROW).is_in(known.implode()))


def gathered(parts: tuple[pl.DataFrame, ...]) -> pl.DataFrame:
    """All rejects of a file in the order of its rows."""
    kept = [part for part in parts if part.height]
    return pl.concat(kept).sort(ROW, maintain_order=True) if kept else none_rejected()


def _worded(frame: pl.DataFrame) -> pl.DataFrame:
    codes = frame["reason_code"]
    known = {code: REASONS.get(code, Text(code, code)) for code in codes.unique()}
    zh = {code: text.zh for code, text in known.items()}
    en = {code: text.en for code, text in known.items()}
    words = frame.with_columns(
        codes.replace_strict(zh, default=None, return_dtype=pl.String).alias("reason_zh"),
        codes.replace_strict(en, default=None, return_dtype=pl.String).alias("reason_en"),
    )
    return words.select(SCHEMA.keys()).cast(SCHEMA)  # type: ignore[arg-type]
