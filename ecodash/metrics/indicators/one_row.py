"""One row for many: the earliest row of a file stands for all rows that belong together, such as those of a seller."""

import narwhals as nw

from ecodash.facts import Frame

_LOAD = 1 << 32
"""Row numbers lie below it and loads below 2**21, so both fit exactly into one number of 53 bits."""


def one_row(rows: Frame, *keys: str, **facts: nw.Expr) -> Frame:
    """One row per ``keys``: ``load_id`` and ``row_no`` of the first of its rows, its last ``day``, and ``facts``."""
    place = nw.col("load_id").cast(nw.Int64) * _LOAD + nw.col("row_no").cast(nw.Int64)
    found = (
        rows.with_columns(_place=place)
        .group_by(*keys)
        .agg(_place=nw.col("_place").min(), **facts, day=nw.col("day").max())
    )
    load = (nw.col("_place").cast(nw.Float64) * (1.0 / _LOAD)).floor().cast(nw.Int64)
    placed = found.with_columns(load_id=load)
    return placed.with_columns(row_no=nw.col("_place") - nw.col("load_id") * _LOAD).drop("_place")
