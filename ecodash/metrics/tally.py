"""Adding amounts up per group, and the sums per pair of amounts that an interval by customer needs.

Customers are the clusters. Up to ``EXACT`` documents every customer is one; beyond that customers are gathered into
the 64 random buckets of the facts (the random group method: K. Wolter, Introduction to Variance Estimation, ch. 2),
which is unbiased and hardly wider. An anonymous order is a cluster by itself, as nobody knows whose it is; in buckets
it goes by its row number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import narwhals as nw
import polars as pl

from ecodash.analysis.ratio_interval import ClusterSums
from ecodash.core.decimals import SCALE
from ecodash.facts import Frame
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.collect import collected, total
from ecodash.metrics.groups import Code

EXACT = 300_000
BUCKETS = 64
Pair = tuple[str, str]


class Cluster(StrEnum):
    """What counts as one independent case: a customer, or one of 64 random sets of customers."""

    OWNER = "owner"
    BUCKET = "bucket"


def key(cluster: Cluster) -> dict[str, nw.Expr]:
    """The column ``cluster``: whose row it is, or in which set of customers."""
    if cluster is Cluster.OWNER:
        return {"cluster": nw.coalesce(nw.col("customer_id"), nw.col("order_id"))}
    return {"cluster": nw.coalesce(nw.col("bucket").cast(nw.Int64), nw.col("row_no") % BUCKETS)}


@dataclass(frozen=True, kw_only=True)
class Tally:
    """One group: its codes, how many rows it holds, the sums in shown units, and cluster sums per pair."""

    codes: tuple[Code, ...]
    rows: int
    sums: dict[str, float]
    clusters: dict[Pair, ClusterSums]


def tally(rows: Frame, groups: tuple[str, ...], amounts: Sequence[str]) -> list[Tally]:
    """Sums per group, sorted by group; without groups exactly one, even over no rows."""
    sums = {name: total(f"a_{name}") for name in amounts}
    every = sums | {"rows": nw.len()}
    found = collected(rows.group_by(*groups).agg(**every) if groups else rows.select(**every))
    return _tallies(found, groups, amounts, ())


def clustered(rows: Frame, groups: tuple[str, ...], amounts: Sequence[str], *, pairs: Sequence[Pair]) -> list[Tally]:
    """As ``tally``, with cluster sums of every (above, below the line) pair; ``rows`` have the column ``cluster``."""
    sums = {name: total(f"a_{name}") for name in amounts}
    per_cluster = collected(rows.group_by(*groups, "cluster").agg(**sums, rows=nw.len()))
    shown = {f"f_{name}": pl.col(name) / _scale(name) for pair in pairs for name in pair}
    products: dict[str, pl.Expr] = {}
    for y, x in pairs:
        first, second = pl.col(f"f_{y}"), pl.col(f"f_{x}")
        products |= {
            f"n:{y}:{x}": ((pl.col(y) != 0) | (pl.col(x) != 0)).sum(),
            f"yy:{y}:{x}": (first * first).sum(),
            f"xx:{y}:{x}": (second * second).sum(),
            f"xy:{y}:{x}": (first * second).sum(),
        }
    every = {name: pl.col(name).sum() for name in amounts} | {"rows": pl.col("rows").sum()} | products
    floats = per_cluster.with_columns(**shown)
    found = floats.group_by(groups).agg(**every) if groups else floats.select(**every)
    return _tallies(found, groups, amounts, pairs)


def _scale(name: str) -> int:
    return SCALE if AMOUNTS[name].scaled else 1


def _tallies(
    found: pl.DataFrame, groups: tuple[str, ...], amounts: Sequence[str], pairs: Sequence[Pair]
) -> list[Tally]:
    ordered = found.sort(groups) if groups else found
    return [
        Tally(
            codes=tuple(row[group] for group in groups),
            rows=row["rows"] or 0,
            sums={name: _shown(row[name], name) for name in amounts},
            clusters={pair: _cluster_sums(row, pair) for pair in pairs},
        )
        for row in ordered.iter_rows(named=True)
    ]


def _shown(number: int | None, name: str) -> float:
    return (number or 0) / SCALE if AMOUNTS[name].scaled else float(number or 0)


def _cluster_sums(row: dict[str, float], pair: Pair) -> ClusterSums:
    y, x = pair
    return ClusterSums(
        n=int(row[f"n:{y}:{x}"] or 0),
        y=(row[y] or 0) / _scale(y),
        x=(row[x] or 0) / _scale(x),
        yy=row[f"yy:{y}:{x}"] or 0.0,
        xx=row[f"xx:{y}:{x}"] or 0.0,
        xy=row[f"xy:{y}:{x}"] or 0.0,
    )
