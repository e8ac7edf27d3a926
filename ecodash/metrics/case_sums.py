"""Measured rows added up per group, with the sums an interval by cluster needs: whole numbers, inside the engine.

Whole numbers make the sums the same whatever the order of the rows; only one row per group leaves the engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from ecodash.analysis.ratio_interval import ClusterSums
from ecodash.facts import Frame
from ecodash.metrics.collect import collected, total
from ecodash.metrics.groups import Code
from ecodash.metrics.metric import Measured, Spread, Summary

PRODUCTS = {"yy": ("above", "above"), "xx": ("below", "below"), "xy": ("above", "below")}


@dataclass(frozen=True, kw_only=True)
class CaseSums:
    """One group: how many rows, and what they add up to in shown units; ``sums`` where cases come in clusters."""

    codes: tuple[Code, ...]
    rows: int
    above: float
    below: float
    sums: ClusterSums | None = None


def case_sums(rows: Frame, how: Measured, names: tuple[str, ...]) -> list[CaseSums]:
    """One entry per group of the columns ``names`` that has rows, sorted by them."""
    clustered = how.spread is Spread.CUSTOMERS or how.summary is Summary.MEAN
    below = nw.col("below") if how.summary is Summary.RATIO else nw.lit(1)
    numbers = rows.with_columns(below=below.cast(nw.Int64), above=nw.col("above").cast(nw.Int64), rows=nw.lit(1))
    sums = {name: total(name) for name in ("above", "below", "rows")}
    if clustered and "cluster" in rows.collect_schema().names():
        inner = numbers.group_by(*names, "cluster").agg(**sums)
        numbers = inner.with_columns(above=nw.col("above").cast(nw.Int64), below=nw.col("below").cast(nw.Int64))
    products = {name: _product(*pair) for name, pair in PRODUCTS.items()} if clustered else {}
    wanted = {**sums, "clusters": nw.len(), **products}
    table = collected(numbers.group_by(*names).agg(**wanted) if names else numbers.select(**wanted))
    return [_entry(row, how, names) for row in table.sort(names or "rows").iter_rows(named=True) if row["rows"]]


def _entry(row: Mapping[str, Code], how: Measured, names: tuple[str, ...]) -> CaseSums:
    up, down = how.scale
    above, below = float(row["above"]) / up, float(row["below"]) / down
    sums = None
    if "yy" in row:
        scales = {"yy": up * up, "xx": down * down, "xy": up * down}
        products = {name: float(row[name]) / scale for name, scale in scales.items()}
        sums = ClusterSums(n=int(row["clusters"]), y=above, x=below, **products)
    codes = tuple(row[name] for name in names)
    return CaseSums(codes=codes, rows=int(row["rows"]), above=above, below=below, sums=sums)


def _product(first: str, second: str) -> nw.Expr:
    """Σ of a product of two sums of a cluster, in 128 bits: ten-thousandths of money squared outgrow 64."""
    return (nw.col(first).cast(nw.Int128) * nw.col(second).cast(nw.Int128)).sum().cast(nw.Float64)
