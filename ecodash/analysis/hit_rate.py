"""How good the suggestions would have been: hit rate of the last days against simply showing what is popular.

The last ``days`` are hidden, the method learns from what came before, and each customer who bought in them is asked
whether any of his ``k`` suggestions is among what he then bought. Source: P. Cremonesi, Y. Koren, R. Turrin,
Performance of recommender algorithms on top-N recommendation tasks, RecSys (2010).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from ecodash.analysis.interval import Interval
from ecodash.analysis.next_product import NextProduct, Wanted, learn, suggest
from ecodash.analysis.wilson import wilson

DAYS, TOP = 30, 10


@dataclass(frozen=True, kw_only=True)
class HitRate:
    """Shares of ``customers`` with at least one hit, by our suggestions and by the popular ones; None for nobody."""

    wanted: Wanted
    customers: int
    ours: float | None
    interval: Interval | None
    popular: float | None
    popular_interval: Interval | None


def hit_rates(purchases: pl.DataFrame, *, today: int, days: int = DAYS, k: int = TOP) -> tuple[HitRate, ...]:
    """One for any product and one for new products; ``purchases`` as for ``learn``.

    Customers count when they bought before the hidden days and, in them, something that is wanted (for ``NEW``: a product
    they had not bought before).
    """
    model = learn(purchases, today=today - days)
    hidden = (
        purchases.select("customer", "item", "day")
        .drop_nulls()
        .filter(pl.col("day").is_between(today - days, today, closed="right"))
        .select("customer", "item")
        .unique()
        .filter(pl.col("customer").is_in(model.customers.implode()))
    )
    before = purchases.filter(pl.col("day") <= today - days).select("customer", "item").unique()
    fresh = hidden.join(before, on=["customer", "item"], how="anti")
    return tuple(_rate(model, bought, wanted, k) for wanted, bought in ((Wanted.ANYTHING, hidden), (Wanted.NEW, fresh)))


def _rate(model: NextProduct, bought: pl.DataFrame, wanted: Wanted, k: int) -> HitRate:
    customers = bought["customer"].unique().sort()
    ours = _hits(suggest(model, customers, wanted=wanted, k=k), bought)
    popular = _hits(_popular(model, customers, wanted, k), bought)
    n = len(customers)
    return HitRate(
        wanted=wanted,
        customers=n,
        ours=ours / n if n else None,
        interval=wilson(ours, n),
        popular=popular / n if n else None,
        popular_interval=wilson(popular, n),
    )


def _hits(suggested: pl.DataFrame, bought: pl.DataFrame) -> int:
    return suggested.join(bought, on=["customer", "item"], how="semi")["customer"].n_unique()


def _popular(model: NextProduct, customers: pl.Series, wanted: Wanted, k: int) -> pl.DataFrame:
    """The same suggestions without anything known about the customer but what he has."""
    nothing = model.again * np.float32(0.0)
    blind = NextProduct(
        items=model.items,
        customers=model.customers,
        owned=model.owned,
        again=nothing,
        similar=None,
        popular=model.popular,
    )
    return suggest(blind, customers, wanted=wanted, k=k)
