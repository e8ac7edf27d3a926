"""Products that are bought together more often than chance: pairs with support, confidence and lift.

support = baskets with both / all baskets; confidence = baskets with both / baskets with the first; lift = support /
(share of the first × share of the second), 1 when they have nothing to do with each other. Only products in at least
``least`` baskets and pairs in at least ``least`` baskets. p is one-sided from the likelihood-ratio test and adjusted for
all pairs that could have been found, not only those listed: among thousands of pairs some always look striking.
Assumption: baskets are independent. Sources: R. Agrawal, T. Imieliński, A. Swami, SIGMOD (1993); T. Dunning,
Computational Linguistics 19 (1993) for the test; benjamini_hochberg for the adjustment.
"""

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, triu
from scipy.special import chdtrc, xlogy

from ecodash.analysis.benjamini_hochberg import benjamini_hochberg

Floats = NDArray[np.float64]

LEAST: Final = 20
PAIRS: Final = {
    "first": pl.String,
    "second": pl.String,
    "baskets": pl.Int64,
    "support": pl.Float64,
    "confidence": pl.Float64,
    "back": pl.Float64,
    "lift": pl.Float64,
    "p": pl.Float64,
}


def pairs(lines: pl.DataFrame, *, least: int = LEAST) -> pl.DataFrame:
    """One row per pair bought together in at least ``least`` baskets, most striking lift first; columns PAIRS.

    ``lines``: basket and item, one row per line; a product counts once per basket. ``confidence`` is the share of baskets
    with ``first`` that also hold ``second``, ``back`` the other way round. Without a pair the table is empty.
    """
    known = lines.select(pl.col("basket"), pl.col("item").cast(pl.String)).drop_nulls().unique()
    n = known["basket"].n_unique()
    frequent = known.group_by("item").len().filter(pl.col("len") >= least).sort("item")
    if frequent.height <= 1:
        return pl.DataFrame(schema=PAIRS)
    places = frequent.select("item").with_row_index("place")
    kept = known.join(places, on="item").with_columns(row=pl.col("basket").rank("dense").cast(pl.Int64) - 1)
    ones = np.ones(kept.height)
    cells = (kept["row"].to_numpy(), kept["place"].cast(pl.Int64).to_numpy())
    held = csr_matrix((ones, cells), shape=(int(kept["row"].max() or 0) + 1, frequent.height))  # type: ignore[arg-type]
    both = triu(held.T @ held, k=1).tocoo()
    enough = both.data >= least
    first, second, together = both.row[enough], both.col[enough], both.data[enough]
    alone = frequent["len"].cast(pl.Float64).to_numpy()
    tests = frequent.height * (frequent.height - 1) // 2
    found = pl.DataFrame(
        {
            "first": frequent["item"].gather(first),
            "second": frequent["item"].gather(second),
            "baskets": together.astype(np.int64),
            "support": together / n,
            "confidence": together / alone[first],
            "back": together / alone[second],
            "lift": together * n / (alone[first] * alone[second]),
            "p": benjamini_hochberg(_p_value(together, alone[first], alone[second], n), tests=tests),
        },
        schema=PAIRS,
    )
    return found.sort(["lift", "first", "second"], descending=[True, False, False])


def _p_value(both: Floats, first: Floats, second: Floats, n: int) -> Floats:
    """One-sided p of the likelihood-ratio test of independence in a two-by-two table; ½ or more below a lift of 1."""
    observed = np.stack([both, first - both, second - both, n - first - second + both])
    rows = np.stack([first, first, n - first, n - first])
    columns = np.stack([second, n - second, second, n - second])
    expected = rows * columns / n
    surprise = 2 * (xlogy(observed, observed) - xlogy(observed, expected)).sum(axis=0)
    half = np.asarray(chdtrc(1, np.maximum(surprise, 0.0)), np.float64) / 2
    return np.where(both > expected[0], half, 1 - half)
