"""RFM: how recently, how often and for how much a customer bought, scored by quantiles or by rules of the shop.

Quantiles: score = ⌈k · average rank / n⌉ with k = 5, or fewer when there are fewer distinct values. Customers who are
alike always get the same score: most shops have mostly one-order customers, and breaking that tie by chance would sort
identical people into different segments. Quantiles are relative: somebody always comes first, even in a poor year.
Rules: thresholds in days, orders and money, the same every month. A score above the middle of its scale is "high"; the
three highs make eight segments. Source: A. M. Hughes, Strategic Database Marketing (1994); the eight segments are those
usual in Chinese e-commerce.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from ecodash.core.text import Text

SCORES = {"recency": "r", "frequency": "f", "money": "m"}

SEGMENTS: Mapping[str, Text] = {
    "champions": Text("重要价值客户", "Champions"),
    "develop": Text("重要发展客户", "Big spenders to develop"),
    "keep": Text("重要保持客户", "Valuable, slipping away"),
    "win_back": Text("重要挽留客户", "Valuable, nearly lost"),
    "regulars": Text("一般价值客户", "Regulars with small baskets"),
    "newcomers": Text("一般发展客户", "Newcomers"),
    "fading": Text("一般保持客户", "Fading regulars"),
    "asleep": Text("一般挽留客户", "Asleep"),
}
"""Code and name of each segment: recent?, often?, much? decide (``_segment``)."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Ascending thresholds: days since the last purchase, orders, money. n thresholds make n + 1 scores.

    A customer passes a threshold of recency with at most that many days, of frequency and money with at least as much.
    """

    recency: Sequence[float]
    frequency: Sequence[float]
    money: Sequence[float]


def rfm(customers: pl.DataFrame, *, today: int) -> pl.DataFrame:
    """One row per customer: customer, recency (days from ``last_day`` to ``today``), frequency and money.

    ``customers``: customer, last_day (number), orders, spend, all as of ``today`` and within the period asked for.
    """
    return customers.select(
        "customer", recency=today - pl.col("last_day").cast(pl.Int64), frequency="orders", money="spend"
    )


def by_quantiles(table: pl.DataFrame, *, bins: int = 5) -> pl.DataFrame:
    """``table`` with scores r, f and m (1 … at most ``bins``, high is good) and ``segment``."""
    columns, high = [], []
    for name, score in SCORES.items():
        used = min(bins, max(table[name].n_unique(), 1))
        rank = pl.col(name).rank("average", descending=name == "recency")
        columns.append((used * rank / pl.len() - 1e-9).ceil().cast(pl.Int64).alias(score))
        high.append(pl.col(score) > (1 + used) / 2)
    return table.with_columns(columns).with_columns(segment=_segment(*high))


def by_rules(table: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """``table`` with scores r, f and m (1 + thresholds passed) and ``segment``."""
    columns, high = [], []
    for name, score in SCORES.items():
        thresholds = {"recency": rules.recency, "frequency": rules.frequency, "money": rules.money}[name]
        passed = [pl.col(name) <= t if name == "recency" else pl.col(name) >= t for t in thresholds]
        columns.append((1 + pl.sum_horizontal(pl.lit(0, pl.Int64), *passed)).cast(pl.Int64).alias(score))
        high.append(pl.col(score) > (2 + len(thresholds)) / 2)
    return table.with_columns(columns).with_columns(segment=_segment(*high))


def _segment(recent: pl.Expr, often: pl.Expr, much: pl.Expr) -> pl.Expr:
    return (
        pl.when(recent & often & much)
        .then(pl.lit("champions"))
        .when(recent & much)
        .then(pl.lit("develop"))
        .when(often & much)
        .then(pl.lit("keep"))
        .when(much)
        .then(pl.lit("win_back"))
        .when(recent & often)
        .then(pl.lit("regulars"))
        .when(recent)
        .then(pl.lit("newcomers"))
        .when(often)
        .then(pl.lit("fading"))
        .otherwise(pl.lit("asleep"))
    )


def cut_offs(scored: pl.DataFrame) -> pl.DataFrame:
    """What each score means here: measure, score, lowest and highest value in it, customers."""
    parts = [
        scored.group_by(score=pl.col(score))
        .agg(
            measure=pl.lit(name),
            lowest=pl.col(name).min().cast(pl.Float64),
            highest=pl.col(name).max().cast(pl.Float64),
            customers=pl.len().cast(pl.Int64),
        )
        .sort("score")
        for name, score in SCORES.items()
    ]
    return pl.concat(parts).select("measure", "score", "lowest", "highest", "customers")


def sizes(scored: pl.DataFrame) -> pl.DataFrame:
    """One row per segment that has customers, in the order of SEGMENTS: customers, their share, money, its share."""
    order = pl.Enum(list(SEGMENTS))
    return (
        scored.group_by(pl.col("segment").cast(order))
        .agg(customers=pl.len().cast(pl.Int64), money=pl.col("money").sum())
        .sort("segment")
        .with_columns(
            pl.col("segment").cast(pl.String),
            customer_share=pl.col("customers") / pl.col("customers").sum(),
            money_share=pl.when(pl.col("money").sum() > 0).then(pl.col("money") / pl.col("money").sum()),
        )
    )


def movement(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Customers who went from one segment to another between two scorings: before, after, customers.

    ``before`` is null for customers who were not there yet, ``after`` for those no longer in the period.
    """
    return (
        before.select("customer", before="segment")
        .join(after.select("customer", after="segment"), on="customer", how="full", coalesce=True)
        .group_by("before", "after")
        .agg(customers=pl.len().cast(pl.Int64))
        .sort("before", "after", nulls_last=True)
    )
