"""What is known of a customer as columns of numbers a model can use.

Numbers are held within their 0.5th to 99.5th percentile and may bend: a number with up to eight values gets one column
per value, any other bends at its 20th, 40th, 60th and 80th percentile. Categories get one column per level; levels
below one percent become "other", and missing is a level of its own. Columns that never vary are left out; all others
have mean 0 and standard deviation 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Matrix = NDArray[np.float32]

RARE = 0.01
FEW_VALUES = 8
NEVER_VARIES = 1e-12
BENDS = (0.2, 0.4, 0.6, 0.8)
OTHER, MISSING = "other", "missing"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: of which ``covariate``, which ``level`` of it (None: the number itself).

    ``shown`` is False for the columns that only let a curve bend; a table of balance leaves them out.
    """

    covariate: str
    level: str | None = None
    shown: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Covariates:
    """``matrix`` has one row per customer and one element of ``columns`` per column; both may be empty."""

    columns: tuple[Column, ...]
    matrix: Matrix


def covariates(table: pl.DataFrame, names: Sequence[str]) -> Covariates:
    """The columns ``names`` of ``table`` as numbers, in that order; no row is dropped."""
    kept: list[Column] = []
    values: list[Matrix] = []
    for name in names:
        series = table[name]
        parts = _number(series) if series.dtype.is_numeric() or series.dtype == pl.Boolean else _category(series)
        for column, raw in parts:
            spread = float(raw.std()) if len(raw) else 0.0
            if spread > NEVER_VARIES:
                kept.append(column)
                values.append(((raw - raw.mean()) / spread).astype(np.float32))
    matrix = np.empty((table.height, len(kept)), np.float32)
    for index, column_values in enumerate(values):
        matrix[:, index] = column_values
    return Covariates(columns=tuple(kept), matrix=matrix)


def _number(series: pl.Series) -> Iterator[tuple[Column, Floats]]:
    name, known = series.name, series.cast(pl.Float64).fill_nan(None)
    if known.null_count():
        yield Column(covariate=name, level=MISSING), known.is_null().cast(pl.Float64).to_numpy()
    if known.null_count() == len(known):
        return
    values = known.fill_null(strategy="mean").to_numpy()
    low, high = np.quantile(values, [0.005, 0.995])
    values = np.clip(values, low, high)
    yield Column(covariate=name), values
    levels = np.unique(values)
    if len(levels) <= FEW_VALUES:
        for level in levels[1:-1]:
            yield Column(covariate=name, level=f"{level:g}", shown=False), (values == level).astype(float)
        return
    for bend in np.unique(np.quantile(values, BENDS)):
        if low < bend < high:
            yield Column(covariate=name, level=f"> {bend:g}", shown=False), np.maximum(values - bend, 0.0)


def _category(series: pl.Series) -> Iterator[tuple[Column, Floats]]:
    named = series.cast(pl.String).fill_null(MISSING)
    sizes = named.value_counts(sort=True, name="n")
    common = sizes.filter(pl.col("n") >= RARE * len(named))[series.name].to_list()
    levels = named.to_frame("level").select(
        pl.when(pl.col("level").is_in(common)).then("level").otherwise(pl.lit(OTHER))
    )["level"]
    for level in [*common, *([OTHER] if len(common) < len(sizes) else [])]:
        yield Column(covariate=series.name, level=level), (levels == level).cast(pl.Float64).to_numpy()
