"""What a customer is likely to buy next: what he buys again, what goes with what he has, and what is popular now.

Three parts, each scaled to a highest value of 1 per customer. *Again*: his own purchases, halved every 90 days. *Like
his*: EASE, a linear model that predicts each product from all others, B = customers × products (bought or not),
P = (BᵀB + λI)⁻¹, S = −P / diag(P) with a diagonal of 0, score = B·S. *Popular*: buyers in the last 30 days. "Anything"
is again + 0.5 · like his + 0.1 · popular; "new" leaves out what he has and is like his + 0.3 · popular. With fewer than
50 customers only popularity is left. Source: H. Steck, Embarrassingly Shallow Autoencoders for Sparse Data, WWW (2019).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Matrix = NDArray[np.float32]
Ints = NDArray[np.int64]

HALF_LIFE: Final = 90.0
RIDGE: Final = 300.0
POPULAR_DAYS: Final = 30
MOST_ITEMS: Final = 5000
ITEM_DAYS: Final = 180
LEAST_BUYERS: Final = 5
LEAST_CUSTOMERS: Final = 50
CHUNK: Final = 2000


class Wanted(StrEnum):
    """Any product, those bought before included, or only products new to the customer."""

    ANYTHING = "anything"
    NEW = "new"


@dataclass(frozen=True, kw_only=True, eq=False)
class NextProduct:
    """What was learnt: ``items`` in the columns and ``customers`` in the rows of ``owned`` and ``again``.

    ``similar`` is S, None with fewer than 50 customers; ``popular`` is scaled to a highest value of 1.
    """

    items: pl.Series
    customers: pl.Series
    owned: csr_matrix
    again: csr_matrix
    similar: Matrix | None
    popular: Matrix


def learn(purchases: pl.DataFrame, *, today: int) -> NextProduct:
    """From customer, item, day (number), one row per line; what is later than ``today`` is not looked at.

    Products need five buyers; of more than 5 000 those with most buyers in the last 180 days are kept.
    """
    known = purchases.select("customer", "item", "day").drop_nulls().filter(pl.col("day") <= today)
    items = _items(known, today)
    customers = known["customer"].unique().sort()
    rows = (
        known.unique()
        .join(customers.to_frame().with_row_index("row"), on="customer")
        .join(items.to_frame().with_row_index("column"), on="item")
        .with_columns(fresh=0.5 ** ((today - pl.col("day")) / HALF_LIFE))
        .group_by("row", "column")
        .agg(pl.col("fresh").sum(), last=pl.col("day").max())
        .sort("row", "column")
    )
    cells = (rows["row"].cast(pl.Int64).to_numpy(), rows["column"].cast(pl.Int64).to_numpy())
    shape = (len(customers), len(items))
    owned = csr_matrix((np.ones(rows.height, np.float32), cells), shape=shape)
    lately = rows.filter(pl.col("last") > today - POPULAR_DAYS)["column"].cast(pl.Int64).to_numpy()
    buyers = np.bincount(lately, minlength=len(items)).astype(np.float32)
    return NextProduct(
        items=items,
        customers=customers,
        owned=owned,
        again=csr_matrix((rows["fresh"].cast(pl.Float32).to_numpy(), cells), shape=shape),
        similar=_similar(owned) if len(customers) >= LEAST_CUSTOMERS and len(items) else None,
        popular=buyers / max(float(buyers.max(initial=0.0)), 1.0),
    )


def _items(known: pl.DataFrame, today: int) -> pl.Series:
    """The products to choose from, sorted."""
    recent = pl.col("day") > today - ITEM_DAYS
    return (
        known.group_by("item")
        .agg(buyers=pl.col("customer").n_unique(), now=pl.col("customer").filter(recent).n_unique())
        .filter(pl.col("buyers") >= LEAST_BUYERS)
        .sort(["now", "item"], descending=[True, False])
        .head(MOST_ITEMS)
        .sort("item")["item"]
    )


def _similar(owned: csr_matrix) -> Matrix:
    gram = (owned.T @ owned).toarray().astype(np.float64)
    gram[np.diag_indices_from(gram)] += RIDGE
    inverse = np.linalg.inv(gram)
    found = (-inverse / np.diag(inverse)).astype(np.float32)
    np.fill_diagonal(found, 0.0)
    return np.asarray(found, np.float32)


def _scores(model: NextProduct, rows: Ints, wanted: Wanted) -> Matrix:
    """Scores of all items for some customers; −∞ for what is not wanted."""
    owned = model.owned[rows]
    like = np.zeros((len(rows), len(model.items)), np.float32) if model.similar is None else owned @ model.similar
    like = _scaled(np.asarray(like, np.float32))
    if wanted is Wanted.ANYTHING:
        again = _scaled(model.again[rows].toarray())
        return np.asarray(again + np.float32(0.5) * like + np.float32(0.1) * model.popular, np.float32)
    scores = like + np.float32(0.3) * model.popular
    scores[owned.toarray() > 0] = -np.inf
    return np.asarray(scores, np.float32)


def _scaled(scores: Matrix) -> Matrix:
    highest = scores.max(axis=1, initial=0.0, keepdims=True)
    return np.asarray(scores / np.where(highest > 0, highest, 1.0), np.float32)


def _chunks(rows: Ints) -> Iterator[Ints]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def top_columns(scores: Matrix, k: int) -> Ints:
    """Columns of the ``k`` highest scores of each row, best first; equal scores in the order of the columns.

    Where equal scores compete for the last places, which of them get in is fixed but arbitrary.
    """
    width = min(k, scores.shape[1])
    if width == 0:
        return np.empty((len(scores), 0), np.int64)
    kept = np.sort(np.argpartition(-scores, width - 1, axis=1)[:, :width], axis=1)
    order = np.argsort(-np.take_along_axis(scores, kept, axis=1), axis=1, kind="stable")
    return np.take_along_axis(kept, order, axis=1)


def rows_of(model: NextProduct, customers: Sequence[object] | pl.Series) -> Ints:
    """Rows of those of ``customers`` the model knows, in the order of the model."""
    asked = pl.Series(customers, dtype=model.customers.dtype)
    return np.nonzero(model.customers.is_in(asked.implode()).to_numpy())[0]


def suggest(
    model: NextProduct, customers: Sequence[object] | pl.Series, *, wanted: Wanted = Wanted.NEW, k: int = 10
) -> pl.DataFrame:
    """Customer, rank (1 is best), item and score: up to ``k`` rows for each of ``customers`` that is known."""
    parts = [pl.DataFrame({"customer": model.customers.clear(), "rank": [], "item": model.items.clear(), "score": []})]
    for rows in _chunks(rows_of(model, customers)):
        scores = _scores(model, rows, wanted)
        best = top_columns(scores, k)
        width = best.shape[1]
        part = pl.DataFrame(
            {
                "customer": model.customers.gather(np.repeat(rows, width)),
                "rank": np.tile(np.arange(1, width + 1), len(rows)),
                "item": model.items.gather(best.ravel()),
                "score": np.take_along_axis(scores, best, axis=1).ravel().astype(np.float64),
            }
        )
        parts.append(part.filter(pl.col("score").is_finite()))
    return pl.concat(parts, how="vertical_relaxed")


def suggest_for_group(
    model: NextProduct, customers: Sequence[object] | pl.Series, *, wanted: Wanted = Wanted.NEW, k: int = 10
) -> pl.DataFrame:
    """One list for many, as for a message to a community: item, score (mean over them) and customers it could be for.

    With ``Wanted.NEW`` a product counts 0 for those who have it, and ``customers`` are those who do not.
    """
    total, could, n = np.zeros(len(model.items)), np.zeros(len(model.items)), 0
    for rows in _chunks(rows_of(model, customers)):
        scores = _scores(model, rows, wanted)
        open_to = np.isfinite(scores)
        total += np.where(open_to, scores, 0.0).sum(axis=0, dtype=np.float64)
        could += open_to.sum(axis=0)
        n += len(rows)
    table = pl.DataFrame({"item": model.items, "score": total / max(n, 1), "customers": could.astype(np.int64)})
    return table.filter(pl.col("customers") > 0).sort(["score", "item"], descending=[True, False]).head(k)
