"""The list of customers to act on: one row each, with everything the methods of customer value say of him."""

import polars as pl

from ecodash.analysis.refused import Refused
from ecodash.analysis.rfm import Rules
from ecodash.core.period import day_number
from ecodash.metrics.scope import Scope
from ecodash.metrics.value import lapse, predicted, segments

COLUMNS = {
    "customer": pl.String,
    "segment": pl.String,
    "standing": pl.String,
    "recency": pl.Int64,
    "frequency": pl.Int64,
    "money": pl.Float64,
    "r": pl.Int64,
    "f": pl.Int64,
    "m": pl.Int64,
    "expected_purchases": pl.Float64,
    "expected_value": pl.Float64,
    "p_alive": pl.Float64,
}
"""``customer`` is the keyed hash of the workspace; ``standing`` and what is expected are null where not known."""


def customer_list(here: Scope, rules: Rules | None = None, *, days: int = predicted.YEAR) -> pl.DataFrame:
    """One row per known customer as of the last day of the window, who paid most first; COLUMNS.

    ``expected_…`` is about the next ``days``; money on margin where enough costs are known.
    """
    table = segments.scored(here, rules)
    evening = day_number(here.window.end)
    point = lapse.point(here)
    if not isinstance(point, Refused):
        dated = table.with_columns(last_day=evening + 1 - pl.col("recency"))
        table = lapse.standing_of(dated, point, evening)
    ahead = predicted.scored(here, days=days)
    if not isinstance(ahead, Refused):
        table = table.join(ahead.drop("x"), on="customer", how="left", maintain_order="left")
    unknown = [pl.lit(None, kind).alias(name) for name, kind in COLUMNS.items() if name not in table.columns]
    shown = table.with_columns(unknown).select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())
    return shown.sort("money", "customer", descending=[True, False])
